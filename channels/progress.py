"""A message on its way to its reply, for those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator


class Progress:
    """A message on its way to its reply: the draft so far, then the end."""

    def __init__(self, *, finished: bool = False) -> None:
        self.draft = ""
        self.finished = finished
        self.failed = False
        """Finished without a reply in the log: the message is kept and tried again later."""
        self._news = asyncio.Event()

    async def drafts(self, patience: float) -> AsyncIterator[str | None]:
        """Yield the draft as it stands and whenever it has grown, until the turn is finished.

        None says that nothing has come for as long as patience lasts.
        """
        seen = ""
        while True:
            news = self._news
            if self.draft != seen:
                seen = self.draft
                yield seen
                continue
            if self.finished:
                return
            try:
                async with asyncio.timeout(patience):
                    await news.wait()
            except TimeoutError:
                yield None

    async def wait(self) -> None:
        """Wait until the turn is finished."""
        while not self.finished:
            await self._news.wait()

    def show(self, text: str) -> None:
        """Let the draft grow."""
        self.draft = text
        self._tell()

    def finish(self, *, failed: bool = False) -> None:
        """End it; every reader goes on."""
        self.finished, self.failed = True, failed
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
