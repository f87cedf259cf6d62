from __future__ import annotations

from pathlib import Path

import pytest

from assistant.build import CONTENT
from assistant.texts import ContentError
from assistant.understanding.glossary import Glossary, load_glossary

NAMES = ("Mobil M", "Welt-Datenpass Tag", "Option International 100", "Glasfaser 250")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(CONTENT / "glossary" / "en.yaml")


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("How much is Mobil M per month?", "was kostet Mobil M pro monat?"),
        ("what is the notice period for Glasfaser 250", "welche kündigungsfrist hat Glasfaser 250"),
        ("How long is the Welt-Datenpass Tag valid?", "wie lange gültig ist Welt-Datenpass Tag?"),
        ("calls to the US", "anrufe nach USA"),
        ("roaming in Switzerland", "roaming in Schweiz"),
        ("a contract from May 2024", "eine vertrag von Mai 2024"),
    ],
)
def test_a_question_is_put_in_the_words_that_look_ups_know(
    glossary: Glossary, english: str, german: str
) -> None:
    assert german == glossary.german(english, NAMES)


def test_the_name_of_a_product_is_never_translated(glossary: Glossary) -> None:
    said = glossary.german("What does Option International 100 cost?", NAMES)

    assert "Option International 100" in said


def test_what_the_glossary_does_not_know_stays_english(glossary: Glossary) -> None:
    assert "Bitcoin" in glossary.german("Can I pay with Bitcoin?", NAMES)


@pytest.mark.parametrize(
    "text", ["", "?", "...", "🙂🙂", "how much is", "how much is " * 1_700, "a" * 20_000, "{x}"]
)
def test_no_input_breaks_it(glossary: Glossary, text: str) -> None:
    assert isinstance(glossary.german(text, NAMES), str)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("sentences: []\nwords: {a: [x], b: [X]}\nplaces: {}\n", "two entries"),
        ("sentences: []\nwords: {kein: [no]}\nplaces: {}\n", "quotation marks"),
        ("sentences: [{en: 'how is {x}', de: 'wie'}]\nwords: {}\nplaces: {}\n", "same"),
        ("words: {}\n", "exactly"),
    ],
)
def test_a_mistake_in_a_glossary_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ContentError, match=message):
        load_glossary(path)
