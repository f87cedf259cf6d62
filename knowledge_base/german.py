"""German words for the keyword index: folded, split into their parts, and stemmed.

The same path serves passages and questions, so whatever is folded together meets again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol

# A figure may carry separators (29,99 or 01.04.2026), a word may be joined by hyphens (SIM-Karte).
# Names of networks (5G) are one word although they begin with a digit.
_TOKEN = re.compile(r"(?<!\w)[2-5]g(?!\w)|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_DIGRAPH = re.compile(r"ae|oe|(?<![aeiouq])ue")
_RESTORED = {"ae": "ä", "oe": "ö", "ue": "ü"}

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer
    anderes auch auf aus bei beim bin bis bist bitte da dabei dadurch dafür dagegen daher damit
    danach dann daran darauf daraus darf darin darüber das dass dasselbe dazu dein deine deinem
    deinen deiner dem den denen denn dennoch der deren derer derselbe des dessen deshalb dich
    die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch ein eine einem
    einen einer eines einige einigem einigen einiger einiges einmal er es etwa etwas euch euer
    eure eurem euren eurer für gegen gibt hab habe haben hallo hat hatte hatten hätte hier hin
    hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede
    jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kannst können könnt könnte
    könnten man manche manchem manchen mancher mein meine meinem meinen meiner meines mich mir
    mit muss müssen musste möchte möchten na nach noch nun nur ob oder ohne schon sehr sei seid
    sein seine seinem seinen seiner seines seit sich sie sind so sobald solche solchem solchen
    solcher soll sollen sollte sondern sonst soweit sowie über um und uns unser unsere unserem
    unseren unserer unter viel vom von vor während wann war waren warst warum was weg weil
    weiter welche welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieso
    will wir wird wirst wo wobei wodurch womit woran worauf worin worüber wovon wozu wurde
    wurden würde würden zu zum zur zwar zwischen
        """,
    )
)

# Short words of the trade that a dictionary of German does not settle.
_SHORT_PARTS = frozenset(
    re.findall(
        r"\w+",
        """
    sim pin puk tan app tv dsl lte sms mms usb eu web net abo box bon tag amt alt neu not
        """,
    )
)
_LINKS = ("", "s", "es", "n", "en", "er", "e")
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 7
_LONGEST_COMPOUND = 80
"""No German compound is longer; what is, is no word, and costs time with every letter."""


def normalise(text: str) -> str:
    """Bring every spelling of a character to one: composed, lower case, plain spaces and dashes."""
    return unicodedata.normalize("NFKC", text).lower().replace("\xad", "")


def fold(text: str) -> str:
    """Make ``Kündigung``, ``Kuendigung`` and ``Kundigung`` (and ß, ss) the same string."""
    plain = unicodedata.normalize("NFKD", normalise(text).translate(_UMLAUTS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _DIGRAPH.sub(lambda found: found.group()[0], letters)


def tokens(text: str) -> list[str]:
    """Cut a text into words and figures: ``100Mbit`` are two, ``SIM-Karte`` and ``5G`` one."""
    return _TOKEN.findall(_THOUSANDS.sub("", normalise(text)))


def terms(text: str) -> list[str]:
    """Give the index terms of a text: stems of its words and of the parts of its compounds."""
    return [term for token in tokens(text) for term in word_terms(token)]


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[str, ...]:
    """Give the index terms of one word, the whole word first; none for a stop word."""
    if word in STOP_WORDS:
        return ()
    if word[0].isdigit():
        return (word,)
    pieces = re.split("[-‐‑]", word)
    whole = "".join(pieces)
    found = [stem(whole)]
    for piece in pieces:
        found += [stem(piece)] if len(pieces) > 1 and piece not in STOP_WORDS else []
        found += [stem(part) for part in compound_parts(piece)]
    return tuple(dict.fromkeys(found))


def stem(word: str) -> str:
    """Cut a word to its folded stem."""
    return str(_stemmer().stemWord(fold(word)))


@lru_cache(maxsize=100_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Split a compound into the words it is made of, recursively; empty if it is none."""
    if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
        return ()
    best: tuple[str, ...] = ()
    best_score = 0
    for left, right in _cuts(word):
        tail = (right,) if _is_word(right) else compound_parts(right)
        if tail:
            # The most even cut wins: "mobilfunk|anschluss", not "mobil|funkanschluss".
            score = min(len(left), len(right)) * (2 if len(tail) == 1 else 1)
            if score > best_score:
                best, best_score = (left, right), score
    return tuple(
        piece for part in best for piece in ((part, *compound_parts(part)) if part else ())
    )


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for end in range(3, len(word) - 2):
        left, rest = word[:end], word[end:]
        if not _is_word(left):
            continue
        for link in _LINKS:
            right = rest[len(link) :]
            if rest.startswith(link) and len(right) >= 3:
                yield left, right


def _is_word(part: str) -> bool:
    if len(part) < _SHORTEST_PART:
        return part in _SHORT_PARTS
    return is_known(part)


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Tell whether a dictionary of German has a word, in any of its spellings."""
    from simplemma import is_known as holds

    spellings = {word, _DIGRAPH.sub(lambda found: _RESTORED[found.group()], word)}
    return any(holds(s, lang="de") or holds(s.capitalize(), lang="de") for s in spellings)


@cache
def _stemmer() -> _Stemmer:
    import Stemmer

    return Stemmer.Stemmer("german")  # type: ignore[no-any-return]


class _Stemmer(Protocol):
    """The one method of PyStemmer that is used; it comes without types."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        """Cut a word to its stem."""
