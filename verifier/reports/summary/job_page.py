"""The page that GitHub shows for a run, in its Markdown: counts, and a table of what fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verifier.reports.figures import number
from verifier.reports.places import shorten, shown
from verifier.reports.summary import wording
from verifier.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verifier.records import Check, SummaryReport

_ROOM = 480_000
"""Bytes of the table, and of the remarks: GitHub drops a page of more than 1 MiB whole."""
_HEAD = ("Verdict", "Statement", "Place", "What the source says", "Reason")
# Inside a line: what begins a list or a heading stands after words of our own.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&@#$]|[.:](?=\S)")
# GitHub looks for names, numbers, emoji and formulas in the text that is left: a comment parts it.
_PARTED = "@#$:"


def render(report: SummaryReport) -> str:
    """Give a heading, the counts, the table, and what concerns the run; ends with a newline."""
    failing = [check for check in report.checks if check.fails]
    verdict = "fails" if report.failed or report.unchecked else "passes"
    lines = [f"### verifier: the check {verdict}", "", wording.counts(report), ""]
    if failing:
        lines += [*_table(failing), ""]
    remarks = [f"- **{each.title}** {escape(str(each))}" for each in wording.remarks(report)]
    if remarks:
        lines += [*_fitting(remarks), ""]
    return "\n".join(lines)


def escape(text: str) -> str:
    """Write text as Markdown that reads as that text and nothing else, inside a line."""
    return _MARKUP.sub(_entity, one_line(text))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};{'<!-- -->' if match[0] in _PARTED else ''}"


def _table(failing: list[Check]) -> Iterator[str]:
    yield _row(*_HEAD)
    yield _row(*("---" for _ in _HEAD))
    yield from _fitting([_row(*_cells(check)) for check in failing])


def _fitting(lines: list[str]) -> Iterator[str]:
    """Give the lines that there is room for, and say how many there is none for."""
    used = 0
    for n, line in enumerate(lines):
        used += len(line.encode())
        if used > _ROOM:
            yield ""
            yield f"{number(len(lines) - n, 'more line')} in the other reports"
            return
        yield line


def _cells(check: Check) -> Iterator[str]:
    statement, verdict = check.statement, check.verdict
    yield f"{verdict.label} {verdict.confidence:.0%}"
    yield escape(shorten(one_line(statement.text)))
    yield escape(wording.at(statement.summary, statement.line, statement.column))
    places = [
        (f"{side}: " if side else "") + escape(wording.quoted(place))
        for side, place in shown(verdict)
    ]
    yield "<br>".join(places)
    yield escape(verdict.reason)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
