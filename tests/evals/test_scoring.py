"""Each outcome, on answers written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.scoring import OWN_DATA, Case, Given, Outcome, is_right, score

PRICE = Case(
    id="p1",
    text="Was kostet Mobil M?",
    answerable=True,
    kind="preis",
    documents=("mobil_m", "preisliste"),
    figures=("24,99 €",),
    phrases=(("monatlich", "im monat"),),
    wrong=("29,99 €",),
)
UNKNOWN = Case(id="u1", text="Was kostet ein Toaster?", answerable=False, kind="fremd")
OWN = Case(id="o1", text="Wie hoch ist meine Rechnung?", answerable=False, kind=OWN_DATA)
RIGHT = Given(
    text="Mobil M kostet 24,99 € monatlich.", answered=True, documents=("preisliste", "agb")
)
LOG_IN = Given(text="Bitte melden Sie sich an.", answered=True, login=True)
NOTHING = Given(text="Dazu finde ich nichts.", answered=False)


def test_figures_phrases_and_one_acceptable_source_make_an_answer_right() -> None:
    assert Outcome.CITED == score(PRICE, RIGHT)


def test_a_right_answer_with_another_source_is_not_cited() -> None:
    assert Outcome.UNCITED == score(PRICE, replace(RIGHT, documents=("agb",)))


def test_a_right_answer_without_a_source_is_not_cited() -> None:
    assert Outcome.UNCITED == score(PRICE, replace(RIGHT, documents=()))


def test_a_wrong_figure_beside_the_right_one_misleads() -> None:
    given = replace(RIGHT, text="24,99 € monatlich, früher 29,99 €.")

    assert Outcome.MISLEADING == score(PRICE, given)


def test_another_figure_in_the_unit_asked_for_misleads_although_nobody_listed_it() -> None:
    given = replace(RIGHT, text="Mobil M kostet 19,99 € monatlich.")

    assert Outcome.MISLEADING == score(PRICE, given)


def test_a_figure_in_another_unit_is_beside_the_point() -> None:
    given = replace(RIGHT, text="Mobil M hat 20 GB und läuft 24 Monate.")

    assert Outcome.BESIDE == score(PRICE, given)


def test_one_of_two_figures_right_and_no_other_is_beside_the_point() -> None:
    case = replace(PRICE, figures=("24,99 €", "39,99 €"))

    assert Outcome.BESIDE == score(case, RIGHT)


def test_a_missing_figure_with_another_in_its_place_misleads_although_the_first_is_right() -> None:
    case = replace(PRICE, figures=("24,99 €", "39,99 €"))
    given = replace(RIGHT, text="24,99 € monatlich, Anschluss 49,99 €.")

    assert Outcome.MISLEADING == score(case, given)


def test_the_right_figure_without_the_phrase_is_beside_the_point() -> None:
    given = replace(RIGHT, text="Mobil M kostet einmalig 24,99 €.")

    assert Outcome.BESIDE == score(PRICE, given)


def test_every_group_of_phrases_needs_a_hit() -> None:
    case = replace(PRICE, phrases=(("monatlich",), ("brutto", "mit mehrwertsteuer")))

    assert Outcome.BESIDE == score(case, RIGHT)


def test_not_knowing_an_answer_is_a_refusal() -> None:
    assert Outcome.REFUSED == score(PRICE, NOTHING)


def test_asking_for_a_login_instead_of_answering_is_a_refusal() -> None:
    assert Outcome.REFUSED == score(PRICE, LOG_IN)


def test_a_refusal_that_states_a_wrong_figure_misleads() -> None:
    given = replace(NOTHING, text="Das weiß ich nicht; es waren 29,99 €.")

    assert Outcome.MISLEADING == score(PRICE, given)


def test_a_right_passage_shown_with_reservation_is_no_answer_but_no_refusal_either() -> None:
    assert Outcome.OFFERED == score(PRICE, replace(RIGHT, answered=False))


def test_a_reservation_does_not_excuse_a_figure_where_one_was_asked_for() -> None:
    assert Outcome.MISLEADING == score(UNKNOWN, replace(RIGHT, answered=False))


def test_refusing_what_nobody_can_answer_is_right() -> None:
    outcome = score(UNKNOWN, NOTHING)

    assert Outcome.REFUSED == outcome
    assert is_right(UNKNOWN, outcome)
    assert not is_right(PRICE, outcome)


def test_a_figure_for_what_nobody_can_answer_misleads() -> None:
    assert Outcome.MISLEADING == score(UNKNOWN, RIGHT)


def test_a_quotation_without_figures_for_what_nobody_can_answer_is_beside_the_point() -> None:
    given = Given(text="Toaster gehören nicht in die Badewanne.", answered=True)

    assert Outcome.BESIDE == score(UNKNOWN, given)


def test_a_figure_is_beside_the_point_where_nobody_asked_for_one() -> None:
    case = replace(UNKNOWN, text="Verkaufen Sie Toaster?")

    assert Outcome.BESIDE == score(case, RIGHT)


def test_own_data_ask_for_a_login() -> None:
    assert Outcome.REFUSED == score(OWN, LOG_IN)


def test_a_general_refusal_of_own_data_is_neither_right_nor_a_wrong_answer() -> None:
    outcome = score(OWN, NOTHING)

    assert Outcome.UNHINTED == outcome
    assert not is_right(OWN, outcome)


@pytest.mark.parametrize("answered", [True, False])
def test_a_figure_beside_the_login_hint_misleads(answered: bool) -> None:
    given = replace(LOG_IN, text="Melden Sie sich an. Üblich sind 24,99 €.", answered=answered)

    assert Outcome.MISLEADING == score(OWN, given)
