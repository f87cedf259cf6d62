"""A customer and an agent, each with a real browser, in front of a real server."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    async_playwright,
    expect,
)

from channels.desk_accounts import DeskAccounts

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESKTOP = (1280, 800)
PASSWORD = "ein langes Passwort"
SHOWN = 15_000
"""Milliseconds after which something that should appear has not; the machine may be busy."""


@dataclass(kw_only=True)
class Visit:
    """One page in one browser window, and everything it asked for or complained about."""

    page: Page
    context: BrowserContext
    base: str
    pictures: Path
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def strangers(self) -> list[str]:
        """Give the addresses that belong to somebody else's server."""
        own = (self.base + "/", "data:", "blob:")
        return [url for url in self.requested if not url.startswith(own)]

    async def picture(self, name: str) -> None:
        """Save what the window shows, to be looked at."""
        await self.page.screenshot(path=self.pictures / f"{name}.png")

    async def barriers(self) -> list[str]:
        """Give what axe finds serious or critical."""
        found = await Axe().run(self.page)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found.response["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    async def overflow(self) -> int:
        """Give the pixels by which the page is wider than its window."""
        return int(
            await self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


@dataclass(kw_only=True)
class Customer(Visit):
    """A visitor of the portal."""

    @property
    def messages(self) -> Locator:
        return self.page.locator("aura-chat .message:not(.draft)")

    @property
    def replies(self) -> Locator:
        return self.page.locator("aura-chat .message.assistant:not(.draft)")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Ihre Nachricht")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def open_chat(self) -> None:
        await self.button("Chat öffnen").click()
        await expect(self.replies.first).to_contain_text("KI-Assistent")

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def end(self) -> None:
        await self.button("Gespräch beenden").click()
        await self.button("Ja, beenden").click()

    async def texts(self) -> list[str]:
        """Give the messages as they stand there, without the times."""
        return [text.strip() for text in await self.messages.locator(".body").all_inner_texts()]

    async def conversation_id(self) -> str:
        kept = await self.page.evaluate("JSON.parse(sessionStorage.getItem('aura-chat'))")
        return str(kept["id"])


@dataclass(kw_only=True)
class Agent(Visit):
    """Somebody at the desk."""

    @property
    def queue(self) -> Locator:
        return self.page.locator("#waiting button.entry")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def log_in(self, name: str = "beispiel", password: str = PASSWORD) -> None:
        await self.page.get_by_label("Name").fill(name)
        await self.page.get_by_label("Passwort").fill(password)
        await self.button("Anmelden").click()

    async def say(self, text: str) -> None:
        await self.page.get_by_label("Antwort an die Kundin oder den Kunden").fill(text)
        await self.button("Senden").click()


@pytest.fixture(scope="session")
def executable() -> str:
    """Find the browser, or skip."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium is installed; `make browser` installs one")
    return found


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
async def playwright(executable: str) -> AsyncIterator[Playwright]:
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture
async def browser(playwright: Playwright, executable: str) -> AsyncIterator[Browser]:
    browser = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
    yield browser
    await browser.close()


@asynccontextmanager
async def visiting(
    kind: type[Visit], browser: Browser, base: str, path: str, pictures: Path, size: tuple[int, int]
) -> AsyncIterator[Visit]:
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="de-DE", reduced_motion="reduce"
    )
    context.set_default_timeout(SHOWN)
    expect.set_options(timeout=SHOWN)
    page = await context.new_page()
    visit = kind(page=page, context=context, base=base, pictures=pictures)
    context.on("request", lambda request: visit.requested.append(request.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            visit.complaints.append(said.text) if "Content Security" in said.text else None
        ),
    )
    await page.goto(base + path)
    if kind is Customer:
        # Before the chat is there, a question on the page is an ordinary link to the contact.
        await page.evaluate("customElements.whenDefined('aura-chat').then(() => true)")
    yield visit
    await context.close()


@pytest.fixture
def address() -> Callable[[object], str]:
    """Give the address of a server."""
    return lambda house: str(house.client.base_url).rstrip("/")


@pytest.fixture
async def customer_of(
    browser: Browser, pictures: Path, address: Callable[[object], str]
) -> AsyncIterator[Callable[..., Awaitable[Customer]]]:
    """Open the portal of a server: ``await customer_of(house, size=(360, 740))``."""
    open_visits = []

    async def visit(house: object, size: tuple[int, int] = DESKTOP) -> Customer:
        context = visiting(Customer, browser, address(house), "/", pictures, size)
        open_visits.append(context)
        return await context.__aenter__()

    yield visit
    for context in open_visits:
        await context.__aexit__(None, None, None)


@pytest.fixture
async def agent_of(
    browser: Browser, pictures: Path, address: Callable[[object], str]
) -> AsyncIterator[Callable[..., Awaitable[Agent]]]:
    """Open the desk of a server, with an account to log in with."""
    open_visits = []

    async def visit(
        house: object,
        size: tuple[int, int] = DESKTOP,
        *,
        name: str = "beispiel",
        display_name: str = "Frau Beispiel",
    ) -> Agent:
        accounts = DeskAccounts(house.inside.database, house.clock)
        await accounts.set_password(name, PASSWORD, display_name=display_name)
        context = visiting(Agent, browser, address(house), "/desk", pictures, size)
        open_visits.append(context)
        return await context.__aenter__()

    yield visit
    for context in open_visits:
        await context.__aexit__(None, None, None)
