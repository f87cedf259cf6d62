"""The words of a question that say when: they decide which version answers, not what is asked."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uar)?|jän(?:ner)?|feb(?:ruar)?|märz|maerz|mrz|apr(?:il)?|mai|juni?|juli?"
    r"|aug(?:ust)?|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)"
)
_YEAR = r"(?:20\d\d|['’]\d\d)"
_DAY = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{2,4}})?|\d{{1,2}}\.\s?{_MONTH}\b(?:\s{_YEAR})?)"
_TIME = rf"(?:{_DAY}|{_MONTH}\b\.?(?:\s{_YEAR})?|{_YEAR})"
_PART = r"(?:(?:anfang|mitte|ende|früh(?:ling|jahr)|sommer|herbst|winter|jahr(?:es)?)\s+)"
_LEAD = r"(?:(?:vom|von|seit|ab|am|im|in|aus|zum|des|dem|der)\s+)"
_CLOSED = (
    r"(?:ab)?geschlossen\w*|abschluss|abgeschl\w*|unterschrieben\w*|bestellt\w*|gebucht\w*"
    r"|vertrags(?:schluss|beginn|abschluss)|vertrag"
)
_WHEN = re.compile(
    rf"(?<!\w)(?:(?:{_CLOSED})\s+(?:ist\s+|war\s+|stammt\s+)?)?{_LEAD}?{_LEAD}?{_PART}?{_TIME}(?!\w)"
    rf"(?:\s+(?:{_CLOSED}))?",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_STRAY = re.compile(r"\s+([,.:;?!])|([,:;])\s*(?=[,:;.?!]|$)")


def timeless(text: str) -> str:
    """Take dates, and the contract's closing beside them, out of a question.

    A question that is about nothing else stays as it is.
    """
    rest = _EMPTY.sub(" ", _WHEN.sub(" ", text))
    rest = " ".join(_STRAY.sub(r"\1", rest).split()).strip(" ,;:-")
    return rest if len(re.findall(r"\w{3,}", rest)) > 1 else text
