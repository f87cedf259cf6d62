"""The synthetic customers: nobody real, and every situation that the house must master."""

import re
from datetime import date, timedelta

import pytest

from assistant.customers.bills import InvoiceState, LineKind
from assistant.customers.demo import CUSTOMERS
from assistant.customers.records import BlockReason, CustomerKind
from assistant.customers.service import OrderKind, OrderState, Outcome, TicketKind
from assistant.messages import CustomerRef

TODAY = date(2026, 11, 22)
FICTIONAL = re.compile(
    r"\+49(3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}"
    r"|15228817386|17139200\d{2}|176040690\d{2})"
)
"""Numbers the regulator keeps free for films and teaching (DOMAIN.md, section 6)."""
FILES = sorted(CUSTOMERS.glob("*.yaml"))


@pytest.fixture
async def everything(demo):
    """All there is: customer, contracts, invoices, orders, tickets, appointments, details."""
    found = {}
    for number in demo.stories:
        proof = CustomerRef(customer_no=number, level=3)
        found[number] = (
            await demo.customer(number, proof),
            await demo.contracts(number, proof),
            await demo.invoices(number, proof),
            await demo.orders(number, proof),
            await demo.tickets(number, proof),
            await demo.appointments(number, proof),
            await demo.contact_details(number, proof),
        )
    return found


def part(everything, index):
    return [entry for parts in everything.values() for entry in parts[index]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_customer_has_a_number_or_address_that_somebody_could_really_have(path):
    text = path.read_text(encoding="utf-8")

    numbers = re.findall(r"\+\d+", text)
    assert [] == [number for number in numbers if not FICTIONAL.fullmatch(number)]
    mails = re.findall(r"\S+@\S+", text)
    assert [] == [mail for mail in mails if ".example" not in mail]
    assert re.findall(r'postcode: "(\d+)"', text)[0].startswith("000")
    assert not re.search(r"\bDE\d{20}\b", text)


def test_there_are_enough_customers_to_try_things_out(everything):
    assert len(everything) >= 16


def test_old_and_new_tariffs_of_every_kind_are_there(everything):
    contracts = part(everything, 1)

    assert {"2024-04", "2025-10"} == {
        c.version for c in contracts if c.product.startswith("mobil_")
    }
    assert {"mobil", "glasfaser", "dsl"} == {c.product.partition("_")[0] for c in contracts}
    assert {"mobil_xl"} <= {c.product for c in contracts}
    assert {12, 24} == {c.min_term_months for c in contracts}


def test_removable_options_passes_and_rented_routers_are_there(everything):
    options = [option for c in part(everything, 1) for option in c.options]

    assert any(option.removable and option.per == "Monat" for option in options)
    assert any(option.product.startswith("datenpass") and option.ends_on for option in options)
    assert {"router_komfort", "router_premium"} <= {option.product for option in options}


def test_bills_are_open_paid_and_disputed_with_third_parties(everything):
    invoices = part(everything, 2)

    assert set(InvoiceState) == {invoice.state for invoice in invoices}
    lines = [line for invoice in invoices for line in invoice.lines]
    assert set(LineKind) == {line.kind for line in lines}
    assert any(line.disputed and line.provider for line in lines)


def test_one_account_holds_two_mobile_numbers(everything):
    _, contracts, *_ = everything["4000000109"]

    numbers = [number.value for contract in contracts for number in contract.numbers]
    assert 2 == len(numbers)
    assert ["2024-04", "2025-10"] == [contract.version for contract in contracts]


def test_faults_appointments_parcels_portings_and_a_move_are_under_way(everything):
    orders, tickets = part(everything, 3), part(everything, 4)

    assert set(OrderKind) == {order.kind for order in orders}
    assert any(order.state is OrderState.SHIPPED and order.tracking for order in orders)
    assert any(t.kind is TicketKind.FAULT and t.total_outage and not t.closed_at for t in tickets)
    assert {Outcome.PLANNED, Outcome.DONE, Outcome.MISSED} == {
        visit.outcome for visit in part(everything, 5)
    }


def test_every_block_for_arrears_would_be_lawful(everything):
    blocked = [
        (contract.block, parts[2])
        for parts in everything.values()
        for contract in parts[1]
        if contract.block and contract.block.reason is BlockReason.ARREARS
    ]

    assert blocked
    for block, invoices in blocked:
        overdue = [invoice.overdue_on(block.threatened_on) for invoice in invoices]
        assert sum(overdue) >= 100
        assert len([amount for amount in overdue if amount]) >= 2
        assert block.since - block.threatened_on >= timedelta(days=14)


def test_special_lives_are_there(everything):
    customers = [parts[0] for parts in everything.values()]

    assert any(customer.deceased_on for customer in customers)
    assert any(customer.kind is CustomerKind.SMALL_BUSINESS for customer in customers)
    users = [contract.user for contract in part(everything, 1) if contract.user]
    assert any(TODAY.year - user.birth_date.year < 18 for user in users)
    for details in [parts[6] for parts in everything.values()]:
        assert TODAY.year - details.birth_date.year > 18, "a holder is of age"


def test_one_is_just_within_the_withdrawal_period_and_one_just_past_the_minimum_term(everything):
    contracts = part(everything, 1)

    fresh = [c for c in contracts if 10 <= (TODAY - c.concluded_on).days <= 14]
    past = [c for c in contracts if 0 < (TODAY - c.min_term_end).days <= 21]
    assert ["V-40000111-1"] == [contract.contract_no for contract in fresh]
    assert "V-40000101-1" in [contract.contract_no for contract in past]


def test_nothing_has_happened_after_the_day_the_data_is_of(everything):
    for _, contracts, invoices, orders, tickets, *_ in everything.values():
        assert all(contract.concluded_on <= TODAY for contract in contracts)
        assert all(invoice.issued_on <= TODAY for invoice in invoices)
        assert all(invoice.paid_on is None or invoice.paid_on <= TODAY for invoice in invoices)
        assert all(order.placed_on <= TODAY for order in orders)
        assert all(ticket.opened_at.date() <= TODAY for ticket in tickets)


def test_a_disputed_bill_was_disputed_in_time(everything):
    for invoice in part(everything, 2):
        if invoice.disputed_on:
            assert invoice.issued_on <= invoice.disputed_on
            assert invoice.disputed_on <= invoice.issued_on + timedelta(weeks=8)


def test_the_monthly_price_changes_the_day_after_the_discount_ends(everything):
    for contract in part(everything, 1):
        if contract.discount:
            last = contract.discount.until

            assert contract.discount.monthly == contract.monthly_on(last)
            assert contract.monthly == contract.monthly_on(last + timedelta(days=1))
