"""Cases are read strictly, and asked by the path of every door."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.build import Application
from evals.answers import CASES, CaseError, ask_all, is_reported_on, load_cases
from evals.scoring import OWN_DATA, Case, Outcome

LINE: dict[str, object] = {
    "id": "a1",
    "text": "Was kostet Mobil M?",
    "answerable": True,
    "documents": ["pib-mobil-m-2025-10"],
    "figures": ["24,99 €"],
    "phrases": [["monatlich", "im Monat"]],
    "wrong": [],
    "on": "2026-11-22",
    "contract_date": None,
    "kind": "preis",
    "note": "",
}


def written(folder: Path, *lines: dict[str, object]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def test_a_line_becomes_a_case(tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path, LINE))

    assert ("a1", date(2026, 11, 22), None) == (case.id, case.on, case.contract_date)
    assert (("monatlich", "im Monat"),) == case.phrases


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answerable": "yes"}, "line 2: answerable is 'yes'"),
        ({"figure": []}, "line 2: unknown key 'figure'"),
        ({"text": " "}, "line 2: text is ' '"),
        ({"figures": "24,99 €"}, "line 2: '24,99 €' is no list"),
        ({"phrases": ["monatlich"]}, "line 2: 'monatlich' is no list"),
        ({"figures": [24.99]}, r"line 2: figures has \[24.99\]"),
        ({"on": "morgen"}, "line 2: .*morgen"),
        ({"figures": [], "phrases": []}, "line 2: an answerable case needs"),
        ({"documents": []}, "line 2: an answerable case needs documents"),
        ({"kind": OWN_DATA}, "line 2: a case of kind 'own_data'"),
        ({"id": "a1"}, "line 2: the id 'a1' is taken"),
    ],
)
def test_a_line_that_is_no_case_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = written(tmp_path, LINE, LINE | {"id": "a2"} | change)

    with pytest.raises(CaseError, match=message):
        load_cases(path)


def test_an_empty_file_of_cases_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)

    with pytest.raises(CaseError, match="empty"):
        load_cases(path)


@pytest.mark.parametrize("path", sorted(CASES.glob("answers*.jsonl")), ids=lambda p: p.name)
def test_the_cases_that_ship_can_be_read(path: Path) -> None:
    cases = load_cases(path)

    assert any(case.answerable for case in cases)
    assert not all(case.answerable for case in cases)


def test_nobody_answers_the_cases_of_another_trade() -> None:
    cases = load_cases(CASES / "out_of_scope_dev.jsonl")

    assert 60 <= len(cases)
    assert {(False, "out_of_scope")} == {(case.answerable, case.kind) for case in cases}


async def test_every_question_is_asked_in_a_conversation_of_its_own(
    application: Application,
) -> None:
    asked = [
        Case(id=name, text="Was kostet Mobil M?", answerable=False, kind="fremd")
        for name in ("a", "b")
    ]
    done: list[int] = []

    scored = await ask_all(application, asked, lambda: done.append(1))

    assert 2 == len(done)
    assert scored[0].given.text == scored[1].given.text
    assert 2 == len(await application.conversations.with_status("open"))


async def test_a_question_about_ones_own_contract_is_answered_with_the_login(
    application: Application,
) -> None:
    case = Case(id="a", text="Wie hoch ist meine letzte Rechnung?", answerable=False, kind=OWN_DATA)

    (scored,) = await ask_all(application, [case])

    assert scored.given.login
    assert Outcome.REFUSED == scored.outcome


async def test_being_handed_to_a_person_is_no_answer(application: Application) -> None:
    case = Case(id="a", text="Ich möchte einen Mitarbeiter sprechen.", answerable=False, kind="x")

    (scored,) = await ask_all(application, [case])

    assert not scored.given.answered


async def test_the_date_of_the_contract_decides_which_price_is_given(
    application: Application,
) -> None:
    case = Case(
        id="a",
        text="Was kostet Mobil M im Monat?",
        answerable=True,
        kind="preis",
        documents=("pib-mobil-m-2024-04",),
        phrases=(("Mobil M",),),
        contract_date=date(2024, 6, 1),
    )

    (scored,) = await ask_all(application, [case])

    assert Outcome.CITED == scored.outcome


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("answers_natural.jsonl", True),
        ("answers_natural_2_locked.jsonl", True),
        ("answers_locked.jsonl", True),
        ("answers_own_locked.jsonl", True),
        ("answers_en_locked.jsonl", True),
        ("answers_dev_3.jsonl", False),
        ("mine.jsonl", False),
    ],
)
def test_failures_of_a_set_that_is_reported_on_are_shown_to_nobody(name: str, hidden: bool) -> None:
    assert hidden is is_reported_on(Path(name))
