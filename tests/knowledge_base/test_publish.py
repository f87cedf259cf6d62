import io
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from knowledge_base.loaders.pdf import read
from knowledge_base.publish import Publication, publications, terms, write
from knowledge_base.publish.page import Grid, render
from knowledge_base.sources import CONTENT
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
        with pdfplumber.open(io.BytesIO(documents[name].pdf)) as pdf:
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
    with pdfplumber.open(io.BytesIO(documents["agb-mobilfunk-2025"].pdf)) as pdf:
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
