"""Terms (PDF) and service descriptions (Word) from Markdown sources with numbered clauses.

A price stands in a source only as ``{{product.attribute}}``; the tariff data fill it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge_base.documents import Audience, Validity
from knowledge_base.publish import page, word
from knowledge_base.publish.page import Heading, Text
from knowledge_base.publish.publication import (
    ADDRESS,
    HOTLINE,
    OPERATOR,
    WEBSITE,
    Publication,
)
from knowledge_base.strict_yaml import Part as Fields
from knowledge_base.strict_yaml import parse
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import day, figure, wording

SOURCES = Path(__file__).with_name("quellen")
_PLACEHOLDER = re.compile(r"\{\{(\w+)(?:\.(\w+))?\}\}")


def terms(tariffs: Tariffs, sources: Path = SOURCES) -> Iterator[Publication]:
    """Yield the document of every source, with today's words and the prices of its contracts."""
    for path in sorted(sources.glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        yield _terms(tariffs, path, parse(front, path), body)


def _terms(tariffs: Tariffs, path: Path, about: Fields, body: str) -> Publication:
    title, as_of = about.need("title").text(), about.need("as_of").date()
    validity = Validity(
        sold_from=_day(about, "sold_from"),
        sold_until=_day(about, "sold_until"),
        applies_from=_day(about, "applies_from"),
        applies_until=_day(about, "applies_until"),
    )
    contract = validity.sold_from or as_of

    def fill(match: re.Match[str]) -> str:
        product, attribute = match.group(1), match.group(2)
        facts = {"anbieter": OPERATOR, "anschrift": ADDRESS, "hotline": HOTLINE, "web": WEBSITE}
        if attribute is None and product in facts:
            return facts[product]
        tariff = tariffs.tariffs.get(product)
        version = tariff.version_for(max(as_of, contract), contract) if tariff else None
        found = version.attributes.get(attribute) if version else None
        if found is None:
            raise about.error(f"{match[0]} is no attribute of a product sold on {contract}")
        return figure(found) or wording(found)

    parts = list(_parts(_PLACEHOLDER.sub(fill, body)))
    footer = f"{OPERATOR} · {title} · Stand {day(as_of)}"
    kind, audience = about.need("kind").text(), about.get("audience")
    if kind == "leistungsbeschreibung":
        name = f"leistungsbeschreibungen/{path.stem}.docx"
        content = word.render(parts, title=title, footer=footer, as_of=as_of)
    else:
        name = f"agb/{path.stem}.pdf"
        content = page.render(parts, title=title, footer=footer)
    return Publication(
        path=name,
        content=content,
        title=title,
        kind=kind,
        owner=about.need("owner").text(),
        as_of=as_of,
        validity=validity,
        products=about.need("products").texts(),
        audience=audience.word(Audience) if audience else Audience.CONSUMER,
    )


def _parts(markdown: str) -> Iterator[Heading | Text]:
    for block in re.split(r"\n\s*\n", markdown.strip()):
        marks, _, rest = block.partition(" ")
        if marks and set(marks) == {"#"}:
            yield Heading(text=" ".join(rest.split()), level=len(marks))
        else:
            yield Text(text=" ".join(block.split()))


def _day(about: Fields, key: str) -> date | None:
    part = about.get(key)
    return part.date() if part else None
