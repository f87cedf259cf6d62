"""One thing of a true sentence swapped, so that it is false or its source does not say it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evals.key import Terms, Value
from evals.quantities import states
from evals.sentences import Sentences, Truth, World, said, tidy
from knowledge_base.documents import Passage


class Swap(StrEnum):
    """What was swapped."""

    TARIFF = "another tariff's value"
    VERSION = "another version's value"
    ATTRIBUTE = "another attribute's value"
    FIGURE = "another figure"
    """Of a sentence that stands in a document."""
    UNIT = "unit"
    PERIOD = "period"
    POLARITY = "polarity"
    QUALIFIER = "qualifier dropped"
    PRODUCT = "product"
    CITATION = "citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """A sentence with one thing swapped, and the passage it cites."""

    swap: Swap
    text: str
    passage: Passage
    truth: Truth


_UNITS = (
    (r"(?<=\d )GB\b", "MB"),
    (r"(?<=\d )Mbit/s", "kbit/s"),
    (r"(?<=\d )kbit/s", "Mbit/s"),
    (r"(?<=\d )(?:€|Euro\b)", "Cent"),
    (r"\bMonaten\b", "Wochen"),
    (r"\bMonate\b", "Wochen"),
    (r"\b(?P<article>eine[nm]) Monat\b", "einer Woche"),
    (r"\bzwei Jahren?\b", "zwei Monate"),
    (r"\bWochen\b", "Monaten"),
    (r"\bTagen?\b", "Wochen"),
    (r"\bTage lang\b", "Wochen lang"),
    (r"\bTage\b", "Wochen"),
    (r"\bWerktage\b", "Wochen"),
    (r"\bStunden\b", "Tage"),
    (r"\bMinuten\b", "Stunden"),
)
_PERIODS = (
    (r"\b[mM]onatlich\b", "einmalig"),
    (r"\b(?:im|pro|jeden) Monat\b", "im Jahr"),
    (r"\b[eE]inmalig\b", "monatlich"),
    (r"\b(?:je|pro) Minute\b", "je Stunde"),
)
_LIMITS = re.compile(
    r"\b(?:bis zu|höchstens|mindestens|frühestens|spätestens|nur)\s"
    r"(?=(?:\w+\s){0,2}?\d|\w+ (?:Mon|Woch|Tag|Stund|Werk))",
    re.IGNORECASE,
)
_TURNED = (
    (r"\bnicht mehr\b", "weiterhin"),
    (r"\bnicht\b ?", ""),
    (r"\bkeine(?=[nmrs]?\b)", "eine"),
    (r"\bkein\b", "ein"),
    (r"\bkostenlos\b", "kostenpflichtig"),
    (r"\bgilt\b", "gilt nicht"),
    (r"\bist\b", "ist nicht"),
    (r"\bsind\b", "sind nicht"),
    (r"\bdarf\b", "darf nicht"),
    (r"\bkann\b", "kann nicht"),
    (r"\bkönnen Sie\b", "können Sie nicht"),
    (r"\berhalten Sie\b", "erhalten Sie nicht"),
)
_NUMBER = re.compile(r"(?<![\w.,§/#:-])(?<!Ziffer )(?<!Absatz )\d+(?:,\d+)?(?![\w.,/:-]|\.\d)")
_NUMERALS = ("zwei", "drei", "vier", "sechs", "acht", "zehn", "zwölf")


def swaps(truth: Truth, given: Sentences, world: World, chance: random.Random) -> Iterator[Swapped]:
    """Swap every one thing of a true sentence that can be swapped."""
    made: list[tuple[Swap, str | None]] = [
        (Swap.UNIT, _replaced(truth.sentence, _UNITS, chance)),
        (Swap.PERIOD, _replaced(truth.sentence, _PERIODS, chance)),
        (Swap.QUALIFIER, _unqualified(truth)),
        (Swap.POLARITY, _turned(truth, given, chance)),
    ]
    if truth.terms is None or truth.value is None or truth.frame is None:
        made.append((Swap.FIGURE, _refigured(truth.sentence, chance)))
    else:
        made += _valued(truth.terms, truth.value, truth, given, world, chance)
        made.append((Swap.PRODUCT, _other_product(truth.terms, truth.value, truth, world, chance)))
    for swap, text in made:
        if text is not None and tidy(text) != truth.sentence:
            shown = tidy(re.sub(r"\[\[|\]\]", "", text))
            yield Swapped(swap=swap, text=shown, passage=truth.passage, truth=truth)
    for passage in _wrong_citations(truth, world, chance):
        yield Swapped(swap=Swap.CITATION, text=truth.sentence, passage=passage, truth=truth)


def _valued(
    terms: Terms,
    value: Value,
    truth: Truth,
    given: Sentences,
    world: World,
    chance: random.Random,
) -> Iterator[tuple[Swap, str | None]]:
    """Put another tariff's, version's or attribute's value in place of the true one."""
    frame = truth.frame
    assert frame is not None
    if value.amount is None or not re.search(r"\{(wert|euro|jahre)\}", frame.text):
        return
    others = {
        Swap.TARIFF: [
            other.values[value.attribute]
            for other in world.terms
            if other.kind == terms.kind
            and other.product != terms.product
            and other.sold == terms.sold
            and value.attribute in other.values
        ],
        Swap.VERSION: [
            other.values[value.attribute]
            for other in world.terms
            if other.product == terms.product
            and other.version != terms.version
            and value.attribute in other.values
        ],
        Swap.ATTRIBUTE: [
            other
            for other in terms.values.values()
            if other.unit == value.unit and other.attribute != value.attribute
        ],
    }
    for swap, values in others.items():
        wrong = [one for one in values if one.amount not in (None, value.amount, Decimal(0))]
        if wrong:
            yield swap, said(frame.text, terms, value, given.names, instead=chance.choice(wrong))


def _other_product(
    terms: Terms, value: Value, truth: Truth, world: World, chance: random.Random
) -> str | None:
    """Name another product of the kind, for which the sentence is not true."""
    names = sorted(
        {
            other.name
            for other in world.terms
            if other.kind == terms.kind
            and other.product != terms.product
            and other.sold == terms.sold
            and other.name not in truth.passage.text
            and _differs(other.values.get(value.attribute), value)
        }
    )
    if terms.name not in truth.text or not names:
        return None
    return re.sub(r"\[\[|\]\]", "", truth.text).replace(terms.name, chance.choice(names))


def _says_it_too(truth: Truth, passage: Passage, world: World) -> bool:
    """Tell whether a passage may state the same, so that citing it would be no fault."""
    text = passage.text.lower()
    if truth.value is not None:
        label = re.findall(r"\w{4,}|\w+", world.labels[truth.value.attribute].lower())[0]
        return label in text or (
            truth.value.amount is not None and states(text, truth.value.written)
        )
    words = set(re.findall(r"\w{5,}", truth.sentence.lower()))
    return len([word for word in words if word in text]) >= len(words) / 2


def _differs(other: Value | None, value: Value) -> bool:
    return other is None or (other.amount, other.says) != (value.amount, value.says)


def _turned(truth: Truth, given: Sentences, chance: random.Random) -> str | None:
    if truth.frame is None or truth.terms is None or truth.value is None:
        return _replaced(truth.sentence, _TURNED, chance, first=True)
    if truth.value.attribute not in given.names and truth.value.says != "unlimited":
        return None
    frames = given.turned[truth.value.says]
    if truth.terms.kind == "gebuehren":
        return None
    return said(chance.choice(frames), truth.terms, truth.value, given.names)


def _unqualified(truth: Truth) -> str | None:
    if "[[" in truth.text:
        return re.sub(r"\[\[.*?\]\]", "", truth.text)
    if truth.source == "frame" or not _LIMITS.search(truth.sentence):
        return None
    return _LIMITS.sub("", truth.sentence, count=1)


def _replaced(
    text: str, pairs: tuple[tuple[str, str], ...], chance: random.Random, *, first: bool = False
) -> str | None:
    fitting = [pair for pair in pairs if re.search(pair[0], text)]
    if not fitting:
        return None
    pattern, instead = fitting[0] if first else chance.choice(fitting)
    return re.sub(pattern, instead, text, count=1)


def _refigured(text: str, chance: random.Random) -> str | None:
    """Put another number in place of one of a document's sentence."""
    found = list(_NUMBER.finditer(re.sub(r"^\d+(?:\.\d+)+ ", lambda m: " " * len(m[0]), text)))
    words = list(re.finditer(rf"\b(?:{'|'.join(_NUMERALS)})(?= \w)", text))
    if not found and not words:
        return None
    place = chance.choice([*found, *words])
    if place in words:
        instead = chance.choice([word for word in _NUMERALS if word != place[0]])
    else:
        old = Decimal(place[0].replace(",", "."))
        instead = str(old + chance.choice((1, 2, 5, 10))).replace(".", ",")
    return text[: place.start()] + instead + text[place.end() :]


def _wrong_citations(truth: Truth, world: World, chance: random.Random) -> Iterator[Passage]:
    """Cite a passage of another product, version or attribute, and one of something else."""
    terms, value = truth.terms, truth.value
    wrong: list[list[Passage]] = [
        [
            passage
            for passage in world.passages
            if passage.kind not in ("tarif", "preisliste", "produktinformationsblatt", "roaming")
            and not _says_it_too(truth, passage, world)
        ]
    ]
    if terms is not None and value is not None:
        for other in world.terms:
            differs = _differs(other.values.get(value.attribute), value)
            same = other.product == terms.product
            if (
                other.kind == terms.kind
                and differs
                and (not same or other.version != terms.version)
            ):
                held = other.values.get(value.attribute)
                if held is not None and held.amount is not None:
                    wrong.append(world.proofs(other, held))
        wrong.append(
            [
                p
                for one in terms.values.values()
                if one.attribute != value.attribute
                for p in world.proofs(terms, one)
                if world.labels[value.attribute] not in p.text
                and not (value.amount is not None and states(p.text, value.written))
            ]
        )
        # The same holds in another version: a passage of that one says no less.
        equal = [
            (other, held)
            for other in world.terms
            if other.product == terms.product
            and (held := other.values.get(value.attribute)) is not None
            and not _differs(held, value)
        ]
        proofs = {one.id for other, held in equal for one in world.proofs(other, held)}
        wrong = [[one for one in some if one.id not in proofs] for some in wrong]
        if any(one.id in proofs for one in truth.also):
            return  # what is cited beside proves the sentence alone
    chance.shuffle(wrong)
    for passages in [some for some in wrong if some][:2]:
        yield chance.choice(passages)
