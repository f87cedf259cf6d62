"""Who is told that a conversation has news: readers of event streams, desks, the outbox.

Only the fact travels, never the content; everybody reads the log. One process needs no more than
this; several processes put the same two calls in front of Redis.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

EVERY = "*"
"""For those who want to hear of every conversation, and of no drafts."""


class Subscription:
    """What one reader has not looked at yet; the same topic counts once."""

    def __init__(self) -> None:
        self._changed: set[str] = set()
        self._news = asyncio.Event()
        self.ended = False
        """The server is going down; nothing more will come."""

    def tell(self, topic: str) -> None:
        """Note that a topic has news."""
        self._changed.add(topic)
        self._news.set()

    def end(self) -> None:
        """Wake the reader for the last time."""
        self.ended = True
        self._news.set()

    async def changed(self, patience: float) -> frozenset[str]:
        """Wait for news and return the topics that have some; none when patience ends."""
        if not self.ended:
            try:
                async with asyncio.timeout(patience):
                    await self._news.wait()
            except TimeoutError:
                return frozenset()
        changed = frozenset(self._changed)
        self._changed.clear()
        if not self.ended:
            self._news.clear()
        return changed


class Live:
    """Passes on news within this process."""

    def __init__(self) -> None:
        self._readers: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._closed = False

    def publish(self, conversation_id: str, *, draft: bool = False) -> None:
        """Tell that a conversation has new events, or only a new draft."""
        topic = draft_of(conversation_id) if draft else conversation_id
        for readers in (topic,) if draft else (topic, EVERY):
            for reader in self._readers.get(readers, ()):
                reader.tell(topic)

    @contextmanager
    def subscribe(
        self, conversation_id: str = EVERY, *, drafts: bool = False
    ) -> Iterator[Subscription]:
        """Hear of a conversation, or of every one, for as long as the context lasts."""
        subscription = Subscription()
        topics = [conversation_id, *([draft_of(conversation_id)] if drafts else [])]
        for topic in topics:
            self._readers[topic].add(subscription)
        if self._closed:
            subscription.end()
        try:
            yield subscription
        finally:
            for topic in topics:
                self._readers[topic].discard(subscription)
                if not self._readers[topic]:
                    del self._readers[topic]

    def close(self) -> None:
        """End every subscription, so that open streams do not hold up a shutdown."""
        self._closed = True
        for readers in list(self._readers.values()):
            for reader in readers:
                reader.end()


def draft_of(conversation_id: str) -> str:
    """Name the topic of a conversation's drafts."""
    return f"{conversation_id}/draft"
