"""Product information sheets: one per tariff version, with the fields of § 1(2) TKTransparenzV."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.publish.families import FAMILIES
from knowledge_base.publish.page import Grid, Heading, Part, Text, render
from knowledge_base.publish.publication import ADDRESS, OPERATOR, Publication
from knowledge_base.tariffs import Polarity, Tariff, Tariffs, TariffVersion
from knowledge_base.wording import day, wording

_PRICES = (
    "grundpreis",
    "paketpreis",
    "aktionspreis",
    "anschlusspreis",
    "starterpaket",
    "startguthaben",
    "gespraeche_inland",
    "datenpreis",
    "laufzeit_12_monate",
)


def leaflets(tariffs: Tariffs) -> Iterator[Publication]:
    """Yield the sheet of every version of every tariff, also of those no longer sold."""
    for tariff in tariffs.tariffs.values():
        if tariff.kind in FAMILIES:
            for version in tariff.versions:
                yield _leaflet(tariffs, tariff, version)


def _leaflet(tariffs: Tariffs, tariff: Tariff, version: TariffVersion) -> Publication:
    title = f"Produktinformationsblatt {tariff.name} (Fassung {version.version})"
    stand = f"Stand {day(version.as_of)}"
    grid = Grid(
        header=("Angabe", tariff.name), rows=_rows(tariffs, tariff, version), shares=(0.34, 0.66)
    )
    parts: list[Part] = [
        Heading(text=title, level=1),
        Text(
            text=f"Produktinformationsblatt gemäß § 1 der TK-Transparenzverordnung, {stand}. "
            "Alle Preise enthalten die gesetzliche Umsatzsteuer von 19 %."
        ),
        Heading(text=f"Angaben zum Tarif {tariff.name}"),
        grid,
    ]
    return Publication(
        path=f"produktinformationsblaetter/pib-{tariff.id.replace('_', '-')}-{version.version}.pdf",
        content=render(parts, title=title, footer=f"{OPERATOR} · {title} · {stand}"),
        title=title,
        kind="produktinformationsblatt",
        owner=tariff.owner,
        as_of=version.as_of,
        validity=version.validity,
        products=(tariff.id,),
    )


def _rows(tariffs: Tariffs, tariff: Tariff, version: TariffVersion) -> list[tuple[str, str]]:
    attributes = version.attributes
    launched = version.validity.sold_from
    rows = [
        ("Name des Produkts", tariff.name),
        ("Enthaltene Zugangsdienste", FAMILIES[tariff.kind].services),
        ("Datum der Markteinführung", day(launched) if launched else ""),
        ("Vertragslaufzeit", f"Mindestlaufzeit: {wording(attributes['mindestlaufzeit'])}"),
        ("Verlängerung des Vertrags", _sentence(wording(attributes["verlaengerung"]))),
        ("Beendigung des Vertrags", f"Kündigungsfrist: {wording(attributes['kuendigungsfrist'])}"),
    ]
    rows += _speeds(tariffs, tariff, version)
    rows += _volume(tariff, version)
    rows += [
        (tariffs.kinds[price].label, wording(attributes[price]))
        for price in _PRICES
        if price in attributes
    ]
    return [*rows, ("Name und Anschrift des Anbieters", f"{OPERATOR}, {ADDRESS}")]


def _speeds(tariffs: Tariffs, tariff: Tariff, version: TariffVersion) -> list[tuple[str, str]]:
    if FAMILIES[tariff.kind].mobile:
        return [
            (f"Geschätzte maximale {direction}geschwindigkeit", wording(version.attributes[speed]))
            for direction, speed in (("Download", "download_max"), ("Upload", "upload_max"))
        ]
    return [
        (tariffs.kinds[speed].label, wording(version.attributes[speed]))
        for speed in (f"{way}_{size}" for way in ("download", "upload") for size in _SIZES)
    ]


_SIZES = ("min", "normal", "max")


def _volume(tariff: Tariff, version: TariffVersion) -> list[tuple[str, str]]:
    volume, throttle = version.attributes["datenvolumen"], version.attributes["drosselung"]
    if volume.polarity is Polarity.EXCLUDED:
        return [("Datenvolumen", _sentence(wording(volume)))]
    if throttle.value is None:
        return [("Begrenzung des Datenvolumens", f"Keine: Das Datenvolumen ist {wording(volume)}.")]
    return [
        ("Datenvolumen, ab dem die Geschwindigkeit sinkt", wording(volume)),
        ("Geschwindigkeit nach Verbrauch des Datenvolumens", wording(throttle)),
        (
            "Dienste, die das Datenvolumen verbrauchen",
            FAMILIES[tariff.kind].counted,
        ),
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
