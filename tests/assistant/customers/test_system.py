import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.customers.system import (
    DETAILS,
    READ,
    ProofMissing,
    ProofOfAnother,
    ProofRefused,
    ProofTooLow,
    prove,
)
from assistant.messages import CustomerRef

numbers = st.sampled_from(["4000000101", "4000000102", "", "400000010", " 4000000101"])


@given(
    asked=numbers, proven=numbers, level=st.integers(-3, 9), needed=st.sampled_from([READ, DETAILS])
)
def test_only_the_customers_own_and_strong_enough_proof_is_let_through(
    asked, proven, level, needed
):
    proof = CustomerRef(customer_no=proven, level=level)
    rightful = asked != "" and asked == proven and needed <= level <= 3

    try:
        prove(proof, asked, needed)
        let_through = True
    except ProofRefused:
        let_through = False

    assert rightful == let_through


@pytest.mark.parametrize("level", [None, True, "3", 2.0, -1, 4])
def test_a_level_that_is_none_proves_nothing(level):
    proof = CustomerRef(customer_no="4000000101", level=level)

    with pytest.raises(ProofMissing):
        prove(proof, "4000000101", READ)


def test_another_customers_proof_is_named_before_its_level_is_weighed():
    with pytest.raises(ProofOfAnother):
        prove(CustomerRef(customer_no="4000000102", level=0), "4000000101", READ)


def test_a_proof_too_low_says_which_level_would_do():
    with pytest.raises(ProofTooLow) as refused:
        prove(CustomerRef(customer_no="4000000101", level=2), "4000000101", DETAILS)

    assert DETAILS == refused.value.needed


def test_a_refusal_names_no_customer():
    for proof in (None, CustomerRef(customer_no="4000000102", level=3)):
        with pytest.raises(ProofRefused) as refused:
            prove(proof, "4000000101", READ)

        assert "4000000" not in str(refused.value)
