"""Does somebody want an answer in simple language?"""

from __future__ import annotations

import re

_WISH = re.compile(
    r"[,;:–-]*\s*\b(?:bitte\s+|mal\s+)*"
    r"(?:(?:erklär\w*\s+(?:sie\s+)?(?:mir\s+)?(?:das\s+|es\s+)?)?"
    r"(?:in|auf|mit)\s+(?:ganz\s+|sehr\s+)?(?:einfache[rnm]?|leichte[rnm]?)\s+"
    r"(?:sprache|worten?|wörtern?|deutsch|sätzen)"
    r"|(?:ganz\s+|sehr\s+)?einfach\s+(?:erklär\w*|gesagt|ausgedrückt))\b(?:\s+bitte)?",
    re.IGNORECASE,
)


def without_wish(text: str) -> str | None:
    """Return what is asked beside the wish for simple language; None where nobody wishes it."""
    if _WISH.search(text) is None:
        return None
    return " ".join(_WISH.sub(" ", text).split()).strip(" .,;:–-")
