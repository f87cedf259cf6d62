"""``aura eval``: how good are the answers, and how good is the search?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.build import Application
    from evals.answers import Done
    from evals.figures import FiguresReport, Question
    from evals.retrieval import RetrievalReport
    from evals.scoring import Case
    from evals.summary import AnswersReport
    from knowledge_base.embeddings import Embedder
    from knowledge_base.index import Progress
    from knowledge_base.settings import Settings

ANSWERS, RETRIEVAL, ALL = "answers", "retrieval", "all"
MUTATIONS, FIGURES, RENEWAL = "mutations", "figures", "renewal"
SUITES = (ANSWERS, RETRIEVAL, MUTATIONS, FIGURES, RENEWAL, ALL)
PASSAGES, ROUNDS = 10_000, 5
DATA = Path(__file__).parents[2] / "shared" / "data"
"""Where the development sets are when nobody says."""


def register(group: click.Group) -> None:
    """Add this floor's commands."""
    group.add_command(evaluate)


@click.command("eval")
@click.argument("suite", type=click.Choice(SUITES), default=ANSWERS)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="AURA_DATA",
    default=DATA,
    help="Directory of the development sets for the search (AURA_DATA, ../shared/data), or of one "
    "set of your own: corpus.jsonl, queries.jsonl, qrels.tsv.",
)
@click.option(
    "--report",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Directory for report.md and report.json.",
)
@click.option(
    "--cases",
    "files",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    multiple=True,
    help="Questions with what is expected (both report sets in evals/cases).",
)
@click.option(
    "--limit", type=click.IntRange(1), help="At most so many questions, spread over the file."
)
def evaluate(
    suite: str, data: Path, folder: Path | None, files: tuple[Path, ...], limit: int | None
) -> None:
    """Measure the answers beside a plain baseline, or the search on its development sets.

    Which questions of a report set fail is written to --report only: nobody shall tune on them.

    "mutations" shows the check of a model's sentences what is true and what has one thing swapped;
    "figures" holds every figure that is sent against a key of its own; "renewal" times how soon a
    changed document answers, in an index of ten thousand passages.
    """
    from assistant.messages import AssistantError
    from evals.answers import REPORT_SETS, is_reported_on, load_cases
    from evals.report import as_json, as_markdown, as_text
    from evals.retrieval import render
    from knowledge_base.settings import Settings

    settings = Settings.from_environment()
    alone = {
        MUTATIONS: lambda: _mutations(settings),
        FIGURES: lambda: _figures(settings, limit),
        RENEWAL: lambda: _renewal(settings, limit or PASSAGES),
    }
    if suite in alone:
        text = alone[suite]()
        click.echo(text)
        _write(folder, text)
        return
    if suite != ANSWERS:
        _require(data)
    answers: list[AnswersReport] = []
    retrieval: RetrievalReport | None = None
    parts: list[str] = []
    try:
        if suite != RETRIEVAL:
            for path in files or REPORT_SETS:
                cases = spread(load_cases(path), limit)
                with _progress() as progress:
                    report = asyncio.run(_answers(settings, cases, path.name, progress))
                unseen = is_reported_on(path)
                click.echo(("\n" if answers else "") + as_text(report, failures=not unseen))
                parts.append(as_markdown(report))
                answers.append(report)
        if suite != ANSWERS:
            with _progress() as progress:
                retrieval = _retrieval(settings, data, progress)
            click.echo(("\n" if answers else "") + render(retrieval))
            parts.append(f"# Retrieval\n\n```\n{render(retrieval)}\n```\n")
    except AssistantError as error:
        raise click.ClickException(str(error)) from error
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.md").write_text("\n".join(parts), encoding="utf-8")
        (folder / "report.json").write_text(as_json(answers, retrieval), encoding="utf-8")


def _mutations(settings: Settings) -> str:
    from evals.mutations import measure, render
    from evals.sentences import HALVES
    from knowledge_base.snapshot import Snapshots

    snapshot = Snapshots(settings.home).current
    return "\n\n".join(render(measure(half, snapshot)) for half in HALVES)


def _renewal(settings: Settings, passages: int) -> str:
    from tempfile import TemporaryDirectory

    from assistant.build import choose_embedder
    from evals.renewal import measure, own_texts, render

    embedder, texts = choose_embedder(settings), own_texts()
    with TemporaryDirectory(prefix="aura-eval-") as folder, _progress() as progress:
        return render(measure(Path(folder), embedder, texts, passages, ROUNDS, progress))


def _figures(settings: Settings, limit: int | None) -> str:
    from evals.figures import questions, render

    with _progress() as progress:
        reports = asyncio.run(_all_figures(settings, questions(limit), progress))
    return render(reports)


async def _all_figures(
    settings: Settings, asked: Sequence[Question], progress: Progress
) -> list[FiguresReport]:
    """Ask without a model, with the liar behind the look-ups, and the liar alone."""
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from assistant.build import CONTENT, assemble, choose_embedder
    from assistant.written import Writer, load_prompt
    from evals.figures import ask_all, write_all
    from evals.liar import Liar
    from knowledge_base.snapshot import Snapshots

    _ = Snapshots(settings.home).current  # without an index, nothing may be created
    plain = replace(settings, openai_api_key=None, openai_base_url=None)
    reports = []
    for name, model in (("no model", None), ("lying model", Liar())):
        with TemporaryDirectory(prefix="aura-eval-") as folder:
            apart = replace(plain, database_url=f"sqlite:///{Path(folder) / 'aura.db'}")
            application = await assemble(apart, embedder=choose_embedder(plain), model=model)
            try:
                done = _counted(progress, name, len(asked))
                reports.append(await ask_all(application, asked, name, done))
                if model is not None:
                    writer = Writer(model, load_prompt(CONTENT / "prompts" / "answer.md"))
                    name = "lying model alone"
                    done = _counted(progress, name, len(asked))
                    reports.append(await write_all(application, writer, asked, name, done))
            finally:
                await application.aclose()
    return reports


def _write(folder: Path | None, text: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.md").write_text(f"```\n{text}\n```\n", encoding="utf-8")


async def compare(
    application: Application,
    embedder: Embedder,
    cases: Sequence[Case],
    name: str,
    progress: Progress,
) -> AnswersReport:
    """Ask the assistant and the baseline the same questions about the same index."""
    from evals.answers import ask_all
    from evals.baseline import quote_all
    from evals.summary import AnswersReport, Summary

    snapshot, model = application.knowledge.current, application.model
    return AnswersReport(
        cases=name,
        made_at=application.clock(),
        generation=snapshot.number,
        embedding_model=snapshot.model,
        language_model=None if model is None else model.name,
        baseline=Summary(
            name="baseline",
            scored=quote_all(snapshot, embedder, cases, _counted(progress, "quote", len(cases))),
        ),
        assistant=Summary(
            name="assistant",
            scored=await ask_all(application, cases, _counted(progress, "ask", len(cases))),
        ),
    )


def spread(cases: Sequence[Case], limit: int | None) -> Sequence[Case]:
    """Keep so many cases at even distances, because a file is sorted by kind of question."""
    if limit is None or limit >= len(cases):
        return cases
    return [cases[place * len(cases) // limit] for place in range(limit)]


async def _answers(
    settings: Settings, cases: Sequence[Case], name: str, progress: Progress
) -> AnswersReport:
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from assistant.build import assemble, choose_embedder
    from evals.answers import clock
    from knowledge_base.snapshot import Snapshots

    _ = Snapshots(settings.home).current  # without an index, nothing may be created
    embedder = choose_embedder(settings)
    with TemporaryDirectory(prefix="aura-eval-") as folder:
        apart = replace(settings, database_url=f"sqlite:///{Path(folder) / 'aura.db'}")
        application = await assemble(apart, embedder=embedder, clock=clock)
        try:
            return await compare(application, embedder, cases, name, progress)
        finally:
            await application.aclose()


def _retrieval(settings: Settings, data: Path, progress: Progress) -> RetrievalReport:
    from assistant.build import choose_embedder
    from evals.retrieval import evaluate as measure

    return measure(data, choose_embedder(settings), settings.home / "evals", progress=progress)


def _require(data: Path) -> None:
    from evals.retrieval import CORPUS, SETS, sets_in

    if not sets_in(data):
        raise click.UsageError(
            f"neither a {CORPUS} nor one of the development sets {', '.join(SETS)} is in {data}; "
            "name their directory with --data or AURA_DATA"
        )


def _counted(progress: Progress, stage: str, total: int) -> Done:
    done = iter(range(1, total + 1))
    return lambda: progress(stage, next(done), total)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show on stderr how far every stage has come, from when it begins."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage.capitalize(), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
