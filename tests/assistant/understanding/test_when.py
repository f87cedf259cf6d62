from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.when import Period, impossible_day, period_in, timeless


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("mobil l, abgeschlossen november 2024: was kostet er", "mobil l: was kostet er"),
        ("was kostet mobil m mit vertrag vom 12.3.2025?", "was kostet mobil m mit?"),
        ("handyvertrag (august 2024) umschreiben kosten", "handyvertrag umschreiben kosten"),
        ("Ich habe Mobil L seit Februar 2025. Was kostet er?", "Ich habe Mobil L. Was kostet er?"),
        ("Was kostete Mobil M im Juni 2025 regulär?", "Was kostete Mobil M regulär?"),
    ],
)
def test_dates_and_the_closing_of_a_contract_are_not_what_is_asked(
    question: str, rest: str
) -> None:
    assert rest == timeless(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele MB in 30 Tagen?",
        "Was kostet Mobil M?",
        "mein vertrag ist vom november 2024",
        "Kündigung mit Frist von 24 Monaten",
    ],
)
def test_durations_stay_and_so_does_a_question_about_nothing_but_a_date(question: str) -> None:
    assert question == timeless(question)


@pytest.mark.parametrize(
    ("question", "first", "last", "closing"),
    [
        ("mobil l, abgeschlossen november 2024", date(2024, 11, 1), date(2024, 11, 30), True),
        ("Vertrag vom 12.3.25", date(2025, 3, 12), date(2025, 3, 12), True),
        ("was kostete er am 1. Juni 2025", date(2025, 6, 1), date(2025, 6, 1), False),
        ("Im Februar 2027 in Spanien", date(2027, 2, 1), date(2027, 2, 28), False),
        ("vertrag aus 2024", date(2024, 1, 1), date(2024, 12, 31), True),
        ("anfang 2025 abgeschlossen", date(2025, 1, 1), date(2025, 12, 31), True),
        ("mobil m 2024 preis", date(2024, 1, 1), date(2024, 12, 31), False),
        ("vertrag vom maerz 2025", date(2025, 3, 1), date(2025, 3, 31), True),
    ],
)
def test_the_date_in_a_question_is_read_with_what_it_is_for(
    question: str, first: date, last: date, closing: bool
) -> None:
    assert Period(first=first, last=last, closing=closing) == period_in(question)


@pytest.mark.parametrize(
    "question", ["am 31.2.2025", "bis 24 Monate", "ruf 030 2024 an", "im März", "2000 SMS", "§ 57"]
)
def test_what_is_no_date_with_a_year_is_none(question: str) -> None:
    assert period_in(question) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Was kostet Mobil M am 31.02.2025?", "31.02.2025"),
        ("am 30. Februar", "30. Februar"),
        ("zum 31.4. kündigen", "31.4"),
        ("32.13.2025", "32.13.2025"),
        ("29.02.2025", "29.02.2025"),
        ("29 Februar 2025", "29 Februar 2025"),
        ("Vertrag vom 30.2.25", "30.2.25"),
        ("2025-02-30", "2025-02-30"),
        ("31/02/2025", "31/02/2025"),
        ("am 45.10.", "45.10"),
    ],
)
def test_a_day_that_no_calendar_has_is_found(text: str, day: str) -> None:
    assert day == impossible_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "29.02.2024",
        "am 29.2.",
        "29. Februar",
        "31.12.2025",
        "Das kostet 24.99.",
        "Ziffer 31.4. der AGB",
        "bis 24.00. Uhr",
        "10/31/2025",
        "Software 12.34.56",
        "0152 28817386",
        "Wi-Fi 6. Mai",
        "das 45 Mai-Angebot",
    ],
)
def test_a_day_of_a_leap_year_and_what_is_no_day_are_left_alone(text: str) -> None:
    assert impossible_day(text) is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d"]))
def test_no_day_of_the_calendar_is_called_impossible(day: date, written: str) -> None:
    assert impossible_day(f"Was galt am {day:{written}}?") is None
