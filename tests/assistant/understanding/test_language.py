from __future__ import annotations

import pytest

from assistant.understanding.language import recognised
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs


@pytest.mark.parametrize(
    "text",
    [
        "How much is Mobil M per month?",
        "what is the notice period for Glasfaser 250",
        "setup fee for glasfaser 250",
        "I forgot my portal password",
        "roaming charges in Turkey",
        "Can’t log in",
    ],
)
def test_an_english_question_is_english_whatever_german_names_it_has(text: str) -> None:
    assert "en" == recognised(text)


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet Mobil M?",
        "wie schnell ist der upload speed bei dsl 100",
        "brauche hilfe mit dem hotspot",
        "netz is imma no ned da, wos is los mit eich",
        "Kündigung",
        "preis mobil m im monat",
    ],
)
def test_german_stays_german_with_english_words_and_in_dialect(text: str) -> None:
    assert "en" != recognised(text)


@pytest.mark.parametrize("text", ["Mobil M", "ok", "8", "", "🙂", "DSL 100?", "Welt-Datenpass Tag"])
def test_what_tells_nothing_is_undecided(text: str) -> None:
    assert recognised(text) is None


def test_no_name_of_a_product_or_attribute_sounds_english() -> None:
    tariffs = Tariffs.load(CONTENT / "tarife")
    held = [*tariffs.tariffs.values()]
    names = [name for one in held for name in (one.name, *one.aliases)]

    assert [] == [one.name for one in held if recognised(one.name) is not None]
    names += [name for kind in tariffs.kinds.values() for name in (kind.label, *kind.aliases)]

    assert [] == [name for name in names if recognised(name) == "en"]
