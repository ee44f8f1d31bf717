"""The records: a quantity with its place in the text, and a date with its missing parts missing."""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DAYS_PER_YEAR = 365.2425
SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
"""First and last month by the northern custom; months beyond 12 belong to the next year."""


class Kind(StrEnum):
    """What a quantity measures. Only quantities of one kind (or percent and share) compare."""

    COUNT = "count"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    DURATION = "duration"
    FREQUENCY = "frequency"
    TIME = "time"
    TEMPERATURE = "temperature"
    DISTANCE = "distance"
    WEIGHT = "weight"
    AREA = "area"
    VOLUME = "volume"
    SPEED = "speed"
    AGE = "age"
    SCORE = "score"
    IDENTIFIER = "identifier"


class Outcome(StrEnum):
    """What two values say about each other."""

    AGREE = "agree"
    CONFLICT = "conflict"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as the text made it; whatever the text left out is None."""

    year: int | None = None
    """Negative for BC, without a year 0."""
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    season: str | None = None
    """A key of `SEASON_MONTHS`."""
    decade: int | None = None
    """Its first year: 1990."""
    century: int | None = None
    """20 for 1901–2000."""
    weekday: int | None = None
    """1 for Monday to 7 for Sunday."""

    def __str__(self) -> str:
        """Write it like ISO 8601, `--` for a missing year: `2021-11-23`, `--11`, `199x`."""
        if self.decade is not None:
            return f"{self.decade // 10}x"
        if self.century is not None:
            return f"{self.century - 1:02d}xx"
        head = "-" if self.year is None else f"{self.year:04d}"
        if self.quarter is not None:
            return f"{head}-Q{self.quarter}"
        if self.season is not None:
            return f"{head}-{self.season}"
        if self.month is None:
            return head if self.year is not None else f"-W-{self.weekday}"
        tail = "" if self.day is None else f"-{self.day:02d}"
        return f"{head}-{self.month:02d}{tail}"

    def bounds(self, year: int | None = None) -> tuple[float, float] | None:
        """Give its first and last day as day numbers (`date.toordinal`).

        `year` stands in for a missing one. None where year and month stay unknown.
        """
        if self.decade is not None:
            return _day(self.decade, 1, 1), _day(self.decade + 9, 12, 31)
        if self.century is not None:
            return _day(self.century * 100 - 99, 1, 1), _day(self.century * 100, 12, 31)
        known = self.year if self.year is not None else year
        if known is None or (self.year is None and self._months() is None):
            return None
        first, last = self._months() or (1, 12)
        if self.day is not None:
            return _day(known, first, self.day), _day(known, first, self.day)
        final_year, final_month = known + (last - 1) // 12, (last - 1) % 12 + 1
        return _day(known, first, 1), _day(final_year, final_month, 31)

    def _months(self) -> tuple[int, int] | None:
        if self.quarter is not None:
            return self.quarter * 3 - 2, self.quarter * 3
        if self.season is not None:
            return SEASON_MONTHS[self.season]
        return None if self.month is None else (self.month, self.month)


def _day(year: int, month: int, day: int) -> float:
    if not 1 <= year <= 9999:  # noqa: PLR2004 - the years that `datetime` knows
        return math.floor(year * DAYS_PER_YEAR) + (month - 1) * 30.4 + day
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).toordinal()


DateRange = tuple[PartialDate, PartialDate]
"""First and last; the same date twice for a single one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that a text states: `text[start:end]` is what was read."""

    start: int
    end: int
    text: str
    kind: Kind
    low: float = -math.inf
    high: float = math.inf
    """The value as an interval in `unit`; a single number has `low == high`. For a score the two
    numbers. For dates the day numbers of the first and last day, infinite where no year is known
    or where the order of day and month is not."""
    unit: str = ""
    """The base unit of the kind, a currency code, or the counted noun in the singular."""
    approximate: bool = False
    low_open: bool = False
    high_open: bool = False
    step: float = 0.0
    """The place value of the last digit that the text states: 1e8 for 1.2 billion. 0: exact."""
    readings: tuple[DateRange, ...] = ()
    """Dates only: one, two where the order of day and month is unknown, none where a relative date
    has nothing to be relative to."""
    bound: str = ""
    """For dates "before", "after" or "between", for ratings "below" or "above", where the text says
    so. A range with "between" is where something lies; it need not fill it."""

    @property
    def exact(self) -> bool:
        """Whether it states a single number and calls it neither approximate nor a bound."""
        return self.low == self.high and not self.approximate


def describe(quantity: Quantity) -> dict[str, object]:
    """Turn a quantity into plain JSON values; an unbounded end is None.

    Dates have `from` and `to` in place of a value, as `PartialDate` writes them, with `|` between
    the readings of an ambiguous one, and None where the text gives no value by itself.
    """
    place = {"text": quantity.text, "start": quantity.start, "kind": str(quantity.kind)}
    if quantity.kind is Kind.DATE:
        return {
            **place,
            "from": "|".join(str(first) for first, _ in quantity.readings) or None,
            "to": "|".join(str(last) for _, last in quantity.readings) or None,
            "approx": quantity.approximate,
        }
    known = quantity.kind is not Kind.IDENTIFIER
    return {
        **place,
        "low": quantity.low if known and math.isfinite(quantity.low) else None,
        "high": quantity.high if known and math.isfinite(quantity.high) else None,
        "unit": quantity.unit,
        "approx": quantity.approximate,
    }


@dataclass(frozen=True, slots=True)
class Side:
    """A text, its values in order, and the one of these that is compared."""

    text: str
    values: list[Quantity]
    value: Quantity


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that the evidence implies, and the stated values that it follows from."""

    value: Quantity
    terms: tuple[Quantity, ...]
    text: str
    """The value in words, for the message."""
    firm: bool = False
    """Whether it can be the only value meant, so that a different one in the claim conflicts."""


def worth(
    like: Quantity, value: float, terms: tuple[Quantity, ...], text: str, *, firm: bool = False
) -> Derived:
    """Make an exact derived value of the kind and unit of `like`."""
    return Derived(
        Quantity(terms[0].start, terms[0].end, terms[0].text, like.kind, value, value, like.unit),
        terms,
        text,
        firm,
    )
