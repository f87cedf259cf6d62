import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.customers.accounts import account
from assistant.customers.agreement import check
from assistant.customers.demo import CUSTOMERS
from assistant.customers.records import Contract
from knowledge_base.publish.terms import SOURCES
from knowledge_base.strict_yaml import TariffFileError, parse
from knowledge_base.tariffs import Tariffs

FILES = {path.stem: path.read_text(encoding="utf-8") for path in CUSTOMERS.glob("*.yaml")}
TARIFFS = Tariffs.load(Path(__file__).parents[3] / "knowledge_base/content/tarife")
AMOUNT = re.compile(r"\b(monthly|price|gross|total): (\d+\.\d\d)\b")
AMOUNTS = [(name, hit.span(2)) for name, text in FILES.items() for hit in AMOUNT.finditer(text)]
FREE = ("third_party", "credit")


def load(text: str) -> None:
    file = parse(text, Path("kunde.yaml"))
    check(file, account(file), TARIFFS)


def changed(name: str, old: str, new: str) -> tuple[str, int]:
    """Change the first place of a file; return it with the line of the change."""
    text = FILES[name]
    assert old in text
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


@settings(deadline=None)  # a busy machine is no counterexample
@given(place=st.sampled_from(AMOUNTS), cents=st.integers(-500, 500).filter(bool))
def test_no_amount_can_be_changed_unnoticed(place, cents):
    name, (start, end) = place
    text = FILES[name]
    amount = max(Decimal(text[start:end]) + Decimal(cents) / 100, Decimal("0.00"))
    assume(amount != Decimal(text[start:end]))
    other = f"{text[:start]}{amount:.2f}{text[end:]}"

    with pytest.raises(TariffFileError):
        load(other)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("alt_mobil_m", 'version: "2024-04"', 'version: "2025-10"', "must be 2024-04"),
        ("alt_mobil_m", "monthly: 29.99", "monthly: 24.99", "must be 29.99"),
        ("alt_mobil_m", "price: 4.99", "price: 3.99", "must be 4.99"),
        ("alt_mobil_m", "min_term_end: 2026-11-07", "min_term_end: 2026-11-08", "2026-11-07"),
        ("alt_mobil_m", "last_notice_day: 2026-10-07", "last_notice_day: 2026-10-08", "2026-10-07"),
        ("alt_mobil_m", "gross: 23.88", "gross: 23.87", "must be 23.88"),
        ("alt_mobil_m", "included_gb: 20", "included_gb: 30", "must be 20"),
        ("alt_mobil_m", "monthly: 14.99, until: 2025-05-07", "monthly: 14.99, until: 2025-06-07",
         "must be 2025-05-07"),
        ("alt_mobil_m", "    product: mobil_m", "    product: mobil_q", "unknown product"),
        ("dsl_stoerung", "concluded_on: 2026-01-12", "concluded_on: 2025-09-12", "was not sold"),
        ("neu_mobil_s_datenpass", "booked_gb: 5", "booked_gb: 2", "must be 5"),
        ("drittanbieter_strittig", "total: 45.97", "total: 45.96", "must be 45.97"),
        ("zwei_rufnummern", "version: \"2024-04\"", "version: \"2023-04\"", "must be 2024-04"),
        ("alt_mobil_m", "due_on: 2026-10-18", "due_on: 2026-10-22", "must be 2026-10-18"),
        ("neu_mobil_xl", "due_on: 2026-11-15", "due_on: 2026-11-11", "must be 2026-11-15"),
        ("alt_mobil_xl", "price: 7.99", "price: 5.99", "must be 7.99"),
        ("alt_mobil_xl", "gross: 7.99", "gross: 5.99", "must be 7.99"),
        ("alt_mobil_xl", "booked_on: 2025-11-15", "booked_on: 2026-11-15", "was not booked"),
        ("dsl_stoerung", '- ticket_no: "S-106-2"', '- ticket_no: "S-106-9"', "S-106-2"),
    ],
)  # fmt: skip
def test_what_disagrees_is_named_with_what_would_be_right(name, old, new, says):
    text, _ = changed(name, old, new)

    with pytest.raises(TariffFileError, match=r"kunde\.yaml:\d+: ") as wrong:
        load(text)

    assert says in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("alt_mobil_m", "monthly: 29.99", "monthly: 29.98"),
        ("alt_mobil_m", "monthly: 29.99", "monthly: 29.9"),
        ("alt_mobil_m", "last_notice_day: 2026-10-07", "last_notice_day: 2026-13-07"),
        ("alt_mobil_m", "notice_months: 1", "notice_months: one"),
        ("alt_mobil_m", 'sim_end: "4471"', "sim_ende: 4471"),
        ("alt_mobil_m", 'value: "+491713920001", kind', 'value: "0171 3920001", kind'),
        ("alt_mobil_m", "  kind: consumer", "  kind: friend"),
        ("alt_mobil_m", 'customer_no: "4000000101"', "customer_no: 4000000101"),
        ("dsl_stoerung", "opened_at: 2026-11-18T07:42:00Z", "opened_at: 2026-11-18T07:42:00"),
        ("dsl_stoerung", "opened_at: 2026-11-18T07:42:00Z", "opened_at: 2026-11-18T07:42:00+01:00"),
        ("dsl_stoerung", "ends_at: 2026-11-24T11:00:00Z", "ends_at: 2026-11-24T06:00:00Z"),
        ("drittanbieter_strittig", "disputed_on: 2026-11-04", "paid_by: 2026-11-04"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(name, old, new):
    text, line = changed(name, old, new)

    with pytest.raises(TariffFileError) as wrong:
        load(text)

    assert line == wrong.value.line


def test_a_bill_may_not_charge_another_customers_contract():
    text = FILES["alt_mobil_m"]
    at = text.index("V-40000101-1", text.index("lines:"))
    foreign = text[:at] + "V-40000102-1" + text[at + 12 :]

    with pytest.raises(TariffFileError, match="no contract 'V-40000102-1' in this file") as wrong:
        load(foreign)

    assert text[:at].count("\n") + 1 == wrong.value.line


def test_the_discount_price_cannot_outlive_the_discount():
    text, _ = changed("alt_mobil_m", "attribute: grundpreis", "attribute: aktionspreis")

    with pytest.raises(TariffFileError, match="must be grundpreis"):
        load(text)


def test_an_objection_needs_a_day_and_a_line():
    text, _ = changed("drittanbieter_strittig", "        disputed: true\n", "")

    with pytest.raises(TariffFileError, match="belongs to lines with disputed"):
        load(text)


def test_unlimited_data_and_a_volume_contradict_each_other():
    text, _ = changed("alt_mobil_xl", "unlimited: true", "included_gb: 100")

    with pytest.raises(TariffFileError):
        load(text)


def test_an_option_that_was_ordered_must_be_booked():
    name = "widerrufsfrist"
    start, end = FILES[name].index("    options:"), FILES[name].index("    sim_end")

    with pytest.raises(TariffFileError, match="Option MultiSIM is ordered, but not booked"):
        load(FILES[name][:start] + FILES[name][end:])


@pytest.mark.parametrize("name", sorted(FILES))
def test_bills_fall_due_as_the_terms_of_their_contracts_say(name):
    customer = account(parse(FILES[name], Path("kunde.yaml")))
    contracts = {contract.contract_no: contract for contract in customer.contracts}

    for invoice in customer.invoices:
        days = [days_to_pay(contracts[line.contract_no]) for line in invoice.lines]
        assert max(days) == (invoice.due_on - invoice.issued_on).days


def days_to_pay(contract: Contract) -> int:
    """Read the clause on payment in the terms that hold for a contract."""
    (text,) = (
        text
        for text in (path.read_text(encoding="utf-8") for path in SOURCES.glob("agb-*.md"))
        if contract.product in re.findall(r"\w+", re.search(r"products: .*", text)[0])
        and date.fromisoformat(re.search(r"sold_from: (\S+)", text)[1]) <= contract.concluded_on
        and (re.search(r"sold_until: (\S+)", text)[1].replace("null", "9999-12-31"))
        >= contract.concluded_on.isoformat()
    )
    return int(re.search(r"(\d+) Tage nach Zugang der Rechnung fällig", text)[1])
