"""A real house for the doors: the spine, a small index, a database of its own for every test."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.build import Application, assemble
from channels.app import create_app
from channels.inbox import Inbox
from channels.live import Live
from knowledge_base.embeddings import BuiltInEmbedder
from knowledge_base.index import ingest
from knowledge_base.settings import Settings
from knowledge_base.sources import CONTENT

MARKDOWN = """---
title: Häufige Fragen zur SIM-Karte
kind: faq
owner: Kundenservice
as_of: 2026-10-01
applies_from: 2026-10-01
---
# Häufige Fragen zur SIM-Karte

## Was tun bei Verlust?

Sperren Sie die SIM-Karte sofort im Kundenportal. Die Sperre ist kostenlos.

<script>alert("x")</script>

[Klicken](javascript:alert(1)) oder [Portal](https://portal.example/sim)

## Wie lange dauert der Versand einer Ersatzkarte?

| Karte | Dauer |
| --- | --- |
| Ersatz-SIM | 3 Werktage |
"""
HTML = """<!doctype html><html lang="de"><head><title>Router einrichten</title>
<meta name="aura:kind" content="hilfe"><meta name="aura:owner" content="Technik">
<meta name="aura:as_of" content="2026-09-15"><script src="https://evil.example/x.js"></script>
</head><body><nav>Menü</nav><main><h1>Router einrichten</h1>
<h2 id="anschliessen" onclick="alert(1)">Anschließen</h2>
<p style="color:red">Stecken Sie das graue Kabel in die Buchse „WAN“.</p>
<iframe src="https://evil.example"></iframe><img src="https://evil.example/p.png" alt="">
<form action="https://evil.example"><input name="pin"></form></main></body></html>
"""
TARIFF = """id: mobil_m
name: Mobil M
kind: mobilfunk
audience: privat
owner: Produktmanagement Mobilfunk
aliases: [tarif m]
versions:
  - version: "2025-10"
    as_of: 2025-10-01
    sold_from: 2025-10-01
    sold_until: null
    applies_from: 2025-10-01
    applies_until: null
    attributes:
      grundpreis: {value: 31.99, unit: EUR, per: Monat}
      datenvolumen: {value: 30, unit: GB, per: Monat}
"""


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class FakeModel:
    """A language model that waits until it may go on, and counts who asked."""

    name = "fake"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go = asyncio.Event()
        self.begun = asyncio.Event()
        self.pieces: list[str] = []
        self.error: Exception | None = None

    async def aclose(self) -> None:
        pass

    async def stream(self, system: str, question: str) -> AsyncIterator[str]:
        self.asked.append(question)
        self.begun.set()
        if self.error is not None:
            raise self.error
        for piece in self.pieces[:1]:
            yield piece
        await self.go.wait()
        for piece in self.pieces[1:]:
            yield piece


@dataclass
class Sse:
    """One server-sent event as it was read."""

    name: str
    data: dict[str, object]
    id: int | None = None


async def sse(response: httpx.Response) -> AsyncIterator[Sse]:
    """Read server-sent events; comments are left out."""
    name, ident, lines = "message", None, []
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("id: "):
            ident = int(line[4:])
        elif line.startswith("data: "):
            lines.append(line[6:])
        elif not line and lines:
            yield Sse(name, json.loads("\n".join(lines)), ident)
            name, ident, lines = "message", None, []


@dataclass
class Chat:
    """A customer with a conversation."""

    client: httpx.AsyncClient
    id: str
    token: str
    opened: list[dict[str, object]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/api/chat/conversations/{self.id}"

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def say(self, text: str, name: str, **more: object) -> httpx.Response:
        return await self.post("messages", {"id": name, "text": text, **more})

    async def post(self, path: str, body: object) -> httpx.Response:
        return await self.client.post(f"{self.url}/{path}", json=body, headers=self.key)

    @asynccontextmanager
    async def stream(self, text: str, name: str) -> AsyncIterator[httpx.Response]:
        headers = {**self.key, "Accept": "text/event-stream"}
        body = {"id": name, "text": text}
        async with self.client.stream(
            "POST", f"{self.url}/messages", json=body, headers=headers
        ) as response:
            yield response

    async def events(self, upto: int, **headers: str) -> list[Sse]:
        """Read the log until an event with a sequence has come."""
        found = []
        async with self.client.stream(
            "GET", f"{self.url}/events", headers={**self.key, **headers}
        ) as response:
            assert response.status_code == 200
            async for event in sse(response):
                found.append(event)
                if event.id is not None and event.id >= upto:
                    break
        return found


@dataclass
class House:
    """A server with everything a test may look at."""

    client: httpx.AsyncClient
    app: FastAPI
    clock: Clock
    settings: Settings

    @property
    def inside(self) -> Application:
        house: Application = self.app.state.house
        return house

    @property
    def inbox(self) -> Inbox:
        inbox: Inbox = self.app.state.inbox
        return inbox

    @property
    def live(self) -> Live:
        live: Live = self.app.state.live
        return live

    async def chat(self) -> Chat:
        response = await self.client.post("/api/chat/conversations", json={"locale": "de"})
        assert response.status_code == 201, response.text
        body = response.json()
        return Chat(self.client, body["conversation_id"], body["token"], body["messages"])


Start = Callable[[Settings], AbstractAsyncContextManager[House]]


@pytest.fixture(scope="session")
def embedder() -> BuiltInEmbedder:
    return BuiltInEmbedder()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: BuiltInEmbedder) -> Path:
    """A home with a small index."""
    sources = tmp_path_factory.mktemp("sources")
    (sources / "sim-karte.md").write_text(MARKDOWN, "utf-8")
    (sources / "router.html").write_text(HTML, "utf-8")
    (sources / "tarife").mkdir()
    shutil.copy(CONTENT / "tarife" / "merkmale.yaml", sources / "tarife")
    (sources / "tarife" / "mobil_m.yaml").write_text(TARIFF, "utf-8")
    folder = tmp_path_factory.mktemp("home")
    report = ingest((sources,), folder, embedder, strict=True)
    assert not report.failures
    return folder


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    return Settings(home=home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")


@pytest.fixture(name="sse")
def sse_reader() -> Callable[[httpx.Response], AsyncIterator[Sse]]:
    return sse


@pytest.fixture
def customer() -> type[Chat]:
    return Chat


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
async def house(
    settings: Settings, clock: Clock, embedder: BuiltInEmbedder
) -> AsyncIterator[House]:
    """A server without a model."""
    async with running(settings, clock, embedder) as house:
        yield house


@pytest.fixture
async def writing_house(
    settings: Settings, clock: Clock, embedder: BuiltInEmbedder, model: FakeModel
) -> AsyncIterator[House]:
    """A server whose model waits to be released."""
    async with running(settings, clock, embedder, model) as house:
        yield house


@pytest.fixture
def start(clock: Clock, embedder: BuiltInEmbedder) -> Start:
    """Start a server with settings of its own."""
    return lambda settings: running(settings, clock, embedder)


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    embedder: BuiltInEmbedder,
    model: FakeModel | None = None,
) -> AsyncIterator[House]:
    """Serve on a free port of this machine, within the test's own event loop."""
    live = Live()
    build = partial(assemble, clock=clock, embedder=embedder, model=model)
    app = create_app(settings, live=live, build=build)
    with listening() as listener:
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="websockets-sansio")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=120
        ) as client:
            await _until_up(client, task)
            try:
                yield House(client, app, clock, settings)
            finally:
                live.close()
                server.should_exit = True
                await task


async def _until_up(client: httpx.AsyncClient, task: asyncio.Task[None]) -> None:
    while not task.done():
        try:
            await client.get("/healthz")
        except httpx.ConnectError:
            await asyncio.sleep(0.01)
        else:
            return
    task.result()


def listening() -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener
