"""The portal's web chat: JSON and server-sent events, two views of one log (DESIGN.md, section 6).

The token of a conversation is its only key. Nothing here sets a cookie.
"""

from __future__ import annotations

import hmac
import secrets
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Annotated

import structlog
from fastapi import APIRouter, FastAPI, Header, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.assistant import Assistant
from assistant.conversation import Clock, Stored, now
from assistant.messages import CustomerRef, Message
from assistant.store.conversations import Conversations
from assistant.wire import Json
from channels.channel import Delivered, Envelope
from channels.inbox import Accepted, Inbox
from channels.limits import ADDRESS, CONVERSATION, OPENING, Limit
from channels.live import Live, draft_of
from channels.portal_token import PortalTokens, TokenRefused
from channels.problems import Code, ProblemError
from channels.stream import (
    HEADERS,
    MEDIA_TYPE,
    PING,
    PING_SECONDS,
    View,
    encode,
    state_of,
    views,
)
from channels.web_input import Closed, Opened, Surveyed, Written

log = structlog.get_logger("web")

NAME = "web"
PREFIX = "/api/chat/conversations"
READERS = 10
"""Open event streams of one conversation at the same time."""
Token = Annotated[str | None, Header(alias="Authorization")]
_NO_KEY = sha256(b"").hexdigest()


class WebChat:
    """The web chat as a channel."""

    name = NAME

    def __init__(
        self,
        assistant: Assistant,
        conversations: Conversations,
        live: Live,
        tokens: PortalTokens,
        *,
        clock: Clock = now,
    ) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._live = live
        self._tokens = tokens
        self._clock = clock
        self._opening = Limit(OPENING)
        self._address = Limit(ADDRESS)
        self._conversation = Limit(CONVERSATION)
        self._reading: Counter[str] = Counter()

    def open(self, app: FastAPI, inbox: Inbox) -> None:
        """Add the chat's routes."""
        self._inbox = inbox
        routes = APIRouter(prefix=PREFIX, tags=["chat"])
        routes.post("", status_code=201, summary="Gespräch beginnen")(self.start)
        routes.post("/{conversation_id}/messages", summary="Nachricht senden")(self.write)
        routes.get("/{conversation_id}/events", summary="Ereignisse lesen")(self.follow)
        routes.post("/{conversation_id}/close", summary="Gespräch beenden")(self.close)
        routes.post("/{conversation_id}/survey", summary="Befragung beantworten")(self.survey)
        app.include_router(routes)

    async def deliver(self, envelope: Envelope) -> Delivered:
        """Acknowledge: the log is the delivery, and its readers heard of it with the turn."""
        return Delivered(provider_id=f"{envelope.conversation_id}/{envelope.seq}")

    async def start(self, request: Request, body: Opened | None = None) -> JSONResponse:
        """Begin a conversation; the answer holds its token, which is shown only here."""
        self._opening.spend(_address(request))
        opened = body or Opened()
        customer = self._proven(opened.customer_token)
        conversation_id, token = uuid.uuid4().hex, secrets.token_urlsafe(32)
        await self._assistant.open(
            conversation_id,
            channel=NAME,
            locale=opened.locale,
            access_hash=sha256(token.encode()).hexdigest(),
            customer=customer,
        )
        log = await self._conversations.events(conversation_id)
        messages = [view.data for view in views(log)]
        return JSONResponse(
            {"conversation_id": conversation_id, "token": token, "messages": messages}, 201
        )

    async def write(
        self, request: Request, conversation_id: str, body: Written, token: Token = None
    ) -> Response:
        """Send a message; the same id is the same message and gets its first reply again."""
        stored = await self._unlock(request, conversation_id, token)
        message = body.message(stored, self._clock())
        if MEDIA_TYPE not in request.headers.get("Accept", ""):
            return await self._answer(stored, message)
        accepted = await self._inbox.accept(message)
        return StreamingResponse(
            self._turn(stored, accepted), media_type=MEDIA_TYPE, headers=HEADERS
        )

    async def close(
        self,
        request: Request,
        conversation_id: str,
        body: Closed | None = None,
        token: Token = None,
    ) -> Response:
        """End the conversation; the reply may hold the survey."""
        stored = await self._unlock(request, conversation_id, token)
        return await self._answer(stored, (body or Closed()).message(stored, self._clock()))

    async def survey(
        self, request: Request, conversation_id: str, body: Surveyed, token: Token = None
    ) -> Response:
        """Take a step of the survey."""
        stored = await self._unlock(request, conversation_id, token)
        *first, last = body.messages(stored, self._clock())
        for message in first:
            await self._inbox.accept(message)
        return await self._answer(stored, last)

    async def follow(
        self,
        request: Request,
        conversation_id: str,
        after: Annotated[int, Query(ge=0)] = 0,
        last: Annotated[int | None, Header(alias="Last-Event-ID", ge=0)] = None,
        token: Token = None,
    ) -> StreamingResponse:
        """Read the log from a place on and stay for what comes; pings keep the line open."""
        stored = await self._unlock(request, conversation_id, token)
        if self._reading[stored.id] >= READERS:
            raise ProblemError(Code.TOO_MANY, retry_after=int(PING_SECONDS))
        return StreamingResponse(
            self._events(stored.id, after if last is None else last),
            media_type=MEDIA_TYPE,
            headers=HEADERS,
        )

    def _proven(self, token: str | None) -> CustomerRef | None:
        """Read whom the portal has proven; a token that proves nobody opens nothing."""
        if token is None:
            return None
        try:
            return self._tokens.verify(token, self._clock())
        except TokenRefused as error:
            log.info("customer token refused", reason=str(error))
            raise ProblemError(Code.CUSTOMER_LOGIN) from error

    async def _unlock(self, request: Request, conversation_id: str, token: str | None) -> Stored:
        """Let in who holds the key; a wrong key and no such conversation look the same."""
        self._address.spend(_address(request))
        stored = await self._conversations.find(conversation_id)
        scheme, _, key = (token or "").partition(" ")
        expected = (stored.access_hash if stored else None) or _NO_KEY
        given = sha256(key.strip().encode()).hexdigest()
        fits = hmac.compare_digest(given, expected)
        if stored is None or scheme.lower() != "bearer" or not key or not fits:
            raise ProblemError(Code.UNAUTHORIZED)
        self._conversation.spend(conversation_id)
        return stored

    async def _answer(self, stored: Stored, message: Message) -> JSONResponse:
        accepted = await self._inbox.accept(message)
        await accepted.progress.wait()
        if accepted.progress.failed:
            raise ProblemError(Code.FAILED)
        log = await self._log_of(stored, accepted)
        current = await self._conversations.find(stored.id)
        assert current is not None
        reply = next((view.data for view in log if view.name == "reply"), None)
        last = log[-1].seq if log else current.next_seq - 1
        return JSONResponse(
            {
                "message_id": message.id,
                "seq": reply["seq"] if reply else last,
                "reply": reply["reply"] if reply else None,
                "state": state_of(current),
            }
        )

    async def _turn(self, stored: Stored, accepted: Accepted) -> AsyncIterator[bytes]:
        name: Json = {"message_id": accepted.message.id}
        async for draft in accepted.progress.drafts(PING_SECONDS):
            yield PING if draft is None else encode("draft", {**name, "text": draft})
        if accepted.progress.failed:
            return  # without `done` the reader knows that it must ask again
        for view in await self._log_of(stored, accepted):
            yield view.encode()
        yield encode("done", name)

    async def _events(self, conversation_id: str, after: int) -> AsyncIterator[bytes]:
        shown: tuple[str, str] | None = None
        self._reading[conversation_id] += 1
        try:
            with self._live.subscribe(conversation_id, drafts=True) as news:
                yield PING
                drafts_only = frozenset({draft_of(conversation_id)})
                changed: frozenset[str] = frozenset()
                while True:
                    if changed != drafts_only:
                        log = await self._conversations.events(conversation_id, after)
                        for view in views(log):
                            yield view.encode()
                        after = log[-1].seq if log else after
                    draft = self._inbox.draft(conversation_id)
                    if draft is not None and draft != shown:
                        shown = draft
                        yield encode("draft", {"message_id": draft[0], "text": draft[1]})
                    if news.ended:
                        return
                    changed = await news.changed(PING_SECONDS)
                    if not changed:
                        yield PING
        finally:
            self._reading[conversation_id] -= 1
            if not self._reading[conversation_id]:
                del self._reading[conversation_id]

    async def _log_of(self, stored: Stored, accepted: Accepted) -> list[View]:
        """Read what the turn of a message has left in the log."""
        after = 0 if accepted.repeated else stored.next_seq - 1
        log = await self._conversations.events(stored.id, after)
        return list(views(event for event in log if event.message_id == accepted.message.id))


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
