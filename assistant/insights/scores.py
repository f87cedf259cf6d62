"""Recommendation scores of groups: weighted over strata, and the points a topic moves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assistant.insights.nps import signed
from assistant.rights.calculation import Calculation, InvalidInput, Quantity, need_count, written

UNIT = "Punkte"
_TENTH = Decimal("0.1")
_SCALE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A part of the customers, its share of all, and its score in points."""

    name: str
    share: Decimal
    nps: Decimal


def weighted_nps(strata: tuple[Stratum, ...]) -> Calculation[Decimal]:
    """Weigh the scores of strata by their share of the customers (DOMAIN.md 1.4).

    Raises:
        InvalidInput: The shares do not add up to 1, or a score leaves the scale.
    """
    for one in strata:
        _need_score("nps", one.nps)
        if not 0 <= one.share <= 1:
            raise InvalidInput("share", one.share, "give a share from 0 to 1")
    whole = sum((one.share for one in strata), Decimal(0))
    if whole != 1:
        raise InvalidInput("share", whole, "give shares that add up to 1")
    value = sum((one.share * one.nps for one in strata), Decimal(0))
    return Calculation(
        name="nps_gewichtet",
        value=value,
        unit=UNIT,
        rule="gewichteter Mittelwert der Schichten",
        inputs=(
            *(Quantity(name=f"{one.name}, Anteil", value=one.share) for one in strata),
            *(Quantity(name=f"{one.name}, Ergebnis", value=one.nps, unit=UNIT) for one in strata),
        ),
        parts=tuple(
            Quantity(name=one.name, value=one.share * one.nps, unit=UNIT) for one in strata
        ),
        steps=(
            *(f"{one.name}: {written(one.share)} × {_signed(one.nps)}." for one in strata),
            f"Zusammen {_signed(value)} Punkte.",
        ),
    )


def topic_impact(
    *, answers: int, nps: Decimal, with_topic: int, topic_nps: Decimal
) -> Calculation[Decimal]:
    """Give the points that a topic moves the score, to a tenth (DOMAIN.md 1.9).

    Raises:
        InvalidInput: The topic has as many answers as there are, or a score leaves the scale.
    """
    _need_score("nps", nps)
    _need_score("topic_nps", topic_nps)
    need_count("with_topic", with_topic, most=answers - 1)
    value = (with_topic * (topic_nps - nps) / (answers - with_topic)).quantize(
        _TENTH, ROUND_HALF_UP
    )
    return Calculation(
        name="nps_wirkung_thema",
        value=value,
        unit=UNIT,
        rule="Abstand zum Ergebnis ohne das Thema",
        inputs=(
            Quantity(name="Antworten", value=answers),
            Quantity(name="Ergebnis", value=nps, unit=UNIT),
            Quantity(name="Antworten mit dem Thema", value=with_topic),
            Quantity(name="Ergebnis mit dem Thema", value=topic_nps, unit=UNIT),
        ),
        steps=(
            f"{with_topic} Antworten mit {_signed(topic_nps)} statt {_signed(nps)} Punkten, "
            f"geteilt durch die {answers - with_topic} übrigen.",
        ),
    )


def _need_score(name: str, value: Decimal) -> None:
    if not value.is_finite() or abs(value) > _SCALE:
        raise InvalidInput(name, value, f"give points from −{_SCALE} to {_SCALE}")


def _signed(points: Decimal) -> str:
    return signed(Fraction(points))
