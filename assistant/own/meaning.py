"""Which of their own data a proven customer asks for: by phrase, by cue, by record, as learned."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.messages import Ask
from assistant.own.content import Entry, OwnContent
from assistant.own.evidence import NO_EVIDENCE, Evidence
from assistant.own.pointed import amounts
from assistant.understanding.question import nameless
from knowledge_base.snapshot import Snapshot
from knowledge_base.understood import Meant

CUE = 0.45
"""What a cue is worth beside what is learned."""
LIKELY_FROM, PERSONAL_FROM = 0.5, 0.3
"""How likely it must be that somebody proven means own data, and where they speak of themselves."""
POSSIBLE_FROM = 0.15
"""The same for looking whether the records hold what a question names."""
SURELY_FROM = 0.8
"""The same for telling somebody unknown to log in before anything is looked up."""
TARIFF_AHEAD = 0.1
"""So much more likely an attribute is meant where the terms are looked at before the records."""
SURE_FROM, SURE_SHARE = 0.1, 1.4
"""How surely one answer must be meant, and how much more surely than the next one.

Tuned, as all here, on the development questions of logged-in customers; whoever is not sure asks
back.
"""
MOST_MEANT = 3
"""So many are offered when it is not sure which one is meant."""
WORTH_ASKING = 0.3
"""So much of the best score makes an answer worth offering."""
PERSONAL = re.compile(
    r"\b(ich|i|mich|mir|mein\w*|meim|mei|wir|uns|unser\w*|hab|bin)\b", re.IGNORECASE
)
NUMBER = re.compile(
    r"(\b(auf|für|bei|unter|mit|von|zu) (der|die|dem|meiner|nummer) "
    r"((rufnummer|nummer|vertrag) )?)?"
    r"(\bV-\d+-\d+|\+?\d[\d\s/()-]{6,}\d)",
    re.IGNORECASE,
)
HOW_TO = re.compile(
    r"\bwie (?!viele?\b|hoch|lange|oft|weit|teuer|groß|heißt|lautet|ist|war|steht|lang|geht es)\w+"
    r"(?: \w+)? (ich|man|wir)\b"
    r"|\bwas (passiert|geschieht|mache|tun|bedeutet|ist (ein|eine|der unterschied))\b"
    r"|\bwas (muss|kann|soll) ich (\w+ )?(tun|machen|beachten|wissen|angeben)\b"
    r"|\bwo (finde|sehe|kann|steht|stehen|bekomme)\b"
    r"|\b(wenn|falls)\b(?! ja\b)|\b(dürft|dürfen|darf|könnt) (ihr|sie|talfunk|man)\b"
    r"|\bwie (funktioniert|geht das|lange dauert)\b",
    re.IGNORECASE,
)
"""Asks how something is done or what would be; documents answer that, not records."""


def asks_how(text: str) -> bool:
    """Tell whether a question asks how something is done; records answer no such question."""
    return HOW_TO.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a question may mean before any record is read."""

    named: Entry | None = None
    """It is this, for sure."""
    scores: Mapping[str, float]
    """Scores of the answers, as learned and by their cues."""
    likely: bool = False
    """Own data are meant."""
    possible: bool = False
    """They may be: what the records hold decides."""
    of_tariff: bool = False
    """What the own tariff says is meant rather than what the records hold."""


async def weigh(ask: Ask, content: OwnContent, knowledge: Knowledge, snapshot: Snapshot) -> Weighed:
    """Weigh which answer from own data a question means, by its words alone."""
    # Which contract is meant, its number says; what is asked of it, it only disturbs.
    text = NUMBER.sub(" ", ask.text)
    chosen = content.of_subject.get(ask.text)
    named = content.entries[chosen] if chosen else content.named_in(text)
    if named is not None:
        return Weighed(named=named, scores={}, likely=True, possible=True)
    scores: dict[str, float] = defaultdict(float)
    cued = content.cued_in(text)
    meant = await knowledge.search.meant(text)
    for subject, score in meant.subjects.items():
        scores[content.of_subject[subject]] += max(score, 0.0)
    for entry in cued:
        scores[entry.id] += CUE
    how = asks_how(text)
    likely = bool(cued) or (not how and _own(meant, ask, text, snapshot))
    possible = likely or meant.own >= POSSIBLE_FROM or bool(amounts(text))
    of_tariff = meant.tariff - meant.own >= TARIFF_AHEAD
    return Weighed(scores=scores, likely=likely, possible=possible, of_tariff=of_tariff)


async def surely_own(ask: Ask, knowledge: Knowledge, snapshot: Snapshot) -> bool:
    """Tell whether somebody unknown surely asks for own data, before a look-up takes it over."""
    if PERSONAL.search(ask.text) is None or asks_how(ask.text) or nameless(ask, snapshot):
        return False
    meant = await knowledge.search.meant(ask.text)
    return meant.own >= SURELY_FROM


def _own(meant: Meant, ask: Ask, text: str, snapshot: Snapshot) -> bool:
    """Tell whether own data are meant more surely than documents."""
    if not meant.subjects:
        return False
    personal = PERSONAL.search(text) is not None and not nameless(ask, snapshot)
    return meant.own >= (PERSONAL_FROM if personal else LIKELY_FROM)


def ranked(
    weighed: Weighed, content: OwnContent, evidence: Evidence = NO_EVIDENCE
) -> tuple[Entry, ...]:
    """Order the answers that may be meant; one alone is sure.

    None: it is a question for the documents.
    """
    if weighed.named is not None:
        return (weighed.named,)
    if not weighed.likely and not evidence.sure:
        return ()
    scores = {
        name: score * evidence.weights.get(name, 1.0) for name, score in weighed.scores.items()
    }
    for name, score in evidence.points.items():
        scores[name] = scores.get(name, 0.0) + score
    order = sorted(scores, key=lambda name: -scores[name])
    best, second, *_ = (*(scores[name] for name in order[:2]), 0.0, 0.0)
    if best <= 0:
        return ()
    if best >= SURE_FROM and best >= SURE_SHARE * second:
        return (content.entries[order[0]],)
    worth = [name for name in order[:MOST_MEANT] if scores[name] >= WORTH_ASKING * best]
    return tuple(content.entries[name] for name in (worth if len(worth) > 1 else order[:2]))
