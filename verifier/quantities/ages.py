"""Reads ages: `aged 34`, `a 34-year-old`, `in his 30s`, `John Smith, 34, said`."""

from __future__ import annotations

import re

from verifier.quantities.context import Interval, Modifier, modified, preceded
from verifier.quantities.numbers import Number
from verifier.quantities.terms import Term
from verifier.quantities.values import Kind, Quantity

_AFTER = re.compile(
    r"[\s-](?:(?:years?|yrs?)|(?P<months>months?)|(?P<weeks>weeks?)|(?P<days>days?))[\s-]olds?\b"
    r"|\s+years\s+of\s+age\b",
    re.IGNORECASE,
)
_PER_YEAR = {"months": 12, "weeks": 52, "days": 365, None: 1}
_BEFORE = re.compile(
    r"\b(?:aged?|ages)(?:\s+(?:of|between|from|about|around|under|over))?\s+\Z"
    r"|\bturn(?:s|ed|ing)\s+\Z",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:(?P<below>before|under|below|by|until)|(?P<above>after|over|above|past))"
    r"\s(?:the\s)?age\sof\s\Z",
    re.IGNORECASE,
)
_LIMITS = {"below": Modifier.BELOW, "above": Modifier.ABOVE}
_NAME = re.compile(r"\b(?:[A-Z][a-z]+|[A-Z]{2,}), \Z")
_CLOSE = re.compile(r"\s?,(?!\s?\d)|\)")
_IN_HIS = re.compile(r"\bin (?:his|her|their|my|our)(?: early| mid| late)?[ -]\Z")
_OLDEST = 125


def read_age(text: str, first: Term, last: Term) -> Term | None:
    """Turn a number, or the two ends of a range, into an age in years; None if it isn't one."""
    after = _AFTER.match(text, last.number.end)
    if after:
        per_year = _PER_YEAR[after.lastgroup]
        low, high = first.number.value / per_year, last.number.value / per_year
        return last._replace(end=after.end(), low=low, high=high, factor=1 / per_year)
    if last.named or not 0 <= last.high <= _OLDEST:
        return None
    stated = preceded(_BEFORE, text, first.start)
    told = (
        first.number.digits and preceded(_NAME, text, first.start) and _CLOSE.match(text, last.end)
    )
    return last._replace(low=first.low) if stated or told else None


def read_decade_of_life(text: str, at: int, number: Number) -> Quantity | None:
    """Read `in his 30s`, as 30 to 39."""
    end = number.end + 1
    if not preceded(_IN_HIS, text, at) or number.value % 10:
        return None
    return Quantity(at, end, text[at:end], Kind.AGE, number.value, number.value + 9, "year")


def limited(text: str, at: int, interval: Interval) -> Interval:
    """Apply `before the age of`."""
    limit = preceded(_LIMIT, text, at)
    return modified(interval, _LIMITS[str(limit.lastgroup)]) if limit else interval
