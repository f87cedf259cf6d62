"""One message, the things asked for in it, and their replies joined into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.blocks import Block, moved_cites
from assistant.messages import Reply

MOST_ASKS = 4
_QUESTION_END = re.compile(r"(?<=\?)\s+")
_LEANS_ON_THE_LAST = re.compile(
    r"^(und\s)?(wenn|falls|warum|wieso|oder|er|sie|es|das|dies\w*|der|die|denn|geht das|stimmt)\b",
    re.IGNORECASE,
)
_WORDS = 3
"""A shorter question is no question of its own."""


def split(text: str) -> tuple[str, ...]:
    """Split a message into the questions it asks, in order.

    Only what ends in a question mark and stands on its own is split off; everything else stays
    together, because a sentence before a question usually explains it.
    """
    parts = [part.strip() for part in _QUESTION_END.split(text) if part.strip()]
    asks: list[str] = []
    for part in parts:
        alone = part.endswith("?") and len(part.split()) >= _WORDS
        if asks and (not alone or _LEANS_ON_THE_LAST.match(part)):
            asks[-1] = f"{asks[-1]} {part}"
        else:
            asks.append(part)
    return tuple(asks) if 1 <= len(asks) <= MOST_ASKS else (text,)


def join(replies: Sequence[Reply]) -> Reply:
    """Join the replies to the asks of one message.

    A hand-over is exclusive; at most one dialog opens; answers keep their order, and what is said
    twice is said once.
    """
    for reply in replies:
        if reply.handoff is not None:
            return reply
    if len(replies) == 1:
        return replies[0]
    kept = [reply for reply in replies if reply.answered] or list(replies[:1])
    unanswered = [reply for reply in replies if not reply.answered and reply not in kept]
    if kept[0].answered and unanswered:
        kept.append(unanswered[0])
    blocks: list[Block] = []
    joined = kept[0]
    for reply in kept:
        offset = len(joined.citations) if reply is not kept[0] else 0
        moved = [moved_cites(block, offset) for block in reply.blocks]
        blocks.extend(block for block in moved if block not in blocks)
        if reply is kept[0]:
            continue
        joined = replace(
            joined,
            choices=joined.choices
            + tuple(choice for choice in reply.choices if choice not in joined.choices),
            citations=joined.citations + reply.citations,
            facts=joined.facts + reply.facts,
            dialog=joined.dialog or reply.dialog,
            topic=reply.topic or joined.topic,
            contract=reply.contract or joined.contract,
            open_question=joined.open_question or reply.open_question,
            generated_by=joined.generated_by or reply.generated_by,
            answered=joined.answered and reply.answered,
            confidence=min(joined.confidence or 0.0, reply.confidence or 0.0),
            checks=joined.checks + reply.checks,
            responder=joined.responder
            if reply.responder in joined.responder.split("+")
            else f"{joined.responder}+{reply.responder}",
        )
    return replace(joined, blocks=tuple(blocks))
