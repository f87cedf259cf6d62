"""Proven customers of the demo system, and a search that means what a test says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fakes import SURE, FakeClock, FakeCustomerSystem, FakeSearch

from assistant.build import Application, assemble
from assistant.customers.demo import CUSTOMERS, DemoCustomerSystem
from assistant.messages import (
    Ask,
    ConversationState,
    CustomerRef,
    Message,
    Reply,
    Responder,
    no_draft,
)
from assistant.own.answers import load_own
from assistant.own.content import OwnContent
from assistant.understanding.trust import Trust
from knowledge_base.settings import Settings
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs
from knowledge_base.understood import Meant

TODAY = date(2026, 11, 22)


@dataclass
class House:
    """The whole house with a customer system that can be made to fail."""

    application: Application
    system: FakeCustomerSystem
    search: FakeSearch
    content: OwnContent
    opened: set[str] = field(default_factory=set)

    def mean(self, *answers: str) -> None:
        """Let every question mean an answer from own data, one of several, or none."""
        subjects = {self.content.entries[one].subjects[0]: 1.0 for one in answers}
        self.search.means = Meant(
            attributes={},
            passages=0.0,
            unanswered=0.0,
            own=sum(subjects.values()),
            subjects=subjects or {"eigener Tarif": 0.0},
        )

    async def say(
        self,
        text: str,
        customer: CustomerRef | None,
        *,
        conversation: str = "c1",
        **changes: object,
    ) -> Reply:
        """Say something in a conversation; it is the customer's who opened it."""
        if conversation not in self.opened:
            await self.application.assistant.open(conversation, channel="web", customer=customer)
            self.opened.add(conversation)
        values: dict[str, object] = {
            "id": f"m{len(self.opened)}-{id(object())}-{text[:40]}",
            "conversation_id": conversation,
            "channel": "web",
            "text": text,
            "sent_at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
            "customer": customer,
        }
        reply = await self.application.assistant.respond(Message(**(values | changes)))
        assert reply is not None
        return reply

    async def own(self, text: str, customer: CustomerRef, **state: object) -> Reply | None:
        """Ask the responder alone, without a conversation."""
        respond: Responder = dict(self.application.assistant.responders)["own"]
        message = Message(
            id="m",
            conversation_id="c",
            channel="web",
            text=text,
            sent_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
            customer=customer,
        )
        ask = Ask(message=message, text=text, state=ConversationState(**state), on=TODAY)
        return await respond(ask, no_draft)


Proven = Callable[..., CustomerRef]


@pytest.fixture
def proven() -> Proven:
    """Prove a customer: ``proven(101)`` is number 4000000101 at level 2."""
    return lambda end, level=2: CustomerRef(customer_no=f"4000000{end}", level=level)


@pytest.fixture(scope="session")
def demo() -> DemoCustomerSystem:
    return DemoCustomerSystem.load(CUSTOMERS, Tariffs.load(CONTENT / "tarife"))


@pytest.fixture(scope="session")
def content() -> OwnContent:
    return load_own(Path(CUSTOMERS).parent / "own" / "de.yaml")


Build = Callable[..., Awaitable[House]]


@pytest.fixture
async def build(
    indexed_home: Path, tmp_path: Path, demo: DemoCustomerSystem, content: OwnContent
) -> AsyncIterator[Build]:
    """Put a house together: ``await build(hangs=True)``."""
    built: list[Application] = []

    async def put_together(*, patience: float = 30.0, trust: Trust = SURE, **how: object) -> House:
        system, search = FakeCustomerSystem(demo, **how), FakeSearch(indexed_home)
        settings = Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")
        application = await assemble(
            settings,
            clock=FakeClock(),
            search=search,
            trust=trust,
            customers=system,
            patience=patience,
        )
        built.append(application)
        return House(application, system, search, content)

    yield put_together
    for application in built:
        await application.aclose()


@pytest.fixture
async def house(build: Build) -> House:
    return await build()
