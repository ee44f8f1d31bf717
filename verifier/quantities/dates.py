"""Reads a date or a range of dates: two single dates with a dash or a word between.

The parts that one end of a range leaves out are taken from the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from verifier.quantities.shapes import DAY, MONTH, TO_YEAR, YEAR, exists, read_single, year_of
from verifier.quantities.values import DateRange, PartialDate

WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
    "sunday": 7,
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
    "sun": 7,
}  # fmt: skip


class DateMatch(NamedTuple):
    """A date that was read: its readings and where it ends."""

    readings: tuple[DateRange, ...]
    end: int
    approximate: bool = False
    """Whether its last day is a `late September`."""


_DATE_AHEAD = re.compile(
    r"\d{1,4}(?:\s?[–—−./-]|st|nd|rd|th|['’]?s|\s?[ABCQ]|\s+(?:of\s+)?[JFMASOND]"
    r"|\s+(?:to|through|until|till|and)\s)"
)
"""What follows the first digits of any date but a lone year; most numbers are told by it."""
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/]|[.-]\d)")
_DASH = re.compile(r"\s?[–—−-]\s?|\s+(?:to|through|until|till)\s+|\s+and\s+")
_DAYS = re.compile(
    rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:{_DASH.pattern})"
    rf"(?=\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH})"
)
_LAST_DAY = re.compile(
    rf"(?:{_DASH.pattern})(?:the\s+)?{DAY}(?!\s+{MONTH.replace('?P<m>', '?:')})(?:{TO_YEAR}{YEAR})?"
)
_YEARS = re.compile(
    r"(?P<a>1\d{3}|20\d{2})(?P<dash>\s?[–—/−-]\s?)(?P<b>\d{4}|\d{2})(?![\w%]|[.,:–/-]\d|/[A-Z])"
)
_WEEKDAY = re.compile(
    r"(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?(?=,?\s\d|,?\s[A-Z]))s?(?!\w)"
)
_TO_DATE = re.compile(r"(?:\s?,)?\s+(?:the\s+)?|\s+\(")
_PART = re.compile(r"(?:mid|early|late)[\s-]", re.IGNORECASE)
_YEAR = re.compile(YEAR)


def read_date(text: str, at: int) -> DateMatch | None:
    """Read the date or range that starts at `at`; None where none does or no such day exists."""
    if text[at : at + 1].isdigit() and not _DATE_AHEAD.match(text, at):
        return None
    weekday = _WEEKDAY.match(text, at)
    if weekday:
        return _after_weekday(text, weekday)
    numeric = _NUMERIC.match(text, at)
    if numeric:
        return _numeric(numeric)
    years = _YEARS.match(text, at)
    if years and not re.match(r"\d{4}-\d\d-\d\d", text[at : at + 10]):
        return _year_range(years)
    days = _DAYS.match(text, at)
    if days:
        last = read_single(text, days.end())
        if last and last[0].day:
            return _joined(PartialDate(day=int(days["first"])), *last)
    first = read_single(text, at)
    return _range_from(text, *first) if first else None


def _range_from(text: str, first: PartialDate, end: int) -> DateMatch:
    """Read on after a single date, for the other end of a range."""
    if first.day and first.month and not first.year:
        more = _LAST_DAY.match(text, end)
        # `November 23 and 24 people died` has no second day
        if more and not re.match(r"\s[a-z]{3,}", text[more.end() : more.end() + 5]):
            last = PartialDate(year_of(more), first.month, int(more["d"]))
            if exists(last) and last.day and last.day > first.day:
                return _joined(first, last, more.end())
    dash = _DASH.match(text, end)
    if dash and dash[0].strip() and first.weekday is None:
        part = _PART.match(text, dash.end())
        last_found = read_single(text, part.end() if part else dash.end())
        if last_found and _one_level(first, last_found[0]) and "and" not in dash[0]:
            return _joined(first, *last_found)._replace(approximate=part is not None)
        if last_found and "and" in dash[0] and _consecutive(text, first, last_found[0], end):
            return _joined(first, *last_found)
    return DateMatch(((first, first),), end)


def _consecutive(text: str, first: PartialDate, last: PartialDate, end: int) -> bool:
    """Tell whether `and` joins neighbours, or the two ends that `between` announces."""
    if re.search(
        r"\bbetween\s+(?:the\s+)?\S+(?:\s\S+){0,3}\Z", text[max(0, end - 40) : end], re.IGNORECASE
    ):
        return _one_level(first, last)
    return bool(
        first.month
        and last.month
        and not first.day
        and not last.day
        and last.month - first.month == 1
    )


def _one_level(first: PartialDate, last: PartialDate) -> bool:
    return (first.day is None) == (last.day is None) and (first.month is None) == (
        last.month is None
    )


def _joined(first: PartialDate, last: PartialDate, end: int) -> DateMatch:
    if first.month is None and last.month is not None:
        first = replace(first, month=last.month)
    if first.year is None and last.year is not None and first.month and last.month:
        first = replace(first, year=last.year - (first.month > last.month))
    elif last.year is None and first.year is not None and first.month and last.month:
        last = replace(last, year=first.year + (first.month > last.month))
    return DateMatch(((first, last),), end)


def _numeric(match: re.Match[str]) -> DateMatch | None:
    """Read 25.11.2021, which is day first, or 03/04/2021, which may be either."""
    first, mark, second, year_text = int(match[1]), match[2], int(match[3]), match[4]
    year = int(year_text)
    if len(year_text) == 2:  # noqa: PLR2004
        if mark in {".", "-"}:
            return None  # a version, or a phone number
        year += 2000 if year < 50 else 1900  # noqa: PLR2004
    elif not 1000 <= year < 2200:  # noqa: PLR2004
        return None
    month_first = PartialDate(year, first, second)
    day_first = PartialDate(year, second, first)
    orders = (day_first,) if mark == "." else (month_first, day_first)
    readings = tuple(dict.fromkeys((day, day) for day in orders if exists(day) and day.day))
    return DateMatch(readings, match.end()) if readings else None


def _year_range(match: re.Match[str]) -> DateMatch:
    """Read 2014–18 as years, 2021-11 as a month, and leave 2010-11 open."""
    first, short = int(match["a"]), match["b"]
    last = int(short) if len(short) == 4 else first // 100 * 100 + int(short)  # noqa: PLR2004
    as_month = PartialDate(first, int(short))
    as_years = (PartialDate(first), PartialDate(last))
    month_like = match["dash"] == "-" and len(short) == 2 and exists(as_month)  # noqa: PLR2004
    if last > first and month_like:
        return DateMatch(((as_month, as_month), as_years), match.end())
    if last > first:
        return DateMatch((as_years,), match.end())
    if month_like:
        return DateMatch(((as_month, as_month),), match.end())
    if first // 100 * 100 + 100 + int(short) - first == 1 and len(short) == 2:  # noqa: PLR2004
        return DateMatch(((PartialDate(first), PartialDate(first + 1)),), match.end())  # 1999–00
    return DateMatch(((PartialDate(first), PartialDate(first)),), match.end("a"))


def _after_weekday(text: str, match: re.Match[str]) -> DateMatch:
    number = WEEKDAYS[match["w"].lower().rstrip(".")]
    gap = _TO_DATE.match(text, match.end())
    found = read_single(text, gap.end()) if gap else None
    if found and found[0].day and "(" not in (gap[0] if gap else ""):
        day = replace(found[0], weekday=number)
        return DateMatch(((day, day),), found[1])
    day = PartialDate(weekday=number)
    return DateMatch(((day, day),), match.end())


def read_year(text: str, at: int) -> tuple[int, int] | None:
    """Read four digits that may be a year: the year, and where it ends."""
    match = _YEAR.match(text, at)
    return (int(match["y"]), match.end()) if match else None
