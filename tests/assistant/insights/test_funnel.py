from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from assistant.insights.funnel import read_series
from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.survey_log import append
from assistant.survey_stages import SurveyStage

NOON = datetime(2026, 11, 10, 11, 0, tzinfo=UTC)
ASKED = ("eligible", "offered", "shown")


@pytest.fixture
async def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


async def walk(database, conversation, *names, at=NOON, **more):
    """Log the stages of a conversation; ``score:9`` and ``suppressed:rule`` carry their value."""
    stages = []
    for name in names:
        stage, _, value = name.partition(":")
        stages.append(
            SurveyStage(
                stage=stage,
                programme_id=more.get("programme", "consumer_t"),
                questionnaire_version=more.get("version", "2026-11"),
                handled_by="bot",
                score=int(value) if stage == "score" else None,
                rule_id=value if stage == "suppressed" else None,
                quarantine=more.get("quarantine", "enforced"),
            )
        )
    await database.write(
        lambda connection: append(
            connection,
            conversation_id=conversation,
            channel="web",
            locale="de",
            person_ref=None,
            stages=stages,
            at=at,
        )
    )


async def series(database, *choice):
    async with database.read() as connection:
        return await read_series(connection, *choice)


async def test_an_empty_log_has_no_series(database):
    assert await series(database) == ()


async def test_each_conversation_counts_once_in_each_stage_it_reached(database):
    await walk(database, "answered", *ASKED, "score:9", "why", quarantine="unenforceable")
    await walk(database, "scored", *ASKED, "score:3")
    await walk(database, "refused", *ASKED, "declined")
    await walk(database, "objected", *ASKED, "never_again")
    await walk(database, "ignored", *ASKED, "expired")
    await walk(database, "unseen", "eligible", "offered", "expired")
    await walk(database, "spared", "suppressed:testkonto")
    await walk(database, "spared too", "suppressed:quarantaene_beantwortet")
    await walk(database, "spared again", "suppressed:quarantaene_beantwortet")

    (found,) = await series(database)

    funnel = found.funnel
    assert (funnel.reached, funnel.eligible, funnel.offered, funnel.shown) == (9, 6, 6, 5)
    assert (
        funnel.score,
        funnel.why,
        funnel.declined,
        funnel.never_again,
        funnel.expired,
    ) == (2, 1, 1, 1, 2)
    assert funnel.suppressed == (("quarantaene_beantwortet", 2), ("testkonto", 1))
    assert Fraction(2, 5) == funnel.response_rate
    assert funnel.unenforceable == 1
    assert found.scores.counts == (0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0)


async def test_a_second_end_changes_nothing_of_what_was_decided_first(database):
    await walk(database, "asked", *ASKED, "score:9")
    await walk(database, "asked", "suppressed:einmal_je_gespraech")
    await walk(database, "spared", "suppressed:testkonto")
    await walk(database, "spared", "suppressed:einmal_je_gespraech")

    (found,) = await series(database)

    assert (found.funnel.reached, found.funnel.eligible) == (2, 1)
    assert found.funnel.suppressed == (("testkonto", 1),)


async def test_a_late_answer_is_an_answer_and_no_longer_expired(database):
    await walk(database, "late", *ASKED, "expired", "score:6")

    (found,) = await series(database)

    assert (found.funnel.score, found.funnel.expired) == (1, 0)


async def test_who_gave_a_score_and_no_reason_has_not_declined(database):
    await walk(database, "brief", *ASKED, "score:6", "declined")

    (found,) = await series(database)

    assert (found.funnel.score, found.funnel.why, found.funnel.declined) == (1, 0, 0)


async def test_programmes_and_versions_are_never_pooled(database):
    await walk(database, "c1", *ASKED, "score:10")
    await walk(database, "c2", *ASKED, "score:0", version="2026-12")
    await walk(database, "c3", *ASKED, "score:5", programme="partner_b2p")

    found = await series(database)

    assert [(one.programme_id, one.questionnaire_version, one.scores.nps) for one in found] == [
        ("consumer_t", "2026-11", 100),
        ("consumer_t", "2026-12", -100),
        ("partner_b2p", "2026-11", -100),
    ]
    (alone,) = await series(database, "partner_b2p")
    assert alone.programme_id == "partner_b2p"


async def test_days_are_those_of_berlin_and_both_ends_are_included(database):
    just_before_midnight = datetime(2026, 11, 9, 22, 59, tzinfo=UTC)
    await walk(database, "ninth", *ASKED, "score:1", at=just_before_midnight)
    await walk(database, "tenth", *ASKED, "score:2", at=just_before_midnight + timedelta(minutes=2))
    await walk(database, "eleventh", *ASKED, "score:3", at=NOON + timedelta(days=1))

    async def given(first, last):
        found = await series(database, None, first, last)
        return [score for one in found for score, count in enumerate(one.scores.counts) if count]

    assert await given(date(2026, 11, 10), date(2026, 11, 10)) == [2]
    assert await given(date(2026, 11, 10), None) == [2, 3]
    assert await given(None, date(2026, 11, 9)) == [1]
    assert await given(date(2027, 1, 1), None) == []


async def test_an_answer_counts_on_the_day_of_its_question(database):
    await walk(database, "c1", *ASKED)
    await walk(database, "c1", "score:8", at=NOON + timedelta(days=1))

    (found,) = await series(database, None, date(2026, 11, 10), date(2026, 11, 10))

    assert found.funnel.score == 1
