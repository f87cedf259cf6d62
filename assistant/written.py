"""Answer in a model's words, sentence by checked sentence; the quotation takes over at a fault.

Released sentences stay, at the first fault the rest is replaced by the quotation of the passage.
Nothing false is shown, not even for a moment, and nothing is retracted.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant.blocks import Block, Paragraph, moved_cites
from assistant.checked import MARK, Checked, check
from assistant.evidence import cite, fact_of, facts_quoted
from assistant.facts.spoken import take_apart
from assistant.messages import (
    Ask,
    AssistantError,
    Citation,
    Draft,
    Fact,
    Generation,
    Reply,
)
from assistant.privacy import mask
from assistant.texts import ContentError
from knowledge_base.documents import Passage
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot
from knowledge_base.split import sentences

PASSAGES = 4
NO_ANSWER = "KEINE ANGABE"
MOST_SENTENCES = 6
MOST_CHARACTERS = 2_000
_MARK_BEHIND = re.compile(r"([.!?])((?:\s*\[\d{1,2}\])+)")
_QUALIFIES = re.compile(
    r"^(das gilt|dies gilt|dieser preis|der preis gilt|danach|anschließend|allerdings|jedoch|aber"
    r"|nur|voraussetzung|ausgenommen|hinzu komm|zuzüglich|dazu komm)",
    re.IGNORECASE,
)


class ModelError(AssistantError):
    """The model is away, slow or broken; the customer gets the answer without it."""


class Model(Protocol):
    """Any language model that streams text."""

    @property
    def name(self) -> str:
        """Name of the model, for the record."""

    def stream(self, system: str, question: str) -> AsyncIterator[str]:
        """Stream the answer in pieces.

        Raises:
            ModelError: The model cannot be reached, is too slow, or broke off.
        """

    async def aclose(self) -> None:
        """Close what is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt from ``content/prompts``, with its version for the record."""

    name: str
    text: str


def load_prompt(path: Path) -> Prompt:
    """Read a prompt file: a version line, a rule, the text.

    Raises:
        ContentError: The version is missing.
    """
    head, rule, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not rule or not head.startswith("version: "):
        raise ContentError(path, 1, "begin with 'version: <number>' and a line '---'")
    return Prompt(name=f"{path.stem}/{head.removeprefix('version: ').strip()}", text=body.strip())


@dataclass(frozen=True, slots=True)
class _Passed:
    """A sentence that has passed, with what carries it."""

    text: str
    marks: Sequence[int]
    checked: Checked


@dataclass(slots=True)
class _Written:
    """The sentences that have passed, and what they rest on."""

    blocks: list[Block]
    citations: list[Citation]
    facts: list[Fact]
    checks: list[str]
    places: dict[int, int]

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes an answer from passages with a model."""

    model: Model
    prompt: Prompt
    patience: float = 20.0
    """Seconds for the whole answer."""

    async def write(
        self,
        ask: Ask,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        quotation: Reply | None,
        draft: Draft,
    ) -> Reply | None:
        """Write an answer; what cannot be written is taken from the quotation, if there is one."""
        passages = [hit.passage for hit in hits[:PASSAGES]]
        written = _Written([], [], [], [], {})
        try:
            async with asyncio.timeout(self.patience):
                await self._collect(ask, passages, snapshot, written, draft)
        except TimeoutError:
            written.checks.append("model_timeout")
        except ModelError as error:
            written.checks.append(f"model_failed:{type(error.__cause__).__name__}")
        return self._finished(written, hits[0].confidence, quotation, snapshot)

    async def _collect(
        self,
        ask: Ask,
        passages: Sequence[Passage],
        snapshot: Snapshot,
        written: _Written,
        draft: Draft,
    ) -> None:
        """Take sentences while they pass; one is held until the next shows it is not qualified."""
        held: _Passed | None = None
        stream = self.model.stream(self.prompt.text, _material(ask, passages))
        async for sentence in _sentences(stream):
            if NO_ANSWER in sentence.upper():
                written.checks.append("model_declined")
                break
            marks = [int(n) for n in MARK.findall(sentence) if 0 < int(n) <= len(passages)]
            cited = [passages[n - 1] for n in marks]
            topic = _topic(ask, written, snapshot)
            checked = check(sentence, cited, snapshot.tariffs, topic)
            if checked.fault is not None:
                written.checks.append(f"sentence_blocked:{checked.fault}")
                if held is not None and _QUALIFIES.match(sentence):
                    # Its qualifier did not pass: without it the held sentence would say too much.
                    held = None
                break
            if held is not None:
                _release(written, held, passages)
                await draft(written.text)
            held = _Passed(MARK.sub("", sentence).strip(), marks, checked)
            if len(written.blocks) >= MOST_SENTENCES:
                break
        if held is not None:
            _release(written, held, passages)

    def _finished(
        self, written: _Written, confidence: float, quotation: Reply | None, snapshot: Snapshot
    ) -> Reply | None:
        if not written.blocks:
            # Declined or blocked: what the documents say, as sure as it is without a model.
            return replace(quotation, checks=tuple(written.checks)) if quotation else None
        reply = Reply(
            blocks=tuple(written.blocks),
            citations=tuple(written.citations),
            facts=tuple(written.facts),
            topic=quotation.topic if quotation else (),
            generated_by=Generation(model=self.model.name, prompt=self.prompt.name),
            confidence=confidence,
            checks=tuple(written.checks),
            index_generation=snapshot.number,
        )
        if not written.checks or quotation is None or not quotation.answered:
            return reply
        return _completed(reply, quotation)


def _release(written: _Written, passed: _Passed, passages: Sequence[Passage]) -> None:
    for mark in passed.marks:
        if mark not in written.places:
            written.places[mark] = len(written.citations)
            written.citations.append(cite(passages[mark - 1]))
    cites = tuple(dict.fromkeys(written.places[mark] for mark in passed.marks))
    written.blocks.append(Paragraph(text=passed.text, cites=cites))
    stated = passed.checked.stated
    written.facts += [
        fact_of(one.version, one.attribute, passed.text, one.passage) for one in stated
    ]
    if not stated and passed.marks:
        written.facts += facts_quoted(passages[passed.marks[0] - 1], passed.text)


def _topic(ask: Ask, written: _Written, snapshot: Snapshot) -> tuple[str, ...]:
    """Name the products spoken of: in the answer so far, in the question, or before it."""
    if snapshot.tariffs is None:
        return ()
    for text in (written.text, ask.text):
        named = take_apart(text, snapshot.tariffs).products
        if named:
            return named
    return ask.state.topic


def _completed(reply: Reply, quotation: Reply) -> Reply:
    """Add the quotation to what was released before the fault."""
    offset = len(reply.citations)
    moved = tuple(moved_cites(block, offset) for block in quotation.blocks)
    return replace(
        reply,
        blocks=reply.blocks + moved,
        citations=reply.citations + quotation.citations,
        facts=reply.facts + quotation.facts,
    )


def _material(ask: Ask, passages: Sequence[Passage]) -> str:
    parts = [
        f"[{place}] {passage.title} ({passage.section}): {passage.text}"
        for place, passage in enumerate(passages, start=1)
    ]
    return "Auszüge:\n" + "\n\n".join(parts) + f"\n\nFrage: {mask(ask.text)}"


async def _sentences(stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """Cut a stream into whole sentences with their marks; a sentence ends where the next begins."""
    text = ""
    total = 0
    async for piece in stream:
        total += len(piece)
        # "… 24,99 €. [1]" becomes "… 24,99 € [1].", so that the mark stays with its sentence.
        text = _MARK_BEHIND.sub(r"\2\1", text + piece)
        *whole, tail = sentences(text) or [""]
        for sentence in whole:
            yield sentence
        text = text[text.rfind(tail) :] if whole else text
        if total > MOST_CHARACTERS:
            return
    for sentence in sentences(text):
        yield sentence
