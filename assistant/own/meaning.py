"""Which of their own data a proven customer asks for: sure cases by phrase, the rest as learned."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.answer import OWN_AHEAD, OWN_FROM, WORDED_AHEAD, WORDED_FROM
from assistant.knowledge import Knowledge
from assistant.messages import Ask
from assistant.own.content import Entry, OwnContent
from assistant.understanding.question import nameless
from knowledge_base.snapshot import Snapshot

SURE_FROM, SURE_SHARE = 0.10, 1.3
"""How surely one answer must be meant, and how much more surely than the next one.

Tuned on the same questions; whoever is not sure asks back.
"""
MOST_MEANT = 3
"""So many are offered when it is not sure which one is meant."""
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
    r"|\b(wenn|falls)\b|\b(dürft|dürfen|darf|könnt) (ihr|sie|talfunk|man)\b"
    r"|\bwie (funktioniert|geht das|lange dauert)\b",
    re.IGNORECASE,
)
"""Asks how something is done or what would be; documents answer that, not records."""


def asks_how(text: str) -> bool:
    """Tell whether a question asks how something is done; records answer no such question."""
    return HOW_TO.search(text) is not None


async def entries_meant(
    ask: Ask, content: OwnContent, knowledge: Knowledge, snapshot: Snapshot
) -> tuple[Entry, ...]:
    """Find the answer from own data that is meant; several: it is not sure which one.

    None: it is a question for the documents.
    """
    # Which contract is meant, its number says; what is asked of it, it only disturbs.
    text = NUMBER.sub(" ", ask.text)
    chosen = content.of_subject.get(ask.text)
    named = content.entries[chosen] if chosen else content.named_in(text)
    if named is not None:
        return (named,)
    if asks_how(text):
        return ()
    meant = await knowledge.search.meant(text)
    if not meant.subjects:
        return ()
    personal = PERSONAL.search(text) is not None and not nameless(ask, snapshot)
    least, ahead = (WORDED_FROM, WORDED_AHEAD) if personal else (OWN_FROM, OWN_AHEAD)
    others = max(meant.passages, *meant.attributes.values(), 0.0)
    if meant.own < least or meant.own - others < ahead:
        return ()
    scores: dict[str, float] = defaultdict(float)
    for subject, score in meant.subjects.items():
        scores[content.of_subject[subject]] += max(score, 0.0)
    ranked = sorted(scores, key=lambda name: -scores[name])
    best, second, *_ = (*(scores[name] for name in ranked[:2]), 0.0)
    sure = best >= SURE_FROM and best >= SURE_SHARE * second
    return tuple(content.entries[name] for name in ranked[: 1 if sure else MOST_MEANT])
