"""``aura ask``, ``aura chat`` and ``aura nps``: the same path as every other door."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.caller import CONTRACT_DATE, CUSTOMER, ON, Setting, look_up

if TYPE_CHECKING:
    from assistant.build import Application
    from assistant.messages import CustomerRef, Message, Reply
    from assistant.survey_stages import SurveyPrompt

CHANNEL = "cli"


def register(group: click.Group) -> None:
    """Add this floor's commands."""
    from assistant.insights.commands import register as register_insights

    group.add_command(ask)
    group.add_command(chat)
    register_insights(group)


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@CUSTOMER
@ON
@CONTRACT_DATE
@click.option(
    "--file",
    "questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Many questions, a line {"id","text"} each.',
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where answers go.")
def ask(
    question: str | None,
    as_json: bool,
    customer: CustomerRef | None,
    on: datetime | None,
    contract_date: datetime | None,
    questions: Path | None,
    out: Path | None,
) -> None:
    """Answer QUESTION, or a file of questions, each in a conversation of its own."""
    if (questions is None) != (out is None):
        raise click.UsageError("--file and --out belong together")
    if (question is None) == (questions is None):
        raise click.UsageError("give either a question or --file with --out")
    setting = Setting(customer=customer, on=_day(on), contract_date=_day(contract_date))
    if questions is not None and out is not None:
        asyncio.run(_ask_many(questions, out, setting))
        return
    reply = asyncio.run(_ask_one(question or "", setting))
    if as_json:
        click.echo(json.dumps(_document(reply), ensure_ascii=False))
    else:
        click.echo(shown(reply))


@click.command()
@CUSTOMER
@ON
@CONTRACT_DATE
def chat(customer: CustomerRef | None, on: datetime | None, contract_date: datetime | None) -> None:
    """Talk to the assistant; an empty line or Ctrl-D ends the conversation."""
    setting = Setting(customer=customer, on=_day(on), contract_date=_day(contract_date))
    asyncio.run(_chat(setting))


def shown(reply: Reply) -> str:
    """Render a reply for a terminal: text, sources with their links, choices."""
    from knowledge_base.wording import day

    lines = [reply.text]
    for place, citation in enumerate(reply.citations, start=1):
        page = f", Seite {citation.page}" if citation.page else ""
        section = f", {citation.section}" if citation.section else ""
        lines.append(
            f"[{place}] {citation.title}, Stand {day(citation.as_of)}{section}{page}: "
            f"{citation.link}"
        )
    if reply.choices:
        lines.append(" · ".join(f"[{choice.title}]" for choice in reply.choices))
    return "\n".join(lines)


async def _ask_one(text: str, setting: Setting) -> Reply:
    async with _application(setting.customer) as application:
        return await _answer(application, text, setting)


async def _ask_many(questions: Path, out: Path, setting: Setting) -> None:
    from rich.console import Console
    from rich.progress import track

    from knowledge_base.commands import read_questions

    asked = read_questions(questions)
    async with _application(setting.customer) as application:
        with out.open("w", encoding="utf-8") as file:
            for identifier, text in track(asked, "Answering", console=Console(stderr=True)):
                reply = await _answer(application, text, setting)
                line = {"id": identifier, **_document(reply)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()


async def _answer(application: Application, text: str, setting: Setting) -> Reply:
    conversation = f"ask-{uuid.uuid4().hex}"
    await application.assistant.open(conversation, channel=CHANNEL, customer=setting.customer)
    reply = await application.assistant.respond(_message(conversation, text, setting))
    assert reply is not None, "nobody else can be in a conversation just opened"
    return reply


async def _chat(setting: Setting) -> None:
    async with _application(setting.customer) as application:
        conversation = f"chat-{uuid.uuid4().hex}"
        opened = await application.assistant.open(
            conversation, channel=CHANNEL, customer=setting.customer
        )
        click.echo(shown(opened))
        while True:
            text = await asyncio.to_thread(_read_line)
            if text is None:
                break
            reply = await application.assistant.respond(_message(conversation, text, setting))
            if reply is None:
                click.echo("(Ein Mensch hat dieses Gespräch; der Assistent schweigt.)")
                continue
            click.echo("\n" + shown(reply))
            if reply.status == "closed":
                await _survey(application, conversation, reply)
                return
        reply = await application.assistant.respond(_closing(conversation))
        if reply is not None:
            click.echo("\n" + shown(reply))
            await _survey(application, conversation, reply)


async def _survey(application: Application, conversation: str, reply: Reply) -> None:
    """Ask the survey's question in the terminal, in its own words."""
    prompt = reply.survey
    if prompt is None or not sys.stdin.isatty():
        return
    await application.assistant.respond(_survey_step(conversation, "shown"))
    click.echo(f"\n{prompt.question}\n0 = {prompt.low} … 10 = {prompt.high}")
    choice = await _typed_score(prompt)
    answer = await application.assistant.respond(_survey_step(conversation, choice))
    if answer is not None:
        click.echo(answer.text)
    if choice == "declined":
        return
    why = await asyncio.to_thread(_read_line)
    thanks = await application.assistant.respond(_survey_step(conversation, "why", why or ""))
    if thanks is not None:
        click.echo(thanks.text)


async def _typed_score(prompt: SurveyPrompt) -> str:
    """Read a score; what is none is asked for once more, then taken as no wish to answer."""
    from assistant.typed_score import score_in

    for _ in range(2):
        said = await asyncio.to_thread(_read_line)
        if not said:
            break
        score = score_in(said)
        if score is not None:
            return f"score:{score}"
        click.echo(f"0 = {prompt.low} … 10 = {prompt.high}")
    return "declined"


def _read_line() -> str | None:
    try:
        line = input("\n> ")
    except EOFError:
        return None
    return line or None


def _message(conversation: str, text: str, setting: Setting | None = None) -> Message:
    from assistant.conversation import now
    from assistant.messages import Message

    setting = setting or Setting()
    return Message(
        id=uuid.uuid4().hex,
        conversation_id=conversation,
        channel=CHANNEL,
        text=text,
        sent_at=now(),
        customer=setting.customer,
        on=setting.on,
        contract_date=setting.contract_date,
    )


def _closing(conversation: str) -> Message:
    from dataclasses import replace

    return replace(_message(conversation, ""), kind="closed", reason="customer")


def _survey_step(conversation: str, choice: str, text: str = "") -> Message:
    from dataclasses import replace

    return replace(_message(conversation, text), kind="survey", choice_id=choice)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _document(reply: Reply) -> dict[str, object]:
    """Build the document of ``ask --json`` (DESIGN.md, section 6)."""
    from assistant.wire import to_json

    return {
        "answer": reply.text,
        "responder": reply.responder,
        "citations": [
            {
                "document": citation.document,
                "title": citation.title,
                "version": citation.version,
                "section": citation.section,
                "page": citation.page,
                "excerpt": citation.excerpt,
            }
            for citation in reply.citations
        ],
        "facts": [to_json(fact) for fact in reply.facts],
        "confidence": reply.confidence,
        "answered": reply.answered,
        "handoff": None if reply.handoff is None else to_json(reply.handoff),
    }


@asynccontextmanager
async def _application(customer: CustomerRef | None = None) -> AsyncIterator[Application]:
    from assistant.build import assemble
    from knowledge_base.settings import Settings

    application = await assemble(Settings.from_environment())
    try:
        if customer is not None:
            await look_up(application, customer)
        yield application
    finally:
        await application.aclose()
