from __future__ import annotations

from datetime import date

import pytest

from assistant.blocks import Paragraph
from assistant.build import CONTENT, Application
from assistant.messages import Reply
from assistant.written import Writer, load_prompt
from evals.figures import Judge, Question, ask_all, questions, render, write_all
from evals.liar import Liar


@pytest.fixture
def judge(application: Application) -> Judge:
    return Judge.of(application)


def price(product: str, version: str) -> Question:
    return next(
        one
        for one in questions()
        if (one.terms.product, one.terms.version) == (product, version)
        and one.value.attribute == "grundpreis"
    )


def reply(text: str) -> Reply:
    return Reply(blocks=(Paragraph(text=text),))


def test_every_figure_of_every_version_is_asked_for() -> None:
    asked = questions()

    assert len(asked) > 800
    assert {"mobil_s", "glasfaser_1000", "gebuehren", "datenpass_s"} <= {
        one.terms.product for one in asked
    }


def test_an_old_contract_is_asked_about_with_its_date() -> None:
    assert price("mobil_s", "2025-10").contract_date is None
    assert date(2024, 4, 15) == price("mobil_s", "2024-04").contract_date


@pytest.mark.parametrize(
    ("text", "right", "others", "wrong"),
    [
        ("Mobil S kostet 17,99 € monatlich.", 1, 0, 0),
        ("Mobil S kostet 19,99 € monatlich.", 0, 0, 1),
        ("Mobil S kostet 29,99 € monatlich.", 0, 0, 1),
        ("Der Anschlusspreis beträgt 29,99 €.", 0, 1, 0),
        ("Mobil M kostet 24,99 € monatlich.", 0, 1, 0),
        ("Mobil M kostet 17,99 € monatlich.", 0, 0, 1),
        ("Glasfaser 250 kostet 44,99 € monatlich.", 0, 1, 0),
        ("Das weiß ich nicht.", 0, 0, 0),
    ],
)
def test_a_figure_is_right_only_of_the_attribute_product_and_version_asked_for(
    text: str, right: int, others: int, wrong: int, judge: Judge
) -> None:
    sent = judge(price("mobil_s", "2025-10"), reply(text))

    assert (right, others, wrong) == (sent.right, sent.others, len(sent.wrong))


def test_the_figure_of_todays_version_is_wrong_for_an_old_contract(judge: Judge) -> None:
    sent = judge(price("mobil_s", "2024-04"), reply("Mobil S kostet 17,99 € monatlich."))

    assert 1 == len(sent.wrong)
    assert not sent.covered


async def test_the_liar_lies_and_what_is_sent_is_still_right(application: Application) -> None:
    liar = Liar()
    asked = questions(40)
    writer = Writer(liar, load_prompt(CONTENT / "prompts" / "answer.md"))

    alone = await write_all(application, writer, asked, "lying model alone")
    whole = await ask_all(application, asked, "no model")

    said = "".join(
        [piece async for piece in liar.stream("", "[1] P (S): Preis: 5,00 €\n\nFrage: ?")]
    )
    assert "[1]" in said
    assert 0 == alone.wrong.hits
    assert whole.covered.hits > 20
    assert "sent figures that are wrong" in render([alone, whole])
