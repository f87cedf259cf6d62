from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import FakeModel

from assistant.answer import Answer
from assistant.build import Application
from assistant.messages import Message, Reply
from assistant.understanding.boosted import Boosted
from assistant.written import Writer

Say = Callable[..., Message]
QUESTION = (
    "Innerhalb von wie vielen Wochen nach Zugang kann ich eine Rechnung beanstanden, und bis wann "
    "zahle ich den unstrittigen Teil?"
)


class Drafts:
    def __init__(self) -> None:
        self.shown: list[str] = []

    async def __call__(self, text: str) -> None:
        self.shown.append(text)


async def ask(application: Application, message: Message, drafts: Drafts) -> Reply:
    await application.assistant.open("c1", channel="web")
    reply = await application.assistant.respond(message, drafts)
    assert reply is not None
    return reply


async def test_checked_sentences_are_released_one_by_one_and_marked_as_ai(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue(
        "Eine Rechnung können Sie innerhalb von acht Wochen nach Zugang beanstanden. [?acht] "
        "Den unstrittigen Teil der Rechnung zahlen Sie bitte fristgerecht. [?unstrittigen]"
    )
    drafts = Drafts()

    reply = await ask(with_model, say(QUESTION), drafts)

    assert (drafts.shown) == [
        "Eine Rechnung können Sie innerhalb von acht Wochen nach Zugang beanstanden."
    ]
    assert reply.text.endswith("fristgerecht.")
    assert reply.generated_by is not None and reply.generated_by.model == "fake-model"
    assert reply.citations[0].excerpt


@pytest.mark.parametrize(
    "lie",
    [
        "Eine Rechnung können Sie innerhalb von 19 Wochen nach Zugang beanstanden. [?acht]",
        "Die Beanstandung kostet 4,99 €. [?acht]",
        "Talfunk schenkt Ihnen ein neues Handy.",
        "<script>alert(1)</script> Blödsinn !!! ###",
        "Rechnungen sind immer kostenlos und unbegrenzt. [?acht]",
    ],
)
async def test_an_invention_is_never_shown_and_the_documents_answer_instead(
    with_model: Application, model: FakeModel, say: Say, lie: str
) -> None:
    model.enqueue(lie)
    drafts = Drafts()

    reply = await ask(with_model, say(QUESTION), drafts)

    assert drafts.shown == []
    assert lie.split("[?")[0].strip() not in reply.text
    assert reply.generated_by is None
    assert "acht Wochen" in reply.text
    assert any(check.startswith("sentence_blocked") for check in reply.checks)


async def test_after_a_fault_the_released_sentences_stay_and_the_quotation_follows(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue(
        "Eine Rechnung können Sie innerhalb von acht Wochen nach Zugang beanstanden. [?acht] "
        "Dafür bekommen Sie 100 € Guthaben. [?acht]"
    )
    drafts = Drafts()

    reply = await ask(with_model, say(QUESTION), drafts)

    assert reply.text.startswith("Eine Rechnung können Sie innerhalb von acht Wochen")
    assert "heißt es" in reply.text
    assert "100" not in reply.text
    assert not any("100" in shown for shown in drafts.shown)


async def test_a_sentence_whose_qualifier_fails_the_check_is_not_shown_either(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue(
        "Eine Rechnung können Sie innerhalb von acht Wochen nach Zugang beanstanden. [?acht] "
        "Danach zahlen Sie 100 € Gebühr. [?acht]"
    )
    drafts = Drafts()

    reply = await ask(with_model, say(QUESTION), drafts)

    assert drafts.shown == []
    assert reply.generated_by is None


@pytest.mark.parametrize("failure", [ConnectionError("away"), ValueError("broken")])
async def test_a_model_that_breaks_off_costs_the_customer_nothing(
    with_model: Application, model: FakeModel, say: Say, failure: Exception
) -> None:
    model.enqueue("Eine Rechnung können", failure)

    reply = await ask(with_model, say(QUESTION), Drafts())

    assert "acht Wochen" in reply.text
    assert f"model_failed:{type(failure).__name__}" in reply.checks


async def test_a_model_that_hangs_is_left_and_the_documents_answer(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue("Eine Rechnung", 3600.0)
    impatient = _with_patience(with_model, 0.2)

    reply = await ask(impatient, say(QUESTION), Drafts())

    assert "acht Wochen" in reply.text
    assert "model_timeout" in reply.checks


async def test_a_model_is_asked_where_no_passage_alone_is_trusted(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue("Eine Rechnung können Sie innerhalb von acht Wochen beanstanden. [?acht]")
    doubtful = _with_trust(with_model, Boosted(names=(), bias=-10, trees=()))

    reply = await ask(doubtful, say(QUESTION), Drafts())

    assert reply.generated_by is not None
    assert "acht Wochen" in reply.text


async def test_an_exact_look_up_needs_no_model(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    reply = await ask(with_model, say("Was kostet Mobil M?"), Drafts())

    assert "24,99" in reply.text
    assert model.asked == []


async def test_personal_data_never_reaches_the_model(
    with_model: Application, model: FakeModel, say: Say
) -> None:
    model.enqueue("KEINE ANGABE")

    await ask(with_model, say(f"Ich bin 0152 28817386. {QUESTION}"), Drafts())

    assert "28817386" not in model.asked[0]
    assert "[Telefon]" in model.asked[0]


def _with_trust(application: Application, passages: Boosted) -> Application:
    house = application.assistant
    responders = tuple(
        (name, replace(one, trust=replace(one.trust, passages=passages)))
        if isinstance(one, Answer)
        else (name, one)
        for name, one in house.responders
    )
    return replace(application, assistant=replace(house, responders=responders))


def _with_patience(application: Application, seconds: float) -> Application:
    """Give the answering responder a writer that waits less long."""
    house = application.assistant
    responders = []
    for name, responder in house.responders:
        writer = getattr(responder, "writer", None)
        if isinstance(writer, Writer):
            responder = replace(  # type: ignore[type-var]
                responder, writer=replace(writer, patience=seconds)
            )
        responders.append((name, responder))
    return replace(application, assistant=replace(house, responders=tuple(responders)))
