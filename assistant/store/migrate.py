"""Bring the database to the newest tables."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.store.database import Database

FOLDER = Path(__file__).parent / "migrations"


async def migrate(database: Database) -> None:
    """Run every migration that the database has not seen, in one transaction."""

    async def unit(connection: AsyncConnection) -> None:
        await connection.run_sync(upgrade)

    await database.write(unit)


def upgrade(connection: Connection) -> None:
    """Upgrade over an open connection; Alembic is imported here because it is slow to import."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
