"""A person in one turn: who wants or needs one gets one, and the assistant is silent then."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.blocks import Paragraph
from assistant.messages import Ask, Choice, Delivery, Draft, Handoff, Reply, Responder, Said
from assistant.privacy import mask
from assistant.texts import Texts
from assistant.understanding.wishes import Reason

SUMMARY_LINES = 6


def handoff(reasons: Sequence[Reason], texts: Texts) -> Responder:
    """Build the responder that hands over, and that carries an agent's own moves."""
    wish = next(reason for reason in reasons if reason.id == "wunsch")

    async def respond(ask: Ask, draft: Draft) -> Reply | None:
        message, state = ask.message, ask.state
        if message.author == "agent":
            return _move(ask, texts)
        if message.kind == "survey" or message.kind == "closed":
            return None
        if message.choice_id == "handoff:cancel" and state.status == "waiting":
            return _says(texts.mensch_abgesagt, status="open")
        if state.status == "agent":
            return silence()
        reason = wish if message.choice_id == "handoff:ask" else _reason(reasons, ask.text)
        if reason is None:
            return silence() if state.status == "waiting" else None
        if state.status == "waiting" and not reason.urgent:
            return _says(texts.mensch_wartet, choices=(_back_to_assistant(texts),))
        return hand_over(ask, reason, texts)

    return respond


def hand_over(ask: Ask, reason: Reason, texts: Texts) -> Reply:
    """Hand a conversation to a person."""
    return Reply(
        blocks=(Paragraph(text=reason.text or texts.mensch_kommt),),
        choices=(_back_to_assistant(texts),),
        status="waiting",
        handoff=Handoff(
            reason=reason.id,
            label=reason.label,
            summary=summary(ask.said, ask.text),
            urgent=reason.urgent,
        ),
    )


def silence() -> Reply:
    """Record the message and say nothing: a person has the word."""
    return Reply(blocks=(), delivery=Delivery.SILENT, answered=False)


def summary(said: Sequence[Said], text: str) -> str:
    """Sum up for the agent: what the customer asked and what was answered, newest last."""
    names = {"customer": "Kunde", "assistant": "Assistent", "agent": "Kundenservice"}
    lines = [f"{names[line.author]}: {_short(line.text)}" for line in said[1:][-SUMMARY_LINES:]]
    lines.append(f"Kunde: {_short(text)}")
    return mask("\n".join(lines))


def _short(text: str, most: int = 180) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def _reason(reasons: Sequence[Reason], text: str) -> Reason | None:
    return next((reason for reason in reasons if reason.phrases.found_in(text)), None)


def _move(ask: Ask, texts: Texts) -> Reply | None:
    message, state = ask.message, ask.state
    somebody_else = state.status == "agent" and state.agent != message.agent
    if somebody_else or (message.choice_id != "take_over" and state.status != "agent"):
        # Two agents reached for the same conversation; the first one has it.
        return silence()
    if message.kind == "closed":
        return None
    if message.kind == "text":
        return Reply(blocks=(Paragraph(text=message.text),), speaker="agent", agent=message.agent)
    if message.choice_id == "take_over":
        return _says(texts.mensch_da.format(agent=message.agent), status="agent")
    assert message.choice_id == "give_back", message.choice_id
    return _says(texts.wieder_ki, status="open")


def _says(text: str, **changes: object) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), **changes)  # type: ignore[arg-type]


def _back_to_assistant(texts: Texts) -> Choice:
    return Choice(id="handoff:cancel", title=texts.wahl_weiter_ki)
