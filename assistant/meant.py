"""Which attribute of which tariff a question means, where its words alone do not settle it.

The typical questions propose: an attribute of the products that are named, an attribute of one
product that is described without its name, a service fee, or one attribute of a family of tariffs.
How far a proposal is to be believed, ``understanding.trust`` says; the figure always comes from the
tariff's version for the date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from assistant.messages import Ask, Reply
from assistant.tariff_answers import TariffAnswers
from assistant.understanding.question import (
    Question,
    read_question,
    worded_speed,
)
from assistant.understanding.travel import speaks_of_use
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import (
    AttributeKind,
    Country,
    RoamingZone,
    Tariff,
    Tariffs,
    TariffVersion,
)
from knowledge_base.understood import Meant, weight

MOST_PRODUCTS = 4
FAMILY = re.compile(
    r"\b(dsl|glasfaser)(?!\s?\d)\w*|\b(handy|mobil\w*)tarif\w*|\bfestnetz\w*", re.IGNORECASE
)
"""Names a family of tariffs, not one of them."""
ONE_OF_THEM = re.compile(
    r"\d|klein|günst|guenst|billig|schnell|langsam|größ|groess|gross|teuer|teure|unbegrenzt"
    r"|ohne limit|best|einsteiger|mittler|wenig|meist",
    re.IGNORECASE,
)
"""Picks one tariff of a family."""
SECOND, SECOND_SHARE = 0.08, 0.4
"""From which score, and which share of the first one's, a second attribute is asked for as well."""
SEVERAL = re.compile(
    r"\w\W+(und|sowie)\s+((zu|mit|für|in|ab)\s+)?(wie|was|welch|wann)", re.IGNORECASE
)
_USE_ABROAD = "roaming_"
CALLS_EU, CALLS_WORLD = "auslandsgespraeche_eu", "auslandsgespraeche_welt"
EU = "eu"


class Manner(StrEnum):
    """How a proposal comes by its products."""

    NAMED = "named"
    DESCRIBED = "described"
    FEE = "fee"
    FAMILY = "family"
    ABROAD = "abroad"
    """Use of the phone in a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An attribute that a question may ask for."""

    manner: Manner
    label: str
    """Under which typical questions are filed: ``grundpreis``, ``multisim.grundpreis``."""
    kind: AttributeKind
    besides: AttributeKind | None
    """A second attribute, where a question asks for two."""
    versions: tuple[TariffVersion, ...]
    score: float
    """How surely it is meant."""
    ahead: float
    """How much more surely than any other attribute in question."""
    share: float
    """Probability that it is meant if one of the attributes in question is."""
    likely: float
    """Probability that it is meant, beside everything else that can be."""
    passages: float
    """How surely some passage is meant instead."""
    unanswered: float
    """How surely something is meant that no document answers."""
    product: float
    """How surely the product is meant, whatever the attribute; 1 where it is named."""
    worded: bool
    """The question has words for the attribute."""
    general: bool
    """The question has the words for the attribute that fit many questions: what it costs."""
    contradicted: bool
    """The question has words for other attributes only."""
    unexplained: int
    """Content words that neither product nor attribute explains."""
    place: tuple[Country, RoamingZone] | None = None


@dataclass(frozen=True, slots=True)
class Meanings:
    """Proposes attributes, and answers with them."""

    answers: TariffAnswers

    def propose(
        self, ask: Ask, snapshot: Snapshot, whole: Meant, nameless: Meant
    ) -> tuple[Proposal, ...]:
        """List what an ask may mean, at most one proposal of each manner.

        Args:
            ask: What was asked.
            snapshot: The generation in force.
            whole: What all of its words may mean.
            nameless: What they may mean without the names of products.
        """
        tariffs = snapshot.tariffs
        if tariffs is None or not whole.attributes:
            return ()
        question = read_question(ask.text, tariffs, ask.state.topic, ask.on)
        proposals = [_described(ask, question, tariffs, whole)]
        proposals.append(_fee(ask, question, tariffs, whole))
        if question.named:
            proposals.append(_named(ask, question, tariffs, nameless, whole))
        elif question.place is not None and speaks_of_use(ask.text, question.rest):
            proposals.append(_abroad(ask, question, tariffs, whole))
        elif FAMILY.search(ask.text):
            proposals.append(_family(question, tariffs, whole))
        return tuple(proposal for proposal in proposals if proposal is not None)

    def reply(self, ask: Ask, snapshot: Snapshot, proposal: Proposal) -> Reply | None:
        """Answer with a proposal; None when a figure cannot be proven."""
        if proposal.manner is Manner.FAMILY:
            return self.answers.across(ask, snapshot, proposal.kind)
        if proposal.manner is Manner.ABROAD:
            assert proposal.place is not None
            return self.answers.abroad(ask, snapshot, *proposal.place, topic=())
        kinds = (proposal.kind, proposal.besides) if proposal.besides else (proposal.kind,)
        chosen = [(version, kinds) for version in proposal.versions]
        general = proposal.manner is Manner.FEE
        topic = () if general else tuple(version.product for version in proposal.versions)
        return self.answers.say(ask, snapshot, chosen, topic)


def _named(
    ask: Ask, question: Question, tariffs: Tariffs, nameless: Meant, whole: Meant
) -> Proposal | None:
    products = question.products[:MOST_PRODUCTS]
    versions = [product.version_for(ask.on, ask.contract_date) for product in products]
    held = [version for version in versions if version is not None]
    if not held or len(held) < len(versions):
        return None
    scores = {name: score for name, score in nameless.attributes.items() if "." not in name}
    for name, score in whole.attributes.items():
        product, _, attribute = name.partition(".")
        if attribute and product == products[0].id:
            scores[attribute] = max(scores.get(attribute, 0.0), score)
    common = [name for name in scores if all(name in version.attributes for version in held)]
    if question.place is not None and {CALLS_EU, CALLS_WORLD} <= set(common):
        # Which of two prices a call to a country has, its zone decides.
        both = sum(max(scores[name], 0.0) for name in (CALLS_EU, CALLS_WORLD))
        near = question.place[1].id == EU
        scores[CALLS_EU], scores[CALLS_WORLD] = (both, 0.0) if near else (0.0, both)
    return _proposal(Manner.NAMED, question, tariffs, held, scores, common, nameless, product=1.0)


def _described(ask: Ask, question: Question, tariffs: Tariffs, whole: Meant) -> Proposal | None:
    """Propose an attribute of the product that is described: first which one, then what of it."""
    by_product: dict[str, dict[str, float]] = defaultdict(dict)
    for name, score in whole.attributes.items():
        product, _, attribute = name.partition(".")
        if attribute:
            by_product[product][attribute] = score
    if not by_product:
        return None
    sums = {product: sum(max(s, 0) for s in own.values()) for product, own in by_product.items()}
    best = max(sums, key=lambda product: sums[product])
    tariff: Tariff = tariffs.tariffs[best]
    version = tariff.version_for(ask.on, ask.contract_date)
    if version is None or any(product.id == best for product in question.products):
        return None
    if tariff.kind != "option" and FAMILY.search(ask.text) and not ONE_OF_THEM.search(ask.text):
        return None
    scores = by_product[best]
    common = [name for name in scores if name in version.attributes]
    rivals = max((s for product, s in sums.items() if product != best), default=0.0)
    return _proposal(
        Manner.DESCRIBED,
        question,
        tariffs,
        [version],
        scores,
        common,
        whole,
        product=sums[best] - rivals,
    )


def _fee(ask: Ask, question: Question, tariffs: Tariffs, whole: Meant) -> Proposal | None:
    scores = dict(whole.attributes)
    for fees in tariffs.general:
        version = fees.version_for(ask.on, ask.contract_date)
        if version is not None:
            common = [name for name in scores if name in version.attributes]
            return _proposal(
                Manner.FEE, question, tariffs, [version], scores, common, whole, product=1.0
            )
    return None


def _family(question: Question, tariffs: Tariffs, whole: Meant) -> Proposal | None:
    scores = {name: score for name, score in whole.attributes.items() if "." not in name}
    return _proposal(Manner.FAMILY, question, tariffs, [], scores, list(scores), whole, product=1.0)


def _abroad(ask: Ask, question: Question, tariffs: Tariffs, whole: Meant) -> Proposal | None:
    """Propose what use in a country costs: all ways of using the phone are one answer."""
    assert question.place is not None
    version = question.place[1].version_for(ask.on, ask.contract_date)
    if version is None:
        return None
    plain = {name: score for name, score in whole.attributes.items() if "." not in name}
    use = [name for name in plain if name.startswith(_USE_ABROAD) and name in version.attributes]
    if not use:
        return None
    best = max(use, key=lambda name: plain[name])
    others = {name: score for name, score in plain.items() if name not in use}
    scores = others | {best: sum(max(plain[name], 0.0) for name in use)}
    found = _proposal(
        Manner.ABROAD, question, tariffs, [version], scores, [best], whole, product=1.0
    )
    return found and replace(found, place=question.place)


def _proposal(
    manner: Manner,
    question: Question,
    tariffs: Tariffs,
    versions: Sequence[TariffVersion],
    scores: Mapping[str, float],
    common: Sequence[str],
    meant: Meant,
    *,
    product: float,
) -> Proposal | None:
    if not common:
        return None
    first = max(common, key=lambda name: scores[name])
    best = worded_speed(question.text, first, common)
    # A speed was meant; which of the three, its words say better than typical questions.
    scores = {**scores, best: scores[first], first: scores[best]}
    rivals = max((score for name, score in scores.items() if name != best), default=0.0)
    weights = weight(np.array([scores[name] for name in common], dtype=np.float32))
    besides = (
        _second(question, scores, common, best)
        if manner in (Manner.NAMED, Manner.DESCRIBED)
        else None
    )
    worded = {kind.id for kind in question.attributes if not kind.general}
    label = best
    if manner is Manner.DESCRIBED:
        label = f"{versions[0].product}.{best}"
    return Proposal(
        manner=manner,
        label=label,
        kind=tariffs.kinds[best],
        besides=tariffs.kinds[besides] if besides else None,
        versions=tuple(versions),
        score=scores[best],
        ahead=scores[best] - rivals,
        share=float(weights.max() / weights.sum()),
        likely=float(weights.max()) / meant.mass,
        passages=meant.passages,
        unanswered=meant.unanswered,
        product=product,
        worded=best in worded,
        general=any(kind.general and kind.id == best for kind in question.attributes),
        contradicted=bool(worded) and best not in worded,
        unexplained=sum(len(word) > 2 for word in question.rest),
    )


def _second(
    question: Question, scores: Mapping[str, float], common: Sequence[str], best: str
) -> str | None:
    """Find the second attribute of a question that asks for two: what it has words for, if any."""
    if SEVERAL.search(question.text) is None:
        return None
    words = [k.id for k in question.attributes if k.id in common and k.id != best]
    if words:
        return words[0]
    second = max((n for n in common if n != best), key=lambda n: scores[n], default=best)
    enough = scores[second] >= max(SECOND, SECOND_SHARE * scores[best])
    return second if enough and second != best else None
