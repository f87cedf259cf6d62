"""The survey at the end of a conversation: the decision point and the answers (DOMAIN.md 1).

Every conversation reaches the decision point when it ends, whatever its outcome; the question is
offered unless a rule of the questionnaire suppresses it, and the rule is logged. Every word is
static content. After a score nobody argues: the reply is the same for 0 and for 10.

`Reply.survey_stages` carries what happened; the spine logs it with the turn. A typed number is no
answer in the web chat, only the form's inputs are, so ordinary text is left to other responders.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from assistant.blocks import Paragraph
from assistant.conversation import Clock, now
from assistant.messages import Ask, ConversationState, Delivery, Draft, Message, Reply, Responder
from assistant.questionnaires import Occasion, Questionnaire, Questionnaires, Rule
from assistant.store.quarantine import Circumstances, Quarantine
from assistant.survey_stages import SurveyStage
from assistant.texts import Texts

PROGRAMME: Final = "consumer_t"
_SCORE = re.compile(r"score:(10|[0-9])")


def survey(
    questionnaires: Questionnaires,
    quarantine: Quarantine,
    texts: Texts,
    clock: Clock = now,
    programme: str = PROGRAMME,
) -> Responder:
    """Build the responder that ends conversations and takes the survey's inputs."""
    current = questionnaires.current(programme)

    async def respond(ask: Ask, draft: Draft) -> Reply | None:
        if ask.message.kind == "closed":
            if ask.state.status == "closed":
                return _silent()
            shown = _shown(questionnaires, current, ask.state)
            return await _decide(shown, quarantine, ask, texts, clock)
        if ask.message.kind != "survey":
            return None
        if ask.state.survey == "none":
            return _silent()
        known = await quarantine.circumstances(ask.message.conversation_id)
        return _take(_shown(questionnaires, current, ask.state), ask, known)

    return respond


async def _decide(
    questionnaire: Questionnaire, quarantine: Quarantine, ask: Ask, texts: Texts, clock: Clock
) -> Reply:
    known = await quarantine.circumstances(ask.message.conversation_id)
    farewell = Reply(blocks=(Paragraph(text=_farewell(ask.message, texts)),), status="closed")
    stage = _stage("eligible", questionnaire, ask.state, known)
    rule_id = _conversation_rule(questionnaire, ask, known) or await quarantine.rule_for(
        known.person_ref, questionnaire, clock()
    )
    if rule_id is not None:
        return replace(
            farewell, survey_stages=(replace(stage, stage="suppressed", rule_id=rule_id),)
        )
    return replace(
        farewell,
        survey=questionnaire.prompt,
        survey_stages=(stage, replace(stage, stage="offered")),
    )


def _take(questionnaire: Questionnaire, ask: Ask, known: Circumstances) -> Reply:
    state, choice = ask.state.survey, ask.message.choice_id or ""
    stage = _stage("shown", questionnaire, ask.state, known)
    if choice == "shown":
        return replace(_silent(), survey_stages=(stage,) if state == "open" else ())
    if choice == "never_again":
        return _says(questionnaire.thanks, replace(stage, stage="never_again"))
    if state == "done":
        return _says(questionnaire.thanks)
    if state == "scored":
        return _says(questionnaire.thanks, *_reason(ask.message, stage))
    if choice == "declined":
        return _says(questionnaire.thanks, replace(stage, stage="declined"))
    score = _SCORE.fullmatch(choice)
    if score is None:
        return _says(questionnaire.again)
    return _says(questionnaire.prompt.why, replace(stage, stage="score", score=int(score[1])))


def _reason(message: Message, stage: SurveyStage) -> tuple[SurveyStage, ...]:
    if message.choice_id not in ("why", "declined"):
        # A second score is no second answer.
        return ()
    reason = message.text.strip() if message.choice_id == "why" else ""
    if not reason:
        return (replace(stage, stage="declined"),)
    return (replace(stage, stage="why", reason=reason),)


def _shown(
    questionnaires: Questionnaires, current: Questionnaire, state: ConversationState
) -> Questionnaire:
    if state.programme_id is None or state.questionnaire_version is None:
        return current
    return questionnaires.shown(state.programme_id, state.questionnaire_version)


def _conversation_rule(questionnaire: Questionnaire, ask: Ask, known: Circumstances) -> str | None:
    applies: dict[Occasion, Callable[[Rule], bool]] = {
        Occasion.ASKED_BEFORE: lambda rule: ask.state.survey != "none",
        Occasion.NOTHING_SAID: lambda rule: not _has_spoken(ask),
        Occasion.HANDOFF: lambda rule: not known.handoffs.isdisjoint(rule.values),
        Occasion.CHANNEL: lambda rule: ask.message.channel in rule.values,
        Occasion.CUSTOMER: lambda rule: known.customer_no in rule.values,
    }
    for rule in questionnaire.rules:
        if rule.when in applies and applies[rule.when](rule):
            return rule.id
    return None


def _has_spoken(ask: Ask) -> bool:
    state = ask.state
    return state.by_bot or state.by_human or any(line.author == "customer" for line in ask.said)


def _stage(
    name: Literal["eligible", "shown"],
    questionnaire: Questionnaire,
    state: ConversationState,
    known: Circumstances,
) -> SurveyStage:
    return SurveyStage(
        stage=name,
        # What was decided for a conversation stays in its series, whatever is current by now.
        programme_id=state.programme_id or questionnaire.programme_id,
        questionnaire_version=state.questionnaire_version or questionnaire.version,
        handled_by=_handled_by(state),
        quarantine="unenforceable" if known.person_ref is None else "enforced",
    )


def _handled_by(state: ConversationState) -> Literal["bot", "human", "mixed"]:
    if state.by_human:
        return "mixed" if state.by_bot else "human"
    return "bot"


def _farewell(message: Message, texts: Texts) -> str:
    if message.reason == "silence":
        return texts.abschied_stille
    if message.reason == "agent" and message.agent:
        return texts.abschied_mensch.format(agent=message.agent)
    return texts.abschied


def _says(text: str, *stages: SurveyStage) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), survey_stages=stages)


def _silent() -> Reply:
    return Reply(blocks=(), delivery=Delivery.SILENT)
