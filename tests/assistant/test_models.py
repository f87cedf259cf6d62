from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from fakes import SURE, FakeClock, FakeSearch
from openai_server import OpenAIServer, serving

from assistant.build import Application, assemble
from assistant.messages import Message, Reply
from assistant.models import OpenAIModel
from knowledge_base.settings import Settings

Say = Callable[..., Message]
QUESTION = "Innerhalb von wie vielen Wochen nach Zugang kann ich eine Rechnung beanstanden?"
TRUE = "Eine Rechnung können Sie innerhalb von acht Wochen nach Zugang beanstanden."


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    async with serving() as stand_in:
        yield stand_in


@pytest.fixture
async def house(
    server: OpenAIServer, indexed_home: Path, tmp_path: Path, clock: FakeClock
) -> AsyncIterator[Application]:
    model = OpenAIModel("stand-in", api_key="none", base_url=server.url, silence=0.5)
    settings = Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")
    built = await assemble(
        settings, clock=clock, model=model, search=FakeSearch(indexed_home), trust=SURE
    )
    yield built
    await built.aclose()


async def ask(house: Application, message: Message) -> tuple[Reply, list[str]]:
    shown: list[str] = []

    async def draft(text: str) -> None:
        shown.append(text)

    await house.assistant.open("c1", channel="web")
    reply = await house.assistant.respond(message, draft)
    assert reply is not None
    return reply, shown


async def place_of(house: Application, words: str) -> int:
    from datetime import date

    hits = await house.knowledge.search.search(QUESTION, on=date(2026, 11, 22), top=4)
    return next(n for n, hit in enumerate(hits, start=1) if words in hit.passage.text)


async def test_a_streamed_answer_is_checked_and_sent(
    server: OpenAIServer, house: Application, say: Say
) -> None:
    server.answer = f"{TRUE} [{await place_of(house, 'acht Wochen')}]"

    reply, _ = await ask(house, say(QUESTION))

    assert TRUE == reply.text
    assert reply.generated_by is not None and "stand-in" == reply.generated_by.model
    assert server.requests[0]["stream"] is True


@pytest.mark.parametrize("behaviour", ["dies", "hangs", "refuses", "nonsense"])
async def test_whatever_the_server_does_the_customer_gets_the_documents_answer(
    server: OpenAIServer, house: Application, say: Say, behaviour: str
) -> None:
    server.behaviour = behaviour
    server.answer = f"{TRUE} Mehr folgt gleich hier. [1]"

    reply, _ = await ask(house, say(QUESTION))

    assert reply.answered
    assert "acht Wochen" in reply.text
    assert any(check.startswith("model_") for check in reply.checks)


async def test_an_invented_price_is_not_shown_even_for_a_moment(
    server: OpenAIServer, house: Application, say: Say
) -> None:
    mark = f"[{await place_of(house, 'acht Wochen')}]"
    server.answer = f"{TRUE} {mark} Die Beanstandung kostet 4,99 €. {mark} Auf Wiedersehen."

    reply, shown = await ask(house, say(QUESTION))

    assert "4,99" not in reply.text
    assert not any("4,99" in text for text in shown)
    assert reply.text.startswith(TRUE)
