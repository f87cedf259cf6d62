"""The command ``aura``; every floor above adds its commands by entry points ``aura.commands``.

Nothing heavy is imported before a command needs it, so that ``aura --help`` answers at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from knowledge_base.documents import AuraError

if TYPE_CHECKING:
    from knowledge_base.embeddings import Embedder
    from knowledge_base.index import IngestReport, Progress
    from knowledge_base.search import Hit, Search
    from knowledge_base.settings import Settings

ENTRY_POINTS = "aura.commands"
"""Each names a function ``register(group)`` that adds the commands of its floor."""
CHECKS = "aura.checks"
"""Each names a function that returns the findings of its floor for ``aura check``."""
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

_RUN_AT_ONCE = 32


class Commands(click.Group):
    """A group that is completed by the floors above and says every error in one sentence."""

    _complete = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands of all floors."""
        self._ask_floors()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command, on this floor first."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            self._ask_floors()
            found = super().get_command(ctx, cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error ends the process with one sentence and its exit code."""
        from knowledge_base.settings import SettingError

        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            sentence, code = error.format_message(), WRONG_USE
        except SettingError as error:
            sentence, code = str(error), WRONG_USE
        except AuraError as error:
            sentence, code = str(error), FAILED
        except KeyboardInterrupt:
            sentence, code = "interrupted; what is done is kept", INTERRUPTED
        click.echo(f"Error: {sentence}", err=True)
        return ctx.exit(code)

    def _ask_floors(self) -> None:
        if not self._complete:
            self._complete = True
            for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
                point.load()(self)


class Day(click.ParamType[date]):
    """A date as ``2026-04-01``."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date; write 2026-04-01", param, ctx)


def today() -> date:
    """Return the day it is where the customers are."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aura-assistant", message="%(version)s")
def main() -> None:
    """Aura Assistant: proven answers for the customers of a telecom operator."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def ingest(paths: tuple[Path, ...]) -> None:
    """Make the index equal to PATHS; without any, to those of the last time.

    The first time, these are the operator's own documents.
    """
    from knowledge_base.index import ingest, remembered_sources
    from knowledge_base.settings import Settings
    from knowledge_base.sources import CONTENT

    settings = Settings.from_environment()
    if paths:
        sources, strict = paths, all(path.resolve().is_relative_to(CONTENT) for path in paths)
    else:
        sources, strict = remembered_sources(settings.home)
    with progress_bar() as progress:
        report = ingest(
            sources,
            settings.home,
            _embedder(settings),
            chroma_url=settings.chroma_url,
            strict=strict,
            progress=progress,
        )
    _say(report)
    if report.failures:
        sys.exit(FAILED)


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--top", type=click.IntRange(1), help="How many results (8; for a run 100).")
@click.option("--on", type=Day(), help="The day asked about (today).")
@click.option("--contract-date", type=Day(), help="When the contract was concluded.")
@click.option(
    "--queries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Questions, a line {"id","text"} each.',
)
@click.option("--run", type=click.Path(dir_okay=False, path_type=Path), help="Where ranks go.")
def search(
    question: str | None,
    as_json: bool,
    top: int | None,
    on: date | None,
    contract_date: date | None,
    queries: Path | None,
    run: Path | None,
) -> None:
    """Find the passages that answer QUESTION, or rank documents for a file of questions."""
    if (queries is None) != (run is None):
        raise click.UsageError("--queries and --run belong together")
    if (question is None) == (queries is None):
        raise click.UsageError("give either a question or --queries with --run")
    found = _search()
    day = on or today()
    if queries is not None and run is not None:
        _write_run(found, read_questions(queries), run, day, contract_date, top or 100)
        return
    hits = asyncio.run(
        found.search(question or "", on=day, contract_date=contract_date, top=top or 8)
    )
    if as_json:
        results = [
            {
                "document": hit.passage.document,
                "section": hit.passage.section,
                "page": hit.passage.page,
                "score": round(hit.score, 4),
                "text": hit.passage.text,
            }
            for hit in hits
        ]
        click.echo(json.dumps({"results": results}, ensure_ascii=False))
        return
    click.echo("\n\n".join(map(_shown, hits)) if hits else "Nothing fits.")


def read_questions(path: Path) -> list[tuple[str, str]]:
    """Read a file of questions, a line ``{"id", "text"}`` each, in their order."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                entry = json.loads(line)
                found.append((str(entry.get("id", entry.get("_id"))), str(entry["text"])))
            except (json.JSONDecodeError, KeyError, AttributeError) as error:
                raise click.UsageError(
                    f'{path}, line {number}: write {{"id": "…", "text": "…"}}'
                ) from error
    return found


@main.command()
def check() -> None:
    """Find contradictions, expired documents and dead references in the content."""
    checks = sorted(entry_points(group=CHECKS), key=lambda point: point.name)
    findings = [finding for point in checks for finding in point.load()()]
    for finding in findings:
        place = f"{finding.file}:{finding.line}" if finding.line else str(finding.file)
        click.echo(f"{place}: {finding.message}; {finding.remedy}")
    if findings:
        sys.exit(FAILED)
    click.echo("The content is consistent.")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show on stderr how far an ingest has come."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    names = {"read": "Reading files", "embed": "Embedding passages", "learn": "Learning questions"}
    name = TextColumn("{task.description:<18}")
    columns = (name, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks = {stage: bar.add_task(name, total=None) for stage, name in names.items()}

        def show(stage: str, done: int, total: int) -> None:
            bar.update(tasks[stage], completed=done, total=total)

        yield show


def _embedder(settings: Settings) -> Embedder:
    from knowledge_base.embeddings import embedder_for

    return embedder_for(
        settings.embedding_model,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
    )


def _search() -> Search:
    from knowledge_base.search import Search
    from knowledge_base.settings import Settings
    from knowledge_base.snapshot import Snapshots

    settings = Settings.from_environment()
    return Search(Snapshots(settings.home), _embedder(settings))


def _say(report: IngestReport) -> None:
    for failure in report.failures:
        click.echo(f"{failure.file}: {failure.reason}", err=True)
    if report.withdrawn:
        click.echo(f"Withdrawn: {', '.join(report.withdrawn)}.", err=True)
    state = f"generation {report.generation}" + ("" if report.changed else ", unchanged")
    failed = f", {len(report.failures)} files failed" if report.failures else ""
    click.echo(
        f"{report.documents} documents, {report.passages} passages "
        f"({report.embedded} embedded, {report.reused} reused){failed}: {state}."
    )


def _shown(hit: Hit) -> str:
    passage = hit.passage
    place = [passage.title, passage.section, f"page {passage.page}" if passage.page else ""]
    named = " · ".join(part for part in place if part)
    return f"{named} [{passage.document}] {hit.confidence:.2f}\n{passage.text}"


def _write_run(
    search: Search,
    questions: Sequence[tuple[str, str]],
    path: Path,
    on: date,
    contract_date: date | None,
    top: int,
) -> None:
    from rich.console import Console
    from rich.progress import track

    lines: list[str] = []
    starts = range(0, len(questions), _RUN_AT_ONCE)
    for start in track(starts, "Searching", console=Console(stderr=True)):
        part = questions[start : start + _RUN_AT_ONCE]
        texts = [text for _, text in part]
        ranks = asyncio.run(search.runs(texts, on=on, contract_date=contract_date, top=top))
        lines += [
            json.dumps({"query_id": name, "ranked": ranked}, ensure_ascii=False)
            for (name, _), ranked in zip(part, ranks, strict=True)
        ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
