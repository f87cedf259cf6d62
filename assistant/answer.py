"""Answer from documents: what words settle, then the surer of attribute and passage.

Where no attribute of a tariff is surer, a language model may write the answer from the passages.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.blocks import Paragraph
from assistant.knowledge import Knowledge
from assistant.lookup import Lookup
from assistant.meant import Meanings
from assistant.messages import Ask, Choice, Draft, Reply
from assistant.own_data import OwnData
from assistant.quote import excerpt, offer, quote
from assistant.texts import Texts
from assistant.understanding.audience import addressed, audience_of
from assistant.understanding.question import nameless
from assistant.understanding.simple import without_wish
from assistant.understanding.trust import Trust, attribute_features, features
from assistant.understanding.wanted import kind_fits
from assistant.understanding.when import period_in, timeless
from assistant.written import Writer
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import Tariff
from knowledge_base.understood import NOTHING_MEANT

PASSAGES = 6
OWN_FROM = 0.6
"""How likely it must be that own data are meant.

Tuned on the development questions: whoever is sent to log in with a general question is annoyed.
"""
WORDED_FROM = 0.25
"""The same where the words speak for it."""
_MY_TARIFF = re.compile(
    r"\b(mein|unser)\w* ((handy|mobilfunk|dsl|glasfaser|internet|festnetz)-?\s?)?"
    r"(tarif|vertrag|anschluss)(s|es)?\b",
    re.IGNORECASE,
)
_NOT_HAD = re.compile(r"\b(nicht enthalten|unbegrenzt|nicht buchbar|kein\w*)\b", re.IGNORECASE)
"""Answers a question for an amount without one."""
CANDIDATES = 3
"""Of how many passages the most trusted one is chosen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The responder for questions; silent where the documents are."""

    knowledge: Knowledge
    lookup: Lookup
    meanings: Meanings
    own_data: OwnData
    texts: Texts
    trust: Trust
    writer: Writer | None = None

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Answer an ask from documents, or leave it to the next responder."""
        if not ask.text.strip():
            return None
        # A new generation takes a second or two to read: not on the event loop.
        snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
        worded = self.worded_as_own(ask, snapshot)
        # Where meaning is learned, it knows better than phrases, which then only speak for it.
        if worded and snapshot.meaning is None and ask.message.customer is None:
            return self._log_in()
        dated = self._dated(ask, snapshot)
        if isinstance(dated, Reply):
            return dated
        ask = dated
        asked = without_wish(ask.text)
        if asked is not None:
            ask = replace(ask, text=asked or ask.text)
            simply = await self._in_simple_language(ask, snapshot)
            if simply is not None:
                return simply
        # Dates decide which version answers; what is asked, they only disturb.
        plain = replace(ask, text=_naming(timeless(ask.text), ask.product))
        # The first German words load a dictionary: not on the event loop either.
        exact = await asyncio.to_thread(self._exact, plain, ask, snapshot)
        anonymous = ask.message.customer is None
        found = exact is not None
        if anonymous and await self._asks_own(plain, snapshot, worded=worded, found=found):
            return self._log_in()
        if exact is not None:
            return exact
        attribute = await self._attribute(plain, snapshot)
        hits = await self.hits(ask)
        passage = await asyncio.to_thread(self._passage, ask, hits, snapshot)
        if passage is None and ask.typed is not None:
            # The embedding knows English words that the glossary does not.
            hits = await self.hits(replace(ask, text=ask.typed))
            passage = await asyncio.to_thread(self._passage, ask, hits, snapshot)
        if attribute is not None and _sure(attribute) >= _sure(passage):
            return attribute
        if worded and anonymous and not (passage and passage.answered):
            return self._log_in()
        if self.writer is None or not hits:
            return passage
        return await self.writer.write(ask, hits, snapshot, passage, draft)

    def _exact(self, plain: Ask, ask: Ask, snapshot: Snapshot) -> Reply | None:
        """Look up what words settle; what holds abroad depends on no tariff."""
        exact = self.looked_up(plain, snapshot)
        if exact is not None or ask.product is None or snapshot.tariffs is None:
            return exact
        other = self.looked_up(replace(ask, text=timeless(ask.text)), snapshot)
        abroad = other is not None and all(f.product in snapshot.tariffs.zones for f in other.facts)
        return other if abroad else None

    def looked_up(self, ask: Ask, snapshot: Snapshot) -> Reply | None:
        """Look up what words settle, unless it is not the kind of thing that was asked for."""
        reply = self.lookup(_in_german(ask), snapshot)
        if reply is None:
            return None
        if reply.answered:
            audience = audience_of(ask.text, snapshot.tariffs)
            fits = kind_fits(ask.text, reply.text) >= 0 or _NOT_HAD.search(reply.text)
            if not fits or not addressed(reply.facts, audience, snapshot.tariffs):
                return None
        return reply if ask.language == "de" else self.lookup(ask, snapshot)

    async def hits(self, ask: Ask, *, simple: bool = False) -> Sequence[Hit]:
        """Find the passages that may answer; for a firm none that addresses consumers."""
        return await self.knowledge.search.search(
            ask.text,
            on=ask.on,
            contract_date=ask.contract_date,
            audience=audience_of(ask.text, self.knowledge.current.tariffs),
            simple=simple,
            top=PASSAGES,
        )

    async def _in_simple_language(self, ask: Ask, snapshot: Snapshot) -> Reply | None:
        hits = await self.hits(ask, simple=True)
        return await asyncio.to_thread(self._passage, ask, hits, snapshot)

    def _dated(self, ask: Ask, snapshot: Snapshot) -> Ask | Reply:
        """Take over the date that a question names, unless a contract or caller has set one.

        A period in which a product changed answers nothing: the month is asked for.
        """
        period = period_in(ask.text)
        tariffs = snapshot.tariffs
        if period is None or tariffs is None or ask.contract_date or ask.message.on:
            return ask
        products = tariffs.mentioned(ask.text) or tuple(tariffs.tariffs.values())
        ends = (period.first, period.last)
        # A contract keeps its terms until today; what is asked of a day holds on that day.
        first, last = (
            [_version(one, ask.on if period.closing else day, day) for one in products]
            for day in ends
        )
        if any(a and b and a != b for a, b in zip(first, last, strict=True)):
            return Reply(
                blocks=(Paragraph(text=self.texts.datum_unklar),), answered=False, confidence=0.0
            )
        day = period.first if any(first) else period.last
        return replace(ask, contract_date=day) if period.closing else replace(ask, on=day)

    def worded_as_own(self, ask: Ask, snapshot: Snapshot) -> bool:
        """Tell whether the words of an ask speak of the customer's own contract.

        Who says product and date of the contract needs no login for its terms.
        """
        told = period_in(ask.text) is not None and nameless(ask, snapshot)
        return self.own_data.asked_in(ask.text) and not told

    async def _asks_own(self, ask: Ask, snapshot: Snapshot, *, worded: bool, found: bool) -> bool:
        """Tell whether somebody unknown asks for own data, although words may settle an answer."""
        if found and not worded:
            return False
        if found and not nameless(ask, snapshot):
            return True  # a table of all tariffs is no answer to "how much have I left?"
        return await self.about_own_data(ask, snapshot, worded=worded)

    async def about_own_data(self, ask: Ask, snapshot: Snapshot, *, worded: bool) -> bool:
        """Tell whether only the customer's own data can answer; who names a product asks for it."""
        if nameless(ask, snapshot):
            return False
        meant = await self.knowledge.search.meant(ask.text)
        return meant.own >= (WORDED_FROM if worded else OWN_FROM)

    async def _attribute(self, ask: Ask, snapshot: Snapshot) -> Reply | None:
        """Answer with the attribute of a tariff that is meant, if that is clear."""
        trusted = [
            (self.trust.attributes.of(values), reply)
            for values, reply in await self.weighed(ask, snapshot)
        ]
        trust, reply = max(trusted, key=lambda pair: pair[0], default=(0.0, None))
        if reply is None or trust < self.trust.answer_from:
            return None
        return replace(reply, confidence=trust)

    async def weighed(self, ask: Ask, snapshot: Snapshot) -> list[tuple[dict[str, float], Reply]]:
        """List the answers with an attribute that may be meant, each with what speaks for it."""
        search = self.knowledge.search
        rest = nameless(ask, snapshot)
        whole = await search.meant(ask.text)
        other = await search.meant(rest) if rest else NOTHING_MEANT

        audience = audience_of(ask.text, snapshot.tariffs)

        def weigh() -> list[tuple[dict[str, float], Reply]]:
            found = []
            for proposal in self.meanings.propose(ask, snapshot, whole, other):
                reply = self.meanings.reply(_in_german(ask), snapshot, proposal)
                if reply is not None and addressed(reply.facts, audience, snapshot.tariffs):
                    values = attribute_features(ask.text, proposal, reply.text, snapshot)
                    said = self.meanings.reply(ask, snapshot, proposal)
                    assert said is not None, "what is said in German can be said"
                    found.append((values, said))
            return found

        return await asyncio.to_thread(weigh)

    def _passage(self, ask: Ask, hits: Sequence[Hit], snapshot: Snapshot) -> Reply | None:
        """Quote the passage that answers most likely: as the answer, with reservation, or not."""
        trusted = [
            (self.trust.passages.of(features(ask.text, hits, place, snapshot)), place)
            for place in range(min(CANDIDATES, len(hits)))
        ]
        if not trusted:
            return None
        trust, place = max(trusted, key=lambda pair: (pair[0], -pair[1]))
        hit = hits[place]
        if trust >= self.trust.answer_from:
            return quote(ask.text, hit, snapshot, self.texts, trust)
        kind = kind_fits(ask.text, excerpt(hit, ask.text))
        # A figure is easily taken for the one asked for, whatever reservation stands before it.
        enough = self.trust.offer_figure_from if kind > 0 else self.trust.offer_from
        if kind < 0 or trust < enough:
            return None
        return offer(ask.text, hit, snapshot, self.texts, trust)

    def _log_in(self) -> Reply:
        return Reply(
            blocks=(Paragraph(text=self.texts.anmelden),),
            choices=(Choice(id="handoff:ask", title=self.texts.wahl_mensch),),
            confidence=1.0,
        )


def _in_german(ask: Ask) -> Ask:
    """Let an ask be answered in German, the language in which answers are judged."""
    return ask if ask.language == "de" else replace(ask, language="de")


def _naming(text: str, product: str | None) -> str:
    """Name the tariff of the customer's own contract as if they had."""
    if product is None:
        return text
    named = _MY_TARIFF.sub(product, text)
    return named if named != text else f"{text.rstrip(' .!?')} bei {product}?"


def _version(tariff: Tariff, on: date, concluded: date) -> str | None:
    version = tariff.version_for(on, concluded)
    return version.version if version is not None else None


def _sure(reply: Reply | None) -> float:
    """Order answers by their trust; no answer comes last."""
    return -1.0 if reply is None else reply.confidence or 0.0
