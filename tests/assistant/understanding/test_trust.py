from __future__ import annotations

import json

import pytest

from assistant.understanding.trust import FILE, Logistic, kind_fits


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


def test_the_fitted_model_knows_every_feature_it_weighs() -> None:
    card = json.loads(FILE.read_text(encoding="utf-8"))

    for kind in (card["passages"], card["attributes"]):
        assert set(kind["weights"]) == set(kind["means"]) == set(kind["spreads"])
    assert {"purpose", "fitted_on", "date", "cross_validation"} <= set(card)
    assert "answers_locked.jsonl" not in card["fitted_on"]["sets"]


def test_trust_is_a_probability_and_grows_with_a_feature_that_speaks_for_it() -> None:
    trust = Logistic(weights={"x": 2.0}, means={"x": 0.0}, spreads={"x": 1.0}, bias=0.0)

    assert 0.5 == trust.of({"x": 0.0})
    assert 0 < trust.of({"x": -50.0}) < trust.of({"x": 1.0}) < 1
