import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.insights.nps import Distribution, distribution, rounded, signed


def answers(*, promoters: int = 0, passives: int = 0, detractors: int = 0) -> Distribution:
    return distribution([10] * promoters + [8] * passives + [0] * detractors)


distributions = st.lists(st.integers(0, 500), min_size=11, max_size=11).map(
    lambda counts: Distribution(tuple(counts))
)
answered = distributions.filter(lambda found: found.answers > 0)


def test_passives_count_as_answers_but_for_neither_side():
    found = distribution([10, 9, 8, 7, 6, 0])

    assert (
        found.promoters,
        found.passives,
        found.detractors,
        found.answers,
    ) == (2, 2, 2, 6)
    assert found.nps == 0


@pytest.mark.parametrize(
    ("score", "side"),
    [(0, -1), (6, -1), (7, 0), (8, 0), (9, 1), (10, 1)],
)
def test_each_border_of_the_scale_falls_to_its_class(score, side):
    assert 100 * side == distribution([score]).nps


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_outside_the_scale_is_refused(score):
    with pytest.raises(ValueError, match=str(score)):
        distribution([score])


def test_forty_five_promoters_and_twenty_two_detractors_of_a_hundred_are_plus_23():
    found = answers(promoters=45, passives=33, detractors=22)

    assert signed(found.nps) == "+23"
    assert pytest.approx(found.standard_error, abs=0.005) == 7.86
    assert pytest.approx(found.margin, abs=0.05) == 15.4


def test_unanimous_answers_have_no_wald_error_but_an_honest_interval():
    found = answers(promoters=40)

    assert (signed(found.nps), found.standard_error) == ("+100", 0.0)
    assert found.interval.low < 95
    assert found.interval.high == 100


def test_twelve_and_a_half_below_zero_is_shown_as_minus_13():
    found = answers(promoters=1, passives=5, detractors=2)

    assert Fraction(-25, 2) == found.nps
    assert signed(found.nps) == "−13"


def test_ten_answers_lie_at_31_give_or_take_43():
    interval = answers(promoters=6, passives=2, detractors=2).interval

    middle, reach = (interval.low + interval.high) / 2, (interval.high - interval.low) / 2
    assert (rounded(middle), rounded(reach)) == (31, 43)


@pytest.mark.parametrize(
    ("number", "margin"),
    [(30, 26.8), (100, 14.7), (200, 10.4), (400, 7.3), (1000, 4.6), (2000, 3.3), (5000, 2.1)],
)
def test_the_margin_shrinks_with_the_root_of_the_answers(number, margin):
    found = answers(promoters=number * 2 // 5, passives=number * 2 // 5, detractors=number // 5)

    assert margin == pytest.approx(found.margin, abs=0.05)


def test_without_answers_there_is_neither_score_nor_margin():
    found = distribution([])

    assert (found.nps, found.standard_error, found.margin) == (None, None, None)


@pytest.mark.parametrize(
    ("number", "basis"), [(0, "none"), (29, "none"), (30, "thin"), (99, "thin"), (100, "firm")]
)
def test_a_score_needs_thirty_answers_and_stands_firm_from_a_hundred(number, basis):
    assert basis == answers(passives=number).basis


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        (Fraction(23), "+23"),
        (Fraction(-5), "−5"),
        (Fraction(0), "0"),
        (Fraction(-2, 5), "0"),
        (-0.4, "0"),
        (Fraction(1, 2), "+1"),
        (Fraction(-1, 2), "−1"),
        (Fraction(49, 100), "0"),
        (-100.0, "−100"),
    ],
)
def test_points_are_rounded_half_away_from_zero_and_signed(points, shown):
    assert shown == signed(points)


@given(answered)
def test_no_score_or_interval_leaves_the_scale(found):
    assert -100 <= found.nps <= 100
    assert -100 <= found.interval.low <= found.interval.high <= 100


@given(answered)
def test_turning_promoters_into_detractors_mirrors_everything(found):
    mirrored = answers(
        promoters=found.detractors, passives=found.passives, detractors=found.promoters
    )

    assert -found.nps == mirrored.nps
    assert found.standard_error == pytest.approx(mirrored.standard_error)
    assert -found.interval.low == pytest.approx(mirrored.interval.high)
    assert signed(-found.nps) == signed(mirrored.nps)


@given(answered)
def test_the_standard_error_is_that_of_answers_coded_plus_one_zero_minus_one(found):
    coded = [1] * found.promoters + [0] * found.passives + [-1] * found.detractors

    expected = 100 * (statistics.pvariance(coded) / len(coded)) ** 0.5
    assert expected == pytest.approx(found.standard_error, abs=1e-6)


@given(answered.filter(lambda found: found.basis != "none"))
def test_an_interval_that_is_shown_contains_its_score(found):
    assert found.interval.low <= found.nps <= found.interval.high


@given(st.fractions(min_value=-100, max_value=100))
def test_rounding_moves_a_score_by_half_a_point_at_most_and_never_shows_minus_nought(points):
    assert abs(rounded(points) - points) <= Fraction(1, 2)
    assert signed(points) != "−0"
