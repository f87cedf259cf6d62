"""The live line to a desk: which conversations have changed, never what was said in them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from assistant.messages import Status
from assistant.store.conversations import Conversations
from channels.desk_sessions import DeskSessions, is_our_page
from channels.live import Live
from channels.stream import PING_SECONDS

NO_SESSION = 4401
"""The code a socket is closed with when there is no session, or no longer."""
_OF_INTEREST: tuple[Status, ...] = ("waiting", "agent")


class DeskSocket:
    """Serves ``/ws/desk``."""

    def __init__(self, sessions: DeskSessions, conversations: Conversations, live: Live) -> None:
        self._sessions = sessions
        self._conversations = conversations
        self._live = live

    def open(self, app: FastAPI) -> None:
        """Add the socket."""
        app.add_api_websocket_route("/ws/desk", self.watch)

    async def watch(self, socket: WebSocket) -> None:
        """Report until the desk leaves or its session ends."""
        if not is_our_page(socket) or await self._sessions.who(socket) is None:
            await socket.close(NO_SESSION)
            return
        await socket.accept()
        left = asyncio.create_task(_until_left(socket))
        try:
            await self._report(socket, left)
        finally:
            left.cancel()

    async def _report(self, socket: WebSocket, left: asyncio.Task[None]) -> None:
        at_desk = await self._conversations.with_status(*_OF_INTEREST)
        shown = {stored.id for stored in at_desk}
        with self._live.subscribe() as news, suppress(WebSocketDisconnect):
            while not left.done() and not news.ended:
                changed = await news.changed(PING_SECONDS)
                if await self._sessions.who(socket) is None:
                    await socket.close(NO_SESSION)
                    return
                for conversation_id in sorted(changed):
                    await self._tell(socket, conversation_id, shown)

    async def _tell(self, socket: WebSocket, conversation_id: str, shown: set[str]) -> None:
        stored = await self._conversations.find(conversation_id)
        if stored is None:
            return
        if stored.status in _OF_INTEREST:
            shown.add(conversation_id)
        elif conversation_id in shown:
            shown.discard(conversation_id)
        else:
            return
        news = {"type": "changed", "conversation_id": conversation_id, "seq": stored.next_seq - 1}
        await socket.send_json(news)


async def _until_left(socket: WebSocket) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()
