"""Reads times of day, rates such as `every two weeks`, and serial numbers."""

from __future__ import annotations

import re

from verifier.quantities.context import preceded
from verifier.quantities.measure import PER_YEAR
from verifier.quantities.numbers import read_number
from verifier.quantities.values import Kind, Quantity

_CLOCK = re.compile(
    r"(?P<h>[01]?\d|2[0-4])(?:(?P<mark>[:.])(?P<m>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?:\s?(?P<half>[AaPp])(?:[Mm]\b|\.\s?[Mm]\b\.?)|(?P<oclock>\s+o['’]clock)|(?P<zone>\s?(?:GMT|UTC|CET|BST|EST|ET|hrs|hours)\b))?(?![\w:]|\.\d)"
)
_TIME_TO = re.compile(r"\s?[–—-]\s?|\s+(?:to|until|till|and)\s+")
_BIBLE = re.compile(r"\b([A-Z][a-z]+)\s\Z")
_HOUR = re.compile(r"(?:1[0-2]|[1-9])(?=\s?[–—-]\s?\d|\s+(?:to|and)\s+\d)")
_NOT_CLOCK = frozenset(
    "at by until from before after around about since till the and to on is opens closes".split()
)
_TIME_WORDS = {"noon": 720.0, "midday": 720.0, "midnight": 0.0}
_SERIAL = re.compile(
    r"\d+(?:\.\d+){2,}\w*"  # versions, network addresses
    r"|\d{3,5}[ -]\d{3,4}[ -]\d{3,4}(?!\d)(?!,\d)"  # phone numbers, by the usual groups
    r"|\d{3}-\d{4}(?!\d|-)"
    r"|\d{1,4}(?:-\d{1,7}){2,5}(?!\d)"
    r"|0\d{2,4} \d{3,4}(?: \d{3,4})?(?!\d)|0\d{5,}"
    r"|\d{1,3}(?: \d{2,4}){3,5}(?!\d)"
    r"|\d{4}-\d{5,}|\d{1,4}/\d{1,4}/[A-Z]{2,4}\b|[12]\d{3} [A-Z]{2}\d{1,3}\b"  # files, asteroids
    r"|9/11\b|24/7\b|7/7\b"
    r"|\d{1,6}[A-Za-z](?=\d)\w*"
)
_SPOKEN = re.compile(
    r"(?:an?\s+)?(half|quarter|five|ten|twenty|twenty-five|[a-z]{3,9}(?:-[a-z]{3,5})?(?=\sminutes))"
    r"(?:\s+minutes)?\s+(past|to)\s+"
    r"(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?!\s(?:per\b|percent|people|(?:wo)?men\b|hundred|thousand|[mb]illion|hours?\b|minutes?\b|days?\b|[a-z]{4,}(?<=s)\b))",
    re.IGNORECASE,
)
_HOUR_NAME = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_BY_PART = re.compile(
    rf"({_HOUR_NAME})(?:(?:\s+(?:to|until|till|and)\s+|\s?[–-]\s?)({_HOUR_NAME}))?"
    r"\s+(?:in\s+the\s+(?:(morning)|afternoon|evening)|at\s+night)\b",
    re.IGNORECASE,
)
_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_PHONE = re.compile(r"(?:\+|\()\Z")
_DIALLED = re.compile(r"[\d ()-]{5,24}\d")
_EVERY = re.compile(
    r"(?:every|each)\s+(?:(?P<other>other|second)\s+)?(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade|century)\b",
    re.IGNORECASE,
)
_EVERY_N = re.compile(r"every\s+(?=\w)", re.IGNORECASE)
_UNITS = re.compile(r"\s+(hour|day|night|week|month|quarter|year|decade|minute)s\b", re.IGNORECASE)
RATES = {
    "hourly": 8760.0, "daily": 365.0, "weekly": 52.0, "fortnightly": 26.0, "monthly": 12.0,
    "quarterly": 4.0,
    "yearly": 1.0, "annually": 1.0, "annual": 1.0,
}  # fmt: skip
RATE_WORDS = frozenset({"once", "twice", "thrice", "every", "each", *RATES})
CLOCK_WORDS = frozenset({"noon", "midday", "midnight"})
_TIMES_WORDS = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_TIMES_PER = re.compile(
    r"(once|twice|thrice)(?:\s+(?:an?|per|each|every)\s+(minute|hour|day|night|week|fortnight|month|quarter|season|year|decade|century)"
    r"|[\s-](dai|week|month|year)ly)\b",
    re.IGNORECASE,
)


def _make(text: str, span: tuple[int, int], kind: Kind, value: float, unit: str = "") -> Quantity:
    return Quantity(*span, text[slice(*span)], kind, value, value, unit)


def read_clock(text: str, at: int) -> Quantity | None:
    """Read a time of day, or from one to another, as minutes after midnight.

    The unit is "12-hour" where the text leaves out whether it is morning.
    """
    if by_part := _BY_PART.match(text, at):
        return _hours(text, by_part)
    first = _time(text, at) or _bare_hour(text, at)
    if first is None:
        return None
    minutes, end, alone = first
    gap = _TIME_TO.match(text, end)
    last = _time(text, gap.end()) if gap else None
    if last and not alone:  # 9–11 am, 9 to 5pm
        minutes += 720 * (minutes + 720 < last[0])
    if last and last[0] > minutes:
        return Quantity(at, last[1], text[at : last[1]], Kind.TIME, minutes, last[0])
    unit = "12-hour" if text[end - 5 : end] == "clock" else ""
    return _make(text, (at, end), Kind.TIME, minutes, unit) if alone else None


_Time = tuple[float, int, bool]
"""Minutes after midnight, where it ends, and whether it can stand by itself."""


def _time(text: str, at: int) -> _Time | None:
    match = _CLOCK.match(text, at)
    if match is None:
        return None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    elif match["mark"] == ":":
        name = preceded(_BIBLE, text, at)
        if name and name[1].lower() not in _NOT_CLOCK:
            return None
    elif not (match["oclock"] or (match["zone"] and match["m"])):
        return None
    return hour * 60.0 + minute, match.end(), True


def _bare_hour(text: str, at: int) -> _Time | None:
    hour = _HOUR.match(text, at)
    return (int(hour[0]) % 12 * 60.0, hour.end(), False) if hour else None


def read_time_word(text: str, at: int, word: str) -> Quantity:
    """Read `noon`, `midday`, `midnight`, and from there to a later hour."""
    low, end = _TIME_WORDS[word], at + len(word)
    gap = _TIME_TO.match(text, end)
    last = read_clock(text, gap.end()) or read_spoken_time(text, gap.end()) if gap else None
    if last and last.unit == "" and low < last.low == last.high:
        return Quantity(at, last.end, text[at : last.end], Kind.TIME, low, last.low)
    return _make(text, (at, end), Kind.TIME, low)


def read_spoken_time(text: str, at: int) -> Quantity | None:
    """Read `half past two`, `a quarter to nine`, `one to five in the afternoon`."""
    if by_part := _BY_PART.match(text, at):
        return _hours(text, by_part)
    match = _SPOKEN.match(text, at)
    hour = read_number(text, match.start(3)) if match else None
    if match is None or hour is None:
        return None
    said = match[1].lower()
    minutes = read_number(text, match.start(1)) if said not in _MINUTES else None
    if said not in _MINUTES and minutes is None:
        return None
    gone = minutes.value if minutes else _MINUTES[said]
    total = hour.value * 60 + gone * (1 if match[2].lower() == "past" else -1)
    return _make(text, (at, match.end()), Kind.TIME, total, "12-hour")


def _hours(text: str, match: re.Match[str]) -> Quantity | None:
    """Read hours of a part of the day; the part that the last of them names holds for both."""
    numbers = [read_number(text, match.start(group)) for group in (1, 2) if match[group]]
    hours = [number.value for number in numbers if number and 1 <= number.value <= 12]  # noqa: PLR2004
    if len(hours) < len(numbers):
        return None
    low, high = (hour % 12 * 60 + (0 if match[3] else 720) for hour in (hours[0], hours[-1]))
    if low > high:
        low -= 720  # eleven to two in the afternoon
    if low < 0:
        return None
    return Quantity(*match.span(), match[0], Kind.TIME, low, high)


def read_serial(text: str, at: int) -> Quantity | None:
    """Read a phone number, a version or another run of digits that has no value."""
    if at and _PHONE.search(text, at - 1, at):
        dialled = _DIALLED.match(text, at)
        if dialled and (text[at - 1] == "+" or ")" in dialled[0]):
            return _make(text, (at - 1, dialled.end()), Kind.IDENTIFIER, 0)
    match = _SERIAL.match(text, at)
    return _make(text, (at, match.end()), Kind.IDENTIFIER, 0) if match else None


def read_rate(text: str, at: int, word: str) -> Quantity | None:
    """Read `every month`, `every two weeks`, `twice a year`, `weekly`, as times per year."""
    if word in RATES:
        end = at + len(word)
        if text[at].isupper() or (at and text[at - 1] == "-") or text[end : end + 1] == "-":
            return None
        return _make(text, (at, end), Kind.FREQUENCY, RATES[word], "per year")
    times = _TIMES_PER.match(text, at)
    if times:
        rate = _TIMES_WORDS[times[1].lower()] * PER_YEAR[(times[2] or times[3]).lower()]
        return _make(text, (at, times.end()), Kind.FREQUENCY, rate, "per year")
    every = _EVERY.match(text, at)
    if every:
        rate = PER_YEAR[every["unit"].lower()] / (2 if every["other"] else 1)
        return _make(text, (at, every.end()), Kind.FREQUENCY, rate, "per year")
    gap = _EVERY_N.match(text, at)
    number = read_number(text, gap.end()) if gap else None
    unit = _UNITS.match(text, number.end) if number else None
    if number and unit and number.value > 0:
        rate = PER_YEAR[unit[1].lower()] / number.value
        return _make(text, (at, unit.end()), Kind.FREQUENCY, rate, "per year")
    return None
