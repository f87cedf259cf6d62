from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.customers.bills import Invoice, InvoiceState, Line, LineKind

DUE = date(2026, 11, 15)
amounts = st.integers(0, 20_000).map(lambda cents: Decimal(cents) / 100)


def bill(*lines: tuple[Decimal, bool], paid: Decimal = Decimal("0.00")) -> Invoice:
    return Invoice(
        invoice_no="R-1",
        period_from=date(2026, 10, 1),
        period_until=date(2026, 10, 31),
        issued_on=date(2026, 11, 1),
        due_on=DUE,
        lines=tuple(
            Line(
                kind=LineKind.ONE_OFF,
                text="Posten",
                contract_no="V-1",
                quantity=Decimal(1),
                unit="Stück",
                gross=gross,
                disputed=disputed,
            )
            for gross, disputed in lines
        ),
        total=sum((gross for gross, _ in lines), Decimal("0.00")),
        vat_percent=Decimal(19),
        paid=paid,
    )


def test_a_bill_is_only_disputed_while_something_is_unpaid():
    lines = ((Decimal("10.00"), False), (Decimal("5.00"), True))

    assert InvoiceState.DISPUTED is bill(*lines, paid=Decimal("10.00")).state
    assert InvoiceState.PAID is bill(*lines, paid=Decimal("15.00")).state
    assert InvoiceState.OPEN is bill((Decimal("10.00"), False)).state


def test_what_is_disputed_is_never_overdue():
    invoice = bill((Decimal("10.00"), False), (Decimal("5.00"), True), paid=Decimal("4.00"))

    assert Decimal("6.00") == invoice.overdue_on(date(2026, 11, 16))


def test_on_the_day_it_is_due_nothing_is_overdue_yet():
    assert Decimal("0.00") == bill((Decimal("10.00"), False)).overdue_on(DUE)


def test_the_net_amount_is_rounded_to_the_cent():
    assert Decimal("25.20") == bill((Decimal("29.99"), False)).net


@given(
    lines=st.lists(st.tuples(amounts, st.booleans()), min_size=1, max_size=6),
    share=st.integers(0, 100),
)
def test_overdue_disputed_and_paid_never_exceed_the_total(lines, share):
    total = sum((gross for gross, _ in lines), Decimal("0.00"))
    invoice = bill(*lines, paid=(total * share / 100).quantize(Decimal("0.01")))

    overdue = invoice.overdue_on(date(2027, 1, 1))
    assert 0 <= overdue <= invoice.outstanding <= invoice.total
    assert overdue + invoice.disputed + invoice.paid <= total + min(invoice.disputed, invoice.paid)
