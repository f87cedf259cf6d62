"""Is a text fit to stand in or right before the survey question (DOMAIN.md 1.7)?

Used when a questionnaire is loaded; an auditor may put agents' closing sentences to the same test.
The words are stems of our own choosing: the list catches what has been seen in practice, and a
clean result is no proof that a text is neutral, so a person still approves the wording.
"""

from __future__ import annotations

import re
import unicodedata

LEANINGS = {
    "praise": (
        r"toll\w*|super|prima|klasse|gro(?:ß|ss)artig\w*|hervorragend\w*|ausgezeichnet\w*|perfekt\w*"
        r"|freu(?:en|e|t)|freude\w*|erfreu\w*|begeister\w*|zufrieden\w*|exzellent\w*|herzlich\w*"
        r"|wunderbar\w*|gern|gerne|beste[nrs]?"
    ),
    "apology": r"leider|entschuldig\w*|tut (?:uns|mir) leid|bedauer\w*|verzeih\w*",
    "begging": (
        r"helfen sie (?:uns|mir)|unterst(?:ü|ue)tzen sie|geben sie (?:uns|mir)|bestnot\w*"
        r"|volle punkt\w*|h(?:ö|oe)chste\w*|eine (?:10|zehn|9|neun)|gute bewertung|positiv\w*"
    ),
    "incentive": (
        r"gutschein\w*|gewinn\w*|verlos\w*|bonus|boni|pr(?:ä|ae)mie\w*|rabatt\w*|geschenk\w*"
        r"|belohn\w*|arbeitsplatz|job"
    ),
    "class of answers": r"promotor\w*|promoter\w*|detraktor\w*|kritiker\w*|z(?:ä|ae)hlt als",
    "colour": (
        r"rot\w{0,2}|gr(?:ü|ue)n\w{0,2}|gelb\w{0,2}|orange\w{0,2}|blau\w{0,2}|ampel\w*|smiley\w*"
        r"|stern(?:e|en|chen)?"
    ),
    "informal address": r"du|dich|dir|dein\w{0,2}|euch|euer|eure\w?",
}
_LEANINGS = {name: re.compile(rf"\b(?:{words})\b") for name, words in LEANINGS.items()}


def find_leanings(text: str) -> tuple[str, ...]:
    """Name everything in a text that could push an answer up or down; empty when nothing does."""
    plain = unicodedata.normalize("NFC", text).lower()
    found = [
        f"{name} ({hit.group()!r})"
        for name, pattern in _LEANINGS.items()
        if (hit := pattern.search(plain))
    ]
    if "!" in text:
        found.append("exclamation mark")
    found.extend(f"symbol ({sign!r})" for sign in text if unicodedata.category(sign) == "So")
    return tuple(found)
