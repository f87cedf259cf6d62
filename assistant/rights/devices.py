"""What a device costs in instalments, and what is owed for one that is kept."""

from __future__ import annotations

from decimal import Decimal

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    cents,
    cents_below,
    euro,
    need_amount,
    need_count,
)

NOTHING = Decimal("0.00")


def instalments(*, price: Decimal, count: int, down: Decimal = NOTHING) -> Calculation[Decimal]:
    """Split the price of a device into equal instalments; the last one takes the odd cents.

    The value is the regular instalment; the parts are all payments.

    Raises:
        InvalidInput: A price is negative, the down payment too high or the count out of bounds.
    """
    need_amount("price", price)
    need_amount("down", down)
    need_count("count", count, least=1, most=60)
    if down > price:
        raise InvalidInput("down", down, f"give at most the price ({price})")
    price, down = cents(price), cents(down)
    credit = price - down
    each = cents_below(credit / count)
    last = credit - each * (count - 1)
    rates = [each] * (count - 1) + [last]
    return Calculation(
        name="ratenzahlung",
        value=rates[0],
        unit="EUR",
        rule="vereinbarte Ratenzahlung ohne Zinsen",
        inputs=(
            Quantity(name="Gerätepreis", value=price, unit="EUR"),
            Quantity(name="Anzahlung", value=down, unit="EUR"),
            Quantity(name="Anzahl der Raten", value=count),
        ),
        parts=(
            Quantity(name="Anzahlung", value=down, unit="EUR"),
            *(
                Quantity(name=f"Rate {number}", value=rate, unit="EUR")
                for number, rate in enumerate(rates, start=1)
            ),
        ),
        steps=(
            f"{euro(price)} − {euro(down)} Anzahlung = {euro(credit)}.",
            f"{euro(credit)} ÷ {count} = {euro(rates[0])} je Rate, auf Cent abgerundet.",
            f"Die letzte Rate beträgt {euro(last)}.",
        ),
    )


def kept_device(
    *, value_at_start: Decimal, term_months: int, used_months: int, remaining_fees: Decimal
) -> Calculation[Decimal]:
    """Give the most that is owed for a device kept after an early, justified end (§ 56 (4)).

    Raises:
        InvalidInput: An amount is negative, or more months were used than the term has.
    """
    need_amount("value_at_start", value_at_start)
    need_amount("remaining_fees", remaining_fees)
    need_count("term_months", term_months, least=1, most=60)
    need_count("used_months", used_months, most=term_months)
    left = term_months - used_months
    share = cents(value_at_start * left / term_months)
    value = min(share, cents(remaining_fees))
    return Calculation(
        name="wertersatz_geraet",
        value=value,
        unit="EUR",
        rule="§ 56 Absatz 4 TKG",
        inputs=(
            Quantity(name="Wert des Geräts bei Vertragsschluss", value=value_at_start, unit="EUR"),
            Quantity(name="Laufzeit", value=term_months, unit="Monate"),
            Quantity(name="Vergangene Monate", value=used_months, unit="Monate"),
            Quantity(name="Restliche Entgelte", value=remaining_fees, unit="EUR"),
        ),
        steps=(
            f"Anteiliger Wert: {euro(value_at_start)} × {left} ÷ {term_months} = {euro(share)}.",
            f"Restliche Entgelte bis zum Ende der Laufzeit: {euro(remaining_fees)}.",
            f"Höchstens der niedrigere Betrag ist zu zahlen: {euro(value)}.",
        ),
    )
