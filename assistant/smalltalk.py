"""Greetings, thanks and goodbyes: reviewed sentences, no search."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.blocks import Paragraph
from assistant.characters import consists_of
from assistant.messages import Ask, Draft, Reply, Responder
from assistant.understanding.phrases import bare, fold
from assistant.understanding.wishes import Smalltalk


def smalltalk(remarks: Sequence[Smalltalk]) -> Responder:
    """Build the responder for remarks that are no question."""
    greeting = next(remark for remark in remarks if remark.id == "gruss")

    async def respond(ask: Ask, draft: Draft) -> Reply | None:
        if ask.message.kind != "text":
            return None
        if fold(ask.text) and not bare(ask.text):
            return _says(greeting)
        for remark in remarks:
            if ask.state.by_bot and consists_of(ask.text, remark.signs):
                return _says(remark)
            if remark.text is not None and remark.phrases.found_in(ask.text):
                return _says(remark)
        return None

    return respond


def says_goodbye(remarks: Sequence[Smalltalk], text: str) -> bool:
    """Tell whether a text ends the conversation."""
    return any(remark.end and remark.phrases.found_in(text) for remark in remarks)


def _says(remark: Smalltalk) -> Reply:
    return Reply(blocks=(Paragraph(text=remark.text or ""),), confidence=1.0)
