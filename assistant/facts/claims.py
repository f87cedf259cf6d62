"""What a German sentence claims beside figures: included, available, free, unlimited, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """A claim of a clause."""

    INCLUDED = "included"
    AVAILABLE = "available"
    """Can be booked in addition."""
    PRESENT = "present"
    """It exists, in whatever way: "gibt es", "möglich"."""
    FREE = "free"
    NO_EXTRA = "no_extra"
    """Without a price of its own: included or free."""
    COSTS = "costs"
    UNLIMITED = "unlimited"
    LIMITED = "limited"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Claims:
    """The signs of a text; whether it denies them."""

    signs: frozenset[Sign]
    negated: bool


_SIGNS: tuple[tuple[Sign, str], ...] = (
    # the longer ones first: what is found is taken out before the next is looked for
    (Sign.NO_EXTRA, r"ohne (?:weiteren |zusätzlichen |jeden )?aufpreis|ohne mehrpreis"),
    (
        Sign.NO_EXTRA,
        r"ohne (?:weitere |zusätzliche )?kosten|keine (?:weiteren |zusätzlichen )kosten",
    ),
    (Sign.FREE, r"nicht kostenpflichtig"),
    (Sign.COSTS, r"nicht (?:kostenlos|kostenfrei|gratis|unentgeltlich|umsonst)|kostenpflichtig"),
    (
        Sign.COSTS,
        r"(?:kostet|kosten|zahlen|zahlt)\b(?![^.;]{0,70}\bnichts\b)[^.;,]{0,70}?"
        r"\b(?:extra|zusätzlich|aufpreis)\b",
    ),
    (Sign.COSTS, r"fallen\b(?![^.;]{0,70}\bkeine\b)[^.;,]{0,70}?\bkosten an\b|gebührenpflichtig"),
    (Sign.COSTS, r"(?<!k)\beine (?:extra |zusätzliche )?gebühr\b"),
    (Sign.FREE, r"(?:kostet|kosten|berechne[nt]|zahlen|zahlt)\b[^.;]{0,70}?\bnichts(?: extra)?"),
    (
        Sign.FREE,
        r"kostenlos\w*|kostenfrei\w*|gratis|unentgeltlich\w*|gebührenfrei|umsonst|entfällt"
        r"|keine (?:kosten|gebühr\w*)",
    ),
    (Sign.UNLIMITED, r"ohne (?:jede )?(?:begrenzung|limit|beschränkung|obergrenze|drosselung)"),
    (Sign.UNLIMITED, r"kein\w* (?:begrenzung|limit|beschränkung|obergrenze|drosselung)"),
    (Sign.UNLIMITED, r"\b(?:begrenzung|limit|obergrenze)\b[^.;]{0,60}?\b(?:nicht|keine)\b"),
    (Sign.UNLIMITED, r"nicht (?:begrenzt|limitiert|gedrosselt)"),
    (Sign.LIMITED, r"nicht (?:unbegrenzt|unlimitiert|unbeschränkt)|kein unbegrenzt\w*"),
    (Sign.UNLIMITED, r"unbegrenzt\w*|unlimitiert\w*|unlimited|unbeschränkt\w*|grenzenlos"),
    (Sign.LIMITED, r"\b(?:begrenzt\w*|limitiert\w*)"),
    (Sign.AVAILABLE, r"(?:hin)?zu(?:zu)?buch\w*|dazu(?:zu)?buch\w*|\bbuchbar|gegen aufpreis"),
    (Sign.COSTS, r"\b(?:gegen|für|einen|mit) (?:aufpreis|mehrpreis)"),
    (Sign.AVAILABLE, r"dazubestell\w*|\boptional\b|erhältlich|zubuchoption"),
    (
        Sign.INCLUDED,
        r"enth(?:ält|alten)|inklusive|inkludiert|inbegriffen|\bdabei\b|umfass\w*|beinhalte\w*"
        r"|unterstütz\w*|\bbestandteil|\bbietet|\bbieten|im (?:grund)?preis drin|gehör(?:t|en)\b",
    ),
    (Sign.PRESENT, r"möglich|verfügbar|gibt es|nutzbar|erlaubt|zulässig|angeboten"),
    (Sign.ALWAYS, r"\bjederzeit\b|\bimmer\b|\bsofort\b|\bgarantiert\b|\bstets\b"),
)
_PATTERNS = tuple((sign, re.compile(pattern, re.IGNORECASE)) for sign, pattern in _SIGNS)
_NEGATION = re.compile(
    r"\b(?:nicht(?! nur| mehr als| verbraucht| länger als| weniger als)|kein(?:e[nmrs]?)?"
    r"|nie|niemals|ohne|weder|ausgeschlossen|verzichten|fehlt|nirgends)\b",
    re.IGNORECASE,
)


def claims(text: str) -> Claims:
    """Read what a clause or sentence claims."""
    found: set[Sign] = set()
    for sign, pattern in _PATTERNS:
        if pattern.search(text):
            found.add(sign)
            text = pattern.sub(" ", text)
    return Claims(frozenset(found), _NEGATION.search(text) is not None)


def negated(text: str) -> bool:
    """Tell whether a clause denies something, whatever it claims."""
    return _NEGATION.search(text) is not None


def denials(text: str) -> int:
    """Count the words that deny something."""
    return len(_NEGATION.findall(text))
