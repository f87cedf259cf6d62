"""When a contract or option ends: §§ 56, 57 and 60 TKG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    months,
    need_count,
    need_day,
    need_order,
)
from assistant.rights.days import last_day_of_term, latest_start, months_later
from knowledge_base.wording import day

NOTICE_AFTER_TERM = 1
"""Months, whatever an older contract says (§ 56 (3))."""
CHANGE_WINDOW = 3
"""Months to give notice after a one-sided change was announced (§ 57 (1))."""
_TERM = "§ 56 Absatz 3 TKG"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerm:
    """What was agreed about the end of a contract."""

    start: date
    minimum_end: date | None
    """Last day of the minimum term; None for a contract without one."""
    notice_months: int = NOTICE_AFTER_TERM
    """To the end of the minimum term; old contracts may have three months."""
    last_notice_day: date | None = None
    """As printed on the bill; None: calculated from the notice period."""


def term_of(
    start: date, minimum_months: int, notice_months: int = NOTICE_AFTER_TERM
) -> ContractTerm:
    """Build the term of a contract from its first day and its minimum term in months.

    Raises:
        InvalidInput: A value is out of bounds.
    """
    need_day("start", start)
    need_count("minimum_months", minimum_months, most=60)
    return ContractTerm(
        start=start,
        minimum_end=last_day_of_term(start, minimum_months) if minimum_months else None,
        notice_months=notice_months,
    )


def last_notice_day(term: ContractTerm) -> Calculation[date | None]:
    """Find the last day on which a notice to the end of the minimum term must arrive.

    None if there is no minimum term: notice is then possible on any day.

    Raises:
        InvalidInput: The term ends before it starts, or the notice period is absurd.
    """
    _check(term)
    name, rule = "letzter_kuendigungstag", "§ 56 TKG und vereinbarte Kündigungsfrist"
    if term.minimum_end is None:
        return Calculation(
            name=name,
            value=None,
            rule=_TERM,
            inputs=_inputs(term),
            steps=(
                "Ihr Vertrag hat keine Mindestlaufzeit; Sie können ihn jederzeit mit einer "
                "Frist von 1 Monat kündigen.",
            ),
        )
    first = f"Die Mindestlaufzeit Ihres Vertrags endet am {day(term.minimum_end)}."
    if term.last_notice_day is not None:
        value = term.last_notice_day
        second = f"Als letzter Tag für den Eingang der Kündigung ist der {day(value)} vereinbart."
    else:
        # A notice before the contract begins is as good as one on its first day.
        value = max(latest_start(term.minimum_end, term.notice_months), term.start)
        second = (
            f"Bei einer Kündigungsfrist von {months(term.notice_months, 'Monaten')} muss die "
            f"Kündigung spätestens am {day(value)} eingehen."
        )
    return Calculation(
        name=name, value=value, rule=rule, inputs=_inputs(term), steps=(first, second)
    )


def contract_end(term: ContractTerm, received: date) -> Calculation[date]:
    """Find the last day of a contract whose notice is received on a day.

    Raises:
        InvalidInput: The term ends before it starts, or a value is absurd.
    """
    _check(term)
    need_day("received", received)
    a_month_on = months_later(received, NOTICE_AFTER_TERM)
    came = f"Ihre Kündigung geht am {day(received)} ein."
    notice = last_notice_day(term)
    if term.minimum_end is None or received > term.minimum_end:
        value = max(a_month_on, term.start)
        why = (
            "Ihr Vertrag hat keine Mindestlaufzeit."
            if term.minimum_end is None
            else f"Die Mindestlaufzeit ist seit dem {day(term.minimum_end)} abgelaufen."
        )
        steps = [came, why, f"Mit einer Frist von 1 Monat endet der Vertrag am {day(value)}."]
    elif notice.value is not None and received <= notice.value:
        value = term.minimum_end
        steps = [came, *notice.steps]
        steps.append(f"Die Kündigung ist rechtzeitig; der Vertrag endet am {day(value)}.")
    else:
        value = max(a_month_on, term.minimum_end)
        steps = [came, *notice.steps]
        steps.append(
            "Dafür kommt die Kündigung zu spät; danach gilt eine Frist von 1 Monat ab Eingang."
        )
        steps.append(f"Der Vertrag endet am {day(value)}.")
    return Calculation(
        name="vertragsende",
        value=value,
        rule=_TERM,
        inputs=(*_inputs(term), Quantity(name="Eingang der Kündigung", value=received)),
        steps=tuple(steps),
    )


def option_end(
    *, booked: date, received: date, term_months: int = 1, notice_days: int = 0
) -> Calculation[date]:
    """Find the last day of an option that renews for a term of months until notice is given.

    Args:
        booked: First day of its first term; for one that follows the bill, that month's first day.

    Raises:
        InvalidInput: The notice is before the booking, or a period is out of bounds.
    """
    need_order("booked", booked, "received", received)
    need_count("term_months", term_months, least=1, most=24)
    need_count("notice_days", notice_days, most=90)
    effective = received + timedelta(days=notice_days)
    # Each term is counted from the first day, so that one begun on a 31st stays on month ends.
    passed = (effective.year - booked.year) * 12 + effective.month - booked.month
    terms = max(1, passed // term_months)
    while (value := last_day_of_term(booked, terms * term_months)) < effective:
        terms += 1
    steps = [
        f"Die Option läuft seit dem {day(booked)} und verlängert sich um jeweils "
        f"{months(term_months)}.",
        f"Ihre Kündigung geht am {day(received)} ein.",
    ]
    if notice_days:
        steps.append(f"Mit der Kündigungsfrist wirkt sie frühestens zum {day(effective)}.")
    steps.append(f"Die Option endet mit dem laufenden Zeitraum am {day(value)}.")
    return Calculation(
        name="optionsende",
        value=value,
        rule="vereinbarte Laufzeit der Option",
        inputs=(
            Quantity(name="Beginn der Option", value=booked),
            Quantity(name="Laufzeit der Option", value=term_months, unit="Monate"),
            Quantity(name="Kündigungsfrist", value=notice_days, unit="Tage"),
            Quantity(name="Eingang der Kündigung", value=received),
        ),
        steps=tuple(steps),
    )


def change_exit(
    *, notified: date, effective: date, received: date, wished: date | None = None
) -> Calculation[date | None]:
    """Find the end of a contract whose customer does not accept a one-sided change.

    None if the three months for it are over; the ordinary notice remains.

    Raises:
        InvalidInput: The change took effect or the notice came before the change was announced.
    """
    need_order("notified", notified, "effective", effective)
    need_order("notified", notified, "received", received)
    if wished is not None:
        need_order("received", received, "wished", wished)
    last = months_later(notified, CHANGE_WINDOW)
    steps = [
        f"Die Mitteilung über die Vertragsänderung hat Sie am {day(notified)} erreicht; "
        f"Sie können bis zum {day(last)} kündigen.",
        f"Ihre Kündigung geht am {day(received)} ein.",
    ]
    value: date | None
    if received > last:
        value = None
        steps.append("Die Frist ist abgelaufen; es gilt die ordentliche Kündigungsfrist.")
    else:
        value = max(effective, received, wished or received)
        steps.append(
            f"Die Änderung wird am {day(effective)} wirksam; früher endet der Vertrag nicht."
        )
        steps.append(f"Der Vertrag endet ohne Kosten am {day(value)}.")
    inputs = [
        Quantity(name="Zugang der Mitteilung", value=notified),
        Quantity(name="Wirksamwerden der Änderung", value=effective),
        Quantity(name="Eingang der Kündigung", value=received),
    ]
    if wished is not None:
        inputs.append(Quantity(name="Gewünschtes Ende", value=wished))
    return Calculation(
        name="kuendigung_bei_vertragsaenderung",
        value=value,
        rule="§ 57 Absatz 1 TKG",
        inputs=tuple(inputs),
        parts=(Quantity(name="Letzter Tag der Kündigungsfrist", value=last),),
        steps=tuple(steps),
    )


def moving_end(*, received: date, move_out: date) -> Calculation[date]:
    """Find the end of a contract that cannot be fulfilled at the new home.

    Raises:
        InvalidInput: A day is absurd.
    """
    need_day("received", received)
    need_day("move_out", move_out)
    a_month_on = months_later(received, 1)
    value = max(a_month_on, move_out)
    return Calculation(
        name="kuendigung_bei_umzug",
        value=value,
        rule="§ 60 TKG",
        inputs=(
            Quantity(name="Eingang der Kündigung", value=received),
            Quantity(name="Auszug", value=move_out),
        ),
        steps=(
            f"Ihre Kündigung geht am {day(received)} ein; die Frist von 1 Monat endet am "
            f"{day(a_month_on)}.",
            f"Der Vertrag endet frühestens mit Ihrem Auszug am {day(move_out)}.",
            f"Vertragsende ist der {day(value)}.",
        ),
    )


def _check(term: ContractTerm) -> None:
    need_day("start", term.start)
    need_count("notice_months", term.notice_months, most=12)
    if term.minimum_end is not None:
        need_order("start", term.start, "minimum_end", term.minimum_end)
    if term.last_notice_day is None:
        return
    if term.minimum_end is None:
        raise InvalidInput(
            "last_notice_day", term.last_notice_day, "leave it out without a minimum term"
        )
    need_order("last_notice_day", term.last_notice_day, "minimum_end", term.minimum_end)


def _inputs(term: ContractTerm) -> tuple[Quantity, ...]:
    found = [Quantity(name="Vertragsbeginn", value=term.start)]
    if term.minimum_end is None:
        return tuple(found)
    found.append(Quantity(name="Ende der Mindestlaufzeit", value=term.minimum_end))
    found.append(Quantity(name="Kündigungsfrist", value=term.notice_months, unit="Monate"))
    if term.last_notice_day is not None:
        found.append(Quantity(name="Letzter Kündigungstag", value=term.last_notice_day))
    return tuple(found)
