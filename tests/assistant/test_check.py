from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.build import CONTENT
from assistant.check import check
from assistant.texts import ContentError, load_texts


def test_our_own_content_is_in_order() -> None:
    assert [] == check()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("texts/de.yaml", "abschied:", "abschiet:", "abschiet"),
        ("texts/de.yaml", "{agent} vom", "{name} vom", "mensch_da"),
        ("frames/de.yaml", "  fuenf_g: {name: 5G}", "  fuenf_x: {name: 5G}", "fuenf_g"),
        ("facts.yaml", "\npolite: >", "\nfriendly: >", "polite"),
        ("facts.yaml", "mms_preis: [", "mms_preis: ['(', ", "no pattern"),
        ("facts.yaml", "  mms_preis: [", "  mms_price: [", "mms_price"),
        ("handoff.yaml", "label: Notfall", "lable: Notfall", "lable"),
        ("smalltalk.yaml", "- id: dank", "- di: dank", "id"),
        ("own_data.yaml", "\n  not:", "\n  nicht:", "not"),
        ("prompts/answer.md", "version: 1", "fassung: 1", "version"),
    ],
)
def test_a_mistake_in_a_content_file_is_found_by_name(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    findings = check(content)

    assert any(file == finding.file and message in finding.message for finding in findings)


def test_a_missing_sentence_is_named(tmp_path: Path) -> None:
    path = tmp_path / "de.yaml"
    path.write_text("gruss: Guten Tag.\n", encoding="utf-8")

    with pytest.raises(ContentError, match="nicht_gefunden"):
        load_texts(path)


def test_a_customer_whose_price_is_not_the_tariffs_is_found_by_file_and_line(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / "customers" / "alt_mobil_m.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    monthly: 29.99", "    monthly: 24.99", 1), encoding="utf-8")

    (finding,) = check(content)

    assert "customers/alt_mobil_m.yaml" == finding.file
    assert finding.line is not None
    assert "29.99" in finding.remedy
