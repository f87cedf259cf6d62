from __future__ import annotations

import numpy as np

from knowledge_base.keywords import Field, Keywords, question_terms

ROUTER = Field(heading="Router", text="Der Mietrouter kostet Geld.")
MOVE = Field(heading="Umzug", text="Ein Umzug dauert, auch mit Router.")
BILL = Field(heading="Rechnung", text="Die Rechnung kommt monatlich.")


def same(one: Keywords, other: Keywords) -> bool:
    return (
        one.vocabulary == other.vocabulary
        and one.size == other.size
        and np.array_equal(one.starts, other.starts)
        and np.array_equal(one.rows, other.rows)
        and np.allclose(one.weights, other.weights)
    )


def test_renewed_and_built_anew_the_index_is_the_same() -> None:
    before = Keywords.build([ROUTER, MOVE])

    after = before.renewed([1, BILL, 0])

    assert same(Keywords.build([MOVE, BILL, ROUTER]), after)


def test_the_words_of_a_passage_that_is_gone_are_forgotten() -> None:
    after = Keywords.build([ROUTER, BILL]).renewed([0])

    assert same(Keywords.build([ROUTER]), after)
    assert not after.scores(question_terms("Rechnung")).any()


def test_the_passage_with_the_rarer_word_in_its_heading_comes_first() -> None:
    scores = Keywords.build([ROUTER, MOVE, BILL]).scores(question_terms("Router im Umzug"))

    assert 1 == int(scores.argmax())
    assert 0 == scores[2]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert 0 == Keywords.build([]).scores(question_terms("Router")).size
