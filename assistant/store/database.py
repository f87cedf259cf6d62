"""One database, two ways in: reads side by side, writes in line.

On SQLite a single writer task takes every unit of work that waits, runs each in its own
savepoint and commits them together; on PostgreSQL each unit is a transaction of its own.
A unit never contains a model or embedding call.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.messages import AssistantError

Result = TypeVar("Result")
Unit = Callable[[AsyncConnection], Awaitable[Result]]

GROUP = 64
"""How many units one commit takes at most."""


class DatabaseError(AssistantError):
    """The database cannot be used as configured; raised at start-up."""


class Database:
    """Connections to one database, opened by `open_database` and closed with `close`."""

    def __init__(self, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self._reader = reader
        self._engine = writer
        self._in_line = writer.dialect.name == "sqlite"
        self._waiting: asyncio.Queue[tuple[Unit[Any], asyncio.Future[Any]]] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self.commits = 0
        """Commits so far, to see that a turn needs no more than it should."""

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for reading."""
        async with self._reader.connect() as connection:
            yield connection

    async def write(self, unit: Unit[Result]) -> Result:
        """Run a unit of work and commit it; an error in it undoes it alone and is raised here."""
        if not self._in_line:
            async with self._engine.begin() as connection:
                self.commits += 1
                return await unit(connection)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_in_line(), name="database-writer")
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((unit, done))
        # A caller that is cancelled must not undo what is already in the line.
        return await asyncio.shield(done)

    async def close(self) -> None:
        """Finish what waits, then close every connection."""
        if self._writer is not None:
            await self._waiting.join()
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)
        await self._engine.dispose()
        await self._reader.dispose()

    async def _write_in_line(self) -> None:
        while True:
            group = [await self._waiting.get()]
            while len(group) < GROUP and not self._waiting.empty():
                group.append(self._waiting.get_nowait())
            try:
                await self._commit(group)
            finally:
                for _ in group:
                    self._waiting.task_done()

    async def _commit(self, group: list[tuple[Unit[Any], asyncio.Future[Any]]]) -> None:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            async with self._engine.connect() as connection, connection.begin():
                for unit, done in group:
                    try:
                        async with connection.begin_nested():
                            outcomes.append((done, await unit(connection), None))
                    except Exception as error:
                        outcomes.append((done, None, error))
            self.commits += 1
        except Exception as error:
            outcomes = [(done, None, error) for _, done in group]
        for done, result, failure in outcomes:
            if done.done():
                continue
            if failure is None:
                done.set_result(result)
            else:
                done.set_exception(failure)


def open_database(url: str) -> Database:
    """Open the database behind a URL such as ``sqlite:///aura.db`` or ``postgresql://…``.

    Raises:
        DatabaseError: The URL is none that we support.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(f"AURA_DATABASE_URL {url!r} is no database URL") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        url_with_driver = parsed.set(drivername="sqlite+aiosqlite")
        return Database(
            _sqlite(url_with_driver, "BEGIN"), _sqlite(url_with_driver, "BEGIN IMMEDIATE")
        )
    if backend == "postgresql":
        if find_spec("psycopg") is None:
            raise DatabaseError("AURA_DATABASE_URL names PostgreSQL; install psycopg beside Aura")
        engine = create_async_engine(parsed.set(drivername="postgresql+psycopg"))
        return Database(engine, engine)
    raise DatabaseError(f"AURA_DATABASE_URL names {backend!r}; use sqlite or postgresql")


def _sqlite(url: URL, begin: str) -> AsyncEngine:
    engine = create_async_engine(url)

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", start)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # The driver would begin transactions on its own, too late and only for writes.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=5000",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
