"""What is wrong in the content: found before a customer reads it.

Each check is a line in ``CHECKS``; what it finds names file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge_base.documents import DocumentError
from knowledge_base.fees import fees
from knowledge_base.figures import disagreements
from knowledge_base.findings import Check, Content, Finding
from knowledge_base.loaders import LOADERS, Reading
from knowledge_base.periods import document_overlaps, expired, inverted, overlaps, unsold
from knowledge_base.products import Polarity, Tariff
from knowledge_base.references import links, named_documents
from knowledge_base.sources import CONTENT
from knowledge_base.strict_yaml import TariffFileError
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import net_of

_WITH_TAX = Decimal("1.19")


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


def net_prices(content: Content) -> Iterator[Finding]:
    """Find net prices that do not belong to the gross price beside them."""
    for tariff in content.tariffs.tariffs.values():
        for version in tariff.versions:
            for attribute in version.attributes.values():
                net, gross = net_of(attribute), attribute.value
                if net is None or gross is None:
                    continue
                right = (gross / _WITH_TAX).quantize(Decimal("0.01"))
                if net != right:
                    yield Finding(
                        file=f"tarife/{version.source}",
                        line=None,
                        message=f"{attribute.id} of {version.name} ({version.version}) costs "
                        f"{gross} gross and {net} net; {right} would be right",
                        remedy="correct the value or its note",
                    )


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


CHECKS: tuple[Check, ...] = (
    overlaps,
    document_overlaps,
    inverted,
    expired,
    unsold,
    option_prices,
    net_prices,
    figures,
    fees,
    products,
    links,
    named_documents,
    publications,
)
"""All checks; a new one is a function and its name here."""
