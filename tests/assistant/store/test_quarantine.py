from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from assistant.messages import ConversationState, CustomerRef
from assistant.questionnaires import Occasion, Rule, load_questionnaires
from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.quarantine import Circumstances, Quarantine
from assistant.store.schema import conversations, events
from assistant.store.survey_log import append
from assistant.survey_stages import SurveyStage
from assistant.wire import to_json

ASKED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PROGRAMME = load_questionnaires().current("consumer_t")


@pytest.fixture
async def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


async def log(database, *names, conversation="c1", person="p1", programme="consumer_t", at=ASKED):
    stages = tuple(
        SurveyStage(stage=name, programme_id=programme, questionnaire_version="1", handled_by="bot")
        for name in names
    )
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


async def rule(database, now, person="p1"):
    return await Quarantine(database).rule_for(person, PROGRAMME, now)


@pytest.mark.parametrize(
    ("stages", "days", "rule_id"),
    [
        (("shown", "score"), 90, "quarantaene_beantwortet"),
        (("shown",), 30, "quarantaene_unbeantwortet"),
        (("shown", "expired"), 30, "quarantaene_unbeantwortet"),
        (("shown", "declined"), 180, "quarantaene_abgelehnt"),
        (("shown", "score", "declined"), 90, "quarantaene_beantwortet"),
    ],
)
async def test_a_person_is_left_alone_to_the_last_second_of_the_quarantine(
    database, stages, days, rule_id
):
    await log(database, *stages)
    end = ASKED + timedelta(days=days)

    assert rule_id == await rule(database, ASKED)
    assert rule_id == await rule(database, end - timedelta(seconds=1))
    assert await rule(database, end) is None


async def test_who_never_wants_to_be_asked_again_is_not_asked_in_ten_years(database):
    await log(database, "shown", "never_again")

    assert await rule(database, ASKED + timedelta(days=3650)) == "nicht_mehr_fragen"


async def test_a_question_that_was_never_seen_starts_no_quarantine(database):
    await log(database, "eligible", "offered", "expired")

    assert await rule(database, ASKED + timedelta(hours=1)) is None


async def test_the_latest_answer_counts(database):
    await log(database, "score", conversation="c1")
    await log(database, "score", conversation="c2", at=ASKED + timedelta(days=100))

    assert await rule(database, ASKED + timedelta(days=189)) == "quarantaene_beantwortet"
    assert await rule(database, ASKED + timedelta(days=190)) is None


async def test_a_question_that_was_answered_was_not_ignored(database):
    ignored = Rule(id="lange", when=Occasion.IGNORED, days=400, why="Gezeigt.")
    programme = replace(PROGRAMME, rules=(ignored,))
    await log(database, "shown", "score")

    assert await Quarantine(database).rule_for("p1", programme, ASKED) is None


async def test_an_answer_does_not_excuse_another_question_that_was_ignored(database):
    await log(database, "shown", "score", conversation="c1")
    await log(database, "shown", conversation="c2", at=ASKED + timedelta(days=100))

    assert await rule(database, ASKED + timedelta(days=120)) == "quarantaene_unbeantwortet"


async def test_one_persons_answer_does_not_silence_another(database):
    await log(database, "score", person="p1")

    assert await rule(database, ASKED, person="p2") is None


async def test_programmes_count_apart_but_an_objection_holds_for_all(database):
    await log(database, "score", programme="partner_b2p", person="p1")
    await log(database, "never_again", programme="partner_b2p", person="p2", conversation="c2")

    assert await rule(database, ASKED, person="p1") is None
    assert await rule(database, ASKED, person="p2") == "nicht_mehr_fragen"


async def test_without_a_person_nothing_is_counted(database):
    await log(database, "score", person=None)

    assert await rule(database, ASKED, person=None) is None


async def test_circumstances_remember_handoffs_that_were_given_back(database):
    reference = CustomerRef(customer_no="4000000001", level=1)
    payloads = [
        {"blocks": [], "handoff": {"reason": "todesfall", "label": "Todesfall", "summary": ""}},
        {"blocks": [], "handoff": None},
    ]

    async def unit(connection):
        await connection.execute(
            insert(conversations).values(
                id="c1",
                channel="web",
                state=to_json(ConversationState()),
                customer=to_json(reference),
                person_ref="p1",
                salt=b"0" * 16,
                created_at=ASKED,
                updated_at=ASKED,
            )
        )
        for seq, payload in enumerate(payloads, start=1):
            await connection.execute(
                insert(events).values(
                    conversation_id="c1",
                    seq=seq,
                    version=0,
                    at=ASKED,
                    author="assistant",
                    kind="reply",
                    payload=payload,
                )
            )

    await database.write(unit)

    found = await Quarantine(database).circumstances("c1")

    assert (
        Circumstances(person_ref="p1", customer_no="4000000001", handoffs=frozenset({"todesfall"}))
        == found
    )


async def test_an_unknown_conversation_has_no_circumstances(database):
    assert Circumstances() == await Quarantine(database).circumstances("nobody")
