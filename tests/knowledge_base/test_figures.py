"""Every figure of a document is that of its product and attribute in the tariff data."""

import docx
import openpyxl
import pytest
from spoilt_content import FRONT, LIST, SERVICES, SHEET, messages, published, spoil, write

from knowledge_base.check import (
    figures,
    publications,
)


@pytest.mark.parametrize("name", [SHEET, LIST, SERVICES])
def test_a_real_document_contradicts_nothing(content, name):
    published(content, name)

    assert messages(content, name, figures) == ""


def test_a_price_list_that_swaps_the_prices_of_two_tariffs_is_found(content):
    published(content, LIST)
    # Both prices stand in the tariff data, but each belongs to the other one now.
    for tariff, wrong in (("mobil_s", ("17.99", "24.99")), ("mobil_m", ("24.99", "17.99"))):
        spoil(
            content / f"tarife/{tariff}.yaml",
            f"grundpreis: {{value: {wrong[0]}",
            (f"grundpreis: {{value: {wrong[1]}"),
        )

    found = messages(content, LIST, figures)

    assert "says 17,99 € for Monatlicher Grundpreis of Mobil S; the tariff data say '24,99" in found
    assert "says 24,99 € for Monatlicher Grundpreis of Mobil M; the tariff data say '17,99" in found


def test_a_price_list_that_includes_what_the_tariff_excludes_is_found(content):
    published(content, LIST)
    spoil(
        content / "tarife/mobil_s.yaml",
        "wlan_call: {polarity: included}",
        "wlan_call: {polarity: excluded}",
    )

    found = messages(content, LIST, figures)

    assert found == (
        "says 'enthalten' for WLAN Call of Mobil S; the tariff data say 'nicht enthalten'"
    )


def test_a_product_sheet_with_the_wrong_attribute_is_found(content):
    spoil(
        content / "tarife/mobil_m.yaml",
        "anschlusspreis: {value: 29.99",
        "anschlusspreis: {value: 24.99",
    )

    found = messages(content, "produktinformationsblaetter/pib-mobil-m-2025-10.pdf", figures)

    assert "says 29,99 € for Anschlusspreis of Mobil M; the tariff data say '24,99 €" in found


def test_a_fee_of_another_price_is_found_in_a_price_list(content):
    published(content, LIST)
    spoil(content / "tarife/gebuehren.yaml", "ersatz_sim: {value: 9.95", "ersatz_sim: {value: 8.95")

    assert "says 9,95 € for Ersatz-SIM-Karte; the tariff data say '8,95 €" in (
        messages(content, LIST, figures)
    )


def test_a_country_in_another_zone_is_found_in_a_price_list(content):
    published(content, LIST)
    spoil(
        content / "tarife/roaming.yaml",
        "{name: Andorra, aliases: [], zone: welt_1}",
        "{name: Andorra, aliases: [], zone: welt_3}",
    )

    assert "puts Andorra into another zone; the tariff data say 'Weltzone 3'" == (
        messages(content, LIST, figures)
    )


@pytest.mark.parametrize(
    ("sheet", "cell", "right", "wrong", "complaint"),
    [
        ("Business Mobil Preise", "D5", 17.85, 29.75, "says 29,75 € for Monatlicher Grundpreis of"),
        ("Business Mobil Preise", "C5", 15, 25, "says 25,00 € for Monatlicher Grundpreis of"),
        ("Business Mobil Preise", "D5", 17.85, 15, "says 15,00 € gross for Monatlicher Grundpreis"),
        ("IoT-SIM Leistungen", "C6", "10 SIM-Karten", "5 SIM-Karten", "says 5 SIM-Karten for Mind"),
    ],
)
def test_a_changed_cell_of_a_price_table_is_found(content, sheet, cell, right, wrong, complaint):
    published(content, SHEET)
    workbook = openpyxl.load_workbook(content / SHEET)
    assert right == (
        workbook[sheet][cell].value.replace("\u00a0", " ")
        if isinstance(right, str)
        else workbook[sheet][cell].value
    )
    workbook[sheet][cell].value = wrong
    workbook.save(content / SHEET)

    assert complaint in messages(content, SHEET, figures)
    assert "differs from what the tariff data" in messages(content, SHEET, publications)


def test_a_word_document_that_gives_one_product_the_figure_of_another_is_found(content):
    published(content, SERVICES)
    document = docx.Document(str(content / SERVICES))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("1.4 "))
    paragraph.text = paragraph.text.replace("99,5", "99,8")
    document.save(str(content / SERVICES))

    found = messages(content, SERVICES, figures)

    assert found == "says 99,8 % for SD-WAN Basis"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mobil M kostet 22,99 € im Monat.", "says 22,99 € for Mobil M, which is in no version"),
        ("Mit Mobil S surfen Sie mit 20 GB.", "says 20 GB for Mobil S, which is in no version"),
        ("Mobil M kostet 24,99 €, bis September 2025 waren es 29,99 €.", ""),
        ("Mobil S kostet 17,99 € und Mobil M 24,99 €.", ""),
    ],
)
def test_a_help_page_with_a_price_that_its_product_never_had_is_found(content, sentence, expected):
    write(content, "faq/a.md", f"{FRONT}---\n# A\n\n{sentence}\n")

    found = messages(content, "faq/a.md", figures)

    assert found.startswith(expected) and bool(found) is bool(expected)
