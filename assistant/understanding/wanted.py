"""Which kind of thing does a question want: money, a time, a number, a way to reach somebody?"""

from __future__ import annotations

import re

from assistant.facts.figures import figures

_ANY: frozenset[str] = frozenset({"any"})
_WANTED: tuple[tuple[str, re.Pattern[str], frozenset[str], re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            r"was (kost|zahl|nehmt|nehmen|verlang|berechne|knöpf|brumm)|kostet|kosten\b|wie teuer"
            r"|preis|gebühr|wie ?viel (euro|geld|zahl|bezahl|kost)|was muss ich .*zahlen|umsonst"
            r"|kostenlos|aufpreis|aufschlag|entgelt|\bblechen\b|\blöhnen\b|\bberappen\b",
            re.IGNORECASE,
        ),
        frozenset({"EUR"}),
        re.compile(r"kostenlos|kostenfrei|ohne (aufpreis|kosten|gebühr)|keine kosten", re.I),
    ),
    (
        "time",
        re.compile(
            r"\bwie lang|\b(bis |ab |seit )?wann\b|\bfrist|wie viele? (tage|wochen|monate|zeit)"
            r"|wieviele? (tage|wochen|monate|zeit)|uhrzeit|öffnungszeit|wie oft",
            re.IGNORECASE,
        ),
        frozenset({"Monate", "Tage", "Werktage", "Stunden", "Minuten", "Uhr", "date"}),
        re.compile(r"jederzeit|sofort|unverzüglich|täglich|rund um die uhr|werktag", re.I),
    ),
    (
        "speed",
        re.compile(
            r"\btempo\b|geschwindigkeit|\b[mk]bit|\bwie (lahm|zäh)\b"
            r"|\bwie (schnell|langsam|flott) (ist|wird|läuft|surf\w*|lädt|geht) (?!es\b|das\b)",
            re.IGNORECASE,
        ),
        frozenset({"Mbit/s"}),
        re.compile(r"gedrosselt|volle geschwindigkeit|nicht begrenzt|unbegrenzt", re.I),
    ),
    (
        "volume",
        re.compile(
            r"\bwie ?viele? (gb|gigs?|giga\w*|mb|daten\w*|volumen)\b|\bdatenmenge", re.IGNORECASE
        ),
        frozenset({"GB"}),
        re.compile(r"unbegrenzt|kein(e|en)? (daten|inklusiv)\w*", re.I),
    ),
    (
        "count",
        re.compile(r"\bwie ?viele?\b", re.IGNORECASE),
        _ANY,
        re.compile(r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|unbegrenzt)\b", re.I),
    ),
    (
        "contact",
        re.compile(r"telefonnummer|rufnummer der|welche nummer|anrufen|hotline|adresse", re.I),
        frozenset({"phone"}),
        re.compile(r"talfunk gmbh|@|kundenportal|\.example", re.I),
    ),
)
"""Kinds of answers: what asks for one, the units that give it (or any), and words that do."""


def kind_fits(question: str, text: str) -> float:
    """Tell whether a text holds the kind of thing asked for: 1 yes, -1 no, 0 nothing asked."""
    wanted = [one for one in _WANTED if one[1].search(question)]
    if not wanted:
        return 0.0
    found = {figure.unit for figure in figures(text)}
    units = found | _ANY if found else found
    fits = all(units & kinds or words.search(text) for _, _, kinds, words in wanted)
    return 1.0 if fits else -1.0
