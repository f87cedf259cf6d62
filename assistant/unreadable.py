"""The responder for what cannot be read as a question: too long, another script, only signs.

A day that no calendar has is one of them: today's answer to it would be a wrong one.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.blocks import Paragraph
from assistant.characters import LONGEST_TEXT, only_signs, other_script
from assistant.messages import Ask, Choice, Draft, Reply, Responder
from assistant.texts import Texts
from assistant.understanding.when import impossible_day
from knowledge_base.wording import number


def unreadable(texts: Texts) -> Responder:
    """Build the responder that says what it needs, before anybody looks for an answer."""
    person = Choice(id="handoff:ask", title=texts.wahl_mensch)

    async def respond(ask: Ask, draft: Draft) -> Reply | None:
        if ask.message.kind != "text":
            return None
        if len(ask.message.text) > LONGEST_TEXT:
            return _says(texts.zu_lang.format(grenze=number(Decimal(LONGEST_TEXT))), person)
        if other_script(ask.text):
            return _says(texts.andere_schrift, person)
        if only_signs(ask.text):
            return _says(texts.nur_zeichen)
        day = impossible_day(ask.text)
        return None if day is None else _says(texts.kein_tag.format(tag=day))

    return respond


def _says(text: str, *choices: Choice) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), choices=choices, answered=False, confidence=1.0)
