from __future__ import annotations

import pytest

from knowledge_base.mentions import Names

PRODUCTS = Names(
    {
        "mobil_m": ("Mobil M", "tarif m"),
        "datenpass_s": ("Datenpass S",),
        "week": ("Welt-Datenpass Woche", "wochenpass"),
        "fibre_500": ("Glasfaser 500", "glasfaseranschluss 500"),
        "fibre_100": ("Glasfaser 100",),
        "plain": ("mietrouter",),
        "premium": ("Router Premium", "mietrouter wifi 7"),
    }
)


def named(text: str) -> list[str]:
    return [mention.id for mention in PRODUCTS.find(text)]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("was kostet der datenpas s", "datenpass_s"),
        ("wohcenpass preis", "week"),
        ("glasfasr 500", "fibre_500"),
    ],
)
def test_one_slip_of_the_keyboard_hides_no_name(text: str, product: str) -> None:
    assert [product] == named(text)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Welt-Datenpass für eine Woche", "week"),
        ("der 500er Glasfaseranschluss", "fibre_500"),
        ("was kostet der mietrouter mit wifi 7", "premium"),
        ("Premium Router", "premium"),
    ],
)
def test_the_words_of_a_name_may_stand_apart(text: str, product: str) -> None:
    assert [product] == named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Glasfaser kostet 100 Euro mehr?",
        "wie oft 100 gb glasfaser",
        "Woche für Woche dasselbe, und die halbe Welt wartet auf einen neuen Datenpass",
        "die Route auf der Karte",
    ],
)
def test_what_merely_resembles_a_name_is_none(text: str) -> None:
    assert [] == named(text)


def test_two_products_with_a_connector_are_two() -> None:
    assert ["fibre_100", "fibre_500"] == named("Glasfaser 100 oder 500")
