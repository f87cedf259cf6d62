"""The last responder: says honestly that it does not know, and offers a person."""

from __future__ import annotations

from assistant.blocks import Paragraph
from assistant.messages import Ask, Choice, Draft, Reply, Responder
from assistant.texts import Texts

PERSON_AFTER = 2
"""Unresolved answers in a row, after which asking differently is no longer suggested."""


def fallback(texts: Texts) -> Responder:
    """Build the responder that always has a reply."""

    async def respond(ask: Ask, draft: Draft) -> Reply | None:
        if not ask.text.strip():
            return _says(texts.leer, texts)
        again = ask.state.unresolved > 0
        return _says(texts.nicht_gefunden_wieder if again else texts.nicht_gefunden, texts)

    return respond


def _says(text: str, texts: Texts) -> Reply:
    return Reply(
        blocks=(Paragraph(text=text),),
        choices=(Choice(id="handoff:ask", title=texts.wahl_mensch),),
        answered=False,
        confidence=0.0,
    )
