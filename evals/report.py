"""The report, for people (terminal, Markdown) and for programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from evals.answers import Scored
from evals.intervals import Rate
from evals.retrieval import RetrievalReport
from evals.scoring import WRONG, Case, Outcome
from evals.summary import AnswersReport, Summary

SHORT = 220
"""Characters of an answer that the list of failures shows."""


def as_text(report: AnswersReport, *, failures: bool = True) -> str:
    """Write the tables, and which questions failed if they may be known, for a terminal."""
    failed = report.assistant.failures
    lines = [f"{len(failed)} answers of the assistant could be better."]
    if failures:
        lines += [f"  {f.case.id:<8} {f.outcome:<28} {f.case.text}" for f in failed]
    tables = (_main_table(report), _kind_table(report))
    return "\n\n".join([report.heading, *map(_aligned, tables), "\n".join(lines)])


def as_markdown(report: AnswersReport) -> str:
    """Write the tables and every failure of the assistant."""
    parts = [
        "# Answers",
        f"{report.heading}.\nIntervals are Wilson's, 95 %.",
        _piped(_main_table(report)),
        "“Misleading”: a figure that a customer would take for the answer, and that is not it.\n"
        "“Beside the point”: it may be true, but does not answer.\n"
        "The baseline quotes the four passages with the nearest vectors, valid or not, always.",
        "## By kind of question",
        _piped(_kind_table(report)),
        "## What could be better",
        *(_failure(found) for found in report.assistant.failures),
    ]
    return "\n\n".join(parts) + "\n"


def as_json(answers: Sequence[AnswersReport], retrieval: RetrievalReport | None) -> str:
    """Write everything that was measured, each answer in full."""
    document = {
        "answers": [_answers(report) for report in answers],
        "retrieval": None if retrieval is None else asdict(retrieval),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _answers(report: AnswersReport) -> dict[str, object]:
    return {
        "made_at": report.made_at.isoformat(),
        "cases": report.cases,
        "index_generation": report.generation,
        "embedding_model": report.embedding_model,
        "language_model": report.language_model,
        **{
            summary.name: {
                "rates": _rates(summary),
                "kinds": {kind: _rates(summary.of_kind(kind)) for kind in report.kinds},
                "median_ms": round(summary.median_ms, 1),
                "p95_ms": round(summary.p95_ms, 1),
                "answers": [_answer(found) for found in summary.scored],
            }
            for summary in (report.assistant, report.baseline)
        },
    }


def percent(rate: Rate) -> str:
    """Write a share with its interval and its counts."""
    if rate.share is None or rate.interval is None:
        return "–"
    low, high = rate.interval
    return f"{rate.share:.1%} [{low:.1%}, {high:.1%}] {rate.hits}/{rate.of}"


def _main_table(report: AnswersReport) -> list[list[str]]:
    pairs = zip(report.assistant.rows, report.baseline.rows, strict=True)
    both = (report.assistant, report.baseline)
    return [
        ["share", "of", *(summary.name for summary in both)],
        *([ours.name, ours.of, percent(ours.rate), percent(plain.rate)] for ours, plain in pairs),
        ["median per answer", "", *(f"{summary.median_ms:.0f} ms" for summary in both)],
        ["95 % are within", "", *(f"{summary.p95_ms:.0f} ms" for summary in both)],
    ]


def _kind_table(report: AnswersReport) -> list[list[str]]:
    rows = [["kind", "questions", "right", "wrongly answered", "refused", "baseline right"]]
    for kind in report.kinds:
        ours, plain = report.assistant.of_kind(kind), report.baseline.of_kind(kind)
        rows.append(
            [
                kind,
                str(len(ours.scored)),
                percent(ours.right),
                str(ours.count(*WRONG)),
                str(ours.count(Outcome.REFUSED, Outcome.UNHINTED)),
                percent(plain.right),
            ]
        )
    return rows


def _failure(found: Scored) -> str:
    case, given = found.case, found.given
    days = (("on", case.on), ("contract", case.contract_date))
    asked = "".join(f", {name} {day}" for name, day in days if day)
    return "\n".join(
        [
            f"### {case.id}: {found.outcome.replace('_', ' ')}",
            f"- asked ({case.kind}{asked}): {case.text}",
            f"- expected: {_expected(case)}",
            f"- given: {_short(given.text)}",
            f"- cited: {', '.join(given.documents) or 'nothing'}",
        ]
    )


def _expected(case: Case) -> str:
    if not case.answerable:
        return "no answer"
    wanted = [*case.figures, *(" or ".join(group) for group in case.phrases)]
    return f"{'; '.join(wanted)} (from {' or '.join(case.documents)})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def _rates(summary: Summary) -> dict[str, object]:
    return {
        f"{row.name.removeprefix('· ')}, of {row.of}": {
            "hits": row.rate.hits,
            "of": row.rate.of,
            "share": row.rate.share,
            "interval": row.rate.interval,
        }
        for row in summary.rows
    }


def _answer(found: Scored) -> dict[str, object]:
    return {
        "id": found.case.id,
        "kind": found.case.kind,
        "question": found.case.text,
        "expected": _expected(found.case),
        "outcome": found.outcome,
        "answer": found.given.text,
        "answered": found.given.answered,
        "login": found.given.login,
        "documents": found.given.documents,
        "milliseconds": round(found.milliseconds, 1),
    }


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _piped(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
