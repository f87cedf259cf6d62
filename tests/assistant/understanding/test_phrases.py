from __future__ import annotations

import pytest

from assistant.build import CONTENT
from assistant.understanding.phrases import Phrases
from assistant.understanding.wishes import load_reasons

WISH = next(r for r in load_reasons(CONTENT / "handoff.yaml") if r.id == "wunsch").phrases


@pytest.mark.parametrize(
    "text",
    [
        "Mitarbeiter bitte",
        "mensch!!",
        "kann ich mit jemand echtem reden",
        "Ich möchte mit einem Menschen sprechen.",
        "ich will nen berater",
        "verbinden Sie mich bitte",
        "kein bot mehr schreiben",
        "einen echten menschen bitte",
        "Gib mir mal einen Mitarbeiter",
        "können sie mich mit einem kollegen verbinden",
        "ich will mit keinem Roboter reden, sondern mit einem Mitarbeiter sprechen",
        "MITARBEITER",
        "hallo, ein mensch bitte",
        "can I talk to a human",
        "hotline",
    ],
)
def test_a_wish_for_a_person_is_heard_in_its_many_forms(text: str) -> None:
    assert WISH.found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bekommen Mitarbeiter von Talfunk Rabatt?",
        "Was kostet Mobil M?",
        "Wie viele Menschen arbeiten bei Talfunk?",
        "Ist die Hotline kostenlos?",
        "mein router verbindet sich nicht mit dem wlan",
        "Der Techniker war ein netter Mensch, aber das Internet geht nicht",
    ],
)
def test_a_sentence_that_merely_names_people_is_no_wish_for_one(text: str) -> None:
    assert not WISH.found_in(text)


def test_umlauts_match_with_and_without_their_e() -> None:
    assert Phrases(["(für) mich"]).found_in("fuer mich")
    assert Phrases(["fuer mich"]).found_in("FÜR mich!")


def test_a_phrase_matches_whole_words_only() -> None:
    assert not Phrases(["sim"]).found_in("simpel")


def test_an_open_bracket_is_refused_with_the_phrase_named() -> None:
    with pytest.raises(ValueError, match=r"\(a\|b"):
        Phrases(["(a|b"])
