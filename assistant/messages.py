"""The values that travel: messages in, replies out, and what a reply changes.

Everything here is immutable and knows no vendor, no database and no model.
They enter and leave the store and the HTTP interface through `wire`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol

from assistant.blocks import Block, plain
from assistant.characters import readable
from assistant.survey_stages import SurveyPrompt, SurveyStage
from knowledge_base.documents import AuraError

Author = Literal["customer", "agent"]
Language = Literal["de", "en"]
"""What the assistant speaks; documents and records are German."""
Kind = Literal["text", "choice", "survey", "closed"]
Status = Literal["open", "waiting", "agent", "closed"]
"""Who speaks: the assistant, nobody until a person comes, a person, nobody any more."""


class AssistantError(AuraError):
    """Anything this house raises; the inbox catches it, apologises and offers a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRef:
    """A customer as far as the channel proved them; never built from what somebody typed."""

    customer_no: str
    level: int
    """Identity level 0 to 3, see DOMAIN.md 3.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing a customer or an agent said or did, freed of vendor formats."""

    id: str
    """The sender's id; the same id in the same conversation is the same message."""
    conversation_id: str
    channel: str
    text: str
    sent_at: datetime
    author: Author = "customer"
    kind: Kind = "text"
    choice_id: str | None = None
    """What was chosen: a `Choice.id`, ``take_over`` or ``give_back`` of an agent,
    ``shown``, ``score:<0-10>``, ``why`` (text follows) or ``declined`` of a survey."""
    reply_to: str | None = None
    customer: CustomerRef | None = None
    agent: str | None = None
    """Display name of the agent, for messages of an agent."""
    reason: str | None = None
    """Why a conversation closed: ``customer``, ``agent``, ``silence``."""
    on: date | None = None
    """The day asked about, when it is not the day it was sent."""
    contract_date: date | None = None
    """The day the contract in question was concluded, when known."""

    def __post_init__(self) -> None:
        """Leave nothing in the text that cannot be stored, logged or shown, from whatever door."""
        object.__setattr__(self, "text", readable(self.text))


class EvidenceKind(StrEnum):
    """Where a figure or claim comes from (DESIGN.md, section 4)."""

    PASSAGE = "passage"
    CUSTOMER_DATA = "customer_data"
    CALCULATION = "calculation"
    ISSUED = "issued"
    """A number we issued: ticket, order."""
    CUSTOMER_WORDS = "customer_words"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The reference that proves a fact."""

    kind: EvidenceKind
    reference: str
    """Passage id, record id, or name of the calculation."""
    inputs: tuple[tuple[str, str], ...] = ()
    """Of a calculation: the name and value of each input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure or claim that a reply states, and what proves it."""

    product: str | None
    attribute: str | None
    value: Decimal | None = None
    unit: str | None = None
    """EUR (gross), GB (10⁹ bytes), Mbit/s, kbit/s, Monate, Tage …"""
    per: str | None = None
    polarity: str | None = None
    """``included``, ``excluded``, ``available``, ``unlimited``, ``free``; None: a figure."""
    qualifier: str | None = None
    text: str = ""
    """As written in the reply."""
    valid_from: date | None = None
    valid_until: date | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source the customer can open."""

    document: str
    title: str
    version: str
    as_of: date
    section: str
    page: int | None
    excerpt: str
    link: str
    passage: str
    """Id of the passage, for the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """Which model wrote a text (AI Act, article 50)."""

    model: str
    prompt: str
    """Name and version of the prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quick reply; its id comes back as `Message.choice_id`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogState:
    """Where an open dialog stands."""

    dialog: str
    step: int = 0
    slots: tuple[tuple[str, str], ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """Why a person takes over, and what they need to know."""

    reason: str
    """Id of a reason in ``content/handoff.yaml``."""
    label: str
    summary: str
    urgent: bool = False


class Delivery(StrEnum):
    """What happens to a reply."""

    SEND = "send"
    SUGGEST = "suggest"
    """Shown to an agent, who decides."""
    SILENT = "silent"
    """Recorded, nothing is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer and everything that must happen because of it."""

    blocks: tuple[Block, ...]
    spoken: str | None = None
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    facts: tuple[Fact, ...] = ()
    dialog: DialogState | None = None
    handoff: Handoff | None = None
    status: Status | None = None
    """The conversation's new status; None leaves it."""
    topic: tuple[str, ...] = ()
    """Products spoken of, so that the next question may leave them out."""
    contract: str | None = None
    """Number of the customer's contract that it is about."""
    open_question: str | None = None
    """A question that waits until the customer has said which contract they mean."""
    survey: SurveyPrompt | None = None
    survey_stages: tuple[SurveyStage, ...] = ()
    delivery: Delivery = Delivery.SEND
    speaker: Literal["assistant", "agent"] = "assistant"
    agent: str | None = None
    generated_by: Generation | None = None
    """None: rules or quotation."""
    responder: str = ""
    """Set by the spine: which responder gave it."""
    answered: bool = True
    """False: it says that it does not know."""
    language: Language | None = None
    """In which it is said, set by the spine; a block may be in another one."""
    confidence: float | None = None
    checks: tuple[str, ...] = ()
    """What the checks found, for the record: ``sentence_blocked``, ``model_timeout`` …"""
    index_generation: int | None = None

    @property
    def text(self) -> str:
        """The blocks as plain text, one paragraph a block."""
        return "\n\n".join(plain(block) for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What a conversation remembers between turns."""

    status: Status = "open"
    agent: str | None = None
    handoff: Handoff | None = None
    dialog: DialogState | None = None
    topic: tuple[str, ...] = ()
    contract: str | None = None
    """Number of the customer's contract that was spoken of last."""
    language: Language | None = None
    """Which the customer was last clearly heard to use; None: as the conversation was opened."""
    open_question: str | None = None
    """What was asked before we asked back which contract is meant."""
    survey: Literal["none", "open", "scored", "done"] = "none"
    programme_id: str | None = None
    questionnaire_version: str | None = None
    by_bot: bool = False
    """The assistant has answered something in this conversation."""
    by_human: bool = False
    unresolved: int = 0
    """Answers in a row that did not help."""
    facts: tuple[Fact, ...] = ()
    """The ledger of facts already proven here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the conversation so far, for summaries and follow-ups."""

    author: Literal["customer", "assistant", "agent"]
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing asked for in a message, with all that a responder may know."""

    message: Message
    text: str
    state: ConversationState
    said: tuple[Said, ...] = ()
    on: date
    contract_date: date | None = None
    language: Language = "de"
    """Which the customer is answered in; what is searched for and looked up is German anyway."""
    typed: str | None = None
    """What the customer typed, where `text` says it in German."""
    product: str | None = None
    """Name of the tariff of the customer's own contract, where the question is about it."""


Draft = Callable[[str], Awaitable[None]]
"""Shows the text written so far. Only text that has passed the checks is ever given to it."""


async def no_draft(text: str) -> None:
    """Show nothing: for suggestions, tests and channels that cannot draft."""


class Responder(Protocol):
    """Answers one ask, or leaves it to the next responder. Never sends, saves or mutates."""

    async def __call__(self, ask: Ask, draft: Draft) -> Reply | None:
        """Return a reply, or None when this ask is for another responder."""
