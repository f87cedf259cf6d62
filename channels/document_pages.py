"""Documents as accessible pages: a head that says what it is, headings that can be linked to.

Whatever a file contains, a page has no scripts, no frames and no pictures from elsewhere.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from markdown_it import MarkdownIt

from channels.tariff_tables import day, period, roaming_tables, tariff_tables
from knowledge_base.documents import Validity
from knowledge_base.library import Original
from knowledge_base.loaders import LOADERS
from knowledge_base.loaders import docx as word_files
from knowledge_base.loaders import html as html_files
from knowledge_base.loaders import markdown as markdown_files
from knowledge_base.loaders import tariff as tariff_files
from knowledge_base.loaders import xlsx as table_files
from knowledge_base.loaders.markdown import anchor_of, front_matter
from knowledge_base.loaders.reading import metadata_of, read_text
from knowledge_base.products import AttributeKind
from knowledge_base.strict_yaml import read_file

STYLE = """
:root{color-scheme:light dark}
:root{--ink:#1b2430;--soft:#4d5a6a;--paper:#fff;--line:#c9d2dc;--mark:#fff1b8}
@media(prefers-color-scheme:dark){
:root{--ink:#e8edf3;--soft:#aab6c4;--paper:#141a21;--line:#3a4653;--mark:#4a4218}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:break-word}
h1{font-size:1.75rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.3rem;margin:2.25rem 0 .5rem}h3,h4,h5,h6{margin:1.5rem 0 .5rem}
:target{background:var(--mark);outline:.35rem solid var(--mark);scroll-margin-top:1rem}
a{color:inherit}
a:focus-visible,.scroll:focus-visible{outline:.2rem solid currentColor;outline-offset:.15rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0 0 2rem;
padding:1rem;border:1px solid var(--line);border-radius:.5rem}
.facts dt{color:var(--soft)}.facts dd{margin:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{border-bottom:1px solid var(--line);padding:.45rem .6rem;text-align:left;vertical-align:top}
tbody th{font-weight:400}
@media print{main{max-width:none}}
"""
POLICY = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(sha256(STYLE.encode()).digest()).decode()
    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Of a page with a document: nothing but its one style."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALLOWED = frozenset(
    re.findall(
        r"\w+",
        """
    a abbr article b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s section small span strong sub
    summary sup table tbody td tfoot th thead time tr u ul
        """,
    )
)
_ATTRIBUTES = frozenset(("id", "lang", "title", "colspan", "rowspan", "scope", "start", "open"))
_REMOVED = re.findall(
    r"\w+",
    """
    script style template noscript iframe object embed form input button select textarea svg math
    head link meta base video audio picture img canvas nav header footer aside
    """,
)
_LINKS = ("https://", "http://", "mailto:", "tel:", "#")


def page_of(original: Original, kinds: Mapping[str, AttributeKind]) -> str:
    """Render a document that is not shown as it is."""
    validity: Validity | None = None
    match original.media_type:
        case markdown_files.MEDIA_TYPE:
            body, validity = _markdown(original)
        case html_files.MEDIA_TYPE:
            body, validity = _html(original)
        case tariff_files.MEDIA_TYPE:
            body = _tariff(original.path, kinds)
        case word_files.MEDIA_TYPE | table_files.MEDIA_TYPE:
            body = _office(original)
        case _:
            body = _text(original.path)
    return _frame(original.title, _facts(original, validity), body)


def not_found() -> str:
    """Render the page for a document or a version that there is not."""
    body = (
        "<p>Dieses Dokument gibt es hier nicht, oder die Adresse ist unvollständig.</p>"
        "<p>Bitte öffnen Sie die Quelle noch einmal aus dem Gespräch heraus, oder fragen Sie dort "
        "nach einem Menschen.</p>"
    )
    return _frame("Dokument nicht gefunden", "", body)


def _facts(original: Original, validity: Validity | None) -> str:
    lines = {"Stand": day(original.as_of), "Herausgeber": original.owner}
    if validity is not None and (said := period(validity)):
        lines["Gültig"] = said
    items = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in lines.items())
    return f'<dl class="facts">{items}</dl>'


def _frame(title: str, facts: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – Talfunk</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{facts}{body}</main></body></html>\n"
    )


def _markdown(original: Original) -> tuple[str, Validity]:
    fields, text = front_matter(read_text(original.path), original.path.name)
    metadata = metadata_of(original.path, fields, heading=original.title, strict=False)
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    page = BeautifulSoup(rendered, "html.parser")
    taken: set[str] = set()
    for heading in page.find_all(_HEADINGS):
        anchor = anchor_of(heading.get_text())
        if anchor and anchor not in taken:
            heading["id"] = anchor
            taken.add(anchor)
    return _safe(page, page, original.title), metadata.validity


def _html(original: Original) -> tuple[str, Validity]:
    page = BeautifulSoup(read_text(original.path), "html.parser")
    reading = next(html_files.read(original.path, strict=False))
    body = page.find("main") or page.find("article") or page.body or page
    return _safe(page, body, original.title), reading.metadata.validity


def _tariff(path: Path, kinds: Mapping[str, AttributeKind]) -> str:
    file = read_file(path)
    if file.need("kind").text() == "roaming":
        return roaming_tables(file, kinds)
    return tariff_tables(file, kinds)


def _office(original: Original) -> str:
    """Say what a Word document or a workbook holds, under headings that can be linked to."""
    (reading,) = LOADERS[original.path.suffix.lower()](original.path, strict=False)
    parts: list[str] = []
    before: tuple[str, ...] = ()
    taken: set[str] = set()
    for block in reading.blocks:
        for depth, heading in enumerate(block.headings, 1):
            if block.headings[:depth] != before[:depth]:
                anchor = anchor_of(heading)
                place = f' id="{anchor}"' if anchor and anchor not in taken else ""
                taken.add(anchor)
                level = min(6, depth)
                parts.append(f"<h{level}{place}>{escape(heading)}</h{level}>")
        before = block.headings
        parts.append(f"<p>{escape(block.text)}</p>")
    page = BeautifulSoup("".join(parts), "html.parser")
    return _safe(page, page, original.title)


def _text(path: Path) -> str:
    paragraphs = read_text(path).split("\n\n")
    return "".join(f"<p>{escape(text.strip())}</p>" for text in paragraphs if text.strip())


def _safe(page: BeautifulSoup, body: Tag, title: str) -> str:
    """Keep what is text and structure; everything that could act goes."""
    for hidden in body.find_all(string=lambda text: isinstance(text, PreformattedString)):
        hidden.extract()
    for tag in body.find_all(_REMOVED):
        # A page's own header inside <main> usually holds headings that are linked to.
        if tag.name == "header" and tag.find(_HEADINGS):
            tag.unwrap()
        else:
            tag.decompose()
    for tag in body.find_all(True):
        if tag.name not in _ALLOWED:
            tag.unwrap()
            continue
        link = str(tag.get("href", "")).strip()
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in _ATTRIBUTES}
        if tag.name == "a" and link.lower().startswith(_LINKS):
            tag["href"] = link
            tag["rel"] = "noreferrer"
    _order_headings(body, title)
    for table in body.find_all("table"):
        around = page.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group"})
        around["aria-label"] = "Tabelle"
        table.wrap(around)
    return body.decode_contents()


def _order_headings(body: Tag, title: str) -> None:
    """Put headings below the page's own; one that repeats the title stays as a place to link to."""
    headings = body.find_all(_HEADINGS)
    if headings and headings[0].get_text(" ", strip=True) == title:
        first = headings.pop(0)
        if first.get("id"):
            first.name = "span"
            first.clear()
        else:
            first.decompose()
    highest = min((int(heading.name[1]) for heading in headings), default=2)
    for heading in headings:
        heading.name = f"h{min(6, int(heading.name[1]) - highest + 2)}"
