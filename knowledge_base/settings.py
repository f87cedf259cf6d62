"""Settings: the only reader of the environment and `.env`; all others get arguments."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.documents import KnowledgeError

LOG_LEVELS = ("debug", "info", "warning", "error")
CUSTOMER_SYSTEMS = ("demo", "none")

_PREFIX = "AURA_"
_KNOWN = frozenset(
    {
        "AURA_HOME",
        "AURA_CHROMA_URL",
        "AURA_CUSTOMER_SYSTEM",
        "AURA_DATABASE_URL",
        "AURA_EMBEDDING_MODEL",
        "AURA_LOG_LEVEL",
        "AURA_MODEL",
        "AURA_PORTAL_SECRET",
        "AURA_PSEUDONYM_SECRET",
        # Where tests and evaluations find the open development sets; not read by the product.
        "AURA_DATA",
    }
)


class SettingError(KnowledgeError):
    """A setting is unknown or malformed; the program does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chose; a value that is not set is ``None`` or its default."""

    home: Path = Path(".aura")
    """Directory of the index, the documents and the local database."""
    chroma_url: str | None = None
    database_url: str | None = None
    embedding_model: str | None = None
    model: str | None = None
    """The language model; there may be none."""
    openai_api_key: str | None = None
    openai_base_url: str | None = None
    log_level: str = "info"
    customer_system: str = "demo"
    """``demo``: synthetic customers; ``none``: nobody can be looked up."""
    portal_secret: str | None = field(default=None, repr=False)
    """Signs what the portal says of its visitor; None: made once and kept in the home."""
    pseudonym_secret: str | None = field(default=None, repr=False)
    """Makes the pseudonyms of customers; None: made once and kept in the home."""

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the environment, and ``.env`` in the current directory for what it leaves open."""
        from dotenv import dotenv_values

        written = {name: value for name, value in dotenv_values(".env").items() if value}
        return cls.from_values({**written, **os.environ})

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> Settings:
        """Check settings and give them their types; an empty value counts as not set."""
        given = {name: value.strip() for name, value in values.items() if value.strip()}
        for name in sorted(given):
            if name.startswith(_PREFIX) and name not in _KNOWN:
                near = difflib.get_close_matches(name, _KNOWN, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(_KNOWN))}"
                raise SettingError(f"unknown setting {name}; {hint}")
        level = given.get("AURA_LOG_LEVEL", "info").lower()
        if level not in LOG_LEVELS:
            raise SettingError(
                f"AURA_LOG_LEVEL is {level!r}; choose one of {', '.join(LOG_LEVELS)}"
            )
        system = given.get("AURA_CUSTOMER_SYSTEM", "demo").lower()
        if system not in CUSTOMER_SYSTEMS:
            raise SettingError(
                f"AURA_CUSTOMER_SYSTEM is {system!r}; choose one of {', '.join(CUSTOMER_SYSTEMS)}"
            )
        return cls(
            home=Path(given.get("AURA_HOME", ".aura")),
            chroma_url=_url(given, "AURA_CHROMA_URL", ("http", "https")),
            database_url=_url(given, "AURA_DATABASE_URL", ("sqlite", "postgresql")),
            embedding_model=given.get("AURA_EMBEDDING_MODEL"),
            model=given.get("AURA_MODEL"),
            openai_api_key=given.get("OPENAI_API_KEY"),
            openai_base_url=_url(given, "OPENAI_BASE_URL", ("http", "https")),
            log_level=level,
            customer_system=system,
            portal_secret=given.get("AURA_PORTAL_SECRET"),
            pseudonym_secret=given.get("AURA_PSEUDONYM_SECRET"),
        )


def _url(given: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    scheme, mark, rest = value.partition("://")
    if not mark or not rest or scheme.partition("+")[0] not in schemes:
        raise SettingError(f"{name} is {value!r}; write {schemes[0]}://…")
    return value
