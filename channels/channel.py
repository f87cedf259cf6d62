"""What a door of the house must be able to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.messages import AssistantError, Delivered, Envelope

if TYPE_CHECKING:
    from fastapi import FastAPI

    from channels.inbox import Inbox


class DeliveryError(AssistantError):
    """The provider did not take a reply; the outbox tries again later."""


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
