"""English asks: understood in German words, answered by the very path that German ones take."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from assistant.blocks import Paragraph
from assistant.knowledge import Knowledge
from assistant.messages import Ask, Draft, Reply, Responder
from assistant.texts import Texts
from assistant.understanding.glossary import Glossary


@dataclass(frozen=True, slots=True)
class InGerman:
    """Puts an English ask in German words before a responder that understands only these."""

    responder: Responder
    glossary: Glossary
    knowledge: Knowledge

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Return the responder's reply to the ask in German words."""
        return await self.responder(await self.put(ask), draft)

    async def put(self, ask: Ask) -> Ask:
        """Put an ask in German words; what was typed stays beside them."""
        # A new generation takes a second to read, and so does a very long message: not on the loop.
        german = await asyncio.to_thread(lambda: self._german(ask.text))
        return replace(ask, text=german, typed=ask.text)

    def _german(self, text: str) -> str:
        tariffs = self.knowledge.current.tariffs
        held = () if tariffs is None else tariffs.tariffs.values()
        return self.glossary.german(text, (tariff.name for tariff in held))


@dataclass(frozen=True, slots=True)
class OwnInGerman:
    """Answers a proven customer on their own contract in German, which is said and marked."""

    own: Responder
    anonymous: Responder
    """Speaks English, but only tells to log in."""
    texts: Texts

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Return the reply with an English lead, every block of it marked as German."""
        if ask.message.customer is None:
            return await self.anonymous(ask, draft)
        reply = await self.own(replace(ask, language="de"), draft)
        if reply is None or reply.handoff is not None:
            return reply
        lead = Paragraph(text=self.texts.nur_deutsch)
        blocks = tuple(replace(block, lang="de") for block in reply.blocks)
        return replace(reply, blocks=(lead, *blocks))
