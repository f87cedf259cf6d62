"""How many of the figures that are sent are wrong? Held against a key made from the tariff files.

Each figure of each product in each version is asked for, the answer is read by this floor's own
reading of figures, and a figure is right only as that attribute of that product in that version, or
beside the name of what else it is of.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from assistant.build import Application
from assistant.messages import Ask, ConversationState, Message, Reply, no_draft
from assistant.written import Writer
from evals.answers import Done
from evals.intervals import Rate
from evals.key import Terms, Value, load_labels, load_terms
from evals.quantities import Quantity, folded, quantities
from evals.report import percent
from evals.sentences import FOLDER

_PRICED = re.compile(r"\b(?:kostet|beträgt)\b.*€ monatlich\W*$|\bPreis:? (?=\d)")
"""Names the price of a product without its label."""
QUESTIONS = FOLDER / "questions.yaml"
ASKED_ON = date(2026, 11, 22)
SEED = 5
TOP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for one figure."""

    text: str
    terms: Terms
    value: Value

    @property
    def contract_date(self) -> date | None:
        """Return a day on which such a contract was concluded, if it is no longer sold."""
        first, last = self.terms.sold
        return None if last is None or first is None else first.replace(day=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent to a question."""

    question: Question
    text: str
    answered: bool
    right: int
    """Figures of the attribute asked for."""
    others: int
    """Figures of something else, which the answer names."""
    wrong: tuple[Quantity, ...]
    covered: bool
    """The figure asked for is stated."""
    by_model: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresReport:
    """Every answer of one way of answering."""

    name: str
    sent: tuple[Sent, ...]

    @property
    def wrong(self) -> Rate:
        """Return the share of wrong figures among those that were sent."""
        figures = sum(one.right + one.others + len(one.wrong) for one in self.sent)
        return Rate(hits=sum(len(one.wrong) for one in self.sent), of=figures)

    @property
    def covered(self) -> Rate:
        """Return the share of questions whose figure was stated."""
        return Rate(hits=sum(one.covered for one in self.sent), of=len(self.sent))

    @property
    def written(self) -> Rate:
        """Return the share of answers that a model wrote, at least in part."""
        return Rate(hits=sum(one.by_model for one in self.sent), of=len(self.sent))


def questions(limit: int | None = None, path: Path = QUESTIONS) -> tuple[Question, ...]:
    """Ask for every figure of every product in every version, in every way, shuffled."""
    frames: Mapping[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = [
        Question(text=frame.format(produkt=terms.name), terms=terms, value=value)
        for terms in load_terms()
        if terms.kind != "roaming"
        for value in terms.values.values()
        if value.amount is not None
        for frame in frames.get(value.attribute, ())
    ]
    random.Random(SEED).shuffle(asked)
    return tuple(asked[:limit])


async def ask_all(
    application: Application, asked: Sequence[Question], name: str, done: Done = lambda: None
) -> FiguresReport:
    """Put every question to the assistant, each in a conversation of its own."""
    judge = Judge.of(application)
    sent = []
    for question in asked:
        conversation = f"eval-{uuid.uuid4().hex}"
        await application.assistant.open(conversation, channel="eval")
        reply = await application.assistant.respond(_message(question, conversation))
        assert reply is not None, "nobody else can be in a conversation just opened"
        sent.append(judge(question, reply))
        done()
    return FiguresReport(name=name, sent=tuple(sent))


async def write_all(
    application: Application,
    writer: Writer,
    asked: Sequence[Question],
    name: str,
    done: Done = lambda: None,
) -> FiguresReport:
    """Put every question to the model alone: no look-up before it, no quotation behind it."""
    judge = Judge.of(application)
    sent = []
    snapshot = application.knowledge.current
    for question in asked:
        message = _message(question, "eval")
        contract = question.contract_date
        ask = Ask(
            message=message,
            text=question.text,
            state=ConversationState(),
            on=ASKED_ON,
            contract_date=contract,
        )
        hits = await application.knowledge.search.search(
            question.text, on=ASKED_ON, contract_date=contract, top=TOP
        )
        reply = await writer.write(ask, hits, snapshot, None, no_draft) if hits else None
        sent.append(judge(question, reply or Reply(blocks=(), answered=False)))
        done()
    return FiguresReport(name=name, sent=tuple(sent))


def render(reports: Sequence[FiguresReport]) -> str:
    """Write the shares for a terminal, and every answer with a wrong figure."""
    lines = [f"{len(reports[0].sent)} questions for a figure, on {ASKED_ON}"]
    for report in reports:
        lines.append(report.name)
        for name, rate in (
            ("sent figures that are wrong", report.wrong),
            ("questions whose figure is stated", report.covered),
            ("answers that a model wrote", report.written),
        ):
            lines.append(f"  {name:<34} {percent(rate)}")
        lines += [
            f"  wrong: {one.question.text} -> {' '.join(one.text.split())}"
            for one in report.sent
            if one.wrong
        ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads an answer by the key alone."""

    terms: tuple[Terms, ...]
    labels: Mapping[str, str]
    documents: str
    """All that the documents say, for what is quoted word by word."""

    @classmethod
    def of(cls, application: Application) -> Judge:
        """Take the key, and what the documents say."""
        lines = [one.text for one in application.knowledge.current.passages if not one.answers]
        return cls(load_terms(), load_labels(), folded("\n".join(lines)))

    def __call__(self, question: Question, reply: Reply) -> Sent:
        """Count right and wrong figures of a reply."""
        wanted = _stated(question.value, self.labels)
        main = quantities(question.value.written)
        right = others = 0
        wrong: list[Quantity] = []
        told = False
        for segment in _segments(reply.text):
            beside = frozenset(self._beside(segment, question))
            for found in quantities(_without_names(segment, self.terms)):
                if found.unit is None and found not in wanted:
                    continue
                if found in wanted and not self._of_another(segment, question):
                    right += 1
                    told = told or found in main
                elif found in beside or folded(segment.strip("„“ ")) in self.documents:
                    others += 1
                else:
                    wrong.append(found)
        return Sent(
            question=question,
            text=reply.text,
            answered=reply.answered,
            right=right,
            others=others,
            wrong=tuple(wrong),
            covered=told,
            by_model=reply.generated_by is not None,
        )

    def _is_named(self, segment: str, value: Value) -> bool:
        """Tell whether a sentence names an attribute: by its label, its note, or as a price."""
        if value.attribute in ("grundpreis", "paketpreis") and _PRICED.search(segment):
            return True
        noted = bool(value.note) and folded(value.note) in folded(segment)
        return noted or _names(segment, self.labels[value.attribute])

    def _of_another(self, segment: str, question: Question) -> bool:
        """Tell whether a sentence names other products only."""
        named = {one.name for one in self.terms if _names(segment, one.name)}
        return bool(named) and question.terms.name not in named

    def _beside(self, segment: str, question: Question) -> Iterator[Quantity]:
        """Give the figures that a sentence may state beside, because it names what they are of."""
        concluded = question.contract_date or ASKED_ON
        foreign = self._of_another(segment, question)
        for terms in self.terms:
            own = terms.product == question.terms.product and not foreign
            if not terms.hold(ASKED_ON, concluded) or not (own or _names(segment, terms.name)):
                continue
            for value in terms.values.values():
                # Another product is compared by the attribute asked for, or by one it names.
                named = self._is_named(segment, value)
                if named or (not own and value.attribute == question.value.attribute):
                    yield from _stated(value, self.labels)


def _stated(value: Value, labels: Mapping[str, str]) -> frozenset[Quantity]:
    return frozenset(quantities(f"{value.written}; {value.note}; {labels[value.attribute]}"))


def _segments(text: str) -> list[str]:
    return [
        part for line in text.split("\n") for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])", line)
    ]


def _names(segment: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", segment, re.IGNORECASE) is not None


def _without_names(segment: str, terms: Sequence[Terms]) -> str:
    for name in sorted({one.name for one in terms}, key=len, reverse=True):
        segment = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", segment, flags=re.IGNORECASE)
    return segment


def _message(question: Question, conversation: str) -> Message:
    from datetime import UTC, datetime

    return Message(
        id=uuid.uuid4().hex,
        conversation_id=conversation,
        channel="eval",
        text=question.text,
        sent_at=datetime.now(UTC),
        on=ASKED_ON,
        contract_date=question.contract_date,
    )
