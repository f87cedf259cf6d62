from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from string import Formatter

import pytest

from assistant.build import CONTENT
from assistant.facts.carried import uncarried
from assistant.facts.english import in_german_form
from assistant.facts.figures import figures
from assistant.frames import load_frames
from assistant.texts import Texts, load_texts
from assistant.wordings import note_frame
from knowledge_base.sources import CONTENT as DOCUMENTS
from knowledge_base.tariffs import Attribute, Tariffs

GERMAN = load_frames(CONTENT / "frames" / "de.yaml")
ENGLISH = load_frames(CONTENT / "frames" / "en.yaml")


def attributes() -> Iterator[tuple[str, Attribute]]:
    tariffs = Tariffs.load(DOCUMENTS / "tarife")
    for holder in (*tariffs.tariffs.values(), *tariffs.zones.values()):
        for version in holder.versions:
            for attribute in version.attributes.values():
                yield version.name, attribute


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences_with_the_same_placeholders() -> None:
    german = load_texts(CONTENT / "texts" / "de.yaml")
    english = load_texts(CONTENT / "texts" / "en.yaml")
    keys = [field.name for field in fields(Texts) if field.name != "language"]
    differing = [
        key
        for key in keys
        if placeholders(getattr(german, key)) != placeholders(getattr(english, key))
    ]

    assert [] == differing


def test_every_attribute_and_form_that_german_has_english_has_too() -> None:
    missing = [
        (name, form)
        for name, forms in GERMAN.own.items()
        for form in forms
        if form not in ENGLISH.own.get(name, {})
    ]

    assert GERMAN.names.keys() == ENGLISH.names.keys()
    assert [] == missing


def test_every_english_sentence_states_exactly_the_figures_of_the_german_one() -> None:
    held = list(attributes())
    differing = [
        (ENGLISH.sentence(attribute, name), GERMAN.sentence(attribute, name))
        for name, attribute in held
        if figures(in_german_form(ENGLISH.sentence(attribute, name)))
        != figures(GERMAN.sentence(attribute, name))
        or figures(in_german_form(ENGLISH.wording.whole(attribute)))
        != figures(GERMAN.wording.whole(attribute))
    ]

    assert len(held) > 1_500
    assert [] == differing


def test_a_figure_changed_in_an_english_sentence_is_noticed() -> None:
    (name, attribute), *_ = (pair for pair in attributes() if pair[1].unit == "EUR")
    assert attribute.value is not None
    other = replace(attribute, value=attribute.value + 1)

    assert figures(GERMAN.sentence(attribute, name)) != figures(
        in_german_form(ENGLISH.sentence(other, name))
    )


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("€1,234.56 per month", "1.234,56 € pro Monat"),
        ("up to 83.8 Mbit/s", "bis zu 83,8 Mbit/s"),
        ("one month's notice", "einem Monat Frist"),
        ("since 1 June 2026", "seit dem 1. Juni 2026"),
        ("June 1st, 2026", "1. Juni 2026"),
        ("Monday to Friday from 7 to 20 o'clock", "montags bis freitags von 7 bis 20 Uhr"),
        ("“Preisliste ab 01.10.2025” costs €5", "„Preisliste ab 01.10.2025“ kostet 5 €"),
    ],
)
def test_an_english_figure_is_read_as_the_german_one(english: str, german: str) -> None:
    assert figures(german) == figures(in_german_form(english))


def test_a_translated_note_that_states_another_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="does not state"):
        note_frame("in den ersten 6 Monaten", "in the first 3 months")


def test_a_note_without_reviewed_words_is_quoted_in_german() -> None:
    assert "in German: „nur dienstags“" == ENGLISH.wording.note("nur dienstags")


def test_an_english_figure_that_no_fact_carries_is_found() -> None:
    from assistant.blocks import Paragraph
    from assistant.messages import Reply

    reply = Reply(blocks=(Paragraph(text="It costs €24.99 per month."),), language="en")

    assert ["24.99"] == [figure.value for figure in uncarried(reply) if figure.unit == "EUR"]
