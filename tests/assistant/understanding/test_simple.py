from __future__ import annotations

import pytest

from assistant.understanding.simple import without_wish


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Wie kündige ich? Bitte in einfacher Sprache.", "Wie kündige ich?"),
        ("in leichter sprache: wie kündige ich", "wie kündige ich"),
        ("Internet weg, was nun? bitte einfach erklären", "Internet weg, was nun?"),
        ("Erklären Sie mir das in einfachen Worten", ""),
    ],
)
def test_the_wish_for_simple_language_is_taken_out_of_the_question(text: str, asked: str) -> None:
    assert asked == without_wish(text)


@pytest.mark.parametrize(
    "text", ["Wie kündige ich einfach?", "Das geht einfach nicht", "Einfache Fahrt nach Leipzig"]
)
def test_something_simple_is_no_wish_for_simple_language(text: str) -> None:
    assert without_wish(text) is None
