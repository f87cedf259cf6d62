"""Terms of the customer's own contract: documents answer in the version of its conclusion.

What a booking of today would bring is answered with today's terms, and the reply says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer
from assistant.blocks import Table
from assistant.customers.records import Contract
from assistant.messages import Ask, Draft, Reply, Responder
from assistant.own.case import contract_name, product_name
from assistant.own.content import OwnContent
from assistant.own.contracts import ask_which
from assistant.own.meaning import PERSONAL
from assistant.own.told import Record, Told
from assistant.understanding.question import follows_up
from assistant.understanding.when import period_in
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import Tariffs

_TODAY = re.compile(
    r"\bneu (buch|abschlie|abschließ|bestell|nehm)\w*|\bneukund\w*|\bneuabschluss"
    r"|\bheute (neu|zahlen|kosten|buchen|buche|abschließe\w*|bestelle\w*)\b"
    r"|\bwürde (ich|mich) \w* ?heute"
    r"|\b(wenn|falls) ich (ihn |es |sie |den )?(heute|jetzt) (neu )?(buch|abschl|bestell)\w*",
    re.IGNORECASE,
)
"""Asks for what a booking of today would bring."""
_ADDS = re.compile(r"\b(nach|dazu|zu|hinzu)(zu)?buch\w*|\bdazu\b", re.IGNORECASE)
"""Asks for something beside the contract that there is; its terms go with the contract."""
_PRICE = re.compile(r"(be)?zahl\w*|kost\w*|\w*preis\w*|teuer\w*", re.IGNORECASE)
_FRAME = frozenset(
    "was wie viel wieviel hoch ich mich mir wir würde würden wäre wenn falls neu heute jetzt im "
    "pro monat monatlich mein meinen meinem meiner für den der die das ein einen tarif vertrag ihn "
    "es dann buchen buche abschließen abschließe bestellen bestelle bei und aber denn so gerade "
    "bekäme bekomme hätte habe gälte gilt gäbe".split()
)
"""Words that say who books and when, but not what is asked of the tariff."""
RECORDED = {
    "grundpreis": "monatspreis",
    "aktionspreis": "monatspreis",
    "preis_nach_laufzeit": "monatspreis",
    "mindestlaufzeit": "vertragsende",
    "laufzeit_12_monate": "vertragsende",
}
"""Attributes of a tariff that each contract has for itself, and the answer that tells them."""
_MOST = 3
"""So many contracts are compared; whoever has more is asked which one they mean."""


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Answers general questions as they hold for one of the customer's contracts."""

    answer: Answer
    otherwise: Responder
    """Says that there is no answer; today's terms never stand in for the contract's."""
    content: OwnContent

    def concern(self, ask: Ask, snapshot: Snapshot) -> bool:
        """Tell whether a proven customer asks about what holds for themselves."""
        if ask.contract_date is not None:
            return False  # whoever says which contract they mean has said it
        period = period_in(ask.text)
        if period is not None and period.closing:
            return False
        leans = ask.state.contract is not None and follows_up(ask.text)
        adds = PERSONAL.search(ask.text) is not None or _ADDS.search(ask.text) is not None
        return leans or adds or self.books_today(ask)

    def books_today(self, ask: Ask) -> bool:
        """Tell whether a question is about a booking of today."""
        return _TODAY.search(ask.text) is not None

    async def reply(
        self,
        ask: Ask,
        found: tuple[Contract, ...],
        contracts: tuple[Contract, ...],
        snapshot: Snapshot,
        draft: Draft,
    ) -> Reply | None:
        """Answer with the terms of the contract in question, or ask which one it is.

        Args:
            ask: What was asked.
            found: The contracts it can be about.
            contracts: All contracts of the customer.
            snapshot: The generation in force.
            draft: Shows what a model writes.
        """
        tariffs = snapshot.tariffs
        others = {one.id for one in tariffs.mentioned(ask.text)} if tariffs is not None else set()
        tariffs_named = others & _tariff_ids(tariffs)
        if tariffs_named and not tariffs_named & {one.product for one in contracts}:
            # "Was kostet Mobil XL?" is about what they do not have, but going there has its fee.
            return await self._fee(ask, found, snapshot, draft)
        if not found:
            return None
        if self.books_today(ask) and len(found) == 1:
            return await self._today(ask, found[0], snapshot, draft)
        which = self.content.general["welcher_vertrag"]
        if self.books_today(ask) or len(found) > _MOST:
            return ask_which(ask.text, found, contracts, tariffs, which)
        replies = [await self._of(ask, one, contracts, snapshot, draft) for one in found]
        if len({reply.text for reply in replies}) == 1:
            return replies[0]
        return ask_which(ask.text, found, contracts, tariffs, which)

    async def _fee(
        self, ask: Ask, found: tuple[Contract, ...], snapshot: Snapshot, draft: Draft
    ) -> Reply | None:
        """Answer with a fee that depends on no tariff, as the contract in question has it."""
        if len(found) != 1 or snapshot.tariffs is None:
            return None
        fees = {one.id for one in snapshot.tariffs.general}
        reply = await self.answer(replace(ask, contract_date=found[0].concluded_on), draft)
        if reply is None or not reply.answered or not reply.facts:
            return None
        return reply if all(fact.product in fees for fact in reply.facts) else None

    async def _of(
        self,
        ask: Ask,
        contract: Contract,
        contracts: tuple[Contract, ...],
        snapshot: Snapshot,
        draft: Draft,
    ) -> Reply:
        own = replace(
            ask,
            contract_date=contract.concluded_on,
            product=product_name(contract.product, snapshot.tariffs),
            on=self.day(ask),
        )
        reply = await self.answer(own, draft)
        if reply is None:
            missing = await self.otherwise(own, draft)
            assert missing is not None, "the last responder always has a reply"
            return missing
        if not reply.answered or not _depends(reply, contract, snapshot):
            return reply
        record = Record(contract.contract_no, contract.product)
        told = Told(self.content.general).say(
            "fassung",
            vertrag=record.word(contract_name(contract, contracts, snapshot.tariffs)),
            fassung=record.word(contract.version),
            abschluss=record.day(contract.concluded_on),
        )
        return replace(
            reply,
            blocks=(*reply.blocks, *told.blocks),
            facts=(*reply.facts, *told.facts),
            contract=contract.contract_no,
            topic=reply.topic or (contract.product,),
        )

    def day(self, ask: Ask) -> date:
        """Return the day asked about: "Was kostete er am 1. März 2025?" is not about today."""
        period = period_in(ask.text)
        return period.first if period is not None and ask.message.on is None else ask.on

    def recorded(self, reply: Reply | None) -> str | None:
        """Name the answer from records that knows better than the tariff what a reply says."""
        if reply is None or reply.contract is None:
            return None
        said = (fact.attribute or "" for fact in reply.facts)
        return next((RECORDED[one] for one in said if one in RECORDED), None)

    def beside(self, reply: Reply, own: Reply, snapshot: Snapshot) -> Reply:
        """Take what records say into an overview of the tariff; anything shorter is replaced."""
        table = next((one for one in reply.blocks if isinstance(one, Table)), None)
        if table is None or snapshot.tariffs is None:
            return own
        kinds = snapshot.tariffs.kinds
        labels = {kinds[one].label for one in RECORDED if one in kinds}
        shorter = replace(table, rows=tuple(row for row in table.rows if row[0] not in labels))
        blocks = tuple(shorter if one is table else one for one in reply.blocks)
        facts = tuple(fact for fact in reply.facts if fact.attribute not in RECORDED)
        return replace(reply, blocks=(*own.blocks, *blocks), facts=(*own.facts, *facts))

    async def _today(
        self, ask: Ask, contract: Contract, snapshot: Snapshot, draft: Draft
    ) -> Reply | None:
        """Answer for a new booking; the contract only tells which tariff is meant."""
        name = product_name(contract.product, snapshot.tariffs)
        words = re.findall(r"\w+", _TODAY.sub(" ", ask.text))
        rest = [word for word in words if word.lower() not in _FRAME]
        price = all(_PRICE.fullmatch(word) for word in rest)
        wanted = f"Was kostet {name}?" if price else " ".join(rest)
        reply = await self.answer(replace(ask, text=wanted, product=name), draft)
        if reply is None or not reply.answered:
            return reply
        record = Record(contract.contract_no, contract.product)
        told = Told(self.content.general).say(
            "heute_neu", tarif=record.word(name), datum=record.day(ask.on)
        )
        blocks, facts = (*told.blocks, *reply.blocks), (*told.facts, *reply.facts)
        return replace(reply, blocks=blocks, facts=facts)


def _depends(reply: Reply, contract: Contract, snapshot: Snapshot) -> bool:
    """Tell whether a reply is about the contract's tariff, in its version."""
    zones = snapshot.tariffs.zones if snapshot.tariffs is not None else {}
    if any(fact.product == contract.product or fact.product in zones for fact in reply.facts):
        return True
    cited = {citation.passage for citation in reply.citations}
    # What holds for other products as well is not said to be of this contract.
    return any(
        passage.products == (contract.product,)
        for passage in snapshot.passages
        if passage.id in cited
    )


def _tariff_ids(tariffs: Tariffs | None) -> set[str]:
    """Name the products that a contract can be about; options and fees are none."""
    if tariffs is None:
        return set()
    return {one.id for one in tariffs.tariffs.values() if one.kind not in ("option", "gebuehren")}
