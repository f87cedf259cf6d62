import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.check import (
    Check,
    check,
    figures,
    links,
    option_prices,
    overlaps,
    products,
    publications,
)
from knowledge_base.sources import CONTENT

TODAY = date(2026, 11, 22)
FRONT = "---\ntitle: Merkblatt\nkind: faq\nowner: Kundenservice\nas_of: 2026-01-01\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real tariffs and one real product sheet, to be spoilt."""
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")
    for name in ("pib-mobil-m-2025-10.pdf", "pib-mobil-m-2025-10.pdf.yaml"):
        target = tmp_path / "produktinformationsblaetter" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(CONTENT / "produktinformationsblaetter" / name, target)
    return tmp_path


def spoil(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")


def write(content: Path, name: str, text: str) -> None:
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def messages(content: Path, file: str, *checks: Check) -> str:
    found = check(content, on=TODAY, checks=checks)
    return "\n".join(f.message for f in found if f.file == file)


def test_the_operators_own_content_is_consistent():
    assert check(on=TODAY) == []


def test_a_wrong_tariff_file_is_found_with_its_line(content):
    spoil(content / "tarife/mobil_m.yaml", "bound: bis zu", "bound: etwa")

    (finding,) = check(content, on=TODAY)

    assert (finding.file, finding.line) == ("tarife/mobil_m.yaml", 22)
    assert "known: bis zu, ab" in finding.remedy


def test_a_product_sheet_with_yesterdays_price_is_found(content):
    spoil(content / "tarife/mobil_m.yaml", "24.99", "25.99")
    spoil(content / "tarife/mobil_m.yaml", "24,99", "25,99")

    found = messages(
        content, "produktinformationsblaetter/pib-mobil-m-2025-10.pdf", figures, publications
    )

    assert "says 24,99 €, which stands in no tariff" in found
    assert "does not say 25,99 € monatlich, the grundpreis of Mobil M" in found
    assert "differs from what the tariff data and sources make" in found


def test_a_missing_document_is_found(content):
    found = messages(content, "produktinformationsblaetter/pib-mobil-s-2025-10.pdf", publications)

    assert found == "is missing"


def test_a_document_that_nobody_publishes_any_more_is_found(content):
    folder = content / "produktinformationsblaetter"
    shutil.copy(folder / "pib-mobil-m-2025-10.pdf", folder / "pib-mobil-xs-2025-10.pdf")
    shutil.copy(folder / "pib-mobil-m-2025-10.pdf.yaml", folder / "pib-mobil-xs-2025-10.pdf.yaml")

    found = messages(
        content, "produktinformationsblaetter/pib-mobil-xs-2025-10.pdf.yaml", publications
    )

    assert found == "belongs to a document that is no longer published"


def test_a_document_without_owner_is_found(content):
    write(content, "faq/a.md", FRONT.replace("owner: Kundenservice\n", "") + "---\n# A\n\nText.\n")

    assert "owner missing" in messages(content, "faq/a.md")


def test_two_versions_for_the_same_contracts_are_found(content):
    spoil(content / "tarife/mobil_m.yaml", "sold_until: 2025-09-30", "sold_until: 2025-10-01")

    found = messages(content, "tarife/mobil_m.yaml", overlaps)

    assert "Mobil M: versions '2024-04' and '2025-10' hold for the same contracts" in found


def test_yearly_prices_that_follow_each_other_do_not_overlap(content):
    assert messages(content, "tarife/roaming.yaml", overlaps) == ""


def test_an_option_with_two_prices_is_found(content):
    spoil(content / "tarife/mobil_l.yaml", "available, value: 3.99", "available, value: 3.49")

    found = messages(content, "tarife/mobil_l.yaml", option_prices)

    assert "multisim of Mobil L (2025-10) costs 3.49, but Option MultiSIM 3.99" in found


def test_a_dead_link_is_found_with_its_line(content):
    write(content, "faq/a.md", FRONT + "---\n# A\n\nEs steht in der [Liste](../liste.pdf).\n")

    (finding,) = check(content, on=TODAY, checks=(links,))

    assert finding.line == 9
    assert finding.message == "links '../liste.pdf', which does not exist"


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-11-21", "links 'b.md', which expired on 2026-11-21"), ("2026-11-22", "")],
)
def test_a_link_to_a_document_is_dead_from_the_day_after_its_last(content, until, expected):
    write(content, "faq/a.md", FRONT + "---\n# A\n\nEs steht in [B](b.md).\n")
    write(content, "faq/b.md", FRONT + f"applies_until: {until}\n---\n# B\n\nText.\n")

    assert expected == messages(content, "faq/a.md", links)


def test_a_link_to_a_place_that_does_not_exist_is_found(content):
    page = (CONTENT / "hilfe/umzug.html").read_text(encoding="utf-8")
    linked = page.replace("../preislisten/preisliste-festnetz-2025-10-01.pdf", "#nirgends")
    write(content, "hilfe/umzug.html", linked)

    assert "the place 'nirgends' does not exist" in messages(content, "hilfe/umzug.html", links)


def test_a_link_out_of_the_content_is_left_alone(content):
    text = "# A\n\n[Netz](https://www.talfunk.example), [Post](mailto:a@talfunk.example).\n"
    write(content, "faq/a.md", FRONT + "---\n" + text)

    assert messages(content, "faq/a.md", links) == ""


def test_a_reference_to_a_clause_that_does_not_exist_is_found(content):
    clauses = "# AGB\n\n## 1 Umfang\n\nEs gilt Ziffer 2.\n\n## 2 Preis\n\nEs gilt Ziffer 4.7.\n"
    write(content, "agb/a.md", FRONT + "---\n" + clauses)

    found = messages(content, "agb/a.md", links)

    assert found == "clause 2 refers to Ziffer 4.7, which does not exist"


def test_a_document_about_an_unknown_product_is_found(content):
    write(content, "faq/a.md", FRONT + "products: [mobil_xxl]\n---\n# A\n\nText.\n")

    assert messages(content, "faq/a.md", products) == "names the unknown product 'mobil_xxl'"
