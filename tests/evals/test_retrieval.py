"""The figures are right on cases counted by hand, and the sets are measured through the search."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from fakes import HashEmbedder

from evals.metrics import ndcg, recall, reciprocal_rank
from evals.retrieval import SETS, Half, evaluate, judge, mean, render
from evals.wordings import Wording


def test_the_reciprocal_rank_counts_the_first_relevant_document_within_the_depth() -> None:
    ranked = ["a", "b", "c", "d"]

    assert 1 / 3 == reciprocal_rank(ranked, ["c", "d"], 10)
    assert 0 == reciprocal_rank(ranked, ["c"], 2)
    assert 0 == reciprocal_rank([], ["c"], 2)


def test_recall_is_measured_by_what_the_depth_allows() -> None:
    assert 0.5 == recall(["a", "b", "c"], ["a", "x"], 3)
    assert 1 == recall(["a", "b"], ["a", "b", "c"], 2)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    gain = 1 / math.log2(2) + 1 / math.log2(4)
    best = 1 / math.log2(2) + 1 / math.log2(3)

    assert gain / best == pytest.approx(ndcg(["a", "x", "b"], ["a", "b"], 10))
    assert 1 == ndcg(["a", "b"], ["b", "a"], 10)


def test_the_mean_gives_every_question_the_same_weight() -> None:
    both = mean([judge(["a"], ["a"]), judge(["x", "a"], ["a"])])

    assert (0.75, 0.5, 1.0) == (both.mrr_10, both.hit_1, both.recall_5)


def test_the_halves_share_no_question_and_leave_none_out() -> None:
    names = [str(n) for n in range(7)]

    tuned, reported = Half.TUNED.of(names), Half.REPORTED.of(names)

    assert not set(tuned) & set(reported)
    assert set(names) == {*tuned, *reported}


def test_a_set_is_measured_by_each_leg_and_joined(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "xquad_de"
    folder.mkdir(parents=True)
    texts = {"d1": "Der Umzug kostet Geld.", "d2": "Die Rechnung kommt per Post.", "d3": "Router."}
    asked = {"q1": ("Umzug?", "d1"), "q2": ("Rechnung per Post?", "d2"), "q3": ("Hund?", "d3")}
    lines(folder / "corpus.jsonl", [{"id": k, "title": "", "text": v} for k, v in texts.items()])
    lines(folder / "queries.jsonl", [{"id": k, "text": q} for k, (q, _) in asked.items()])
    rows = [f"{name}\t{document}\t1" for name, (_, document) in asked.items()]
    (folder / "qrels.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *rows]))

    report = evaluate(tmp_path / "data", HashEmbedder(), tmp_path / "home", half=Half.ALL)

    found, mistyped = report.sets
    assert (Wording.WRITTEN, 3, 3) == (found.wording, found.questions, found.passages)
    assert (Wording.MISTYPED, 3) == (mistyped.wording, mistyped.questions)
    assert {"keyword", "vector", "joined"} == set(found.legs)
    assert 2 / 3 <= found.legs["joined"].hit_1
    assert report.macro["joined"] == found.legs["joined"]
    assert "xquad_de" in render(report)


def test_any_directory_with_a_corpus_is_a_set_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "unser_bestand"
    folder.mkdir()
    lines(folder / "corpus.jsonl", [{"id": "d1", "title": "", "text": "Router und Umzug."}])
    question = {"id": "q1", "text": "Router?", "text_en": "router?"}
    lines(folder / "queries.jsonl", [question, {"id": "q2", "text": "ohne Urteil"}])
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1")

    report = evaluate(folder, HashEmbedder(), tmp_path / "home", half=Half.ALL)

    assert [("unser_bestand", way, 1) for way in Wording] == [
        (found.name, found.wording, found.questions) for found in report.sets
    ]


def lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_keywords_alone_are_no_worse_than_plain_bm25_on_the_development_sets(
    tmp_path: Path,
) -> None:
    data = Path(os.environ.get("AURA_DATA", Path(__file__).parents[3] / "shared" / "data"))
    name = "mlqa_de_val"
    if not (data / name).is_dir():
        pytest.skip("the open development sets are not here; AURA_DATA names their folder")
    (tmp_path / name).symlink_to(data / name)

    report = evaluate(tmp_path, HashEmbedder(), tmp_path / "home", half=Half.ALL)

    assert name in SETS
    assert 0.655 <= report.sets[0].legs["keyword"].mrr_10
