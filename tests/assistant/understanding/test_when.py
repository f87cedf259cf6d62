from __future__ import annotations

import pytest

from assistant.understanding.when import timeless


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
