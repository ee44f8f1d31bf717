"""Reports for spreadsheets: one row a claim, with the deciding place; `jsonl` holds them all.

Two things keep a cell harmless, and both change its text: a cell that a spreadsheet would run as
a formula gets an apostrophe in front, and hidden characters are shown as escapes.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from verifier.safe import HIDDEN, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from verifier.records import Report, Verdict

COLUMNS = (
    *("id", "claim", "label", "confidence", "supported", "refuted", "unknown", "reason"),
    *("source", "line", "column", "start", "end", "quote", "claim_path", "claim_line"),
)

# The wide forms count as well: some spreadsheets fold them when they read a file.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def render(report: Report, **_screen: object) -> str:
    """Give a header and one row a claim; columns of a place are empty where there is none."""
    return write(COLUMNS, (_row(verdict) for verdict in report.verdicts))


def write(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write a header and rows, whose cells are harmless already; a column may lack."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def judgement(verdict: Verdict) -> dict[str, object]:
    """Give the cells of a verdict without its claim and its evidence."""
    return {
        "label": verdict.label.value,
        "confidence": round(verdict.confidence, 4),
        "supported": round(verdict.scores.supported, 4),
        "refuted": round(verdict.scores.refuted, 4),
        "unknown": round(verdict.scores.unknown, 4),
        "reason": cell(verdict.reason),
    }


def cell(text: str) -> str:
    """Make a cell harmless: no formula, no hidden characters but line breaks and tabs."""
    safe = HIDDEN.sub(lambda match: match[0] if match[0] in "\n\t" else visible(match[0]), text)
    return f"'{safe}" if _FORMULA.match(text) else safe


def _row(verdict: Verdict) -> dict[str, object]:
    claim = verdict.claim
    row = {"id": cell(claim.id), "claim": cell(claim.text)} | judgement(verdict)
    row |= {"claim_path": cell(claim.path or ""), "claim_line": claim.line}
    for place in verdict.evidence[:1]:
        row |= {
            "source": cell(place.source),
            "line": place.line,
            "column": place.column,
            "start": place.start,
            "end": place.end,
            "quote": cell(place.text),
        }
    return row
