"""Different spellings and forms of a German word meet in one term."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.aliases import Aliases
from knowledge_base.documents import KnowledgeError
from knowledge_base.german import fold, stem, terms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kündigung", "Kuendigung"),
        ("Kündigung", "KÜNDIGUNG"),
        ("Kündigung", "Kundigung"),
        ("Straße", "Strasse"),
        ("Kündigung", "Ku\u0308ndigung"),
        ("Größe", "Groesse"),
    ],
)
def test_spellings_of_a_word_are_folded_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_u_and_e_of_two_syllables_stay_apart() -> None:
    assert "neue" == fold("neue")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kündigungen", "Kündigung"), ("Verträge", "Vertrags"), ("Gebühren", "Gebühr")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Kündigungsfrist", {"Kündigung", "Frist"}),
        ("Kuendigungsfrist", {"Kündigung", "Frist"}),
        ("Roaminggebühren", {"Roaming", "Gebühr"}),
        ("SIM-Karte", {"SIM", "Karte"}),
        ("Simkarte", {"SIM", "Karte"}),
        ("Mindestvertragslaufzeit", {"Vertrag", "Laufzeit"}),
        ("Rufnummernmitnahme", {"Rufnummer", "Mitnahme"}),
    ],
)
def test_a_compound_is_found_by_its_parts_and_as_a_whole(compound: str, parts: set[str]) -> None:
    found = set(terms(compound))

    assert {stem(part) for part in parts} <= found
    assert stem(compound.replace("-", "")) in found


def test_units_glued_to_figures_are_two_words_and_networks_are_one() -> None:
    assert ["100", "mbit", "20", "gb", "5g", "lte"] == tokens("100Mbit 20GB 5G LTE")


def test_figures_keep_their_decimals_and_lose_the_dot_of_thousands() -> None:
    assert ["1234,56", "01.04.2026"] == tokens("1.234,56 € 01.04.2026")


def test_the_size_of_a_tariff_is_a_word_and_an_article_is_none() -> None:
    assert ["mobil", "m"] == terms("der Mobil M")


def test_an_abbreviation_is_searched_for_with_its_full_word(tmp_path: Path) -> None:
    path = tmp_path / "aliase.yaml"
    path.write_text("- begriff: Mindestvertragslaufzeit\n  auch: [MVLZ, Vertragsdauer]\n")
    aliases = Aliases.load(path)

    assert ("Mindestvertragslaufzeit", "Vertragsdauer") == aliases.expanded("wie lang ist die mvlz")
    assert "die MVLZ (Mindestvertragslaufzeit)?" == aliases.spelled_out("die MVLZ?")
    assert () == aliases.expanded("wie lang ist die Leitung")


def test_an_alias_file_that_is_wrong_names_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "aliase.yaml"
    path.write_text("- begriff: PUK\n")

    with pytest.raises(KnowledgeError, match="entry 1"):
        Aliases.load(path)


def test_the_aliases_of_the_operator_can_be_read() -> None:
    assert "Mindestvertragslaufzeit" in Aliases.load().expanded("Was heißt MVLZ?")


def test_a_word_of_thousands_of_letters_is_one_term() -> None:
    word = "datenvolumenrechnung" * 200

    assert 1 == len(terms(word))
