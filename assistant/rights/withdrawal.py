"""Until when a contract can be withdrawn from: §§ 355, 356, 187, 188 and 193 BGB."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    days,
    need_day,
    need_order,
)
from assistant.rights.days import ONE_DAY, months_later, working_day_from
from knowledge_base.wording import day

PERIOD_DAYS = 14
LONGEST_MONTHS = 12
"""The period ends this long plus its 14 days after the event, even without an instruction."""
LAST_DAY = "Letzter Tag der Frist"

Kind = Literal["service", "goods"]
_EVENTS: Final[dict[Kind, str]] = {"service": "Vertragsschluss", "goods": "Lieferung"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRules:
    """What is usual but was not verified in the text of the law (DOMAIN.md 2.3)."""

    moves_to_working_day: bool = True
    """A last day on Saturday, Sunday or holiday moves to the next working day (§ 193 BGB)."""


RULES = WithdrawalRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What was bought, and from when the customer can know their right."""

    kind: Kind
    event: date
    """Conclusion of the contract; for goods their delivery."""
    instructed: date | None
    """When the customer had a correct instruction; None: never."""


def withdrawal_end(
    purchase: Purchase, *, state: str | None = None, rules: WithdrawalRules = RULES
) -> Calculation[date]:
    """Find the last day on which a withdrawal can be sent.

    Args:
        state: Where the customer lives, such as ``NW``; None counts nationwide holidays only,
            which never names too late a day.

    Raises:
        InvalidInput: The kind or the state is unknown, or a day is absurd.
    """
    if purchase.kind not in _EVENTS:
        raise InvalidInput("kind", purchase.kind, f"give one of {', '.join(_EVENTS)}")
    need_day("event", purchase.event)
    event = _EVENTS[purchase.kind]
    longest = months_later(purchase.event, LONGEST_MONTHS) + timedelta(days=PERIOD_DAYS)
    steps = [f"{event} war am {day(purchase.event)}; dieser Tag zählt nicht mit."]
    if purchase.instructed is None:
        end = longest
        steps.append(
            "Ohne richtige Widerrufsbelehrung endet die Frist erst "
            f"{LONGEST_MONTHS} Monate und {days(PERIOD_DAYS)} danach, am {day(end)}."
        )
        first = purchase.event + ONE_DAY
    else:
        need_day("instructed", purchase.instructed)
        begin = max(purchase.event, purchase.instructed)
        first = begin + ONE_DAY
        if begin > purchase.event:
            steps.append(
                f"Die richtige Widerrufsbelehrung kam erst am {day(begin)}; vorher beginnt die "
                "Frist nicht."
            )
        end = begin + timedelta(days=PERIOD_DAYS)
        steps.append(
            f"Die Frist von {days(PERIOD_DAYS, 'Tagen')} beginnt am {day(first)} und endet am "
            f"{day(end)}."
        )
        if end > longest:
            end = longest
            steps.append(
                f"Spätestens endet sie aber {LONGEST_MONTHS} Monate und "
                f"{days(PERIOD_DAYS)} nach dem Ereignis, am {day(end)}."
            )
    if rules.moves_to_working_day and (moved := working_day_from(end, state)) != end:
        steps.append(
            f"Der {day(end)} ist ein Samstag, Sonntag oder Feiertag; die Frist endet deshalb am "
            f"nächsten Werktag, dem {day(moved)}."
        )
        end = moved
    steps.append("Es genügt, wenn Sie den Widerruf bis dahin absenden.")
    return Calculation(
        name="widerrufsfrist",
        value=end,
        rule="§§ 355, 356 und 193 BGB",
        inputs=(
            Quantity(name=event, value=purchase.event),
            Quantity(name="Richtige Widerrufsbelehrung", value=purchase.instructed),
            Quantity(name="Bundesland", value=state),
        ),
        parts=(
            Quantity(name="Erster Tag der Frist", value=min(first, end)),
            Quantity(name=LAST_DAY, value=end),
        ),
        steps=tuple(steps),
    )


def withdrawal_in_time(
    purchase: Purchase,
    sent: date,
    *,
    state: str | None = None,
    rules: WithdrawalRules = RULES,
) -> Calculation[bool]:
    """Tell whether a withdrawal sent on a day is in time; a goods' one may precede delivery.

    Raises:
        InvalidInput: The withdrawal of a service was sent before the contract, or as above.
    """
    if purchase.kind == "service":
        need_order("event", purchase.event, "sent", sent)
    need_day("sent", sent)
    end = withdrawal_end(purchase, state=state, rules=rules)
    value = sent <= end.value
    judged = "rechtzeitig" if value else "nicht mehr rechtzeitig"
    return Calculation(
        name="widerruf_rechtzeitig",
        value=value,
        rule=end.rule,
        inputs=(*end.inputs, Quantity(name="Absendung des Widerrufs", value=sent)),
        parts=end.parts,
        steps=(*end.steps, f"Ein am {day(sent)} abgesandter Widerruf ist {judged}."),
    )
