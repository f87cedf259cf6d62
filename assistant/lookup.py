"""Exact look-ups: a question about products and attributes is answered from tariff data.

Either every word of it is explained by a product and an attribute, or it names a product and its
meaning is near to a typical question for one attribute and far from all others. The figure then
comes from the tariff's version for the date, never from a passage's text or a model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.blocks import Paragraph
from assistant.messages import Ask, Reply
from assistant.tariff_answers import TariffAnswers
from assistant.texts import Texts
from assistant.understanding.question import Question, read_question
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import Attribute, AttributeKind, TariffVersion
from knowledge_base.wording import day

_NOT_A_LOOK_UP = re.compile(
    r"\b(wie (kann|könnte|muss|soll|richte|ändere|kündige|wechs\w+|bestelle|buche|aktiviere|"
    r"funktioniert|komme|bekomme|finde|lese|prüfe|verhindere|stelle|messe|geht)|wo|warum|wieso|"
    r"weshalb|was (passiert|geschieht|mache|tun|muss|ist|sind|bedeutet|heißt)|wann|wer|"
    r"nicht|kein\w*|obwohl|falls|wenn|kündigen|widerrufen|unterschied|empfehl\w+|besser)\b",
    re.IGNORECASE,
)
_TO_ABROAD = re.compile(
    r"\b(nach|ins|in die)\s+\w+|\bvon (hier|zu ?hause|deutschland) aus\b", re.IGNORECASE
)
"""Calls to abroad have other prices than use abroad; "nach Hause" is use abroad."""
_HOME = re.compile(r"\bnach (hause|deutschland)\b", re.IGNORECASE)
_USE_ABROAD = re.compile(
    r"\b(kost\w*|preis\w*|zahl\w*|teuer|anruf\w*|anzurufen|telefon\w*|sms|internet|daten|surf\w*"
    r"|roaming|handy|nutz\w*|urlaub|minute\w*)\b",
    re.IGNORECASE,
)
_NO_PRICE_ASKED = re.compile(
    r"\b(wann|warum|wieso|weshalb|wie (kann|stelle|richte|bekomme)|geht nicht|kein netz)\b",
    re.IGNORECASE,
)
_EU = "eu"
_FAMILY = re.compile(
    r"\b(dsl|glasfaser)(?!\s?\d)\w*|\b(handy|mobil\w*)tarif\w*|\bfestnetz\w*", re.IGNORECASE
)
"""Names a family of tariffs, not one of them."""
_PRICE_ASKED = re.compile(
    r"\b(kost\w*|preis|gebühr\w*|gebuehr\w*|zahl\w*|bezahl\w*|teuer|nehmt|verlangt|berechnet"
    r"|kommt auf mich zu)\b",
    re.IGNORECASE,
)
_TIME_ASKED = re.compile(r"\b(wie lang\w*|wann|später|spaeter|frist\w*|raten)\b", re.IGNORECASE)
_PACKAGE = re.compile(r"paket|pass\b|pässe|option|gb\b|volumen|giga", re.IGNORECASE)
_SEVERAL = re.compile(r",|\+|&|\b(und|sowie|plus)\b", re.IGNORECASE)
MOST_ATTRIBUTES = 3
MOST_PRODUCTS = 4
NEAR = 0.905
"""Cosine with a typical question from which an attribute counts as meant."""
AHEAD = 0.0
"""How far it must be ahead of every other attribute that the product has."""
BEATEN = 0.93
"""Cosine that is needed where an attribute which the product does not have is nearer."""
WORDS = 0.025
"""How much nearer an attribute is that the question also has words for."""
AHEAD_FAMILY = 0.005
NEAR_FEE, AHEAD_FEE = 0.915, 0.007
"""The same for a fee, where no product narrows the choice; tuned on the development questions."""


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
        if question.place is not None:
            return self._abroad(ask, question, snapshot)
        if _NOT_A_LOOK_UP.search(ask.text) or any(len(word) > 2 for word in question.rest):
            return None
        if question.products:
            return self._products(ask, question, snapshot)
        kinds = [kind for kind in question.attributes if not kind.general]
        for fees in tariffs.general:
            version = fees.version_for(ask.on, ask.contract_date)
            if version is not None and kinds and kinds[0].id in version.attributes:
                return self.answers.say(ask, snapshot, [(version, kinds[:1])], topic=())
        named = [kind for kind in kinds if _is_named(kind, ask.text)] or kinds
        return self.answers.across(ask, snapshot, named[0]) if len(named) == 1 else None

    def meant(self, ask: Ask, snapshot: Snapshot) -> str | None:
        """Return the words whose meaning may point to an attribute, or None.

        They are what an ask says besides the products it names, or the whole of it when it asks
        for a price without any product: then it can mean a service fee.
        """
        if snapshot.tariffs is None:
            return None
        question = read_question(ask.text, snapshot.tariffs, ask.state.topic, ask.on)
        if question.place is not None and (
            not question.products or question.place[1].id != _EU or _TO_ABROAD.search(ask.text)
        ):
            return None
        if not question.products:
            if _FAMILY.search(ask.text):
                return ask.text
            price = _PRICE_ASKED.search(ask.text) and not _TIME_ASKED.search(ask.text)
            return ask.text if price else None
        text = ask.text
        for product in question.products:
            for name in sorted((product.name, *product.aliases), key=len, reverse=True):
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
        return " ".join(text.split()) if question.named else None

    def by_meaning(
        self, ask: Ask, snapshot: Snapshot, ranked: Sequence[tuple[str, float]]
    ) -> Reply | None:
        """Answer an ask whose meaning points to one attribute of the products, or to one fee."""
        assert snapshot.tariffs is not None
        question = read_question(ask.text, snapshot.tariffs, ask.state.topic, ask.on)
        ranked = _with_words(ranked, question)
        products = question.products[:MOST_PRODUCTS]
        if not products and _FAMILY.search(ask.text):
            return self._family(ask, question, snapshot, ranked)
        near, ahead = (NEAR, AHEAD) if products else (NEAR_FEE, AHEAD_FEE)
        chosen: list[tuple[TariffVersion, Sequence[AttributeKind]]] = []
        for product in products or snapshot.tariffs.general:
            version = product.version_for(ask.on, ask.contract_date)
            if version is None:
                return None
            held = [(name, cosine) for name, cosine in ranked if name in version.attributes]
            rivals = held if products else ranked  # a fee must beat everything
            if not held or held[0][1] < (near if held[0] == ranked[0] else BEATEN):
                return None
            if len(rivals) > 1 and held[0][1] - rivals[1][1] < ahead:
                return None
            text = self.meant(ask, snapshot) or ""
            named = [kind.id for kind in question.attributes if _is_named(kind, text)]
            if named and held[0][0] not in named:
                # What stands there by name is not overruled by what it may mean.
                return None
            chosen.append((version, (snapshot.tariffs.kinds[held[0][0]],)))
        topic = tuple(product.id for product in products)
        return self.answers.say(ask, snapshot, chosen, topic) if chosen else None

    def _family(
        self,
        ask: Ask,
        question: Question,
        snapshot: Snapshot,
        ranked: Sequence[tuple[str, float]],
    ) -> Reply | None:
        """Answer for all tariffs of a family that is named without naming one of them."""
        assert snapshot.tariffs is not None
        (name, cosine), (_, rival) = ranked[0], ranked[1]
        if cosine < NEAR_FEE or cosine - rival < AHEAD_FAMILY:
            return None
        return self.answers.across(ask, snapshot, snapshot.tariffs.kinds[name])

    def _products(self, ask: Ask, question: Question, snapshot: Snapshot) -> Reply | None:
        products = question.products[:MOST_PRODUCTS]
        chosen: list[tuple[TariffVersion, Sequence[AttributeKind]]] = []
        for product in products:
            version = product.version_for(ask.on, ask.contract_date)
            if version is None:
                text = self.texts.produkt_nicht_gueltig.format(
                    produkt=product.name, datum=day(ask.contract_date or ask.on)
                )
                return Reply(blocks=(Paragraph(text=text),), answered=False, confidence=0.0)
            kinds = _wanted(question.attributes, version, ask.text)
            if not kinds and question.attributes:
                return None
            if len(kinds) > 1 and not _SEVERAL.search(ask.text):
                return None
            chosen.append((version, kinds))
        topic = tuple(product.id for product in products)
        if not any(kinds for _, kinds in chosen):
            return self.answers.compare(ask, snapshot, products, [v for v, _ in chosen], topic)
        return self.answers.say(ask, snapshot, chosen, topic)

    def _abroad(self, ask: Ask, question: Question, snapshot: Snapshot) -> Reply | None:
        """Answer what use in a country costs; packages and calls to it are another matter."""
        assert question.place is not None
        elsewhere = _TO_ABROAD.search(_HOME.sub(" ", ask.text))
        if elsewhere or _PACKAGE.search(ask.text) or question.products:
            return None
        if question.rest and not _USE_ABROAD.search(ask.text):
            return None
        if _NO_PRICE_ASKED.search(ask.text) or not _about_use(question):
            return None
        country, zone = question.place
        return self.answers.abroad(ask, snapshot, country, zone, topic=())


def _with_words(ranked: Sequence[tuple[str, float]], question: Question) -> list[tuple[str, float]]:
    """Let an attribute that also stands there in other words come nearer."""
    asked = {kind.id for kind in question.attributes if not kind.general}
    nearer = [(name, cosine + WORDS * (name in asked)) for name, cosine in ranked]
    return sorted(nearer, key=lambda pair: -pair[1])


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


def _is_named(kind: AttributeKind, text: str) -> bool:
    """Tell whether an attribute stands in a text by its own name."""
    return re.search(rf"(?<!\w){re.escape(kind.label)}(?!\w)", text, re.IGNORECASE) is not None


def _about_use(question: Question) -> bool:
    """A country alone, a price, or a way of using the phone; nothing that only a tariff has."""
    return all(
        kind.general or kind.id.startswith(("roaming", "eu_", "sms", "allnet", "datenvolumen"))
        for kind in question.attributes
    )


def _no_price(attribute: Attribute) -> bool:
    return attribute.polarity is None and attribute.unit != "EUR"
