"""Does a question about a country speak of the phone there, or of the country alone?"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TELEPHONY = re.compile(
    r"\b(anruf\w*|anzurufen|angerufen|ruf\w*|rangeh\w*|abheb\w*|telefon\w*|gespräch\w*|sms"
    r"|textnachricht\w*|internet\w*|daten\w*|surf\w*|roaming\w*|\w*handy\w*|smartphone\w*|minute\w*"
    r"|netz|mb|megabyte|gb|gigabyte|whats\s?app\w*|online)\b",
    re.IGNORECASE,
)
_TRAVEL = re.compile(
    r"\b(urlaub\w*|ferien|reise\w*|verreise\w*|ausland\w*|kost\w*|preis\w*|zahl\w*|teuer\w*"
    r"|nutz\w*|fahr\w*|flieg\w*|unterwegs|dort|drüben)\b",
    re.IGNORECASE,
)
"""Says no more of a journey than that there is one, and that something costs money."""


def asks_of_journey(text: str) -> bool:
    """Tell whether a text speaks of a journey, of a price, or of the phone at all."""
    return _TRAVEL.search(text) is not None or _TELEPHONY.search(text) is not None


def speaks_of_use(text: str, rest: Sequence[str]) -> bool:
    """Tell whether words of telephony stand beside a country, or nothing that is foreign to it.

    "Was kostet Italien?" asks a telephone company for use there, "Was kostet ein Hotel in Italien?"
    does not.

    Args:
        text: What was asked.
        rest: Its content words that name neither a product nor an attribute nor the country.
    """
    foreign = [word for word in rest if len(word) > 2 and not _TRAVEL.fullmatch(word)]
    return not foreign or _TELEPHONY.search(text) is not None
