import shutil
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf.annotations import Link

from knowledge_base.check import (
    check,
    figures,
    net_prices,
    option_prices,
    products,
    publications,
)
from knowledge_base.findings import Check
from knowledge_base.periods import document_overlaps, expired, inverted, overlaps, unsold
from knowledge_base.references import links, named_documents
from knowledge_base.sources import CONTENT

TODAY = date(2026, 11, 22)
HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
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


def published(content: Path, *names: str) -> None:
    """Add real documents with their metadata."""
    for name in names:
        for file in (name, f"{name}.yaml"):
            target = content / file
            target.parent.mkdir(exist_ok=True)
            shutil.copy(CONTENT / file, target)


SHEET = "preislisten/preisliste-geschaeftskunden-2026-01-01.xlsx"
LIST = "preislisten/preisliste-mobilfunk-2025-10-01.pdf"
SERVICES = "leistungsbeschreibungen/leistungsbeschreibung-vernetzung-rechenzentrum.docx"


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
        "{name: Kanada, aliases: [canada], zone: welt_2}",
        ("{name: Kanada, aliases: [canada], zone: welt_3}"),
    )

    assert "puts Kanada into another zone; the tariff data say 'Weltzone 3'" == (
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


def test_a_net_price_that_does_not_belong_to_the_gross_price_is_found(content):
    spoil(content / "tarife/business_mobil_s.yaml", "value: 17.85", "value: 17.99")

    found = messages(content, "tarife/business_mobil_s.yaml", net_prices)

    assert "grundpreis of Business Mobil S (2026-01) costs 17.99 gross and 15.00 net" in found


def test_two_price_lists_for_the_same_contracts_are_found(content):
    older = "preislisten/preisliste-kabel-2024-04-01.pdf"
    newer = "preislisten/preisliste-kabel-2025-10-01.pdf"
    published(content, older, newer)
    assert messages(content, newer, document_overlaps) == ""
    spoil(content / f"{older}.yaml", "sold_until: 2025-09-30", "sold_until: 2025-10-31")

    found = messages(content, newer, document_overlaps)

    assert found == (
        "holds for the same contracts of kabel_100, kabel_1000, kabel_250 at the same time as "
        "preislisten/preisliste-kabel-2024-04-01.pdf"
    )


def test_price_lists_that_follow_each_other_for_the_same_contracts_do_not_overlap(content):
    before = "preislisten/preisliste-prepaid-2024-04-01.pdf"
    after = "preislisten/preisliste-prepaid-2026-06-01.pdf"
    published(content, before, after)

    assert messages(content, after, document_overlaps) == ""


def test_a_period_that_ends_before_it_begins_is_found(content):
    spoil(content / "tarife/kabel_250.yaml", "sold_until: 2025-09-30", "sold_until: 2023-09-30")
    write(
        content,
        "faq/a.md",
        f"{FRONT}sold_from: 2026-02-01\nsold_until: 2026-01-01\n---\n# A\n\nB.\n",
    )

    assert messages(content, "tarife/kabel_250.yaml", inverted) == (
        "the period of Kabel 250 '2024-04' ends before it begins"
    )
    assert messages(content, "faq/a.md", inverted) == (
        "the period of the document ends before it begins"
    )


def test_a_page_that_is_no_longer_in_force_is_found(content):
    write(content, "faq/a.md", f"{FRONT}applies_until: 2026-11-21\n---\n# A\n\nText.\n")
    write(content, "faq/b.md", f"{FRONT}applies_until: 2026-11-22\n---\n# B\n\nText.\n")

    assert messages(content, "faq/a.md", expired) == "expired on 2026-11-21"
    assert messages(content, "faq/b.md", expired) == ""


def test_a_tariff_on_sale_whose_price_list_ended_is_found(content):
    name = "preislisten/preisliste-kabel-2025-10-01.pdf"
    published(content, name)
    assert "but no preisliste" not in messages(content, "tarife/kabel_250.yaml", expired)
    spoil(content / f"{name}.yaml", "sold_until: null", "sold_until: 2026-06-30")

    found = messages(content, "tarife/kabel_250.yaml", expired)

    assert (
        f"Kabel 250 is sold on 2026-11-22, but no preisliste in force names it; {name} ended on "
        "2026-06-30"
    ) in found


def test_terms_that_name_a_product_never_sold_to_their_contracts_are_found(content):
    name = "agb/agb-mobilfunk-2024.pdf"
    published(content, name)
    spoil(content / f"{name}.yaml", "mobil_jung]", "mobil_jung, mobil_sozial]")

    found = messages(content, name, unsold)

    assert found == "names Mobil Sozial, of which no version holds for its contracts"


@pytest.mark.parametrize("target", ["../faq/fort.md", "../faq/b.md"])
def test_a_dead_link_in_a_word_document_is_found(content, target):
    write(content, "faq/b.md", f"{FRONT}applies_until: 2026-01-31\n---\n# B\n\nText.\n")
    published(content, SERVICES)
    document = docx.Document(str(content / SERVICES))
    document.part.relate_to(target, HYPERLINK, is_external=True)
    document.save(str(content / SERVICES))

    assert f"links '{target}', which" in messages(content, SERVICES, links)


def test_a_dead_link_in_a_workbook_is_found(content):
    published(content, SHEET)
    workbook = openpyxl.load_workbook(content / SHEET)
    workbook["Geltung"]["B5"].hyperlink = "../preislisten/fort.xlsx"
    workbook.save(content / SHEET)

    assert messages(content, SHEET, links) == (
        "links '../preislisten/fort.xlsx', which does not exist"
    )


def test_a_dead_link_in_a_pdf_is_found(content):
    published(content, LIST)
    writer = pypdf.PdfWriter(clone_from=content / LIST)
    writer.add_annotation(0, Link(rect=(9, 9, 99, 20), url="fort.pdf"))
    writer.write(content / LIST)

    assert messages(content, LIST, links) == "links 'fort.pdf', which does not exist"


def test_a_link_to_a_heading_that_does_not_exist_is_found(content):
    write(content, "faq/a.md", FRONT + "---\n# A\n\nSiehe [B](b.md#preise) und [B](b.md#ende).\n")
    write(content, "faq/b.md", FRONT + "---\n# B\n\n## Preise\n\nText.\n")

    assert messages(content, "faq/a.md", links) == (
        "links 'b.md#ende', but the place 'ende' does not exist"
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Es gilt die Preisliste Satellit.", "names 'Preisliste Satellit', which does not exist"),
        ("Es gelten die AGB Satellit.", "names 'AGB Satellit', which does not exist"),
        ("Es gilt die Preisliste Kabel.", ""),
        ("Es gilt die Preisliste Ihres Vertrags.", ""),
    ],
)
def test_a_document_that_is_named_but_not_published_is_found(content, sentence, expected):
    published(content, "preislisten/preisliste-kabel-2025-10-01.pdf")
    write(content, "faq/a.md", f"{FRONT}---\n# A\n\n{sentence}\n")

    assert messages(content, "faq/a.md", named_documents) == expected


def test_terms_that_name_a_price_list_of_other_contracts_are_found(content):
    published(content, "preislisten/preisliste-kabel-2025-10-01.pdf")
    dates = "sold_from: 2024-04-01\nsold_until: 2025-09-30\n"
    write(content, "agb/a.md", f"{FRONT}{dates}---\n# A\n\n## 1 Preis\n\nPreisliste Kabel.\n")

    assert messages(content, "agb/a.md", named_documents) == (
        "names 'Preisliste Kabel', which is never in force for the same contracts"
    )


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
