"""A conversation between two turns, and what a turn makes of it: values and one pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from assistant.messages import (
    AssistantError,
    ConversationState,
    CustomerRef,
    Message,
    Reply,
    Said,
    Status,
)
from assistant.wire import Json, from_json

Clock = Callable[[], datetime]

REMEMBERED = 40
"""How many events back a responder can look, and how many facts the ledger keeps."""


def now() -> datetime:
    """Tell the time in UTC."""
    return datetime.now(UTC)


class ConversationChanged(AssistantError):
    """Somebody else finished a turn meanwhile; the spine begins the turn anew."""


class UnknownConversation(AssistantError):
    """There is no such conversation; the door answers as if the key were wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a conversation's log."""

    conversation_id: str
    seq: int
    at: datetime
    author: Literal["customer", "assistant", "agent", "system"]
    kind: Literal["message", "reply", "state"]
    message_id: str | None
    payload: Json

    @property
    def reply(self) -> Reply | None:
        """The reply, if it is one."""
        return from_json(Reply, self.payload) if self.kind == "reply" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A conversation as it stands in the store."""

    id: str
    channel: str
    locale: str
    status: Status
    version: int
    next_seq: int
    state: ConversationState
    customer: CustomerRef | None
    person_ref: str | None
    access_hash: str | None
    created_at: datetime
    updated_at: datetime
    customer_at: datetime | None
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A message about to be answered, with all that is known."""

    conversation: Stored
    message: Message
    said: tuple[Said, ...]
    lease: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The message has had its turn; this was the reply."""

    reply: Reply | None


def advance(state: ConversationState, message: Message, reply: Reply | None) -> ConversationState:
    """Work out what a conversation remembers after a turn."""
    status: Status = state.status
    if reply is not None and reply.status is not None:
        status = reply.status
    taken = reply is not None and reply.status == "agent"
    agent = message.agent if taken else state.agent
    after = replace(state, status=status, agent=agent if status == "agent" else None)
    if reply is not None and reply.language is not None:
        after = replace(after, language=reply.language)
    if status == "open":
        after = replace(after, handoff=None)
    if reply is not None and reply.speaker == "agent":
        after = replace(after, by_human=True)
    if reply is None:
        return after
    if reply.handoff is not None:
        after = replace(after, handoff=reply.handoff)
    if reply.survey_stages:
        last = reply.survey_stages[-1]
        after = replace(
            after,
            survey=_survey_state(last.stage, state.survey),
            programme_id=last.programme_id,
            questionnaire_version=last.questionnaire_version,
        )
    if message.author == "agent" or message.kind == "survey":
        return after
    return replace(
        after,
        dialog=reply.dialog,
        topic=reply.topic or state.topic,
        contract=reply.contract or state.contract,
        open_question=reply.open_question,
        by_bot=state.by_bot or (message.kind in ("text", "choice") and reply.answered),
        unresolved=0 if reply.answered else state.unresolved + 1,
        facts=(*state.facts, *reply.facts)[-REMEMBERED:],
    )


def _survey_state(
    stage: str, before: Literal["none", "open", "scored", "done"]
) -> Literal["none", "open", "scored", "done"]:
    match stage:
        case "offered":
            return "open"
        case "shown":
            return before
        case "suppressed" if before != "none":
            # Ending a reopened conversation leaves the form that is already on the screen.
            return before
        case "score":
            return "scored"
        case _:
            return "done"
