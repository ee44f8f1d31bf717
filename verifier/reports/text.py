"""The report that a person reads in a terminal.

The label shows by mark, word and colour; the deciding quote stands above its place, and the place
has a line of its own, `file:line:column`, which terminals and editors make a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from verifier.records import Label, Report, Verdict
from verifier.reports.figures import number
from verifier.reports.places import CLOSEST, shorten, shown
from verifier.reports.screen import INDENT, MARKS, put, put_place, put_signature, screen
from verifier.safe import one_line, visible

if TYPE_CHECKING:
    from rich.console import Console


def render(report: Report, *, width: int, color: bool) -> str:
    """Give a block a claim and a closing line of counts, wrapped to `width` cells."""
    console, file = screen(width, color=color)
    for verdict in report.verdicts:
        _put_verdict(console, verdict)
    put(console, Text(_counts(report)))
    put_signature(console, report.run)
    return file.getvalue()


def judged(verdict: Verdict, claim: str) -> Text:
    """Give the line that opens a verdict: its label and `claim` as the user wrote it."""
    mark, style = MARKS[verdict.label]
    label = (f"{mark} {verdict.label} {verdict.confidence:.0%}", style)
    return Text.assemble(label, f"  {one_line(claim)}")


def put_grounds(console: Console, verdict: Verdict) -> None:
    """Print the places that a verdict is shown with, and its reason."""
    for side, place in shown(verdict):
        lead = f"{side}: " if side else ""
        quote = f"{lead}“{shorten(one_line(place.text))}”"
        put(console, Text(quote, "dim" if side == CLOSEST else ""), INDENT)
        put_place(console, place.source, place.line, place.column)
    put(console, Text(one_line(verdict.reason), "italic"), INDENT)


def _put_verdict(console: Console, verdict: Verdict) -> None:
    head = judged(verdict, verdict.claim.text)
    if verdict.claim.path is not None:
        line = "" if verdict.claim.line is None else f":{verdict.claim.line}"
        head.append(f"  ({visible(verdict.claim.path)}{line})", "dim")
    put(console, head)
    put_grounds(console, verdict)
    console.print()


def _counts(report: Report) -> str:
    labels = ", ".join(f"{report.count(label)} {label}" for label in Label)
    line = f"{number(len(report.verdicts), 'claim')}: {labels}"
    if report.skipped:
        line += f"; {number(len(report.skipped), 'input')} skipped"
    return line
