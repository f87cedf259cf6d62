"""Answer from documents: exact look-up, else the model's checked words, else a quotation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.blocks import Paragraph
from assistant.knowledge import Knowledge
from assistant.lookup import Lookup
from assistant.messages import Ask, Choice, Draft, Reply
from assistant.own_data import OwnData
from assistant.quote import excerpt, offer, quote
from assistant.texts import Texts
from assistant.understanding.trust import Trust, features, kind_fits
from assistant.written import Writer
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot

PASSAGES = 6
CANDIDATES = 3
"""Of how many passages the most trusted one is chosen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The responder for questions; silent where the documents are."""

    knowledge: Knowledge
    lookup: Lookup
    own_data: OwnData
    texts: Texts
    trust: Trust
    writer: Writer | None = None

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Answer an ask from documents, or leave it to the next responder."""
        if not ask.text.strip():
            return None
        if self.own_data.asked_in(ask.text):
            return self._log_in()
        # A new generation takes a second or two to read: not on the event loop.
        snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
        exact = await self.look_up(ask, snapshot)
        if exact is not None:
            return exact
        hits = await self.knowledge.search.search(
            ask.text, on=ask.on, contract_date=ask.contract_date, top=PASSAGES
        )
        if not hits:
            return None
        nearest = await asyncio.to_thread(self._nearest, ask, hits, snapshot)
        if self.writer is None:
            return nearest
        return await self.writer.write(ask, hits, snapshot, nearest, draft)

    def _nearest(self, ask: Ask, hits: Sequence[Hit], snapshot: Snapshot) -> Reply | None:
        """Quote the passage that answers most likely: as the answer, with reservation, or not."""
        trusted = [
            (self.trust.of(features(ask.text, hits, place, snapshot)), place)
            for place in range(min(CANDIDATES, len(hits)))
        ]
        trust, place = max(trusted, key=lambda pair: (pair[0], -pair[1]))
        hit = hits[place]
        if trust >= self.trust.answer_from:
            return quote(ask.text, hit, snapshot, self.texts, trust)
        kind = kind_fits(ask.text, excerpt(hit.passage, ask.text))
        # A figure is easily taken for the one asked for, whatever reservation stands before it.
        enough = self.trust.offer_figure_from if kind > 0 else self.trust.offer_from
        if kind < 0 or trust < enough:
            return None
        return offer(ask.text, hit, snapshot, self.texts, trust)

    async def look_up(self, ask: Ask, snapshot: Snapshot) -> Reply | None:
        """Answer from tariff data: by words, else by meaning, if that is clear."""
        # The first German words load a dictionary: not on the event loop either.
        exact = await asyncio.to_thread(self.lookup, ask, snapshot)
        if exact is not None:
            return exact
        text = self.lookup.meant(ask, snapshot)
        if not text:
            return None
        ranked = await self.knowledge.search.attributes(text)
        return self.lookup.by_meaning(ask, snapshot, ranked)

    def _log_in(self) -> Reply:
        return Reply(
            blocks=(Paragraph(text=self.texts.anmelden),),
            choices=(Choice(id="handoff:ask", title=self.texts.wahl_mensch),),
            confidence=1.0,
        )
