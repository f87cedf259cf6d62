"""What a citation opens."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from channels.document_pages import page_of
from knowledge_base.documents import Document
from knowledge_base.library import Library, Original
from knowledge_base.loaders.docx import MEDIA_TYPE
from knowledge_base.sources import CONTENT


@pytest.fixture
def versions(home):
    """Link of every document in the index."""
    found = {}
    for path in (home / "documents").rglob("meta.json"):
        about = json.loads(path.read_text("utf-8"))
        found[about["id"]] = f"/documents/{about['id']}/{about['version']}"
    return found


async def test_a_markdown_document_is_a_page_with_linkable_headings(house, versions):
    response = await house.client.get(versions["sim-karte"])

    page = response.text
    assert response.status_code == 200
    assert '<html lang="de">' in page
    assert page.count("<h1>") == 1
    assert '<h2 id="was-tun-bei-verlust">' in page
    assert "<dt>Stand</dt><dd>01.10.2026</dd>" in page
    assert "<dt>Herausgeber</dt><dd>Kundenservice</dd>" in page
    assert "in Kraft ab 01.10.2026" in page
    assert "<table>" in page


def test_a_word_document_is_a_page_with_linkable_headings():
    original = Original(
        path=CONTENT / "leistungsbeschreibungen" / "leistungsbeschreibung-mobilfunk.docx",
        title="Leistungsbeschreibung Mobilfunk",
        media_type=MEDIA_TYPE,
        kind="leistungsbeschreibung",
        owner="Produktmanagement",
        as_of=date(2025, 10, 1),
    )

    page = page_of(original, {})

    assert re.search('<h[23] id="[^"]+">', page)
    assert "Eine SMS umfasst bis zu 160 Zeichen" in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("name", ["sim-karte", "router"])
async def test_nothing_in_a_document_can_act(house, versions, name):
    response = await house.client.get(versions[name])

    page = response.text
    for trace in ("<script", '="javascript', "onclick", "<iframe", "<img", "<form", 'style="'):
        assert trace not in page
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_an_html_document_keeps_its_places_and_loses_its_menu(house, versions):
    page = (await house.client.get(versions["router"])).text

    assert 'id="anschliessen"' in page
    assert "graue Kabel" in page
    assert "Menü" not in page


async def test_a_tariff_is_a_table_with_labels_and_period(house, versions):
    page = (await house.client.get(versions["mobil_m"])).text

    assert '<h2 id="fassung-2025-10">' in page
    assert re.search(r"<td>31,99\s€ (monatlich|pro Monat)</td>", page)
    assert "für Verträge ab 01.10.2025" in page
    assert "grundpreis</th>" not in page


async def test_every_citation_of_an_answer_opens(house):
    chat = await house.chat()

    reply = (await chat.say("Was kostet Mobil M?", "m1")).json()["reply"]

    assert reply["citations"]
    for citation in reply["citations"]:
        link, _, anchor = citation["link"].partition("#")
        response = await house.client.get(link)
        assert response.status_code == 200
        assert not anchor or f'id="{anchor}"' in response.text


async def test_a_pdf_is_shown_as_it_is(house, home):
    library, document = Library(home), pdf_document()
    library.keep(document, b"%PDF-1.4 test", "Preisliste Mobilfunk.pdf")

    response = await house.client.get(f"/documents/{document.id}/{document.version}")

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline")
    assert response.content == b"%PDF-1.4 test"


@pytest.mark.parametrize(
    "path",
    [
        "/documents/sim-karte/1999-01-01-00000000",
        "/documents/gibt-es-nicht/1",
        "/documents/..%2F..%2Fetc/passwd",
        "/documents/%2e%2e/%2e%2e",
        "/documents/sim-karte/..",
        "/documents/a%00b/c",
        "/documents/sim-karte/meta.json",
    ],
)
async def test_an_unknown_document_is_a_friendly_page_and_no_way_out_of_the_folder(house, path):
    response = await house.client.get(path)

    assert response.status_code == 404
    if path.startswith("/documents/sim-karte/1999"):
        assert "Dokument nicht gefunden" in response.text


def pdf_document():
    from datetime import date

    return Document(
        id="preisliste",
        version="2026-01-01-abcdef01",
        title="Preisliste",
        kind="preisliste",
        owner="Vertrieb",
        as_of=date(2026, 1, 1),
        source="Preisliste Mobilfunk.pdf",
        media_type="application/pdf",
    )
