"""Reports for spreadsheets: one row a claim, with the deciding place; `jsonl` holds them all.

Two things keep a cell harmless, and both change its text: a cell that a spreadsheet would run as
a formula gets an apostrophe in front, and hidden characters are shown as escapes.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from verifier.reports.safe import HIDDEN, visible

if TYPE_CHECKING:
    from verifier.records import Report, Verdict

COLUMNS = (
    *("id", "claim", "label", "confidence", "supported", "refuted", "unknown", "reason"),
    *("source", "line", "column", "start", "end", "quote", "claim_path", "claim_line"),
)

# The wide forms count as well: some spreadsheets fold them when they read a file.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def render(report: Report, **_screen: object) -> str:
    """Give a header and one row a claim; columns of a place are empty where there is none."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(verdict) for verdict in report.verdicts)
    return file.getvalue()


def _row(verdict: Verdict) -> dict[str, object]:
    claim, scores = verdict.claim, verdict.scores
    row: dict[str, object] = {
        "id": _cell(claim.id),
        "claim": _cell(claim.text),
        "label": verdict.label.value,
        "confidence": round(verdict.confidence, 4),
        "supported": round(scores.supported, 4),
        "refuted": round(scores.refuted, 4),
        "unknown": round(scores.unknown, 4),
        "reason": _cell(verdict.reason),
        "claim_path": _cell(claim.path or ""),
        "claim_line": claim.line,
    }
    for place in verdict.evidence[:1]:
        row |= {
            "source": _cell(place.source),
            "line": place.line,
            "column": place.column,
            "start": place.start,
            "end": place.end,
            "quote": _cell(place.text),
        }
    return row


def _cell(text: str) -> str:
    safe = HIDDEN.sub(lambda match: match[0] if match[0] in "\n\t" else visible(match[0]), text)
    return f"'{safe}" if _FORMULA.match(text) else safe
