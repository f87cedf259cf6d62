"""Responders for what is not ours: products nobody has, other companies, subjects of another trade.

What is sure is said before anybody searches. What only looks foreign is said where the search has
found nothing, and only if the question has no word of our trade.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.blocks import Paragraph
from assistant.knowledge import Knowledge
from assistant.messages import Ask, Choice, Draft, Reply
from assistant.scope import Scope
from assistant.tariff_answers import price_of
from assistant.texts import Texts
from assistant.understanding.language import recognised
from assistant.understanding.unknown_products import unknown_product
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import Tariffs

WEIGHT, CONFIDENCE = 1.72, 0.8
"""A question is foreign whose meanings weigh less on average, and whose best passage fits less.

Tuned on the first two thirds of ``out_of_scope_dev`` and on the development questions; an average,
because further subjects must not make every question look like one of ours.
"""
MOST_CHOICES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Declines politely what is surely not ours."""

    scope: Scope
    knowledge: Knowledge
    texts: Texts

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Decline an ask, or leave it to those who answer."""
        if ask.message.kind != "text" or not ask.text.strip():
            return None
        if self.scope.asks_for_theirs(ask.text):
            snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
            return self.other_provider(ask, snapshot)
        if self.scope.is_foreign(ask.text):
            return Reply(
                blocks=(Paragraph(text=self.texts.nicht_unser_thema),),
                answered=False,
                confidence=1.0,
            )
        snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
        return None if snapshot.tariffs is None else self._no_product(ask, snapshot.tariffs)

    def other_provider(self, ask: Ask, snapshot: Snapshot) -> Reply:
        """Say nothing of another company; offer the products named beside it, or all of ours."""
        own = snapshot.tariffs.mentioned(ask.text) if snapshot.tariffs is not None else ()
        return Reply(
            blocks=(Paragraph(text=self.texts.andere_anbieter),),
            choices=_asking([one.name for one in own] or self.scope.offers),
            answered=False,
            confidence=1.0,
        )

    def _no_product(self, ask: Ask, tariffs: Tariffs) -> Reply | None:
        """Say that there is no product of a name, and which ones there are on that day."""
        unknown = unknown_product(ask.text, tariffs, self.scope.grades)
        if unknown is None:
            return None
        if tariffs.mentioned(ask.text) and self.scope.our_matter.found_in(ask.text):
            return None  # who changes from elsewhere to one of ours asks about ours
        versions = [one.version_for(ask.on) for one in unknown.relatives]
        sold = sorted((one for one in versions if one is not None), key=price_of)
        if not sold:
            return None
        text = self.texts.kein_produkt.format(
            name=unknown.name, produkte=", ".join(version.name for version in sold)
        )
        return Reply(
            blocks=(Paragraph(text=text),),
            choices=_asking(version.name for version in sold),
            answered=False,
            confidence=1.0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfound:
    """Tells a question of another trade from one of ours that no document answers."""

    outside: Outside

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Decline an ask that the search has found nothing for, or leave it to the fallback."""
        scope, texts = self.outside.scope, self.outside.texts
        if ask.message.kind != "text" or not ask.text.strip():
            return None
        snapshot = await asyncio.to_thread(lambda: self.outside.knowledge.current)
        if scope.names_provider(ask.text) and not scope.our_matter.found_in(ask.text):
            return self.outside.other_provider(ask, snapshot)
        if scope.is_ours(ask.text) or not await self._is_far(ask):
            return None
        return Reply(
            blocks=(Paragraph(text=texts.nicht_unser_thema),),
            # Not quite sure: a person stays one step away.
            choices=(Choice(id="handoff:ask", title=texts.wahl_mensch),),
            answered=False,
            confidence=0.0,
        )

    async def _is_far(self, ask: Ask) -> bool:
        """Tell whether neither a typical question nor a passage is anywhere near an ask."""
        if recognised(ask.text) == "en":
            return False  # typical questions are German: every English one is far from them
        search = self.outside.knowledge.search
        meant = await search.meant(ask.text)
        if not meant.attributes or meant.mean_weight >= WEIGHT:
            return False  # where no meaning is learned, nobody knows
        hits = await search.search(ask.text, on=ask.on, contract_date=ask.contract_date, top=1)
        return max((hit.confidence for hit in hits), default=0.0) < CONFIDENCE


def _asking(questions: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"ask:{one}", title=one) for one in questions)[:MOST_CHOICES]
