"""The survey's report, to be read by people and by programs (DOMAIN.md 1.2, 1.5, 1.10).

The score never stands alone: the number of answers and the interval are beside it, and below 30
answers there is no score at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.insights.funnel import Funnel, Series, read_series
from assistant.insights.nps import FEWEST, FIRM, Distribution, rounded, signed
from assistant.store import survey_log
from assistant.store.schema import survey_events

BAR = 30
"""Width of the longest bar, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsReport:
    """What was asked for, what was found, and whether the log can be trusted."""

    programme_id: str | None
    first: date | None
    last: date | None
    series: tuple[Series, ...]
    log: survey_log.Head
    broken_at: int | None
    """First entry of the log that does not fit; None: the chain is whole."""


async def report(
    connection: AsyncConnection,
    programme_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> NpsReport:
    """Count the log and verify all of it, whatever part was asked for."""
    if not await connection.run_sync(lambda plain: inspect(plain).has_table(survey_events.name)):
        return nothing_yet(programme_id, first, last)
    return NpsReport(
        programme_id=programme_id,
        first=first,
        last=last,
        series=await read_series(connection, programme_id, first, last),
        log=await survey_log.head(connection),
        broken_at=await survey_log.verify(connection),
    )


def nothing_yet(
    programme_id: str | None = None, first: date | None = None, last: date | None = None
) -> NpsReport:
    """Report on a house that nobody has asked anything yet."""
    return NpsReport(
        programme_id=programme_id,
        first=first,
        last=last,
        series=(),
        log=survey_log.Head(entries=0, hash=survey_log.FIRST_PREV_HASH),
        broken_at=None,
    )


def as_text(found: NpsReport) -> str:
    """Write the report in German."""
    return "\n".join((*_heading(found), *_body(found), "", *_chain(found)))


def as_json(found: NpsReport) -> str:
    """Write the report for programs; figures are unrounded, a score is null below 30 answers."""
    return json.dumps(
        {
            "programme": found.programme_id,
            "from": found.first and found.first.isoformat(),
            "until": found.last and found.last.isoformat(),
            "series": [_series_json(series) for series in found.series],
            "log": {
                "entries": found.log.entries,
                "head": found.log.hash,
                "verified": found.broken_at is None,
                "broken_at": found.broken_at,
            },
        },
        ensure_ascii=False,
        indent=2,
    )


def _heading(found: NpsReport) -> Iterator[str]:
    yield "NPS-Bericht"
    if found.first or found.last:
        yield f"Zeitraum: {_day(found.first) or 'Beginn'} bis {_day(found.last) or 'heute'}"
    else:
        yield "Zeitraum: alle Daten"


def _body(found: NpsReport) -> Iterator[str]:
    if not found.log.entries:
        yield "Noch kein Gespräch hat den Entscheidungspunkt der Befragung erreicht."
    elif not found.series:
        yield "Für diese Auswahl liegt nichts vor."
        yield "Ohne --programme, --from und --until sehen Sie alles."
    for series in found.series:
        yield ""
        yield f"Programm {series.programme_id}, Fragebogen {series.questionnaire_version}"
        yield ""
        yield from _scores(series.scores)
        yield ""
        yield from _funnel(series.funnel)


def _scores(scores: Distribution) -> Iterator[str]:
    most = max(scores.counts)
    for score, count in enumerate(scores.counts):
        bar = "█" * max(1, round(BAR * count / most)) if count else ""
        yield f"  {score:>2} │ {f'{bar} {count}' if count else '0'}"
    yield ""
    yield f"  Antworten                {_count(scores.answers):>8}"
    for label, count in (
        ("Promotoren (9 und 10)", scores.promoters),
        ("Passive (7 und 8)", scores.passives),
        ("Detraktoren (0 bis 6)", scores.detractors),
    ):
        yield f"  {label:<24} {_count(count):>8}  {_share(count, scores.answers)}"
    yield ""
    yield from _nps(scores)


def _nps(scores: Distribution) -> Iterator[str]:
    if scores.basis == "none" or scores.nps is None or scores.margin is None:
        yield f"  NPS: nicht ausgewiesen. Ein Wert wird erst ab {FEWEST} Antworten gezeigt."
        return
    interval = scores.interval
    yield (
        f"  NPS {signed(scores.nps)} (n = {_count(scores.answers)}), 95-%-Intervall"
        f" {signed(interval.low)} bis {signed(interval.high)} Punkte"
    )
    yield (
        f"  Intervall: angepasstes Wald-Verfahren; einfache Fehlerspanne"
        f" ±{rounded(scores.margin)} Punkte"
    )
    if scores.basis == "thin":
        yield f"  Geringe Basis: weniger als {FIRM} Antworten, der Wert schwankt stark."


def _funnel(funnel: Funnel) -> Iterator[str]:
    silent = funnel.suppressed_in_all
    yield f"  Gespräche am Entscheidungspunkt {_count(funnel.reached):>8}"
    yield f"  {'nicht gefragt':<31} {_count(silent):>8}  {_share(silent, funnel.reached)}"
    for rule_id, count in funnel.suppressed:
        yield f"    {rule_id:<30}{_count(count):>8}  {_share(count, funnel.reached)}"
    for label, count, whole in (
        ("zu befragen", funnel.eligible, funnel.reached),
        ("angeboten", funnel.offered, funnel.eligible),
        ("gezeigt", funnel.shown, funnel.offered),
        ("bewertet (Antwortquote)", funnel.score, funnel.shown),
        ("Grund genannt", funnel.why, funnel.score),
        ("abgelehnt", funnel.declined, funnel.shown),
        ("nicht mehr fragen", funnel.never_again, funnel.shown),
        ("abgelaufen", funnel.expired, funnel.offered),
    ):
        yield f"  {label:<31} {_count(count):>8}  {_share(count, whole)}"
    if funnel.unenforceable:
        yield (
            f"  ohne prüfbare Quarantäne (anonym) {_count(funnel.unenforceable):>6}"
            f"  {_share(funnel.unenforceable, funnel.reached)}"
        )


def _chain(found: NpsReport) -> Iterator[str]:
    if found.broken_at is not None:
        yield f"Protokoll: BESCHÄDIGT ab Eintrag {found.broken_at}."
        yield "Die Zahlen sind nicht belastbar."
    elif not found.log.entries:
        yield "Protokoll: leer."
    else:
        yield f"Protokoll: {_count(found.log.entries)} Einträge, Hashkette vollständig geprüft."
        yield f"Letzter Hash: {found.log.hash}"


def _series_json(series: Series) -> dict[str, object]:
    scores, funnel = series.scores, series.funnel
    shown = scores.basis != "none" and scores.nps is not None
    return {
        "programme": series.programme_id,
        "questionnaire_version": series.questionnaire_version,
        "scores": list(scores.counts),
        "answers": scores.answers,
        "promoters": scores.promoters,
        "passives": scores.passives,
        "detractors": scores.detractors,
        "basis": scores.basis,
        "nps": _number(scores.nps) if shown else None,
        "interval": [scores.interval.low, scores.interval.high] if shown else None,
        "standard_error": scores.standard_error if shown else None,
        "margin": scores.margin if shown else None,
        "funnel": {
            "reached": funnel.reached,
            "suppressed": dict(funnel.suppressed),
            "eligible": funnel.eligible,
            "offered": funnel.offered,
            "shown": funnel.shown,
            "score": funnel.score,
            "why": funnel.why,
            "declined": funnel.declined,
            "never_again": funnel.never_again,
            "expired": funnel.expired,
            "response_rate": _number(funnel.response_rate),
            "suppressed_share": funnel.suppressed_in_all / funnel.reached,
            "quarantine_unenforceable": funnel.unenforceable,
        },
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _share(part: int, whole: int) -> str:
    if not whole:
        return "      –"
    return f"{100 * part / whole:>5.1f} %".replace(".", ",")


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"
