"""DOMAIN.md 1.11: scores."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.insights.nps import Distribution, distribution, signed
from assistant.insights.scores import Stratum, topic_impact, weighted_nps

D = Decimal


def test_two_promoters_and_two_detractors_of_six_are_nought():
    assert distribution([10, 9, 8, 7, 6, 0]).nps == 0


def test_45_promoters_and_22_detractors_of_100_are_plus_23_give_or_take_15():
    found = Distribution((22, 0, 0, 0, 0, 0, 0, 0, 33, 0, 45))

    assert signed(found.nps) == "+23"
    assert pytest.approx(found.standard_error, abs=0.005) == 7.86
    assert pytest.approx(found.margin, abs=0.05) == 15.4


def test_all_tens_are_plus_100_without_error_but_with_an_interval():
    found = distribution([10] * 20)

    assert (signed(found.nps), found.standard_error) == ("+100", 0)
    assert found.interval.low < 100


def test_one_promoter_and_two_detractors_of_eight_are_shown_as_minus_13():
    found = distribution([10, 8, 8, 8, 8, 8, 0, 0])

    assert found.nps == Fraction(-25, 2)
    assert signed(found.nps) == "−13"


def test_two_strata_weigh_together_to_plus_1():
    found = weighted_nps(
        (
            Stratum(name="A", share=D("0.7"), nps=D(10)),
            Stratum(name="B", share=D("0.3"), nps=D(-20)),
        )
    )

    assert found.value == 1
    assert found.steps == ("A: 0,7 × +10.", "B: 0,3 × −20.", "Zusammen +1 Punkte.")


def test_a_topic_of_fifty_at_minus_40_costs_5_6_points():
    found = topic_impact(answers=500, nps=D(10), with_topic=50, topic_nps=D(-40))

    assert D("-5.6") == found.value
    assert found.text == "−5,6\u00a0Punkte"


@given(st.lists(st.integers(-1, 1), min_size=1), st.lists(st.integers(-1, 1), min_size=1))
def test_the_impact_of_a_topic_is_the_score_minus_the_score_without_it(topic, others):
    def nps(answers: list[int]) -> Decimal:
        return D(100 * sum(answers)) / len(answers)

    found = topic_impact(
        answers=len(topic + others),
        nps=nps(topic + others),
        with_topic=len(topic),
        topic_nps=nps(topic),
    )

    assert abs(found.value - (nps(topic + others) - nps(others))) <= D("0.051")


@given(st.integers(-100, 100), st.integers(-100, 100), st.decimals(0, 1, places=2))
def test_a_weighted_score_lies_between_those_of_its_strata(one, other, share):
    found = weighted_nps(
        (
            Stratum(name="A", share=share, nps=D(one)),
            Stratum(name="B", share=1 - share, nps=D(other)),
        )
    )

    assert min(one, other) <= found.value <= max(one, other)
