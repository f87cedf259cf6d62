"""English questions in German words: reviewed content that look-ups and search can read.

It translates no answer and no figure. What it does not know stays English, and no look-up explains
an English word: then there is no look-up, only search, or no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.countries import in_german
from assistant.facts.english import with_german_numbers
from assistant.texts import ContentError
from knowledge_base.strict_yaml import plain

_SHORT = (
    (r"\b(wh(?:at|ere|en|o)|how|it|that|there)['’]s\b", r"\1 is"),
    (r"\bi['’]m\b", "i am"),
    (r"\b(i|we)['’]d like\b", r"\1 would like"),
    (r"\b(\w+)['’](?:ve|ll|d|re)\b", r"\1"),
    (r"\bcan['’]?t\b|\bcannot\b", "can not"),
    (r"\bwon['’]?t\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|has|have|could|would|should)n['’]?t\b", r"\1 not"),
)
_CONTRACTIONS = tuple((re.compile(short, re.IGNORECASE), long) for short, long in _SHORT)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.](?=\S)[^.?!\n]*)*[.?!]*")
_LEAD = re.compile(
    r"^(?:(?:hi|hello|hey|please|and|so|ok|okay|also|but|then|good (?:morning|evening|afternoon)"
    r"|(?:can|could) you (?:tell me|explain)|i (?:would like|want) to know|do you know|explain"
    r"|tell me),?\s+)+(?=\w+ \w)",
    re.IGNORECASE,
)
_HIDDEN = 0xE000
"""The first of the private characters that stand for names while words are replaced."""
_HOLE = re.compile(r"\{(x2?)\}")
_SHORTEST = 4
"""Shorter words have forms that are other words."""
_BEFORE_PLACES = (
    ("to ", "nach "),
    ("in ", "in "),
    ("from ", "aus "),
    ("call ", "anrufe nach "),
    ("calling ", "anrufe nach "),
    ("", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A whole question: its pattern, and what it becomes."""

    pattern: re.Pattern[str]
    german: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Glossary:
    """Says English questions in German; too long to be shown in a traceback."""

    forms: Sequence[_Form] = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    """German by English in small letters."""
    pattern: re.Pattern[str] = field(repr=False)

    def german(self, text: str, names: Iterable[str] = ()) -> str:
        """Say a question in German words.

        Args:
            text: What a customer typed in English.
            names: Names of products, which are never translated.
        """
        text = with_german_numbers(" ".join(unicodedata.normalize("NFC", text).split()))
        for short, long in _CONTRACTIONS:
            text = short.sub(long, text)
        text, hidden = _hide(text, names)
        said = [self._sentence(found[0].strip()) for found in _SENTENCE.finditer(text)]
        german = " ".join(one for one in said if one)
        return "".join(hidden.get(one, one) for one in german)

    def _sentence(self, sentence: str) -> str:
        core = sentence.rstrip(".?! ")
        end = sentence[len(core) :].strip()
        return f"{self._phrase(_LEAD.sub('', core))}{end}" if core else ""

    def _phrase(self, text: str) -> str:
        if _key(text) in self.words:
            return self.words[_key(text)]
        for form in self.forms:
            found = form.pattern.fullmatch(text)
            if found is not None:
                said = {name: self._words(part) for name, part in found.groupdict().items()}
                return _tidy(form.german.format(**said))
        return self._words(text)

    def _words(self, text: str) -> str:
        return _tidy(self.pattern.sub(lambda found: self.words[_key(found[0])], text))


def load_glossary(path: Path) -> Glossary:
    """Read a glossary.

    Raises:
        ContentError: Its form is wrong, or an English word stands in two entries.
    """
    found: dict[str, Any] = plain(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or set(found) != {"sentences", "words", "places"}:
        raise ContentError(path, 1, "write exactly: sentences, words, places")
    words: dict[str, str] = {}
    for german, entries in found["words"].items():
        for english in entries:
            if not isinstance(english, str):
                raise ContentError(path, None, f"write {english!r} in quotation marks")
            if _key(english) in words:
                raise ContentError(path, None, f"{english!r} stands in two entries; keep one")
            words[_key(english)] = german
    for english, german in _places(found["places"]):
        for lead, said in _BEFORE_PLACES:
            for article in ("the ", ""):
                words.setdefault(_key(f"{lead}{article}{english}"), said + german)
    for english, german in list(words.items()):
        for inflected in _inflected(english) if german else ():
            words.setdefault(inflected, german)
    ordered = sorted(words, key=len, reverse=True)
    body = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    forms = []
    for entry in found["sentences"]:
        if set(entry) != {"en", "de"} or _holes(entry["en"]) != _holes(entry["de"]):
            raise ContentError(path, None, f"{entry!r} needs en and de with the same {{x}}")
        forms.append(_Form(pattern=_compiled(entry["en"]), german=entry["de"]))
    return Glossary(
        forms=forms,
        words=words,
        pattern=re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE),
    )


def _places(special: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for german, names in special.items():
        for name in names:
            yield name, german
    for english, german in in_german().items():
        yield english, german


def _inflected(word: str) -> Iterator[str]:
    """Give the regular forms of a single word: an entry serves bill, bills and billed."""
    if not word.isalpha() or len(word) < _SHORTEST:
        return
    stem = word[:-1] if word.endswith(("e", "y")) else word
    yield f"{stem}ies" if word.endswith("y") else f"{word}s"
    yield f"{stem}ied" if word.endswith("y") else f"{stem}ed"
    yield f"{word if word.endswith('y') else stem}ing"


def _holes(text: str) -> list[str]:
    return sorted(set(_HOLE.findall(text)))


def _compiled(form: str) -> re.Pattern[str]:
    pattern = ""
    for part in re.findall(r"\{x2?\}|\([^)]*\)|\[[^\]]*\]|[^\s()\[\]{}]+", form):
        if part.startswith("{"):
            pattern += rf"(?P<{part[1:-1]}>\S.*?)(?!\w)\s*"
        elif part.startswith("("):
            pattern += rf"(?<!\w)(?:{_either(part[1:-1])})(?!\w)\s*"
        elif part.startswith("["):
            pattern += rf"(?:(?<!\w)(?:{_either(part[1:-1])})(?!\w)\s*)?"
        else:
            pattern += rf"(?<!\w){re.escape(part)}(?!\w)\s*"
    return re.compile(pattern, re.IGNORECASE)


def _either(body: str) -> str:
    return "|".join(re.escape(option).replace(r"\ ", r"\s+") for option in body.split("|"))


def _key(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _hide(text: str, names: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Put a single character in the place of every product's name."""
    ordered = sorted({name for name in names if name}, key=len, reverse=True)
    hidden: dict[str, str] = {}
    if not ordered:
        return text, hidden

    def hide(found: re.Match[str]) -> str:
        mark = chr(_HIDDEN + len(hidden))
        hidden[mark] = found[0]
        return mark

    body = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in ordered)
    return re.sub(rf"(?<!\w)(?:{body})(?!\w)", hide, text, flags=re.IGNORECASE), hidden


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.?!;:])", r"\1", " ".join(text.split()))
