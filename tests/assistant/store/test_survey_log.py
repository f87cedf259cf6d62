import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.schema import survey_events, survey_reasons
from assistant.store.survey_log import FIRST_PREV_HASH, append, expire_open, head, verify
from assistant.survey_stages import SurveyStage

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


def stage(name, **more):
    return SurveyStage(
        stage=name,
        programme_id="consumer_t",
        questionnaire_version="2026-11",
        handled_by="bot",
        **more,
    )


async def log(database, conversation, *stages, at=NOON, person=None):
    await database.write(
        lambda connection: append(
            connection,
            conversation_id=conversation,
            channel="web",
            locale="de",
            person_ref=person,
            stages=stages,
            at=at,
        )
    )


async def entries(database):
    async with database.read() as connection:
        rows = await connection.execute(select(survey_events).order_by(survey_events.c.id))
        return rows.mappings().all()


async def first_broken(database):
    async with database.read() as connection:
        return await verify(connection)


async def tamper(database, statement):
    await database.write(lambda connection: connection.execute(statement))


async def test_each_entry_names_the_hash_of_the_one_before(database):
    await log(database, "c1", stage("eligible"), stage("offered"))
    await log(database, "c2", stage("suppressed", rule_id="nicht_mehr_fragen"))

    first, second, third = await entries(database)
    assert first["prev_hash"] == FIRST_PREV_HASH
    assert (first["hash"], second["hash"]) == (second["prev_hash"], third["prev_hash"])
    assert await first_broken(database) is None


async def test_an_empty_log_is_whole(database):
    async with database.read() as connection:
        found = await head(connection)

    assert (found.entries, found.hash) == (0, FIRST_PREV_HASH)
    assert await first_broken(database) is None


@pytest.mark.parametrize(
    "change",
    [
        {"score": 10},
        {"at": NOON + timedelta(microseconds=1)},
        {"handled_by": "human"},
        {"person_ref": "somebody"},
        {"hash": "f" * 64},
        {"prev_hash": "f" * 64},
    ],
)
async def test_a_changed_entry_is_found(database, change):
    await log(database, "c1", stage("eligible"), stage("offered"), stage("score", score=3))
    await log(database, "c2", stage("eligible"))

    await tamper(database, update(survey_events).where(survey_events.c.id == 3).values(**change))

    assert await first_broken(database) == 3


async def test_a_removed_entry_breaks_the_one_behind_it(database):
    await log(database, "c1", stage("eligible"), stage("offered"), stage("shown"))

    await tamper(database, delete(survey_events).where(survey_events.c.id == 2))

    assert await first_broken(database) == 3


async def test_a_removed_end_shows_against_an_earlier_head(database):
    await log(database, "c1", stage("eligible"), stage("offered"))
    async with database.read() as connection:
        before = await head(connection)

    await tamper(database, delete(survey_events).where(survey_events.c.id == 2))

    async with database.read() as connection:
        assert before != await head(connection)
    assert await first_broken(database) is None


async def test_the_customers_words_stand_apart_and_the_chain_only_commits_to_them(database):
    words = "Meine Frage zur Rechnung 4711 war geklärt"
    await log(database, "c1", stage("score", score=9), stage("why", reason=words))

    rows = await entries(database)
    assert words not in str(rows)
    assert len(rows[1]["reason_commitment"]) == 64
    async with database.read() as connection:
        assert [words] == list(await connection.scalars(select(survey_reasons.c.reason)))


async def test_erasing_the_words_leaves_the_chain_whole(database):
    await log(database, "c1", stage("why", reason="lange gewartet"))

    await tamper(database, delete(survey_reasons))

    assert await first_broken(database) is None


async def test_words_changed_afterwards_break_the_chain(database):
    await log(database, "c1", stage("why", reason="lange gewartet"))

    await tamper(database, update(survey_reasons).values(reason="schnell geholfen"))

    assert await first_broken(database) == 1


async def test_equal_words_have_different_commitments(database):
    await log(database, "c1", stage("why", reason="gut"))
    await log(database, "c2", stage("why", reason="gut"))

    one, other = await entries(database)
    assert one["reason_commitment"] != other["reason_commitment"]


async def test_a_conversation_is_scored_once_and_the_second_score_leaves_no_trace(database):
    await log(database, "c1", stage("score", score=2))
    await log(database, "c1", stage("score", score=10), stage("why", reason="zu teuer"))

    assert [(row["stage"], row["score"]) for row in await entries(database)] == [
        ("score", 2),
        ("why", None),
    ]


async def test_two_ends_of_one_conversation_are_two_suppressions(database):
    await log(database, "c1", stage("suppressed", rule_id="einmal_je_gespraech"))
    await log(database, "c1", stage("suppressed", rule_id="einmal_je_gespraech"))

    assert len(await entries(database)) == 2


async def test_writing_at_the_same_time_never_forks_the_chain(database):
    await asyncio.gather(*(log(database, f"c{n}", stage("eligible")) for n in range(40)))

    rows = await entries(database)
    assert len({row["prev_hash"] for row in rows}) == 40
    assert await first_broken(database) is None


async def test_an_undone_transaction_leaves_no_entry(database):
    async def unit(connection):
        await append(
            connection,
            conversation_id="c1",
            channel="web",
            locale="de",
            person_ref=None,
            stages=(stage("eligible"),),
            at=NOON,
        )
        raise RuntimeError("somebody took over")

    with pytest.raises(RuntimeError):
        await database.write(unit)
    await log(database, "c2", stage("eligible"))

    assert [row["conversation_id"] for row in await entries(database)] == ["c2"]
    assert await first_broken(database) is None


async def test_only_old_questions_without_any_answer_expire(database):
    yesterday = NOON - timedelta(hours=25)
    offer = (stage("eligible"), stage("offered"), stage("shown"))
    await log(database, "ignored", *offer, at=yesterday, person="p1")
    await log(database, "scored", *offer, stage("score", score=5), at=yesterday)
    await log(database, "declined", *offer, stage("declined"), at=yesterday)
    await log(database, "never", *offer, stage("never_again"), at=yesterday)
    await log(database, "fresh", *offer)
    await log(database, "unasked", stage("suppressed", rule_id="testkonto"), at=yesterday)

    expired = await database.write(lambda c: expire_open(c, NOON - timedelta(hours=24), NOON))

    assert expired == ("ignored",)
    last = (await entries(database))[-1]
    assert (
        last["conversation_id"],
        last["stage"],
        last["person_ref"],
        last["at"],
    ) == ("ignored", "expired", "p1", NOON)
    assert await first_broken(database) is None


async def test_a_question_expires_once(database):
    await log(database, "c1", stage("eligible"), stage("offered"))
    later = NOON + timedelta(hours=25)

    first = await database.write(lambda c: expire_open(c, later, later))
    second = await database.write(lambda c: expire_open(c, later, later))

    assert (first, second) == (("c1",), ())


async def test_a_conversation_about_to_be_erased_expires_alone(database):
    await log(database, "c1", stage("eligible"), stage("offered"))
    await log(database, "c2", stage("eligible"), stage("offered"))
    soon = NOON + timedelta(minutes=1)

    expired = await database.write(lambda c: expire_open(c, soon, soon, conversation_id="c2"))

    assert expired == ("c2",)
