"""What a sentence claims of attributes beside figures, held against their polarity.

A claim of inclusion, availability, "kostenlos" or "unbegrenzt" needs the same product, attribute
and polarity; naming such an attribute without denying it claims that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.binding import Cited, Fault
from assistant.facts.claims import Claims, Sign, claims
from assistant.facts.lexicon import Hit
from assistant.facts.qualifiers import keeps
from assistant.facts.statements import Stated
from knowledge_base.products import Attribute, Polarity
from knowledge_base.tariffs import Tariffs

_WEIGHTY = frozenset({Sign.FREE, Sign.UNLIMITED, Sign.COSTS, Sign.LIMITED, Sign.AVAILABLE})
"""They must be carried by an attribute; "enthalten" may be said of a figure as well."""


def bind_claims(cited: Cited, carried: Sequence[Stated]) -> list[Stated] | Fault:
    """Find the statements that carry what a sentence claims of the attributes it names.

    Args:
        carried: What already carries its figures.
    """
    told = {one.attribute.id for one in carried}
    made = claims(cited.spoken.plain)
    found: list[Stated] = []
    for identifier, hit in _named(cited, told).items():
        clause = claims(cited.spoken.clause(min(start for start, _ in hit.spans)))
        said = clause if clause.signs or clause.negated else made
        evidence = [
            one for version in cited.versions() for one in cited.stated(version, identifier)
        ]
        if not evidence:
            fault = _missing(identifier, cited, said, told)
            if fault is not None:
                return fault
            continue
        for one in evidence:
            fault = contradiction(
                one.attribute, said, told=identifier in told, tariffs=cited.tariffs
            )
            if fault is not None:
                return fault
            speaks = one.attribute.polarity is not None or identifier in told
            if speaks and not keeps(cited.spoken.text, one, None, cited.spoken.plain):
                return Fault.QUALIFIER
            if speaks:
                found.append(one)
    for one in carried:
        if one.attribute.polarity is None and made.negated and _denied(cited):
            return Fault.NEGATION
    weighty = made.signs & (_WEIGHTY - {Sign.COSTS, Sign.AVAILABLE} if carried else _WEIGHTY)
    if weighty and not any(one.attribute.polarity for one in (*found, *carried)):
        return Fault.CLAIM
    return found


def contradiction(
    attribute: Attribute, said: Claims, *, told: bool, tariffs: Tariffs
) -> Fault | None:
    """Name how a claim disagrees with an attribute.

    Args:
        told: The sentence states the attribute's figure.
    """
    signs, negated = said.signs, said.negated
    match attribute.polarity:
        case Polarity.INCLUDED:
            flat = "flat" in tariffs.kinds[attribute.id].label.lower()
            wrong = {Sign.FREE, Sign.COSTS, Sign.AVAILABLE, *(() if flat else (Sign.UNLIMITED,))}
            if negated:
                return Fault.NEGATION
            return Fault.CLAIM if signs & wrong else None
        case Polarity.EXCLUDED:
            priced = attribute.value is not None and told
            if not negated and not priced:
                return Fault.NEGATION
            wrong = {Sign.FREE, Sign.AVAILABLE, Sign.UNLIMITED, Sign.NO_EXTRA, Sign.COSTS}
            return Fault.CLAIM if signs & wrong and not priced else None
        case Polarity.AVAILABLE:
            if signs & {Sign.FREE, Sign.NO_EXTRA, Sign.UNLIMITED}:
                return Fault.CLAIM
            if negated:
                return None if Sign.INCLUDED in signs else Fault.NEGATION
            booked = told or signs & {Sign.AVAILABLE, Sign.COSTS}
            return Fault.CLAIM if Sign.INCLUDED in signs and not booked else None
        case Polarity.FREE:
            if Sign.COSTS in signs or (Sign.AVAILABLE in signs and Sign.FREE not in signs):
                return Fault.CLAIM
            return Fault.NEGATION if negated else None
        case Polarity.UNLIMITED:
            if signs & {Sign.LIMITED, Sign.FREE, Sign.COSTS, Sign.AVAILABLE}:
                return Fault.CLAIM
            return Fault.NEGATION if negated else None
        case None:
            return _of_a_figure(attribute, said, told=told)


def _of_a_figure(attribute: Attribute, said: Claims, *, told: bool) -> Fault | None:
    """Hold a claim against an attribute that only has a figure, or only words."""
    if attribute.value is None:
        return None
    if (
        said.signs & {Sign.FREE, Sign.NO_EXTRA}
        and attribute.value != 0
        and not _free_too(attribute)
    ):
        return Fault.CLAIM
    if told:
        return None
    if Sign.UNLIMITED in said.signs or (Sign.INCLUDED in said.signs and attribute.unit == "EUR"):
        return Fault.CLAIM
    return Fault.NEGATION if said.negated and said.signs else None


def _free_too(attribute: Attribute) -> bool:
    return "kostenlos" in (attribute.note or "")


def _named(cited: Cited, told: set[str]) -> dict[str, Hit]:
    """Find the attributes that a sentence names; a clearer name hides those it contains."""
    hits = {
        identifier: hit
        for identifier in cited.tariffs.kinds
        if (hit := cited.hit(identifier)) is not None
    }
    return {
        identifier: hit
        for identifier, hit in hits.items()
        if identifier in told
        or not any(
            other != identifier
            and hit.overlaps(rival)
            and (rival.score > hit.score or (other in told and rival.score >= hit.score))
            for other, rival in hits.items()
        )
    }


def _missing(identifier: str, cited: Cited, said: Claims, told: set[str]) -> Fault | None:
    """Judge an attribute that no cited passage states."""
    held = [v.attributes[identifier] for v in cited.versions() if identifier in v.attributes]
    if held and all(one.polarity is None for one in held):
        # Its figure is not told, so nothing is said of it but its name.
        return Fault.CLAIM if said.signs & _WEIGHTY and not told else None
    if held:
        return Fault.CITATION
    claimable = any(
        version.attributes[identifier].polarity is not None
        for tariff in cited.tariffs.tariffs.values()
        for version in tariff.versions
        if identifier in version.attributes
    )
    return Fault.CLAIM if claimable else None


def _denied(cited: Cited) -> bool:
    """Tell whether the verb of a figure is denied: "kostet nicht 24,99 €"."""
    return any(
        re.search(r"\b(?:nicht|kein\w*|nie)\s+(?:mehr als\s)?[^,;]{0,12}$", before) is not None
        for part in cited.spoken.parts
        if (before := cited.spoken.plain[part.start : part.found.start])
    )
