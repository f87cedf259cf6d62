"""What is told of a customer's records: reviewed sentences, each figure with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.blocks import Block, ItemList, Paragraph
from assistant.messages import Choice, Evidence, EvidenceKind, Fact, Reply
from assistant.rights.calculation import Calculation, Plain, written

MISSING = "fehlt"
"""Begins the name of a sentence that says that our records do not hold what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """A value that a sentence names, and what proves it."""

    text: str
    value: Decimal | None = None
    unit: str | None = None
    product: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the customer system, as the proof of what is told of it."""

    reference: str
    product: str | None = None

    def euro(self, value: Decimal) -> Datum:
        """Tell an amount of money."""
        return self._datum(written(value, "EUR"), value, "EUR")

    def amount(self, value: Decimal | int, unit: str | None = None) -> Datum:
        """Tell a quantity with its unit."""
        return self._datum(written(value, unit), Decimal(value), unit)

    def day(self, value: date) -> Datum:
        """Tell a day."""
        return self._datum(written(value))

    def word(self, value: str) -> Datum:
        """Tell a name or number as it stands in the record."""
        return self._datum(value)

    def _datum(self, text: str, value: Decimal | None = None, unit: str | None = None) -> Datum:
        evidence = Evidence(kind=EvidenceKind.CUSTOMER_DATA, reference=self.reference)
        return Datum(text=text, value=value, unit=unit, product=self.product, evidence=evidence)


def computed(calculation: Calculation[Decimal | date | bool | None], product: str | None) -> Datum:
    """Tell the result of a calculation."""
    value = calculation.value
    return Datum(
        text=calculation.text,
        value=value if isinstance(value, Decimal) else None,
        unit=calculation.unit,
        product=product,
        evidence=calculation.evidence,
    )


def part(
    calculation: Calculation[Decimal | date | bool | None], value: Plain, unit: str | None = None
) -> Datum:
    """Tell a part of a calculation, such as one of its days."""
    return Datum(
        text=written(value, unit),
        value=value if isinstance(value, Decimal) else None,
        unit=unit,
        evidence=calculation.evidence,
    )


@dataclass(slots=True)
class Told:
    """Sentences, lists and steps, collected in order."""

    says: Mapping[str, str]
    """The sentences of this answer by their form."""
    blocks: list[Block] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    missing: bool = False
    """Something asked for is not in our records; a person is offered."""

    def say(self, form: str, **data: Datum) -> Told:
        """Say a sentence with its values."""
        self.blocks.append(Paragraph(text=self._filled(form, data)))
        self.missing = self.missing or form.startswith(MISSING)
        return self

    def list(self, rows: Iterable[tuple[str, Mapping[str, Datum]]]) -> Told:
        """Say several short sentences as a list."""
        items = tuple(self._filled(form, data) for form, data in rows)
        if items:
            self.blocks.append(ItemList(items=items))
        return self

    def steps(
        self, calculation: Calculation[Decimal | date | bool | None], product: str | None = None
    ) -> Told:
        """Show how a value was calculated, one step after the other."""
        self.blocks.append(ItemList(items=calculation.steps, ordered=True))
        self.facts += [
            Fact(
                product=product,
                attribute=calculation.name,
                text=step,
                qualifier=calculation.rule,
                evidence=calculation.evidence,
            )
            for step in calculation.steps
            if any(char.isdigit() for char in step)
        ]
        return self

    def reply(self, *choices: Choice) -> Reply:
        """Make it a reply; where something is missing, a person is one of the choices."""
        return Reply(
            blocks=tuple(self.blocks),
            facts=tuple(dict.fromkeys(self.facts)),
            choices=choices if self.missing else (),
            answered=not self.missing,
            confidence=1.0,
        )

    def _filled(self, form: str, data: Mapping[str, Datum]) -> str:
        self.facts += [
            Fact(
                product=datum.product,
                attribute=name,
                value=datum.value,
                unit=datum.unit,
                text=datum.text,
                evidence=datum.evidence,
            )
            for name, datum in data.items()
            if any(char.isdigit() for char in datum.text)
        ]
        return self.says[form].format(**{name: datum.text for name, datum in data.items()})
