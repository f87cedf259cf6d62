"""Questionnaires: the survey's approved wording and the rules when it is not shown, as content.

One file in ``content/surveys`` is one version of one programme (DOMAIN.md 1.1, 1.3, 1.6). Files
of earlier versions stay, so that old results keep their wording. Loading is strict: a wording
that leans one way, or that differs from the approved one, stops the start.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from assistant.insights.neutrality import find_leanings
from assistant.survey_stages import SurveyPrompt
from assistant.texts import ContentError
from knowledge_base.strict_yaml import Part, TariffFileError, read_file

FOLDER = Path(__file__).parent / "content" / "surveys"

WORDING = ("question", "low", "high", "skip", "why", "submit", "never_again", "thanks", "again")


class Occasion(StrEnum):
    """What a rule may look at: never the outcome, mood or score of a conversation (1.7, rule 3)."""

    ASKED_BEFORE = "asked_before"
    NOTHING_SAID = "nothing_said"
    HANDOFF = "handoff"
    CHANNEL = "channel"
    CUSTOMER = "customer"
    NEVER_AGAIN = "never_again"
    ANSWERED = "answered"
    DECLINED = "declined"
    IGNORED = "ignored"


TIMED = (Occasion.ANSWERED, Occasion.DECLINED, Occasion.IGNORED)
LISTED = (Occasion.HANDOFF, Occasion.CHANNEL, Occasion.CUSTOMER)
REQUIRED = (Occasion.ASKED_BEFORE, Occasion.NEVER_AGAIN, *TIMED)


class ProgrammeKind(StrEnum):
    """Asked after one contact, or of a sample of all customers (1.3)."""

    TRANSACTIONAL = "transactional"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason not to ask; its id is logged with every suppression."""

    id: str
    when: Occasion
    values: tuple[str, ...] = ()
    """Reasons of hand-overs, channels or customer numbers."""
    days: int | None = None
    """How long the rule holds after its occasion."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved this wording, and when."""

    by: str
    on: date
    wording_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """One version of one programme."""

    kind: ProgrammeKind
    object: str
    """What is rated: results about different objects are never compared (1.1)."""
    approval: Approval
    prompt: SurveyPrompt
    thanks: str
    """The only words after a rating, the same for every score (1.8)."""
    again: str
    """The one neutral answer to an input that is none."""
    rules: tuple[Rule, ...]

    @property
    def programme_id(self) -> str:
        """Name the programme."""
        return self.prompt.programme_id

    @property
    def version(self) -> str:
        """Name the version of the questionnaire."""
        return self.prompt.questionnaire_version


@dataclass(frozen=True, slots=True)
class Questionnaires:
    """Every version of every programme, oldest approval first."""

    all: tuple[Questionnaire, ...]

    def current(self, programme_id: str) -> Questionnaire:
        """Return the version approved last.

        Raises:
            LookupError: There is no such programme.
        """
        for questionnaire in reversed(self.all):
            if questionnaire.programme_id == programme_id:
                return questionnaire
        known = ", ".join(sorted({entry.programme_id for entry in self.all}))
        raise LookupError(f"no programme {programme_id!r}; known: {known}")

    def shown(self, programme_id: str, version: str) -> Questionnaire:
        """Return the version that a customer saw, or the current one when its file is gone."""
        for questionnaire in self.all:
            if (questionnaire.programme_id, questionnaire.version) == (programme_id, version):
                return questionnaire
        return self.current(programme_id)


def load_questionnaires(folder: Path = FOLDER) -> Questionnaires:
    """Read every questionnaire of a folder.

    Raises:
        ContentError: A file is wrong; it names file, line and remedy.
    """
    found: list[Questionnaire] = []
    try:
        for path in sorted(folder.glob("*.yaml")):
            root = read_file(path)
            questionnaire = _questionnaire(root)
            for other in found:
                _refuse_twin(root, questionnaire, other)
            found.append(questionnaire)
    except TariffFileError as error:
        raise ContentError(error.path, error.line, error.remedy) from error
    if not found:
        raise ContentError(folder, None, "holds no questionnaire; add one such as consumer_t.yaml")
    return Questionnaires(tuple(sorted(found, key=lambda entry: entry.approval.on)))


def _questionnaire(root: Part) -> Questionnaire:
    root.only(
        "programme_id", "questionnaire_version", "kind", "object", "approval", "wording", "rules"
    )
    wording = root.need("wording")
    words = _words(wording)
    return Questionnaire(
        kind=root.need("kind").word(ProgrammeKind),
        object=root.need("object").text(),
        approval=_approval(root.need("approval"), words),
        prompt=SurveyPrompt(
            programme_id=root.need("programme_id").text(),
            questionnaire_version=root.need("questionnaire_version").text(),
            **{name: words[name] for name in WORDING if name not in ("thanks", "again")},
        ),
        thanks=words["thanks"],
        again=words["again"],
        rules=_rules(root.need("rules")),
    )


def _words(wording: Part) -> dict[str, str]:
    wording.only(*WORDING)
    words: dict[str, str] = {}
    for name in WORDING:
        part = wording.need(name)
        words[name] = part.text()
        leanings = find_leanings(words[name])
        if leanings:
            raise part.error(f"{name!r} is not neutral: {', '.join(leanings)}; reword it")
    if not words["question"].endswith("?"):
        raise wording.need("question").error("'question' must end with a question mark")
    return words


def _approval(part: Part, words: dict[str, str]) -> Approval:
    part.only("by", "on", "wording_digest")
    digest = _digest(words)
    if part.need("wording_digest").text() != digest:
        raise part.need("wording_digest").error(
            "the wording is not the one that was approved; give it a new questionnaire_version,"
            f" have it approved and set wording_digest to {digest}"
        )
    return Approval(by=part.need("by").text(), on=part.need("on").date(), wording_digest=digest)


def _digest(words: dict[str, str]) -> str:
    plain = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _rules(part: Part) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for entry in part.list():
        rule = _rule(entry)
        if rule.id in (known.id for known in rules):
            raise entry.error(f"rule {rule.id!r} stands here twice; rename or remove one")
        rules.append(rule)
    missing = [when for when in REQUIRED if when not in {rule.when for rule in rules}]
    if missing:
        raise part.error(f"no rule for {', '.join(missing)}; every programme needs one")
    return tuple(rules)


def _rule(entry: Part) -> Rule:
    entry.only("id", "when", "values", "days", "why")
    when = entry.need("when").word(Occasion)
    values, days = entry.get("values"), entry.get("days")
    if when in LISTED and (values is None or not values.texts()):
        raise entry.error(f"a rule for {when!s} needs a list 'values'")
    if when not in LISTED and values is not None:
        raise values.error(f"a rule for {when!s} takes no 'values'; remove them")
    if when not in TIMED and days is not None:
        raise days.error(f"a rule for {when!s} takes no 'days'; remove them")
    return Rule(
        id=entry.need("id").text(),
        when=when,
        values=() if values is None else values.texts(),
        days=_days(entry.need("days")) if when in TIMED else None,
        why=entry.need("why").text(),
    )


def _days(part: Part) -> int:
    number = part.decimal()
    if number < 1 or number != int(number):
        raise part.error(f"'days' must be a whole number from 1, not {part.value!r}")
    return int(number)


def _refuse_twin(root: Part, one: Questionnaire, other: Questionnaire) -> None:
    if one.programme_id != other.programme_id:
        return
    if one.version == other.version:
        raise root.need("questionnaire_version").error(
            f"version {one.version!r} of {one.programme_id!r} has a file already; rename one"
        )
    if one.approval.on == other.approval.on:
        raise root.need("approval").error(
            f"two versions of {one.programme_id!r} were approved on {one.approval.on};"
            " say with another date which one is current"
        )
