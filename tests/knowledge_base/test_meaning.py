from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEmbedder

from knowledge_base.index import ingest
from knowledge_base.meaning import RIDGE, SHARPNESS, Example, Label, Meaning, digest

PRICE = Label(answers=("grundpreis",), says=None)
SPEED = Label(answers=("download_max",), says=None)
TEXTS = {
    "was kostet das im monat": PRICE,
    "wie teuer ist das monatlich": PRICE,
    "wie schnell kann ich herunterladen": SPEED,
    "welche geschwindigkeit hat der anschluss": SPEED,
}


def learned(texts: Sequence[str] = tuple(TEXTS)) -> Meaning:
    examples = [Example(text=text, label=TEXTS[text], row=row) for row, text in enumerate(texts)]
    return Meaning.fit(examples, HashEmbedder().queries(list(texts)), "hash")


def scores(meaning: Meaning, question: str) -> dict[Label, float]:
    vector = HashEmbedder().queries([question])[0]
    return dict(zip(meaning.labels, map(float, meaning.scores(question, vector)), strict=True))


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("was kostet das monatlich?", PRICE),
        ("WAS KOSTETT DAS IM MONATT", PRICE),
        ("welche geschwindikeit hat mein anschluß", SPEED),
    ],
)
def test_a_question_means_what_questions_like_it_mean(question: str, label: Label) -> None:
    found = scores(learned(), question)

    assert label == max(found, key=lambda one: found[one])
    assert 0.3 < found[label] < 1.2


def test_a_question_unlike_all_others_means_nothing_surely() -> None:
    found = scores(learned(), "xylophon")

    assert max(found.values()) < 0.3


def test_the_order_of_the_examples_changes_nothing() -> None:
    one, other = learned(), learned(tuple(reversed(TEXTS)))

    assert one.digest == other.digest
    assert scores(one, "was kostet das") == pytest.approx(scores(other, "was kostet das"), abs=1e-4)


def test_what_was_learned_survives_being_written_and_read(tmp_path: Path) -> None:
    meaning = learned()
    meaning.save(tmp_path)

    read = Meaning.load(tmp_path)

    assert read is not None
    assert meaning.labels == read.labels
    expected = scores(meaning, "wie teuer ist der anschluss")
    assert expected == pytest.approx(scores(read, "wie teuer ist der anschluss"), abs=5e-3)


def test_another_embedding_model_is_another_lesson() -> None:
    examples = [Example(text="was kostet das", label=PRICE, row=0)]

    assert digest(examples, "one") != digest(examples, "other")


def test_unchanged_questions_are_not_learned_again(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "fragen").mkdir(parents=True)
    for name in ("eins", "zwei"):
        (content / f"{name}.txt").write_text(f"Absatz {name} sagt etwas.\n", encoding="utf-8")
    (content / "fragen" / "f.yaml").write_text(
        "kind: fragen\ntitle: Fragen\nowner: Service\nas_of: 2026-01-01\nentries:\n"
        "  - documents: [eins]\n    contains: Absatz eins\n    questions: [was sagt absatz eins]\n",
        encoding="utf-8",
    )
    stages: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        stages.append(stage)

    for text in ("Etwas anderes.\n", "Noch etwas anderes.\n"):
        (content / "zwei.txt").write_text(text, encoding="utf-8")
        ingest([content], tmp_path / "home", HashEmbedder(), strict=False, progress=progress)

    assert 2 == stages.count("learn"), "begun and ended once"
    assert np.count_nonzero(np.array(stages) == "read") >= 4


@pytest.mark.parametrize("count", [1, 2, 5, 1_100, 1_101])
def test_what_is_learned_solves_the_ridge_regression(count: int) -> None:
    texts = [f"frage {number} {'preis' * (number % 3)}" for number in range(count)]
    labels = [(PRICE, SPEED)[number % 2] for number in range(count)]
    vectors = np.random.default_rng(0).standard_normal((count, 32)).astype(np.float32)
    examples = [
        Example(text=text, label=label, row=row)
        for row, (text, label) in enumerate(zip(texts, labels, strict=True))
    ]

    learned = Meaning.fit(examples, vectors, "random")

    spelt = np.zeros((count, len(learned.starts) - 1), dtype=np.float32)
    for bucket in range(spelt.shape[1]):
        own = slice(learned.starts[bucket], learned.starts[bucket + 1])
        spelt[learned.holders[own], bucket] = learned.spelt[own]
    kernel = sum(np.exp(SHARPNESS * (f @ f.T - 1)) for f in (learned.placed, spelt))
    said = (kernel + RIDGE * np.eye(count)) @ learned.weights
    assert said == pytest.approx(np.round(said), abs=2e-3)
    assert said.sum(axis=1) == pytest.approx(np.ones(count), abs=2e-3)
