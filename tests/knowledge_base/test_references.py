"""Every link, clause and document that is named exists and is in force."""

import docx
import openpyxl
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf.annotations import Link
from spoilt_content import FRONT, LIST, SERVICES, SHEET, TODAY, messages, published, write

from knowledge_base.check import (
    check,
)
from knowledge_base.references import links, named_documents
from knowledge_base.sources import CONTENT

HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK


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
