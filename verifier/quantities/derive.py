"""One step of reasoning: the values that follow from what the evidence states.

A three-day meeting from a range of dates, a total from its two parts, a share from two counts, an
age from two dates, the count of those before from an ordinal.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import replace

from verifier.quantities.arithmetic import DIFFERENCE, TOTAL, combined, shares_of
from verifier.quantities.compare import noun_group, same_noun
from verifier.quantities.compare_dates import is_range
from verifier.quantities.sequences import counted_nouns, dates_apart, neighbours, opening_hours
from verifier.quantities.values import DAYS_PER_YEAR, Derived, Kind, PartialDate, Quantity

_BEFORE = re.compile(
    r"\b(?:before|previous\w*|already|existing|earlier|prior|other)\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)
_BROUGHT = re.compile(
    r"\b(?:br(?:ing(?:s|ing)?|ought)|rais(?:e[sd]?|ing))\b.{0,40}\bto\s\Z", re.IGNORECASE
)
_BORN = re.compile(r"\bborn\b|\bbirth\b|\(\s*b\.", re.IGNORECASE)
_DIED = re.compile(r"\bdied\b|\bdeath\b|\bkilled\b|\bdied\s+on\b|\bpassed away\b", re.IGNORECASE)
_AWAY = re.compile(r"\s(later|earlier)\b", re.IGNORECASE)
_OF = re.compile(r"(?: \w+)? of (?:the |its |their |these |those |all )?", re.IGNORECASE)
_OF_ALL = re.compile(r"\bof (?:the |its |their |these |those |all )?\Z", re.IGNORECASE)
_STOP = re.compile(r"[.;]\s")
_PAIR = 2
_NEAR = 40
_OF_THE = 12
"""How far a whole stands from its share: `half of the 200`."""
_MOST_TERMS = 8
_DAYS_PER_MONTH = DAYS_PER_YEAR / 12


def derived(
    claim: Quantity,
    claim_text: str,
    claims: list[Quantity],
    evidence: list[Quantity],
    evidence_text: str,
) -> Iterator[Derived]:
    """Give the values that the evidence implies and that the claim's may be compared with."""
    match claim.kind:
        case Kind.DURATION:
            yield from _durations(claim, evidence)
            yield from dates_apart(claim, claim_text, evidence)
            yield from opening_hours(claim, evidence, evidence_text)
        case Kind.TIME:
            yield from opening_hours(claim, evidence, evidence_text)
        case Kind.DATE:
            yield from _ranges(evidence)
            yield from _spanned(claim, claim_text, evidence)
            yield from _shifted(evidence, evidence_text)
        case Kind.AGE:
            yield from _ages(evidence, evidence_text)
        case Kind.SHARE | Kind.PERCENT:
            yield from _shares(claim, claims, evidence, evidence_text)
        case Kind.ORDINAL:
            yield from _from_counts(claim, evidence, evidence_text)
            yield from neighbours(claim, claim_text, evidence, evidence_text)
        case Kind.COUNT:
            yield from _from_ordinals(claim, claim_text, evidence, evidence_text)
            yield from _products(evidence)
            yield from shares_of(claim, evidence, evidence_text)
        case Kind.MONEY:
            yield from shares_of(claim, evidence, evidence_text)
        case _:
            pass
    yield from combined(claim, claim_text, evidence, evidence_text)


def _value(like: Quantity, kind: Kind, low: float, high: float, unit: str) -> Quantity:
    return Quantity(like.start, like.end, like.text, kind, low, high, unit)


def _durations(claim: Quantity, evidence: list[Quantity]) -> Iterator[Derived]:
    """From 23–25 November three days, or two that passed; from 2014–2018 four years or five."""
    for quantity in evidence:
        if quantity.kind is not Kind.DATE or len(quantity.readings) != 1:
            continue
        first, last = quantity.readings[0]
        start, end = first.bounds(2001), last.bounds(2001)
        if first == last or start is None or end is None:
            continue
        if first.day and last.day:
            days = end[1] - start[0] + 1
            if days > 0:
                yield Derived(
                    _value(quantity, Kind.DURATION, days, days, "day"),
                    (quantity,),
                    f"{days:.0f} days",
                    firm=claim.low != days - 1,
                )
        else:
            low = round((end[0] - start[0]) / _DAYS_PER_MONTH)
            high = round((end[1] - start[0] + 1) / _DAYS_PER_MONTH)
            if 0 < low <= high:
                yield Derived(
                    _value(quantity, Kind.DURATION, low, high, "month"),
                    (quantity,),
                    f"{low} to {high} months",
                    firm=True,
                )


def _ranges(evidence: list[Quantity]) -> Iterator[Derived]:
    """From a first day and a duration in days, the range."""
    days = [
        q for q in evidence if q.kind is Kind.DATE and len(q.readings) == 1 and q.readings[0][0].day
    ]
    lengths = [q for q in evidence if q.kind is Kind.DURATION and q.unit == "day" and q.exact]
    for day, length in itertools.product(days[:_MOST_TERMS], lengths[:_MOST_TERMS]):
        first, last = day.readings[0]
        if first != last or not first.month or not 1 < length.low <= 28 - (first.day or 0) + 1:
            continue  # ranges that cross the end of a month are left alone
        end = replace(first, day=(first.day or 0) + int(length.low) - 1, weekday=None)
        value = replace(day, readings=((replace(first, weekday=None), end),))
        yield Derived(value, (day, length), f"{first} to {end}", firm=False)


def _spanned(claim: Quantity, claim_text: str, evidence: list[Quantity]) -> Iterator[Derived]:
    """From 2023 and 2024 the years from one to the other, for a claim of what changed between."""
    if not (is_range(claim) and DIFFERENCE.search(claim_text)):
        return
    dates = {
        q.readings[0][0]: q
        for q in evidence
        if q.kind is Kind.DATE and len(q.readings) == 1 and q.readings[0][0] == q.readings[0][1]
    }
    ends = [dates[end] for end in claim.readings[0] if end in dates]
    if len(ends) == _PAIR:
        value = replace(ends[0], readings=claim.readings, low=claim.low, high=claim.high)
        yield Derived(value, (ends[0], ends[1]), f"{ends[0].text} to {ends[1].text}")


def _shifted(evidence: list[Quantity], text: str) -> Iterator[Derived]:
    """From 1962 and `two years later`, 1964; from the 1960s and `two decades later`, the 1980s."""
    dates = [q for q in evidence if q.kind is Kind.DATE and len(q.readings) == 1]
    lengths = [q for q in evidence if q.kind is Kind.DURATION and q.unit == "month" and q.exact]
    for date, length in itertools.product(dates[:_MOST_TERMS], lengths[:_MOST_TERMS]):
        word = _AWAY.match(text, length.end)
        (first, last), years = date.readings[0], int(length.low // 12)
        if word is None or first != last or length.low % 12 or years < 1:
            continue
        years = years if word[1].lower() == "later" else -years
        if first.decade is not None and years % 10 == 0:
            found = PartialDate(decade=first.decade + years)
        elif first.year is not None and first.year + years > 0:
            found = PartialDate(first.year + years)
        else:
            continue
        yield Derived(replace(date, readings=((found, found),)), (date, length), str(found))


def _ages(evidence: list[Quantity], text: str) -> Iterator[Derived]:
    """From a date of birth and a later date, the age on that date."""
    dates = [q for q in evidence if q.kind is Kind.DATE and len(q.readings) == 1 and _year(q)]
    for born, other in itertools.permutations(dates[:_MOST_TERMS], 2):
        if not _BORN.search(text, max(0, born.start - _NEAR), born.start) or not _later(
            born, other
        ):
            continue
        low, high = _years_between(born.readings[0][0], other.readings[0][0])
        died = _DIED.search(text, max(0, other.start - _NEAR), other.start) is not None
        age = f"age {low}" if low == high else f"age {low} or {high}"
        yield Derived(_value(other, Kind.AGE, low, high, "year"), (born, other), age, firm=died)
    for single in dates:
        first, last = single.readings[0]  # a life: (1920–2001)
        if first.year and last.year and last.year > first.year:
            low, high = _years_between(first, last)
            yield Derived(
                _value(single, Kind.AGE, low, high, "year"),
                (single,),
                f"age {low} to {high}",
                firm=False,
            )


def _year(quantity: Quantity) -> int | None:
    return quantity.readings[0][0].year


def _later(first: Quantity, second: Quantity) -> bool:
    return (_year(second) or 0) > (_year(first) or 0)


def _years_between(first: PartialDate, last: PartialDate) -> tuple[int, int]:
    years = (last.year or 0) - (first.year or 0)
    if not (first.month and last.month) or (
        first.month == last.month and not (first.day and last.day)
    ):
        return years - 1, years
    reached = (last.month, last.day or 0) >= (first.month, first.day or 0)
    return (years, years) if reached else (years - 1, years - 1)


def _counts(evidence: list[Quantity]) -> list[Quantity]:
    return [q for q in evidence if q.kind is Kind.COUNT and q.low > 0 and q.high < math.inf][
        :_MOST_TERMS
    ]


def _shares(
    claim: Quantity, claims: list[Quantity], evidence: list[Quantity], text: str
) -> Iterator[Derived]:
    """From 160 of 195, 82%."""
    wholes = {q.low for q in claims if q is not claim and q.kind is Kind.COUNT}
    factor, unit = (100.0, "%") if claim.kind is Kind.PERCENT else (1.0, "")
    numbers = [
        q
        for q in evidence
        if q.kind in {Kind.COUNT, Kind.ORDINAL, Kind.MONEY} and q.low > 0 and q.high < math.inf
    ]
    for part, whole in itertools.permutations(numbers[:_MOST_TERMS], 2):
        if (
            part.kind is Kind.ORDINAL
            or part.high > whole.low
            or not whole.exact
            or Kind.MONEY in {part.kind, whole.kind} - {part.kind}
        ):
            continue
        low, high = part.low / whole.low * factor, part.high / whole.low * factor
        value = replace(
            _value(part, claim.kind, low, high, unit),
            approximate=part.approximate,
            step=0.01 * factor,
        )
        told = whole.low in wholes or (len(numbers) == _PAIR and _is_part(part, whole, text))
        yield Derived(value, (part, whole), f"{low / factor:.0%}", firm=told)


def _is_part(part: Quantity, whole: Quantity, text: str) -> bool:
    """Tell whether the text gives one count as a part of the other: `Of the 240 trees, 80 were`."""
    if part.unit and not same_noun(part.unit, whole.unit):
        return False
    if part.end <= whole.start:
        return _OF.fullmatch(text, part.end, whole.start) is not None
    between = text[whole.end : part.start]
    return _OF_ALL.search(text, 0, whole.start) is not None and _STOP.search(between) is None


def _products(evidence: list[Quantity]) -> Iterator[Derived]:
    """From half of 200, 100."""
    shares = [
        q
        for q in evidence
        if q.kind in {Kind.SHARE, Kind.PERCENT} and q.low > 0 and q.high < math.inf
    ]
    for share, whole in itertools.product(shares[:_MOST_TERMS], _counts(evidence)):
        if not 0 < whole.start - share.end < _OF_THE:
            continue
        factor = 0.01 if share.kind is Kind.PERCENT else 1.0
        low, high = share.low * factor * whole.low, share.high * factor * whole.high
        value = replace(_value(share, Kind.COUNT, low, high, whole.unit), approximate=True)
        yield Derived(value, (share, whole), f"{low:g}", firm=False)


def _from_counts(claim: Quantity, evidence: list[Quantity], text: str) -> Iterator[Derived]:
    """From 194 members before it, the 195th."""
    for count in _counts(evidence):
        if not count.exact:
            continue
        around = text[max(0, count.start - _NEAR) : count.end + _NEAR]
        if _BEFORE.search(around):
            rank, firm = count.low + 1, same_noun(count.unit, claim.unit)
        elif TOTAL.search(around):
            rank, firm = count.low, False
        else:
            continue
        yield Derived(
            _value(count, Kind.ORDINAL, rank, rank, claim.unit),
            (count,),
            f"number {rank:g}",
            firm=firm,
        )


def _from_ordinals(
    claim: Quantity, claim_text: str, evidence: list[Quantity], text: str
) -> Iterator[Derived]:
    """From the 195th member, a total of 195, or 194 before it."""
    around = claim_text[max(0, claim.start - _NEAR) : claim.end + _NEAR]
    before = _BEFORE.search(around) or _UNTIL.search(claim_text)
    brought = _BROUGHT.search(claim_text, 0, claim.start)
    if not before and not brought and not TOTAL.search(claim_text):
        return
    for ordinal in evidence:
        if ordinal.kind is Kind.ORDINAL and ordinal.low > 3:  # noqa: PLR2004 - small ones rank more than they count
            count = ordinal.low - 1 if before else ordinal.low
            firm = not claim.unit or noun_group(claim.unit) in counted_nouns(text, ordinal)
            yield Derived(
                _value(ordinal, Kind.COUNT, count, count, claim.unit),
                (ordinal,),
                f"{count:g}",
                firm=firm,
            )
