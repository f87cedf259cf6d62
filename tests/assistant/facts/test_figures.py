from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.figures import IMPOSSIBLE, Figure, figures, found_in, states
from knowledge_base.wording import amount, day


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
        ("anderthalb Jahre", "18 Monate"),
        ("ein halbes Jahr", "6 Monate"),
        ("eine halbe Stunde", "0,5 Stunden"),
        ("zweihundertfünfzig MBit/s", "0,25 Gbit/s"),
        ("eine 24-monatige Laufzeit", "zweijährige Bindung"),
        ("19 %", "neunzehn Prozent"),
        ("5,– €", "€ 5,00"),
        ("1\u202f000 €", "tausend Euro"),
        ("3 bis 5 Werktage", "zwischen drei und fünf Werktagen"),
        ("10–20 €", "10,00 bis 20,00 €"),
        ("8 bis 20 Uhr", "von 8:00 bis 20:00 Uhr"),
        ("§§ 54 und 55 TKG", "§ 54 TKG und § 55 TKG"),
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
        ("5 Werktage", "5 Arbeitstage"),
        ("29.02.2028", "29.02.2026"),
    ],
)
def test_figures_that_differ_in_value_unit_or_date_are_different(one: str, other: str) -> None:
    assert not any(states(figures(one), figure) for figure in figures(other))


def test_an_article_is_no_number_but_one_month_is() -> None:
    assert figures("ein Vertrag mit einer Laufzeit") == frozenset()
    assert figures("einen Monat") == {Figure("Monate", "1")}


def test_a_date_without_its_year_is_found_in_the_full_date() -> None:
    assert states(figures("am 01.10.2025"), *figures("am 1. Oktober"))


@pytest.mark.parametrize(
    ("text", "binds", "per"),
    [
        ("bis zu 300 Mbit/s", "bis zu", None),
        ("höchstens 24 Monate", "bis zu", None),
        ("mindestens 60,00 €", "ab", None),
        ("ab 5,99 € monatlich", "ab", "Monat"),
        ("etwa 3 Stunden", "etwa", None),
        ("0,19 € je Minute", None, "Minute"),
        ("einmalig 29,99 €", None, "einmalig"),
        ("monatlich fallen 24,99 € an", None, "Monat"),
        ("24,99 €", None, None),
    ],
)
def test_how_far_a_figure_binds_and_what_it_is_for_are_read(
    text: str, binds: str | None, per: str | None
) -> None:
    (found,) = found_in(text)

    assert (binds, per) == (found.binds, found.per)


def test_both_ends_of_a_range_are_bounds() -> None:
    first, last = found_in("Die Lieferung dauert 3 bis 5 Werktage.")

    assert (Figure("Werktage", "3"), "ab") == (first.figure, first.binds)
    assert (Figure("Werktage", "5"), "bis zu") == (last.figure, last.binds)


@pytest.mark.parametrize("text", ["31.02.2026", "am 30. Februar", "2026-13-01", "29.02.2026"])
def test_a_date_that_no_calendar_has_is_evidenced_by_nothing(text: str) -> None:
    (figure,) = figures(text)

    assert IMPOSSIBLE == figure.unit
    assert not states(figures(text), figure)


def test_a_month_is_found_in_a_date_of_it() -> None:
    (month,) = figures("im Oktober 2025")

    assert states(figures("ab 01.10.2025"), month)
    assert not states(figures("ab 01.11.2025"), month)


def test_a_paragraph_is_found_in_one_of_its_clauses_but_no_clause_in_another() -> None:
    assert states(figures("§ 57 Absatz 3 TKG"), *figures("§ 57 TKG"))
    assert not states(figures("§ 57 Absatz 3 TKG"), *figures("§ 57 Abs. 1 TKG"))


@given(
    st.decimals(min_value=0, max_value=9_999_999, places=2),
    st.sampled_from(("EUR", "GB", "Mbit/s", "Tage", "Stunden", "Minuten", "Monate")),
)
def test_every_amount_that_we_write_is_read_back(value: Decimal, unit: str) -> None:
    (found,) = found_in(f"Es sind {amount(value, unit)}.")

    assert unit == found.figure.unit
    assert value == Decimal(found.figure.value)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_that_we_write_is_read_back_as_its_other_spellings_are(value: date) -> None:
    (found,) = figures(f"Seit {day(value)} gilt das.")

    assert f"--{value:%m-%d-%Y}" == found.value
    assert (
        {found} == figures(f"{value:%Y-%m-%d}") == figures(f"{value.day}.{value.month}.{value:%Y}")
    )


@given(st.text())
def test_no_text_whatever_breaks_the_reading_of_figures(text: str) -> None:
    for found in found_in(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.text(alphabet="0123456789.,-–:/ €%§abGMBituroJhsnem()+", max_size=40))
def test_no_heap_of_digits_and_units_breaks_the_reading_of_figures(text: str) -> None:
    assert isinstance(figures(text), frozenset)
