from __future__ import annotations

from pathlib import Path

from fakes import HashEmbedder

from evals.renewal import measure, render

TEXTS = [f"Die Rechnung Nummer {n} ist am Tag {n} fällig." for n in range(9)]


def test_every_round_is_found_and_timed_in_the_size_asked_for(tmp_path: Path) -> None:
    report = measure(tmp_path / "new", HashEmbedder(), TEXTS, 60, 2)

    assert 60 == report.passages
    assert 2 == len(report.wall) == len(report.processor)
    assert all(seconds > 0 for seconds in report.wall)
    assert "60 passages" in render(report)
