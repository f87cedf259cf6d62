"""Put every case to the assistant as a customer would, each in a conversation of its own."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.build import Application
from assistant.customers.system import READ
from assistant.messages import CustomerRef, EvidenceKind, Message, Reply
from evals.scoring import OWN_DATA, RECORDS, Case, Given, Outcome, score
from knowledge_base.documents import KnowledgeError

CASES = Path(__file__).parent / "cases"
REPORT_SETS = tuple(
    CASES / f"answers_{name}.jsonl" for name in ("natural", "natural_2_locked", "locked")
)
"""Measured on, never tuned on; who reads which of their questions fail may not report on them."""
UNSEEN = ("natural", "locked")
"""A set whose name ends so is reported on: its failures are shown to nobody."""
CHANNEL = "eval"
DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""When the questions are asked: their keys hold on this day, whatever the clock says."""

_KEYS = frozenset(Case.__dataclass_fields__)


class CaseError(KnowledgeError):
    """A file of cases is wrong; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A case, the answer to it, how long it took, and what it is worth."""

    case: Case
    given: Given
    outcome: Outcome
    milliseconds: float


def clock() -> datetime:
    """Tell the time at which the questions are asked."""
    return DAY


def is_reported_on(path: Path) -> bool:
    """Tell whether a set is one of those whose failures nobody reads."""
    return path.stem.endswith(UNSEEN)


Done = Callable[[], None]
"""Called after each case, to show progress."""


async def ask_all(
    application: Application, cases: Sequence[Case], done: Done = lambda: None
) -> tuple[Scored, ...]:
    """Ask the assistant every question, by the path of every door.

    Raises:
        NoIndexError: Nothing has been ingested yet.
    """
    _ = application.knowledge.current  # before the first question, so that its time is its own
    scored = []
    for case in cases:
        scored.append(await _ask(application, case))
        done()
    return tuple(scored)


async def _ask(application: Application, case: Case) -> Scored:
    conversation = f"eval-{uuid.uuid4().hex}"
    customer = CustomerRef(customer_no=case.customer, level=READ) if case.customer else None
    await application.assistant.open(conversation, channel=CHANNEL, customer=customer)
    message = Message(
        id=uuid.uuid4().hex,
        conversation_id=conversation,
        channel=CHANNEL,
        text=case.text,
        sent_at=application.clock(),
        on=case.on,
        contract_date=case.contract_date,
        customer=customer,
    )
    start = time.perf_counter()
    reply = await application.assistant.respond(message)
    elapsed = time.perf_counter() - start
    assert reply is not None, "nobody else can be in a conversation just opened"
    logins = {voice.anmelden for voice in application.languages}
    given = _given(reply, logins)
    return Scored(case=case, given=given, outcome=score(case, given), milliseconds=elapsed * 1000)


def _given(reply: Reply, logins: Collection[str]) -> Given:
    cited = [citation.document for citation in reply.citations]
    kinds = {fact.evidence.kind for fact in reply.facts}
    if kinds & {EvidenceKind.CUSTOMER_DATA, EvidenceKind.CALCULATION}:
        cited.append(RECORDS)
    return Given(
        text=reply.text,
        answered=reply.answered and reply.handoff is None,
        login=any(login in reply.text for login in logins),
        documents=tuple(dict.fromkeys(cited)),
    )


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read cases, one JSON object a line.

    Raises:
        CaseError: A line is no case, or cannot be answered rightly by any answer.
    """
    if not path.is_file():
        raise CaseError(f"there are no cases in {path}; name a file with --cases")
    cases: list[Case] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CaseError(f"{path}, line {number}: {error}") from error
        if case.id in seen:
            raise CaseError(f"{path}, line {number}: the id {case.id!r} is taken; choose another")
        seen.add(case.id)
        cases.append(case)
    if not cases:
        raise CaseError(f"{path} is empty; write a case a line")
    return tuple(cases)


def _case(values: Mapping[str, object]) -> Case:
    unknown = sorted(values.keys() - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(_KEYS))}")
    answerable = values.get("answerable")
    if not isinstance(answerable, bool):
        raise ValueError(f"answerable is {answerable!r}; write true or false")
    case = Case(
        id=_text(values, "id"),
        text=_text(values, "text"),
        answerable=answerable,
        kind=_text(values, "kind"),
        documents=_texts(values.get("documents"), "documents"),
        figures=_texts(values.get("figures"), "figures"),
        phrases=tuple(_texts(found, "phrases") for found in _list(values.get("phrases"))),
        wrong=_texts(values.get("wrong"), "wrong"),
        on=_day(values.get("on")),
        contract_date=_day(values.get("contract_date")),
        customer=None if values.get("customer") is None else _text(values, "customer"),
        note=str(values.get("note") or ""),
    )
    if case.answerable and case.kind == OWN_DATA:
        raise ValueError(f"a case of kind {OWN_DATA!r} is not answerable; set answerable to false")
    if case.answerable and not (case.documents and (case.figures or case.phrases)):
        raise ValueError("an answerable case needs documents, and figures or phrases")
    return case


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is {value!r}; write a text")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    found = _list(value)
    if not all(isinstance(entry, str) and entry.strip() for entry in found):
        raise ValueError(f"{name} has {found!r}; write a list of texts")
    return tuple(str(entry) for entry in found)


def _list(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list; write it in brackets")
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
