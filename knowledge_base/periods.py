"""Checks of validity: what overlaps, ends before it begins, or expired without a successor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

from knowledge_base.documents import Audience, Validity
from knowledge_base.findings import Content, Finding
from knowledge_base.loaders import Reading

_PAPERS: Mapping[Audience, tuple[str, ...]] = MappingProxyType(
    {
        Audience.CONSUMER: (
            "agb",
            "leistungsbeschreibung",
            "preisliste",
            "produktinformationsblatt",
        ),
        Audience.BUSINESS: ("agb", "leistungsbeschreibung", "preisliste"),
        Audience.EVERYONE: (),
    }
)
"""Documents that a tariff needs as long as it is sold; older ones stay for older contracts."""
_VERSIONED = frozenset(kind for kinds in _PAPERS.values() for kind in kinds)
_NO_TARIFF = ("option", "gebuehren")


def overlaps(content: Content) -> Iterator[Finding]:
    """Find two versions of a product that would both be in force for one contract."""
    histories = [tariff.versions for tariff in content.tariffs.tariffs.values()]
    histories += [zone.versions for zone in content.tariffs.zones.values()]
    for versions in histories:
        for older, newer in combinations(versions, 2):
            if overlap(older.validity, newer.validity):
                yield Finding(
                    file=f"tarife/{newer.source}",
                    line=None,
                    message=f"{newer.name}: versions {older.version!r} and {newer.version!r} "
                    "hold for the same contracts at the same time",
                    remedy="end the older version before the newer begins",
                )


def document_overlaps(content: Content) -> Iterator[Finding]:
    """Find two documents of a kind that would both be in force for one contract of a product."""
    versioned = [
        (path, reading)
        for path, reading in content.readings.items()
        if reading.metadata.kind in _VERSIONED
    ]
    for (first, one), (second, other) in combinations(versioned, 2):
        if one.metadata.kind != other.metadata.kind:
            continue
        shared = sorted(set(one.metadata.products) & set(other.metadata.products))
        if shared and overlap(one.metadata.validity, other.metadata.validity):
            yield Finding(
                file=content.name(second),
                line=None,
                message=f"holds for the same contracts of {', '.join(shared)} at the same time as "
                f"{content.name(first)}",
                remedy="end the older document before the newer begins",
            )


def inverted(content: Content) -> Iterator[Finding]:
    """Find periods that end before they begin: nothing would ever be found in them."""
    histories = [tariff.versions for tariff in content.tariffs.tariffs.values()]
    histories += [zone.versions for zone in content.tariffs.zones.values()]
    for versions in histories:
        for version in versions:
            if _is_inverted(version.validity):
                yield _inverted(f"tarife/{version.source}", f"{version.name} {version.version!r}")
    for country in content.tariffs.countries:
        for period in country.periods:
            if _ends_first(period.valid_from, period.valid_until):
                yield _inverted("tarife/roaming.yaml", country.name)
    for path, reading in content.readings.items():
        if _is_inverted(reading.metadata.validity):
            yield _inverted(content.name(path), "the document")


def expired(content: Content) -> Iterator[Finding]:
    """Find pages that are no longer in force, and tariffs on sale whose documents are not."""
    for path, reading in content.readings.items():
        ends = reading.metadata.validity.applies_until
        if reading.metadata.kind not in _VERSIONED and ends and ends < content.on:
            yield Finding(
                file=content.name(path),
                line=None,
                message=f"expired on {ends}",
                remedy="renew it, or remove it",
            )
    for tariff in content.tariffs.tariffs.values():
        version = tariff.version_for(content.on)
        if version is None or tariff.kind in _NO_TARIFF:
            continue
        for kind in _PAPERS[tariff.audience]:
            papers = {p: r for p, r in content.readings.items() if _is_paper(r, kind, tariff.id)}
            if not any(one.metadata.validity.holds(content.on) for one in papers.values()):
                yield Finding(
                    file=f"tarife/{version.source}",
                    line=None,
                    message=f"{tariff.name} is sold on {content.on}, but no {kind} in force names "
                    f"it{_last(content, papers)}",
                    remedy="publish the document for today's contracts, or end the sale",
                )


def unsold(content: Content) -> Iterator[Finding]:
    """Find price lists, terms and sheets that name a product never sold to their contracts."""
    for path, reading in content.readings.items():
        if reading.metadata.kind not in _VERSIONED:
            continue
        for product in reading.metadata.products:
            tariff = content.tariffs.tariffs.get(product)
            if tariff is None:
                continue
            if not any(overlap(reading.metadata.validity, v.validity) for v in tariff.versions):
                yield Finding(
                    file=content.name(path),
                    line=None,
                    message=f"names {tariff.name}, of which no version holds for its contracts",
                    remedy="correct the period of the document, or leave the product out",
                )


def _is_paper(reading: Reading, kind: str, product: str) -> bool:
    return reading.metadata.kind == kind and product in reading.metadata.products


def _last(content: Content, papers: Mapping[Path, Reading]) -> str:
    ends = {path: _end(reading.metadata.validity) for path, reading in papers.items()}
    known = {path: end for path, end in ends.items() if end}
    if not known:
        return ""
    last = max(known, key=lambda path: known[path])
    return f"; {content.name(last)} ended on {known[last]}"


def _end(validity: Validity) -> date | None:
    ends = [end for end in (validity.sold_until, validity.applies_until) if end]
    return min(ends, default=None)


def _inverted(file: str, what: str) -> Finding:
    return Finding(
        file=file,
        line=None,
        message=f"the period of {what} ends before it begins",
        remedy="correct its dates",
    )


def _is_inverted(validity: Validity) -> bool:
    return _ends_first(validity.sold_from, validity.sold_until) or _ends_first(
        validity.applies_from, validity.applies_until
    )


def _ends_first(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def overlap(a: Validity, b: Validity) -> bool:
    """Tell whether there are contracts and days for which both hold."""
    return _meet((a.sold_from, a.sold_until), (b.sold_from, b.sold_until)) and _meet(
        (a.applies_from, a.applies_until), (b.applies_from, b.applies_until)
    )


def _meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    start = max(one[0] or date.min, other[0] or date.min)
    return start <= min(one[1] or date.max, other[1] or date.max)
