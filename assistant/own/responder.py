"""The responder for a proven customer: own data from live records, own terms from the documents.

Without proof it is silent, and the next responder asks to log in. Whatever keeps records from being
read, no figure is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog

from assistant.blocks import ItemList, Paragraph
from assistant.customers.records import Contract, Customer
from assistant.customers.system import (
    READ,
    CustomerSystem,
    CustomerSystemAway,
    CustomerSystemError,
    NotFound,
    ProofTooLow,
)
from assistant.handoff import hand_over
from assistant.knowledge import Knowledge
from assistant.messages import Ask, Choice, Draft, EvidenceKind, Reply
from assistant.own.answers import ANSWERS
from assistant.own.case import Case, Reader
from assistant.own.content import Entry, OwnContent
from assistant.own.contracts import CHOICE, ask_which, in_question, understood
from assistant.own.evidence import read
from assistant.own.foreign import asks_for_others, foreign, names_account
from assistant.own.meaning import Weighed, asks_how, ranked, surely_own, weigh
from assistant.own.own_terms import OwnTerms
from assistant.texts import Texts
from assistant.understanding.wanted import kind_fits
from assistant.understanding.wishes import Reason
from knowledge_base.snapshot import Snapshot

log = structlog.get_logger("own")

PATIENCE = 6.0
"""Seconds that the customer system may take for one answer."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who asks, and what they have."""

    reader: Reader
    customer: Customer
    contracts: tuple[Contract, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswers:
    """Answers what a proven customer asks about their own contract."""

    system: CustomerSystem | None
    content: OwnContent
    terms: OwnTerms
    knowledge: Knowledge
    texts: Texts
    deceased: Reason
    """Why a person speaks with those who write for a holder who has died."""
    patience: float = PATIENCE

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Answer an ask of a proven customer, or leave it to the next responder."""
        if ask.message.author != "customer":
            return None
        if ask.message.customer is None:
            return await self._anonymous(ask)
        chosen = (ask.message.choice_id or "").startswith(CHOICE)
        if not ask.text.strip() or (ask.message.kind != "text" and not chosen):
            return None
        try:
            return await self._reply(ask, draft)
        except ProofTooLow as error:
            stronger = self.content.general["mehr_nachweis"]
            return self._without_data(self.texts.anmelden if error.needed <= READ else stronger)
        except NotFound:
            return self._without_data(self.content.general["unbekannt"])
        except CustomerSystemError as error:
            log.warning("customer data cannot be read", reason=type(error).__name__)
            if asks_how(ask.text) and self.content.named_in(ask.text) is None:
                return None  # how something is done, the documents say for everybody
            return self._without_data(self.content.general["nicht_erreichbar"])

    async def _reply(self, ask: Ask, draft: Draft) -> Reply | None:
        snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
        waiting = ask.state.open_question is not None or ask.message.kind == "choice"
        weighed = await self._weighed(ask, snapshot)
        waiting = waiting or names_account(ask.text) or asks_for_others(ask.text)
        if not (waiting or weighed.possible or self.terms.concern(ask, snapshot)):
            return None  # nothing of theirs is needed, so nothing is read
        account = await self._in_time(self._account(ask))
        if account.customer.deceased_on is not None:
            return hand_over(ask, self.deceased, self.texts)
        meant = understood(ask, account.contracts, snapshot.tariffs)
        state = replace(ask.state, contract=meant.contract or ask.state.contract)
        if meant.text != ask.text:
            ask = replace(ask, text=meant.text)
            weighed = await self._weighed(ask, snapshot)
        ask = replace(ask, state=state)
        entries = await self._in_time(self._entries(ask, account, weighed, snapshot))
        third_party = [one.id for one in entries] == ["drittanbieter"]
        if not third_party and foreign(ask.text, account.customer, account.contracts):
            return self._without_data(self.content.general["fremd"])
        first = len(entries) != 1 or weighed.of_tariff
        terms = await self._terms(ask, account, snapshot, draft) if first else None
        # Terms that surely are asked for are better than asking back.
        if first and (not entries or _is_of(terms, account)):
            return terms
        if len(entries) != 1:
            return self._which_answer(entries)
        entry = entries[0]
        if entry.id not in ANSWERS:
            return self._without_data(*entry.says.values())
        reply = await self._in_time(self._tell(ask, account, entry, snapshot))
        if first or not reply.answered or kind_fits(ask.text, reply.text) >= 0:
            return reply
        # "Wie schnell ist es danach noch?" is not answered by what is left.
        terms = await self._terms(ask, account, snapshot, draft)
        return terms if _is_of(terms, account) else reply

    async def _anonymous(self, ask: Ask) -> Reply | None:
        """Ask to log in where it is surely about own data; a customer's number proves nothing."""
        if ask.message.kind != "text" or not ask.text.strip():
            return None
        if asks_for_others(ask.text):
            return self._without_data(self.content.general["fremd"])
        snapshot = await asyncio.to_thread(lambda: self.knowledge.current)
        own = names_account(ask.text) or await surely_own(ask, self.knowledge, snapshot)
        return self._without_data(self.texts.anmelden) if own else None

    async def _weighed(self, ask: Ask, snapshot: Snapshot) -> Weighed:
        if self.terms.books_today(ask):
            return Weighed(scores={})
        return await weigh(ask, self.content, self.knowledge, snapshot)

    async def _entries(
        self, ask: Ask, account: Account, weighed: Weighed, snapshot: Snapshot
    ) -> tuple[Entry, ...]:
        """Find what is meant, with all that the customer's records say of it."""
        by_words = ranked(weighed, self.content)
        secret = len(by_words) == 1 and by_words[0].id not in ANSWERS
        if weighed.named is not None or secret or self.terms.books_today(ask):
            return by_words  # what no record holds needs no reading
        tariffs = snapshot.tariffs
        evidence = await read(ask.text, account.reader, account.contracts, tariffs)
        return ranked(weighed, self.content, evidence)

    def _which_answer(self, entries: Sequence[Entry]) -> Reply:
        """Ask back where it is not sure what is meant: what is true of something else misleads."""
        subjects = [one.subjects[0] for one in entries if one.subjects]
        return Reply(
            blocks=(
                Paragraph(text=self.content.general["meinen_sie"]),
                ItemList(items=tuple(subjects)),
            ),
            choices=(*(Choice(id=f"ask:{one}", title=one) for one in subjects), self._person()),
            answered=False,
            confidence=0.5,
        )

    async def _account(self, ask: Ask) -> Account:
        if self.system is None:
            raise CustomerSystemAway("there is no customer system; set AURA_CUSTOMER_SYSTEM")
        assert ask.message.customer is not None, "only a proven customer has an account"
        reader = Reader(self.system, ask.message.customer)
        return Account(
            reader=reader, customer=await reader.customer(), contracts=await reader.contracts()
        )

    async def _tell(self, ask: Ask, account: Account, entry: Entry, snapshot: Snapshot) -> Reply:
        answering = ANSWERS[entry.id]
        chosen = None
        if answering.fits is not None:
            fitting = [one for one in account.contracts if answering.fits(one)]
            found = in_question(fitting, ask.text, snapshot.tariffs, ask.state.contract)
            if not found.contracts:
                form = "kein_solcher_vertrag" if found.hinted and fitting else "kein_vertrag"
                return self._without_data(self.content.general[form])
            if len(found.contracts) > 1:
                question = self.content.general["welcher_vertrag"]
                return ask_which(
                    ask.text, found.contracts, account.contracts, snapshot.tariffs, question
                )
            chosen = found.contracts[0]
        case = Case(
            text=ask.text,
            on=ask.on,
            reader=account.reader,
            tariffs=snapshot.tariffs,
            customer=account.customer,
            contracts=account.contracts,
            chosen=chosen,
            says=entry.says,
        )
        reply = (await answering.tell(case)).reply(self._person())
        if chosen is None:
            return reply
        return replace(reply, contract=chosen.contract_no, topic=(chosen.product,))

    async def _terms(
        self, ask: Ask, account: Account, snapshot: Snapshot, draft: Draft
    ) -> Reply | None:
        if not self.terms.concern(ask, snapshot):
            return None
        running = [one for one in account.contracts if one.ends_on is None or one.ends_on >= ask.on]
        found = in_question(running, ask.text, snapshot.tariffs, ask.state.contract)
        if not found.contracts and found.hinted:
            return self._without_data(self.content.general["kein_solcher_vertrag"])
        reply = await self.terms.reply(ask, found.contracts, account.contracts, snapshot, draft)
        recorded = self.terms.recorded(reply)
        if reply is None or recorded is None:
            return reply
        # The contract may have another term or price than its tariff usually has.
        ask = replace(
            ask, on=self.terms.day(ask), state=replace(ask.state, contract=reply.contract)
        )
        entry = self.content.entries[recorded]
        own = await self._in_time(self._tell(ask, account, entry, snapshot))
        return self.terms.beside(reply, own, snapshot)

    async def _in_time(self, reading: Awaitable[Result]) -> Result:
        """Wait for the customer system, but not longer than a customer would."""
        try:
            async with asyncio.timeout(self.patience):
                return await reading
        except TimeoutError as error:
            raise CustomerSystemAway(f"no answer within {self.patience} seconds") from error

    def _without_data(self, text: str) -> Reply:
        return Reply(
            blocks=(Paragraph(text=text),),
            choices=(self._person(),),
            answered=False,
            confidence=1.0,
        )

    def _person(self) -> Choice:
        return Choice(id="handoff:ask", title=self.texts.wahl_mensch)


def _is_of(reply: Reply | None, account: Account) -> bool:
    """Tell whether a reply states an attribute of one of the customer's own tariffs."""
    own = {one.product for one in account.contracts}
    return reply is not None and any(
        fact.product in own and fact.attribute is not None and bool(reply.citations)
        for fact in reply.facts
        if fact.evidence.kind is EvidenceKind.PASSAGE
    )
