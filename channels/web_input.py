"""What the web chat accepts, made clean: nothing that comes in here is trusted."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.characters import LONGEST_TEXT, readable
from assistant.conversation import Stored
from assistant.messages import Message
from channels.problems import Code, ProblemError

_LONGEST_CHOICE = 500

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,128}$")]
"""A client's id; ids of the house begin with ``!``, so nobody can take theirs."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Opened(_Body):
    """A conversation that begins."""

    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "de"
    customer_token: str | None = None
    """What the portal says of a visitor who has logged in."""


class Written(_Body):
    """Something a customer wrote or chose."""

    id: Id
    text: str = ""
    kind: Literal["text", "choice"] = "text"
    choice_id: str | None = None

    def message(self, stored: Stored, at: datetime) -> Message:
        """Make it a message of the conversation.

        Raises:
            ProblemError: It says nothing, or too much.
        """
        text, choice = clean(self.text), clean(self.choice_id or "")
        if len(choice) > _LONGEST_CHOICE or (self.kind == "choice" and not choice):
            raise ProblemError(Code.MALFORMED)
        if self.kind == "text" and not text:
            raise ProblemError(Code.EMPTY)
        return Message(
            id=self.id,
            conversation_id=stored.id,
            channel=stored.channel,
            customer=stored.customer,
            text=text,
            sent_at=at,
            kind=self.kind,
            choice_id=choice if self.kind == "choice" else None,
        )


class Closed(_Body):
    """The customer ends the conversation."""

    id: Id | None = None

    def message(self, stored: Stored, at: datetime) -> Message:
        """Make it a message; two clicks on the same state are one."""
        return Message(
            id=self.id or f"!close:{stored.version}",
            conversation_id=stored.id,
            channel=stored.channel,
            customer=stored.customer,
            text="",
            sent_at=at,
            kind="closed",
            reason="customer",
        )


class Surveyed(_Body):
    """A step of the survey."""

    id: Id | None = None
    stage: Literal["shown", "score", "why", "declined", "never_again"] | None = None
    """None: as the answers that are given say."""
    score: Annotated[int, Field(ge=0, le=10, strict=True)] | None = None
    reason: str | None = None

    def messages(self, stored: Stored, at: datetime) -> list[Message]:
        """Make it one message, or two where score and reason come together.

        Raises:
            ProblemError: What the stage needs is missing.
        """
        reason = clean(self.reason or "")
        steps: list[tuple[str, str]] = []
        if self.stage in (None, "score") and self.score is not None:
            steps.append((f"score:{self.score}", ""))
        if reason and self.stage in (None, "score", "why"):
            steps.append(("why", reason))
        if self.stage in ("shown", "declined", "never_again"):
            steps.append((self.stage, ""))
        if not steps:
            raise ProblemError(Code.MALFORMED)
        return [
            Message(
                id=self._id(stored, choice, text, last=place == len(steps)),
                conversation_id=stored.id,
                channel=stored.channel,
                customer=stored.customer,
                text=text,
                sent_at=at,
                kind="survey",
                choice_id=choice,
            )
            for place, (choice, text) in enumerate(steps, 1)
        ]

    def _id(self, stored: Stored, choice: str, text: str, *, last: bool) -> str:
        if self.id and last:
            return self.id
        # The same answer is the same message, and its id does not tell agents what it was.
        answer = f"{stored.access_hash}:{choice}:{text}"
        return f"!survey:{sha256(answer.encode()).hexdigest()[:32]}"


def clean(text: str) -> str:
    """Take out what cannot be read or stored: control characters, marks that turn the direction.

    Raises:
        ProblemError: The text is longer than anybody has to read.
    """
    if len(text) > LONGEST_TEXT:
        raise ProblemError(Code.TOO_LONG)
    return unicodedata.normalize("NFC", readable(text)).strip()
