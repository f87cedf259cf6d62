"""How customers typically ask: questions that a service manager files with what they mean.

They stand in ``content/fragen/*.yaml`` and join the index as passages of their own that point to
the passage that answers, to the attribute of a tariff that is asked for, or to the attribute of one
product that customers describe without its name; a customer's question is nearer to another
question than to an answer. Questions that no document answers are filed, too, and those that only
the customer's own data answer: who knows them is not misled by what is merely near.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from knowledge_base.documents import Document, Passage
from knowledge_base.strict_yaml import Part, read_file
from knowledge_base.tariffs import Tariffs

FOLDER = "fragen"
KIND = "frage"
UNANSWERED = "?"
"""Begins what a question means that no document answers."""
OWN = "!"
"""Begins what a question means that only the customer's own data answer."""
VOCABULARY = "merkmale"
"""Id of the document that holds questions without a passage; it cannot be opened or cited."""


def with_questions(
    documents: Mapping[str, Document], path: Path, tariffs: Tariffs | None = None
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
        meant = _without_passage(entry)
        if meant is not None:
            before = changed.get(VOCABULARY) or documents.get(VOCABULARY) or _vocabulary(file)
            unknown = _unknown(entry, tariffs)
            if unknown is not None:
                lost.append(unknown)
                continue
            asking = tuple(_asking(before, meant, text) for text in questions)
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
            says = words.text()
            asked = [_question(answer, text, says) for answer in answers for text in questions]
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


def _without_passage(entry: Part) -> str | None:
    """Name what an entry means besides a passage, if it does."""
    for key, mark in (("unanswered", UNANSWERED), ("own", OWN)):
        subject = entry.get(key)
        if subject is not None:
            entry.only(key, "questions")
            return mark + subject.text()
    attribute = entry.get("attribute")
    if attribute is None:
        return None
    entry.only("product", "attribute", "questions")
    product = entry.get("product")
    return attribute.text() if product is None else f"{product.text()}.{attribute.text()}"


def _unknown(entry: Part, tariffs: Tariffs | None) -> str | None:
    """Tell what no tariff has of what is asked for."""
    if tariffs is None or entry.get("attribute") is None:
        return None
    product, attribute = entry.get("product"), entry.need("attribute")
    line = attribute.lines.get(attribute.place)
    if attribute.text() not in tariffs.kinds:
        return f"line {line}: unknown attribute {attribute.text()!r}; add it to merkmale.yaml"
    if product is None:
        return None
    tariff = tariffs.tariffs.get(product.text())
    if tariff is None:
        return f"line {line}: there is no product {product.text()!r}; correct 'product'"
    if not any(attribute.text() in version.attributes for version in tariff.versions):
        return f"line {line}: {product.text()!r} has no {attribute.text()!r}; correct 'attribute'"
    return None


def _asking(document: Document, meant: str, text: str) -> Passage:
    return Passage(
        id=hashlib.sha256(f"{meant}\x1f{text}".encode()).hexdigest()[:32],
        document=document.id,
        version=document.version,
        title=document.title,
        kind=KIND,
        as_of=document.as_of,
        text=text,
        answers=meant,
    )


def _passages(document: Document, words: str) -> list[Passage]:
    """Find what answers: more than one where several versions of a tariff say the same."""
    wanted = _flat(words)
    return [p for p in document.passages if p.answers is None and wanted in _flat(p.text)]


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _question(answer: Passage, text: str, says: str) -> Passage:
    identity = hashlib.sha256(f"{answer.id}\x1f{text}".encode()).hexdigest()[:32]
    return replace(
        answer, id=identity, kind=KIND, text=text, answers=answer.id, says=says, table=False
    )


def _lost(words: Part, document: str, *, known: bool) -> str:
    line = words.lines.get(words.place)
    reason = (
        f"no passage of {document!r} contains {words.text()!r}"
        if known
        else (f"there is no document {document!r}")
    )
    return f"line {line}: {reason}; correct 'contains' or 'documents'"
