"""Does the check block what is false, and let through what is true?

Every true sentence is shown to it with a passage that proves it, and then again with exactly one
thing swapped. Neither the sentences nor what is true of them come from the code that is judged.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checked import fault
from evals.intervals import Rate
from evals.report import percent
from evals.sentences import Truth, World, load_sentences, truths
from evals.swaps import Swap, Swapped, swaps
from knowledge_base.documents import Passage
from knowledge_base.snapshot import Snapshot

Check = Callable[[str, Sequence[Passage]], str | None]
"""Names what is wrong with a sentence that cites passages, or None."""
SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationReport:
    """What became of every sentence of one set of frames."""

    half: str
    truths: tuple[tuple[Truth, str | None], ...]
    swapped: tuple[tuple[Swapped, str | None], ...]

    @property
    def blocked(self) -> Rate:
        """Return the share of true sentences that were blocked."""
        return Rate(hits=sum(found is not None for _, found in self.truths), of=len(self.truths))

    @property
    def caught(self) -> Rate:
        """Return the share of swapped sentences that were blocked."""
        return Rate(hits=sum(found is not None for _, found in self.swapped), of=len(self.swapped))

    def blocked_of(self, source: str) -> Rate:
        """Return the share of true sentences of one source that were blocked."""
        some = [found for truth, found in self.truths if truth.source == source]
        return Rate(hits=sum(found is not None for found in some), of=len(some))

    def caught_of(self, swap: Swap) -> Rate:
        """Return the share of one kind of swap that was blocked."""
        some = [found for one, found in self.swapped if one.swap is swap]
        return Rate(hits=sum(found is not None for found in some), of=len(some))

    @property
    def faults(self) -> Counter[str]:
        """Count what the check named."""
        named = [found for _, found in (*self.truths, *self.swapped) if found is not None]
        return Counter(named)


def measure(half: str, snapshot: Snapshot, check: Check | None = None) -> MutationReport:
    """Show every sentence of one set to the check, true and swapped."""
    given, world = load_sentences(half), World.of(snapshot)
    chance = random.Random(SEED)

    def ours(sentence: str, passages: Sequence[Passage]) -> str | None:
        return fault(sentence, passages, snapshot.tariffs)

    judge = check or ours
    made = list(truths(given, world))
    return MutationReport(
        half=half,
        truths=tuple((one, judge(one.sentence, (one.passage, *one.also))) for one in made),
        swapped=tuple(
            (one, judge(one.text, (one.passage, *truth.also)))
            for truth in made
            for one in swaps(truth, given, world, chance)
        ),
    )


def render(report: MutationReport) -> str:
    """Write the shares for a terminal."""
    rows = [("true sentences blocked", report.blocked)]
    rows += [(f"· {name}", report.blocked_of(name)) for name in ("frame", "retold", "quoted")]
    rows += [("swaps caught", report.caught)]
    rows += [(f"· {swap.value}", report.caught_of(swap)) for swap in Swap]
    lines = [f"Set of frames: {report.half}"]
    lines += [f"  {name:<28} {percent(rate)}" for name, rate in rows if rate.of]
    return "\n".join(lines)
