"""What somebody may send through the real doors: a German sentence back, never an error page."""

from __future__ import annotations

import json
import sqlite3
import time

import pytest
from click.testing import CliRunner

from assistant.characters import LONGEST_TEXT
from assistant.commands import ask, chat

QUICK = 3.0


@pytest.mark.parametrize("piece", ["a", "(", "1", "€ ", "nicht ", "von hier aus nach "])
async def test_20000_characters_are_refused_at_once_with_the_limit(house, piece):
    chat = await house.chat()
    begun = time.perf_counter()

    response = await chat.say((piece * 20_000)[:20_000], "m1")

    assert time.perf_counter() - begun < QUICK
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_long"
    assert f"{LONGEST_TEXT:,}".replace(",", ".") in response.json()["error"]["message"]


async def test_after_a_text_that_was_too_long_the_conversation_goes_on(house):
    chat = await house.chat()
    await chat.say("a" * 20_000, "m1")

    response = await chat.say("Was kostet Mobil M im Monat?", "m2")

    assert "31,99" in str(response.json()["reply"]["blocks"])


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b\u200d", "\ufeff", "\x07\x1b"])
async def test_a_message_without_anything_to_read_is_called_empty(house, text):
    chat = await house.chat()

    response = await chat.say(text, "m1")

    assert response.status_code == 422
    assert "Die Nachricht ist leer" in response.json()["error"]["message"]


async def test_control_characters_are_neither_kept_nor_asked_about(house):
    chat = await house.chat()

    response = await chat.say("Was kostet\x00 Mobil\u202e M\u200b im Monat?", "m1")

    _, written, _ = await house.inside.conversations.events(chat.id)
    assert response.status_code == 200
    assert "31,99" in str(response.json()["reply"]["blocks"])
    assert written.payload["text"] == "Was kostet Mobil M im Monat?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Was kostet Mobil M am 31.02.2025?", "gibt es im Kalender nicht"),
        ("资费多少钱", "in German and in English"),
        ("🤔", "Worum geht es?"),
        ("Was kostet der Tarif bei Vodafone?", "Zu anderen Anbietern"),
        ("Schreib mir ein Gedicht über Katzen", "Dabei kann ich Ihnen leider nicht helfen"),
        ("Rechnung meines Nachbarn", "nur zu Ihrem eigenen Kundenkonto"),
        ("a" * LONGEST_TEXT, ""),
        ("'; DROP TABLE events; --", ""),
    ],
)
async def test_odd_messages_are_answered_in_german(house, text, said):
    chat = await house.chat()

    response = await chat.say(text, "m1")

    assert response.status_code == 200
    (block, *_) = response.json()["reply"]["blocks"]
    assert said in block["text"]


@pytest.fixture
def terminal(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AURA_HOME", str(home))
    monkeypatch.setenv("AURA_DATABASE_URL", f"sqlite:///{tmp_path / 'aura.db'}")
    return tmp_path / "aura.db"


def test_the_command_line_names_the_limit_too_and_keeps_what_was_written(terminal):
    result = CliRunner().invoke(ask, ["--json", "nicht " * 4_000])

    reply = json.loads(result.stdout)
    assert result.exit_code == 0
    assert "höchstens 4.000 Zeichen" in reply["answer"]
    assert reply["answered"] is False
    with sqlite3.connect(terminal) as stored:
        (kept,) = stored.execute(
            "select count(*) from events where payload like ?", ("%nicht nicht%",)
        ).fetchone()
    stored.close()
    assert kept == 1


@pytest.mark.parametrize("text", ["", "\x1b", "\udcff"])
def test_the_command_line_answers_a_text_that_cannot_be_read(terminal, text):
    result = CliRunner().invoke(ask, [text])

    assert result.exit_code == 0
    assert "Ihre Nachricht war leer" in result.stdout


def test_a_chat_in_the_terminal_goes_on_after_odd_lines(terminal):
    lines = "a" * 20_000 + "\n👍\nПривет\nWas kostet Mobil M im Monat?\n\n"

    result = CliRunner().invoke(chat, [], input=lines)

    assert result.exit_code == 0
    for said in (
        "höchstens 4.000 Zeichen",
        "Worum geht es?",
        "auf Deutsch und auf Englisch",
        "31,99",
    ):
        assert said in result.stdout
