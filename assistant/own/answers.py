"""What is answered from which records: one line an answer, the sentences stand in the content."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.customers.records import Contract
from assistant.own import bills, charges, claims, details, options, service, sums, terms, volume
from assistant.own.case import Case, is_mobile
from assistant.own.content import OwnContent, read_own
from assistant.own.told import Told


def _with_options(contract: Contract) -> bool:
    return bool(contract.options)


def _any(contract: Contract) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How an answer comes about."""

    tell: Callable[[Case], Awaitable[Told]]
    forms: tuple[str, ...]
    """Every sentence it may say."""
    fits: Callable[[Contract], bool] | None = None
    """It is about one contract, and about one of these; None: about the whole account."""


def _of(tell: Callable[[Case], Awaitable[Told]], forms: str) -> Answering:
    return Answering(tell=tell, forms=tuple(forms.split()))


def _of_contract(
    tell: Callable[[Case], Awaitable[Told]],
    forms: str,
    fits: Callable[[Contract], bool] = _any,
) -> Answering:
    return Answering(tell=tell, forms=tuple(forms.split()), fits=fits)


_ORDERED = (
    "unterwegs unterwegs_ohne_tag eingegangen eingegangen_ohne_tag bestaetigt bestaetigt_ohne_tag "
    "verschickt verschickt_ohne_tag erledigt storniert keine"
)
ANSWERS: dict[str, Answering] = {
    "rechnung": _of(
        bills.bill, "keine anderer_monat ausgeglichen bezahlt offen ueberfaellig strittig"
    ),
    "rechnung_posten": _of(
        bills.lines, "keine einer einer_menge zum_vertrag alle zeile zeile_menge hinweis_dritte"
    ),
    "rechnung_hoeher": _of(
        bills.higher, "keine fehlt gleich niedriger hoeher mehr weniger mehr_statt weniger_statt"
    ),
    "rechnung_zustellung": _of(bills.delivered, "keine anderer_monat gefunden"),
    "rechnung_steuer": _of(sums.tax, "keine gefunden"),
    "rechnung_anteil": _of(sums.by_contract, "keine gefunden anteil"),
    "rechnung_voraus": _of(sums.expected, "keiner gefunden"),
    "offene_betraege": _of(
        bills.open_amounts, "nichts summe zeile zeile_ueberfaellig zeile_strittig"
    ),
    "mahnung": _of(charges.reminders, "keine gefunden zeile summe"),
    "gutschrift": _of(charges.credits_given, "fehlt gefunden"),
    "beanstandung": _of(charges.disputes, "keine posten laeuft erledigt"),
    "drittanbieter": _of(charges.third_parties, "keine_rechnung keine gefunden zeile strittig"),
    "roamingkosten": _of(charges.used_abroad, "fehlt gefunden zeile zeile_menge"),
    "restvolumen": _of_contract(volume.left, "fehlt unbegrenzt noch verbraucht", is_mobile),
    "verbrauch": _of_contract(volume.used, "fehlt unbegrenzt gefunden", is_mobile),
    "drosselung": _of_contract(volume.slowed, "fehlt unbegrenzt nein ja", is_mobile),
    "abrechnungsmonat": _of_contract(volume.renewal, "fehlt gefunden", is_mobile),
    "datenpass": _of_contract(volume.passes, "keiner aktiv ohne_ende rest", is_mobile),
    "vertragsende": _of_contract(terms.end, "gekuendigt laeuft danach"),
    "vertragsbeginn": _of_contract(terms.beginning, "gefunden kommt"),
    "kuendigungstag": _of_contract(terms.notice, "gekuendigt rechtzeitig verpasst jederzeit"),
    "verlaengerung": _of_contract(terms.prolonged, "gekuendigt laeuft danach"),
    "tarif": _of(terms.tariff, "einer mehrere zeile"),
    "monatspreis": _of_contract(terms.price, "noch_nicht grundpreis grundpreis_am aktion summe"),
    "rabatt": _of_contract(terms.discount_end, "keiner laeuft vorbei"),
    "fassung": _of_contract(terms.version, "gefunden"),
    "optionen": _of_contract(
        terms.options, "keine nicht_gebucht gefunden zeile zeile_fest zeile_bis"
    ),
    "option_ende": _of_contract(
        options.option_end, "keine zeile zeile_fest zeile_bis", _with_options
    ),
    "geraete": _of_contract(terms.devices, "keine gefunden"),
    "kuendigung": _of_contract(terms.cancelled, "ja nein"),
    "bestellung": _of(service.orders, _ORDERED),
    "ersatz_sim": _of(service.new_sim, _ORDERED),
    "anschluss": _of(service.connection, "fehlt geplant ohne_tag termin"),
    "portierung": _of(
        service.porting,
        "keine rein raus rein_ohne_tag raus_ohne_tag rein_fertig raus_fertig verspaetet",
    ),
    "umzug": _of(service.move, "keiner gefunden ohne_ort termin"),
    "stoerung": _of(service.faults, "keine laeuft laeuft_ohne_tag behoben termin"),
    "vorgang": _of(service.tickets, "fehlt offen erledigt"),
    "beschwerde": _of(service.complaints, "fehlt offen erledigt"),
    "techniker": _of(service.visits, "keiner geplant erledigt versaeumt versaeumt_am abgesagt"),
    "leitung": _of(service.line_test, "fehlt gefunden"),
    "kundennummer": _of(details.customer_number, "kundennummer zeile"),
    "rufnummer": _of(details.phone_numbers, "keine eine mehrere zeile"),
    "karten": _of(details.cards, "keine gefunden zeile multisim"),
    "sperre": _of_contract(details.blocked, "nein verlust rueckstand rueckstand_angedroht"),
    "inhaber": _of(details.holder, "inhaber nutzer"),
    "stammdaten": _of(details.master_data, "gefunden ohne_anrede"),
    "werbung": _of(details.consents, "ja nein"),
    "anschrift": _of(details.address, "gefunden"),
    "kontakt": _of(details.contacts, "keine gefunden mail telefon"),
    "bankverbindung": _of(details.bank, "lastschrift ueberweisung"),
    "entschaedigung": _of(claims.compensation, "keine stoerung stoerung_ohne termin gutschrift"),
    "widerruf": _of_contract(claims.withdrawal, "fehlt_geschaeft offen vorbei"),
    "sperre_erlaubt": _of(claims.blocking, "ja noch_nicht nein"),
    "gesamtkosten": _of_contract(claims.whole_cost, "gefunden"),
    "anteilig": _of_contract(claims.partial_month, "erster letzter"),
}
GENERAL = (
    "meinen_sie",
    "welcher_vertrag",
    "kein_vertrag",
    "kein_solcher_vertrag",
    "fremd",
    "mehr_nachweis",
    "nicht_erreichbar",
    "unbekannt",
    "fassung",
    "heute_neu",
)


def load_own(path: Path) -> OwnContent:
    """Read the sentences of one language, each answer with exactly its forms.

    Raises:
        ContentError: They do not fit what is answered here.
    """
    return read_own(path, {name: one.forms for name, one in ANSWERS.items()}, GENERAL)
