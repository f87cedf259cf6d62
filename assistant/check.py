"""What is wrong in the assistant's own content, for ``aura check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.build import CONTENT
from assistant.customers.demo import CUSTOMERS, DemoCustomerSystem
from assistant.facts.lexicon import Lexicon, lexicon
from assistant.frames import Frames, form_of, load_frames
from assistant.own.answers import load_own
from assistant.own_data import load_own_data
from assistant.questionnaires import load_questionnaires
from assistant.scope import load_scope
from assistant.texts import ContentError, load_texts
from assistant.understanding.glossary import load_glossary
from assistant.understanding.wishes import load_reasons, load_smalltalk, translated
from assistant.wordings import EnglishWording
from assistant.written import load_prompt
from knowledge_base.findings import Finding
from knowledge_base.sources import CONTENT as DOCUMENTS
from knowledge_base.tariffs import RoamingZone, Tariff, TariffFileError, Tariffs


def _translated_reasons(path: Path) -> object:
    return translated(load_reasons(path.with_name("handoff.yaml")), path)


def _translated_remarks(path: Path) -> object:
    return translated(load_smalltalk(path.with_name("smalltalk.yaml")), path)


FILES: dict[str, Callable[[Path], object]] = {
    "texts/de.yaml": load_texts,
    "texts/en.yaml": load_texts,
    "frames/de.yaml": load_frames,
    "frames/en.yaml": load_frames,
    "glossary/en.yaml": load_glossary,
    "facts.yaml": lexicon,
    "handoff.yaml": load_reasons,
    "handoff.en.yaml": _translated_reasons,
    "smalltalk.yaml": load_smalltalk,
    "scope.yaml": load_scope,
    "smalltalk.en.yaml": _translated_remarks,
    "own_data.yaml": load_own_data,
    "own/de.yaml": load_own,
    "prompts/answer.md": load_prompt,
    "surveys": load_questionnaires,
}
"""Every content file and what reads it strictly."""


def check(content: Path = CONTENT, documents: Path = DOCUMENTS) -> list[Finding]:
    """Read every content file the way the assistant does, and say what does not fit."""
    findings: list[Finding] = []
    read: dict[str, object] = {}
    for name, load in FILES.items():
        try:
            read[name] = load(content / name)
        except ContentError as error:
            findings.append(
                Finding(file=name, line=None, message=str(error), remedy="correct the file")
            )
    try:
        tariffs = Tariffs.load(documents / "tarife")
    except TariffFileError:
        return findings  # the floor below reports it
    frames, english = read.get("frames/de.yaml"), read.get("frames/en.yaml")
    if isinstance(frames, Frames):
        findings += _unsayable(frames, tariffs)
    if isinstance(english, Frames):
        findings += _untranslated(english, tariffs)
    words = read.get("facts.yaml")
    if isinstance(words, Lexicon):
        findings += _unnamed(words, tariffs)
    findings += _disagreeing(content / CUSTOMERS.name, tariffs)
    return findings


def _disagreeing(folder: Path, tariffs: Tariffs) -> Iterator[Finding]:
    """Name the first synthetic customer whose contract or bill contradicts the tariffs."""
    try:
        DemoCustomerSystem.load(folder, tariffs)
    except TariffFileError as error:
        yield Finding(
            file=f"{folder.name}/{error.path.name}",
            line=error.line,
            message="a synthetic customer is wrong",
            remedy=error.remedy,
        )


def _unnamed(words: Lexicon, tariffs: Tariffs) -> Iterator[Finding]:
    """Name every attribute that sentences are checked for, but that no tariff can have."""
    for identifier in sorted(words.cues.keys() - tariffs.kinds.keys()):
        yield Finding(
            file="facts.yaml",
            line=None,
            message=f"attribute {identifier!r} is unknown",
            remedy="correct its id, or add it to merkmale.yaml",
        )


def _untranslated(frames: Frames, tariffs: Tariffs) -> Iterator[Finding]:
    """Name what a tariff says and English frames have no words for."""
    file = "frames/en.yaml"
    holders: list[Tariff | RoamingZone] = [*tariffs.tariffs.values(), *tariffs.zones.values()]
    held = [a for h in holders for v in h.versions for a in v.attributes.values()]
    for note in sorted({one.note for one in held if one.note}):
        if isinstance(frames.wording, EnglishWording) and not frames.wording.knows(note):
            yield Finding(
                file=file,
                line=None,
                message=f"the note {note!r} is quoted in German",
                remedy="add it to notes",
            )
    for attribute in held:
        try:
            frames.sentence(attribute, "")
        except KeyError as error:
            yield Finding(
                file=file,
                line=None,
                message=f"{attribute.id!r} cannot be said: {error.args[0]!r} has no English word",
                remedy="add it",
            )


def _unsayable(frames: Frames, tariffs: Tariffs) -> Iterator[Finding]:
    """Name every attribute of a tariff that has no sentence."""
    holders: list[Tariff | RoamingZone] = [*tariffs.tariffs.values(), *tariffs.zones.values()]
    for identifier in sorted({a for h in holders for v in h.versions for a in v.attributes}):
        if identifier not in frames.names:
            yield Finding(
                file="frames/de.yaml",
                line=None,
                message=f"attribute {identifier!r} has no name",
                remedy="add it, so that it can be said in a sentence",
            )
    for holder in holders:
        for version in holder.versions:
            for attribute in version.attributes.values():
                needs_figure = form_of(attribute) == "available" and attribute.value is None
                if needs_figure:
                    yield Finding(
                        file=f"tarife/{version.source}",
                        line=None,
                        message=f"{attribute.id!r} is available without a price",
                        remedy="add value and unit",
                    )
