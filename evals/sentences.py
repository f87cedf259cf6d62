"""True sentences about products and from documents, each with a passage that proves it.

Made from frames, the tariff key and the documents' own words, without the assistant's code.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from evals.key import Terms, Value, load_labels, load_terms
from evals.quantities import folded, states
from knowledge_base.documents import Passage
from knowledge_base.snapshot import Snapshot
from knowledge_base.split import sentences

FOLDER = Path(__file__).parent / "cases" / "sentences"
HALVES = ("build", "build_2", "report", "build_3")
"""Sets of frames: for building, and for the report one that was written when the check stood."""
_QUOTING = 3
"""So many of them quote the documents as well, each other sentences."""
PER_FRAME = 8
QUOTED = 120
"""So many sentences of documents are quoted in each set."""
_KINDS = ("tarif", "roaming", "preisliste", "produktinformationsblatt")
_PROSE = ("agb", "hilfe", "faq", "kundenrechte", "widerruf", "leistungsbeschreibung")
_PER = {"Monat": "im Monat", "einmalig": "einmalig"}
_PERIODS = (
    # a period that a frame names, and what the price or volume must be for
    (
        re.compile(r"\bmonatlich|\b(?:im|pro|jeden) Monat\b|Grundgebühr|Grundpreis von", re.I),
        ("Monat",),
    ),
    (re.compile(r"\beinmalig|Anschlussgebühr", re.I), ("einmalig",)),
    (re.compile(r"\bBuchung\b", re.I), ("Buchung",)),
)
_FILLED = {"produkt", "name", "wert", "euro", "jahre", "per", "hinweis", "erste", "danach"}
_YEARS = {12: "ein Jahr", 24: "zwei Jahre"}
_YEARS_AFTER = re.compile(r"(?:von|von mindestens|Dauer) \{jahre\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A way of saying an attribute."""

    text: str
    attributes: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """One set of frames: ``build``, ``build_2`` or ``report``."""

    half: str
    frames: tuple[Frame, ...]
    names: Mapping[str, str]
    turned: Mapping[str, tuple[str, ...]]
    retold: tuple[tuple[str, str], ...]
    """A sentence of a document, and the same in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A true sentence, and what proves it."""

    text: str
    """With its qualifiers still marked by ``[[…]]``."""
    passage: Passage
    source: str
    """``frame``, ``retold`` or ``quoted``."""
    also: tuple[Passage, ...] = ()
    """Passages that prove its other figures, cited beside."""
    frame: Frame | None = None
    terms: Terms | None = None
    value: Value | None = None

    @property
    def sentence(self) -> str:
        """Say it with all its qualifiers."""
        return tidy(re.sub(r"\[\[|\]\]", "", self.text))


@dataclass(frozen=True, slots=True)
class World:
    """The tariffs and the documents that sentences are made from."""

    terms: tuple[Terms, ...]
    labels: Mapping[str, str]
    passages: tuple[Passage, ...]
    _proofs: dict[tuple[str, str, Value], list[Passage]] = field(default_factory=dict)
    """What was found already: many sentences ask for the same proofs."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> World:
        """Take what is quotable; a typical question is not."""
        quotable = tuple(one for one in snapshot.passages if one.answers is None)
        return cls(load_terms(), load_labels(), quotable)

    def proofs(self, terms: Terms, value: Value) -> list[Passage]:
        """Find the passages that state an attribute of a product in a version."""
        key = (terms.product, terms.version, value)
        if key not in self._proofs:
            self._proofs[key] = self._found(terms, value)
        return self._proofs[key]

    def _found(self, terms: Terms, value: Value) -> list[Passage]:
        label = self.labels[value.attribute]
        return [
            passage
            for passage in self.passages
            if passage.kind in _KINDS
            and _is_of(passage, terms)
            and f"{label}:" in _unfolded(passage.text)
            and (len(passage.products) < 2 or passage.text.startswith((label, terms.name)))
            and (value.amount is None or states(passage.text, value.written))
        ]


def load_sentences(half: str, folder: Path = FOLDER) -> Sentences:
    """Read one set of frames."""
    held = yaml.safe_load((folder / f"{half}.yaml").read_text(encoding="utf-8"))
    return Sentences(
        half=half,
        frames=tuple(
            Frame(text=one["text"], attributes=tuple(one["for"]), says=one["says"])
            for one in held["frames"]
        ),
        names=held["names"],
        turned={says: tuple(texts) for says, texts in held["turned"].items()},
        retold=tuple((one["of"], one["text"]) for one in held["retold"]),
    )


def truths(given: Sentences, world: World, seed: int = 7) -> Iterator[Truth]:
    """Make the true sentences of one set: framed, retold and quoted."""
    chance = random.Random(f"{seed}-{given.half}")
    for frame in given.frames:
        possible = [
            (terms, value)
            for terms in world.terms
            for name in frame.attributes
            if (value := terms.values.get(name)) is not None and value.says == frame.says
        ]
        chance.shuffle(possible)
        made = 0
        for terms, value in possible:
            proofs = world.proofs(terms, value)
            text = said(frame.text, terms, value, given.names)
            beside = [
                world.proofs(terms, terms.values[name])
                for name in re.findall(r"\{(\w+)\}", frame.text)
                if name not in _FILLED and name in terms.values
            ]
            if not proofs or text is None or not all(beside):
                continue
            yield Truth(
                text=text,
                passage=chance.choice(proofs),
                source="frame",
                also=tuple(chance.choice(some) for some in beside),
                frame=frame,
                terms=terms,
                value=value,
            )
            made += 1
            if made == PER_FRAME:
                break
    for original, text in given.retold:
        stated = [p for p in world.passages if folded(original) in folded(p.text)]
        assert stated, f"no document says {original!r}"
        yield Truth(text=text, passage=chance.choice(stated), source="retold")
    yield from _quoted(given.half, world, chance)


def said(
    text: str, terms: Terms, value: Value, names: Mapping[str, str], instead: Value | None = None
) -> str | None:
    """Fill a frame; None if it asks for what this attribute does not have.

    Args:
        instead: Another value, whose figure takes the place of the true one.
    """
    shown = instead or value
    opening = re.match(r"in den ersten (\d+) Monaten, danach ([\d,.]+ €)", value.note)
    wanted = set(re.findall(r"\{(\w+)\}", text))
    alone = wanted <= _FILLED
    if alone and any(period.search(text) and value.per not in per for period, per in _PERIODS):
        return None
    if wanted & {"wert", "euro", "jahre"} and shown.amount is None:
        return None
    if wanted & {"erste", "danach"} and opening is None:
        return None
    others = {
        name: other.written
        for name, other in terms.values.items()
        if name in wanted and other.amount is not None
    }
    if not wanted <= {*others, *_FILLED}:
        return None
    years = _YEARS.get(int(shown.amount or 0)) if value.unit.startswith("Monat") else None
    if "jahre" in wanted and years is None:
        return None
    if years and _YEARS_AFTER.search(text):
        years = {"ein Jahr": "einem Jahr", "zwei Jahre": "zwei Jahren"}[years]
    filled = text.format(
        produkt=_spoken(terms),
        name=names.get(value.attribute, ""),
        wert=_counted(text, shown),
        euro=shown.written.replace("€", "Euro"),
        jahre=years or "",
        per=_PER.get(value.per, f"je {value.per}"),
        hinweis=value.note.partition(";")[0],
        erste=opening[1] if opening else "",
        danach=opening[2] if opening else "",
        **others,
    )
    return filled[0].upper() + filled[1:] if filled else None


def tidy(text: str) -> str:
    """Begin with a capital, and leave no double space."""
    text = re.sub(r"\s+", " ", text).strip()
    return text[:1].upper() + text[1:]


def _quoted(half: str, world: World, chance: random.Random) -> Iterator[Truth]:
    """Quote sentences of the documents; each set has its own."""
    found = sorted(
        {
            (sentence, passage.id): passage
            for passage in world.passages
            if passage.kind in _PROSE and not passage.table
            for line in passage.text.split("\n")
            for sentence in sentences(line)
            if len(sentence.split()) >= 6
        }.items(),
        key=lambda pair: pair[0],
    )
    place = HALVES.index(half)
    mine = found[place::_QUOTING] if place < _QUOTING else []
    for (sentence, _), passage in chance.sample(mine, min(QUOTED, len(mine))):
        yield Truth(text=sentence, passage=passage, source="quoted")


def _is_of(passage: Passage, terms: Terms) -> bool:
    if passage.kind == "roaming" or terms.kind == "roaming":
        return (
            terms.kind == "roaming"
            and terms.name in (*passage.headings, passage.text)
            and (passage.validity.sold_from, passage.validity.applies_from)
            == (terms.sold[0], terms.applies[0])
        )
    named = terms.product in passage.products or (
        terms.kind == "gebuehren" and not passage.products and passage.kind == "tarif"
    )
    if not named or passage.validity.sold_from != terms.sold[0]:
        return False
    if terms.kind in ("gebuehren",):
        return True
    # A row of several products names each; an option has a row of its own.
    return len(passage.products) == 1 or f"{terms.name} " in f"{_unfolded(passage.text)} "


@lru_cache(maxsize=20_000)
def _unfolded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _spoken(terms: Terms) -> str:
    if terms.kind == "roaming":
        return (
            f"Nutzung in der {terms.name}" if terms.name.startswith(("EU", "Welt")) else terms.name
        )
    return terms.name


def _counted(text: str, value: Value) -> str:
    """Put a length of time into the case that its preposition asks for."""
    written = value.written
    if value.unit == "Monat" and value.amount == 1:
        return "einem Monat" if re.search(r"(?:von|mit) \{wert\}", text) else "einen Monat"
    if value.unit == "Monate" and re.search(r"(?:von|mit|nach) \{wert\}", text):
        return f"{written}n"
    return written
