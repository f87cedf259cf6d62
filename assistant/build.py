"""The one place that chooses: database, search, model, and the list of responders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant, Voice
from assistant.conversation import Clock, now
from assistant.customers.demo import CUSTOMERS, DemoCustomerSystem
from assistant.customers.system import CustomerSystem
from assistant.english import InGerman, OwnInGerman
from assistant.facts.lexicon import lexicon
from assistant.fallback import fallback
from assistant.frames import load_frames
from assistant.handoff import handoff
from assistant.keys import key
from assistant.knowledge import Finder, Knowledge
from assistant.lookup import Lookup
from assistant.meant import Meanings
from assistant.outside import Outside, Unfound
from assistant.own.answers import load_own
from assistant.own.own_terms import OwnTerms
from assistant.own.responder import PATIENCE, OwnAnswers
from assistant.own_data import load_own_data
from assistant.pseudonyms import Pseudonyms
from assistant.questionnaires import load_questionnaires
from assistant.scope import load_scope
from assistant.smalltalk import smalltalk
from assistant.store.conversations import Conversations
from assistant.store.database import Database, open_database
from assistant.store.migrate import migrate
from assistant.store.quarantine import Quarantine
from assistant.survey import survey
from assistant.tariff_answers import TariffAnswers
from assistant.texts import Texts, load_texts
from assistant.understanding.glossary import load_glossary
from assistant.understanding.trust import Trust
from assistant.understanding.wishes import heard, load_reasons, load_smalltalk, translated
from assistant.unreadable import unreadable
from assistant.written import Model, Writer, load_prompt
from knowledge_base.embeddings import Embedder, embedder_for
from knowledge_base.search import Search
from knowledge_base.settings import Settings
from knowledge_base.snapshot import Snapshots
from knowledge_base.sources import CONTENT as DOCUMENTS
from knowledge_base.tariffs import Tariffs

CONTENT = Path(__file__).parent / "content"
DECEASED = "todesfall"
"""The reason for which a person takes over where a holder has died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Everything that the doors need, put together."""

    settings: Settings
    assistant: Assistant
    conversations: Conversations
    database: Database
    quarantine: Quarantine
    knowledge: Knowledge
    texts: Texts
    """The German ones."""
    languages: tuple[Texts, ...]
    """Those of every language."""
    clock: Clock
    customers: CustomerSystem | None = None
    model: Model | None = None

    async def aclose(self) -> None:
        """Finish what is being written, then close the database and the model's connections."""
        await self.database.close()
        if self.model is not None:
            await self.model.aclose()


def database_url(settings: Settings) -> str:
    """Return the configured database, or the local file in the home directory."""
    return settings.database_url or f"sqlite:///{settings.home / 'aura.db'}"


async def assemble(
    settings: Settings,
    *,
    clock: Clock = now,
    embedder: Embedder | None = None,
    model: Model | None = None,
    search: Finder | None = None,
    trust: Trust | None = None,
    customers: CustomerSystem | None = None,
    patience: float = PATIENCE,
) -> Application:
    """Put the house together and bring its database up to date.

    Raises:
        AssistantError: A content file is wrong or the database cannot be used.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    texts = load_texts(CONTENT / "texts" / "de.yaml")
    english = load_texts(CONTENT / "texts" / "en.yaml")
    reasons = load_reasons(CONTENT / "handoff.yaml")
    english_reasons = translated(reasons, CONTENT / "handoff.en.yaml")
    reasons = heard(reasons, english_reasons)
    remarks = load_smalltalk(CONTENT / "smalltalk.yaml")
    english_remarks = translated(remarks, CONTENT / "smalltalk.en.yaml")
    remarks = heard(remarks, english_remarks)
    glossary = load_glossary(CONTENT / "glossary" / "en.yaml")
    lexicon()  # a mistake in it stops the start, not the first answer
    database = open_database(database_url(settings))
    await migrate(database)
    conversations = Conversations(database, clock)
    quarantine = Quarantine(database)
    pseudonyms = Pseudonyms(key(settings.home, "pseudonyms", settings.pseudonym_secret))
    customers = customers or choose_customers(settings)
    snapshots = Snapshots(settings.home)
    search = search or Search(snapshots, embedder or choose_embedder(settings))
    knowledge = Knowledge(search, snapshots)
    model = model or choose_model(settings)
    writer = Writer(model, load_prompt(CONTENT / "prompts" / "answer.md")) if model else None
    tariffs = TariffAnswers(
        load_frames(CONTENT / "frames" / "de.yaml"),
        {"en": load_frames(CONTENT / "frames" / "en.yaml")},
    )
    answer = Answer(
        knowledge=knowledge,
        lookup=Lookup(tariffs, texts),
        meanings=Meanings(tariffs),
        own_data=load_own_data(CONTENT / "own_data.yaml"),
        texts=texts,
        trust=trust or Trust.load(),
        writer=writer,
    )
    outside = Outside(scope=load_scope(CONTENT / "scope.yaml"), knowledge=knowledge, texts=texts)
    otherwise = fallback(texts)
    content = load_own(CONTENT / "own" / "de.yaml")
    own = OwnAnswers(
        system=customers,
        content=content,
        terms=OwnTerms(answer, otherwise, content),
        knowledge=knowledge,
        texts=texts,
        deceased=next(reason for reason in reasons if reason.id == DECEASED),
        patience=patience,
    )
    questionnaires = load_questionnaires(CONTENT / "surveys")
    responders = (
        ("handoff", handoff(reasons, texts)),
        ("survey", survey(questionnaires, quarantine, texts, clock)),
        ("smalltalk", smalltalk(remarks)),
        ("unreadable", unreadable(texts)),
        ("outside", outside),
        ("own", own),
        ("answer", answer),
        ("outside", Unfound(outside=outside)),
        ("fallback", otherwise),
    )
    # A model's English sentence cannot be held against German passages, so none is written.
    english_answer = replace(answer, lookup=Lookup(tariffs, english), texts=english, writer=None)
    english_own = OwnInGerman(own, replace(own, texts=english), english)
    in_english = Voice(
        responders=(
            ("handoff", handoff(english_reasons, english)),
            ("survey", survey(questionnaires, quarantine, english, clock)),
            ("smalltalk", smalltalk(english_remarks)),
            ("unreadable", unreadable(english)),
            ("outside", replace(outside, texts=english)),
            ("own", InGerman(english_own, glossary, knowledge)),
            ("answer", InGerman(english_answer, glossary, knowledge)),
            ("fallback", fallback(english)),
        ),
        texts=english,
    )
    return Application(
        settings=settings,
        assistant=Assistant(
            responders,
            conversations,
            texts,
            remarks,
            clock,
            pseudonyms,
            voices={"en": in_english},
        ),
        conversations=conversations,
        database=database,
        quarantine=quarantine,
        knowledge=knowledge,
        texts=texts,
        languages=(texts, english),
        clock=clock,
        customers=customers,
        model=model,
    )


def choose_customers(settings: Settings) -> CustomerSystem | None:
    """Choose where customers are looked up; the operator's own system is one more line here."""
    return None if settings.customer_system == "none" else _demo_customers()


@cache
def _demo_customers() -> DemoCustomerSystem:
    """Read and check the synthetic customers once; they never change while the process lives."""
    return DemoCustomerSystem.load(CUSTOMERS, Tariffs.load(DOCUMENTS / "tarife"))


def choose_embedder(settings: Settings) -> Embedder:
    """Choose the embedding model that the index was or will be made with."""
    return embedder_for(
        settings.embedding_model,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
    )


def choose_model(settings: Settings) -> Model | None:
    """Choose the language model; without a key or a server of one's own there is none."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        return None
    from assistant.models import DEFAULT_MODEL, OpenAIModel

    return OpenAIModel(
        settings.model or DEFAULT_MODEL,
        # A server of one's own asks for no key, but the client library wants one.
        api_key=settings.openai_api_key or "none",
        base_url=settings.openai_base_url,
    )
