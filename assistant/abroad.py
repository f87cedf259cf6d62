"""Exact look-ups of what the phone costs in another country, and calls there from Germany."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.meant import CALLS_EU, CALLS_WORLD, EU
from assistant.messages import Ask, Reply
from assistant.tariff_answers import TariffAnswers
from assistant.understanding.question import Question, asks_for_price
from assistant.understanding.travel import asks_of_journey, speaks_of_use
from knowledge_base.snapshot import Snapshot

_TO_ABROAD = re.compile(
    r"\b(nach|ins|in die)\s+\w+|\bvon (hier|zu ?hause|deutschland|daheim) aus\b|\bvon hier\b",
    re.IGNORECASE,
)
"""Calls to abroad have other prices than use abroad; "nach Hause" is use abroad."""
_HOME = re.compile(r"\bnach (hause|deutschland)\b", re.IGNORECASE)
_CALL = re.compile(r"\b(an)?(zu)?(ruf|telefon|gespräch|minute)\w*", re.IGNORECASE)
_NO_PRICE_ASKED = re.compile(
    r"\b(wann|warum|wieso|weshalb|wie (kann|stelle|richte|bekomme)|geht nicht|kein netz"
    r"|(muss|soll) ich|ein(schalten|stellen|richten)|aktivieren"
    r"|welche\w* (netz|partner|anbieter)\w*|angebimmelt|angeklingelt|ping-?anruf\w*"
    r"|(angerufen|anruf)\b.*\baus|aus \w+ angerufen)\b",
    re.IGNORECASE,
)
"""Asks of a country something else than what use of the phone there costs."""
_SMS = re.compile(r"\b(sms|textnachricht\w*|simsen)\b", re.IGNORECASE)
_DATA = re.compile(
    r"\b(daten\w*|internet|surf\w*|online|whats\s?app\w*|mobile[sn]? netz|mb|megabyte)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(telefonier\w*|anruf\w*|anrufe|anzurufen|ruf\w* an|gespräch\w*|minute\w*|min)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(angerufen|ankommend\w*|eingehend\w*|rangeh\w*|annehm\w*)\b", re.IGNORECASE
)
_PACKAGE = re.compile(r"paket|pass\b|pässe|option|gb\b|volumen|giga", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(ohne|kein(e|en)?) (\w+ )?\w*(paket|pass|pässe|option)(e|en)?\b", re.IGNORECASE
)
"""Who has no package asks for the price without one."""


def use_abroad(
    ask: Ask, question: Question, snapshot: Snapshot, answers: TariffAnswers
) -> Reply | None:
    """Answer what use in a country costs; packages and calls to it are another matter."""
    assert question.place is not None
    if _PACKAGE.search(_WITHOUT.sub(" ", ask.text)):
        return None
    if _to_abroad(ask.text):
        called = _CALL.search(ask.text) and asks_for_price(ask.text)
        return _calls(ask, question, snapshot, answers) if called else None
    if question.products:
        return None
    if not speaks_of_use(ask.text, question.rest):
        return None
    if _NO_PRICE_ASKED.search(ask.text) or not _about_use(question):
        return None
    country, zone = question.place
    return answers.abroad(ask, snapshot, country, zone, topic=(), use=_asked_for(ask.text))


def _calls(
    ask: Ask, question: Question, snapshot: Snapshot, answers: TariffAnswers
) -> Reply | None:
    """Answer what calls from Germany to a country cost, in the tariffs named or in every one."""
    assert snapshot.tariffs is not None
    assert question.place is not None
    kind = snapshot.tariffs.kinds.get(CALLS_EU if question.place[1].id == EU else CALLS_WORLD)
    if kind is None or not question.products:
        return answers.across(ask, snapshot, kind) if kind else None
    versions = [one.version_for(ask.on, ask.contract_date) for one in question.products]
    held = [(one, [kind]) for one in versions if one is not None and kind.id in one.attributes]
    topic = tuple(one.id for one in question.products)
    return answers.say(ask, snapshot, held, topic) if len(held) == len(versions) else None


def asks_for_use(text: str, rest: Sequence[str]) -> bool:
    """Tell whether a text that names a country asks for use of the phone there.

    Args:
        text: What was asked.
        rest: Its content words that name neither a product nor an attribute nor the country.
    """
    return asks_of_journey(text) and speaks_of_use(text, rest) and not _to_abroad(text)


def _asked_for(text: str) -> frozenset[str]:
    """Name the uses of the phone that a text asks for; none where it asks for use at large."""
    used = set()
    if _SMS.search(text):
        used.add("roaming_sms")
    if _DATA.search(text):
        used |= {"roaming_daten", "roaming_aufschlag"}
    if _CALLED.search(text):
        used.add("roaming_anruf_ankommend")
    elif _TALK.search(text):
        used.add("roaming_anruf_abgehend")
        if not _HOME.search(text):
            used.add("roaming_anruf_ankommend")
    return frozenset(used)


def _to_abroad(text: str) -> bool:
    """Tell whether a text speaks of calls from Germany to another country, not of use there."""
    return _TO_ABROAD.search(_HOME.sub(" ", text)) is not None


def _about_use(question: Question) -> bool:
    """A country alone, a price, or a way of using the phone; nothing that only a tariff has."""
    return all(
        kind.general
        or kind.id.startswith(("roaming", "eu_", "sms", "allnet", "festnetz_flat", "datenvolumen"))
        for kind in question.attributes
    )
