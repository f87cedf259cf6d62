"""Why did it say that: references and hashes of what an answer rests on, never its words."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from assistant.messages import Message, Reply
from assistant.wire import Json, to_json


def record_of(reply: Reply, conversation_id: str, seq: int, message: Message, at: datetime) -> Json:
    """Build the answer record of a reply, as a row of ``answer_records``."""
    return {
        "conversation_id": conversation_id,
        "seq": seq,
        "at": at,
        "message_id": message.id,
        "responder": reply.responder,
        "index_generation": reply.index_generation,
        "evidence": [
            {
                "document": citation.document,
                "version": citation.version,
                "passage": citation.passage,
                "excerpt": _digest(citation.excerpt),
            }
            for citation in reply.citations
        ],
        "facts": [to_json(fact) for fact in reply.facts],
        "model": None if reply.generated_by is None else to_json(reply.generated_by),
        "checks": list(reply.checks),
        "digest": _digest(reply.text),
    }


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
