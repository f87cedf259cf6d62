"""The agents' desk: who waits, what was said, take over, write, give back, end.

Everything an agent does is a message through the inbox like everybody else's.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Annotated, Literal

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.conversation import Clock, Event, Stored, now
from assistant.messages import Message
from assistant.store.conversations import Conversations
from assistant.wire import Json, to_json
from channels.desk_accounts import SESSION, Account, DeskAccounts
from channels.desk_sessions import COOKIE, DeskSessions, refuse_other_pages
from channels.desk_socket import DeskSocket
from channels.inbox import Inbox
from channels.limits import LOGIN, Limit
from channels.live import Live
from channels.problems import Code, ProblemError
from channels.stream import state_of, views
from channels.web_input import Id, clean

_LOOK_BACK = 8
"""How many entries of the log may stand behind the last thing that was said."""

Move = Literal["take-over", "give-back", "end"]


class Login(BaseModel):
    """A name and its password."""

    name: Annotated[str, Field(max_length=64)]
    password: Annotated[str, Field(max_length=256)]


class AgentText(BaseModel):
    """Something an agent writes to the customer."""

    id: Id
    text: str


class Desk:
    """The desk's interface for one server."""

    def __init__(
        self,
        accounts: DeskAccounts,
        conversations: Conversations,
        live: Live,
        *,
        clock: Clock = now,
    ) -> None:
        self._accounts = accounts
        self._sessions = DeskSessions(accounts)
        self._conversations = conversations
        self._live = live
        self._clock = clock
        self._logins = Limit(LOGIN)
        # Between looking whose a conversation is and the end of a turn nobody else may look.
        self._moving: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def open(self, app: FastAPI, inbox: Inbox) -> None:
        """Add the desk's routes."""
        self._inbox = inbox
        routes = APIRouter(prefix="/api/desk", tags=["desk"])
        routes.post("/login", summary="Anmelden")(self.log_in)
        routes.post("/logout", summary="Abmelden", status_code=204)(self.log_out)
        routes.get("/me", summary="Wer ist angemeldet?")(self.me)
        routes.get("/conversations", summary="Wartende und laufende Gespräche")(self.queue)
        one = "/conversations/{conversation_id}"
        routes.get(one, summary="Ein Gespräch mit Verlauf")(self.show)
        routes.post(one + "/messages", summary="Dem Kunden schreiben")(self.write)
        routes.post(one + "/{move}", summary="Übernehmen, zurückgeben, beenden")(self.move)
        app.include_router(routes)
        DeskSocket(self._sessions, self._conversations, self._live).open(app)

    async def log_in(self, request: Request, body: Login) -> JSONResponse:
        """Check name and password and set the session's cookie."""
        refuse_other_pages(request)
        self._logins.spend(request.client.host if request.client else "unknown")
        token = await self._accounts.log_in(body.name.strip().lower(), body.password)
        account = await self._accounts.who(token) if token else None
        if token is None or account is None:
            raise ProblemError(Code.LOGIN)
        response = JSONResponse(_person(account))
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/",
        )
        return response

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        refuse_other_pages(request)
        await self._accounts.log_out(request.cookies.get(COOKIE, ""))
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def me(self, request: Request) -> JSONResponse:
        """Tell who is logged in."""
        return JSONResponse(_person(await self._agent(request)))

    async def queue(self, request: Request) -> JSONResponse:
        """List who waits, longest first, and who speaks with an agent."""
        await self._agent(request)
        waiting = await self._conversations.with_status("waiting")
        active = await self._conversations.with_status("agent")
        waiting = tuple(sorted(waiting, key=_not_urgent))
        return JSONResponse(
            {
                "waiting": [await self._card(stored) for stored in waiting],
                "active": [await self._card(stored) for stored in active],
            }
        )

    async def show(self, request: Request, conversation_id: str) -> JSONResponse:
        """Show a conversation and everything said in it."""
        await self._agent(request)
        stored = await self._find(conversation_id)
        log = await self._conversations.events(conversation_id)
        return JSONResponse(
            {"conversation": await self._card(stored), "events": [v.data for v in views(log)]}
        )

    async def write(self, request: Request, conversation_id: str, body: AgentText) -> JSONResponse:
        """Write to the customer; only who has the conversation may."""
        account = await self._agent(request)
        text = clean(body.text)
        if not text:
            raise ProblemError(Code.EMPTY)
        async with self._moving[conversation_id]:
            stored = await self._find(conversation_id)
            _mine(stored, account)
            return await self._send(self._message(stored, account, id=body.id, text=text))

    async def move(self, request: Request, conversation_id: str, move: Move) -> JSONResponse:
        """Take a conversation over, give it back to the assistant, or end it."""
        account = await self._agent(request)
        async with self._moving[conversation_id]:
            stored = await self._find(conversation_id)
            name = f"!{move}:{stored.version}"
            if move == "take-over":
                if stored.status == "closed" or stored.state.agent not in (
                    None,
                    account.display_name,
                ):
                    raise ProblemError(Code.TAKEN)
                if stored.state.agent == account.display_name:
                    return JSONResponse({"seq": stored.next_seq - 1, "state": state_of(stored)})
                answer = await self._send(
                    self._message(stored, account, id=name, choice="take_over")
                )
                # A second server may have been quicker: then the spine has left it to the first.
                _mine(await self._find(conversation_id), account)
                return answer
            _mine(stored, account)
            if move == "give-back":
                return await self._send(self._message(stored, account, id=name, choice="give_back"))
            return await self._send(self._message(stored, account, id=name, closes=True))

    async def _agent(self, request: Request) -> Account:
        if request.method != "GET":
            refuse_other_pages(request)
        account = await self._sessions.who(request)
        if account is None:
            raise ProblemError(Code.SESSION)
        return account

    async def _find(self, conversation_id: str) -> Stored:
        stored = await self._conversations.find(conversation_id)
        if stored is None:
            raise ProblemError(Code.NOT_FOUND)
        return stored

    def _message(
        self,
        stored: Stored,
        account: Account,
        *,
        id: str,  # noqa: A002
        text: str = "",
        choice: str | None = None,
        closes: bool = False,
    ) -> Message:
        return Message(
            id=id,
            conversation_id=stored.id,
            channel=stored.channel,
            text=text,
            sent_at=self._clock(),
            author="agent",
            kind="closed" if closes else "choice" if choice else "text",
            choice_id=choice,
            reason="agent" if closes else None,
            agent=account.display_name,
        )

    async def _send(self, message: Message) -> JSONResponse:
        accepted = await self._inbox.accept(message)
        await accepted.progress.wait()
        if accepted.progress.failed:
            raise ProblemError(Code.FAILED)
        stored = await self._find(message.conversation_id)
        return JSONResponse({"seq": stored.next_seq - 1, "state": state_of(stored)})

    async def _card(self, stored: Stored) -> Json:
        after = max(0, stored.next_seq - 1 - _LOOK_BACK)
        log = await self._conversations.events(stored.id, after)
        handoff = stored.state.handoff
        return {
            "conversation_id": stored.id,
            "channel": stored.channel,
            "status": stored.status,
            "agent": stored.state.agent,
            "handoff": None if handoff is None else to_json(handoff),
            "waiting_since": stored.waiting_since and stored.waiting_since.isoformat(),
            "updated_at": stored.updated_at.isoformat(),
            "last": next((text for event in reversed(log) if (text := _text(event))), ""),
        }


def _text(event: Event) -> str:
    if event.reply is not None:
        return event.reply.text
    if event.kind == "message" and event.author == "customer":
        return str(event.payload["text"])
    return ""


def _person(account: Account) -> Json:
    return {
        "name": account.name,
        "display_name": account.display_name,
        "role": account.role,
    }


def _not_urgent(stored: Stored) -> bool:
    return stored.state.handoff is None or not stored.state.handoff.urgent


def _mine(stored: Stored, account: Account) -> None:
    if stored.status != "agent" or stored.state.agent != account.display_name:
        raise ProblemError(Code.TAKEN)
