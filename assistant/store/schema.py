"""The tables. Stored for good from day one, so that later floors need no rewrite.

Personal data stands in payload columns and small tables of its own, never in the survey's
chain: erasing those and the conversation's salt leaves the chain provable and empty.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Utc(TypeDecorator[datetime]):
    """A point in time in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC; a naive time is our own mistake."""
        if value is None:
            return None
        assert value.tzinfo is not None, f"naive time {value!r}"
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("locale", String(16), nullable=False, default="de"),
    Column("status", String(16), nullable=False, default="open"),
    Column("version", Integer, nullable=False, default=0),  # compare-and-set at the end of a turn
    Column("next_seq", Integer, nullable=False, default=1),
    Column("state", JSON, nullable=False),
    Column("customer", JSON(none_as_null=True)),
    Column("person_ref", String(64)),  # pseudonym for the survey's quarantine
    Column("access_hash", String(64)),  # SHA-256 of the web token, the only key to it
    Column("salt", LargeBinary(16), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("customer_at", Utc),  # when the customer last wrote: silence is counted from here
    Column("waiting_since", Utc),
    Column("closed_at", Utc),
    Column("lease_owner", String(64)),
    Column("lease_until", Utc),
    Index("ix_conversations_status_updated_at", "status", "updated_at"),
)

events = Table(
    "events",
    metadata,
    Column("conversation_id", ForeignKey(conversations.c.id), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("author", String(16), nullable=False),  # customer, assistant, agent, system
    Column("kind", String(16), nullable=False),  # message, reply, state
    Column("message_id", String(128)),
    Column("payload", JSON, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(32), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("status", String(16), nullable=False, default="pending"),  # pending, done, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("done_at", Utc),
    UniqueConstraint("channel", "conversation_id", "message_id"),
    Index("ix_inbox_status", "status"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("status", String(16), nullable=False, default="pending"),  # pending, sent, failed, held
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Utc, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("provider_id", String(128)),
    Column("error", Text),
    Index("ix_outbox_status_next_at", "status", "next_at"),
)

answer_records = Table(
    "answer_records",
    metadata,
    Column("conversation_id", ForeignKey(conversations.c.id), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("message_id", String(128)),
    Column("responder", String(32), nullable=False),
    Column("index_generation", Integer),
    Column("evidence", JSON, nullable=False),  # document, version, passage, hash of the excerpt
    Column("facts", JSON, nullable=False),
    Column("model", JSON(none_as_null=True)),
    Column("checks", JSON, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the text that was sent
)

survey_events = Table(
    "survey_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("at", Utc, nullable=False),
    Column("programme_id", String(64), nullable=False),
    Column("questionnaire_version", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("person_ref", String(64)),
    Column("channel", String(32), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("handled_by", String(8), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("rule_id", String(64)),
    Column("score", Integer),
    Column("quarantine", String(16), nullable=False),
    Column("ui_variant", String(32), nullable=False),
    Column("reason_commitment", String(64)),  # salted hash of the words in survey_reasons
    Column("prev_hash", String(64), nullable=False, unique=True),  # a chain has no forks
    Column("hash", String(64), nullable=False),
    Index("ix_survey_events_conversation_id", "conversation_id"),
    Index("ix_survey_events_person_ref_at", "person_ref", "at"),
)

survey_reasons = Table(
    "survey_reasons",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("conversation_id", String(64), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("reason", Text, nullable=False),
)

desk_accounts = Table(
    "desk_accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("display_name", String(64), nullable=False),
    Column("role", String(16), nullable=False, default="agent"),
    Column("password_hash", String(256), nullable=False),
    Column("failed", Integer, nullable=False, default=0),
    Column("locked_until", Utc),
    Column("created_at", Utc, nullable=False),
)

desk_sessions = Table(
    "desk_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", ForeignKey(desk_accounts.c.name), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
)
