from __future__ import annotations

from datetime import date

import pytest

from assistant.build import Application
from assistant.checked import fault
from knowledge_base.documents import Passage
from knowledge_base.tariffs import Tariffs


@pytest.fixture
def tariffs(application: Application) -> Tariffs:
    found = application.knowledge.current.tariffs
    assert found is not None
    return found


def passage(text: str, products: tuple[str, ...] = ("mobil_m",)) -> Passage:
    return Passage(
        id="p",
        document="d",
        version="v",
        title="Preisliste Mobilfunk",
        kind="preisliste",
        as_of=date(2025, 10, 1),
        text=text,
        products=products,
    )


PRICE = passage(
    "Mobil M kostet 24,99 € monatlich. In den ersten 6 Monaten kostet Mobil M 12,49 € monatlich. "
    "Eine Festnetz-Flat ist nicht enthalten. Der Download erreicht bis zu 300 Mbit/s."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mobil M kostet monatlich 24,99 €. [1]",
        "Mobil M kostet 24,99 Euro monatlich [1].",
        "In den ersten 6 Monaten kostet Mobil M 12,49 €. [1]",
        "Eine Festnetz-Flat ist nicht enthalten [1].",
        "Der Download erreicht bis zu 300 Mbit/s [1].",
    ],
)
def test_a_true_sentence_with_its_source_passes(sentence: str, tariffs: Tariffs) -> None:
    assert fault(sentence, [PRICE], tariffs) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Mobil M kostet monatlich 19,99 €. [1]", "figure"),
        ("Mobil M kostet monatlich neunzehn Euro. [1]", "figure"),
        ("Mobil L kostet monatlich 24,99 €. [1]", "other_product"),
        ("Eine Festnetz-Flat ist enthalten [1].", "negation"),
        ("Der Download erreicht 300 Mbit/s [1].", "qualifier"),
        ("Mobil M ist monatlich kostenlos [1].", "claim_free"),
        ("Mobil M bietet unbegrenzte Daten [1].", "unsupported"),
        ("Ja, Mobil M bietet auch Festnetz [1].", "claim_available"),
        ("Wir erstatten Ihnen den Betrag aus Kulanz [1].", "unsupported"),
    ],
)
def test_a_sentence_that_its_source_does_not_carry_is_named_by_its_fault(
    sentence: str, found: str, tariffs: Tariffs
) -> None:
    assert found == fault(sentence, [PRICE], tariffs)


def test_a_sentence_without_a_source_never_passes(tariffs: Tariffs) -> None:
    assert fault("Mobil M kostet 24,99 € monatlich.", [], tariffs) == "uncited"


def test_the_number_in_a_products_name_is_no_figure(tariffs: Tariffs) -> None:
    source = passage("Glasfaser 250 kostet 44,99 € monatlich.", ("glasfaser_250",))

    assert fault("Glasfaser 250 kostet 44,99 € monatlich. [1]", [source], tariffs) is None
    assert fault("Glasfaser 250 kostet 250 € monatlich. [1]", [source], tariffs) == "figure"
