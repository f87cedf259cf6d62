"""``aura nps``: what customers would recommend, and whether the log behind it is whole."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import click

from knowledge_base.commands import Day

if TYPE_CHECKING:
    from assistant.insights.nps_report import NpsReport


def register(group: click.Group) -> None:
    """Add the commands of this package to a group."""
    group.add_command(nps)


@click.group()
def nps() -> None:
    """Show results of the customer survey."""


@nps.command("report")
@click.option("--programme", metavar="ID", help="Only this programme, such as consumer_t.")
@click.option("--from", "first", type=Day(), metavar="DATE", help="First day, such as 2026-11-01.")
@click.option("--until", "last", type=Day(), metavar="DATE", help="Last day, that day included.")
@click.option("--json", "for_programs", is_flag=True, help="JSON, unrounded.")
def nps_report(
    programme: str | None, first: date | None, last: date | None, for_programs: bool
) -> None:
    """Count the survey's log, per programme and version, and verify its chain of hashes.

    The exit code is 1 when the log was tampered with.
    """
    from sqlalchemy.exc import DBAPIError

    from assistant.insights.nps_report import as_json, as_text
    from assistant.messages import AssistantError

    if first and last and last < first:
        raise click.UsageError("--until lies before --from; swap them")
    try:
        found = asyncio.run(_report(programme, first, last))
    except AssistantError as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        raise click.ClickException(
            f"the database cannot be read ({error.orig}); check AURA_DATABASE_URL and AURA_HOME"
        ) from error
    click.echo(as_json(found) if for_programs else as_text(found))
    if found.broken_at is not None:
        click.get_current_context().exit(1)


async def _report(programme: str | None, first: date | None, last: date | None) -> NpsReport:
    from assistant.insights.nps_report import nothing_yet, report
    from assistant.store.database import open_database
    from knowledge_base.settings import Settings

    settings = Settings.from_environment()
    local = settings.home / "aura.db"
    if settings.database_url is None and not local.exists():
        return nothing_yet(programme, first, last)
    database = open_database(settings.database_url or f"sqlite:///{local}")
    try:
        # A report only reads: it neither makes tables nor brings them up to date.
        async with database.read() as connection:
            return await report(connection, programme, first, last)
    finally:
        await database.close()
