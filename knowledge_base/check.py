"""What is wrong in the content: found before a customer reads it.

Each check is a line in ``CHECKS``; what it finds names file, line and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from knowledge_base.documents import DocumentError
from knowledge_base.figures import disagreements
from knowledge_base.loaders import LOADERS, Reading
from knowledge_base.products import Polarity, Tariff, TariffVersion
from knowledge_base.sources import CONTENT
from knowledge_base.strict_yaml import TariffFileError
from knowledge_base.tariffs import Tariffs

_LINK = re.compile(r"""\]\((?P<markdown>[^)\s]+)\)|(?:href|src)=["'](?P<html>[^"']+)["']""")
_CLAUSE = re.compile(r"Ziffer (?P<clause>\d+(?:\.\d+)*)")
_PACKED = (".pdf", ".docx", ".xlsx")
"""Files that hold their text packed: what they link to does not stand in their bytes."""
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the content that must be put right."""

    file: str
    """Relative to the content directory."""
    line: int | None
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content directory, read once for all checks."""

    root: Path
    tariffs: Tariffs
    readings: Mapping[Path, Reading]
    on: date

    def name(self, path: Path) -> str:
        """Return the path as a finding shows it."""
        return path.relative_to(self.root).as_posix()


class Check(Protocol):
    """Look for one kind of mistake."""

    def __call__(self, content: Content) -> Iterator[Finding]:
        """Yield what is wrong."""


def check(
    content: Path = CONTENT, *, on: date | None = None, checks: Sequence[Check] | None = None
) -> list[Finding]:
    """Find every mistake of a content directory as of a day (default today)."""
    try:
        tariffs = Tariffs.load(content / "tarife")
    except TariffFileError as error:
        # Nothing else can be judged while the single source of all figures is wrong.
        name = error.path.relative_to(content).as_posix()
        return [Finding(file=name, line=error.line, message="not valid", remedy=error.remedy)]
    readings: dict[Path, Reading] = {}
    findings: list[Finding] = []
    for path in sorted(content.rglob("*")):
        if path.is_file() and path.suffix in LOADERS:
            name = path.relative_to(content).as_posix()
            try:
                readings.update(
                    (path, reading) for reading in LOADERS[path.suffix](path, strict=True)
                )
            except DocumentError as error:
                remedy = "name title, date and owner, or replace the file"
                findings.append(Finding(file=name, line=None, message=str(error), remedy=remedy))
    today = on or datetime.now(ZoneInfo("Europe/Berlin")).date()
    read = Content(root=content, tariffs=tariffs, readings=readings, on=today)
    for one in CHECKS if checks is None else checks:
        findings += one(read)
    return sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.message))


def overlaps(content: Content) -> Iterator[Finding]:
    """Find two versions of a product that would both be in force for one contract."""
    histories = [tariff.versions for tariff in content.tariffs.tariffs.values()]
    histories += [zone.versions for zone in content.tariffs.zones.values()]
    for versions in histories:
        for older, newer in combinations(versions, 2):
            if _overlap(older, newer):
                yield Finding(
                    file=f"tarife/{newer.source}",
                    line=None,
                    message=f"{newer.name}: versions {older.version!r} and {newer.version!r} "
                    "hold for the same contracts at the same time",
                    remedy="end the older version before the newer begins",
                )


def _overlap(one: TariffVersion, other: TariffVersion) -> bool:
    a, b = one.validity, other.validity
    return _meet((a.sold_from, a.sold_until), (b.sold_from, b.sold_until)) and _meet(
        (a.applies_from, a.applies_until), (b.applies_from, b.applies_until)
    )


def _meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    start = max(one[0] or date.min, other[0] or date.min)
    return start <= min(one[1] or date.max, other[1] or date.max)


def option_prices(content: Content) -> Iterator[Finding]:
    """Find tariffs that name another price for an option than the option itself."""
    tariffs = content.tariffs
    for tariff in tariffs.tariffs.values():
        for version in tariff.versions:
            for attribute in version.attributes.values():
                option = tariffs.tariffs.get(tariffs.kinds[attribute.id].option or "")
                if option is None or attribute.polarity is not Polarity.AVAILABLE:
                    continue
                price = _price(option, version.validity.sold_from or version.as_of)
                if price != attribute.value:
                    yield Finding(
                        file=f"tarife/{version.source}",
                        line=None,
                        message=f"{attribute.id} of {version.name} ({version.version}) costs "
                        f"{attribute.value}, but {option.name} {price or 'is not sold then'}",
                        remedy="name the same price in both files",
                    )


def _price(option: Tariff, contract: date) -> Decimal | None:
    version = option.version_for(contract, contract)
    attributes = version.attributes if version else {}
    price = attributes.get("grundpreis") or attributes.get("paketpreis")
    return price.value if price else None


def figures(content: Content) -> Iterator[Finding]:
    """Find figures in price lists and product sheets that the tariff data do not know."""
    for path, reading in content.readings.items():
        for message in disagreements(reading, content.tariffs):
            yield Finding(
                file=content.name(path),
                line=None,
                message=message,
                remedy="change the tariff file or the document, then `make documents`",
            )


def products(content: Content) -> Iterator[Finding]:
    """Find documents about products that do not exist."""
    for path, reading in content.readings.items():
        for product in reading.metadata.products:
            if product not in content.tariffs.tariffs:
                yield Finding(
                    file=content.name(path),
                    line=None,
                    message=f"names the unknown product {product!r}",
                    remedy="use the id of a tariff file",
                )


def links(content: Content) -> Iterator[Finding]:
    """Find references to documents, places and clauses that are gone or no longer in force."""
    for path, reading in content.readings.items():
        if path.suffix not in _PACKED:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                for match in _LINK.finditer(line):
                    wrong = _wrong_link(content, path, match["markdown"] or match["html"])
                    if wrong:
                        yield Finding(
                            file=content.name(path),
                            line=number,
                            message=wrong,
                            remedy="link what is in force, or remove the link",
                        )
        yield from _dead_clauses(content, path, reading)


def _wrong_link(content: Content, path: Path, target: str) -> str | None:
    if _ELSEWHERE.match(target):
        return None
    file, _, anchor = target.partition("#")
    linked = (path.parent / file).resolve() if file else path
    if not linked.is_file():
        return f"links {target!r}, which does not exist"
    reading = {known.resolve(): one for known, one in content.readings.items()}.get(linked)
    if reading is None:
        return None
    ends = reading.metadata.validity.applies_until
    if ends and ends < content.on:
        return f"links {target!r}, which expired on {ends}"
    if anchor and linked.suffix == ".html" and f'id="{anchor}"' not in linked.read_text("utf-8"):
        return f"links {target!r}, but the place {anchor!r} does not exist"
    return None


def _dead_clauses(content: Content, path: Path, reading: Reading) -> Iterator[Finding]:
    clauses = {block.clause for block in reading.blocks}
    for block in reading.blocks:
        for match in _CLAUSE.finditer(block.text):
            if match["clause"] not in clauses:
                yield Finding(
                    file=content.name(path),
                    line=None,
                    message=f"clause {block.clause} refers to {match[0]}, which does not exist",
                    remedy="correct the number in the source of the document",
                )


def publications(content: Content) -> Iterator[Finding]:
    """Find PDF and Word documents that are not what the tariff data and sources make today."""
    try:
        from knowledge_base import publish
    except ModuleNotFoundError as error:
        yield Finding(
            file=".",
            line=None,
            message=f"the published documents cannot be compared without {error.name}",
            remedy="install the development dependencies with `make setup`",
        )
        return
    remedy = "write it anew with `make documents`"
    published: set[Path] = set()
    try:
        documents = list(publish.publications(content.tariffs))
    except TariffFileError as error:
        name = f"publish/quellen/{error.path.name}"
        yield Finding(file=name, line=error.line, message="not valid", remedy=error.remedy)
        return
    for publication in documents:
        path = content.root / publication.path
        beside = path.with_name(f"{path.name}.yaml")
        published.add(beside)
        for file, now in ((path, publication.content), (beside, publication.sidecar.encode())):
            if not file.is_file():
                message = "is missing"
            elif file.read_bytes() != now:
                message = "differs from what the tariff data and sources make"
            else:
                continue
            yield Finding(file=content.name(file), line=None, message=message, remedy=remedy)
    for beside in sorted(set(content.root.rglob("*.*.yaml")) - published):
        if publish.NOTICE in beside.read_text("utf-8"):
            yield Finding(
                file=content.name(beside),
                line=None,
                message="belongs to a document that is no longer published",
                remedy="remove it with its document",
            )


CHECKS: tuple[Check, ...] = (overlaps, option_prices, figures, products, links, publications)
"""All checks; a new one is a function and its name here."""
