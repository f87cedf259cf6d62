from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge_base.tariffs import Polarity, TariffFileError, Tariffs
from knowledge_base.wording import wording

TARIFE = Path(__file__).parents[2] / "knowledge_base/content/tarife"
TODAY = date(2026, 11, 22)

VOCABULARY = """\
kind: merkmale
title: Merkmale
owner: Wissensmanagement
as_of: 2026-01-01
attributes:
  - {id: grundpreis, label: Grundpreis, aliases: [kostet], general: true}
  - {id: datenvolumen, label: Datenvolumen, aliases: [daten, gb]}
"""
TARIFF = """\
id: mobil_m
name: Mobil M
kind: mobilfunk
audience: privat
owner: Produktmanagement
aliases: [tarif m]
versions:
  - version: "2025-10"
    as_of: 2025-10-01
    sold_from: 2025-10-01
    attributes:
      grundpreis: {value: 24.90, unit: EUR, per: Monat}
"""


@pytest.fixture(scope="module")
def tariffs() -> Tariffs:
    return Tariffs.load(TARIFE)


def folder_with(tmp_path: Path, tariff: str) -> Path:
    (tmp_path / "merkmale.yaml").write_text(VOCABULARY, encoding="utf-8")
    (tmp_path / "mobil_m.yaml").write_text(tariff, encoding="utf-8")
    return tmp_path


def ids(found: tuple) -> list[str]:
    return [tariff.id for tariff in found]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("Was kostet Mobil M?", ["mobil_m"]),
        ("was kostet mobil-m im monat", ["mobil_m"]),
        ("MobilXL oder Mobil S", ["mobil_xl", "mobil_s"]),
        ("DSL100 ist lahm", ["dsl_100"]),
        ("glasfaser 250 oder 500?", ["glasfaser_250", "glasfaser_500"]),
        ("Unterschied zwischen Mobil M, L und XL", ["mobil_m", "mobil_l", "mobil_xl"]),
        ("glasfaser 1000 statt dsl 250", ["glasfaser_1000", "dsl_250"]),
        ("Was kostet die MultiSIM im Mobil L?", ["multisim", "mobil_l"]),
        ("brauche EU+ für die Schweiz", ["eu_plus"]),
        ("Gilt das in der EU?", []),
        ("mobil telefonieren", []),
        ("Automobil M3", []),
        ("Was kostet Prepaid S?", ["prepaid_s"]),
        ("prepaid s oder m", ["prepaid_s", "prepaid_m"]),
        ("Kabel 250 oder DSL 250?", ["kabel_250", "dsl_250"]),
        ("kabelinternet 1000 Preis", ["kabel_1000"]),
        ("Was kostet Business Mobil M?", ["business_mobil_m"]),
        ("funkbox 5g in der Wohnung", ["funkbox_5g"]),
        ("Habe ich zu Hause 5G?", []),
        ("gibt es einen sozialtarif", ["mobil_sozial"]),
        ("Welcher Jugendtarif?", ["mobil_jung"]),
        ("SD-WAN: was kostet das?", ["sd_wan_basis", "sd_wan_plus"]),
    ],
)
def test_customers_name_products_in_their_own_spelling(tariffs, text, products):
    assert products == ids(tariffs.mentioned(text))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Was kostet Mobil M?", "grundpreis"),
        ("Wie hoch ist die Anschlussgebühr?", "anschlusspreis"),
        ("was kostet die mindestvertragslaufzeit", "mindestlaufzeit"),
        ("Was kostet es nach der Mindestlaufzeit?", "preis_nach_laufzeit"),
        ("wie viel gb hab ich", "datenvolumen"),
        ("Wie viel Datenvolumen in der EU?", "eu_datenvolumen"),
        ("wie schnell ist der upload", "upload_max"),
        ("kann ich 5G nutzen", "fuenf_g"),
        ("was kostet ne ersatzkarte", "ersatz_sim"),
        ("Rücklastschriftgebühr?", "ruecklastschrift"),
        ("ruecklastschrift gebühren", "ruecklastschrift"),
        ("geht WLAN-Call", "wlan_call"),
    ],
)
def test_the_most_specific_attribute_asked_for_comes_first(tariffs, text, first):
    assert first == tariffs.asked(text)[0]


def test_a_contract_keeps_the_price_of_the_time_when_it_was_concluded(tariffs):
    mobil_m = tariffs.tariffs["mobil_m"]

    old = mobil_m.version_for(TODAY, date(2025, 9, 30))
    new = mobil_m.version_for(TODAY, date(2025, 10, 1))

    assert old is not None and new is not None
    assert Decimal("29.99") == old.attributes["grundpreis"].value
    assert Decimal("24.99") == new.attributes["grundpreis"].value


def test_without_a_contract_date_only_what_is_sold_that_day_is_found(tariffs):
    mobil_m = tariffs.tariffs["mobil_m"]

    assert mobil_m.version_for(TODAY).version == "2025-10"
    assert mobil_m.version_for(date(2024, 3, 31)) is None


@pytest.mark.parametrize(
    ("on", "contract", "gigabytes"),
    [
        (date(2026, 5, 31), date(2025, 1, 15), 3),
        (date(2026, 6, 1), date(2025, 1, 15), 5),
        (TODAY, date(2026, 4, 1), 8),
        (date(2026, 4, 1), date(2026, 4, 1), 8),
    ],
)
def test_a_change_reaches_running_contracts_on_its_day_and_no_others(
    tariffs, on, contract, gigabytes
):
    version = tariffs.tariffs["prepaid_s"].version_for(on, contract)

    assert version is not None
    assert gigabytes == version.attributes["datenvolumen"].value


def test_no_two_products_share_a_name(tariffs):
    names = [tariff.name.lower() for tariff in tariffs.tariffs.values()]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("text", "on", "zone"),
    [
        ("was kostet internet in der türkei", TODAY, "welt_2"),
        ("Tuerkei", TODAY, "welt_2"),
        ("bin grad auf mallorca", TODAY, "eu"),
        ("In der Schweiz telefonieren", TODAY, "welt_1"),
        ("Kiew, Ukraine", date(2025, 12, 31), "welt_1"),
        ("Kiew, Ukraine", date(2026, 1, 1), "eu"),
        ("Moldawien", TODAY, "eu"),
        ("Wie viele GB habe ich in den USA?", TODAY, "welt_2"),
    ],
)
def test_a_country_belongs_to_the_zone_of_that_day(tariffs, text, on, zone):
    found = tariffs.zone(text, on)

    assert found is not None
    assert zone == found[1].id


def test_an_unknown_country_has_no_zone(tariffs):
    assert tariffs.zone("Was kostet Roaming in Grönland?", TODAY) is None


def test_the_surcharge_in_the_eu_follows_the_calendar_year_and_not_the_contract(tariffs):
    _, zone = tariffs.zone("Spanien", TODAY)

    prices = zone.version_for(TODAY, date(2024, 5, 1))

    assert "1,30\u00a0€ je GB" in wording(prices.attributes["roaming_aufschlag"])


def test_what_is_stored_with_an_index_reads_back_the_same(tariffs):
    again = Tariffs.from_json(tariffs.to_json())

    assert tariffs.tariffs == again.tariffs
    assert tariffs.countries == again.countries
    assert tariffs.to_json() == again.to_json()


def test_prices_keep_their_written_decimals(tmp_path):
    tariffs = Tariffs.load(folder_with(tmp_path, TARIFF))

    price = tariffs.tariffs["mobil_m"].versions[0].attributes["grundpreis"]

    assert str(price.value) == "24.90"
    assert wording(price) == "24,90\u00a0€ monatlich"


def test_every_attribute_can_be_worded(tariffs):
    holders = (*tariffs.tariffs.values(), *tariffs.zones.values())
    attributes = [a for h in holders for v in h.versions for a in v.attributes.values()]

    assert len(attributes) > 500
    assert all(wording(attribute) for attribute in attributes)


def test_an_option_that_can_be_booked_says_so_with_its_price(tariffs):
    version = tariffs.tariffs["mobil_m"].version_for(TODAY)

    multisim = version.attributes["multisim"]

    assert Polarity.AVAILABLE is multisim.polarity
    assert wording(multisim) == "zubuchbar für 3,99\u00a0€ monatlich"


@pytest.mark.parametrize(
    ("wrong", "line", "complaint"),
    [
        ("price: {value: 24.90, unit: EUR}", 12, "price"),
        ("grundpreis: {value: viel, unit: EUR}", 12, "number such as 29.99"),
        ("grundpreis: {value: 24.90}", 12, "unit"),
        ("grundpreis: {value: 24.90, unit: EUR, pre: Monat}", 12, "unknown key 'pre'"),
        ("grundpreis: {polarity: gratis}", 12, "included, excluded"),
        (
            "grundpreis: {value: 1, unit: EUR}\n      grundpreis: {polarity: free}",
            13,
            "twice",
        ),
    ],
)
def test_a_wrong_tariff_file_is_named_with_line_and_remedy(tmp_path, wrong, line, complaint):
    written = TARIFF.replace("grundpreis: {value: 24.90, unit: EUR, per: Monat}", wrong)

    with pytest.raises(TariffFileError, match=complaint) as caught:
        Tariffs.load(folder_with(tmp_path, written))

    assert line == caught.value.line
    assert tmp_path / "mobil_m.yaml" == caught.value.path


def test_a_missing_date_and_a_wrong_date_are_named(tmp_path):
    folder = folder_with(tmp_path, TARIFF.replace("as_of: 2025-10-01", "as_of: Oktober"))

    with pytest.raises(TariffFileError, match="2025-10-01, not 'Oktober'") as caught:
        Tariffs.load(folder)

    assert caught.value.line == 9


def test_an_empty_folder_is_no_tariff_collection(tmp_path):
    with pytest.raises(TariffFileError, match="no tariff files"):
        Tariffs.load(tmp_path)
