"""Decides, by what stands around them, which digits and words are dates, and makes their records.

`dates` reads the shapes; here `2019` is told from a count, `May` from a verb, and `mid-`, `about`
and `before` are added.
"""

from __future__ import annotations

import math
import re
from datetime import date

from verifier.quantities.context import Modifier, is_plural, modifier_before, preceded
from verifier.quantities.dates import WEEKDAYS, DateMatch, read_date, read_year
from verifier.quantities.relative import read_relative, read_weekday
from verifier.quantities.shapes import DECADES, MONTHS, SEASONS
from verifier.quantities.values import Kind, PartialDate, Quantity

RELATIVE = frozenset({"yesterday", "today", "tonight", "tomorrow", "last", "next", "this"})
DATE_WORDS = frozenset({*MONTHS, *WEEKDAYS, *SEASONS, *RELATIVE, *DECADES})
_PART = re.compile(
    r"(?:\b(?:(?:mid|early|late)[\s-]+|the (?:beginning|end|start|middle) of ))\Z", re.IGNORECASE
)
_SIDE = re.compile(r"\b(before|prior to|ahead of|after|following)\s+(?:the\s+)?\Z", re.IGNORECASE)
_IN_TIME = re.compile(
    r"(?:\b(?:in|since|until|till|during|from|before|after|last|next|this|late|early|mid|through"
    r"|throughout|to|and|every|each|between|of|by|around|about)|mid-|[–-])"
    r"\s*(?:the\s+)?(?:early |late |mid-)?\Z",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(
    r"\b(?:(?i:in|since|until|till|during|last|next|this|late|early|mid|through|between|from|by)"
    r"|of|to|and|for)[\s-](?:early |late |mid-)?\Z"
)
_YEAR_PREP = re.compile(
    r"\b(?:in|since|until|during|before|after|year|early|late|mid)[\s-]\Z", re.IGNORECASE
)
_FIRM_YEAR = re.compile(
    r"(?:\b(?:in|since|until|by|during|circa|c\.|year|from|to|before|after|born|died|around|about)\s"
    r"|\()\Z",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(
    r"\b(?:no\.?|number|route|section|article|iso|page|flight|room|windows)\s\Z", re.IGNORECASE
)
_SERIAL_ON = re.compile(r"-\d|\s[A-Z]{2}\d")
_MODERN = range(1900, 2100)
"""Years that need nothing before them to be one."""
_ROUGHLY = frozenset({Modifier.ABOUT, Modifier.NEARLY})
_BOUNDS = {
    "before": "before", "prior to": "before", "ahead of": "before", "after": "after",
    "following": "after",
}  # fmt: skip
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
_NOUN = re.compile(r"[ -]([a-z]{2,})")
_JOINT = re.compile(r"\s(to|and)\s")
_THE = re.compile(r"\bthe\s(?:early |late |mid-)?\Z", re.IGNORECASE)
_DURING = re.compile(r"\b(?:in|since|during)\s\Z", re.IGNORECASE)
_OWNER = re.compile(r"\s[A-Z]|['’]s\s")
_SURNAME = re.compile(r" [A-Z][a-z]")
_DOUBTFUL = frozenset({"may", "march", "august"})
_SHORT = len("sept")
_MEASURED = frozenset(
    """people men women troops workers km miles metres meters feet tonnes tons kg kilometres
    kilometers euros dollars pounds years days hours minutes per percent times hectares acres mph
    rpm seats jobs calories words""".split()
)
_EVENTS = frozenset(
    """elections games olympics championships floods attacks protests finals playoffs riots
    talks""".split()
)


def place_date(text: str, at: int, match: DateMatch, floor: int) -> Quantity:
    """Make the record of a date at `at`, with the `mid-`, `about` or `before` in front of it."""
    start, approximate = at, match.approximate
    part = _PART.search(text, max(floor, at - 20), at)
    if part:
        start, approximate = part.start(), True
    else:
        modifier = modifier_before(text, at, floor)
        if modifier and modifier[0] in _ROUGHLY:
            start, approximate = modifier[1], True
    side = _SIDE.search(text, max(floor, start - 16), start)
    bound = "" if side is None else _BOUNDS[side[1].lower()]
    if preceded(_BETWEEN, text, start):
        bound = "between"
    low, high = -math.inf, math.inf
    if len(match.readings) == 1:
        first, last = (day.bounds() for day in match.readings[0])
        low, high = first[0] if first else low, last[1] if last else high
    return Quantity(
        start, match.end, text[start : match.end], Kind.DATE, low, high,
        approximate=approximate, readings=match.readings, bound=bound,
    )  # fmt: skip


def read_dated_digits(text: str, at: int, floor: int) -> Quantity | None:
    """Read the date that digits at `at` begin; a lone number only where it must be a year."""
    match = read_date(text, at)
    if match is None:
        year = read_year(text, at)
        if year is None or not _is_year(text, at, *year, floor):
            return None
        found = PartialDate(year[0])
        return place_date(text, at, _to_year(text, at, found, year[1]), floor)
    first, last = match.readings[0]
    if first == PartialDate(first.year) and (first.year or 0) > 0:
        if first == last and not _is_year(text, at, first.year or 0, match.end, floor):
            return None
        noun = _NOUN.match(text, match.end)
        if first != last and noun and noun[1] in _MEASURED:
            return None
    return place_date(text, at, match, floor)


def _to_year(text: str, at: int, first: PartialDate, end: int) -> DateMatch:
    """Read on after one year: `2014 to 2018`, `between 2014 and 2018`."""
    joint = _JOINT.match(text, end)
    last = read_year(text, joint.end()) if joint else None
    between = text[max(0, at - 8) : at].lower() == "between "
    if joint and last and last[0] > (first.year or 0) and (between or joint[1] == "to"):
        return DateMatch(((first, PartialDate(last[0])),), last[1])
    return DateMatch(((first, first),), end)


def _is_year(text: str, at: int, year: int, end: int, floor: int) -> bool:  # noqa: PLR0911 - one exit a rule
    """Tell a year from a count: by what stands before it, and by a noun that it would count."""
    if text[end : end + 1] in {"%", "°"} or (at and text[at - 1] in "$£€¥₹#+"):
        return False
    if preceded(_NAMED_NUMBER, text, at) or _SERIAL_ON.match(text, end):
        return False
    if year not in _MODERN and not preceded(_FIRM_YEAR, text, at):
        return False
    modifier = modifier_before(text, at, floor)
    if modifier and modifier[0] not in _ROUGHLY:
        return False
    noun = _NOUN.match(text, end)
    if noun is None or not (is_plural(noun[1]) or noun[1] in _MEASURED):
        return True
    if noun[1] in _MEASURED:
        return False
    return noun[1] in _EVENTS or (bool(preceded(_YEAR_PREP, text, at)) and year % 100 != 0)


def read_date_word(  # noqa: PLR0911 - one exit a rule
    text: str, at: int, word: str, floor: int, as_of: date | None
) -> Quantity | None:
    """Read the date that one of `DATE_WORDS` at `at` begins."""
    if word in RELATIVE:
        match = read_relative(text, at, as_of)
        return place_date(text, at, match, floor) if match else None
    if word in DECADES:
        found = PartialDate(decade=DECADES[word])
        return _made(text, at, word, found, floor) if preceded(_THE, text, at) else None
    if text[at].islower() and word not in SEASONS:
        return None  # may, march, august, sat, sun
    match = read_date(text, at)
    if match and word in WEEKDAYS:
        match = read_weekday(text, at, match, as_of)
    if match is None:
        name = text[at].isupper() and _SURNAME.match(text, at + len(word))
        if word in SEASONS and word != "fall" and not name and preceded(_IN_TIME, text, at):
            return _made(text, at, word, PartialDate(season=SEASONS[word]), floor)
        return None
    first, last = match.readings[0]
    if first == last == PartialDate(month=first.month) and not _is_month(text, at, word, match.end):
        return None
    if first == last and first.day and not first.year and first.month and not first.weekday:
        noun = _NOUN.match(text, match.end)
        if noun and is_plural(noun[1]) and preceded(_DURING, text, at):
            # `In June 12 people died`
            return _made(text, at, word, PartialDate(month=first.month), floor)
    return place_date(text, at, match, floor)


def _made(text: str, at: int, word: str, found: PartialDate, floor: int) -> Quantity:
    return place_date(text, at, DateMatch(((found, found),), at + len(word)), floor)


def _is_month(text: str, at: int, word: str, end: int) -> bool:
    """Tell the month from the name and the verb: `in May` from `Theresa May`."""
    if word in _DOUBTFUL or len(word) <= _SHORT:
        return bool(preceded(_IN_MONTH, text, at)) and not _OWNER.match(text, end)
    return not _SURNAME.match(text, end) or bool(preceded(_IN_TIME, text, at))
