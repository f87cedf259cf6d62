import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pdfplumber
import pytest

from knowledge_base.check import check
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


def test_every_version_of_every_tariff_has_its_product_sheet(tariffs, documents):
    versions = [
        f"pib-{tariff.id.replace('_', '-')}-{version.version}"
        for tariff in tariffs.tariffs.values()
        if tariff.kind in {"mobilfunk", "glasfaser", "dsl"}
        for version in tariff.versions
    ]

    assert len(versions) == 15
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


@pytest.mark.parametrize("name", ["festnetz", "mobilfunk"])
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
        shutil.copy(old, folder / f"leistungsbeschreibung-kabel.{ending}")

    found = check(tmp_path, on=date(2026, 11, 22))

    assert {
        "leistungsbeschreibungen/leistungsbeschreibung-festnetz.docx": (
            "differs from what the tariff data and sources make"
        ),
        "leistungsbeschreibungen/leistungsbeschreibung-kabel.docx.yaml": (
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
