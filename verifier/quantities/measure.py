"""Reads numbers that count, measure or price something, with their ranges, units and bounds."""

from __future__ import annotations

import re
from datetime import date

from verifier.quantities.ages import limited, read_age, read_decade_of_life
from verifier.quantities.context import (
    Interval,
    Modifier,
    counted_noun,
    modified,
    modifier_after,
    modifier_before,
    singular,
)
from verifier.quantities.names import begins_name, names_number
from verifier.quantities.numbers import Form, Number, read_number
from verifier.quantities.relative import ago
from verifier.quantities.terms import Term, read_term
from verifier.quantities.units import SYMBOL, SYMBOLS, read_unit
from verifier.quantities.values import Kind, Quantity

_TO = re.compile(r"\s?[–—−-]\s?(?=[\d$£€¥₹])|\s+(?:to|or)\s+(?=\S)|-to-(?=\w)|-or-(?=\w)")
_AND = re.compile(r"\s+and\s+(?=\S)")
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_FROM_OR_BY = re.compile(r"\b(?:from|(by))\s+\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|rising|fell|fall(?:s|en|ing)?|grew|grow(?:s|n|ing|th)?|increas\w{1,4}|dropp?\w{0,3}|cut\w{0,4}"
    r"|declin\w{1,3}|up|down|went|chang\w{1,3}|jump\w{0,3}|climb\w{0,3}|reduc\w{1,5}|rais\w{1,3}|lower\w{0,3}|expand\w{0,3}"
    r"|slid|slump\w{0,3}|surg\w{1,3}|shr[aiu]nk|soar\w{0,3}|mov\w{1,3}|doubl\w{1,3}|plung\w{1,3}|extend\w{0,3})\b",
    re.IGNORECASE,
)
_OF_MANY = re.compile(r"\s+(?:in|out\s+of)(?:\s+every)?\s+(?=[\w])|\s+of\s+every\s+(?=\w)")
_TIMES = re.compile(
    r"[\s-]times?[\s-](?:an?|per|each|every)\s+(minute|hour|day|night|week|fortnight|month|quarter|season|year|decade)\b"
    r"|[\s-]times?[\s-](dai|week|month|year)ly\b",
    re.IGNORECASE,
)
PER_YEAR = {
    "hour": 8760.0, "day": 365.0, "night": 365.0, "week": 52.0, "fortnight": 26.0, "month": 12.0,
    "quarter": 4.0, "season": 1.0, "year": 1.0, "decade": 0.1, "dai": 365.0, "century": 0.01,
    "minute": 525600.0,
}  # fmt: skip
_COMPOUND_NOUN = re.compile(r"-(?!odd|plus|ish)([a-z]{3,20})\b")
_AGO = re.compile(r"\s+(?:ago|earlier|previously)\b", re.IGNORECASE)
_BLOB = re.compile(r"[\d.,:/–-]*\d")
_COMMON_WHOLE = 100
_FAR_ABOVE = 5
_IN_THE_COURSE = re.compile(r"(?:\s(?!for\b|after\b|in\b|with|\w+ed\b)[\w-]+){0,2}\s")
"""What stands between an amount and the time that it is spread over: `$5 million in aid over`."""
_LONG = re.compile(r"-long\b|\slong\b")
_MINUS = re.compile(r"(?:(?<=[\s(])|\A)[-−–]\Z|\bminus\s\Z", re.IGNORECASE)


def read_quantity(text: str, at: int, floor: int, as_of: date | None) -> Quantity | int:
    """Read the quantity whose number is at `at`; where there is none, say where to go on.

    `floor`: what stands before it belongs to another quantity.
    """
    first = read_term(text, at)
    if first is None:
        return at + 1
    number = first.number
    if number.form is Form.UNKNOWN:
        return _identifier(text, at, _BLOB.match(text, at))
    if number.digits and text.startswith("s", number.end):
        decade = read_decade_of_life(text, at, number)
        if decade or not first.named:
            return decade or number.end + 1  # other plurals of numbers are no quantity
    frequency = _frequency(text, at, number)
    if frequency:
        return frequency
    share = _one_in_five(text, first)
    if share:
        return _finish(text, share, share, floor, Kind.SHARE)
    return _read_measured(text, *_range(text, first, floor), floor, as_of)


def _identifier(text: str, at: int, match: re.Match[str] | None) -> Quantity:
    end = match.end() if match else at + 1
    return Quantity(at, end, text[at:end], Kind.IDENTIFIER)


def _read_measured(text: str, first: Term, last: Term, floor: int, as_of: date | None) -> Quantity:
    """Find out what one value or a range measures."""
    age = read_age(text, first, last)
    if age:
        return _finish(text, first, age, floor, Kind.AGE, "year")
    if last.kind is Kind.DURATION:
        ago = _AGO.match(text, last.end) if as_of and first is last else None
        if as_of and ago:
            return _ago(text, first, ago.end(), as_of)
        long = _LONG.match(text, last.end)
        last = last._replace(end=long.end()) if long else last
    if last.named:
        return _finish(text, first, last, floor, last.kind, last.unit)
    if first.number.form is Form.FRACTION:
        return _finish(text, first, last, floor, Kind.SHARE)
    compound = _COMPOUND_NOUN.match(text, last.end)
    modifier = modifier_after(text, last.end)
    one = first.number.value == 1 and first.end == last.end
    noun = counted_noun(text, modifier[1] if modifier else last.end, one=one)
    noun = singular(compound[1]) if compound else noun
    name = first is last and first.number.digits and begins_name(text, first.start, last.end)
    if names_number(text, first.start, noun) or (name and not noun):
        return Quantity(first.start, last.end, text[first.start : last.end], Kind.IDENTIFIER)
    return _finish(text, first, last, floor, Kind.COUNT, noun)


def _range(text: str, first: Term, floor: int) -> tuple[Term, Term]:
    """Read on to the other end of a range: both ends, or the one term twice.

    In `rose from 5 to 10 per cent` there are two values, of which the first borrows the unit.
    """
    before = text[max(floor, first.start - 32) : first.start]
    to = _TO.match(text, first.end)
    if to is None and _BETWEEN.search(before):
        to = _AND.match(text, first.end)
    if to is None:
        return first, first
    led = _FROM_OR_BY.search(before) if to[0].strip() == "to" else None
    at = to.end()
    sign = SYMBOL.match(text, at)
    if sign and sign[0] in SYMBOLS:
        at = sign.end() + (text[sign.end() : sign.end() + 1] == " ")
    last = read_term(text, at) if at < len(text) else None
    if last is None or not last.number.form is first.number.form is Form.CARDINAL:
        return first, first
    joined = _shared_unit(first, last)
    change = False
    if led and led[1]:  # by 5 to 10 per cent; but fell by 300 to 22,000
        far = last.number.value > _FAR_ABOVE * first.number.value
        change = (first.named or far) and _CHANGE.search(before) is not None
    elif led:
        change = first.named or _CHANGE.search(before) is not None
    if change and joined is not first:
        alone = first._replace(kind=joined.kind, unit=joined.unit, low=joined.low, high=joined.low)
        return alone, alone
    return (first, joined) if joined.low < joined.high and not change else (first, first)


def _shared_unit(first: Term, last: Term) -> Term:
    """Give both ends of a range one unit and scale: $5–6 million. `first` if they are no range."""
    low = first.low
    if first.named and last.named and (first.kind, first.unit) != (last.kind, last.unit):
        return first
    if last.named and not first.named:
        low = first.number.value * last.factor + last.offset
    scale = last.number.scale
    if first.number.scale == 1 < scale and first.number.value < last.number.value / scale * 10:
        low *= scale
    if first.named and not last.named:
        if first.kind is not Kind.MONEY:
            return first
        last = last._replace(kind=first.kind, unit=first.unit)
    return last._replace(low=low)


def _one_in_five(text: str, first: Term) -> Term | None:
    of = _OF_MANY.match(text, first.end)
    if of is None or first.named or first.number.form is not Form.CARDINAL:
        return None
    whole = read_number(text, of.end())
    if whole is None or whole.form is not Form.CARDINAL or whole.value <= first.low:
        return None
    if " of" not in of[0] and not (
        whole.value <= _COMMON_WHOLE or "every" in of[0] or whole.value % 100 == 0
    ):
        return None  # `two in 2019`
    if read_unit(text, whole.end, digits=whole.digits):
        return None  # `two in ten days`
    share = first.low / whole.value
    return first._replace(
        low=share, high=share, end=whole.end, number=first.number._replace(step=0.0)
    )


def _frequency(text: str, at: int, number: Number) -> Quantity | None:
    times = _TIMES.match(text, number.end)
    if times is None:
        return None
    rate = number.value * PER_YEAR[(times[1] or times[2]).lower()]
    return Quantity(at, times.end(), text[at : times.end()], Kind.FREQUENCY, rate, rate, "per year")


def _ago(text: str, term: Term, end: int, as_of: date) -> Quantity:
    found = ago(term.low, term.unit, as_of) if term.unit in {"day", "month"} else None
    readings = (found,) if found else ()
    return Quantity(term.start, end, text[term.start : end], Kind.DATE, readings=readings)


def _finish(  # noqa: PLR0913, PLR0917 - the text, its value, and what it measures
    text: str, first: Term, last: Term, floor: int, kind: Kind, unit: str = ""
) -> Quantity:
    """Make the record, with the sign and the bounds that stand around a value or range."""
    start, end = first.start, last.end
    low, high = last.low, last.high
    minus = _MINUS.search(text, max(floor, start - 6), start)
    between = _BETWEEN.search(text, max(floor, start - 10), start)
    if minus and kind is not Kind.AGE and first.number.high is None and low == high:
        start, low = minus.start(), -last.number.value * last.factor + last.offset
        high = low
    elif between and low < high:
        start = between.start()
    vague = first.number.high is not None
    interval = Interval(low, high, high_open=vague, approximate=vague)
    before, after = modifier_before(text, start, floor), modifier_after(text, end)
    if before:
        over = kind is Kind.DURATION and text[before[1] : start].lower() == "over "
        if not (over and _IN_THE_COURSE.fullmatch(text, floor, before[1])):
            # `over three days` may also mean: in the course of
            interval = modified(interval, Modifier.AT_LEAST if over else before[0])
            start = before[1]
    elif after:
        interval, end = modified(interval, after[0]), after[1]
    elif kind is Kind.AGE:
        interval = limited(text, start, interval)
    return Quantity(
        start, end, text[start:end], kind, interval.low, interval.high, unit,
        interval.approximate or vague, interval.low_open, interval.high_open, last.step,
    )  # fmt: skip
