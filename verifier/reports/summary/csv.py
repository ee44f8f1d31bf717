"""Reports on summaries for spreadsheets: one row a statement, with the deciding place.

Passages without a claim have rows too, and what is said of inputs and of the whole run (see
`wording.Remark`): `kind` tells which. A row is one line
of the file, so white space in a cell is single spaces; what else changes in a cell is told in
`verifier.reports.csv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.reports.csv import cell, judgement, write
from verifier.reports.summary.wording import by_summary, remarks
from verifier.safe import no_command, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verifier.records import Check, Passage, Statement, SummaryReport
    from verifier.reports.summary.wording import Remark

COLUMNS = (
    *("kind", "summary", "line", "column", "start", "end", "text", "claim", "leans"),
    *("label", "fails", "confidence", "supported", "refuted", "unknown", "reason"),
    *("suppressed", "suppression_reason", "suppression_expires", "fingerprint"),
    *("source", "source_line", "source_column", "source_start", "source_end", "quote"),
)


def render(report: SummaryReport, **_screen: object) -> str:
    """Give a header and one row a statement, passage and remark."""
    return write(COLUMNS, _rows(report))


def _rows(report: SummaryReport) -> Iterator[dict[str, object]]:
    for _, checks, passages in by_summary(report):
        placed = [(check.statement.start, _check(check)) for check in checks]
        placed += [(passage.start, _passage(passage)) for passage in passages]
        yield from (row for _, row in sorted(placed, key=lambda each: each[0]))
    yield from map(_remark, remarks(report))


def _check(check: Check) -> dict[str, object]:
    statement, suppression = check.statement, check.suppression
    row = {
        "kind": "statement",
        **_place(statement),
        "claim": _line(statement.claim),
        "leans": _yes(statement.leans),
        **judgement(check.verdict),
        "reason": _line(check.verdict.reason),  # on one line, unlike there
        "fails": _yes(check.fails),
        "fingerprint": _line(check.fingerprint),
    }
    if suppression is not None:
        row["suppressed"] = _line(suppression.kind)
        row["suppression_reason"] = _line(suppression.reason)
        row["suppression_expires"] = _line(suppression.expires or "")
    for place in check.verdict.evidence[:1]:
        row |= {
            "source": _line(place.source),
            "source_line": place.line,
            "source_column": place.column,
            "source_start": place.start,
            "source_end": place.end,
            "quote": _line(place.text),
        }
    return row


def _passage(passage: Passage) -> dict[str, object]:
    return {"kind": "passage", **_place(passage), "reason": _line(passage.why)}


def _remark(remark: Remark) -> dict[str, object]:
    of = "source" if remark.kind == "skipped" else "summary"
    return {"kind": remark.kind, of: _line(remark.where or ""), "reason": _line(remark.words)}


def _place(part: Statement | Passage) -> dict[str, object]:
    return {
        "summary": _line(part.summary),
        "line": part.line,
        "column": part.column,
        "start": part.start,
        "end": part.end,
        "text": _line(part.text),
    }


def _line(text: str) -> str:
    return no_command(cell(one_line(text)))


def _yes(answer: bool) -> str:  # noqa: FBT001 - the answer is all there is
    return "yes" if answer else "no"
