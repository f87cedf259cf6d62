from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

import pytest

from assistant.build import Application
from evals.key import load_terms, written
from evals.mutations import measure, render
from evals.quantities import states
from evals.sentences import HALVES, World, load_sentences, truths
from evals.swaps import Swap, swaps
from knowledge_base.documents import Passage


@pytest.fixture
def world(application: Application) -> World:
    return World.of(application.knowledge.current)


def test_the_key_reads_the_same_terms_as_the_tariffs_do(application: Application) -> None:
    tariffs = application.knowledge.current.tariffs
    assert tariffs is not None
    holders = (*tariffs.tariffs.values(), *tariffs.zones.values())
    read = {
        (version.product, version.version, attribute.id, attribute.value)
        for holder in holders
        for version in holder.versions
        for attribute in version.attributes.values()
    }

    own = {
        (terms.product, terms.version, name, value.amount)
        for terms in load_terms()
        for name, value in terms.values.items()
    }

    assert read == own


def test_the_key_writes_amounts_the_german_way() -> None:
    assert "1.234,50 €" == written(Decimal("1234.5"), "EUR")
    assert "27,9 Mbit/s" == written(Decimal("27.9"), "Mbit/s")


@pytest.mark.parametrize("half", HALVES)
def test_every_frame_makes_true_sentences_whose_passage_states_their_figure(
    half: str, world: World
) -> None:
    given = load_sentences(half)
    assert len(given.frames) >= 40

    made = list(truths(given, world))

    assert set(given.frames) == {one.frame for one in made if one.frame is not None}
    for one in made:
        assert "{" not in one.sentence and "[[" not in one.sentence
        if one.value is not None and one.value.amount is not None:
            assert states(one.passage.text, one.value.written), one.sentence


def test_every_kind_of_swap_is_made_and_changes_sentence_or_source(world: World) -> None:
    given = load_sentences(HALVES[0])
    chance = random.Random(1)

    made = [one for truth in truths(given, world) for one in swaps(truth, given, world, chance)]

    assert set(Swap) == {one.swap for one in made}
    for one in made:
        same = one.text == one.truth.sentence
        assert (one.passage.id != one.truth.passage.id) if same else True
        assert same is (one.swap is Swap.CITATION), (one.swap, one.text)


def test_a_check_that_blocks_nothing_and_one_that_blocks_all_are_told_apart(
    application: Application,
) -> None:
    snapshot = application.knowledge.current

    def lax(sentence: str, passages: Sequence[Passage]) -> str | None:
        return None

    def strict(sentence: str, passages: Sequence[Passage]) -> str | None:
        return "no"

    open_, closed = measure("build", snapshot, lax), measure("build", snapshot, strict)

    assert (0.0, 0.0) == (open_.blocked.share, open_.caught.share)
    assert (1.0, 1.0) == (closed.blocked.share, closed.caught.share)
    assert "100.0%" in render(closed)
