"""Conversations in the database: begin a turn, finish a turn, read the log.

A turn is begun under a lease, so that one message at a time is answered, and finished in one
transaction: events, state, answer record, survey log, outbox and inbox together, and only if the
conversation still has the version that was loaded.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.conversation import (
    Answered,
    Clock,
    ConversationChanged,
    Event,
    Stored,
    Turn,
    UnknownConversation,
    advance,
    now,
)
from assistant.messages import ConversationState, CustomerRef, Delivery, Message, Reply, Status
from assistant.records import record_of
from assistant.store import event_log
from assistant.store.database import Database
from assistant.store.schema import answer_records, conversations, inbox
from assistant.store.survey_log import append as append_to_survey_log
from assistant.wire import from_json, to_json

LEASE = timedelta(seconds=90)
"""Longer than a turn can take; an orphaned lease of a killed process expires by itself."""


class Conversations:
    """All conversations of one database."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    async def open(
        self,
        conversation_id: str,
        greeting: Reply,
        *,
        channel: str,
        locale: str = "de",
        access_hash: str | None = None,
        person_ref: str | None = None,
        customer: CustomerRef | None = None,
    ) -> Reply:
        """Create a conversation that begins with the greeting; a second call changes nothing."""
        at = self._clock()

        async def unit(connection: AsyncConnection) -> None:
            if await _row(connection, conversation_id) is not None:
                return
            await connection.execute(
                insert(conversations).values(
                    id=conversation_id,
                    channel=channel,
                    locale=locale,
                    status="open",
                    version=0,
                    next_seq=2,
                    state=to_json(ConversationState()),
                    person_ref=person_ref,
                    customer=None if customer is None else to_json(customer),
                    access_hash=access_hash,
                    salt=secrets.token_bytes(16),
                    created_at=at,
                    updated_at=at,
                    customer_at=at,
                )
            )
            await event_log.append(
                connection,
                conversation_id=conversation_id,
                seq=1,
                version=0,
                at=at,
                author="assistant",
                kind="reply",
                payload=greeting,
                message_id=None,
            )
            await event_log.send(connection, conversation_id, 1, channel, at)

        await self._database.write(unit)
        return greeting

    async def begin(self, message: Message) -> Turn | Answered:
        """Take the lease and load the conversation.

        Raises:
            UnknownConversation: It was never opened.
            ConversationChanged: Another process holds the lease longer than a turn may take.
        """
        lease = secrets.token_hex(8)
        give_up = self._clock() + 2 * LEASE
        while True:
            begun = await self._database.write(lambda c: self._begin(c, message, lease))
            if begun is not None:
                return begun
            if self._clock() > give_up:
                raise ConversationChanged(f"conversation {message.conversation_id!r} stays leased")
            await asyncio.sleep(0.05)

    async def _begin(
        self, connection: AsyncConnection, message: Message, lease: str
    ) -> Turn | Answered | None:
        row = await _row(connection, message.conversation_id)
        if row is None:
            raise UnknownConversation(f"no conversation {message.conversation_id!r}")
        earlier = await event_log.answered_before(connection, message)
        if earlier is not None:
            return earlier
        at = self._clock()
        if row["lease_until"] is not None and row["lease_until"] > at:
            return None
        await connection.execute(
            update(conversations)
            .where(conversations.c.id == message.conversation_id)
            .values(lease_owner=lease, lease_until=at + LEASE)
        )
        stored = _stored(row)
        said = await event_log.said_in(connection, stored)
        return Turn(conversation=stored, message=message, said=said, lease=lease)

    async def release(self, turn: Turn) -> None:
        """Give the lease back after a turn that failed."""

        async def unit(connection: AsyncConnection) -> None:
            await connection.execute(
                update(conversations)
                .where(
                    conversations.c.id == turn.conversation.id,
                    conversations.c.lease_owner == turn.lease,
                )
                .values(lease_owner=None, lease_until=None)
            )

        await self._database.write(unit)

    async def finish(self, turn: Turn, reply: Reply | None) -> Reply | None:
        """Write everything the turn has led to, in one transaction.

        Raises:
            ConversationChanged: The version is not the one that was loaded; nothing was written.
        """
        at = self._clock()
        await self._database.write(lambda connection: _finish(connection, turn, reply, at))
        return reply

    async def find(self, conversation_id: str) -> Stored | None:
        """Load a conversation."""
        async with self._database.read() as connection:
            row = await _row(connection, conversation_id)
        return None if row is None else _stored(row)

    async def events(self, conversation_id: str, after: int = 0) -> tuple[Event, ...]:
        """Read the log of a conversation behind a sequence number."""
        async with self._database.read() as connection:
            return await event_log.read(connection, conversation_id, after)

    async def with_status(self, *statuses: Status) -> tuple[Stored, ...]:
        """List conversations in a state, the longest waiting first."""
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(conversations)
                .where(conversations.c.status.in_(statuses))
                .order_by(func.coalesce(conversations.c.waiting_since, conversations.c.updated_at))
            )
            return tuple(_stored(row) for row in rows.mappings())

    async def silent_since(self, before: datetime, channel: str) -> tuple[str, ...]:
        """Name the open conversations of a channel whose customer last wrote before a time."""
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(conversations.c.id).where(
                    conversations.c.status == "open",
                    conversations.c.channel == channel,
                    conversations.c.customer_at < before,
                )
            )
            return tuple(rows.scalars())


async def _finish(
    connection: AsyncConnection, turn: Turn, reply: Reply | None, at: datetime
) -> None:
    stored, message = turn.conversation, turn.message
    before, after = stored.state, advance(stored.state, message, reply)
    seq, version = stored.next_seq, stored.version + 1
    writes_itself = message.author == "agent" and message.kind == "text"
    entries: list[tuple[str, str, object]] = []
    if not writes_itself:
        entries.append((message.author, "message", event_log.kept(message)))
    shown = reply is not None and reply.delivery is Delivery.SEND
    if reply is not None and shown:
        # What the survey learned stands in its own log; agents read this one.
        entries.append((reply.speaker, "reply", replace(reply, survey_stages=())))
    visible = ("status", "agent", "survey")
    if any(getattr(before, name) != getattr(after, name) for name in visible):
        entries.append(("system", "state", {name: getattr(after, name) for name in visible}))

    written = await connection.execute(
        update(conversations)
        .where(conversations.c.id == stored.id, conversations.c.version == stored.version)
        .values(
            version=version,
            next_seq=seq + len(entries),
            status=after.status,
            state=to_json(after),
            updated_at=at,
            customer_at=at if message.author == "customer" else stored.customer_at,
            waiting_since=(stored.waiting_since or at) if after.status == "waiting" else None,
            closed_at=at if after.status == "closed" else None,
            lease_owner=None,
            lease_until=None,
        )
    )
    if written.rowcount != 1:
        raise ConversationChanged(f"conversation {stored.id!r} changed during the turn")
    for place, (author, kind, payload) in enumerate(entries, start=seq):
        await event_log.append(
            connection,
            conversation_id=stored.id,
            seq=place,
            version=version,
            at=at,
            author=author,
            kind=kind,
            payload=payload,
            message_id=message.id,
        )
        if kind == "reply":
            await event_log.send(connection, stored.id, place, stored.channel, at)
            if reply is not None and reply.speaker == "assistant":
                await connection.execute(
                    insert(answer_records).values(record_of(reply, stored.id, place, message, at))
                )
    if reply is not None and reply.survey_stages:
        await append_to_survey_log(
            connection,
            conversation_id=stored.id,
            channel=stored.channel,
            locale=stored.locale,
            person_ref=stored.person_ref,
            stages=reply.survey_stages,
            at=at,
        )
    await connection.execute(
        update(inbox)
        .where(
            inbox.c.channel == message.channel,
            inbox.c.conversation_id == stored.id,
            inbox.c.message_id == message.id,
        )
        # The message stands in the events now; twice would be once too often to erase.
        .values(status="done", done_at=at, payload={})
    )


async def _row(connection: AsyncConnection, conversation_id: str) -> RowMapping | None:
    found = await connection.execute(
        select(conversations).where(conversations.c.id == conversation_id)
    )
    return found.mappings().one_or_none()


def _stored(row: RowMapping) -> Stored:
    return Stored(
        id=row["id"],
        channel=row["channel"],
        locale=row["locale"],
        status=row["status"],
        version=row["version"],
        next_seq=row["next_seq"],
        state=from_json(ConversationState, row["state"]),
        customer=None if row["customer"] is None else from_json(CustomerRef, row["customer"]),
        person_ref=row["person_ref"],
        access_hash=row["access_hash"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        customer_at=row["customer_at"],
        waiting_since=row["waiting_since"],
    )
