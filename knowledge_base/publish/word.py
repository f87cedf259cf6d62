"""How a published Word document looks: title, headings, paragraphs, numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from knowledge_base.publish.package import same_bytes
from knowledge_base.publish.page import Heading, Text
from knowledge_base.publish.publication import OPERATOR

_FONT = "Arial"
_INK = RGBColor(0x0D, 0x2E, 0x40)
_SIZES = {"Title": 18.0, "Heading 1": 12.5, "Heading 2": 10.5, "Normal": 9.5}
_KEPT = {"Normal", "Title", "Heading 1", "Heading 2", "Header", "Footer", "Default Paragraph Font"}
_UNUSED = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings")
"""Parts of the template that nothing here refers to."""


def render(parts: Sequence[Heading | Text], *, title: str, footer: str, as_of: date) -> bytes:
    """Set parts as a Word document; the same parts give the same bytes."""
    document = docx.Document()
    _strip(document)
    _dress(document)
    _describe(document, title, as_of)
    _frame(document, footer)
    for part in parts:
        match part:
            case Heading():
                document.add_heading(part.text, level=part.level - 1)
            case Text():
                document.add_paragraph(part.text)
    target = BytesIO()
    document.save(target)
    return same_bytes(target)


def _strip(document: Document) -> None:
    """Leave out what the template brings and the document does not use."""
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                relations.pop(name)
    styles = document.styles.element
    kept = [document.styles[name].element for name in sorted(_KEPT)]
    for style in list(styles.iter(qn("w:style"))):
        if style not in kept:
            styles.remove(style)
    for link in list(styles.iter(qn("w:link"))):
        link.getparent().remove(link)


def _dress(document: Document) -> None:
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.rPr.rFonts
        for of_theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{of_theme}"), None)
        if name != "Normal":
            style.font.bold, style.font.color.rgb = True, _INK
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "de-DE")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "de-DE")


def _describe(document: Document, title: str, as_of: date) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, OPERATOR, OPERATOR
    about.comments, about.keywords, about.language, about.revision = "", "", "de-DE", 1
    about.created = about.modified = datetime.combine(as_of, time(), UTC)


def _frame(document: Document, footer: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin = page.bottom_margin = Mm(22)
    page.header.paragraphs[0].text = OPERATOR
    below = page.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    below.add_run(f"{footer} · Seite ")
    _field(below, "PAGE")
    below.add_run(" von ")
    _field(below, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
    shown = paragraph.add_run("1")
    field.append(shown._r)
