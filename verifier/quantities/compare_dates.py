"""Compares dates and ranges of dates, as far as both say which day, month or year they mean."""

from __future__ import annotations

import math
from dataclasses import replace

from verifier.quantities.values import DAYS_PER_YEAR, DateRange, Outcome, PartialDate, Quantity

_LEAP_YEAR = 2000


def is_range(quantity: Quantity) -> bool:
    """Tell whether it is a date with a first and a last day, month or year, all of them known."""
    known = len(quantity.readings) == 1 and not quantity.bound
    return known and quantity.readings[0][0] != quantity.readings[0][1]


def same_end(
    claim: Quantity, claim_role: str, evidence: Quantity, evidence_role: str
) -> tuple[Quantity, Quantity] | None:
    """Hold a start or an end against the first or last day of a range; None without a range.

    The roles are those of `align.role`: what each date is the date of.
    """
    at = {"start": 0, "end": 1}
    if is_range(evidence) and not is_range(claim) and claim_role in at:
        return claim, _end_of(evidence, at[claim_role])
    if is_range(claim) and not is_range(evidence) and evidence_role in at:
        return _end_of(claim, at[evidence_role]), evidence
    return None


def _end_of(quantity: Quantity, end: int) -> Quantity:
    day = quantity.readings[0][end]
    return replace(quantity, readings=((day, day),))


def compare_dates(claim: Quantity, evidence: Quantity) -> Outcome:
    """Compare two dates or ranges by all their readings."""
    outcomes = {_readings(claim, c, evidence, e) for c in claim.readings for e in evidence.readings}
    if len(outcomes) == 1:
        found = outcomes.pop()
        ambiguous = len(claim.readings) > 1 or len(evidence.readings) > 1
        return Outcome.NOT_COMPARABLE if ambiguous and found is Outcome.CONFLICT else found
    return Outcome.AGREE if Outcome.AGREE in outcomes else Outcome.NOT_COMPARABLE


def _readings(claim: Quantity, c: DateRange, evidence: Quantity, e: DateRange) -> Outcome:
    both = _day_numbers(c, e)
    if both is None:
        if claim.bound or evidence.bound or c[0] != c[1] or e[0] != e[1]:
            return Outcome.NOT_COMPARABLE
        return _parts(c[0], e[0])
    (c_low, c_high), (e_low, e_high) = (
        _bounded(days, q) for days, q in zip(both, (claim, evidence), strict=True)
    )
    if c_high < e_low or e_high < c_low:
        near = claim.approximate or evidence.approximate
        apart = min(abs(e_low - c_high), abs(c_low - e_high))
        return Outcome.NOT_COMPARABLE if near and apart <= DAYS_PER_YEAR / 2 else Outcome.CONFLICT
    loose = any(q.approximate or q.bound for q in (claim, evidence))
    if (c_low <= e_low and e_high <= c_high) or (e_low <= c_low and c_high <= e_high):
        # a part of the evidence's range may be meant, but not one that shares an end with it
        part = e_low < c_low and c_high < e_high
        if both[0] != both[1] and _same_level(c, e) and not loose and not part:
            return Outcome.CONFLICT
        open_ended = math.isinf(e_low) or math.isinf(e_high)
        # a day on which something happened tells nothing of the range that is claimed
        untold = (open_ended and not claim.bound) or (is_range(claim) and e[0] == e[1])
        return Outcome.NOT_COMPARABLE if untold else _weekdays(c[0], e[0])
    vague = loose or c[0].season or e[0].season
    return Outcome.NOT_COMPARABLE if vague else Outcome.CONFLICT


def _same_level(c: DateRange, e: DateRange) -> bool:
    """Tell whether both are ranges, of days, of months or of years."""
    levels = {(day.month is None, day.day is None) for day in (*c, *e)}
    return c[0] != c[1] and e[0] != e[1] and len(levels) == 1


def _bounded(days: tuple[float, float], quantity: Quantity) -> tuple[float, float]:
    """Apply `before` and `after`, which leave the named day itself out."""
    if quantity.bound == "before":
        return -math.inf, days[0] - 1
    if quantity.bound == "after":
        return days[1] + 1 if quantity.readings[0][0].day else days[0], math.inf
    return days


def _day_numbers(
    c: DateRange, e: DateRange
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Give both ranges as day numbers, in one made-up year where either leaves the year out."""
    if all(_has_year(day) for day in (*c, *e)):
        years = c, e
    elif all(day.month or day.quarter or day.season for day in (*c, *e)):
        years = _yearless(c), _yearless(e)
    else:
        return None
    ends = []
    for first, last in years:
        low, high = first.bounds(_LEAP_YEAR), last.bounds(_LEAP_YEAR)
        if low is None or high is None:
            return None
        ends.append((low[0], high[1] if high[1] >= low[0] else high[1] + 366))
    return ends[0], ends[1]


def _has_year(day: PartialDate) -> bool:
    return day.year is not None or day.decade is not None or day.century is not None


def _yearless(days: DateRange) -> DateRange:
    return replace(days[0], year=None), replace(days[1], year=None)


def _parts(c: PartialDate, e: PartialDate) -> Outcome:
    """Compare the parts that both dates have."""
    names = ("year", "month", "day", "weekday")
    both = [
        (getattr(c, n), getattr(e, n))
        for n in names
        if getattr(c, n) is not None and getattr(e, n) is not None
    ]
    if not both:
        return Outcome.NOT_COMPARABLE
    return Outcome.AGREE if all(x == y for x, y in both) else Outcome.CONFLICT


def _weekdays(c: PartialDate, e: PartialDate) -> Outcome:
    if c.weekday and e.weekday and c.weekday != e.weekday:
        return Outcome.CONFLICT
    return Outcome.AGREE
