"""Every answer for every synthetic customer: proven figures, own data only, short German."""

from __future__ import annotations

import json
from functools import cache

import pytest
import yaml

from assistant.blocks import ItemList, Paragraph, plain
from assistant.customers.demo import CUSTOMERS
from assistant.facts.carried import uncarried
from assistant.facts.figures import figures, states
from assistant.messages import EvidenceKind
from assistant.own.answers import ANSWERS
from assistant.own.contracts import CHOICE
from evals.answers import CASES
from knowledge_base.sources import CONTENT
from knowledge_base.split import sentences

NUMBERS = sorted(
    yaml.safe_load(path.read_text("utf-8"))["customer"]["customer_no"]
    for path in CUSTOMERS.glob("*.yaml")
)
DECEASED = "4000000114"
FILED = CONTENT / "fragen"
WORDS = {
    "sperre_erlaubt": "Dürft ihr mich sperren?",
    "gesamtkosten": "Was kostet mich mein Vertrag insgesamt über die Laufzeit?",
    "anteilig": "Was kostet der letzte Monat anteilig?",
    "techniker_name": "Wie heißt der Techniker?",
    "rechnung_steuer": "Wie viel Umsatzsteuer steckt in der Rechnung?",
    "rechnung_anteil": "Wie teilt sich die Sammelrechnung auf, was entfällt worauf?",
    "rechnung_voraus": "Mit welcher Summe muss ich rechnen?",
    "option_ende": "Wann kann ich die Option frühestens loswerden?",
}
"""What says those answers that are no subject of the typical questions."""


async def answer(house, number: str, name: str, proven, contract: str | None = None):
    if name not in WORDS:
        house.mean(name)
    return await house.own(
        WORDS.get(name, "Sagen Sie es mir."), proven(number[-3:], 3), contract=contract
    )


@cache
def identifiers(number: str) -> frozenset[str]:
    """Everything that names a customer: numbers, names, addresses."""
    found: set[str] = set()
    for path in CUSTOMERS.glob("*.yaml"):
        file = yaml.safe_load(path.read_text("utf-8"))
        if file["customer"]["customer_no"] != number:
            continue
        found |= {number, file["customer"]["last_name"], file["details"]["address"]["street"]}
        found |= {one["contract_no"] for one in file["contracts"]}
        for section, key in (("invoices", "invoice_no"), ("orders", "order_no")):
            found |= {one[key] for one in file.get(section, [])}
        for contract in file["contracts"]:
            found |= {one["value"].removeprefix("+49") for one in contract.get("numbers", [])}
    return frozenset(found)


@pytest.mark.parametrize("name", ANSWERS)
async def test_every_figure_is_proven_and_nothing_of_another_customer_is_said(
    house, proven, demo, name
):
    for number in NUMBERS:
        if number == DECEASED:
            continue
        contracts = await demo.contracts(number, proven(number[-3:]))
        for contract in contracts:
            reply = await answer(house, number, name, proven, contract.contract_no)

            assert reply is not None
            said = [
                text
                for block in reply.blocks
                for text in (block.items if isinstance(block, ItemList) else [plain(block)])
            ]
            assert said
            assert () == uncarried(reply)
            assert all("{" not in one for one in said)
            kinds = {fact.evidence.kind for fact in reply.facts}
            assert kinds <= {EvidenceKind.CUSTOMER_DATA, EvidenceKind.CALCULATION}
            proofs = [f for f in reply.facts if f.evidence.kind is EvidenceKind.CALCULATION]
            assert all(fact.evidence.inputs for fact in proofs)
            stated = frozenset().union(*(figures(fact.text) for fact in reply.facts))
            for text in said:
                free = text.replace("110 und 112", "").replace("einem Monat", "")
                assert [] == [one for one in figures(free) if not states(stated, one)], text
            paragraphs = [one.text for one in reply.blocks if isinstance(one, Paragraph)]
            assert all(len(sentences(one)) <= 5 for one in paragraphs)
            whole = json.dumps([*said, *(str(fact) for fact in reply.facts)])
            others = frozenset().union(*(identifiers(one) for one in NUMBERS if one != number))
            assert [] == [one for one in others if one in whole]
    assert {customer for _, customer in house.system.read} <= set(NUMBERS)


def dev_questions() -> list[tuple[str, str]]:
    path = CASES / "answers_own_dev.jsonl"
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(one["text"], one["customer"]) for one in cases if one.get("customer")]


async def test_no_reply_to_a_development_question_states_a_figure_without_a_fact(house, proven):
    bare, told = [], 0
    for text, number in dev_questions():
        reply = await house.own(text, proven(number[-3:]))

        told += reply is not None and bool(reply.facts)
        if reply is not None and uncarried(reply):
            bare.append((text, uncarried(reply)))
    assert [] == bare
    assert told > 40


def test_every_subject_of_own_data_has_an_answer(content):
    files = [yaml.safe_load(path.read_text("utf-8")) for path in FILED.glob("eigen*.yaml")]
    filed = [entry["own"] for file in files for entry in file["entries"]]

    assert set(content.of_subject) == set(filed)
    assert len(filed) == len(set(filed))


@pytest.mark.parametrize("name", ["puk", "pin", "kennzahl", "zugangsdaten"])
async def test_a_secret_is_never_read_and_never_said(house, proven, name):
    house.mean(name)

    reply = await house.own("Nennen Sie mir das bitte.", proven(101, 3))

    assert not reply.answered
    assert () == reply.facts
    assert not any(char.isdigit() for char in reply.text)
    assert {"customer", "contracts"} >= {method for method, _ in house.system.read}


async def test_what_our_records_do_not_hold_is_said_and_a_person_is_offered(house, proven, content):
    fixed = [
        one
        for one in content.entries
        if one not in ANSWERS and one not in ("puk", "pin", "kennzahl", "zugangsdaten")
    ]
    assert len(fixed) > 25
    for name in fixed:
        if content.entries[name].subjects:
            house.mean(name)
        reply = await house.own(WORDS.get(name, "Wie steht es damit?"), proven(101))
        assert not reply.answered, name
        assert ["handoff:ask"] == [choice.id for choice in reply.choices]
        assert "Mensch" in reply.text, name


async def test_address_contacts_and_bank_need_the_stronger_proof(house, proven):
    for name in ("anschrift", "kontakt", "bankverbindung"):
        house.mean(name)
        weak = await house.own("Was ist hinterlegt?", proven(101, 2))
        strong = await house.own("Was ist hinterlegt?", proven(101, 3))

        assert "Einmalcode" in weak.text
        assert (False, ()) == (weak.answered, weak.facts)
        assert strong.answered
        assert strong.text != weak.text


async def test_contacts_and_bank_are_never_said_in_full(house, proven):
    house.mean("kontakt")
    contacts = await house.own("Welche Mailadresse?", proven(101, 3))
    house.mean("bankverbindung")
    bank = await house.own("Welche IBAN?", proven(101, 3))

    assert "w…@musterkraut.example" in contacts.text
    assert "wilma@" not in contacts.text
    assert "3920001" not in contacts.text
    assert "endet" in bank.text
    assert "3000" in bank.text


@pytest.mark.parametrize(
    ("end", "name", "expected"),
    [
        (101, "rechnung", ["R-2026-10-101", "62,85\u00a0€", "18.11.2026 bezahlt"]),
        (119, "rechnung", ["37,34\u00a0€", "fällig war der Betrag am 15.11.2026"]),
        (110, "rechnung", ["45,97\u00a0€", "Bezahlt sind 32,98\u00a0€", "12,99\u00a0€ haben Sie"]),
        (
            119,
            "rechnung_hoeher",
            [
                "24,85\u00a0€ mehr",
                "Option MultiSIM: 3,99\u00a0€ mehr",
                "MultiSIM, Aktivierung: 4,99\u00a0€ mehr",
                "(Weltzone 1): 15,87\u00a0€ mehr",
            ],
        ),
        (103, "rechnung_hoeher", ["19,80\u00a0€ weniger", "Daten in Weltzone 2: −19,80\u00a0€"]),
        (112, "offene_betraege", ["166,96\u00a0€ offen", "R-2026-09-112: 44,49\u00a0€"]),
        (101, "offene_betraege", ["nichts offen"]),
        (112, "mahnung", ["Zweite Mahnung auf der Rechnung R-2026-10-112: 2,50\u00a0€"]),
        (107, "gutschrift", ["10,00\u00a0€", "versäumten Termin"]),
        (110, "beanstandung", ["12,99\u00a0€ beanstandet", "S-110-1"]),
        (
            110,
            "drittanbieter",
            [
                "Rätselfuchs Abodienste GmbH",
                "von Ihnen beanstandet",
                "030 23125410",
            ],
        ),
        (101, "restvolumen", ["12,7\u00a0GB übrig", "08.12.2026", "20\u00a0GB − 7,3\u00a0GB"]),
        (110, "restvolumen", ["31,95\u00a0GB", "6\u00a0GB aus dem Vormonat"]),
        (103, "restvolumen", ["unbegrenzt", "61,8\u00a0GB"]),
        (119, "drosselung", ["Ja", "30\u00a0GB", "01.12.2026"]),
        (103, "drosselung", ["Nein", "unbegrenzt"]),
        (101, "vertragsende", ["seit dem 07.11.2026 vorbei", "22.12.2026"]),
        (103, "vertragsende", ["14.06.2027", "14.05.2027"]),
        (117, "vertragsende", ["gekündigt", "31.12.2026"]),
        (103, "kuendigungstag", ["bis zum 14.05.2027", "endet er am 14.06.2027"]),
        (101, "monatspreis", ["29,99\u00a0€", "38,97\u00a0€", "2024-04"]),
        (118, "monatspreis", ["34,99\u00a0€", "06.12.2027", "54,99\u00a0€"]),
        (119, "rabatt", ["12,49\u00a0€", "31.10.2026", "24,99\u00a0€"]),
        (101, "optionen", ["Sicherheitspaket", "MultiSIM", "4,99\u00a0€ je Monat"]),
        (105, "geraete", ["Router Komfort", "5,99\u00a0€"]),
        (117, "kuendigung", ["Ja", "31.12.2026"]),
        (101, "kuendigung", ["keine Kündigung vermerkt"]),
        (118, "bestellung", ["EB-0043-118", "25.11.2026"]),
        (111, "ersatz_sim", ["EB-0042-111", "24.11.2026"]),
        (118, "anschluss", ["07.12.2026", "zwischen 8 Uhr und 12 Uhr"]),
        (115, "portierung", ["27.11.2026", "Fernwind Mobil", "zu uns"]),
        (117, "portierung", ["31.12.2026 zu Fernwind Mobil"]),
        (116, "umzug", ["01.12.2026", "00027 Neuenwohn"]),
        (106, "stoerung", ["S-106-2", "24.11.2026 um 14 Uhr"]),
        (106, "techniker", ["24.11.2026 zwischen 8 Uhr und 12 Uhr"]),
        (106, "leitung", ["Leitung unterbrochen"]),
        (106, "entschaedigung", ["bis zum 22.11.2026", "10,00\u00a0€", "5,00\u00a0€"]),
        (107, "entschaedigung", ["06.10.2026", "10,00\u00a0€", "schon gutgeschrieben"]),
        (111, "widerruf", ["24.11.2026 widerrufen", "10.11.2026"]),
        (101, "widerruf", ["endete am 18.11.2024"]),
        (112, "sperre", ["16.11.2026", "26.10.2026"]),
        (112, "sperre_erlaubt", ["166,96\u00a0€", "ist eine Sperre zulässig"]),
        (101, "sperre_erlaubt", ["0,00\u00a0€", "nicht zulässig"]),
        (113, "sperre_erlaubt", ["Forderungen Dritter zählen nicht mit", "nicht zulässig"]),
        (113, "inhaber", ["Pauline Pausenhof"]),
        (101, "gesamtkosten", ["24 Monaten", "837,30\u00a0€"]),
        (101, "anteilig", ["01.12.2026 bis 22.12.2026", "21,28\u00a0€"]),
        (109, "tarif", ["Mobil L (0171 3920009)", "2024-04", "Mobil S (0171 3920019)", "2025-10"]),
    ],
)
async def test_the_answer_states_what_the_records_hold(house, proven, end, name, expected):
    reply = await answer(house, f"4000000{end}", name, proven)

    assert [] == [words for words in expected if words not in reply.text], reply.text


async def test_choices_name_own_contracts_only(house, proven):
    house.mean("restvolumen")

    reply = await house.own("Wie viel ist noch da?", proven(109))

    assert [f"{CHOICE}V-40000109-1", f"{CHOICE}V-40000109-2"] == [c.id for c in reply.choices]
