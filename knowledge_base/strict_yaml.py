"""YAML read strictly: what is wrong in a file is named with its line and the remedy.

YAML alone would turn 29.90 into a binary fraction and let a repeated key win silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml

from knowledge_base.documents import KnowledgeError

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
Place: TypeAlias = "tuple[str | int, ...]"
Word = TypeVar("Word", bound=StrEnum)
Quick: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads the same in an eighth of the time; a PyYAML built without it has only its own."""


class TariffFileError(KnowledgeError):
    """A tariff file is wrong; nothing is loaded until it is put right."""

    def __init__(self, path: Path, line: int | None, remedy: str) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {remedy}")
        self.path = path
        self.line = line
        self.remedy = remedy


def plain(text: str) -> Any:
    """Read YAML as it is, for content that needs no line of its own in an error.

    Raises:
        yaml.YAMLError: It is no YAML.
    """
    return yaml.load(text, Quick)  # noqa: S506 - both loaders are safe ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One value of a file that knows where it stands, so that an error can say so."""

    value: Plain
    file: Path
    place: Place = ()
    lines: Mapping[Place, int]

    def error(self, remedy: str) -> TariffFileError:
        """Name the place of this part and the way out."""
        place = self.place
        while place and place not in self.lines:
            place = place[:-1]
        return TariffFileError(self.file, self.lines.get(place), remedy)

    @property
    def name(self) -> str:
        """The key that leads here."""
        return str(self.place[-1]) if self.place else self.file.name

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: most of them are misspelt."""
        for key, part in self.items():
            if key not in known:
                raise part.error(f"unknown key {key!r}; known: {', '.join(known)}")

    def items(self) -> Iterator[tuple[str, Part]]:
        """Yield the keys and values of a mapping."""
        if not isinstance(self.value, dict):
            raise self.error(f"{self.name!r} must be a mapping of keys to values")
        for key, value in self.value.items():
            yield key, self._child(key, value)

    def list(self) -> Iterator[Part]:
        """Yield the entries of a list."""
        if not isinstance(self.value, list):
            raise self.error(f"{self.name!r} must be a list")
        for number, value in enumerate(self.value):
            yield self._child(number, value)

    def get(self, key: str) -> Part | None:
        """Return a value that may be absent or null."""
        if not isinstance(self.value, dict):
            raise self.error(f"{self.name!r} must be a mapping of keys to values")
        value = self.value.get(key)
        return None if value is None else self._child(key, value)

    def need(self, key: str) -> Part:
        """Return a value that must be there."""
        part = self.get(key)
        if part is None:
            raise self.error(f"{key!r} is missing in {self.name!r}; add it")
        return part

    def text(self) -> str:
        """Read a text that says something."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"{self.name!r} must be a text, not {self.value!r}; quote it")
        return self.value.strip()

    def texts(self) -> tuple[str, ...]:
        """Read a list of texts; numbers among them are texts too."""
        return tuple(
            str(entry.value) if type(entry.value) is int else entry.text() for entry in self.list()
        )

    def flag(self) -> bool:
        """Read true or false."""
        if not isinstance(self.value, bool):
            raise self.error(f"{self.name!r} must be true or false, not {self.value!r}")
        return self.value

    def decimal(self) -> Decimal:
        """Read a number exactly as it is written, with its trailing zeros."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | str):
            raise self.error(f"{self.name!r} must be a number, not {self.value!r}")
        try:
            number = Decimal(self.value)
        except InvalidOperation as error:
            raise self.error(
                f"{self.name!r} must be a number such as 29.99, not {self.value!r}"
            ) from error
        if not number.is_finite() or number < 0:
            raise self.error(f"{self.name!r} must be a number from 0, not {self.value!r}")
        return number

    def date(self) -> date:
        """Read a day."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.error(
                f"{self.name!r} must be a date such as 2025-10-01, not {self.value!r}"
            ) from error

    def word(self, words: type[Word]) -> Word:
        """Read one of a fixed set of words."""
        try:
            return words(self.text())
        except ValueError as error:
            raise self.error(
                f"{self.name!r} is {self.value!r}; known: {', '.join(words)}"
            ) from error

    def _child(self, key: str | int, value: Plain) -> Part:
        return Part(value=value, file=self.file, place=(*self.place, key), lines=self.lines)


def read_file(path: Path) -> Part:
    """Read a YAML file with the line of every value.

    Raises:
        TariffFileError: It is not YAML, or a key stands in it twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TariffFileError(path, None, "no UTF-8 text; save it as UTF-8") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Part:
    """Read YAML that stands in a file, a whole one or its front matter."""
    try:
        root = yaml.compose(text, Loader=Quick)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise TariffFileError(path, line, f"no readable YAML: {error}") from error
    if root is None:
        raise TariffFileError(path, None, "the file is empty; fill or remove it")
    lines: dict[Place, int] = {}
    return Part(value=_plain(root, path, (), lines), file=path, lines=lines)


def dump(files: Mapping[str, Part]) -> str:
    """Write files as one JSON text, the same for the same content."""
    plain = {name: files[name].value for name in sorted(files)}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def restore(text: str) -> dict[str, Part]:
    """Read back what ``dump`` wrote; lines are not kept."""
    return {
        name: Part(value=value, file=Path(name), lines={})
        for name, value in json.loads(text).items()
    }


def _plain(node: yaml.Node, path: Path, place: Place, lines: dict[Place, int]) -> Plain:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(entry, path, (*place, n), lines) for n, entry in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                line = key_node.start_mark.line + 1
                raise TariffFileError(path, line, f"{key!r} stands here twice; keep one")
            mapping[key] = _plain(value_node, path, (*place, key), lines)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return mapping
    return _scalar(node)


def _scalar(node: yaml.Node) -> str | int | bool | None:
    text = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool" if text.casefold() in {"true", "false"}:
            return text.casefold() == "true"
        case "int" if text.isdecimal():
            return int(text)
    return text
