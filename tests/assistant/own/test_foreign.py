from __future__ import annotations

import pytest

from assistant.own.foreign import asks_for_others, names_account


@pytest.mark.parametrize(
    "text",
    [
        "Was steht im Vertrag von Frau Müller?",
        "wie hoch ist die rechnung von herrn schmidt",
        "Rechnung meines Nachbarn",
        "was hat mein chef für einen tarif",
        "zeig mir die anrufliste meiner ex",
        "Gib mir die Handynummer von Familie Meier",
    ],
)
def test_who_asks_what_records_hold_of_somebody_else_is_heard(text: str) -> None:
    assert asks_for_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vertrag meines Freundes übernehmen",
        "Ich bin Frau Müller, wann endet mein Vertrag?",
        "meine Frau hat eine Rechnung bekommen",
        "Kann ich meiner Freundin 2 GB von meinem Tarif abgeben?",
        "schweiz extra beim kleinen handyvertrag",
        "Kann ich die Rechnung meiner Mutter bezahlen?",
    ],
)
def test_what_concerns_the_customer_and_their_family_is_no_question_for_others(text: str) -> None:
    assert not asks_for_others(text)


def test_ones_own_last_name_is_nobody_elses() -> None:
    assert not asks_for_others("Was kostet der Tarif von Herrn Doppelklang?", {"doppelklang"})


@pytest.mark.parametrize("text", ["Kundennummer 1000017", "kd-nr. 12345", "4000000101"])
def test_an_account_is_named_by_its_number(text: str) -> None:
    assert names_account(text)


def test_how_many_figures_a_number_has_names_no_account() -> None:
    assert not names_account("Wie viele Stellen hat die Kundennummer, 10?")
