"""How customers typically ask: questions that a service manager files with what they mean.

They stand in ``content/fragen/*.yaml`` and join the index as passages of their own that point to
the passage that answers, or to the attribute of a tariff that is asked for; a customer's question
is nearer to another question than to an answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from knowledge_base.documents import Document, Passage
from knowledge_base.strict_yaml import Part, read_file

FOLDER = "fragen"
KIND = "frage"
VOCABULARY = "merkmale"
"""Id of the document that holds the questions for attributes; it cannot be opened or cited."""


def with_questions(
    documents: Mapping[str, Document], path: Path
) -> tuple[dict[str, Document], list[str]]:
    """Add the questions of a file to the documents they ask for.

    Returns:
        The documents that have changed, and what could not be placed: each with its line.

    Raises:
        TariffFileError: The file is not written as it must be.
    """
    file = read_file(path)
    file.only("kind", "title", "owner", "as_of", "entries")
    for key in ("title", "owner", "as_of"):
        file.need(key)
    changed: dict[str, Document] = {}
    lost: list[str] = []
    for entry in file.need("entries").list():
        questions = entry.need("questions").texts()
        if entry.get("attribute") is not None:
            entry.only("attribute", "questions")
            before = changed.get(VOCABULARY) or documents.get(VOCABULARY) or _vocabulary(file)
            attribute = entry.need("attribute").text()
            asking = tuple(_for_attribute(before, attribute, text) for text in questions)
            changed[VOCABULARY] = replace(before, passages=(*before.passages, *asking))
            continue
        entry.only("documents", "contains", "questions")
        words = entry.need("contains")
        for name in entry.need("documents").texts():
            document = changed.get(name) or documents.get(name)
            answers = _passages(document, words.text()) if document else []
            if document is None or not answers:
                lost.append(_lost(words, name, known=document is not None))
                continue
            asked = [_question(answer, text) for answer in answers for text in questions]
            new = tuple(one for one in asked if one not in document.passages)
            changed[name] = replace(document, passages=(*document.passages, *new))
    return changed, lost


def _vocabulary(file: Part) -> Document:
    as_of = file.need("as_of").date()
    return Document(
        id=VOCABULARY,
        version=f"{as_of}",
        title=file.need("title").text(),
        kind=VOCABULARY,
        owner=file.need("owner").text(),
        as_of=as_of,
        source=file.file.name,
        media_type="application/yaml",
    )


def _for_attribute(document: Document, attribute: str, text: str) -> Passage:
    return Passage(
        id=hashlib.sha256(f"{attribute}\x1f{text}".encode()).hexdigest()[:32],
        document=document.id,
        version=document.version,
        title=document.title,
        kind=KIND,
        as_of=document.as_of,
        text=text,
        answers=attribute,
    )


def _passages(document: Document, words: str) -> list[Passage]:
    """Find what answers: more than one where several versions of a tariff say the same."""
    wanted = _flat(words)
    return [p for p in document.passages if p.answers is None and wanted in _flat(p.text)]


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _question(answer: Passage, text: str) -> Passage:
    identity = hashlib.sha256(f"{answer.id}\x1f{text}".encode()).hexdigest()[:32]
    return replace(answer, id=identity, kind=KIND, text=text, answers=answer.id, table=False)


def _lost(words: Part, document: str, *, known: bool) -> str:
    line = words.lines.get(words.place)
    reason = (
        f"no passage of {document!r} contains {words.text()!r}"
        if known
        else (f"there is no document {document!r}")
    )
    return f"line {line}: {reason}; correct 'contains' or 'documents'"
