"""An Office file that is none, damaged or too large is refused with the reason."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from readings import read

from knowledge_base.documents import DocumentError

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def packed(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def damaged() -> bytes:
    """Keep the package and cut its text in the middle of a tag."""
    target = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(saved(docx.Document())))
    with whole, zipfile.ZipFile(target, "w") as package:
        for name in whole.namelist():
            content = whole.read(name)
            package.writestr(name, content[:700] if name == "word/document.xml" else content)
    return target.getvalue()


def with_a_broken_style() -> bytes:
    document = docx.Document()
    document.add_paragraph("Ein Satz.", style="List Bullet")
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), "hoch")
    document.styles["List Bullet"].element.get_or_add_pPr().append(outline)
    return saved(document)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "is empty"),
        (lambda: b" \n", "is empty"),
        (lambda: saved(docx.Document()), "holds no text"),
        (lambda: OLE + bytes(600), "is encrypted or older than DOCX"),
        (lambda: b"Ein Text, kein Paket.", "damaged or cut off"),
        (lambda: saved(docx.Document())[:4000], "damaged or cut off"),
        (damaged, "damaged"),
        (lambda: packed(text="Ein Paket, kein Dokument."), "damaged or another Office file"),
        (with_a_broken_style, "a style is damaged.*hoch"),
        (lambda: packed(bomb="0" * (65 * 1024 * 1024)), "more than 64 MB"),
    ],
)
def test_a_word_document_that_cannot_be_read_says_why(tmp_path, make, reason):
    path = tmp_path / "a.docx"
    path.write_bytes(make())

    with pytest.raises(DocumentError, match=reason):
        read(path)
