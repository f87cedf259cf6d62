from __future__ import annotations

import pytest

from assistant.understanding.wanted import kind_fits


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
