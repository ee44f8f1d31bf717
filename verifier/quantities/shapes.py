"""The shapes of a single date, as precise as the text has it and no more precise.

Each shape is a pattern and a function that turns its match into a `PartialDate`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from verifier.quantities.number_words import ORDINALS, TENS
from verifier.quantities.values import PartialDate

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip
SEASONS = {
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}
_LAST_CENTURY, _LAST_DAY_WORD = 21, 20
_TH = r"(?:st|nd|rd|th)"
MONTH = (
    r"(?P<m>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
    r"(?![A-Za-z])"
)
DAY = rf"(?P<d>\d{{1,2}}){_TH}?(?![\w%]|[.,:]\d)"
YEAR = r"(?P<y>1\d{3}|20\d{2})(?![\w%]|[.,:/]\d)"
TO_YEAR = r"(?:\s?,\s?|\s+|,?\s+in\s+)"
_OF_YEAR = rf"(?:\s+(?:of\s+)?|,\s){YEAR}"


def _ordinals(largest: int) -> str:
    return "|".join(word for word, number in ORDINALS.items() if number <= largest)


_CENTURY_WORDS = rf"(?:twenty-)?(?:{_ordinals(_LAST_CENTURY)})"
_DAY_WORDS = rf"(?:(?:twenty|thirty)-)?(?:{_ordinals(_LAST_DAY_WORD)})|thirtieth"


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["m"].lower().rstrip(".")]


def year_of(match: re.Match[str]) -> int | None:
    """Give the year of a match whose year may be left out."""
    return int(match["y"]) if match["y"] else None


def _calendar(match: re.Match[str]) -> PartialDate:
    day = match.groupdict().get("d")
    return PartialDate(year_of(match), _month(match), int(day) if day else None)


def _ordinal_word(words: str) -> int:
    head, _, tail = words.lower().rpartition("-")
    return TENS.get(head, 0) + ORDINALS[tail]


def _day_in_words(match: re.Match[str]) -> PartialDate:
    return PartialDate(year_of(match), _month(match), _ordinal_word(match["n"]))


def _iso(match: re.Match[str]) -> PartialDate:
    return PartialDate(int(match["y"]), int(match["mm"]), int(match["d"]))


def _decade(match: re.Match[str]) -> PartialDate:
    years = int(match["y"])
    return PartialDate(decade=years if years >= 1000 else 1900 + years)  # noqa: PLR2004


def _era(match: re.Match[str]) -> PartialDate:
    return PartialDate(-int(match["n"]) if match["era"][0] == "B" else int(match["n"]))


def _century(match: re.Match[str]) -> PartialDate:
    number = match["n"]
    if number[0].isdigit():
        return PartialDate(century=int(number[:-2]))
    return PartialDate(century=_ordinal_word(number))


def _quarter(match: re.Match[str]) -> PartialDate:
    number = match["q"].lower()
    return PartialDate(
        year_of(match), quarter=int(number[0]) if number[0].isdigit() else ORDINALS[number]
    )


def _season(match: re.Match[str]) -> PartialDate:
    return PartialDate(year_of(match), season=SEASONS[match["s"].lower()])


_Shape = tuple[re.Pattern[str], Callable[[re.Match[str]], PartialDate]]


def _shape(pattern: str, build: Callable[[re.Match[str]], PartialDate]) -> _Shape:
    return re.compile(pattern), build


_AT_DIGIT: tuple[_Shape, ...] = (
    _shape(rf"{DAY}(?:\s+of)?(?:\s+|-){MONTH}(?:(?:{TO_YEAR}|-|\s+of\s+){YEAR})?", _calendar),
    _shape(
        r"(?P<y>[12]\d{3})([-/.])(?P<mm>\d\d)\2(?P<d>\d\d)"
        r"(?:T[\d:.]{4,15}(?:Z|[+-][\d:]{4,6})?)?(?![\w-])",
        _iso,
    ),
    _shape(r"(?P<y>[12]\d{2}0)['’]?s(?!\w)", _decade),
    _shape(r"(?P<n>\d{1,4})\s?(?P<era>BCE?|B\.C\.|AD|CE)(?!\w)", _era),
    _shape(rf"(?P<n>\d{{1,2}}{_TH})[\s-][Cc]entury(?!\s+B\.?C)\b", _century),
    _shape(r"(?P<y>20\d{2}|19\d{2})[\s-]?Q(?P<q>[1-4])(?!\w)", _quarter),
    _shape(rf"(?P<q>[1-4]{_TH})[\s-]quarter{_OF_YEAR}", _quarter),
)
_AT_LETTER: tuple[_Shape, ...] = (
    _shape(rf"{MONTH}\s?{DAY}(?:{TO_YEAR}{YEAR})?", _calendar),
    _shape(rf"{MONTH}(?:(?:\s+of)?{TO_YEAR}|-){YEAR}", _calendar),
    _shape(rf"{MONTH}(?P<y>)", _calendar),
    _shape(rf"(?P<n>(?i:{_DAY_WORDS}))(?:\s+of)?\s+{MONTH}(?:{TO_YEAR}{YEAR})?", _day_in_words),
    _shape(r"['’](?P<y>[3-9]0)s(?!\w)", _decade),
    _shape(rf"(?i:(?P<n>{_CENTURY_WORDS})[\s-]century)(?!\s+B\.?C)\b", _century),
    _shape(rf"Q(?P<q>[1-4])(?:(?:\s+(?:of\s+)?|/|-){YEAR})?(?!\w)", _quarter),
    _shape(rf"(?P<q>(?i:first|second|third|fourth))[\s-]quarter{_OF_YEAR}", _quarter),
    _shape(rf"(?P<s>(?i:spring|summer|autumn|fall|winter)){_OF_YEAR}", _season),
)


def read_single(text: str, at: int) -> tuple[PartialDate, int] | None:
    """Read the one date that starts at `at`, and where it ends; None if no such day exists."""
    for pattern, build in _AT_DIGIT if text[at : at + 1].isdigit() else _AT_LETTER:
        match = pattern.match(text, at)
        if match and exists(found := build(match)):
            return found, match.end()
    return None


def exists(found: PartialDate) -> bool:
    """Tell whether the calendar has such a date."""
    if found.month is not None and not 1 <= found.month <= 12:  # noqa: PLR2004
        return False
    if found.day is None or found.month is None:
        return True
    return 1 <= found.day <= calendar.monthrange(found.year or 2000, found.month)[1]
