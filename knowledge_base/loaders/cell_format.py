"""What a cell of a table shows: its value by its number format, written the German way."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from knowledge_base.loaders.reading import clean
from knowledge_base.wording import number

Value = str | bool | int | float | date | time | timedelta
"""What a cell can hold."""

_SHOWN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])'
    r"|[_*](?P<space>.)|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+|General|@)|(?P<plain>.)"
)
_ELSE = re.compile(r"E[+-]|[#?0]\s*/")
"""Scientific notation and fractions, which no price list shows."""
_BEFORE = re.compile(r"(?P<sign>€|EUR|\$|CHF)\s*(?P<rest>.*)")
_TIGHT = re.compile(r"(?<=\d)(?=[€%])")
_DIGITS = 10
"""As many as a cell without a format shows; beyond them stands what binary fractions leave over."""


def shown(value: Value, form: str) -> str:
    """Write a value as its cell shows it: ``0.19`` in ``0.00 "€"`` as ``0,19 €``."""
    match value:
        case str():
            return clean(value)
        case bool():
            return "ja" if value else "nein"
        case datetime():
            return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return _figure(Decimal(f"{value:.15g}"), form)


def _figure(value: Decimal, form: str) -> str:
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    zero = sections[2] if len(sections) > 2 else ""
    if value == 0 and any(c.isalpha() for c in _words(zero)) and not re.search("[#0]", zero):
        return clean(_words(zero))
    first = sections[0]
    if not first or _ELSE.search(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", first)):
        return _plain(value)
    parts, pattern, percent = ["", ""], "", False
    for found in _SHOWN.finditer(first):
        if found["digits"] and not pattern:
            pattern = found["digits"]
            continue
        percent = percent or found["plain"] == "%"
        parts[bool(pattern)] += _literal(found)
    text = _digits(value * 100 if percent else value, pattern) if pattern else ""
    before = _BEFORE.match(parts[0].strip())
    if before:
        parts = [before["rest"], f" {before['sign']}{parts[1]}"]
    return _TIGHT.sub(" ", clean("".join((parts[0], text, parts[1]))))


def _words(section: str) -> str:
    return "".join(_literal(found) for found in _SHOWN.finditer(section))


def _literal(found: re.Match[str]) -> str:
    if found["space"] or found["bracket"]:
        return " " if found["space"] else ""
    return found["quoted"] or found["escaped"] or found["currency"] or found["plain"] or ""


def _digits(value: Decimal, pattern: str) -> str:
    if pattern in {"General", "@"}:
        return _plain(value)
    whole, _, decimals = pattern.partition(".")
    # A comma at the end leaves out thousands; one within parts them.
    value = value.scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    sign, rest = ("-" if rounded < 0 else ""), abs(rounded)
    text = number(rest) if "," in whole.rstrip(",") else f"{rest:f}".replace(".", ",")
    for place in reversed(decimals):
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    wanted = whole.count("0")
    lead, comma, after = text.removesuffix(",").partition(",")
    return f"{sign}{lead.zfill(wanted)}{comma}{after}"


def _plain(value: Decimal) -> str:
    text = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
