"""English through the door that people use: the same facts, sentences in English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from fakes import FakeModel

from assistant.blocks import Quotation, Table
from assistant.build import Application
from assistant.customers.system import READ
from assistant.messages import CustomerRef, Message, Reply

Say = Callable[..., Message]
Asking = Callable[..., Awaitable[Reply]]


@pytest.mark.parametrize(
    ("english", "german", "said"),
    [
        ("How much is Mobil M per month?", "Was kostet Mobil M?", "Mobil M costs €24.99 per month"),
        ("How many GB does Mobil S include?", "Wie viel GB hat Mobil S?", "10\u00a0GB per month"),
        ("How fast is DSL 100?", "Wie schnell ist DSL 100?", "up to 100\u00a0Mbit/s"),
        ("Does Mobil S have 5G?", "Hat Mobil S 5G?", "5G is included in Mobil S."),
        ("How much is a replacement SIM card?", "Was kostet eine Ersatz-SIM-Karte?", "€9.95"),
        (
            "what is the notice period for Glasfaser 250",
            "Welche Kündigungsfrist hat Glasfaser 250?",
            "The notice period of Glasfaser 250 is 1\u00a0month",
        ),
    ],
)
async def test_an_english_question_gets_the_facts_and_sources_of_the_german_one(
    ask: Asking, english: str, german: str, said: str
) -> None:
    reply = await ask(english)
    other = await ask(german)

    assert said in reply.text
    assert ("en", "de") == (reply.language, other.language)
    assert [one.value for one in other.facts] == [one.value for one in reply.facts]
    assert other.citations == reply.citations


async def test_use_in_a_country_is_told_in_english_with_its_english_name(ask: Asking) -> None:
    reply = await ask("What are the roaming charges in Switzerland?")

    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert "For use in Switzerland, roaming zone “Weltzone 1” applies." in reply.text
    assert ("Use in: Switzerland", "Price") == table.header
    assert "€0.69 per minute" in reply.text


async def test_a_country_without_roaming_gets_the_german_rule_marked_as_german(
    ask: Asking,
) -> None:
    reply = await ask("Does roaming work in North Korea?")

    quoted = [block for block in reply.blocks if isinstance(block, Quotation)]
    assert "North Korea is not on our list" in reply.text
    assert ["de"] == [block.lang for block in quoted]


async def test_a_quotation_has_an_english_lead_and_is_marked_as_german(ask: Asking) -> None:
    reply = await ask("Is there help in sign language?")

    assert "says, in German:" in reply.text or "German document" in reply.text
    assert ["de"] == [block.lang for block in reply.blocks if isinstance(block, Quotation)]


async def test_a_german_quotation_in_a_german_reply_is_not_marked(ask: Asking) -> None:
    reply = await ask("Gibt es Hilfe in Gebärdensprache?")

    assert [None] == [block.lang for block in reply.blocks if isinstance(block, Quotation)]


async def test_what_is_not_recognised_stays_in_the_conversations_language(ask: Asking) -> None:
    await ask("How much is Mobil M?")

    follow_up = await ask("Mobil L?")
    german = await ask("Und was kostet Mobil S?")
    stays = await ask("Mobil L?")

    assert ["en", "de", "de"] == [one.language for one in (follow_up, german, stays)]


async def test_a_conversation_opened_in_english_is_greeted_in_english(
    application: Application, say: Say
) -> None:
    greeting = await application.assistant.open("c1", channel="web", locale="en-GB")
    reply = await application.assistant.respond(say("Mobil M"))

    assert reply is not None
    assert "AI assistant" in greeting.text
    assert ("en", "en") == (greeting.language, reply.language)


async def test_an_english_follow_up_takes_the_product_from_before(ask: Asking) -> None:
    await ask("How much is Mobil M?")

    reply = await ask("And how long does it run?")

    assert "The minimum term of Mobil M is 24\u00a0months." in reply.text


@pytest.mark.parametrize(
    "text", ["I want to talk to a person", "agent please", "connect me with someone real"]
)
async def test_a_person_comes_after_one_english_sentence(ask: Asking, text: str) -> None:
    reply = await ask(text)

    assert reply.handoff is not None
    assert "I am connecting you with customer service." in reply.text
    assert ["Continue with the assistant after all"] == [one.title for one in reply.choices]


async def test_an_english_emergency_is_told_the_number_at_once(ask: Asking) -> None:
    reply = await ask("My flat is on fire, please help")

    assert reply.handoff is not None
    assert reply.handoff.urgent
    assert "112" in reply.text


async def test_an_empty_message_is_answered_in_the_conversations_language(ask: Asking) -> None:
    await ask("How much is Mobil M?")

    reply = await ask("   ")

    assert not reply.answered
    assert "Your message was empty." in reply.text
    assert ["Talk to a person"] == [one.title for one in reply.choices]


async def test_own_data_are_read_out_in_german_and_marked_so(
    application: Application, say: Say
) -> None:
    customer = CustomerRef(customer_no="4000000119", level=READ)
    await application.assistant.open("c1", channel="web", customer=customer)

    reply = await application.assistant.respond(say("Why is my bill so high?", customer=customer))

    assert reply is not None
    assert "only in German" in reply.blocks[0].text  # type: ignore[union-attr]
    assert {"de"} == {block.lang for block in reply.blocks[1:]}


async def test_a_models_english_is_never_sent(
    with_model: Application, say: Say, model: FakeModel
) -> None:
    model.enqueue("Mobil M costs €9.99 per month. [1]")
    await with_model.assistant.open("c1", channel="web")

    reply = await with_model.assistant.respond(say("Is there help in sign language?"))

    assert reply is not None
    assert reply.generated_by is None
    assert "9.99" not in reply.text
    assert [] == model.asked
