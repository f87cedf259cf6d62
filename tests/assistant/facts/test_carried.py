from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.blocks import Paragraph
from assistant.build import CONTENT, Application
from assistant.evidence import cite
from assistant.facts.carried import uncarried
from assistant.facts.figures import Figure
from assistant.frames import load_frames
from assistant.messages import Ask, ConversationState, Draft, Message, Reply, no_draft
from assistant.tariff_answers import TariffAnswers
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import TariffVersion

Say = Callable[..., Message]
ANSWERS = TariffAnswers(load_frames(CONTENT / "frames" / "de.yaml"))


@pytest.fixture
def snapshot(application: Application) -> Snapshot:
    return application.knowledge.current


def ask(message: Message, on: date, contract_date: date | None = None) -> Ask:
    state = ConversationState()
    return Ask(message=message, text="", state=state, on=on, contract_date=contract_date)


def versions(snapshot: Snapshot) -> Iterator[tuple[TariffVersion, date, date]]:
    """Give every version with a day of contract and the first day on which it applies to it."""
    assert snapshot.tariffs is not None
    for tariff in snapshot.tariffs.tariffs.values():
        for version in tariff.versions:
            concluded = version.validity.sold_from or version.as_of
            yield version, concluded, max(concluded, version.validity.applies_from or concluded)


def test_every_figure_of_every_look_up_is_carried_by_a_fact_with_evidence(
    snapshot: Snapshot, say: Say
) -> None:
    assert snapshot.tariffs is not None
    known = {passage.id for passage in snapshot.passages}
    looked_up = 0
    for version, concluded, on in versions(snapshot):
        for identifier in version.attributes:
            kinds = [snapshot.tariffs.kinds[identifier]]

            reply = ANSWERS.say(ask(say(), on, concluded), snapshot, [(version, kinds)], topic=())

            assert reply is not None, (version.product, version.version, identifier)
            assert () == uncarried(reply), reply.text
            assert {fact.evidence.reference for fact in reply.facts} <= known
            looked_up += 1
    assert looked_up > 600


@pytest.mark.parametrize("on", [date(2024, 6, 1), date(2025, 6, 1), date(2026, 11, 22)])
def test_every_figure_of_every_table_is_carried(snapshot: Snapshot, say: Say, on: date) -> None:
    assert snapshot.tariffs is not None
    asked = ask(say(), on)
    replies = [ANSWERS.across(asked, snapshot, kind) for kind in snapshot.tariffs.kinds.values()]
    for country in snapshot.tariffs.countries:
        found = snapshot.tariffs.zone(country.name, on)
        replies.append(ANSWERS.abroad(asked, snapshot, *found, topic=()) if found else None)
    given = [reply for reply in replies if reply is not None]

    assert [] == [reply.text for reply in given if uncarried(reply)]
    assert len(given) > 60


def test_a_figure_that_no_fact_has_is_named(snapshot: Snapshot) -> None:
    reply = Reply(blocks=(Paragraph(text="Das kostet 13,37 € im Monat."),))

    assert (Figure("EUR", "13.37"),) == uncarried(reply)


async def test_a_reply_that_cites_documents_for_an_unproven_figure_is_not_sent(
    application: Application, say: Say
) -> None:
    from dataclasses import replace

    passage = application.knowledge.current.passages[0]
    bad = Reply(blocks=(Paragraph(text="Das kostet 13,37 €."),), citations=(cite(passage),))

    async def careless(ask: Ask, draft: Draft) -> Reply | None:
        return bad

    house = application.assistant
    spoilt = replace(house, responders=(("careless", careless), house.responders[-1]))
    await spoilt.open("c1", channel="web")

    reply = await spoilt.respond(say("Was kostet das?"), no_draft)

    assert reply is not None
    assert "13,37" not in reply.text
    assert not reply.answered
