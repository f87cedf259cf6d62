"""Every figure of a reply is carried by one of its facts, or stands in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.blocks import ItemList, plain
from assistant.facts.english import in_german_form
from assistant.facts.figures import Figure, figures, states
from assistant.messages import EvidenceKind, Fact, Reply
from knowledge_base.wording import amount, day

_OF_THE_CUSTOMER = (EvidenceKind.CUSTOMER_DATA, EvidenceKind.CALCULATION)


def uncarried(reply: Reply) -> tuple[Figure, ...]:
    """Return the figures that a reply states and nothing of it proves."""
    carried = frozenset(_carried(reply))
    found = frozenset().union(*(figures(text) for text in _stated(reply)))
    stated = sorted(found, key=lambda one: (one.unit, one.value))
    return tuple(one for one in stated if not states(carried, one))


def _stated(reply: Reply) -> Iterator[str]:
    """Yield what a reply says, figures written the German way; the numbers of steps are none."""
    for block in reply.blocks:
        english = reply.language == "en" and block.lang != "de"
        for text in block.items if isinstance(block, ItemList) else (plain(block),):
            yield in_german_form(text) if english else text


def _carried(reply: Reply) -> Iterator[Figure]:
    for fact in reply.facts:
        yield from _of_fact(fact)
    for citation in reply.citations:
        # Not the excerpt: that a passage states a figure says not of what it is.
        yield from figures(f"{citation.title} {citation.section} {day(citation.as_of)}")


def _of_fact(fact: Fact) -> Iterator[Figure]:
    if fact.attribute is None:
        # A figure of a quotation, in its normal form.
        yield Figure(fact.unit or "", fact.text)
    elif fact.value is not None:
        yield from figures(amount(fact.value, fact.unit))
    if fact.evidence.kind in _OF_THE_CUSTOMER:
        # Its text is the datum itself: a day, a number, a name, or a step of a calculation.
        yield from figures(fact.text)
    yield from figures(fact.qualifier or "")
    # "je 4 Wochen" is part of the price, not a figure of its own.
    yield from figures(fact.per or "")
    # The name of an attribute or product may hold a number: laufzeit_12_monate, glasfaser_250.
    yield from figures(re.sub(r"[_.]", " ", fact.attribute or ""))
    yield from figures(re.sub(r"[_.]", " ", fact.product or ""))
    yield from figures(" ".join(day(one) for one in (fact.valid_from, fact.valid_until) if one))
