from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Rufen Sie 0152 28817386 an", "Rufen Sie [Telefon] an"),
        ("+49 30 23125123", "[Telefon]"),
        ("Meine IBAN ist DE89 3704 0044 0532 0130 00.", "Meine IBAN ist [IBAN]."),
        ("erika@example.org schreibt", "[E-Mail] schreibt"),
        ("PUK: 12345678", "PUK: [geheim]"),
        ("meine Kundenkennzahl ist 4711", "meine Kundenkennzahl ist [geheim]"),
        ("ICCID 8949012345678901234", "ICCID [Nummer]"),
    ],
)
def test_personal_data_becomes_a_typed_placeholder(text: str, masked: str) -> None:
    assert masked == mask(text)


@pytest.mark.parametrize("number", ["1234567890", "99887766", "490154203237518"])
def test_no_digit_of_a_long_number_is_left(number: str) -> None:
    assert not any(char.isdigit() for char in mask(f"Meine Nummer ist {number}."))


@pytest.mark.parametrize(
    "text",
    [
        "Mobil M kostet 24,99 € seit dem 01.10.2025",
        "Am 22.11.2026 um 14:30 Uhr",
        "Fassung 2025-10-01",
        "30 GB für 1.234,56 €",
        "Die Kennzahl steht auf dem Brief",
        "Mein Passwort funktioniert nicht",
    ],
)
def test_prices_dates_and_volumes_stay_readable(text: str) -> None:
    assert text == mask(text)


@given(st.text())
def test_masking_never_fails(text: str) -> None:
    assert isinstance(mask(text), str)
