from __future__ import annotations

import json
from datetime import date

from assistant.understanding.trust import FILE, Trust, company
from knowledge_base.documents import Passage
from knowledge_base.search import Hit


def test_the_fitted_models_say_what_they_were_fitted_on_and_never_on_a_report_set() -> None:
    card = json.loads(FILE.read_text(encoding="utf-8"))

    assert {"purpose", "fitted_on", "date", "cross_validation"} <= set(card)
    assert not {"answers_locked.jsonl", "answers_natural.jsonl"} & set(card["fitted_on"]["sets"])
    assert Trust.load().passages.trees
    assert Trust.load().attributes.trees


def hit(words: str, *, meant: float, likely: float) -> Hit:
    passage = Passage(
        id=words,
        document=words,
        version="2026-10-01-abc",
        title="Merkblatt",
        kind="hilfe",
        as_of=date(2026, 10, 1),
        text=words,
    )
    return Hit(
        passage=passage,
        score=1.0,
        keyword_score=0.0,
        vector_score=0.0,
        confidence=1.0,
        says=words,
        meant=meant,
        likely=likely,
    )


def test_passages_that_state_the_same_speak_for_each_other() -> None:
    terms = hit("Der Kunde kann die Mahnung binnen 14 Tagen bezahlen", meant=0.4, likely=0.5)
    help_page = hit("Eine Mahnung bezahlen Sie binnen 14 Tagen", meant=0.3, likely=0.4)
    other = hit("Der Router blinkt rot", meant=0.3, likely=0.4)

    supported = company("Bis wann zahlen?", [terms, help_page], 0)
    rivalled = company("Bis wann zahlen?", [terms, other], 0)

    assert supported["together"] > rivalled["together"]
    assert 1 == supported["agreeing"]
    assert supported["rival_said"] < rivalled["rival_said"]
    assert supported["lead"] > rivalled["lead"]


def test_a_passage_alone_has_no_rival() -> None:
    alone = company("Bis wann?", [hit("Binnen 14 Tagen", meant=0.4, likely=0.5)], 0)

    assert 0.0 == alone["rival_said"]
    assert 0.5 == alone["together"]
