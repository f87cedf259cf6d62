"""What an ingest reads: files and folders, found in a fixed order, each read or refused by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge_base import typical_questions
from knowledge_base.documents import Document, DocumentError, KnowledgeError
from knowledge_base.loaders import LOADERS, Reading
from knowledge_base.loaders.tariff import VOCABULARY, read_folder
from knowledge_base.split import document_of
from knowledge_base.strict_yaml import TariffFileError
from knowledge_base.tariffs import Tariffs

CONTENT = Path(__file__).parent / "content"
"""The operator's own documents, which are read strictly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read, and why."""

    file: str
    reason: str


@dataclass(slots=True, kw_only=True)
class Shelf:
    """What has been read so far."""

    documents: dict[str, Document] = field(default_factory=dict)
    originals: list[tuple[Document, Reading]] = field(default_factory=list)
    tariffs: Tariffs | None = None
    failures: list[Failure] = field(default_factory=list)


def files_of(sources: Sequence[Path]) -> list[Path]:
    """List the files of the sources; hidden ones and unknown types in folders are passed over."""
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += sorted(path for path in source.rglob("*") if _is_wanted(path, source))
        elif not source.exists():
            raise KnowledgeError(f"{source} does not exist; name a file or folder to ingest")
        elif source.suffix.lower() not in LOADERS:
            known = ", ".join(sorted(LOADERS))
            raise KnowledgeError(f"{source} is of an unknown type; known: {known}")
        else:
            found.append(source)
    return list(dict.fromkeys(found))


def digests(sources: Sequence[Path]) -> dict[str, str]:
    """Give every file of the sources, and the metadata beside it, with the hash of its content."""
    files = files_of(sources)
    beside = [path.with_name(f"{path.name}.yaml") for path in files]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*files, *(path for path in beside if path.is_file())]
    }


def read(sources: Sequence[Path], *, strict: bool, progress: Callable[[int, int], None]) -> Shelf:
    """Read all sources, file by file; what cannot be read is noted as a failure."""
    files = files_of(sources)
    shelf = Shelf()
    asking: list[Path] = []
    for done, path in enumerate(files, 1):
        name = _name(path, sources)
        try:
            if path.parent.name == typical_questions.FOLDER:
                asking.append(path)
            elif path.suffix == ".yaml":
                if path.name == VOCABULARY:
                    _read_tariffs(path.parent, shelf)
            else:
                for reading in LOADERS[path.suffix.lower()](path, strict=strict):
                    _take(reading, shelf, name if not strict else None)
        except (DocumentError, TariffFileError) as error:
            shelf.failures.append(Failure(file=name, reason=str(error)))
        except OSError as error:
            shelf.failures.append(Failure(file=name, reason=f"cannot be opened: {error.strerror}"))
        progress(done, len(files))
    for path in asking:
        _read_questions(path, shelf, _name(path, sources))
    return shelf


def _read_questions(path: Path, shelf: Shelf, name: str) -> None:
    """Add typical questions when every document they may mean has been read."""
    try:
        changed, lost = typical_questions.with_questions(shelf.documents, path, shelf.tariffs)
    except TariffFileError as error:
        shelf.failures.append(Failure(file=name, reason=str(error)))
        return
    shelf.documents.update(changed)
    shelf.failures += [Failure(file=name, reason=reason) for reason in lost]


def _read_tariffs(folder: Path, shelf: Shelf) -> None:
    if shelf.tariffs is not None:
        raise DocumentError("is a second folder of tariffs; keep one")
    tariffs = Tariffs.load(folder)
    for reading in read_folder(folder, tariffs):
        _take(reading, shelf, None)
    shelf.tariffs = tariffs


def _take(reading: Reading, shelf: Shelf, path: str | None) -> None:
    about = reading.metadata
    if about.id in shelf.documents and path is not None:
        # Foreign folders have many an index.html: the path tells them apart.
        about = replace(about, id=re.sub(r"[\\/]+", "-", path))
    if about.id in shelf.documents:
        other = shelf.documents[about.id].source
        raise DocumentError(f"has the id {about.id!r} like {other}; give one of them another id")
    document = document_of(replace(reading, metadata=about))
    if not document.passages:
        raise DocumentError("contains no text")
    shelf.documents[document.id] = document
    shelf.originals.append((document, reading))


def _is_wanted(path: Path, source: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
    if hidden or not path.is_file():
        return False
    if path.suffix == ".yaml":
        # Other YAML is metadata of the file beside it, or not for readers.
        asks = path.parent.name == typical_questions.FOLDER
        return asks or (path.parent / VOCABULARY).is_file()
    return path.suffix.lower() in LOADERS


def _name(path: Path, sources: Sequence[Path]) -> str:
    for source in sources:
        if source.is_dir() and path.is_relative_to(source):
            return str(path.relative_to(source))
    return path.name
