"""What a door of the house must be able to do, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from assistant.messages import AssistantError, Reply

if TYPE_CHECKING:
    from fastapi import FastAPI

    from channels.inbox import Inbox


class DeliveryError(AssistantError):
    """The provider did not take a reply; the outbox tries again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A reply on its way to a channel, under our id."""

    id: int
    conversation_id: str
    seq: int
    """Sequence of the event in the conversation's log."""
    channel: str
    reply: Reply
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A provider's receipt."""

    provider_id: str = field(default="")


class Channel(Protocol):
    """A way in and out: the portal's web chat, a messenger, the hotline."""

    name: str

    def open(self, app: FastAPI, inbox: Inbox) -> None:
        """Add the routes through which messages arrive."""

    async def deliver(self, envelope: Envelope) -> Delivered:
        """Hand a reply to the provider and return its receipt.

        Raises:
            DeliveryError: It was not taken.
        """
