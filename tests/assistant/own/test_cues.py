"""Cues are word beginnings in any order."""

from __future__ import annotations

import pytest

from assistant.own.cues import Cues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wann kommt jemand?", True),
        ("jemand wann KOMMT der?", True),
        ("Wann kommt niemand?", True),
        ("Wann kommt das Paket?", False),
        ("Wann kommt jemand, wenn ich umziehe?", False),
    ],
)
def test_all_parts_are_needed_and_a_barred_one_silences(text: str, expected: bool) -> None:
    cues = Cues(["kommt jemand|niemand -wenn"])

    found = cues.found_in(text)

    assert expected is found


def test_a_cue_of_barred_words_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs no word"):
        Cues(["-wenn"])
