"""Dates relative to the day on which a text was written, resolved only if that is given."""

from __future__ import annotations

import re
from datetime import date, timedelta

from verifier.quantities.dates import WEEKDAYS, DateMatch
from verifier.quantities.shapes import MONTHS, SEASONS
from verifier.quantities.values import DateRange, PartialDate

_DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_TURNS = {"last": -1, "this": 0, "next": 1}
_PATTERN = re.compile(
    r"(?P<day>yesterday|today|tonight|tomorrow)\b"
    r"|(?P<turn>last|this|next)\s+(?:(?P<unit>week|month|year|quarter)(?!\s+of\b)"
    r"|(?P<season>spring|summer|autumn|fall|winter)"
    r"|(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|(?P<month>January|February|March|April|May|June|July|August|September|October|November|December))\b"
    r"(?!['’]s\s+\d|-)",
    re.IGNORECASE,
)
_FAR = re.compile(r"\bday\s(?:before|after)\s\Z", re.IGNORECASE)
_ON = re.compile(r"\bon\s\Z", re.IGNORECASE)
_WILL = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|expected|planned))\b[^.;]*\Z", re.IGNORECASE
)
_REACH = 80
_MONTHS_PER_YEAR = 12


def read_relative(text: str, at: int, as_of: date | None) -> DateMatch | None:
    """Read `yesterday`, `last Monday`, `next year` at `at`; without `as_of` it has no readings."""
    match = _PATTERN.match(text, at)
    if match is None:
        return None
    if as_of is None:
        return DateMatch((), match.end())
    if match["day"] and _FAR.search(text, max(0, at - 16), at):
        further = timedelta(days=_DAY_WORDS[match["day"].lower()])  # the day before yesterday
        return DateMatch((_resolve(match, as_of + further),), match.end())
    return DateMatch((_resolve(match, as_of),), match.end())


def _resolve(match: re.Match[str], as_of: date) -> DateRange:
    if match["day"]:
        return single(as_of + timedelta(days=_DAY_WORDS[match["day"].lower()]))
    turn = _TURNS[match["turn"].lower()]
    if match["weekday"]:
        return single(_weekday(as_of, WEEKDAYS[match["weekday"].lower()], turn))
    if match["season"]:
        found = PartialDate(as_of.year + turn, season=SEASONS[match["season"].lower()])
        return found, found
    if match["month"]:
        return _month(as_of, match["month"].lower(), turn)
    match match["unit"].lower():
        case "week":
            monday = as_of - timedelta(days=as_of.weekday()) + timedelta(weeks=turn)
            return single(monday)[0], single(monday + timedelta(days=6))[0]
        case "month":
            months = as_of.year * _MONTHS_PER_YEAR + as_of.month - 1 + turn
            found = PartialDate(months // _MONTHS_PER_YEAR, months % _MONTHS_PER_YEAR + 1)
        case "quarter":
            quarters = as_of.year * 4 + (as_of.month - 1) // 3 + turn
            found = PartialDate(quarters // 4, quarter=quarters % 4 + 1)
        case _:
            found = PartialDate(as_of.year + turn)
    return found, found


def single(day: date) -> DateRange:
    """Make the range of one day."""
    found = PartialDate(day.year, day.month, day.day)
    return found, found


def _weekday(as_of: date, weekday: int, turn: int) -> date:
    ahead = (weekday - as_of.isoweekday()) % 7
    if turn < 0:
        return as_of + timedelta(days=ahead - 7)
    if turn > 0:
        return as_of + timedelta(days=ahead or 7)
    return as_of + timedelta(days=weekday - as_of.isoweekday())


def _month(as_of: date, name: str, turn: int) -> DateRange:
    number = MONTHS[name]
    year = as_of.year
    if turn < 0 and number >= as_of.month:
        year -= 1
    elif turn > 0 and number <= as_of.month:
        year += 1
    found = PartialDate(year, number)
    return found, found


def read_weekday(text: str, at: int, found: DateMatch, as_of: date | None) -> DateMatch:
    """Resolve `on Tuesday` to the last one up to `as_of`, or the next where the text says `will`.

    Other dates, and weekdays that may be any (`Tuesday prayers`, `on Tuesdays`), stay as they are.
    """
    weekday = found.readings[0][0].weekday
    if as_of is None or weekday is None or found.readings != (_any(weekday),):
        return found
    if text[found.end - 1] == "s" or not _ON.search(text, max(0, at - 4), at):
        return found
    away = (weekday - as_of.isoweekday()) % 7
    ahead = _WILL.search(text, max(0, at - _REACH), at)
    day = single(as_of + timedelta(days=away if ahead else away - 7 if away else 0))
    return DateMatch((day,), found.end)


def _any(weekday: int) -> DateRange:
    return PartialDate(weekday=weekday), PartialDate(weekday=weekday)


def ago(amount: float, unit: str, as_of: date) -> DateRange | None:
    """Give the date `amount` days or months (as `unit` says) before `as_of`, no finer than said.

    None beyond the years that a calendar date can have.
    """
    days_per_unit = 1 if unit == "day" else 31
    if amount * days_per_unit >= as_of.toordinal():
        return None
    if unit == "day":
        return single(as_of - timedelta(days=round(amount)))
    months = as_of.year * _MONTHS_PER_YEAR + as_of.month - 1 - round(amount)
    year, month = months // _MONTHS_PER_YEAR, months % _MONTHS_PER_YEAR + 1
    found = PartialDate(year) if amount % _MONTHS_PER_YEAR == 0 else PartialDate(year, month)
    return found, found
