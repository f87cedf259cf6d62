"""A mistake in the content is found before a customer reads it."""

import shutil

import pytest
from spoilt_content import FRONT, LIST, SERVICES, SHEET, TODAY, messages, published, spoil, write

from knowledge_base.check import (
    check,
    figures,
    net_prices,
    option_prices,
    products,
    publications,
)


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
    assert "does not say 25,99 €, the grundpreis of Mobil M" in found
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


def test_an_option_with_two_prices_is_found(content):
    spoil(content / "tarife/mobil_l.yaml", "available, value: 3.99", "available, value: 3.49")

    found = messages(content, "tarife/mobil_l.yaml", option_prices)

    assert "multisim of Mobil L (2025-10) costs 3.49, but Option MultiSIM 3.99" in found


def test_a_document_about_an_unknown_product_is_found(content):
    write(content, "faq/a.md", FRONT + "products: [mobil_xxl]\n---\n# A\n\nText.\n")

    assert messages(content, "faq/a.md", products) == "names the unknown product 'mobil_xxl'"


def test_a_net_price_that_does_not_belong_to_the_gross_price_is_found(content):
    spoil(content / "tarife/business_mobil_s.yaml", "value: 17.85", "value: 17.99")

    found = messages(content, "tarife/business_mobil_s.yaml", net_prices)

    assert "grundpreis of Business Mobil S (2026-01) costs 17.99 gross and 15.00 net" in found


@pytest.mark.parametrize("name", [SHEET, LIST, SERVICES])
def test_a_packed_document_without_owner_is_found(content, name):
    published(content, name)
    beside = content / f"{name}.yaml"
    lines = beside.read_text("utf-8").splitlines(keepends=True)
    beside.write_text("".join(line for line in lines if not line.startswith("owner")), "utf-8")

    assert "owner missing" in messages(content, name)


@pytest.mark.parametrize("name", ["kabel_250", "merkmale", "roaming"])
def test_a_tariff_file_without_owner_is_found(content, name):
    path = content / f"tarife/{name}.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("owner")), "utf-8")

    (finding,) = check(content, on=TODAY)

    assert f"tarife/{name}.yaml" == finding.file
    assert "owner" in finding.remedy
