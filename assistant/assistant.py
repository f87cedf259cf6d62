"""The spine: one message in, one reply out, and everything the turn has led to in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from assistant.asks import join, split
from assistant.blocks import Paragraph
from assistant.conversation import Answered, Clock, ConversationChanged, Stored, Turn, now
from assistant.facts.carried import uncarried
from assistant.messages import (
    Ask,
    Choice,
    CustomerRef,
    Delivery,
    Draft,
    Language,
    Message,
    Reply,
    Responder,
    no_draft,
)
from assistant.pseudonyms import Pseudonyms
from assistant.smalltalk import says_goodbye
from assistant.store.conversations import Conversations
from assistant.texts import Texts
from assistant.understanding.language import recognised
from assistant.understanding.wishes import Smalltalk

log = structlog.get_logger("assistant")
ZONE = ZoneInfo("Europe/Berlin")
TRIES = 5
"""How often a turn is begun anew when somebody else changed the conversation meanwhile."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What speaks one language: its sentences, and the responders that use them."""

    responders: Sequence[tuple[str, Responder]]
    texts: Texts


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers messages by asking its responders in order; the first reply to an ask wins."""

    responders: Sequence[tuple[str, Responder]]
    conversations: Conversations
    texts: Texts
    remarks: Sequence[Smalltalk]
    clock: Clock = now
    pseudonyms: Pseudonyms | None = None
    voices: Mapping[Language, Voice] = field(default_factory=dict, repr=False)
    """For other languages than German."""

    async def open(
        self,
        conversation_id: str,
        *,
        channel: str,
        locale: str = "de",
        access_hash: str | None = None,
        customer: CustomerRef | None = None,
        person_ref: str | None = None,
    ) -> Reply:
        """Open a conversation with the notice that this is an AI (AI Act, article 50).

        Args:
            customer: Whom the channel has proven; the conversation is theirs for its whole life.
            person_ref: Pseudonym of whoever is recognised without being a proven customer.
        """
        if customer is not None:
            assert self.pseudonyms is not None, "a customer needs a pseudonym"
            person_ref = self.pseudonyms.of(customer)
        language = self._language_of(locale)
        texts = self._texts(language)
        greeting = Reply(
            blocks=(Paragraph(text=texts.gruss), Paragraph(text=texts.gruss_frage)),
            responder="greeting",
            language=language,
        )
        return await self.conversations.open(
            conversation_id,
            greeting,
            channel=channel,
            locale=locale,
            access_hash=access_hash,
            person_ref=person_ref,
            customer=customer,
        )

    async def respond(self, message: Message, draft: Draft = no_draft) -> Reply | None:
        """Answer a message, once: a repeated message gets its first reply again.

        Returns:
            The reply, or None when there is nothing to say, because a person has the word.

        Raises:
            AssistantError: The turn failed; nothing of it was kept.
        """
        for _ in range(TRIES):
            turn = await self.conversations.begin(message)
            if isinstance(turn, Answered):
                return turn.reply
            try:
                reply = await self._reply(turn, draft)
                await self.conversations.finish(turn, reply)
            except ConversationChanged:
                continue
            except BaseException:
                await self.conversations.release(turn)
                raise
            return None if reply.delivery is Delivery.SILENT else reply
        raise ConversationChanged(f"conversation {message.conversation_id!r} keeps changing")

    async def apologise(self, message: Message) -> Reply | None:
        """Tell the customer that a message could not be answered, and offer a person."""
        turn = await self.conversations.begin(message)
        if isinstance(turn, Answered):
            return turn.reply
        language = self._spoken(turn.message, turn.conversation)
        texts = self._texts(language)
        reply = Reply(
            blocks=(Paragraph(text=texts.fehler),),
            choices=(Choice(id="handoff:ask", title=texts.wahl_mensch),),
            responder="apology",
            answered=False,
            language=language,
        )
        await self.conversations.finish(turn, reply)
        return reply

    async def _reply(self, turn: Turn, draft: Draft) -> Reply:
        message = _proven(self._understood(turn.message), turn.conversation)
        language = self._spoken(message, turn.conversation)
        replies: list[Reply] = []
        for text in split(message.text) if message.kind == "text" else (message.text,):
            ask = Ask(
                message=message,
                text=text,
                state=turn.conversation.state,
                said=turn.said,
                on=message.on or _local_day(message.sent_at),
                contract_date=message.contract_date,
                language=language,
            )
            replies.append(await self._first(ask, _behind(replies, draft)))
            if replies[-1].handoff is not None or replies[-1].delivery is Delivery.SILENT:
                break
        joined = join(replies)
        if turn.conversation.status == "closed" and message.author == "customer":
            joined = _reopened(joined, message)
        return joined

    async def _first(self, ask: Ask, draft: Draft) -> Reply:
        voice = self.voices.get(ask.language)
        for name, responder in self.responders if voice is None else voice.responders:
            reply = await responder(ask, draft)
            if reply is None:
                continue
            # What an agent writes is in a language that nobody has looked at.
            reply = replace(reply, language=None if reply.agent else ask.language)
            unproven = uncarried(reply) if reply.citations else ()
            if unproven:
                # Who cites documents proves every figure; this one is a defect and is not sent.
                log.error("figure_without_fact", responder=name, figures=[str(f) for f in unproven])
                continue
            return replace(reply, responder=name)
        raise AssertionError("the last responder always has a reply")

    def _spoken(self, message: Message, conversation: Stored) -> Language:
        """Tell in which language to answer: the message's, else the conversation's."""
        said = recognised(message.text) if message.author == "customer" else None
        said = said or conversation.state.language or self._language_of(conversation.locale)
        return said if said in self.voices else "de"

    def _language_of(self, locale: str) -> Language:
        return "en" if locale.startswith("en") and "en" in self.voices else "de"

    def _texts(self, language: Language) -> Texts:
        voice = self.voices.get(language)
        return self.texts if voice is None else voice.texts

    def _understood(self, message: Message) -> Message:
        """Read quick replies and goodbyes as what they mean."""
        if message.author == "agent" or message.kind not in ("text", "choice"):
            return message
        choice = message.choice_id or ""
        if choice.startswith("ask:"):
            return replace(message, kind="text", text=choice.removeprefix("ask:"), choice_id=None)
        if choice == "end" or (message.kind == "text" and says_goodbye(self.remarks, message.text)):
            return replace(message, kind="closed", reason="customer")
        return message


def _proven(message: Message, conversation: Stored) -> Message:
    """Keep a proof of identity only where it is the conversation's own."""
    if message.customer == conversation.customer:
        return message
    return replace(message, customer=None)


def _local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _behind(replies: Sequence[Reply], draft: Draft) -> Draft:
    """Show a draft behind the replies that are already certain."""
    if not replies:
        return draft
    before = "\n\n".join(reply.text for reply in replies if reply.answered)

    async def show(text: str) -> None:
        await draft(f"{before}\n\n{text}" if before else text)

    return show


def _reopened(reply: Reply, message: Message) -> Reply:
    if message.kind in ("closed", "survey") or reply.status is not None:
        return reply
    return replace(reply, status="open")
