import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.insights.neutrality import find_leanings
from assistant.questionnaires import FOLDER, WORDING, Occasion, load_questionnaires
from assistant.texts import ContentError

CONTENT = FOLDER.parent
GIVEN = (FOLDER / "consumer_t.yaml").read_text(encoding="utf-8")


def loading(folder: Path, text: str, name: str = "consumer_t.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_questionnaires(folder)
    return str(caught.value)


def approved_anew(folder: Path, text: str, name: str) -> str:
    """Put in the digest that the loader asks for, as whoever approves a wording would."""
    digest = re.search(r"wording_digest to ([0-9a-f]{16})", loading(folder, text, name))
    assert digest is not None
    return re.sub(r'(?<=wording_digest: ")[0-9a-f]{16}', digest[1], text)


def test_the_consumers_are_asked_in_the_approved_words():
    found = load_questionnaires().current("consumer_t")

    assert (
        found.prompt.question
        == "Wenn Sie an dieses Gespräch denken: Wie wahrscheinlich ist es, dass Sie Talfunk einem"
        " Freund, einer Freundin, einem Kollegen oder einer Kollegin weiterempfehlen?"
    )
    assert (
        found.prompt.low,
        found.prompt.high,
    ) == ("überhaupt nicht wahrscheinlich", "äußerst wahrscheinlich")
    assert found.prompt.skip == "Möchte ich nicht beantworten"
    assert found.thanks == "Danke für Ihre Rückmeldung."
    assert found.approval.by
    assert found.approval.on < date(2026, 11, 22)


def test_every_sentence_of_every_questionnaire_is_neutral():
    files = sorted(FOLDER.glob("*.yaml"))

    assert files
    for path in files:
        wording = yaml.safe_load(path.read_text(encoding="utf-8"))["wording"]
        assert set(WORDING) == set(wording)
        for name, text in wording.items():
            assert find_leanings(text) == (), (path.name, name)


def test_the_farewells_right_before_the_question_are_neutral():
    texts = yaml.safe_load((CONTENT / "texts" / "de.yaml").read_text(encoding="utf-8"))

    farewells = {key: text for key, text in texts.items() if key.startswith("abschied")}
    assert farewells
    for key, text in farewells.items():
        assert find_leanings(text) == (), key


def test_the_days_of_quarantine_stand_in_the_file():
    rules = load_questionnaires().current("consumer_t").rules

    assert {
        str(rule.when): rule.days
        for rule in rules
        if rule.when
        in (Occasion.ANSWERED, Occasion.IGNORED, Occasion.DECLINED, Occasion.NEVER_AGAIN)
    } == {"answered": 90, "ignored": 30, "declined": 180, "never_again": None}


def test_every_handoff_that_a_rule_names_exists():
    handoff = yaml.safe_load((CONTENT / "handoff.yaml").read_text(encoding="utf-8"))
    known = set(re.findall(r"'id': '([a-z_]+)'", str(handoff)))

    named = {
        value
        for rule in load_questionnaires().current("consumer_t").rules
        if rule.when is Occasion.HANDOFF
        for value in rule.values
    }
    assert {"notfall", "todesfall", "betrug", "rechtsstreit"} <= named
    assert named <= known


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("why: Was ist der", "why: Was ist super und der", "why:", "praise ('super')"),
        ("thanks: Danke für Ihre Rückmeldung.", "thanks: Danke!", "thanks:", "exclamation mark"),
        (
            "high: äußerst wahrscheinlich",
            "high: sehr wahrscheinlich",
            "wording_digest: ",
            "approved",
        ),
        ("kind: transactional", "kind: einmalig", "kind:", "known: transactional, relationship"),
        ("days: 90", "days: viele", "quarantaene_beantwortet", "must be a number"),
        ("days: 90", "days: 0", "quarantaene_beantwortet", "whole number from 1"),
        ("when: asked_before", "when: mood", "einmal_je_gespraech", "'mood'; known: asked_before"),
        ("when: never_again", "when: nothing_said", "rules:", "no rule for never_again"),
        ("id: testkonto", "id: pruefkanal", "testkonto", "stands here twice"),
        ("when: channel, values: [eval]", "when: channel", "pruefkanal", "needs a list 'values'"),
        ("object:", "objekt:", "object:", "unknown key 'objekt'"),
        ("on: 2026-11-16", "on: gestern", "on: 2026", "must be a date"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_remedy(tmp_path, old, new, line, remedy):
    place = next(n for n, text in enumerate(GIVEN.splitlines(), 1) if line in text)

    said = loading(tmp_path, GIVEN.replace(old, new, 1))

    assert said.startswith(f"consumer_t.yaml, line {place}: ")
    assert remedy in said


def test_a_folder_without_a_questionnaire_stops_the_start(tmp_path):
    with pytest.raises(ContentError, match="holds no questionnaire"):
        load_questionnaires(tmp_path)


def test_a_new_wording_needs_a_new_approval_and_the_old_version_stays_readable(tmp_path):
    later = GIVEN.replace("äußerst", "sehr").replace('"2026-11"', '"2026-12"', 1)
    later = approved_anew(tmp_path, later.replace("2026-11-16", "2026-11-20"), "later.yaml")
    (tmp_path / "later.yaml").write_text(later, encoding="utf-8")
    (tmp_path / "earlier.yaml").write_text(GIVEN, encoding="utf-8")

    found = load_questionnaires(tmp_path)

    assert found.current("consumer_t").prompt.high == "sehr wahrscheinlich"
    assert found.shown("consumer_t", "2026-11").prompt.high == "äußerst wahrscheinlich"


def test_two_files_for_one_version_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_text(GIVEN, encoding="utf-8")

    assert "has a file already" in loading(tmp_path, GIVEN, "b.yaml")


def test_an_unknown_programme_is_named_with_those_that_exist():
    with pytest.raises(LookupError, match="'partner_b2p'; known: consumer_t"):
        load_questionnaires().current("partner_b2p")
