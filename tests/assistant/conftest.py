"""A conversation to ask in, for the tests of what is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from assistant.build import Application
from assistant.messages import Message, Reply

Say = Callable[..., Message]
Asking = Callable[..., Awaitable[Reply]]


@pytest.fixture
async def ask(application: Application, say: Say) -> Asking:
    """Ask in one conversation after the other has been answered: ``await ask("Was kostet …")``."""
    await application.assistant.open("c1", channel="web")

    async def respond(text: str, **changes: object) -> Reply:
        reply = await application.assistant.respond(say(text, **changes))
        assert reply is not None
        return reply

    return respond
