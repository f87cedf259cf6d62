"""Words that mean the same: how customers and documents call one thing (content/aliase.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from knowledge_base.documents import KnowledgeError
from knowledge_base.german import tokens, word_terms
from knowledge_base.strict_yaml import plain

FILE = Path(__file__).parent / "content" / "aliase.yaml"


@dataclass(frozen=True, kw_only=True)
class Aliases:
    """Groups of words; a question that holds one of a group is also searched for the others."""

    groups: tuple[tuple[str, ...], ...] = ()
    """The first word of a group is the one that documents use."""

    @classmethod
    def load(cls, path: Path = FILE) -> Aliases:
        """Read an alias file: a list of ``{begriff: …, auch: […]}``."""
        try:
            entries = plain(path.read_text("utf-8")) or []
        except yaml.YAMLError as error:
            raise KnowledgeError(f"{path} is not YAML: {error}") from error
        groups = []
        for number, entry in enumerate(entries, 1):
            if not isinstance(entry, dict) or set(entry) != {"begriff", "auch"}:
                raise KnowledgeError(
                    f"{path}, entry {number}: write `- begriff: …` and `auch: […]`, nothing else"
                )
            groups.append((str(entry["begriff"]), *(str(word) for word in entry["auch"])))
        return cls(groups=tuple(groups))

    def expanded(self, question: str) -> tuple[str, ...]:
        """Return the other names of what a question names."""
        asked = _key(question)
        found: list[str] = []
        for group, keys in zip(self.groups, self._keys, strict=True):
            if any(key and f" {key} " in f" {asked} " for key in keys):
                found += [w for w, key in zip(group, keys, strict=True) if key not in asked]
        return tuple(dict.fromkeys(found))

    def spelled_out(self, question: str) -> str:
        """Put the full word behind an abbreviation: the embedding does not know ``MVLZ``."""

        def full(found: re.Match[str]) -> str:
            return f"{found.group()} ({self._short[found.group().lower()]})"

        if not self._short:
            return question
        names = "|".join(map(re.escape, self._short))
        return re.sub(rf"(?<!\w)(?:{names})(?!\w)", full, question, flags=re.IGNORECASE)

    @cached_property
    def _keys(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(_key(word) for word in group) for group in self.groups)

    @cached_property
    def _short(self) -> Mapping[str, str]:
        return {
            word.lower(): group[0]
            for group in self.groups
            for word in group[1:]
            if word.isupper() and len(word) <= 6
        }


def _key(text: str) -> str:
    """Give a text as stems of whole words, so that forms of a word are the same."""
    return " ".join(terms[0] for token in tokens(text) if (terms := word_terms(token)))
