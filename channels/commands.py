"""``aura serve`` and ``aura desk``: start the server, look after its accounts."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import FrameType
    from typing import TypeVar

    from channels.desk_accounts import DeskAccounts
    from channels.live import Live
    from knowledge_base.settings import Settings

    Result = TypeVar("Result")

HOST, PORT = "127.0.0.1", 8000


def register(group: click.Group) -> None:
    """Add this floor's commands."""
    group.add_command(serve)
    group.add_command(desk)


@click.command()
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve the portal, the chat and the desk; the first start builds the index."""
    from knowledge_base.settings import Settings

    settings = Settings.from_environment()
    with _listening(host, port) as listener:
        _build_index(settings)
        password = asyncio.run(_first_password(settings))
        _say_where(host, listener.getsockname()[1], password)
        _run(settings, listener)


@click.group()
def desk() -> None:
    """Look after the desk's accounts."""


@desk.command()
@click.argument("name")
@click.option("--display-name", help="What customers read; the account's name if it is new.")
@click.password_option(help="Asked for if it is not given.")
def password(name: str, display_name: str | None, password: str) -> None:
    """Set the password of account NAME; an account that is not there is made."""
    from channels.desk_accounts import AccountError
    from knowledge_base.settings import Settings

    async def change(accounts: DeskAccounts) -> bool:
        return await accounts.set_password(name, password, display_name=display_name)

    try:
        created = asyncio.run(_with_accounts(Settings.from_environment(), change))
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Account {name} {'created' if created else 'has a new password'}.")


def _listening(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that a taken one is known at once."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> click.ClickException:
    reason = error.strerror or str(error)
    return click.ClickException(
        f"cannot listen on {host}:{port} ({reason}); choose another one with --port"
    )


def _build_index(settings: Settings) -> None:
    from assistant.build import choose_embedder
    from knowledge_base.commands import progress_bar
    from knowledge_base.index import ingest, is_current, remembered_sources

    embedder = choose_embedder(settings)
    if is_current(settings.home, embedder.name):
        return
    sources, strict = remembered_sources(settings.home)
    click.echo("Building the index of the documents …", err=True)
    with progress_bar() as progress:
        report = ingest(
            sources,
            settings.home,
            embedder,
            chroma_url=settings.chroma_url,
            strict=strict,
            progress=progress,
        )
    for failure in report.failures:
        click.echo(f"{failure.file}: {failure.reason}", err=True)


async def _first_password(settings: Settings) -> str | None:
    return await _with_accounts(settings, lambda accounts: accounts.create_first())


async def _with_accounts(
    settings: Settings, work: Callable[[DeskAccounts], Awaitable[Result]]
) -> Result:
    from assistant.build import database_url
    from assistant.store.database import open_database
    from assistant.store.migrate import migrate
    from channels.desk_accounts import DeskAccounts

    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(database_url(settings))
    try:
        await migrate(database)
        return await work(DeskAccounts(database))
    finally:
        await database.close()


def _say_where(host: str, port: int, password: str | None) -> None:
    from channels.desk_accounts import FIRST

    root = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"Portal with chat  {root}/")
    click.echo(f"Agents' desk      {root}/desk")
    if password is not None:
        click.echo(f"  first account   {FIRST}, password {password} (shown only now; a new one:")
        click.echo(f"                  aura desk password {FIRST})")
    click.echo(f"HTTP interface    {root}/docs")
    click.echo("Ctrl-C ends the server.")


def _run(settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from channels.app import create_app
    from channels.live import Live
    from channels.logs import set_up

    class Server(uvicorn.Server):
        """Ends open event streams first, or a shutdown would wait for their readers."""

        def __init__(self, config: uvicorn.Config, live: Live) -> None:
            super().__init__(config)
            self._live = live

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            self._live.close()
            super().handle_exit(sig, frame)

    set_up(settings.log_level)
    live = Live()
    config = uvicorn.Config(
        create_app(settings, live=live),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=5,
    )
    server = Server(config, live)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(1)
