"""What anybody builds in an afternoon: quote the four nearest passages, whatever was asked."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from evals.answers import Done, Scored
from evals.scoring import Case, Given, score
from knowledge_base.documents import KnowledgeError
from knowledge_base.embeddings import Embedder
from knowledge_base.snapshot import Snapshot

TOP = 4


def quote_all(
    snapshot: Snapshot, embedder: Embedder, cases: Sequence[Case], done: Done = lambda: None
) -> tuple[Scored, ...]:
    """Answer every question with its four nearest passages, word for word.

    No validity, no keywords, no other names, no "nothing fits": only vectors, and always an answer.
    """
    if snapshot.model != embedder.name:
        raise KnowledgeError(
            f"the index was made with the embedding model {snapshot.model!r}, not "
            f"{embedder.name!r}; run `aura ingest`"
        )
    scored = []
    for case in cases:
        start = time.perf_counter()
        given = quote(snapshot, embedder, case.text)
        elapsed = time.perf_counter() - start
        scored.append(
            Scored(case=case, given=given, outcome=score(case, given), milliseconds=elapsed * 1000)
        )
        done()
    return tuple(scored)


def quote(snapshot: Snapshot, embedder: Embedder, question: str) -> Given:
    """Quote the passages whose vectors are nearest to the question's."""
    (query,) = embedder.queries([question])
    # What customers typically ask is ours; the baseline has the documents alone.
    nearness = np.where(snapshot.asked, -np.inf, snapshot.vectors @ query)
    order = np.argsort(-nearness, kind="stable")[:TOP]
    passages = [snapshot.passages[int(row)] for row in order]
    return Given(
        text="\n\n".join(passage.text for passage in passages),
        answered=True,
        documents=tuple(dict.fromkeys(passage.document for passage in passages)),
    )
