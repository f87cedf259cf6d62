from __future__ import annotations

import pytest

from assistant.understanding.unknown_products import unknown_product
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs

GRADES = frozenset({"premium", "gold"})


@pytest.fixture(scope="module")
def tariffs() -> Tariffs:
    return Tariffs.load(CONTENT / "tarife")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Was kostet Mobil XXL?", "Mobil XXL"),
        ("mobilxxl", "Mobil XXL"),
        ("Mobil-XS", "Mobil XS"),
        ("Tarif XXL", "Mobil XXL"),
        ("mobil s, m, xxl im Vergleich", "Mobil XXL"),
        ("Business Mobil XL", "Business Mobil XL"),
        ("Glasfaser 750 Preis", "Glasfaser 750"),
        ("dsl500", "DSL 500"),
        ("FunkBox 6G", "FunkBox 6G"),
        ("Mobil Premium", "Mobil Premium"),
        ("Datenpass XL", "Datenpass XL"),
    ],
)
def test_one_more_of_a_family_is_no_product(tariffs: Tariffs, text: str, name: str) -> None:
    unknown = unknown_product(text, tariffs, GRADES)

    assert unknown is not None
    assert name == unknown.name


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet Mobil pro Monat?",
        "Mobil plus Festnetz",
        "DSL 24 Monate Laufzeit",
        "DSL 19,99 €",
        "Glasfaser 1.10.2025",
        "DSL 2025 gekündigt",
        "Glasfaser 250 oder 500",
        "funkbox 4g",
        "vdsl 17a",
        "Kabel 10 Meter",
        "Größe der Karte",
        "",
    ],
)
def test_figures_and_other_words_are_no_product(tariffs: Tariffs, text: str) -> None:
    assert unknown_product(text, tariffs, GRADES) is None


def test_every_name_of_every_product_is_known(tariffs: Tariffs) -> None:
    names = [name for one in tariffs.tariffs.values() for name in (one.name, *one.aliases)]

    assert [] == [name for name in names if unknown_product(name, tariffs, GRADES)]


def test_an_option_that_begins_like_a_tariff_is_none_of_its_family(tariffs: Tariffs) -> None:
    unknown = unknown_product("Prepaid XL", tariffs)

    assert unknown is not None
    assert {"Prepaid Basis", "Prepaid S", "Prepaid M"} == {one.name for one in unknown.relatives}
