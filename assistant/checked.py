"""Nothing unevidenced leaves: every sentence of a model is held against the passages it cites.

A sentence passes when it is a quotation; or when each of its figures and claims is stated by a
cited passage for the same product, attribute, version and polarity, with its limits; or, where no
tariff data explain it, when one sentence of a cited passage says the same. Kindness needs no
source. Everything else is not sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts.binding import Cited, Fault, bind_figures
from assistant.facts.claims import claims
from assistant.facts.lexicon import Lexicon, lexicon
from assistant.facts.polarity import bind_claims
from assistant.facts.prose import is_quoted, supports, units
from assistant.facts.spoken import Spoken, take_apart
from assistant.facts.statements import Reading, Stated, read_passage
from knowledge_base import german
from knowledge_base.documents import Passage
from knowledge_base.tariffs import Tariffs

MARK = re.compile(r"\s*\[(\d{1,2})\]")

_TELLING = (Fault.NEGATION, Fault.QUALIFIER)
"""What a sentence of prose tells more exactly than the tariff data."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a sentence, or what carries it."""

    fault: str | None
    stated: tuple[Stated, ...] = ()
    """The attributes that carry it; none for a quotation or a sentence from prose."""


def fault(sentence: str, cited: Sequence[Passage], tariffs: Tariffs | None) -> str | None:
    """Name what is wrong with a sentence, or None when its passages carry it."""
    return check(sentence, cited, tariffs).fault


def check(
    sentence: str,
    cited: Sequence[Passage],
    tariffs: Tariffs | None,
    topic: Sequence[str] = (),
) -> Checked:
    """Hold a sentence against the passages it cites.

    Args:
        topic: Products spoken of before, for a sentence that names none.
    """
    text = MARK.sub("", sentence).strip()
    words = lexicon()
    spoken = take_apart(text, tariffs)
    if _polite(spoken, words):
        return Checked(None)
    if not cited:
        return Checked(Fault.UNCITED)
    if any(is_quoted(text, passage) for passage in cited):
        return Checked(None)
    readings = (
        [read_passage(passage, tariffs) for passage in cited]
        if tariffs
        else [Reading(passage, (), (), tuple(passage.text.split("\n"))) for passage in cited]
    )
    fault: Fault = Fault.UNSUPPORTED
    if tariffs is not None:
        against = Cited(spoken, readings, tariffs, words, topic)
        if _foreign(against):
            return Checked(Fault.PRODUCT)
        bound = _bound(against)
        if not isinstance(bound, Fault):
            return Checked(None, tuple(bound))
        fault = bound
    found = _in_prose(spoken, readings, tariffs, words)
    if found is None or found in _TELLING or fault is Fault.UNSUPPORTED:
        return Checked(found)
    return Checked(fault)


def _bound(cited: Cited) -> list[Stated] | Fault:
    """Bind figures, then claims, then see that no word says more."""
    figures = bind_figures(cited)
    if isinstance(figures, Fault):
        return figures
    claimed = bind_claims(cited, figures)
    if isinstance(claimed, Fault):
        return claimed
    carried = [*figures, *claimed]
    if not carried or _says_more(cited, carried):
        return Fault.UNSUPPORTED
    return carried


def _says_more(cited: Cited, carried: Sequence[Stated]) -> bool:
    """Tell whether a sentence has a noun that neither its evidence nor its attributes explain."""
    text = cited.spoken.plain
    spans = [
        span
        for one in carried
        if (hit := cited.hit(one.attribute.id)) is not None
        for span in hit.spans
    ]
    spans += [(part.found.start, part.found.end) for part in cited.spoken.parts]
    known: set[str] = set()
    for one in carried:
        place = one.passage
        known |= set(
            german.terms(" ".join((one.line, one.kind.label, place.title, *place.headings)))
        )
    unknown = nouns = 0
    words = list(re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))
    for position, word in enumerate(words):
        terms = set(german.word_terms(word[0].lower()))
        if not terms or terms & known or german.stem(word[0].lower()) in cited.lexicon.harmless:
            continue
        if any(start < word.end() and word.start() < end for start, end in spans):
            continue
        if word[0][0].isupper() and position:
            if not german.is_known(word[0].lower()):
                return True  # a name
            nouns += 1
        unknown += 1
    # What is included, free or available beside is told by a noun more.
    allowed = 0 if claims(text).signs else 1
    return nouns > allowed or unknown > max(1, len(words) // 3)


def _in_prose(
    spoken: Spoken, readings: Sequence[Reading], tariffs: Tariffs | None, words: Lexicon
) -> Fault | None:
    """Find one sentence of the passages that says the same; name the least fault else."""
    faults: list[Fault] = []
    for reading in readings:
        for unit in units(reading.passage, reading.rest, tariffs):
            found = supports(spoken.text, spoken.plain, unit, words)
            if found is None:
                return None
            faults.append(found)
    telling = (one for one in faults if one in _TELLING)
    return next(telling, Fault.UNSUPPORTED if Fault.UNSUPPORTED in faults else Fault.FIGURE)


def _foreign(cited: Cited) -> bool:
    """Tell whether a product is named that neither passage nor its words are about."""
    if not cited.foreign():
        return False
    told = " ".join(
        " ".join((one.passage.title, *one.passage.headings, one.passage.text))
        for one in cited.readings
    )
    about = {product for one in cited.readings for product in one.passage.products}
    about |= {product.id for product in cited.tariffs.mentioned(told)}
    if not about and not cited.spoken.products:
        return False  # what holds whatever product is spoken of
    return not set(cited.spoken.products or cited.topic) <= about | set(cited.covered)


def _polite(spoken: Spoken, words: Lexicon) -> bool:
    """Tell whether a sentence says nothing but kindness."""
    tokens = german.tokens(spoken.text)
    return bool(tokens) and not spoken.parts and all(token in words.polite for token in tokens)
