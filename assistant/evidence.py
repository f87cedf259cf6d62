"""From passages and tariffs to citations and facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from assistant.facts.figures import figures, states
from assistant.messages import Citation, Evidence, EvidenceKind, Fact
from knowledge_base.documents import Passage
from knowledge_base.tariffs import Attribute, TariffVersion
from knowledge_base.wording import SIGNS, figure

_PREFERRED = ("produktinformationsblatt", "preisliste", "tarif", "roaming")
EXCERPT = 400


def cite(passage: Passage, excerpt: str | None = None) -> Citation:
    """Name a passage as a source that opens at the place."""
    words = " ".join((excerpt or passage.text).split())
    fragment = f"#page={passage.page}" if passage.page else ""
    if not fragment and passage.anchor:
        fragment = f"#{quote(passage.anchor)}"
    return Citation(
        document=passage.document,
        title=passage.title,
        version=passage.version,
        as_of=passage.as_of,
        section=passage.section,
        page=passage.page,
        excerpt=words if len(words) <= EXCERPT else words[: EXCERPT - 1].rsplit(" ", 1)[0] + " …",
        link=f"/documents/{quote(passage.document)}/{quote(passage.version)}{fragment}",
        passage=passage.id,
    )


def passage_for(
    attribute: Attribute,
    label: str,
    candidates: Iterable[Passage],
    on: date,
    contract_date: date | None,
) -> Passage | None:
    """Find the passage that states an attribute, the most official document first.

    The candidates must already be those of the product.
    """
    wanted = figures(figure(attribute) or "")
    sign = SIGNS[attribute.polarity] if attribute.polarity else None
    best: tuple[tuple[int, int, int], Passage] | None = None
    for place, passage in enumerate(candidates):
        if passage.kind not in _PREFERRED or label.lower() not in passage.text.lower():
            continue
        if not passage.validity.holds(on, contract_date):
            continue
        stated = figures(passage.text)
        if not all(states(stated, one) for one in wanted):
            continue
        if not wanted and sign and sign not in passage.text:
            continue
        rank = (_PREFERRED.index(passage.kind), len(passage.text), place)
        if best is None or rank < best[0]:
            best = (rank, passage)
    return None if best is None else best[1]


def fact_of(version: TariffVersion, attribute: Attribute, text: str, passage: Passage) -> Fact:
    """State an attribute as a fact proven by a passage of the same product and version."""
    return Fact(
        product=version.product,
        attribute=attribute.id,
        value=attribute.value,
        unit=attribute.unit,
        per=attribute.per,
        polarity=attribute.polarity.value if attribute.polarity else None,
        qualifier="; ".join(one for one in (attribute.bound, attribute.note) if one) or None,
        text=text,
        valid_from=version.validity.applies_from,
        valid_until=version.validity.applies_until,
        evidence=Evidence(kind=EvidenceKind.PASSAGE, reference=passage.id),
    )


def facts_quoted(passage: Passage, text: str) -> tuple[Fact, ...]:
    """List the figures of a quotation as facts; which attribute they belong to is not known."""
    product = passage.products[0] if len(passage.products) == 1 else None
    return tuple(
        Fact(
            product=product,
            attribute=None,
            unit=one.unit or None,
            text=one.value,
            valid_from=passage.validity.applies_from,
            valid_until=passage.validity.applies_until,
            evidence=Evidence(kind=EvidenceKind.PASSAGE, reference=passage.id),
        )
        for one in sorted(figures(text), key=lambda one: (one.unit, one.value))
    )
