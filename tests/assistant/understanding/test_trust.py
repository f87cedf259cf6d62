from __future__ import annotations

import json

import pytest

from assistant.understanding.trust import FILE, Trust, kind_fits


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("Was kostet das?", "Der Versand kostet 4,99 €.", 1),
        ("Was kostet das?", "Der Versand ist kostenlos.", 1),
        ("Was kostet das?", "Der Versand dauert drei Tage.", -1),
        ("Wie lange dauert das?", "Das dauert drei Tage.", 1),
        ("Wie lange dauert das?", "Das machen unsere Fachkräfte.", -1),
        ("Kann ich das?", "Ja, im Kundenportal.", 0),
    ],
)
def test_a_passage_without_the_kind_of_figure_asked_for_does_not_fit(
    question: str, text: str, fits: int
) -> None:
    assert fits == kind_fits(question, text)


def test_the_fitted_models_say_what_they_were_fitted_on_and_never_on_a_report_set() -> None:
    card = json.loads(FILE.read_text(encoding="utf-8"))

    assert {"purpose", "fitted_on", "date", "cross_validation"} <= set(card)
    assert not {"answers_locked.jsonl", "answers_natural.jsonl"} & set(card["fitted_on"]["sets"])
    assert Trust.load().passages.trees
    assert Trust.load().attributes.trees
