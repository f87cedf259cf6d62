"""The survey through the spine: what the customer reads and what the log then holds."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from assistant.assistant import Assistant
from assistant.blocks import Paragraph
from assistant.messages import Ask, CustomerRef, Delivery, Handoff, Message, Reply, no_draft
from assistant.questionnaires import FOLDER, load_questionnaires
from assistant.store.conversations import Conversations
from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.quarantine import Quarantine
from assistant.store.schema import conversations, survey_events, survey_reasons
from assistant.store.survey_log import verify
from assistant.survey import survey
from assistant.texts import load_texts
from assistant.wire import to_json

QUESTIONNAIRES = load_questionnaires()
TEXTS = load_texts(FOLDER.parent / "texts" / "de.yaml")
THANKS = "Danke für Ihre Rückmeldung."
WHY = "Was ist der wichtigste Grund für Ihre Bewertung?"


async def rest_of_the_house(ask: Ask, draft: object) -> Reply:
    """Answer like the responders behind the survey would, as far as the survey can tell."""
    if ask.message.author == "agent":
        return Reply(blocks=(Paragraph(text=ask.text),), speaker="agent", agent=ask.message.agent)
    if "verstorben" in ask.text:
        handoff = Handoff(reason="todesfall", label="Todesfall", summary="")
        return Reply(blocks=(Paragraph(text="Ein Mensch kommt."),), handoff=handoff)
    return Reply(blocks=(Paragraph(text=f"Antwort auf: {ask.text}"),))


def ask_of(choice, state):
    message = Message(
        id="x",
        conversation_id="c1",
        channel="web",
        text="",
        sent_at=datetime(2026, 11, 22, 11, 0, tzinfo=UTC),
        kind="survey",
        choice_id=choice,
    )
    return Ask(message=message, text="", state=state, on=date(2026, 11, 22))


@dataclass
class House:
    """One house with a clock that the test moves, and a pen for each customer."""

    database: object
    now: datetime = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    channel: str = "web"
    sent: int = 0
    assistant: Assistant = field(init=False)

    def __post_init__(self):
        store = Conversations(self.database, lambda: self.now)
        responder = survey(QUESTIONNAIRES, Quarantine(self.database), TEXTS, lambda: self.now)
        self.assistant = Assistant(
            responders=(("survey", responder), ("rest", rest_of_the_house)),
            conversations=store,
            texts=TEXTS,
            remarks=(),
        )

    async def open(self, conversation="c1", person=None, customer=None, channel="web"):
        self.channel = channel
        await self.assistant.open(conversation, channel=channel, person_ref=person)
        if customer is not None:
            await self.database.write(
                lambda connection: connection.execute(
                    update(conversations).values(
                        customer=to_json(CustomerRef(customer_no=customer, level=1))
                    )
                )
            )

    async def hear(self, text="", conversation="c1", **more):
        self.sent += 1
        return await self.assistant.respond(
            Message(
                id=f"m{self.sent}",
                conversation_id=conversation,
                channel=self.channel,
                text=text,
                sent_at=self.now,
                **more,
            )
        )

    async def end(self, conversation="c1", reason="customer", **more):
        return await self.hear(conversation=conversation, kind="closed", reason=reason, **more)

    async def choose(self, choice, text="", conversation="c1"):
        return await self.hear(text, conversation, kind="survey", choice_id=choice)

    async def asked(self, conversation="c1", **more):
        await self.open(conversation, **more)
        await self.hear("Was kostet der Tarif?", conversation)
        return await self.end(conversation)

    async def log(self, *columns):
        wanted = [survey_events.c[name] for name in columns or ("stage",)]
        async with self.database.read() as connection:
            rows = await connection.execute(select(*wanted).order_by(survey_events.c.id))
            return [row[0] if len(wanted) == 1 else tuple(row) for row in rows]

    async def state(self, conversation="c1"):
        return (await self.assistant.conversations.find(conversation)).state


@pytest.fixture
async def house(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(database)
    yield House(database)
    await database.close()


async def test_ending_a_conversation_offers_the_approved_question(house):
    reply = await house.asked()

    assert QUESTIONNAIRES.current("consumer_t").prompt == reply.survey
    assert TEXTS.abschied == reply.text
    assert (await house.state()).status == "closed"
    assert await house.log("stage", "programme_id", "questionnaire_version", "handled_by") == [
        ("eligible", "consumer_t", "2026-11", "bot"),
        ("offered", "consumer_t", "2026-11", "bot"),
    ]


async def test_an_anonymous_visitor_is_asked_and_the_missing_quarantine_recorded(house):
    await house.asked()
    await house.choose("shown")

    assert await house.log("quarantine") == ["unenforceable"] * 3


async def test_a_known_person_is_asked_under_quarantine(house):
    await house.asked(person="p1")

    assert await house.log("quarantine", "person_ref") == [("enforced", "p1")] * 2


@pytest.mark.parametrize("reason", ["customer", "agent", "silence"])
async def test_the_question_comes_whoever_ends_the_conversation(house, reason):
    await house.open()
    await house.hear("Was kostet der Tarif?")

    agent = "Kim Beispiel" if reason == "agent" else None
    reply = await house.end(reason=reason, author="agent" if agent else "customer", agent=agent)

    assert reply.survey is not None


@pytest.mark.parametrize("score", range(11))
async def test_every_score_is_met_with_the_same_words(house, score):
    await house.asked()
    await house.choose("shown")

    asked = await house.choose(f"score:{score}")
    thanked = await house.choose("why", "Die Antwort kam schnell.")

    assert (asked.text, thanked.text) == (WHY, THANKS)
    assert [("shown", None), ("score", score), ("why", None)] == (
        await house.log("stage", "score")
    )[2:]


async def test_showing_the_form_says_nothing_and_counts_once(house):
    await house.asked()

    assert await house.choose("shown") is None
    assert await house.choose("shown") is None
    assert await house.log() == ["eligible", "offered", "shown"]


async def test_the_reason_is_kept_in_the_customers_words(house):
    await house.asked()
    await house.choose("score:4")
    await house.choose("why", "  Zu lange in der Warteschleife.  ")

    async with house.database.read() as connection:
        assert list(await connection.scalars(select(survey_reasons.c.reason))) == [
            "Zu lange in der Warteschleife."
        ]


async def test_a_second_score_is_met_politely_and_changes_nothing(house):
    await house.asked()
    await house.choose("score:2")

    assert (await house.choose("score:10")).text == THANKS
    await house.choose("why", "Zu teuer")
    assert (await house.choose("score:10")).text == THANKS
    assert [score for score in await house.log("score") if score is not None] == [2]


@pytest.mark.parametrize("choice", ["declined", "why"])
async def test_skipping_the_reason_is_no_refusal_of_the_survey(house, choice):
    await house.asked(person="p1")
    await house.choose("score:7")

    thanked = await house.choose(choice, "   ")
    again = await house.asked("c2", person="p1")

    assert (thanked.text, (await house.state()).survey) == (THANKS, "done")
    assert again.survey is None
    assert (await house.log("rule_id"))[-1] == "quarantaene_beantwortet"


async def test_declining_is_thanked_for_like_a_score_and_final(house):
    await house.asked()

    assert (await house.choose("declined")).text == THANKS
    assert (await house.choose("score:10")).text == THANKS
    assert await house.log() == ["eligible", "offered", "declined"]


async def test_who_has_answered_may_still_object_to_further_questions(house):
    await house.asked(person="p1")
    await house.choose("score:7")
    await house.choose("why", "Passt")

    assert (await house.choose("never_again")).text == THANKS
    assert (await house.log())[-1] == "never_again"


@pytest.mark.parametrize(
    "choice",
    ["score:11", "score:-1", "score:7,5", "score:", "score:٣", "score:07", "why", "", "promoter"],
)
async def test_an_input_that_is_no_answer_is_asked_for_again_in_neutral_words(house, choice):
    await house.asked()

    reply = await house.choose(choice, "Grund")

    assert QUESTIONNAIRES.current("consumer_t").again == reply.text
    assert await house.log() == ["eligible", "offered"]
    assert (await house.state()).survey == "open"


async def test_a_typed_number_in_the_web_chat_is_an_ordinary_message(house):
    await house.asked()

    reply = await house.hear("8")

    assert reply.text == "Antwort auf: 8"
    assert await house.log() == ["eligible", "offered"]


async def test_an_input_without_a_question_is_ignored(house):
    await house.open()
    await house.hear("Was kostet der Tarif?")

    assert await house.choose("score:9") is None
    assert await house.log() == []


async def test_a_conversation_taken_up_again_is_answered_and_not_asked_twice(house):
    await house.asked()
    await house.choose("score:9")

    answer = await house.hear("Und was kostet die Option?")
    end = await house.end()

    assert answer.text == "Antwort auf: Und was kostet die Option?"
    assert end.survey is None
    assert (await house.log("stage", "rule_id"))[-1] == ("suppressed", "einmal_je_gespraech")


async def test_ending_twice_leaves_the_open_question_open(house):
    await house.asked()

    assert await house.end() is None
    assert (await house.choose("score:6")).text == WHY


async def test_nobody_is_asked_about_a_conversation_that_never_began(house):
    await house.open()

    reply = await house.end()

    assert (TEXTS.abschied, None) == (reply.text, reply.survey)
    assert await house.log("stage", "rule_id") == [("suppressed", "kein_gespraech")]


async def test_a_customer_whose_questions_all_failed_is_asked_like_any_other(house):
    async def knows_nothing(ask, draft):
        return Reply(blocks=(Paragraph(text="Das weiß ich nicht."),), answered=False)

    responders = (house.assistant.responders[0], ("fallback", knows_nothing))
    house.assistant = Assistant(
        responders=responders,
        conversations=house.assistant.conversations,
        texts=TEXTS,
        remarks=(),
    )

    reply = await house.asked()

    assert reply.survey is not None


async def test_after_a_bereavement_nobody_is_asked(house):
    await house.open()
    await house.hear("mein mann ist verstorben")

    reply = await house.end()

    assert reply.survey is None
    assert await house.log("stage", "rule_id") == [("suppressed", "anlass_todesfall")]


@pytest.mark.parametrize(
    ("given", "rule_id"),
    [
        ({"customer": "9000000001"}, "testkonto"),
        ({"customer": "9100000001"}, "mitarbeiterkonto"),
        ({"channel": "eval"}, "pruefkanal"),
    ],
)
async def test_tests_and_staff_are_not_asked(house, given, rule_id):
    reply = await house.asked(**given)

    assert reply.survey is None
    assert [("suppressed", rule_id)] == await house.log("stage", "rule_id")


@pytest.mark.parametrize(
    ("choice", "days", "rule_id"),
    [
        ("score:3", 90, "quarantaene_beantwortet"),
        ("shown", 30, "quarantaene_unbeantwortet"),
        ("declined", 180, "quarantaene_abgelehnt"),
    ],
)
async def test_a_person_is_asked_again_only_after_the_quarantine(house, choice, days, rule_id):
    await house.asked("c1", person="p1")
    await house.choose(choice, conversation="c1")

    house.now += timedelta(days=days) - timedelta(minutes=1)
    too_soon = await house.asked("c2", person="p1")
    suppressed = (await house.log("stage", "rule_id"))[-1]
    house.now += timedelta(minutes=2)
    in_time = await house.asked("c3", person="p1")

    assert too_soon.survey is None
    assert ("suppressed", rule_id) == suppressed
    assert in_time.survey is not None


async def test_an_anonymous_visitor_cannot_be_kept_from_a_second_question(house):
    await house.asked("c1")
    await house.choose("score:3", conversation="c1")

    again = await house.asked("c2")

    assert again.survey is not None


async def test_an_agents_answer_makes_a_conversation_mixed(house):
    await house.open()
    await house.hear("Was kostet der Tarif?")
    await house.hear("Ich schaue nach.", author="agent", agent="Kim Beispiel")

    await house.end()

    assert await house.log("handled_by") == ["mixed"] * 2


async def test_the_whole_way_leaves_a_chain_that_holds(house):
    await house.asked(person="p1")
    for choice in ("shown", "score:8", "why", "never_again"):
        await house.choose(choice, "Gut erklärt")

    assert await house.log() == ["eligible", "offered", "shown", "score", "why", "never_again"]
    async with house.database.read() as connection:
        assert await verify(connection) is None


async def test_showing_the_form_is_recorded_and_not_sent(house):
    await house.asked()
    respond = survey(QUESTIONNAIRES, Quarantine(house.database), TEXTS)

    reply = await respond(ask_of("shown", await house.state()), no_draft)

    assert (reply.delivery, reply.survey, reply.blocks) == (Delivery.SILENT, None, ())
