"""Compares two values, whatever they were said of: agree, conflict, or not comparable.

Intervals decide. Values that don't meet conflict, a value inside the other agrees, and where the
text leaves room for either (a bound far below, an unknown order of day and month) nothing is said.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from verifier.quantities.compare_dates import compare_dates
from verifier.quantities.values import DAYS_PER_YEAR, Kind, Outcome, Quantity


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values and what they say about each other."""

    outcome: Outcome
    claim: Quantity
    evidence: Quantity


SYNONYMS = (
    "death fatality", "win victory", "loss defeat", "person people citizen",
    "country nation state", "film movie",
    "delegate participant attendee", "case infection patient", "child kid",
    "job post", "car vehicle",
    "house home", "view stream", "employee worker", "review critic", "song track", "match game",
    "kilometre kilometer",
)  # fmt: skip
"""Counted nouns that stand for each other, separated by spaces."""
PEOPLE = frozenset(
    """actor adult artist attendee chief child delegate doctor driver employee fan farmer guest
    immigrant inhabitant leader man member migrant minister nurse officer official participant
    passenger patient player policeman prisoner protester refugee resident scientist soldier
    spectator student supporter teacher tourist traveller user viewer visitor voter woman
    worker""".split()
)
"""Counted nouns, in the singular, for which `people` may stand."""
_GROUP = {word: index for index, group in enumerate(SYNONYMS) for word in group.split()}
_DAYS_PER_MONTH = DAYS_PER_YEAR / 12
_IN_DAYS = {"second": 1 / 86400, "day": 1.0, "month": _DAYS_PER_MONTH}
_LOOSE = 0.03
"""How far a year of 52 weeks and a month of 30 days may be from the calendar's."""
_NEAR = 0.05
"""Approximate values that miss each other by less than this share don't conflict."""
_ROUNDED = 0.15
"""A rounded value may be off by at most this share."""
_LIMIT = re.compile(r"(?:up to|(?:a )?maximum of)\s", re.IGNORECASE)
"""Bounds that name the most that there may be, and not a number beyond all that there is."""
_WEEK = 7
_FEW = 3
_BARELY = 1.5


def compare(claim: Quantity, evidence: Quantity) -> Comparison:
    """Compare two values by themselves; what they were said of is for `check` to find out."""
    return Comparison(_outcome(claim, evidence), claim, evidence)


def barely_missed(claim: Quantity, evidence: Quantity) -> bool:
    """Tell whether a bound is missed by so little that it was drawn from the value."""
    bound = math.isinf(claim.low) != math.isinf(claim.high)
    alike = claim.kind is evidence.kind and claim.kind in {Kind.COUNT, Kind.MONEY, Kind.PERCENT}
    if not (bound and alike and evidence.exact and evidence.low >= _FEW):
        return False
    limit = claim.high if math.isinf(claim.low) else claim.low
    least, most = sorted((limit, evidence.low))
    return least >= _FEW and most <= least * _BARELY


def noun_group(noun: str) -> str:
    """Give one name for all the counted nouns, in the singular, that stand for each other."""
    group = _GROUP.get(noun)
    return noun if group is None else SYNONYMS[group].split(" ", 1)[0]


def same_noun(first: str, second: str) -> bool:
    """Tell whether two counted nouns mean the same."""
    return noun_group(first) == noun_group(second)


def _outcome(claim: Quantity, evidence: Quantity) -> Outcome:
    pair = _common_unit(claim, evidence)
    if pair is None:
        return Outcome.NOT_COMPARABLE
    if claim.kind is Kind.DATE:
        return compare_dates(claim, evidence)
    if claim.kind is Kind.SCORE:
        return _scores(claim, evidence)
    return _intervals(*pair)


def _common_unit(claim: Quantity, evidence: Quantity) -> tuple[Quantity, Quantity] | None:  # noqa: PLR0911 - one exit a rule
    if Kind.IDENTIFIER in {claim.kind, evidence.kind}:
        return None
    if {claim.kind, evidence.kind} == {Kind.SHARE, Kind.PERCENT}:
        pair = (_percent(claim), _percent(evidence))
        return pair if pair[0].unit == pair[1].unit else None
    if claim.kind is not evidence.kind:
        return None
    if claim.kind is Kind.DURATION and claim.unit != evidence.unit:
        return _scaled(claim, _IN_DAYS[claim.unit]), _scaled(evidence, _IN_DAYS[evidence.unit])
    if claim.kind is Kind.TIME and claim.unit != evidence.unit:
        return _half_day(claim), _half_day(evidence)
    if claim.kind in {Kind.COUNT, Kind.ORDINAL}:
        known = claim.unit and evidence.unit
        return (claim, evidence) if not known or same_noun(claim.unit, evidence.unit) else None
    return (claim, evidence) if claim.unit == evidence.unit else None


def _percent(quantity: Quantity) -> Quantity:
    if quantity.kind is Kind.PERCENT:
        return quantity
    # a third is said of 32% to 35%
    step = quantity.step * 100 or 2.0
    return replace(_scaled(quantity, 100.0), unit="%", step=step)


def _scaled(quantity: Quantity, factor: float) -> Quantity:
    return replace(
        quantity,
        low=quantity.low * factor,
        high=quantity.high * factor,
        step=quantity.step * factor,
        unit="day",
    )


def _half_day(quantity: Quantity) -> Quantity:
    return replace(quantity, low=quantity.low % 720, high=quantity.high % 720)


# --- numbers


def _intervals(claim: Quantity, evidence: Quantity) -> Outcome:  # noqa: PLR0911 - one exit a rule
    limits = _LIMIT.match(claim.text) and _LIMIT.match(evidence.text)
    if (claim.exact and evidence.exact) or limits:
        return Outcome.AGREE if _rounds_to(claim, evidence) else Outcome.CONFLICT
    gap = _gap(claim, evidence)
    if gap is not None:
        near = claim.approximate or evidence.approximate
        scale = max(
            abs(v) for v in (claim.low, claim.high, evidence.low, evidence.high) if math.isfinite(v)
        )
        return Outcome.NOT_COMPARABLE if near and gap <= _NEAR * scale else Outcome.CONFLICT
    if claim.kind is Kind.TIME and claim.low < claim.high and evidence.low == evidence.high:
        return Outcome.NOT_COMPARABLE  # a moment of the hours from 9 to 11
    meant = _meant(evidence)
    if _inside(meant, claim):
        return Outcome.AGREE
    if math.isinf(evidence.low) or math.isinf(evidence.high):
        return _against_bound(claim, meant)
    if math.isinf(claim.low) or math.isinf(claim.high):
        middle = (evidence.low + evidence.high) / 2  # of `about 470`, which reaches over the bound
        return Outcome.AGREE if claim.low < middle < claim.high else Outcome.NOT_COMPARABLE
    if _inside(claim, evidence) or claim.approximate or evidence.approximate:
        return Outcome.AGREE
    return Outcome.CONFLICT  # two ranges that overlap and differ


def _against_bound(claim: Quantity, meant: Quantity) -> Outcome:
    """Compare with what a bound such as `over 470` is said of: not with 600, nor with over 480."""
    if _inside(claim, meant):
        return Outcome.AGREE
    stronger = math.isinf(claim.low) or math.isinf(claim.high)
    return (
        Outcome.CONFLICT if stronger and _gap(claim, meant) is not None else Outcome.NOT_COMPARABLE
    )


def _rounds_to(claim: Quantity, evidence: Quantity) -> bool:
    difference = abs(claim.high - evidence.high)
    size = max(abs(claim.high), abs(evidence.high))
    coarse = max(claim.step, evidence.step)
    months = claim.kind is Kind.DURATION and claim.unit == "day" and coarse > _WEEK
    loose = _LOOSE if months or claim.kind is Kind.FREQUENCY else 1e-9
    if claim.kind in {Kind.COUNT, Kind.ORDINAL, Kind.AGE} and coarse <= 1:
        coarse = 0.0
    return difference <= size * loose or (
        difference <= coarse / 2 * (1 + 1e-9) and difference <= size * _ROUNDED
    )


def _gap(first: Quantity, second: Quantity) -> float | None:
    """How far two intervals lie apart; None if they meet."""
    if first.low > second.low or (first.low == second.low and second.high < first.high):
        first, second = second, first
    if first.high > second.low:
        return None
    if first.high == second.low and not (first.high_open or second.low_open):
        return None
    return second.low - first.high


def _inside(inner: Quantity, outer: Quantity) -> bool:
    slack = 1e-9 * max(1.0, *(abs(v) for v in (inner.low, inner.high) if math.isfinite(v)), 0.0)
    low = inner.low > outer.low - slack and not (
        inner.low <= outer.low and outer.low_open and not inner.low_open
    )
    high = inner.high < outer.high + slack and not (
        inner.high >= outer.high and outer.high_open and not inner.high_open
    )
    return (low or inner.low == outer.low == -math.inf) and (
        high or inner.high == outer.high == math.inf
    )


def _meant(quantity: Quantity) -> Quantity:
    """Close a bound where a reader would: `over 470` is said of 470 to 480."""
    if math.isinf(quantity.high) and math.isfinite(quantity.low):
        return replace(quantity, high=quantity.low + _grain(quantity, quantity.low))
    if math.isinf(quantity.low) and math.isfinite(quantity.high) and quantity.high_open:
        return replace(quantity, low=quantity.high - _grain(quantity, quantity.high))
    return quantity


def _grain(quantity: Quantity, value: float) -> float:
    """Give the place value of the last digit that isn't a trailing zero."""
    step = quantity.step or abs(value) / 10 or 1.0
    if "." in quantity.text:
        return step
    while step < abs(value) and abs(value / (step * 10) - round(value / (step * 10))) < 1e-9:  # noqa: PLR2004
        step *= 10
    return step


def _scores(claim: Quantity, evidence: Quantity) -> Outcome:
    if claim.bound or evidence.bound:
        return _ratings(claim, evidence)
    if (claim.low, claim.high) == (evidence.low, evidence.high):
        return Outcome.AGREE
    if (claim.high, claim.low) == (evidence.low, evidence.high):
        return Outcome.NOT_COMPARABLE
    return Outcome.CONFLICT


def _ratings(claim: Quantity, evidence: Quantity) -> Outcome:
    """Compare ratings, of which one at least is a bound, as shares of their best marks."""
    mark = claim.low / claim.high
    other = evidence.low / evidence.high
    if not claim.bound or (evidence.bound and claim.bound != evidence.bound):
        return Outcome.NOT_COMPARABLE
    if evidence.bound:
        return Outcome.AGREE if mark == other else Outcome.NOT_COMPARABLE
    inside = other > mark if claim.bound == "above" else other < mark
    return Outcome.AGREE if inside else Outcome.CONFLICT
