import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest

from knowledge_base.check import check
from knowledge_base.check import publications as check_publications
from knowledge_base.documents import Audience
from knowledge_base.loaders import LOADERS
from knowledge_base.loaders.pdf import read
from knowledge_base.publish import Publication, publications, terms, write
from knowledge_base.publish.page import Grid, render
from knowledge_base.sources import CONTENT
from knowledge_base.split import document_of
from knowledge_base.tariffs import TariffFileError, Tariffs


@pytest.fixture(scope="module")
def tariffs() -> Tariffs:
    return Tariffs.load(CONTENT / "tarife")


@pytest.fixture(scope="module")
def documents(tariffs) -> dict[str, Publication]:
    return {Path(one.path).stem: one for one in publications(tariffs)}


@pytest.fixture(scope="module")
def text_of(documents) -> Callable[[str], str]:
    @cache
    def text(name: str) -> str:
        with pdfplumber.open(io.BytesIO(documents[name].content)) as pdf:
            return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    return text


def test_the_same_data_give_the_same_bytes(tariffs, documents):
    again = {Path(one.path).stem: one for one in publications(tariffs)}

    assert documents == again


def test_every_version_of_every_tariff_for_consumers_has_its_product_sheet(tariffs, documents):
    versions = [
        f"pib-{tariff.id.replace('_', '-')}-{version.version}"
        for tariff in tariffs.tariffs.values()
        if tariff.audience is Audience.CONSUMER and tariff.kind not in {"option", "gebuehren"}
        for version in tariff.versions
    ]

    assert len(versions) == 35
    assert set(versions) == {name for name in documents if name.startswith("pib-")}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pib-mobil-m-2024-04", "Monatlicher Grundpreis 29,99 € monatlich"),
        ("pib-mobil-m-2025-10", "Monatlicher Grundpreis 24,99 € monatlich"),
        ("pib-mobil-m-2025-10", "Datum der Markteinführung 01.10.2025"),
        ("pib-mobil-xl-2025-10", "Keine: Das Datenvolumen ist unbegrenzt."),
        ("pib-dsl-100-2025-10", "Minimale Downloadgeschwindigkeit 54 Mbit/s"),
        ("pib-dsl-50-2025-10", "Talfunk GmbH, Talblick 1, 00999 Talstadt"),
        ("preisliste-mobilfunk-2025-10-01", "Ersatz-SIM-Karte 9,95 € je Karte"),
        ("preisliste-mobilfunk-2024-04-01", "Ersatz-SIM-Karte 14,95 € je Karte"),
        ("preisliste-mobilfunk-2025-10-01", "Türkei Weltzone 2"),
        ("preisliste-mobilfunk-2025-10-01", "Weltzone 1 bis 31.12.2025, EU-Zone ab 01.01.2026"),
        ("preisliste-festnetz-2025-10-01", "Umzug des Festnetzanschlusses 49,99 € je Umzug"),
        ("agb-mobilfunk-2024", "ist 10 Tage nach Zugang der Rechnung fällig"),
        ("agb-mobilfunk-2025", "ist 14 Tage nach Zugang der Rechnung fällig"),
        ("agb-mobilfunk-2024", "berechnet Talfunk 4,50 € je Fall"),
        ("agb-mobilfunk-2025", "berechnet Talfunk 3,50 € je Fall"),
        (
            "pib-prepaid-s-2024-04",
            "Geschwindigkeit 3 GB je 4 Wochen",
        ),
        (
            "pib-prepaid-s-2026-06",
            "Geschwindigkeit 5 GB je 4 Wochen",
        ),
        ("pib-prepaid-basis-2026-04", "Nicht enthalten (Daten werden je MB abgerechnet"),
        ("pib-kabel-250-2025-10", "Minimale Downloadgeschwindigkeit 150 Mbit/s"),
        (
            "pib-funkbox-lte-2025-10",
            "bis zu 150 Mbit/s",
        ),
        ("pib-mobil-jung-2025-10", "Monatlicher Grundpreis 14,99 € monatlich"),
        ("preisliste-prepaid-2026-04-01", "Ersatz-SIM-Karte 9,95 € je Karte"),
        ("preisliste-funkbox-2025-10-01", "44,99 € monatlich"),
        ("preisliste-funkbox-2026-04-01", "39,99 € monatlich"),
        (
            "agb-prepaid-2024",
            "Für eine Ersatzkarte berechnet Talfunk den Preis der Preisliste Prepaid",
        ),
        ("preisliste-prepaid-2024-04-01", "Ersatz-SIM-Karte 14,95 € je Karte"),
        ("agb-prepaid-2026", "Für eine Ersatzkarte berechnet Talfunk 9,95 € je Karte"),
        ("agb-geschaeftskunden-2025", "ist 30 Tage nach Zugang der Rechnung ohne Abzug fällig"),
    ],
)
def test_a_document_says_what_holds_for_its_contracts(text_of, name, sentence):
    assert sentence in text_of(name)


def test_next_years_surcharge_is_not_announced_in_this_years_list(text_of):
    assert "1,19 €" not in text_of("preisliste-mobilfunk-2025-10-01")


def test_pages_are_numbered_with_their_total(documents):
    with pdfplumber.open(io.BytesIO(documents["agb-mobilfunk-2025"].content)) as pdf:
        count = len(pdf.pages)
        last = pdf.pages[-1].extract_text()

    assert count > 1
    assert last.endswith(f"Seite {count} von {count}")


def test_a_written_document_reads_back_with_its_metadata(tariffs, tmp_path):
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")

    write(tmp_path)

    (reading,) = read(tmp_path / "agb/agb-mobilfunk-2024.pdf", strict=True)
    assert date(2025, 9, 30) == reading.metadata.validity.sold_until
    assert reading.metadata.owner == "Recht und Regulierung"
    assert {"1.1", "5.3", "8.3"} <= {block.clause for block in reading.blocks}


def test_a_service_description_is_a_german_word_document_of_numbered_clauses(tariffs, tmp_path):
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")

    write(tmp_path)

    path = tmp_path / "leistungsbeschreibungen/leistungsbeschreibung-festnetz.docx"
    document = docx.Document(str(path))
    (reading,) = LOADERS[".docx"](path, strict=True)
    assert "Leistungsbeschreibung Festnetz" == document.paragraphs[0].text
    assert "Title" == document.paragraphs[0].style.name
    assert "de-DE" == document.core_properties.language
    assert 'w:lang w:val="de-DE"' in document.styles.element.xml
    assert "Stand 01.10.2025 · Seite" in document.sections[0].footer.paragraphs[0].text
    assert ("Leistungsbeschreibung Festnetz", "4 Entstörung") == reading.blocks[-1].headings
    assert {"privat"} == {reading.metadata.audience}
    assert date(2025, 10, 1) == reading.metadata.validity.sold_from


@pytest.mark.parametrize("name", ["festnetz", "mobilfunk", "prepaid", "kabel", "funkbox"])
def test_a_word_document_says_its_source_word_for_word(name, tmp_path):
    """The vectors of the content are shipped by the hash of its texts."""
    stem = f"leistungsbeschreibung-{name}"
    (written,) = LOADERS[".docx"](CONTENT / f"leistungsbeschreibungen/{stem}.docx", strict=True)

    (source,) = LOADERS[".md"](terms.SOURCES / f"{stem}.md", strict=True)

    def said(reading):
        passages = document_of(reading).passages
        return [(one.searchable, one.clause, one.anchor, one.products) for one in passages]

    assert said(source) == said(written)
    assert source.metadata == written.metadata


def test_a_word_document_that_is_not_what_its_source_makes_is_found(tmp_path):
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")
    write(tmp_path)
    folder = tmp_path / "leistungsbeschreibungen"
    changed = docx.Document(str(folder / "leistungsbeschreibung-festnetz.docx"))
    changed.paragraphs[1].text = "Von Hand geändert."
    changed.save(str(folder / "leistungsbeschreibung-festnetz.docx"))
    for ending in ("docx", "docx.yaml"):
        old = folder / f"leistungsbeschreibung-mobilfunk.{ending}"
        shutil.copy(old, folder / f"leistungsbeschreibung-satellit.{ending}")

    found = check(tmp_path, on=date(2026, 11, 22), checks=(check_publications,))

    assert {
        "leistungsbeschreibungen/leistungsbeschreibung-festnetz.docx": (
            "differs from what the tariff data and sources make"
        ),
        "leistungsbeschreibungen/leistungsbeschreibung-satellit.docx.yaml": (
            "belongs to a document that is no longer published"
        ),
    } == {one.file: one.message for one in found}


def test_a_word_document_carries_no_time_of_its_writing(documents):
    content = documents["leistungsbeschreibung-mobilfunk"].content

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        times = {part.date_time for part in package.infolist()}
    about = docx.Document(io.BytesIO(content)).core_properties

    assert {(1980, 1, 1, 0, 0, 0)} == times
    assert (date(2025, 10, 1), "Talfunk GmbH") == (about.modified.date(), about.author)


def test_a_price_that_nobody_charges_stops_the_terms(tariffs, tmp_path):
    source = terms.SOURCES / "agb-mobilfunk-2025.md"
    wrong = source.read_text("utf-8").replace("{{gebuehren.mahnung}}", "{{gebuehren.mahnungen}}")
    (tmp_path / source.name).write_text(wrong, encoding="utf-8")

    with pytest.raises(TariffFileError, match=r"gebuehren\.mahnungen"):
        list(terms.terms(tariffs, tmp_path))


def test_a_word_too_wide_for_its_column_is_refused():
    grid = Grid(header=("A", "B"), rows=[("Rufnummernmitnahme", "x")], shares=(0.05, 0.95))

    with pytest.raises(ValueError, match="widen the column"):
        render([grid], title="Liste", footer="")


@pytest.fixture
def business(tmp_path: Path) -> Path:
    """The price table for businesses of 2026, written anew."""
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")
    write(tmp_path)
    return tmp_path / "preislisten/preisliste-geschaeftskunden-2026-01-01.xlsx"


def test_a_price_table_has_a_titled_sheet_per_family_with_amounts_as_numbers(business):
    workbook = openpyxl.load_workbook(business)

    sheet = workbook["Business Mobil Preise"]

    assert "Preise Business Mobil, Stand 01.01.2026" == sheet["A1"].value
    assert "A1:F1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert ["Tarif", "Preis", "Netto", "Brutto", "Einheit", "Hinweis"] == [
        c.value for c in sheet[4]
    ]
    assert (15, 17.85) == (sheet["C5"].value, sheet["D5"].value)
    assert "€" in sheet["D5"].number_format
    assert "A5" == sheet.freeze_panes
    assert 11 == len(workbook.sheetnames)


def test_a_price_table_says_net_and_gross_of_the_same_price(business):
    (reading,) = LOADERS[".xlsx"](business, strict=True)

    rows = {block.text for block in reading.blocks}

    assert {Audience.BUSINESS} == {reading.metadata.audience}
    assert (
        "SD-WAN Plus: Preis Monatlicher Grundpreis, Netto 99,00 €, Brutto 117,81 €, "
        "Einheit je Monat und Standort" in rows
    )
    assert (
        "SD-WAN Plus: Merkmal Entstörzeit, Angabe bis zu 4 Stunden (ab der Störungsmeldung, "
        in (" ".join(sorted(rows)))
    )


def test_a_price_table_of_last_year_has_last_years_prices_and_no_later_products(documents):
    content = documents["preisliste-geschaeftskunden-2025-01-01"].content

    workbook = openpyxl.load_workbook(io.BytesIO(content))

    assert 18 == workbook["Business Mobil Preise"]["C5"].value
    assert not any(name.startswith(("Housing", "Campus")) for name in workbook.sheetnames)


def test_a_price_table_carries_no_time_of_its_writing(documents):
    content = documents["preisliste-geschaeftskunden-2026-01-01"].content

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        times = {part.date_time for part in package.infolist()}
    about = openpyxl.load_workbook(io.BytesIO(content)).properties

    assert {(1980, 1, 1, 0, 0, 0)} == times
    assert (date(2026, 1, 1), "Talfunk GmbH") == (about.modified.date(), about.creator)
