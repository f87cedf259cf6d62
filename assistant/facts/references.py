"""Facts numbered for a model, which writes ``[[f3]]`` where their figure belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.statements import Stated, read_passage
from knowledge_base.documents import Passage
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import figure

REFERENCE = re.compile(r"\[\[f(\d{1,3})\]\]")


def numbered(passages: Sequence[Passage], tariffs: Tariffs | None) -> tuple[Stated, ...]:
    """List the figures that passages state of products, in their order."""
    if tariffs is None:
        return ()
    return tuple(
        one
        for passage in passages
        for one in read_passage(passage, tariffs).stated
        if one.attribute.value is not None
    )


def listed(facts: Sequence[Stated], passage: Passage) -> str:
    """Show the facts of one passage with their numbers."""
    lines = [
        f"[[f{place}]] {one.version.name}, {one.kind.label}: {figure(one.attribute)}"
        for place, one in enumerate(facts, start=1)
        if one.passage.id == passage.id
    ]
    return "\n".join(lines)


def rendered(sentence: str, facts: Sequence[Stated]) -> str | None:
    """Put figures in place of references; None if one of them does not exist."""
    numbers = [int(number) for number in REFERENCE.findall(sentence)]
    if any(not 0 < number <= len(facts) for number in numbers):
        return None
    return REFERENCE.sub(lambda m: figure(facts[int(m[1]) - 1].attribute) or "", sentence)
