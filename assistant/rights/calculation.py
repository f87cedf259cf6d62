"""A calculated value that can explain itself: inputs, rule and steps for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from assistant.messages import AssistantError, Evidence, EvidenceKind
from knowledge_base import wording

Result = TypeVar("Result", bound="Decimal | date | bool | str | None", covariant=True)
Plain = Decimal | date | bool | int | str | None

_YEARS = range(1990, 2100)
_MOST = Decimal(1_000_000)
_CENT = Decimal("0.01")
_SINGULAR = {"Tage": "Tag", "Arbeitstage": "Arbeitstag", "Monate": "Monat"}


class InvalidInput(AssistantError):
    """A calculation cannot be made from this value; the caller asks for another one."""

    def __init__(self, name: str, value: object, remedy: str) -> None:
        super().__init__(f"{name} is {value!r}; {remedy}")
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A named value, for example an input of a calculation or one of its parts."""

    name: str
    """In German, as a customer may read it."""
    value: Plain
    unit: str | None = None

    @property
    def text(self) -> str:
        """Write the value the German way."""
        return written(self.value, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(Generic[Result]):
    """The result of a calculation and everything it was made from."""

    name: str
    """German ASCII id of the calculation, the reference of its evidence."""
    value: Result
    unit: str | None = None
    """``EUR``, ``GB``, ``%``, ``Tage`` …; None for a date, a yes or no, or a word."""
    rule: str
    """Paragraph or, where the law is silent, what was agreed."""
    inputs: tuple[Quantity, ...]
    parts: tuple[Quantity, ...] = ()
    """What the value consists of or implies, in order: days, months, further dates."""
    steps: tuple[str, ...]
    """German sentences that lead from the inputs to the value, to be shown one by one."""

    @property
    def text(self) -> str:
        """Write the value the German way."""
        return written(self.value, self.unit)

    @property
    def evidence(self) -> Evidence:
        """Give the proof for a fact that states this value."""
        return Evidence(
            kind=EvidenceKind.CALCULATION,
            reference=self.name,
            inputs=tuple((one.name, one.text) for one in self.inputs),
        )

    def part(self, name: str) -> Quantity:
        """Return a part by its name; asking for one that does not exist is our mistake."""
        return next(one for one in self.parts if one.name == name)


def written(value: Plain, unit: str | None = None) -> str:
    """Write any value the German way: ``30,00 €``, ``15.04.2027``, ``ja``."""
    match value:
        case None:
            return "keine Angabe"
        case bool():
            return "ja" if value else "nein"
        case date():
            return wording.day(value)
        case int() | Decimal():
            unit = _SINGULAR.get(unit, unit) if value == 1 and unit else unit
            return wording.amount(_plain(Decimal(value)), unit).replace("-", "−")
        case str():
            return value


def euro(value: Decimal) -> str:
    """Write money: ``1.234,56 €``."""
    return written(value, "EUR")


def cents(value: Decimal) -> Decimal:
    """Round money to whole cents, half a cent up."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def cents_below(value: Decimal) -> Decimal:
    """Cut money to whole cents, so that a legal limit is not passed by rounding."""
    return value.quantize(_CENT, ROUND_DOWN)


def days(count: int, case: str = "Tage") -> str:
    """Write a number of days: ``1 Tag``, ``14 Tage``; `case` is the plural that fits."""
    return f"{count} {'Tag' if count == 1 else case}"


def months(count: int, case: str = "Monate") -> str:
    """Write a number of months: ``1 Monat``, ``24 Monate``; `case` is the plural that fits."""
    return f"{count} {'Monat' if count == 1 else case}"


def need_amount(name: str, value: Decimal) -> None:
    """Refuse an amount or quantity that is negative, no number or absurd.

    Raises:
        InvalidInput: It is.
    """
    if not value.is_finite() or not 0 <= value <= _MOST:
        raise InvalidInput(name, value, f"give a number from 0 to {_MOST}")


def need_count(name: str, value: int, *, least: int = 0, most: int = 600) -> None:
    """Refuse a count outside its bounds.

    Raises:
        InvalidInput: It is.
    """
    if not least <= value <= most:
        raise InvalidInput(name, value, f"give a whole number from {least} to {most}")


def need_day(name: str, value: date) -> None:
    """Refuse a day that no contract can have.

    Raises:
        InvalidInput: It lies before 1990 or after 2099.
    """
    if value.year not in _YEARS:
        raise InvalidInput(name, value, f"give a day from {_YEARS[0]} to {_YEARS[-1]}")


def need_order(earlier_name: str, earlier: date, name: str, value: date) -> None:
    """Refuse two days in the wrong order, or outside the years of contracts.

    Raises:
        InvalidInput: They are.
    """
    need_day(earlier_name, earlier)
    need_day(name, value)
    if value < earlier:
        raise InvalidInput(
            name, value, f"give a day that is not before {earlier_name} ({earlier.isoformat()})"
        )


def _plain(value: Decimal) -> Decimal:
    """Drop zeros behind the decimal point and any exponent."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
