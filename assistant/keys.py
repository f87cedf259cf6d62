"""Secret keys of this installation: given by a setting, or made once and kept in the home."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.messages import AssistantError

SHORTEST = 32
"""Characters; a shorter key could be guessed from one token."""


class KeyFault(AssistantError):
    """A key is too short or cannot be kept; the program does not start."""


def key(home: Path, name: str, given: str | None) -> bytes:
    """Return the key of a name: the one that was given, else the one in the home.

    Args:
        home: Where a key is made when there is none; several processes get the same one.
        name: Such as ``portal``; the file is ``portal.key``.
        given: What a setting says.

    Raises:
        KeyFault: The key is too short, or the home cannot be written.
    """
    if given is not None:
        return _long_enough(given, f"the {name} key of the settings")
    path = home / f"{name}.key"
    try:
        if not path.exists():
            _make(path)
        return _long_enough(path.read_text(encoding="ascii").strip(), str(path))
    except OSError as error:
        raise KeyFault(f"cannot keep the key {path}: {error.strerror}; set it instead") from error


def _make(path: Path) -> None:
    """Write a new key at once or not at all, for the eyes of the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        with suppress(FileExistsError):  # another process was quicker; its key holds
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def _long_enough(found: str, place: str) -> bytes:
    if len(found) < SHORTEST:
        raise KeyFault(f"{place} has {len(found)} characters; use at least {SHORTEST} random ones")
    return found.encode()
