"""The log of a conversation: what happened in it, in order, and what of it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.conversation import REMEMBERED, Answered, Event, Stored
from assistant.messages import Message, Said
from assistant.store.schema import events, outbox
from assistant.wire import to_json


def kept(message: Message) -> Message:
    """Leave score and reason of a survey to the survey's own log; agents read this one."""
    if message.kind != "survey":
        return message
    return replace(message, text="", choice_id=None)


async def append(
    connection: AsyncConnection,
    *,
    conversation_id: str,
    seq: int,
    version: int,
    at: datetime,
    author: str,
    kind: str,
    payload: object,
    message_id: str | None,
) -> None:
    """Write down one thing that happened."""
    await connection.execute(
        insert(events).values(
            conversation_id=conversation_id,
            seq=seq,
            version=version,
            at=at,
            author=author,
            kind=kind,
            message_id=message_id,
            payload=payload if isinstance(payload, dict) else to_json(payload),
        )
    )


async def send(
    connection: AsyncConnection, conversation_id: str, seq: int, channel: str, at: datetime
) -> None:
    """Put a reply of the log on its way to the channel."""
    await connection.execute(
        insert(outbox).values(
            conversation_id=conversation_id,
            seq=seq,
            channel=channel,
            status="pending",
            attempts=0,
            next_at=at,
            created_at=at,
        )
    )


async def read(connection: AsyncConnection, conversation_id: str, after: int) -> tuple[Event, ...]:
    """Read the log behind a sequence number."""
    rows = await connection.execute(
        select(events)
        .where(events.c.conversation_id == conversation_id, events.c.seq > after)
        .order_by(events.c.seq)
    )
    return tuple(_event(row) for row in rows.mappings())


async def answered_before(connection: AsyncConnection, message: Message) -> Answered | None:
    """Tell whether the message stands in the log, and what it was answered."""
    rows = await connection.execute(
        select(events)
        .where(
            events.c.conversation_id == message.conversation_id,
            events.c.message_id == message.id,
        )
        .order_by(events.c.seq)
    )
    found = [_event(row) for row in rows.mappings()]
    if not found:
        return None
    return Answered(reply=next((event.reply for event in found if event.kind == "reply"), None))


async def said_in(connection: AsyncConnection, stored: Stored) -> tuple[Said, ...]:
    """Read what customer, assistant and agent said last."""
    rows = await connection.execute(
        select(events)
        .where(
            events.c.conversation_id == stored.id,
            events.c.seq >= stored.next_seq - REMEMBERED,
            or_(
                events.c.kind == "reply",
                and_(events.c.kind == "message", events.c.author == "customer"),
            ),
        )
        .order_by(events.c.seq)
    )
    said: list[Said] = []
    for event in (_event(row) for row in rows.mappings()):
        reply = event.reply
        text = reply.text if reply is not None else str(event.payload["text"])
        if text and event.author != "system":
            said.append(Said(author=event.author, text=text, at=event.at))
    return tuple(said)


def _event(row: RowMapping) -> Event:
    return Event(
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        at=row["at"],
        author=row["author"],
        kind=row["kind"],
        message_id=row["message_id"],
        payload=row["payload"],
    )
