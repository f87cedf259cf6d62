"""Recognise questions about the customer's own contract, bill or usage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.texts import ContentError
from assistant.understanding.phrases import Phrases
from knowledge_base.strict_yaml import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Phrases that ask for personal data, and those that make it a general question after all."""

    phrases: Phrases
    general: Phrases

    def asked_in(self, text: str) -> bool:
        """Tell whether a text asks for data of the customer's own contract."""
        return self.phrases.found_in(text) and not self.general.found_in(text)


def load_own_data(path: Path) -> OwnData:
    """Read ``own_data.yaml``.

    Raises:
        ContentError: It is not the one entry that is expected.
    """
    entries = plain(path.read_text(encoding="utf-8"))
    if not isinstance(entries, list) or set(entries[0]) != {"id", "phrases", "whole", "not"}:
        raise ContentError(path, 1, "write one entry with id, phrases, whole and not")
    entry = entries[0]
    try:
        return OwnData(
            phrases=Phrases(entry["phrases"], entry["whole"]), general=Phrases(entry["not"])
        )
    except ValueError as error:
        raise ContentError(path, None, str(error)) from error
