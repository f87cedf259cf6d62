"""Own data in a conversation: with proof only, of the contract that is meant, and never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.customers.system import CustomerSystemAway, NotFound, ProofOfAnother
from assistant.messages import EvidenceKind

LEFT = "Wie viel Datenvolumen habe ich noch?"


async def test_without_proof_there_is_a_hint_to_log_in_and_nothing_is_read(house):
    reply = await house.say(LEFT, None)

    assert "Melden Sie sich im Kundenportal" in reply.text
    assert [] == house.system.read


async def test_a_weak_proof_is_told_to_log_in(house, proven):
    reply = await house.say(LEFT, proven(101, 1))

    assert "Melden Sie sich im Kundenportal" in reply.text
    assert () == reply.facts


async def test_a_proof_that_is_not_the_conversations_own_proves_nothing(house, proven):
    await house.say("Hallo", proven(101))

    stolen = await house.say(LEFT, proven(109))

    assert "Melden Sie sich im Kundenportal" in stolen.text
    assert () == stolen.facts


async def test_whoever_types_a_number_gets_nothing_of_it(house, proven):
    anonymous = await house.say("Wie viel Datenvolumen hat Kunde 4000000101 noch?", None)
    stranger = await house.say(
        "Wie viel Datenvolumen habe ich auf der 0171 3920009 noch?", proven(101), conversation="c2"
    )
    contract = await house.say(
        "Wann endet Vertrag V-40000109-1? Wann muss ich spätestens kündigen?",
        proven(101),
        conversation="c2",
    )

    assert {EvidenceKind.PASSAGE} >= {fact.evidence.kind for fact in anonymous.facts}
    assert "keinen Vertrag" in stranger.text
    assert () == stranger.facts
    assert "4000000109" not in str(house.system.read)
    assert "31.03.2027" not in contract.text


async def test_two_customers_in_two_conversations_get_their_own(house, proven):
    wilma = await house.say(LEFT, proven(101), conversation="a")
    ottilie = await house.say(LEFT, proven(103), conversation="b")

    assert "12,7\u00a0GB" in wilma.text
    assert "unbegrenzt" in ottilie.text
    assert {"4000000101", "4000000103"} == {number for _, number in house.system.read}


async def test_of_several_contracts_the_one_that_is_chosen_answers_and_is_remembered(house, proven):
    rudi = proven(109)
    which = await house.say(LEFT, rudi)
    chosen = await house.say(
        which.choices[1].title, rudi, kind="choice", choice_id=which.choices[1].id
    )
    later = await house.say("Wann muss ich spätestens kündigen?", rudi)

    assert ["Mobil L (0171 3920009)", "Mobil S (0171 3920019)"] == [
        choice.title for choice in which.choices
    ]
    assert "Mobil S (0171 3920019) sind noch 0,5\u00a0GB übrig" in chosen.text
    assert "Mobil S (0171 3920019)" in later.text
    assert "30.11.2027" in later.text


@pytest.mark.parametrize(
    "answer",
    ["die 3920019", "Mobil S", "die zweite", "0171/3920019 bitte", "die 0019", "die mit 19 hinten"],
)
async def test_the_contract_can_be_named_in_words(house, proven, answer):
    rudi = proven(109)
    await house.say(LEFT, rudi)

    reply = await house.say(answer, rudi)

    assert "0,5\u00a0GB" in reply.text


async def test_another_question_instead_of_the_contract_is_answered(house, proven):
    rudi = proven(109)
    await house.say(LEFT, rudi)

    reply = await house.say("Dürft ihr mich sperren?", rudi)

    assert "zählen 0,00\u00a0€ als Rückstand" in reply.text


async def test_a_choice_of_somebody_elses_contract_chooses_nothing(house, proven):
    rudi = proven(109)
    await house.say(LEFT, rudi)

    reply = await house.say("x", rudi, kind="choice", choice_id="contract:V-40000101-1")

    assert "Um welchen Ihrer Verträge" in reply.text
    assert "12,7" not in reply.text


async def test_the_question_itself_may_say_which_contract(house, proven):
    reply = await house.say("Wie viel Datenvolumen habe ich auf der 01713920009 noch?", proven(109))

    assert "11,25\u00a0GB" in reply.text


@pytest.mark.parametrize(
    "error", [CustomerSystemAway("the line is cut"), ProofOfAnother("a mistake of ours")]
)
async def test_a_system_that_fails_costs_no_wrong_figure(build, proven, error):
    house = await build(fails=error)

    reply = await house.say(LEFT, proven(101))

    assert "gerade nicht abrufen" in reply.text
    assert (False, ()) == (reply.answered, reply.facts)
    assert ["handoff:ask"] == [choice.id for choice in reply.choices]


async def test_a_system_that_hangs_is_not_waited_for(build, proven):
    house = await build(hangs=True, patience=0.05)

    reply = await house.say(LEFT, proven(101))

    assert "gerade nicht abrufen" in reply.text
    assert () == reply.facts


async def test_a_system_that_hangs_does_not_hold_up_a_general_question(build, proven):
    house = await build(hangs=True, patience=0.05)

    reply = await house.say("Was kostet Mobil XL?", proven(101))

    assert "54,99\u00a0€" in reply.text
    assert [] == house.system.read


async def test_a_customer_the_system_does_not_know_is_told_so(house, build, proven):
    unknown = await house.say(LEFT, proven(999))
    failing = await build(fails=NotFound("no such record"))

    reply = await failing.say(LEFT, proven(101), conversation="c9")

    assert "kein Kundenkonto" in unknown.text
    assert "kein Kundenkonto" in reply.text


async def test_without_a_customer_system_it_says_that_data_cannot_be_read(
    indexed_home, tmp_path, proven
):
    from fakes import SURE, FakeClock, FakeSearch

    from assistant.build import assemble
    from assistant.messages import Message
    from knowledge_base.settings import Settings

    settings = Settings(
        home=indexed_home,
        database_url=f"sqlite:///{tmp_path / 'aura.db'}",
        customer_system="none",
    )
    built = await assemble(settings, clock=FakeClock(), search=FakeSearch(indexed_home), trust=SURE)
    await built.assistant.open("c1", channel="web", customer=proven(101))
    message = Message(
        id="m1",
        conversation_id="c1",
        channel="web",
        text=LEFT,
        sent_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        customer=proven(101),
    )

    reply = await built.assistant.respond(message)
    await built.aclose()

    assert reply is not None
    assert "gerade nicht abrufen" in reply.text


async def test_for_a_holder_who_has_died_a_person_takes_over(house, proven):
    house.mean("rechnung")

    reply = await house.say("Wie hoch ist die letzte Rechnung?", proven(114))

    assert reply.handoff is not None
    assert "todesfall" == reply.handoff.reason
    assert "34,99" not in reply.text


async def test_a_person_is_one_turn_away_also_for_the_proven(house, proven):
    rudi = proven(109)
    await house.say(LEFT, rudi)

    reply = await house.say("Mitarbeiter", rudi)

    assert reply.handoff is not None


async def test_several_questions_are_answered_in_their_order(house, proven):
    reply = await house.say(
        "Wie viel Datenvolumen habe ich noch? Wann muss ich spätestens kündigen?", proven(101)
    )

    assert reply.text.index("12,7\u00a0GB") < reply.text.index("jederzeit kündigen")


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet Mobil XL?",
        "Wie viel kostet Mobil L im Monat?",
        "Was ist der Unterschied zwischen Mobil S und Mobil M?",
    ],
)
async def test_a_general_question_is_answered_generally(house, proven, text):
    known = await house.say(text, proven(101), conversation="known")
    anonymous = await house.say(text, None, conversation="anonymous")

    assert anonymous.text == known.text
    assert [] == house.system.read


async def test_a_follow_up_stays_with_the_contract(house, proven):
    wilma = proven(101)
    await house.say("Ist 5G in meinem Tarif enthalten?", wilma)

    reply = await house.say("Und wie hoch ist der Anschlusspreis?", wilma)

    assert "Fassung 2024-04" in reply.text


@pytest.mark.parametrize(
    "text",
    ["x" * 4_000, "😀" * 50, "Wie viel habe ich am 31.02.2026 verbraucht?", "'; DROP--", "мой"],
)
async def test_bad_input_of_a_proven_customer_gets_a_clear_reply(house, proven, text):
    house.mean()

    reply = await house.say(text, proven(101))

    assert reply.text


async def test_what_agents_may_say_is_never_answered_with_data(house, proven):
    from assistant.messages import Ask, ConversationState, Message, no_draft

    message = Message(
        id="m",
        conversation_id="c",
        channel="web",
        text=LEFT,
        sent_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        author="agent",
        customer=proven(101),
    )
    ask = Ask(message=message, text=LEFT, state=ConversationState(), on=message.sent_at.date())
    respond = dict(house.application.assistant.responders)["own"]

    assert await respond(ask, no_draft) is None
    assert await respond(replace(ask, message=replace(message, author="customer")), no_draft)


async def test_who_may_mean_one_of_several_things_is_asked_which(house, proven):
    wilma = proven(101)
    house.mean("tarif", "inhaber", "rechnung")
    back = await house.say("Was ist daraus geworden?", wilma)
    house.mean()

    reply = await house.say(
        back.choices[2].title, wilma, kind="choice", choice_id=back.choices[2].id
    )

    assert "Meinen Sie eine dieser Auskünfte" in back.text
    assert () == back.facts
    assert "handoff:ask" == back.choices[-1].id
    assert "R-2026-10-101" in reply.text


async def test_how_something_is_done_is_answered_although_the_system_is_away(build, proven):
    house = await build(fails=CustomerSystemAway("the line is cut"))

    reply = await house.say("Wie sperre ich meine SIM-Karte?", proven(101))

    assert "gerade nicht abrufen" not in reply.text
    assert reply.citations
