"""Families of tariffs: what an overview of each shows, and by which words customers name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_PRICE = ("grundpreis", "paketpreis")
_TERMS = (("anschlusspreis",), ("mindestlaufzeit",), ("kuendigungsfrist",))
_LATER = (("aktionspreis",), ("preis_nach_laufzeit",))
"""A price that is another at first or later is not the price alone."""
_MOBILE = (
    _PRICE,
    ("datenvolumen",),
    ("download_max",),
    ("fuenf_g",),
    ("allnet_flat",),
    ("eu_roaming",),
    ("anschlusspreis",),
    ("mindestlaufzeit",),
)
_LINE = (
    _PRICE,
    ("download_max",),
    ("upload_max",),
    ("festnetz_flat",),
    ("anschlusspreis",),
    ("mindestlaufzeit",),
)
_SERVICE = (("verfuegbarkeit",), ("entstoerzeit",))
_ROWS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "mobilfunk": _MOBILE,
        "mobilfunk_ermaessigt": (_PRICE, *_LATER, ("voraussetzung",), *_MOBILE[1:]),
        "prepaid": (
            _PRICE,
            ("gespraeche_inland",),
            ("datenpreis",),
            ("datenvolumen",),
            ("download_max",),
            ("fuenf_g",),
            ("allnet_flat",),
            ("eu_roaming",),
            ("starterpaket",),
            ("startguthaben",),
            ("mindestlaufzeit",),
            ("kuendigungsfrist",),
        ),
        "option": (("grundpreis",), ("paketpreis",), ("datenvolumen",), ("leistung",),
                   ("laufzeit_option",)),
        "kabel": (_PRICE, *_LATER, *_LINE[1:], ("kuendigungsfrist",)),
        "funkinternet": (
            _PRICE,
            *_LATER,
            ("datenvolumen",),
            ("download_max",),
            ("upload_max",),
            ("nutzungsort",),
            *_TERMS,
        ),
        "business_mobil": (*_MOBILE[:-2], ("servicezeit",), *_TERMS),
        "iot": (
            _PRICE,
            ("mindestmenge",),
            ("datenvolumen",),
            ("download_max",),
            ("fuenf_g",),
            *_TERMS,
        ),
        "sd_wan": (_PRICE, ("mindestmenge",), ("download_max",), ("leistung",), *_SERVICE, *_TERMS),
        "slicing": (_PRICE, ("download_min",), ("latenz",), *_SERVICE, *_TERMS),
        "housing": (_PRICE, ("hoeheneinheiten",), ("stromleistung",), ("download_max",), *_SERVICE,
                    *_TERMS),
    }
)  # fmt: skip
"""By kind: the attributes of an overview; of several in one place, the one a tariff has."""

_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "prepaid": re.compile(
            r"\bprepaid(?:[\s-]?karten?\b)?\w*(?!\s(?:basis|s|m)\b)(?!\w)", re.IGNORECASE
        ),
        # "Was kostet das Kabel?" asks for a thing, not for a line.
        "kabel": re.compile(
            r"\bkabel(?:internet|anschl[uü]ss\w*|tarif\w*)\b"
            r"|(?<!\bdas )(?<!\bein )(?<!\bdem )(?<!\bwelches )\bkabel\b(?!\s?\d)",
            re.IGNORECASE,
        ),
        "funkinternet": re.compile(
            r"\b(?:funk(?:internet|tarif)\w*|funk-?box(?:en|-?tarif\w*)?)(?!\w)(?!\s(?:5g|lte))",
            re.IGNORECASE,
        ),
        "mobilfunk_ermaessigt": re.compile(
            r"\b(?:ermäßigte[nr]?|ermaessigte[nr]?|vergünstigte[nr]?)\s(?:handy|mobil\w*)?-?tarife?\b",
            re.IGNORECASE,
        ),
        "business_mobil": re.compile(
            r"\bbusiness[\s-]?mobil(?!\s[sml]\b)\b|\b(?:geschäfts|firmen)handytarif\w*",
            re.IGNORECASE,
        ),
        "iot": re.compile(r"\b(?:iot|m2m)\b(?![\s-](?:start|pro)\b)", re.IGNORECASE),
        "sd_wan": re.compile(r"\bsd-?\s?wan\b(?!\s(?:basis|plus))", re.IGNORECASE),
        "slicing": re.compile(r"\bcampus-?\s?slices?\b(?!\s(?:basis|echtzeit))", re.IGNORECASE),
        "housing": re.compile(r"\bhousing\b(?!\s(?:viertel|voll))", re.IGNORECASE),
    }
)


def rows(kind: str) -> tuple[tuple[str, ...], ...]:
    """Return what an overview of tariffs of a kind shows, in order."""
    return _ROWS.get(kind, _LINE)


def named(text: str) -> frozenset[str]:
    """Return the special families that a text names; the plain ones are in `families`."""
    return frozenset(kind for kind, words in _WORDS.items() if words.search(text))


def without_names(text: str) -> str:
    """Return what a text says besides the special families it names."""
    for words in _WORDS.values():
        text = words.sub(" ", text)
    return text


def families(text: str) -> frozenset[str]:
    """Name the kinds of tariffs a question can mean."""
    special = named(text)
    if special:
        return special
    if re.search(r"\b(handy|mobil|smartphone|sim)", text, re.IGNORECASE):
        return frozenset({"mobilfunk"})
    lines = frozenset(re.findall(r"glasfaser|dsl", text.lower()))
    if len(lines) == 1:
        return lines
    if re.search(r"\b(festnetz|haustelefon|dsl|glasfaser|zu ?hause|internetanschluss)", text, re.I):
        return frozenset({"glasfaser", "dsl"})
    return frozenset({"mobilfunk", "glasfaser", "dsl"})
