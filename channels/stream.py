"""How a conversation's log looks to those who read it: as JSON, and as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.conversation import Event, Stored
from assistant.messages import Delivery
from assistant.wire import Json

PING = b": ping\n\n"
PING_SECONDS = 15.0
MEDIA_TYPE = "text/event-stream"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies must pass on every event at once."""

_INTERNAL = ("dialog", "topic", "contract", "open_question", "survey_stages", "checks")
"""Fields of a reply that serve the house; neither customers nor agents are shown them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One entry of the log as a reader is shown it."""

    name: Literal["reply", "state"]
    seq: int
    data: Json

    def encode(self) -> bytes:
        """Write it as a server-sent event; its id is the sequence to resume from."""
        return encode(self.name, self.data, self.seq)


def encode(name: str, data: Json, seq: int | None = None) -> bytes:
    """Write a server-sent event; without a sequence it is never replayed."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    mark = "" if seq is None else f"id: {seq}\n"
    return f"event: {name}\n{mark}data: {text}\n\n".encode()


def views(events: Iterable[Event]) -> Iterator[View]:
    """Show what belongs to the reader of a conversation and leave out the rest."""
    for event in events:
        view = _view(event)
        if view is not None:
            yield view


def state_of(stored: Stored) -> Json:
    """Show the state of a conversation as its state events do."""
    state = stored.state
    return {"status": state.status, "agent": state.agent, "survey": state.survey}


def _view(event: Event) -> View | None:
    data: Json = {"seq": event.seq, "at": event.at.isoformat()}
    payload = event.payload
    if event.kind == "reply":
        if payload["delivery"] != Delivery.SEND:
            return None
        reply = {name: value for name, value in payload.items() if name not in _INTERNAL}
        data |= {"message_id": event.message_id, "reply": reply}
        return View(name="reply", seq=event.seq, data=data)
    if event.kind == "state":
        return View(name="state", seq=event.seq, data={**data, "state": payload})
    if event.author != "customer":
        return None
    shown = {name: payload[name] for name in ("id", "text", "kind", "choice_id")}
    return View(name="state", seq=event.seq, data={**data, "message": shown})
