import inspect
import shutil

import pytest

from assistant.customers.demo import CUSTOMERS, DemoCustomerSystem
from assistant.customers.system import (
    CustomerSystem,
    NotFound,
    ProofMissing,
    ProofOfAnother,
    ProofTooLow,
)
from assistant.messages import CustomerRef
from knowledge_base.strict_yaml import TariffFileError

METHODS = sorted(name for name in vars(CustomerSystem) if not name.startswith("_"))
OWN, FOREIGN = "4000000101", "4000000102"
OWN_CONTRACT, FOREIGN_CONTRACT = "V-40000101-1", "V-40000102-1"


def strong(customer_no: str) -> CustomerRef:
    return CustomerRef(customer_no=customer_no, level=3)


async def ask(system, method, customer_no, proof, contract_no=OWN_CONTRACT):
    """Call a method of the protocol, with a contract where it wants one."""
    wants = inspect.signature(getattr(system, method)).parameters
    arguments = {"customer_no": customer_no, "proof": proof}
    if "contract_no" in wants:
        arguments["contract_no"] = contract_no
    assert set(wants) == set(arguments), "a new argument: think of its proof"
    return await getattr(system, method)(**arguments)


@pytest.mark.parametrize("method", METHODS)
def test_the_demo_is_asked_exactly_as_a_real_system_would_be(method):
    asked = getattr(DemoCustomerSystem, method)

    assert inspect.signature(getattr(CustomerSystem, method)) == inspect.signature(asked)
    assert inspect.iscoroutinefunction(asked)


def test_every_question_of_the_protocol_is_tried_here():
    assert len(METHODS) >= 9


@pytest.mark.parametrize("method", METHODS)
async def test_without_proof_nothing_is_read(demo, method):
    with pytest.raises(ProofMissing):
        await ask(demo, method, OWN, None)


@pytest.mark.parametrize("method", METHODS)
async def test_the_strongest_proof_of_another_customer_reads_nothing(demo, method):
    with pytest.raises(ProofOfAnother):
        await ask(demo, method, OWN, strong(FOREIGN))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [0, 1])
async def test_a_known_channel_alone_reads_nothing(demo, method, level):
    with pytest.raises(ProofTooLow):
        await ask(demo, method, OWN, CustomerRef(customer_no=OWN, level=level))


async def test_a_log_in_reads_the_contract_but_neither_address_nor_birth_date(demo):
    proof = CustomerRef(customer_no=OWN, level=2)

    contract = await demo.contract(OWN, OWN_CONTRACT, proof)

    assert OWN_CONTRACT == contract.contract_no
    assert (await demo.customer(OWN, proof)).person.birth_date is None
    with pytest.raises(ProofTooLow):
        await demo.contact_details(OWN, proof)


@pytest.mark.parametrize("method", ["contract", "usage"])
async def test_a_foreign_contract_and_none_at_all_are_told_apart_by_nobody(demo, method):
    with pytest.raises(NotFound) as foreign:
        await ask(demo, method, OWN, strong(OWN), FOREIGN_CONTRACT)
    with pytest.raises(NotFound) as nowhere:
        await ask(demo, method, OWN, strong(OWN), "V-99999999-9")

    said = str(foreign.value).replace(FOREIGN_CONTRACT, "?")
    assert said == str(nowhere.value).replace("V-99999999-9", "?")
    assert type(foreign.value) is type(nowhere.value)


@pytest.mark.parametrize("method", METHODS)
async def test_a_customer_who_does_not_exist_has_nothing(demo, method):
    with pytest.raises(NotFound):
        await ask(demo, method, "4999999999", strong("4999999999"))


async def test_nothing_of_one_customer_reaches_another(demo):
    secrets, answers = {}, {}
    for number in demo.stories:
        proof = strong(number)
        customer = await demo.customer(number, proof)
        details = await demo.contact_details(number, proof)
        contracts = await demo.contracts(number, proof)
        secrets[number] = {
            number,
            customer.person.first_name,
            details.address.street,
            details.address.town,
            *(contact.value for contact in details.contacts),
            *(contract.contract_no for contract in contracts),
            *(invoice.invoice_no for invoice in await demo.invoices(number, proof)),
            *(order.order_no for order in await demo.orders(number, proof)),
            *(ticket.ticket_no for ticket in await demo.tickets(number, proof)),
        }
        answers[number] = "".join(
            [
                repr(await ask(demo, method, number, proof, contract.contract_no))
                for method in METHODS
                for contract in contracts
            ]
        )

    for number, answer in answers.items():
        assert all(secret in answer for secret in secrets[number])
        for other in secrets.keys() - {number}:
            assert [] == [secret for secret in secrets[other] if secret in answer]


async def test_usage_is_counted_in_gigabytes_of_a_thousand_million_bytes(demo):
    usage = await demo.usage(FOREIGN, FOREIGN_CONTRACT, strong(FOREIGN))

    assert (10**10, 5 * 10**9, 15 * 10**8) == (
        usage.included_bytes,
        usage.booked_bytes,
        usage.carried_bytes,
    )
    assert "3.25" == str(usage.remaining_gb)
    assert "2026-12-01" == usage.resets_on.isoformat()


async def test_unlimited_data_has_no_rest(demo):
    usage = await demo.usage("4000000103", "V-40000103-1", strong("4000000103"))

    assert usage.total_gb is None
    assert usage.remaining_gb is None


async def test_the_newest_invoice_comes_first(demo):
    invoices = await demo.invoices("4000000112", strong("4000000112"))

    days = [invoice.issued_on for invoice in invoices]
    assert sorted(days, reverse=True) == days
    assert len(days) == 5


@pytest.mark.parametrize("number", ["V-40000101-1", "R-2026-10-101", "+491713920001", "4000000101"])
def test_a_number_that_two_customers_have_stops_the_start(tmp_path, tariffs, number):
    shutil.copy(CUSTOMERS / "alt_mobil_m.yaml", tmp_path / "a.yaml")
    copied = (CUSTOMERS / "alt_mobil_m.yaml").read_text(encoding="utf-8")
    for kept in ("V-40000101-1", "R-2026-10-101", "R-2026-09-101", "+491713920001", "4000000101"):
        if kept != number:
            copied = copied.replace(f'"{kept}"', f'"{kept[:-1]}7"')
    copied = copied.replace("R-2026-09-107", "R-2026-08-107")
    (tmp_path / "b.yaml").write_text(copied, encoding="utf-8")

    with pytest.raises(TariffFileError, match=rf"b\.yaml:\d+: .*{number[1:]}.* in a\.yaml too"):
        DemoCustomerSystem.load(tmp_path, tariffs)


def test_an_empty_folder_is_no_customer_system(tmp_path, tariffs):
    with pytest.raises(TariffFileError, match="holds no customers"):
        DemoCustomerSystem.load(tmp_path, tariffs)
