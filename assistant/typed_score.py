"""A score that a customer types or says: "8", "acht", "8/10", "ne 7" (DOMAIN.md 1.7).

For channels without radio buttons, and only while the survey question is open there. In the web
chat a number is an ordinary message: only the form's typed inputs are answers.
"""

from __future__ import annotations

import re
import unicodedata

WORDS = (
    ("null",),
    ("eins",),
    ("zwei", "zwo"),
    ("drei",),
    ("vier",),
    ("fünf", "fuenf"),
    ("sechs",),
    ("sieben",),
    ("acht",),
    ("neun",),
    ("zehn",),
)
_SCORES = {word: score for score, words in enumerate(WORDS) for word in words}
_SCORES |= {str(score): score for score in range(11)}

_NUMBER = "|".join(sorted(map(re.escape, _SCORES), key=len, reverse=True))
_BEFORE = (
    r"(?:(?:ich|würde|wuerde|gebe|geb|vergebe|sage|sag|sagen|ja|ok|okay|also|na|hm|bitte|eine|ne|'ne"
    r"|ein|die|der|das|von mir|meine bewertung|bewertung|meine antwort|antwort|ist|wäre|waere|mal"
    r"|so|etwa|ungefähr|ungefaehr|circa|ca\.)[\s,:]+)*"
)
_AFTER = (
    r"(?:\s*(?:/|von|aus)\s*(?:10|zehn))?(?:\s+punkte?n?)?"
    r"(?:[\s,]+(?:geben|vergeben|sagen|bitte|danke|denke ich|würde ich sagen|glaube ich|ungefähr))*"
)
_SCORE = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER}){_AFTER}\s*[.!)]*")


def score_in(text: str) -> int | None:
    """Read the one score from 0 to 10 that a text states, or None when it says anything else.

    The whole text must be a score and filler words: "11", "−1", "7,5", "8 oder 9" and "10 GB"
    are none, and neither is "Note 1", which is the best mark in school and the worst here.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _SCORE.fullmatch(plain.strip("\"'„“”*_ "))
    return None if found is None else _SCORES[found["number"]]
