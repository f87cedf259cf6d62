from __future__ import annotations

from datetime import date

import pytest

from assistant.build import Application
from assistant.checked import check, fault
from knowledge_base.documents import Passage
from knowledge_base.tariffs import Tariffs


@pytest.fixture
def tariffs(application: Application) -> Tariffs:
    found = application.knowledge.current.tariffs
    assert found is not None
    return found


def passage(text: str, products: tuple[str, ...] = ("mobil_m",)) -> Passage:
    return Passage(
        id="p",
        document="d",
        version="v",
        title="Preisliste Mobilfunk",
        kind="preisliste",
        as_of=date(2025, 10, 1),
        text=text,
        products=products,
    )


PRICE = passage(
    "Mobil M kostet 24,99 € monatlich. In den ersten 6 Monaten kostet Mobil M 12,49 € monatlich. "
    "Eine Festnetz-Flat ist nicht enthalten. Der Download erreicht bis zu 300 Mbit/s."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mobil M kostet monatlich 24,99 €. [1]",
        "Mobil M kostet 24,99 Euro monatlich [1].",
        "In den ersten 6 Monaten kostet Mobil M 12,49 €. [1]",
        "Eine Festnetz-Flat ist nicht enthalten [1].",
        "Der Download erreicht bis zu 300 Mbit/s [1].",
        "Gern helfe ich Ihnen weiter. [1]",
    ],
)
def test_a_true_sentence_with_its_source_passes(sentence: str, tariffs: Tariffs) -> None:
    assert fault(sentence, [PRICE], tariffs) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Mobil M kostet monatlich 19,99 €. [1]", "figure"),
        ("Mobil M kostet monatlich neunzehn Euro. [1]", "figure"),
        ("Mobil M kostet monatlich 12,49 €. [1]", "qualifier"),
        ("Mobil L kostet monatlich 24,99 €. [1]", "other_product"),
        ("Eine Festnetz-Flat ist enthalten [1].", "negation"),
        ("Der Download erreicht 300 Mbit/s [1].", "qualifier"),
        ("Mobil M ist monatlich kostenlos [1].", "claim"),
        ("Mobil M bietet unbegrenzte Daten [1].", "claim"),
        ("Ja, Mobil M bietet auch Festnetz [1].", "claim"),
        ("Wir erstatten Ihnen den Betrag aus Kulanz [1].", "unsupported"),
    ],
)
def test_a_sentence_that_its_source_does_not_carry_is_named_by_its_fault(
    sentence: str, found: str, tariffs: Tariffs
) -> None:
    assert found == fault(sentence, [PRICE], tariffs)


def stated_by(
    application: Application, product: str, *, on: date, kind: str = "tarif"
) -> list[Passage]:
    """Take a product's own page in the version for contracts of a day."""
    return [
        one
        for one in application.knowledge.current.passages
        if one.products == (product,) and one.kind == kind and one.validity.holds(on, on)
    ]


TODAY, THEN = date(2026, 11, 22), date(2024, 6, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mobil S kostet 17,99 € im Monat, der Anschlusspreis beträgt einmalig 29,99 €.",
        "Mobil S kostet in den ersten 3 Monaten 8,99 € monatlich, danach 17,99 €.",
        "Für Verträge ab dem 1. Oktober 2025 kostet Mobil S 17,99 € monatlich.",
        "Mobil S enthält 10 GB Datenvolumen und eine Allnet-Flat.",
        "Bei Mobil S ist WLAN Call enthalten, eine Datenautomatik gibt es nicht.",
        "Eine MultiSIM ist bei Mobil S nicht enthalten, aber für 3,99 € im Monat zubuchbar.",
        "Sie zahlen dafür 17,99 € im Monat.",
        "Monatlicher Grundpreis: 17,99 € monatlich",
    ],
)
def test_figures_and_claims_of_the_right_terms_pass(
    sentence: str, application: Application, tariffs: Tariffs
) -> None:
    assert fault(sentence, stated_by(application, "mobil_s", on=TODAY), tariffs) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Mobil S kostet 19,99 € im Monat.", "figure"),
        ("Mobil S kostet 29,99 € im Monat, der Anschlusspreis beträgt 17,99 €.", "figure"),
        ("Mobil S kostet nicht 17,99 € im Monat.", "negation"),
        ("Mobil S kostet 8,99 € im Monat.", "other_attribute"),
        ("Der Anschlusspreis von Mobil S beträgt 17,99 €.", "other_attribute"),
        ("Der Download von Mobil S erreicht 100 Mbit/s.", "qualifier"),
        ("Für Verträge ab dem 1. Oktober 2024 kostet Mobil S 17,99 € monatlich.", "figure"),
        ("Für Verträge ab dem 31. September 2025 kostet Mobil S 17,99 €.", "figure"),
        ("Die Allnet-Flat und die MultiSIM sind bei Mobil S enthalten.", "claim"),
        ("Eine MultiSIM ist bei Mobil S kostenlos.", "claim"),
        ("WLAN Call ist bei Mobil S nicht enthalten.", "negation"),
        ("Ja, Mobil S bietet auch Festnetz.", "claim"),
        ("Mobil S bietet Streaming.", "unsupported"),
        ("Mobil S ist ein toller Tarif für Sie.", "unsupported"),
        ("Mobil M kostet 17,99 € im Monat.", "other_product"),
        ("Mobil S bietet 10 GB Datenvolumen im Jahr für 17,99 € monatlich.", "figure"),
        (
            "Gespräche aus Deutschland in die EU-Zone kosten bei Mobil S 1,49 € je Minute "
            "(aus Deutschland in alle Länder außerhalb der EU-Zone).",
            "other_attribute",
        ),
    ],
)
def test_figures_and_claims_of_other_terms_fall(
    sentence: str, found: str, application: Application, tariffs: Tariffs
) -> None:
    assert found == fault(sentence, stated_by(application, "mobil_s", on=TODAY), tariffs)


def test_the_cited_version_decides_which_figure_is_right(
    application: Application, tariffs: Tariffs
) -> None:
    then = stated_by(application, "mobil_s", on=THEN)

    assert fault("Mobil S kostet 19,99 € im Monat.", then, tariffs) is None
    assert fault("Mobil S kostet 17,99 € im Monat.", then, tariffs) == "figure"


def test_a_price_without_its_product_must_hold_for_all_that_are_cited_unless_one_was_asked_for(
    application: Application, tariffs: Tariffs
) -> None:
    row = next(
        one
        for one in application.knowledge.current.passages
        if one.kind == "preisliste" and one.text.startswith("Monatlicher Grundpreis: Mobil S 17,99")
    )

    assert fault("Der Grundpreis beträgt 17,99 € im Monat.", [row], tariffs) is not None
    assert check("Der Grundpreis beträgt 17,99 €.", [row], tariffs, ("mobil_s",)).fault is None
    assert check("Der Grundpreis beträgt 17,99 €.", [row], tariffs, ("mobil_m",)).fault is not None


def test_the_number_of_a_chapter_is_evidence_for_nothing(
    application: Application, tariffs: Tariffs
) -> None:
    row = next(
        one
        for one in application.knowledge.current.passages
        if one.text.startswith("Zahl der Rufnummern: Glasfaser 100 3 Rufnummern")
    )

    assert any(heading.startswith("2 ") for heading in row.headings)
    assert fault("Zu Glasfaser 100 gehören 3 Rufnummern.", [row], tariffs) is None
    assert fault("Zu Glasfaser 100 gehören 2 Rufnummern.", [row], tariffs) is not None


def test_another_products_page_carries_nothing_where_one_was_asked_for(
    application: Application, tariffs: Tariffs
) -> None:
    other = stated_by(application, "mobil_m", on=TODAY)

    assert check("Der Grundpreis beträgt 24,99 €.", other, tariffs, ("mobil_m",)).fault is None
    assert check("Der Grundpreis beträgt 24,99 €.", other, tariffs, ("mobil_s",)).fault is not None


RIGHTS = passage(
    "Die Lieferung dauert 3 bis 5 Werktage. Eine Rechnung können Sie innerhalb von acht Wochen "
    "nach Zugang beanstanden. Eine Ratenzahlung ist nicht möglich. Talfunk sperrt frühestens zwei "
    "Wochen nach der Mahnung.",
    (),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ihre Lieferung dauert zwischen drei und fünf Werktagen.",
        "Sie können eine Rechnung innerhalb von 8 Wochen nach Zugang beanstanden.",
        "Eine Ratenzahlung ist leider nicht möglich.",
    ],
)
def test_prose_is_carried_by_the_one_sentence_that_says_it(sentence: str, tariffs: Tariffs) -> None:
    assert fault(sentence, [RIGHTS], tariffs) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Die Lieferung dauert 5 Werktage.", "qualifier"),
        ("Die Lieferung dauert acht Wochen.", "unsupported"),
        ("Eine Ratenzahlung ist möglich.", "negation"),
        ("Talfunk sperrt zwei Wochen nach der Mahnung.", "qualifier"),
        ("Eine Rechnung können Sie innerhalb von zwei Wochen beanstanden.", "unsupported"),
    ],
)
def test_a_figure_of_another_sentence_carries_nothing(
    sentence: str, found: str, tariffs: Tariffs
) -> None:
    assert found == fault(sentence, [RIGHTS], tariffs)


def test_what_is_stated_is_known_by_product_attribute_and_version(
    application: Application, tariffs: Tariffs
) -> None:
    cited = stated_by(application, "mobil_s", on=TODAY)

    checked = check("Mobil S kostet 17,99 € im Monat.", cited, tariffs)

    assert {("mobil_s", "2025-10")} == {
        (one.version.product, one.version.version) for one in checked.stated
    }
    assert "grundpreis" in {one.attribute.id for one in checked.stated}


def test_a_sentence_without_a_source_never_passes(tariffs: Tariffs) -> None:
    assert fault("Mobil M kostet 24,99 € monatlich.", [], tariffs) == "uncited"


def test_kindness_needs_no_source(tariffs: Tariffs) -> None:
    assert fault("Gern helfe ich Ihnen weiter.", [], tariffs) is None


def test_the_number_in_a_products_name_is_no_figure(tariffs: Tariffs) -> None:
    source = passage("Glasfaser 250 kostet 44,99 € monatlich.", ("glasfaser_250",))

    assert fault("Glasfaser 250 kostet 44,99 € monatlich. [1]", [source], tariffs) is None
    assert fault("Glasfaser 250 kostet 250 € monatlich. [1]", [source], tariffs) == "figure"
