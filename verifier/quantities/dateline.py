"""Finds the day on which a document says that it was written, by which its `yesterday` is read.

Only the head of a document is looked at, and only a whole date in one of a few set forms counts:
`date:` in front matter, a line `Published: 2021-11-23`, a line that is nothing but a date, and the
place and date that a news report begins with (`ISTANBUL, 23 November 2021 –`).
"""

from __future__ import annotations

import re
from datetime import date

from verifier.quantities.dates import read_date

_HEAD = 2000
_LINES = 8
"""How many lines with text are the head of a document, without its front matter."""
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKS = "\ufeff \t*_#>\"'“”‘’"
_LABEL = re.compile(
    r"(?:date(?:[ _-]?published|line)?|pub(?:lish(?:ed|ing)?)?[ _-]?date|published|posted|issued"
    r"|dated|written)(?:\s+(?:on|at))?[*_]*(?:\s*[:=])?[\s*_\"'“]*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[^\W\d_a-z][\w.'’-]{0,30}(?:,? (?:(?:of|de|la|le|and) )?[^\W\d_a-z][\w.'’-]{0,30}){0,4}"
    r"(?:, | \()"
)
_CLOCK = re.compile(
    r"(?:,|\s+at)?\s*\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?)?"
    r"\s*(?:\(?(?:UTC|[A-Z]{1,3}T)\)?|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_END = re.compile(r"[\s*_\"'”’.|·]*\Z")
_REPORT = re.compile(r"\)?\s?(?:\([\w .,/-]{2,30}\)\s?)?(?:[–—:]|--|-(?=\s))")


def read_dateline(text: str) -> date | None:
    """Return the day that the head of `text` gives as its own; None where it gives none."""
    head = text[:_HEAD]
    front = _FRONT_MATTER.match(head)
    if front:
        for line in front[1].splitlines():
            if found := _labelled(line):
                return found
        head = head[front.end() :]
    lines = [line for each in head.splitlines() if (line := each.strip(_MARKS))][:_LINES]
    readers = _labelled, _alone, _report
    return next((day for read in readers for line in lines if (day := read(line))), None)


def _labelled(line: str) -> date | None:
    """Read `Published: 23 November 2021, 10:15`."""
    label = _LABEL.match(line)
    return _to_the_end(line, label.end()) if label else None


def _alone(line: str) -> date | None:
    """Read `Istanbul, 23 November 2021` where it is the whole line."""
    place = _PLACE.match(line)
    return _to_the_end(line, 0) or (_to_the_end(line, place.end()) if place else None)


def _report(line: str) -> date | None:
    """Read `ISTANBUL, 23 November 2021 (AP) – Police chiefs met`."""
    place = _PLACE.match(line)
    found = _whole_day(line, place.end()) if place else None
    return found[0] if found and _REPORT.match(line, found[1]) else None


def _to_the_end(line: str, at: int) -> date | None:
    found = _whole_day(line, at)
    if found is None:
        return None
    clock = _CLOCK.match(line, found[1])
    return found[0] if _END.match(line, clock.end() if clock else found[1]) else None


def _whole_day(line: str, at: int) -> tuple[date, int] | None:
    """Read one day with its year, whose order of day and month is known, and where it ends."""
    match = read_date(line, at)
    if match is None or len(match.readings) != 1:
        return None
    first, last = match.readings[0]
    if first != last or not (first.year and first.month and first.day) or first.year < 1:
        return None
    return date(first.year, first.month, first.day), match.end
