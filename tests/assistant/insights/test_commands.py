"""``aura nps report`` as somebody at a terminal sees it."""

import asyncio
import json
from datetime import UTC, datetime

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from assistant.insights.commands import register
from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.schema import survey_events
from assistant.store.survey_log import append
from assistant.survey_stages import SurveyStage

NOON = datetime(2026, 11, 10, 11, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AURA_DATABASE_URL", raising=False)
    monkeypatch.setenv("AURA_HOME", str(tmp_path))
    return tmp_path


def fill(home, scores, suppressed=0, statement=None):
    """Put a log of answers into the house's own database."""

    async def unit(connection):
        for number, score in enumerate(scores):
            await log(connection, f"c{number}", "eligible", "offered", "shown", score=score)
        for number in range(suppressed):
            await log(connection, f"s{number}", "suppressed", rule_id="kein_gespraech")
        if statement is not None:
            await connection.execute(statement)

    async def log(connection, conversation, *names, score=None, rule_id=None):
        await append(
            connection,
            conversation_id=conversation,
            channel="web",
            locale="de",
            person_ref=None,
            at=NOON,
            stages=[
                SurveyStage(
                    stage=name,
                    programme_id="consumer_t",
                    questionnaire_version="2026-11",
                    handled_by="bot",
                    rule_id=rule_id,
                    score=score if name == "score" else None,
                )
                for name in (*names, *(("score",) if score is not None else ()))
            ],
        )

    async def write():
        database = open_database(f"sqlite:///{home / 'aura.db'}")
        await migrate(database)
        await database.write(unit)
        await database.close()

    asyncio.run(write())


def run(*arguments):
    group = click.Group()
    register(group)
    return CliRunner().invoke(group, ["nps", "report", *arguments])


def test_a_house_without_a_database_says_that_nobody_was_asked_and_makes_none(home):
    result = run()

    assert result.exit_code == 0
    assert "Noch kein Gespräch hat den Entscheidungspunkt" in result.output
    assert list(home.iterdir()) == []


def test_an_empty_database_says_that_nobody_was_asked(home):
    fill(home, [])

    result = run()

    assert result.exit_code == 0
    assert "Noch kein Gespräch hat den Entscheidungspunkt" in result.output
    assert "Protokoll: leer." in result.output


def test_a_hundred_answers_give_a_score_with_interval_and_counts(home):
    fill(home, [10] * 45 + [8] * 33 + [3] * 22, suppressed=25)

    output = run().output

    assert "NPS +23 (n = 100), 95-%-Intervall +7 bis +37 Punkte" in output
    assert "±15 Punkte" in output
    assert "Geringe Basis" not in output
    lines = [line.split() for line in output.splitlines()]
    assert ["Promotoren", "(9", "und", "10)", "45", "45,0", "%"] in lines
    assert ["kein_gespraech", "25", "20,0", "%"] in lines
    assert "10 │ ██████████████████████████████ 45" in output
    assert " 0 │ 0" in output
    assert "Protokoll: 425 Einträge, Hashkette vollständig geprüft." in output


def test_thirty_answers_are_called_a_thin_basis(home):
    fill(home, [10] * 30)

    output = run().output

    assert "NPS +100 (n = 30)" in output
    assert "Geringe Basis" in output


def test_below_thirty_answers_only_the_distribution_is_shown(home):
    fill(home, [10] * 29)

    output = run().output

    assert "10 │ ██████████████████████████████ 29" in output
    assert "NPS: nicht ausgewiesen. Ein Wert wird erst ab 30 Antworten gezeigt." in output
    assert "+100" not in output


def test_a_tampered_log_is_named_and_ends_with_an_error(home):
    raised = update(survey_events).where(survey_events.c.id == 4).values(score=10)
    fill(home, [3] * 30, statement=raised)

    result = run()

    assert result.exit_code == 1
    assert "Protokoll: BESCHÄDIGT ab Eintrag 4." in result.output


def test_a_tampered_log_is_named_even_when_another_programme_is_asked_for(home):
    raised = update(survey_events).where(survey_events.c.id == 4).values(score=10)
    fill(home, [3], statement=raised)

    result = run("--programme", "partner_b2p")

    assert result.exit_code == 1
    assert "Für diese Auswahl liegt nichts vor." in result.output


def test_programs_get_unrounded_figures(home):
    fill(home, [10] * 6 + [8] * 12 + [0] * 13, suppressed=1)

    found = json.loads(run("--json", "--from", "2026-11-10", "--until", "2026-11-10").output)

    (series,) = found["series"]
    assert pytest.approx(-700 / 31) == series["nps"]
    assert series["scores"] == [13, 0, 0, 0, 0, 0, 0, 0, 12, 0, 6]
    assert series["funnel"]["suppressed"] == {"kein_gespraech": 1}
    assert series["funnel"]["response_rate"] == 1.0
    assert (found["log"]["verified"], found["log"]["broken_at"]) == (True, None)


def test_programs_get_no_score_below_thirty_answers_either(home):
    fill(home, [10] * 29)

    (series,) = json.loads(run("--json").output)["series"]

    assert (series["nps"], series["interval"], series["basis"]) == (None, None, "none")


def test_a_database_that_cannot_be_read_is_said_in_one_sentence(home, monkeypatch):
    monkeypatch.setenv("AURA_DATABASE_URL", f"sqlite:///{home / 'nowhere' / 'aura.db'}")

    result = run()

    assert result.exit_code == 1
    assert "check AURA_DATABASE_URL" in result.output


def test_a_period_that_ends_before_it_begins_is_refused(home):
    result = run("--from", "2026-11-10", "--until", "2026-11-09")

    assert result.exit_code == 2
    assert "swap them" in result.output
