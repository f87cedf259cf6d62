from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import Figure, figures, states


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("29,99 €", "29.99 Euro"),
        ("1.234,56 €", "1234,56 EUR"),
        ("zehn Gigabyte", "10 GB"),
        ("10.000 MB", "10 GB"),
        ("24 Monate", "2 Jahre"),
        ("14 Tage", "2 Wochen"),
        ("1. Oktober 2025", "01.10.2025"),
        ("2025-10-01", "01.10.2025"),
        ("64 kbit/s", "0,064 Mbit/s"),
        ("einer Frist von einem Monat", "1 Monat"),
        ("+49 30 23125000", "030 23125000"),
        ("zweiundzwanzig Euro", "22,00 €"),
        ("14:30 Uhr", "14.30 Uhr"),
        ("§ 58 Abs. 3", "§ 58 Absatz 3"),
    ],
)
def test_two_ways_of_writing_a_figure_are_the_same_figure(one: str, other: str) -> None:
    assert figures(one) == figures(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("29,99 €", "9,99 €"),
        ("10 GB", "10 Mbit/s"),
        ("24 Monate", "24 Tage"),
        ("1. Oktober 2025", "1. Oktober 2024"),
        ("§ 58", "§ 56"),
    ],
)
def test_figures_that_differ_in_value_unit_or_date_are_different(one: str, other: str) -> None:
    assert not any(states(figures(one), figure) for figure in figures(other))


def test_an_article_is_no_number_but_one_month_is() -> None:
    assert figures("ein Vertrag mit einer Laufzeit") == frozenset()
    assert figures("einen Monat") == {Figure("Monate", "1")}


def test_a_date_without_its_year_is_found_in_the_full_date() -> None:
    assert states(figures("am 01.10.2025"), *figures("am 1. Oktober"))


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_every_amount_written_the_german_way_is_read_back(value: object) -> None:
    german = f"{value:,}".translate(str.maketrans(",.", ".,"))

    (figure,) = figures(f"Das kostet {german} €.")

    assert figure.unit == "EUR"
    assert float(figure.value) == float(str(value))


@given(st.text())
def test_no_text_whatever_breaks_the_reading_of_figures(text: str) -> None:
    assert isinstance(figures(text), frozenset)
