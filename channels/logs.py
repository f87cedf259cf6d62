"""What the server writes about itself: one JSON object a line on stderr, personal data masked.

Texts of messages are not logged; masking is for what slips in with errors and from libraries.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from assistant.privacy import mask

_OURS = frozenset(
    {"timestamp", "level", "logger", "request", "conversation", "method", "route", "status"}
)
"""Fields that hold no free text; a request id must not be taken for a phone number."""
_LIBRARIES = tuple(
    "alembic asyncio httpx httpx2 openai sqlalchemy uvicorn uvicorn.error websockets".split()
)


def masked(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask every text of a log entry."""
    for key, value in event.items():
        if key not in _OURS:
            event[key] = _masked(value)
    return event


def _masked(value: object) -> object:
    match value:
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {key: _masked(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_masked(inner) for inner in value]
        case _:
            return mask(str(value))


def set_up(level: str) -> None:
    """Send our logs and those of libraries to stderr in the same form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.EventRenamer("message"),
            masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        # Libraries are talkative, and quote what they send: only their complaints are of use.
        library.setLevel(logging.WARNING)
