"""The report on summaries that a person reads in a terminal.

A statement that holds, or whose finding is suppressed, is one line. The others stand with their
place in the summary, what the source says, where it says it, and the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from verifier.reports.screen import INDENT, put, put_place, put_signature, screen, written
from verifier.reports.summary import wording
from verifier.reports.text import judged, put_grounds
from verifier.safe import no_command, one_line, visible

if TYPE_CHECKING:
    from rich.console import Console

    from verifier.records import Check, Passage, SummaryReport


def render(report: SummaryReport, *, width: int, color: bool) -> str:
    """Give a part a summary, then what concerns the run, and a closing line of counts."""
    console, file = screen(width, color=color)
    for name, checks, passages in wording.by_summary(report):
        console.print(Text(visible(name), "bold underline"), soft_wrap=True)
        for check in checks:
            _put_check(console, check)
        _put_passages(console, passages)
        console.print()
    _put_remarks(console, report)
    put(console, Text(wording.counts(report), "bold"))
    put_signature(console, report.run)
    return no_command(written(file))


def _put_check(console: Console, check: Check) -> None:
    statement, suppression = check.statement, check.suppression
    head = judged(check.verdict, statement.text)
    if suppression is not None:
        head.append(f"  ({wording.why_suppressed(suppression)})", "dim")
    elif wording.is_finding(check) and not check.fails:
        head.append("  (doesn’t fail)", "dim")
    put(console, head)
    if suppression is not None or not wording.is_finding(check):
        return
    put_place(console, statement.summary, statement.line, statement.column)
    if wording.judged_together(check):
        put(console, Text("judged with the sentence before it", "dim"), INDENT)
    elif one_line(check.verdict.claim.text) != one_line(statement.text):
        put(console, Text(f"read as: {one_line(check.verdict.claim.text)}", "dim"), INDENT)
    put_grounds(console, check.verdict)


def _put_passages(console: Console, passages: list[Passage]) -> None:
    for passage in passages:
        line = Text.assemble(
            (f"– {passage.line}:{passage.column} {one_line(passage.why)}", "dim"),
            f"  {one_line(passage.text)}",
        )
        put(console, line)


def _put_remarks(console: Console, report: SummaryReport) -> None:
    """Print what is said of the run as a whole, the gravest first."""
    remarks = wording.remarks(report)
    for each in remarks:
        style = "bold red" if each.level == "error" else "bold yellow"
        put(console, Text.assemble((each.title, style), f"  {each}"))
    if remarks:
        console.print()
