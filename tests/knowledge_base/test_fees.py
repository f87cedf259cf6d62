import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.check import check
from knowledge_base.fees import fees
from knowledge_base.findings import Finding
from knowledge_base.sources import CONTENT

LIST = "preislisten/preisliste-prepaid-2024-04-01.pdf"
TERMS = """---
title: Bedingungen
kind: agb
owner: Recht und Regulierung
as_of: 2025-10-01
audience: privat
sold_from: 2025-10-01
---
# Bedingungen

1.1 Für die zweite Mahnung berechnet Talfunk {price}; die erste Mahnung ist kostenlos.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real tariffs and a real price list of the first fees, to be spoilt."""
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")
    (tmp_path / "preislisten").mkdir()
    for name in (LIST, f"{LIST}.yaml"):
        shutil.copy(CONTENT / name, tmp_path / name)
    return tmp_path


def found(content: Path) -> list[Finding]:
    return check(content, on=date(2026, 11, 22), checks=[fees])


def test_a_price_list_sold_for_longer_than_its_fees_is_found(content: Path) -> None:
    beside = content / f"{LIST}.yaml"
    text = beside.read_text("utf-8")
    beside.write_text(text.replace("sold_until: 2025-09-30", "sold_until: 2026-03-31"), "utf-8")

    messages = [finding.message for finding in found(content) if finding.file == LIST]

    (transfer,) = [message for message in messages if "Vertragsübernahme" in message]
    assert "says 'Preis 29,95 €" in transfer
    assert "Servicepreise 2025-10 of its contracts say '19,95 €" in transfer
    (profile,) = [message for message in messages if "Ersatz-eSIM-Profil" in message]
    assert "says 'Preis 4,95 € je Profil'" in profile


def test_a_price_list_that_ends_with_its_fees_contradicts_nothing(content: Path) -> None:
    assert [] == found(content)


@pytest.mark.parametrize(("price", "count"), [("2,50 €", 1), ("1,50 €", 0)])
def test_a_fee_in_a_sentence_of_the_terms_is_compared_as_well(
    content: Path, price: str, count: int
) -> None:
    (content / "agb.md").write_text(TERMS.format(price=price), encoding="utf-8")

    assert count == len(found(content))
