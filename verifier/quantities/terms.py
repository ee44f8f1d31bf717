"""Reads one number together with its unit of measure or its currency."""

from __future__ import annotations

import re
from typing import NamedTuple

from verifier.quantities.numbers import Form, Number, read_number
from verifier.quantities.units import FOOT, Unit, currency_before, read_unit
from verifier.quantities.values import Kind

_MORE = re.compile(r"\s(?:and\s)?(?=\d|[a-z])")
_AND_PART = re.compile(r"\s+and\s+(?:(a\s+half)|(a\s+quarter)|three\s+quarters)\b")
_INCHES = re.compile(r"\s?(\d{1,2})\s?(?:in\b\.?|\")")
_ARTICLE = re.compile(r"an?(?=[\s-])", re.IGNORECASE)
_LOOSE = re.compile(r"\+|-odd|-plus|\splus|\sor\s(?:more|so|fewer|less)")
_OF_UNIT = re.compile(r"\s+(?:of\s+)?(?:an?|the)\s(?=[a-z])|\s+of\s(?=[a-z])")
_COMPOUND = frozenset({Kind.DURATION, Kind.DISTANCE, Kind.WEIGHT})


class Term(NamedTuple):
    """A number with its unit: its value in the base unit is number × factor + offset."""

    number: Number
    start: int
    end: int
    kind: Kind
    unit: str
    low: float
    high: float
    factor: float = 1.0
    offset: float = 0.0

    @property
    def named(self) -> bool:
        """Whether it has a unit of its own."""
        return self.kind is not Kind.COUNT or self.unit != ""

    @property
    def step(self) -> float:
        """The place value of the last digit stated, in the base unit."""
        return self.number.step * self.factor


def read_term(text: str, at: int) -> Term | None:
    """Read the number at `at` with the sign before it or the unit after it; `a` is 1."""
    sign = currency_before(text, at)
    number = read_number(text, at, money=sign is not None)
    if number is None and (article := _ARTICLE.match(text, at)):
        number = Number(1.0, article.end())  # a week
    if number is None:
        return None
    high = number.value if number.high is None else number.high
    plain = Term(number, at, number.end, Kind.COUNT, "", number.value, high)
    if number.form in {Form.ORDINAL, Form.YEAR, Form.UNKNOWN}:
        return plain
    plain, unit = _find_unit(text, plain)
    if sign and not (unit and unit.kind is Kind.PERCENT):
        return _priced(plain, unit, *sign)
    return plain if unit is None else _with_unit(text, plain, unit)


def _find_unit(text: str, term: Term) -> tuple[Term, Unit | None]:
    """Find the unit: `30 km`, `30-odd years`, `half an hour`, `a couple of days`."""
    number = term.number
    unit = read_unit(text, number.end, digits=number.digits)
    if unit:
        return term, unit
    loose = _LOOSE.match(text, number.end)
    unit = read_unit(text, loose.end(), digits=False) if loose else None
    if loose and unit:
        return term._replace(number=number._replace(end=loose.end())), unit
    of = _OF_UNIT.match(text, number.end)
    if of is None or (number.form is Form.CARDINAL and number.step != 0):
        return term, None
    unit = read_unit(text, of.end() - 1, digits=False)
    whole = number.form is Form.FRACTION and "the" in of[0]  # half of the day is a share
    return term, None if whole else unit


def _priced(term: Term, unit: Unit | None, code: str, start: int) -> Term:
    """Join a number and the currency sign before it; a unit after it says it again, or cents."""
    if unit is None or unit.kind is not Kind.MONEY:
        return term._replace(kind=Kind.MONEY, unit=code, start=start)
    low, high = term.low * unit.factor, term.high * unit.factor
    return term._replace(
        kind=Kind.MONEY,
        unit=code,
        start=start,
        end=unit.end,
        low=low,
        high=high,
        factor=unit.factor,
    )


def _with_unit(text: str, term: Term, unit: Unit) -> Term:
    low, high = (value * unit.factor + unit.offset for value in (term.low, term.high))
    extra, end = _smaller(text, unit) if unit.kind in _COMPOUND else (0.0, unit.end)
    return Term(
        term.number, term.start, end, unit.kind, unit.base, low + extra, high + extra, unit.factor,
        unit.offset,
    )  # fmt: skip


def _smaller(text: str, unit: Unit) -> tuple[float, int]:
    """Read on after a unit: `2 hours 30 minutes`, `5 ft 10 in`, `an hour and a quarter`."""
    inches = _INCHES.match(text, unit.end) if (unit.base, unit.factor) == ("m", FOOT) else None
    if inches:
        return int(inches[1]) * FOOT / 12, inches.end()
    part = _AND_PART.match(text, unit.end)
    if part:
        share = 1 / 2 if part[1] else 1 / 4 if part[2] else 3 / 4
        return unit.factor * share, part.end()
    more = _MORE.match(text, unit.end)
    number = read_number(text, more.end()) if more else None
    smaller = read_unit(text, number.end, digits=number.digits) if number else None
    if number and smaller and smaller.base == unit.base and smaller.factor < unit.factor:
        return number.value * smaller.factor, smaller.end
    return 0.0, unit.end
