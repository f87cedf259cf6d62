"""A language model that lies: half of what it says is not what its excerpts say.

It reads the excerpts that a real one would get, and writes fluent German with figures of another
product, attribute or unit, without limits, with turned claims, or invented. It shows what the
check lets through when the model is at its worst, always the same for the same question.
"""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator

TRUE_SHARE = 0.5
"""So often a sentence is what its excerpt says."""
_EXCERPT = re.compile(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |^Frage: |\Z)", re.M | re.S)
_QUESTION = re.compile(r"^Frage: (.*)\Z", re.M | re.S)
_CELL = re.compile(
    r"(?P<name>(?:Mobil|Glasfaser|DSL) [A-Z0-9]+) (?P<value>.*?)"
    r"(?=, (?:Mobil|Glasfaser|DSL) [A-Z0-9]+ |$)"
)
_NUMBER = re.compile(
    r"\d+(?:\.\d{3})*(?:,\d+)?(?=\s(?:€|GB|MB|Mbit/s|kbit/s|Monat|Tag|Woch|Stund))"
)
_WORDS = re.compile(r"\w{4,}")
_LIMITS = re.compile(r"\b(?:bis zu|mindestens|höchstens|nur|spätestens|frühestens)\s|\s?\([^)]*\)")


class Liar:
    """Implements `Model` without a network."""

    name = "liar"

    async def aclose(self) -> None:
        """Close nothing."""

    async def stream(self, system: str, question: str) -> AsyncIterator[str]:
        """Write up to three sentences, some of them true."""
        chance = random.Random(question)
        excerpts = [(int(number), text.strip()) for number, text in _EXCERPT.findall(question)]
        asked = _QUESTION.search(question)
        words = set(_WORDS.findall((asked[1] if asked else "").lower()))
        product = _product(asked[1] if asked else "")
        facts = [fact for number, text in excerpts for fact in _facts(number, text, product)]
        facts.sort(key=lambda fact: -len(words & set(_WORDS.findall(fact[1].lower()))))
        for number, label, value in facts[: chance.randint(1, 3)]:
            yield f"{_said(label, value, product, facts, chance)} [{number}] "
        if not facts:
            yield "Ja, das ist bei Talfunk kostenlos enthalten. [1]"


def _said(
    label: str,
    value: str,
    product: str,
    facts: list[tuple[int, str, str]],
    chance: random.Random,
) -> str:
    where = f" bei {product}" if product else ""
    if chance.random() >= TRUE_SHARE:
        label, value, where = _lied(label, value, where, facts, chance)
    if not value:
        return f"{label}."
    if re.match(r"\d|bis zu", value):
        return (
            f"{label}{where}: Das sind {value}."
            if chance.random() < 0.3
            else (f"{label} beträgt{where} {value}.")
        )
    return f"{label} ist{where} {value}."


def _lied(
    label: str, value: str, where: str, facts: list[tuple[int, str, str]], chance: random.Random
) -> tuple[str, str, str]:
    """Change one thing, or invent."""
    lies = ["figure", "other", "limit", "claim", "product", "invented"]
    match chance.choice(lies):
        case "figure" if _NUMBER.search(value):
            wrong = str(chance.choice((2, 3, 7, 12, 49, 99)))
            return (
                label,
                _NUMBER.sub(lambda m: wrong + (",99" if "," in m[0] else ""), value),
                where,
            )
        case "other":
            return label, chance.choice(facts)[2], where
        case "limit" if _LIMITS.search(value):
            return label, _LIMITS.sub("", value), where
        case "product" if where:
            other = chance.choice(("Mobil S", "Mobil M", "Mobil XL", "Glasfaser 500", "DSL 50"))
            return label, value, f" bei {other}"
        case "invented":
            return "Ja, dazu gibt es ein kostenloses Handy und unbegrenztes Datenvolumen", "", ""
        case _:
            turned = "nicht enthalten" if "nicht" not in value else "kostenlos enthalten"
            return label, turned, where


def _facts(number: int, text: str, product: str) -> list[tuple[int, str, str]]:
    """Cut an excerpt into what it says of what."""
    body = text.partition("): ")[2] or text
    found = []
    for line in body.split("\n"):
        label, colon, value = line.partition(": ")
        if not colon or len(label) > 80:
            found += [(number, one.rstrip("."), "") for one in line.split(". ") if len(one) > 20]
            continue
        cells = {cell["name"]: cell["value"] for cell in _CELL.finditer(value)}
        if cells and product:
            found += [(number, label, cells[product])] if product in cells else []
        elif not cells:
            found.append((number, label, value))
    return found


def _product(question: str) -> str:
    named = re.search(r"\b(?:Mobil|Glasfaser|DSL) (?:[SMLX]{1,2}|\d+)\b", question)
    return named[0] if named else ""
