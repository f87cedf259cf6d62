import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.typed_score import WORDS, score_in


@pytest.mark.parametrize("score", range(11))
def test_every_score_is_read_as_figure_word_and_fraction(score):
    for text in (str(score), f" {score}. ", f"{score}/10", f"{score} von 10", *WORDS[score]):
        assert score == score_in(text), text


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("acht", 8),
        ("Acht!", 8),
        ("8/10", 8),
        ("8 / 10", 8),
        ("ne 7", 7),
        ("'ne 7", 7),
        ("eine 7", 7),
        ("eine sieben bitte", 7),
        ("die 9", 9),
        ("Ich gebe eine 10.", 10),
        ("ich würde 6 sagen", 6),
        ("ich wuerde sagen 6", 6),
        ("von mir ne 3", 3),
        ("zehn von zehn", 10),
        ("acht von zehn Punkten", 8),
        ("8 Punkte", 8),
        ("0", 0),
        ("null", 0),
        ("„5“", 5),
        ("5", 5),
        ("zwo", 2),
        ("fuenf", 5),
    ],
)
def test_what_customers_type_for_a_score_is_read(text, score):
    assert score == score_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11",
        "-1",
        "−1",
        "–1",
        "7,5",
        "7.5",
        "7½",
        "100",
        "007",
        "elf",
        "8-9",
        "8 oder 9",
        "7/8",
        "8/5",
        "8/100",
        "0 bis 10",
        "von 0 bis 10",
        "10 GB",
        "10 €",
        "Note 1",
        "10%",
        "null Problem",
        "acht Tage",
        "ich habe 2 Fragen",
        "eine",
        "bitte",
        "danke",
        "keine",
        "nicht mal eine 3",
        "nie im leben eine 10",
        "8 9",
        "achtung",
        "Mitarbeiter",
    ],
)
def test_what_is_no_single_score_is_none(text):
    assert score_in(text) is None


@given(st.integers().filter(lambda number: number not in range(11)))
def test_no_number_off_the_scale_is_a_score(number):
    assert score_in(str(number)) is None


@given(st.text())
def test_any_text_gives_a_score_on_the_scale_or_none(text):
    assert score_in(text) in (None, *range(11))
