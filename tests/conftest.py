"""The world tests live in: the operator's real documents, indexed once with a quick embedder."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import SURE, FakeClock, FakeModel, FakeSearch, HashEmbedder

from assistant.build import Application, assemble
from assistant.messages import Message
from knowledge_base.index import ingest
from knowledge_base.settings import Settings
from knowledge_base.sources import CONTENT
from knowledge_base.typical_questions import FOLDER


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the operator's documents once; tests that change it take a copy.

    Without the typical questions: a fake encoder learns nothing from thousands of them.
    """
    home = tmp_path_factory.mktemp("indexed")
    content = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns(FOLDER))
    ingest([content], home, HashEmbedder(), strict=True)
    return home


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
async def application(
    indexed_home: Path, tmp_path: Path, clock: FakeClock
) -> AsyncIterator[Application]:
    """Put the whole house together, without a language model."""
    settings = Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")
    built = await assemble(settings, clock=clock, search=FakeSearch(indexed_home), trust=SURE)
    yield built
    await built.aclose()


@pytest.fixture
async def with_model(
    indexed_home: Path, tmp_path: Path, clock: FakeClock, model: FakeModel
) -> AsyncIterator[Application]:
    """Put the whole house together, with a model that says what a test queues."""
    settings = Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")
    built = await assemble(
        settings, clock=clock, search=FakeSearch(indexed_home), trust=SURE, model=model
    )
    yield built
    await built.aclose()


@pytest.fixture
def say() -> Callable[..., Message]:
    """Build messages: ``say("Hallo")``, ``say(kind="closed", reason="customer")``."""
    counted = iter(range(1, 10_000))

    def build(text: str = "", **changes: object) -> Message:
        values: dict[str, object] = {
            "id": f"m{next(counted)}",
            "conversation_id": "c1",
            "channel": "web",
            "text": text,
            "sent_at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        }
        return Message(**(values | changes))  # type: ignore[arg-type]

    return build
