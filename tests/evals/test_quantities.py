"""Figures are compared as a reader takes them, not letter by letter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evals.quantities import Quantity, folded, mentions, quantities, states


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Der Tarif kostet 29,99 € im Monat.", "29,99 €"),
        ("Der Tarif kostet 29,99\u00a0€ im Monat.", "29,99 €"),
        ("Der Tarif kostet 29,99€.", "29,99 €"),
        ("29,99 EUR", "29,99 €"),
        ("29.99 Euro", "29,99 €"),
        ("Preis: € 29,99", "29,99 €"),
        ("Preis (EUR): 29,99", "29,99 €"),
        ("Es sind 30 €.", "30,00 €"),
        ("Einmalig 30,– €.", "30 €"),
        ("9 Cent je Minute", "0,09 €"),
        ("insgesamt 1.234,56 €", "1234,56 €"),
        ("insgesamt 1\u202f234,56 €", "1.234,56 €"),
        ("29,99 €/Monat", "29,99 € pro Monat"),
        ("24,99 und 29,99 €", "24,99 €"),
        ("24,99 € statt 29,99 €", "29,99 €"),
        ("bis zu 1.000 Mbit/s", "1000 MBit/s"),
        ("1 Gbit/s im Download", "1.000 Mbit/s"),
        ("5–10 GB", "5 GB"),
        ("mit 20GB Datenvolumen", "20 GB"),
        ("zwischen 500 MB und 1 GB", "0,5 GB"),
        ("eine Laufzeit von 24 Monaten", "24 Monate"),
        ("die 24-monatige Laufzeit", "24 Monate"),
        ("nach zwei Jahren", "24 Monate"),
        ("innerhalb von vierzehn Tagen", "14 Tage"),
        ("mit einer Frist von einem Monat", "1 Monat"),
        ("spätestens am dritten oder in 3 bis 5 Werktagen", "3 Werktage"),
        ("gültig ab 1. Oktober 2025", "01.10.2025"),
        ("gültig ab 01.10.2025", "1. Oktober 2025"),
        ("nach § 57 TKG", "§ 57"),
        ("Rufen Sie 0800 / 123-4567 an.", "0800 1234567"),
        ("Rufen Sie +49 30 23125 000 an.", "030 23125000"),
        ("höchstens 18 Prozent", "18 %"),
        ("drei Versuche, 10 insgesamt", "10"),
    ],
)
def test_a_figure_is_found_however_it_is_written(text: str, figure: str) -> None:
    assert states(text, figure)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("29,99 €", "9,99 €"),
        ("9,99 €", "29,99 €"),
        ("29,99 €", "29 €"),
        ("29,99 €", "99 €"),
        ("1.299,00 €", "299,00 €"),
        ("299,00 €", "1.299,00 €"),
        ("24 Monate", "24 €"),
        ("24 Monate", "4 Monate"),
        ("100 Mbit/s", "100 kbit/s"),
        ("14 Werktage", "14 Tage"),
        ("Tarif Mobil 29 ohne Preis", "29 €"),
        ("gültig ab 01.10.2025", "10 €"),
        ("gültig ab 01.10.2025", "01.10.2024"),
        ("Stand 2025, 10 Seiten", "10 €"),
        ("nach § 577", "§ 57"),
        ("nach § 57a", "§ 57"),
        ("Rufen Sie 0800 12345670 an.", "0800 1234567"),
        ("0,5 GB", "5 GB"),
        ("20 GB", "10"),
    ],
)
def test_a_figure_is_not_found_inside_another(text: str, figure: str) -> None:
    assert not states(text, figure)


def test_dates_and_telephone_numbers_are_no_quantities() -> None:
    found = quantities("Seit dem 01.10.2025 unter 0152 28817386 für 5 € erreichbar.")

    assert (Quantity(value=Decimal(5), unit="EUR"),) == found


def test_a_comma_between_a_sentence_and_a_number_is_no_decimal_comma() -> None:
    found = quantities("Im Tarif M, 20 GB, kostet es 24,99 €.")

    assert [("GB", 20), ("EUR", Decimal("24.99"))] == [(q.unit, q.value) for q in found]


def test_a_phrase_is_found_in_another_case_and_inside_a_compound() -> None:
    assert mentions("Das Bereitstellungsentgelt entfällt.", "entgelt")


def test_a_short_phrase_is_not_found_inside_a_word() -> None:
    assert not mentions("Im Januar.", "ja")
    assert mentions("Ja, das geht.", "ja")


def test_a_phrase_with_a_quantity_is_compared_as_one() -> None:
    assert mentions("nach zwei Jahren", "24 Monate")


def test_soft_hyphens_and_no_break_hyphens_do_not_hide_a_word() -> None:
    assert "e-mail und vertragsende" == folded("E\u2011Mail und Ver\u00adtrags\u00adende")
