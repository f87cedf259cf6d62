"""``aura eval`` from the files it reads to the files it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import HashEmbedder

from assistant.build import Application
from evals.answers import load_cases
from evals.commands import compare, spread
from evals.report import as_json, as_markdown, as_text
from evals.scoring import Case, Outcome
from knowledge_base.commands import Commands
from knowledge_base.embeddings import BuiltInEmbedder
from knowledge_base.index import ingest, no_progress

CASES = """\
{"id": "a1", "text": "Was kostet Mobil M im Monat?", "answerable": true, "kind": "preis", \
"documents": ["pib-mobil-m-2025-10", "mobil_m"], "figures": ["24,99 €"], "phrases": [], "wrong": []}
{"id": "a2", "text": "Was kostet Mobil M im Monat?", "answerable": true, "kind": "preis", \
"documents": ["pib-mobil-m-2025-10"], "figures": ["1.111,11 €"], "phrases": [], "wrong": []}
{"id": "o1", "text": "Wie hoch ist meine letzte Rechnung?", "answerable": false, "kind": "own_data"}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "small.jsonl"
    path.write_text(CASES, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment or the ``.env`` of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AURA_EMBEDDING_MODEL", "AURA_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AURA_HOME", str(tmp_path / "home"))


def aura(*arguments: object) -> Result:
    return CliRunner().invoke(Commands("aura"), ["eval", *map(str, arguments)])


async def test_both_ways_of_answering_are_measured_on_the_same_questions(
    application: Application, cases: Path
) -> None:
    seen: list[tuple[str, int, int]] = []

    report = await compare(
        application,
        HashEmbedder(),
        load_cases(cases),
        "small.jsonl",
        lambda *progress: seen.append(progress),
    )

    assert [Outcome.CITED, Outcome.MISLEADING, Outcome.REFUSED] == [
        found.outcome for found in report.assistant.scored
    ]
    assert Outcome.REFUSED not in {found.outcome for found in report.baseline.scored}
    assert [("ask", 3, 3), ("quote", 3, 3)] == sorted(step for step in seen if step[1] == 3)


async def test_the_report_shows_shares_intervals_times_and_every_failure(
    application: Application, cases: Path
) -> None:
    report = await compare(
        application, HashEmbedder(), load_cases(cases), "small.jsonl", no_progress
    )

    text, markdown = as_text(report), as_markdown(report)

    assert "3 questions of small.jsonl (2 answerable, 1 unanswerable)" in text
    assert "50.0% [9.5%, 90.5%] 1/2" in text
    assert "median per answer" in text
    assert "### a2: misleading" in markdown
    assert "1.111,11 € (from pib-mobil-m-2025-10)" in markdown
    assert "### a1" not in markdown


async def test_the_report_for_programs_has_every_answer_in_full(
    application: Application, cases: Path
) -> None:
    report = await compare(
        application, HashEmbedder(), load_cases(cases), "small.jsonl", no_progress
    )

    document = json.loads(as_json([report], None))

    assistant = document["answers"][0]["assistant"]
    assert document["retrieval"] is None
    assert {"hits": 1, "of": 2, "share": 0.5} == {
        name: value
        for name, value in assistant["rates"]["right and cited, of answerable"].items()
        if name != "interval"
    }
    assert ["a1", "a2", "o1"] == [answer["id"] for answer in assistant["answers"]]
    assert "24,99\u00a0€" in assistant["answers"][0]["answer"]


async def test_which_questions_of_a_report_set_fail_is_not_shown(
    application: Application, cases: Path
) -> None:
    report = await compare(
        application, HashEmbedder(), load_cases(cases), "small.jsonl", no_progress
    )

    text = as_text(report, failures=False)

    assert "1 answers of the assistant could be better" in text
    assert "a2" not in text


def test_a_limit_takes_questions_from_the_whole_file() -> None:
    cases = [Case(id=str(n), text="?", answerable=False, kind="x") for n in range(10)]

    assert ["0", "3", "6"] == [case.id for case in spread(cases, 3)]
    assert cases == spread(cases, None) == spread(cases, 10)


def test_the_command_writes_both_reports_and_touches_no_conversations(
    tmp_path: Path, cases: Path
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"id": "router", "title": "Router", "text": "Der Router kostet 4,99 € monatlich."}\n',
        encoding="utf-8",
    )
    ingest([corpus], tmp_path / "home", BuiltInEmbedder(), strict=False)

    result = aura("--cases", cases, "--limit", 2, "--report", tmp_path / "out")

    assert 0 == result.exit_code, result.output
    assert "2 questions of small.jsonl" in result.stdout
    assert "rightly refused" in (tmp_path / "out" / "report.md").read_text("utf-8")
    assert 2 == len(
        json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["answers"][0]["baseline"][
            "answers"
        ]
    )
    assert not (tmp_path / "home" / "aura.db").exists()


def test_without_an_index_the_command_says_how_to_get_one(tmp_path: Path, cases: Path) -> None:
    result = aura("--cases", cases)

    assert 1 == result.exit_code
    assert "aura ingest" in result.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("suite", ["retrieval", "all"])
def test_without_the_development_sets_the_command_says_where_it_looked(
    tmp_path: Path, cases: Path, suite: str
) -> None:
    result = aura(suite, "--cases", cases, "--data", tmp_path / "nowhere")

    assert 2 == result.exit_code
    assert "nowhere" in result.stderr
    assert "AURA_DATA" in result.stderr


def test_the_search_is_measured_on_the_sets_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "xquad_de"
    folder.mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        '{"id": "d1", "title": "Affen", "text": "Affen essen Bananen."}\n'
        '{"id": "d2", "title": "Router", "text": "Der Router steht im Flur."}\n',
        encoding="utf-8",
    )
    (folder / "queries.jsonl").write_text(
        '{"id": "q1", "text": "?"}\n{"id": "q2", "text": "Wo steht der Router?"}\n',
        encoding="utf-8",
    )
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", encoding="utf-8"
    )

    result = aura("retrieval", "--data", tmp_path / "data", "--report", tmp_path / "out")

    assert 0 == result.exit_code, result.output
    document = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert 1.0 == document["retrieval"]["sets"][0]["legs"]["joined"]["hit_1"]
    assert "xquad_de" in (tmp_path / "out" / "report.md").read_text("utf-8")


@pytest.mark.parametrize("arguments", [("other",), ("--limit", "0"), ("--cases", "missing.jsonl")])
def test_wrong_use_has_its_own_exit_code(arguments: tuple[str, ...]) -> None:
    result = aura(*arguments)

    assert 2 == result.exit_code


def test_a_broken_line_of_cases_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "a"\n', encoding="utf-8")

    result = aura("--cases", path)

    assert 1 == result.exit_code
    assert "broken.jsonl, line 1" in result.stderr
