from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.store.database import Database, DatabaseError, open_database
from assistant.store.migrate import migrate, upgrade
from assistant.store.schema import metadata


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


async def _count(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM t"))).scalar_one())


async def test_writes_that_wait_together_are_committed_together(database: Database) -> None:
    await database.write(lambda c: c.execute(text("CREATE TABLE t (n INTEGER)")))
    before = database.commits

    async def unit(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO t VALUES (1)"))

    await asyncio.gather(*(database.write(unit) for _ in range(50)))

    assert 50 == await _count(database)
    assert database.commits - before < 10


async def test_a_write_that_fails_undoes_itself_and_nothing_else(database: Database) -> None:
    await database.write(lambda c: c.execute(text("CREATE TABLE t (n INTEGER)")))

    async def good(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO t VALUES (1)"))

    async def bad(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO t VALUES (2)"))
        raise ValueError("no")

    results = await asyncio.gather(
        *(database.write(unit) for unit in (good, bad, good)), return_exceptions=True
    )

    assert isinstance(results[1], ValueError)
    assert 2 == await _count(database)


async def test_a_caller_that_goes_away_does_not_undo_its_write(database: Database) -> None:
    await database.write(lambda c: c.execute(text("CREATE TABLE t (n INTEGER)")))

    async def unit(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO t VALUES (1)"))

    caller = asyncio.create_task(database.write(unit))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await database.write(unit)

    assert 2 == await _count(database)


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(f"sqlite:///{tmp_path / 'aura.db'}")
    with engine.connect() as connection:
        upgrade(connection)
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert [] == differences


@pytest.mark.parametrize("url", ["mysql://localhost/aura", "nonsense"])
def test_a_database_we_cannot_use_is_refused_by_name(url: str) -> None:
    with pytest.raises(DatabaseError, match="AURA_DATABASE_URL"):
        open_database(url)
