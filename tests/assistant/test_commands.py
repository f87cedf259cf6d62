"""``aura ask`` and ``aura chat`` for a customer: whom nobody knows is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge_base.commands import Commands


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, indexed_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment or the ``.env`` of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AURA_EMBEDDING_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AURA_HOME", str(indexed_home))
    monkeypatch.setenv("AURA_DATABASE_URL", f"sqlite:///{tmp_path / 'aura.db'}")


def aura(*arguments: str, **more: str) -> Result:
    return CliRunner().invoke(Commands("aura"), arguments, **more)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("4000000999", "there is no customer '4000000999'"),
        ("400000010", "there is no customer"),
        ("Wilma", "is no customer number"),
        ("٤٠٠٠٠٠٠١٠١", "is no customer number"),
        ("", "is no customer number"),
    ],
)
@pytest.mark.parametrize("command", [["ask", "Wie hoch ist meine Rechnung?"], ["chat"]])
def test_a_customer_nobody_knows_is_wrong_use(command, number, reason):
    result = aura(*command, "--customer", number, input="Hallo\n\n")

    assert 2 == result.exit_code
    assert reason in result.stderr
    assert "€" not in result.stdout


def test_without_a_customer_system_nobody_is_known(monkeypatch):
    monkeypatch.setenv("AURA_CUSTOMER_SYSTEM", "none")

    result = aura("ask", "Hallo", "--customer", "4000000101")

    assert 2 == result.exit_code
    assert "AURA_CUSTOMER_SYSTEM" in result.stderr


def test_a_known_customer_may_talk():
    result = aura("chat", "--customer", "4000000101", input="Danke, tschüss\n")

    assert 0 == result.exit_code, result.output
    assert "Auf Wiedersehen" in result.stdout


def test_a_known_customer_is_answered_from_their_records():
    result = aura("ask", "Dürft ihr mich sperren?", "--customer", "4000000112", "--json")

    assert 0 == result.exit_code, result.output
    assert "166,96" in result.stdout
    assert '"responder": "own"' in result.stdout
    assert '"kind": "calculation"' in result.stdout
