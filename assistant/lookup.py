"""Exact look-ups: a question about products and attributes is answered from tariff data.

Every word of it is explained by a product and an attribute, or by a country. The figure comes from
the tariff's version for the date, never from a passage's text or a model. What a question means
beyond its words, ``meant`` proposes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.abroad import asks_for_use, use_abroad
from assistant.blocks import Paragraph
from assistant.families import families, named, without_names
from assistant.meant import (
    FAMILY,
    MOST_PRODUCTS,
    ONE_OF_THEM,
    SEVERAL,
)
from assistant.messages import Ask, Reply
from assistant.tariff_answers import TariffAnswers, price_of
from assistant.texts import Texts
from assistant.understanding.question import Question, asks_for_price, read_question
from assistant.wordings import day
from knowledge_base import german
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import Attribute, AttributeKind, Tariff, TariffVersion

_NOT_A_LOOK_UP = re.compile(
    r"\b(wie (kann|könnte|muss|soll|richte|ändere|kündige|wechs\w+|bestelle|buche|aktiviere|"
    r"funktioniert|komme|bekomme|finde|lese|prüfe|verhindere|stelle|messe|geht)|wo|warum|wieso|"
    r"weshalb|was (passiert|geschieht|mache|tun|muss|ist|sind|bedeutet|heißt)|wann|wer|"
    r"nicht|kein\w*|obwohl|falls|wenn|kündigen|widerrufen|unterschied|empfehl\w+|besser)\b",
    re.IGNORECASE,
)
_PRICE = "grundpreis"
_COMPARED = re.compile(
    r"\b(unterschied\w*|vergleich\w*|unterscheide\w*|besser\w*|lohnt)\b", re.IGNORECASE
)
_OVERVIEW = re.compile(
    r"enthalten|drin|dabei|überblick|ueberblick|details?|info|erzähl|erzaehl|beschreib|leistungen"
    r"|bietet|konditionen|alles|über",
    re.IGNORECASE,
)
"""Asks for what a product contains at large."""
_CHEAPEST = re.compile(
    r"\bwelche\w*\b.*\b(günstigst|guenstigst|billigst|preiswertest)", re.IGNORECASE
)
_LISTING = re.compile(
    r"\b(welche\w*|was für|was fuer)\b.*\b(gibt|gibts|habt|haben|hat|bietet|bieten|anbieten"
    r"|verfügbar|\w*tarife?|\w*pakete?|\w*produkte?)\b"
    r"|\bwas (gibt|habt|bietet|hat)\b|überblick|ueberblick|übersicht|uebersicht|vergleich"
    r"|\balle\b.*tarife|\b(zeig\w*|nenn\w*|liste)\b.*tarife",
    re.IGNORECASE,
)
"""Asks which tariffs of a family there are."""
_FIGURE_ASKED = re.compile(
    r"\b(wie ?viel\w*|wie (hoch|schnell|lange|teuer)|welche\w*|gibt es|hat|haben|kost\w*"
    r"|preis\w*)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(gibts?|habt|bietet|anbieten|zeig\w*|nenn\w*|liste|alle\w*|tarife?n?|pakete?|produkte?"
    r"|über(blick|sicht)|ueber(blick|sicht)|vergleich\w*|eure?r?|ihre?|euren"
    r"|(günstig|guenstig|billig|preiswert)\w*)\b",
    re.IGNORECASE,
)
"""Words with which tariffs are asked for; they name nothing."""
_SPEED = re.compile(r"\bwie (schnell|langsam|lahm|flott)\b", re.IGNORECASE)
_LISTED = re.compile(r",|\+|&|\b(und|sowie|plus)\b", re.IGNORECASE)
MOST_ATTRIBUTES = 3
MOST_WORDS = 2
"""So few words may name a fee and mean its price."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Answers from tariff data, or not at all."""

    answers: TariffAnswers
    texts: Texts

    def __call__(self, ask: Ask, snapshot: Snapshot) -> Reply | None:
        """Answer an ask if products and attributes explain every word of it."""
        tariffs = snapshot.tariffs
        if tariffs is None:
            return None
        question = read_question(ask.text, tariffs, ask.state.topic, ask.on)
        if question.place is not None and not _only_options(question):
            return use_abroad(ask, question, snapshot, self.answers)
        elsewhere = tariffs.unlisted(ask.text)
        if elsewhere is not None:
            rest = [word for word in question.rest if word not in elsewhere.lower()]
            used = asks_for_use(ask.text, rest)
            return self.answers.elsewhere(ask, snapshot, elsewhere) if used else None
        if _COMPARED.search(ask.text) and _comparable(question):
            return self._compare(ask, question.products, snapshot)
        large = question.named and question.place is None and not _held(ask, question)
        if (
            large
            and _OVERVIEW.search(ask.text)
            and all(_OVERVIEW.search(word) for word in question.rest if len(word) > 2)
        ):
            return self._compare(ask, question.products, snapshot)
        if _CHEAPEST.search(ask.text) and FAMILY.search(ask.text) and not question.products:
            return self.answers.across(ask, snapshot, tariffs.kinds[_PRICE])
        compared = self._family(ask, question, snapshot)
        if compared is not None:
            return compared
        unexplained = [word for word in question.rest if len(word) > 2 and not FAMILY.search(word)]
        if _NOT_A_LOOK_UP.search(ask.text) or unexplained:
            return None
        if question.products:
            return self._products(ask, question, snapshot)
        kinds = [kind for kind in question.attributes if not kind.general]
        if kinds and _SPEED.search(ask.text) and not kinds[0].id.startswith(("down", "up")):
            # "Wie schnell ist 5G?" asks for more than whether it is included.
            return None
        for fees in tariffs.general:
            version = fees.version_for(ask.on, ask.contract_date)
            # "eSIM aufs neue Handy übertragen" asks how, not for the fee.
            asked = asks_for_price(ask.text) or len(ask.text.split()) <= MOST_WORDS
            if version is not None and asked and kinds and kinds[0].id in version.attributes:
                return self.answers.say(ask, snapshot, [(version, kinds[:1])], topic=())
        if not kinds and FAMILY.search(ask.text) and not ONE_OF_THEM.search(ask.text):
            kinds = [kind for kind in question.attributes if kind.id == _PRICE]
        named = [kind for kind in kinds if _is_named(kind, ask.text)] or kinds
        return self.answers.across(ask, snapshot, named[0]) if len(named) == 1 else None

    def _compare(self, ask: Ask, products: Sequence[Tariff], snapshot: Snapshot) -> Reply | None:
        """Show tariffs side by side; None where one of them was not sold then."""
        versions = [product.version_for(ask.on, ask.contract_date) for product in products]
        held = [version for version in versions if version is not None]
        if len(held) < len(versions):
            return None
        topic = tuple(product.id for product in products)
        return self.answers.compare(ask, snapshot, products, held, topic)

    def _family(self, ask: Ask, question: Question, snapshot: Snapshot) -> Reply | None:
        """Compare the tariffs of a family that is named by its own word, not by one of them."""
        assert snapshot.tariffs is not None
        listed = _LISTING.search(ask.text) or _CHEAPEST.search(ask.text)
        kinds = named(ask.text)
        if not kinds and listed and FAMILY.search(ask.text):
            kinds = families(ask.text)
        if not kinds or any(product.kind not in kinds for product in question.products):
            return None
        sold = [
            (version, product)
            for product in snapshot.tariffs.tariffs.values()
            if product.kind in kinds
            and (version := product.version_for(ask.on, ask.contract_date)) is not None
        ]
        bare = without_names(ask.text)
        words = set(german.tokens(_ASKING.sub(" ", FAMILY.sub(" ", bare))))
        if any(word in words for word in question.rest if len(word) > 2):
            return None
        held = {name for version, _ in sold for name in version.attributes}
        asked = [snapshot.tariffs.kinds[name] for name in snapshot.tariffs.asked(bare)]
        particular = [kind for kind in asked if not kind.general and kind.id in held]
        if particular:
            if len(particular) > 1 or question.products or not _FIGURE_ASKED.search(ask.text):
                return None
            return self.answers.across(ask, snapshot, particular[0])
        foreign = any(not kind.general for kind in asked)
        if not listed and (foreign or not asks_for_price(ask.text)):
            # "Was kostet eine Ersatzkarte bei Prepaid?" asks for a fee that no tariff has.
            return None
        if not 0 < len(sold) <= MOST_PRODUCTS:
            return None
        sold.sort(key=lambda pair: price_of(pair[0]))
        return self._compare(ask, [product for _, product in sold], snapshot)

    def _products(self, ask: Ask, question: Question, snapshot: Snapshot) -> Reply | None:
        products = question.products[:MOST_PRODUCTS]
        chosen: list[tuple[TariffVersion, Sequence[AttributeKind]]] = []
        for product in products:
            version = product.version_for(ask.on, ask.contract_date)
            if version is None:
                then = day(ask.contract_date or ask.on, self.texts.language)
                text = self.texts.produkt_nicht_gueltig.format(produkt=product.name, datum=then)
                return Reply(blocks=(Paragraph(text=text),), answered=False, confidence=0.0)
            kinds = _wanted(question.attributes, version, ask.text)
            if not kinds and question.attributes:
                return None
            if len(kinds) > 1 and not _LISTED.search(ask.text):
                return None
            if len(kinds) == 1 and SEVERAL.search(ask.text):
                return None
            chosen.append((version, kinds))
        topic = tuple(product.id for product in products)
        if not any(kinds for _, kinds in chosen):
            return self.answers.compare(ask, snapshot, products, [v for v, _ in chosen], topic)
        return self.answers.say(ask, snapshot, chosen, topic)


def _wanted(
    asked: Sequence[AttributeKind], version: TariffVersion, text: str
) -> Sequence[AttributeKind]:
    """Choose what to say: what was asked for in particular, else the first general attribute."""
    present = [kind for kind in asked if kind.id in version.attributes]
    particular = [kind for kind in present if not kind.general]
    named = [kind for kind in particular if _is_named(kind, text)]
    if not named and any(not kind.general and kind not in present for kind in asked):
        return ()
    particular = named or particular
    if particular and all(_no_price(version.attributes[kind.id]) for kind in particular):
        # "Wie viel Datenvolumen … und was kostet er?" asks for both.
        particular += [kind for kind in present if kind.id in ("grundpreis", "paketpreis")][:1]
    return particular[:MOST_ATTRIBUTES] or present[:1]


def _comparable(question: Question) -> bool:
    """Tell whether a question names several products of one kind and asks for nothing of them."""
    kinds = {product.kind for product in question.products[:MOST_PRODUCTS]}
    particular = any(not kind.general for kind in question.attributes)
    return len(question.products) > 1 and len(kinds) == 1 and not particular


def _held(ask: Ask, question: Question) -> bool:
    """Tell whether a product that is named has an attribute that is asked for."""
    versions = [one.version_for(ask.on, ask.contract_date) for one in question.products]
    asked = {kind.id for kind in question.attributes}
    return any(version is not None and asked & set(version.attributes) for version in versions)


def _only_options(question: Question) -> bool:
    """Tell whether a question is about options, which say themselves in which countries they help.

    What a tariff has at home is another matter abroad.
    """
    return bool(question.products) and all(one.kind == "option" for one in question.products)


def _is_named(kind: AttributeKind, text: str) -> bool:
    """Tell whether an attribute stands in a text by its own name."""
    return re.search(rf"(?<!\w){re.escape(kind.label)}(?!\w)", text, re.IGNORECASE) is not None


def _no_price(attribute: Attribute) -> bool:
    return attribute.polarity is None and attribute.unit != "EUR"
