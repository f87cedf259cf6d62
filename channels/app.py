"""The server: the house assembled, its doors opened, its workers started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import structlog
from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

from assistant.build import Application, assemble
from assistant.customers.demo import DemoCustomerSystem
from assistant.keys import key
from channels.channel import Channel
from channels.closing import Closing
from channels.demo_portal import DemoPortal
from channels.desk import Desk
from channels.desk_accounts import DeskAccounts
from channels.documents import Documents
from channels.health import Health
from channels.inbox import Inbox
from channels.live import Live
from channels.middleware import BodyLimit, RequestLog, SecurityHeaders
from channels.outbox import Outbox
from channels.portal_token import PortalTokens
from channels.problems import handle_problems
from channels.reference import open_reference
from channels.web import WebChat
from knowledge_base.documents import KnowledgeError
from knowledge_base.settings import Settings

log = structlog.get_logger("app")

HERE = Path(__file__).parent
PAGES = {"/": "portal.html", "/desk": "desk.html"}


def channels_of(house: Application, live: Live, tokens: PortalTokens) -> Sequence[Channel]:
    """Choose the doors: a new channel is one module and one line here."""
    return (WebChat(house.assistant, house.conversations, live, tokens, clock=house.clock),)


def create_app(
    settings: Settings,
    *,
    live: Live | None = None,
    build: Callable[[Settings], Awaitable[Application]] = assemble,
) -> FastAPI:
    """Make the server; ``live`` lets whoever runs it end open streams."""
    live = live or Live()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        house = await build(settings)
        inbox = Inbox(house.assistant, house.database, live, clock=house.clock)
        tokens = PortalTokens(key(settings.home, "portal", settings.portal_secret))
        channels = channels_of(house, live, tokens)
        outbox = Outbox(
            house.database,
            {channel.name: channel for channel in channels},
            live,
            clock=house.clock,
        )
        closing = Closing(house.conversations, inbox, house.database, clock=house.clock)
        for channel in channels:
            channel.open(app, inbox)
        accounts = DeskAccounts(house.database, house.clock)
        Desk(accounts, house.conversations, live, clock=house.clock).open(app, inbox)
        Documents(settings.home, lambda: house.knowledge.current.tariffs).open(app)
        if isinstance(house.customers, DemoCustomerSystem):
            DemoPortal(house.customers, tokens, clock=house.clock).open(app)
        app.state.house, app.state.inbox, app.state.live = house, inbox, live
        await inbox.recover()
        workers = [
            asyncio.create_task(outbox.run(), name="outbox"),
            asyncio.create_task(closing.run(), name="closing"),
        ]
        Health(house.database, settings.home, workers).open(app)
        warming = asyncio.create_task(_warm(house), name="warming")
        try:
            yield
        finally:
            live.close()
            await inbox.close()
            for task in (*workers, warming):
                task.cancel()
            await asyncio.gather(*workers, warming, return_exceptions=True)
            await house.aclose()

    app = FastAPI(
        title="Aura Assistant",
        version=version("aura-assistant"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    handle_problems(app)
    for middleware in (BodyLimit, SecurityHeaders, RequestLog):
        app.add_middleware(middleware)
    open_reference(app)
    _serve_files(app)
    return app


async def _warm(house: Application) -> None:
    """Load index and embedding model, so that the first customer does not wait for them."""
    try:
        await house.knowledge.search.search("Guten Tag", on=house.clock().date())
        await asyncio.to_thread(lambda: house.knowledge.current.asked_words)
    except KnowledgeError as error:
        log.warning("not ready to answer", reason=str(error))


def _serve_files(app: FastAPI) -> None:
    for path, name in PAGES.items():
        page = _page(HERE / "pages" / name)
        app.add_api_route(path, page, methods=["GET", "HEAD"], include_in_schema=False)
    for folder in ("pages", "widget"):
        app.mount(f"/{folder}", StaticFiles(directory=HERE / folder), name=folder)


def _page(path: Path) -> Callable[[], Awaitable[FileResponse]]:
    async def show() -> FileResponse:
        return FileResponse(path, headers={"Cache-Control": "no-cache"})

    return show
