"""Names of countries in German and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def in_german() -> Mapping[str, str]:
    """Give the German name of every country by its English one."""
    english, german = _names("en"), _names("de")
    return {name: german[code] for code, name in english.items() if code in german}


def in_english(name: str) -> str:
    """Say the German name of a country in English; as it stands where none is known."""
    return _by_german_name().get(name, name)


@cache
def _by_german_name() -> Mapping[str, str]:
    return {german: english for english, german in in_german().items()}


@cache
def _names(language: str) -> Mapping[str, str]:
    from babel import Locale

    names = Locale(language).territories
    return {code: name for code, name in names.items() if code.isalpha() and len(code) == 2}
