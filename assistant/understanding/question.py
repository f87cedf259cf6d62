"""What a question names: products, attributes, a country, a date; and what is left unexplained."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.messages import Ask
from knowledge_base import german
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import AttributeKind, Country, RoamingZone, Tariff, Tariffs

_FRAME = """
    kosten kostet kostenlos gratis preis preise gebühr euro bezahlen zahlen zahle teuer hoch hohe
    höhe viel viele wieviel lange lang schnell maximal minimal tarif tarife handytarif vertrag
    handyvertrag talfunk euch ihr monat monatlich jahr pro aktuell aktuelle heute neu neue
    derzeit momentan enthalten inklusive drin dabei inbegriffen unbegrenzt verfügbar buchbar
    zubuchbar möglich nutzen bekommen bekomme haben bieten anbieten sagen wissen frage beträgt
    gelten gilt gültig extra zusätzlich beim handy netz festnetz option angebot brauche gerne bitte
    mal stück bzw insgesamt überhaupt eigentlich genau fürs aufs ans ins übers wohl nem ner nen
"""
_FOLLOWS_UP = re.compile(
    r"^(und|aber|oder|dann|ok und|gut und)\b|\b(da|dabei|dazu|davon|dafür|dort|der|die|das|den|dem|"
    r"dieser|dieses|diesem|diesen|damit|er|sie|es|ihn)\b",
    re.IGNORECASE,
)

_PRICE_ASKED = re.compile(
    r"\b(kost\w*|preis\w*|minutenpreis|gebühr\w*|gebuehr\w*|\w*zahl\w*|teuer|verlangt|berechnet)\b",
    re.IGNORECASE,
)

_DEGREES = (
    ("min", re.compile(r"mindest|minimal|minimum|wenigstens|garantiert|schlimmst", re.I)),
    ("normal", re.compile(r"normal|üblich|ueblich|durchschnitt|meist|im schnitt", re.I)),
    ("max", re.compile(r"maxim|höchst|hoechst|bis zu|im besten fall|rausholen", re.I)),
)
"""Words that tell the least, the usual and the highest speed apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as far as tariffs can explain it."""

    text: str
    products: tuple[Tariff, ...]
    """Named, or meant by a follow-up."""
    named: bool
    """The products stand in the question itself."""
    attributes: tuple[AttributeKind, ...]
    """Asked for, the most specific first."""
    place: tuple[Country, RoamingZone] | None
    rest: tuple[str, ...]
    """Content words that neither a product nor an attribute explains."""


@cache
def _frame_terms() -> frozenset[str]:
    """Give the stems of whole words: a part of "überhaupt" does not explain a "Hauptstadt"."""
    return frozenset(
        terms[0] for word in german.tokens(_FRAME) if (terms := german.word_terms(word))
    )


def follows_up(text: str) -> bool:
    """Tell whether a question leans on what was said before: "und wie lange läuft der?"."""
    return _FOLLOWS_UP.search(text) is not None


def asks_for_price(text: str) -> bool:
    """Tell whether a text asks what something costs."""
    return _PRICE_ASKED.search(text) is not None


def without_names(text: str, products: Iterable[Tariff]) -> str:
    """Return what a text says besides the products it names."""
    for product in products:
        for name in sorted((product.name, *product.aliases), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def read_question(text: str, tariffs: Tariffs, topic: Iterable[str], on: date) -> Question:
    """Find out what a question names; a follow-up takes its products from the topic."""
    mentioned = tariffs.mentioned(text)
    # "EU+" is an option and asks for nothing that the EU has.
    bare = tariffs.asked(without_names(text, mentioned))
    booked = [one for one in tariffs.asked(text) if tariffs.kinds[one].option]
    attributes = tuple(tariffs.kinds[one] for one in dict.fromkeys((*booked, *bare)))
    options = {kind.option for kind in attributes if kind.option}
    tariffs_named = [one for one in mentioned if one.kind not in ("option", "gebuehren")]
    if tariffs_named:
        # "MultiSIM bei Mobil M" asks for an attribute of the tariff, not for the option alone.
        mentioned = tuple(one for one in mentioned if one.id not in options)
    named = bool(mentioned)
    if not named and follows_up(text):
        mentioned = tuple(tariffs.tariffs[one] for one in topic if one in tariffs.tariffs)
    place = tariffs.zone(text, on)
    explained = set(_frame_terms())
    for tariff in mentioned:
        explained.update(german.terms(" ".join((tariff.name, *tariff.aliases, tariff.kind))))
    for kind in attributes:
        explained.update(german.terms(" ".join((kind.label, *kind.aliases))))
    if place is not None:
        explained.update(german.terms(" ".join((place[0].name, *place[0].aliases))))
    rest = tuple(
        token
        for token in german.tokens(text)
        if token not in german.STOP_WORDS
        and not any(term in explained for term in german.word_terms(token))
    )
    return Question(
        text=text,
        products=mentioned,
        named=named,
        attributes=attributes,
        place=place,
        rest=rest,
    )


def nameless(ask: Ask, snapshot: Snapshot) -> str:
    """Return what an ask says besides the products it names; empty when it names none."""
    if snapshot.tariffs is None:
        return ""
    products = snapshot.tariffs.mentioned(ask.text)
    return without_names(ask.text, products) if products else ""


def worded_speed(text: str, attribute: str, known: Collection[str]) -> str:
    """Return the speed that a text has words for, in the direction of the one that was meant."""
    direction, _, _ = attribute.partition("_")
    if direction in ("download", "upload"):
        for degree, words in _DEGREES:
            if words.search(text) and f"{direction}_{degree}" in known:
                return f"{direction}_{degree}"
    return attribute
