"""What a check of summaries found, as text: one file a format, imported only when chosen.

A format is a function `(report, *, width, color) -> str`, as in `verifier.reports`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier import reports

if TYPE_CHECKING:
    from verifier.records import SummaryReport

FORMATS = {
    "text": "verifier.reports.summary.text:render",
    "json": "verifier.reports.summary.json:render",
    "jsonl": "verifier.reports.summary.json:render_lines",
    "csv": "verifier.reports.summary.csv:render",
    "html": "verifier.reports.summary.html:render",
    "sarif": "verifier.reports.summary.sarif:render",
    "junit": "verifier.reports.summary.junit:render",
    "github": "verifier.reports.summary.github:render",
    "gitlab": "verifier.reports.summary.gitlab:render",
}


def check_format(name: str) -> None:
    """Refuse a name that isn't in `FORMATS` with an InputError that lists those that are."""
    reports.check_format(name, FORMATS)


def render(report: SummaryReport, name: str, *, width: int = 100, color: bool = False) -> str:
    """Write `report` in the format `name`; the result ends with a newline, or is empty.

    `width`, in terminal cells, and `color`, ANSI escapes for a terminal, matter to `text` alone.
    Whatever the summaries and sources hold, the result can be encoded as UTF-8, nothing in it is
    read as part of the format or by a terminal, and none of its lines is a command to the runner
    of a build but those that `github` gives. The same report gives the same bytes.

    Raises InputError for an unknown format.
    """
    return reports.renderer(name, FORMATS)(report, width=width, color=color)


def job_summary(report: SummaryReport) -> str:
    """Write the Markdown that GitHub shows on the page of a run: counts and what fails."""
    from verifier.reports.summary import job_page  # noqa: PLC0415 - only when asked for

    return job_page.render(report)
