"""Reports on summaries for programs: `json`, one object a run, and `jsonl`, one a statement.

Text stands in it whole and as it is; offsets are code points (see `verifier.records`).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from verifier.reports.json import dumps, judgement, run_object

if TYPE_CHECKING:
    from verifier.records import Check, SummaryReport


def render(report: SummaryReport, **_screen: object) -> str:
    """Give one object with `failed`, `checks`, the other fields of the report, and `run`."""
    whole = {
        "failed": report.failed,
        "summaries": list(report.summaries),
        "sources": list(report.sources),
        "checks": [_check(check) for check in report.checks],
        "passages": [asdict(passage) for passage in report.passages],
        "unchecked": [asdict(unchecked) for unchecked in report.unchecked],
        "skipped": [asdict(skipped) for skipped in report.skipped],
        "unused": list(report.unused),
        "shortfalls": list(report.shortfalls),
        "notes": list(report.notes),
        "run": run_object(report.run),
    }
    return dumps(whole, indent=2)


def render_lines(report: SummaryReport, **_screen: object) -> str:
    """Give one object a line and statement, in the order of the summaries and of their text."""
    return "".join(dumps(_check(check)) for check in report.checks)


def _check(check: Check) -> dict[str, object]:
    outcome = {
        "fails": check.fails,
        "fingerprint": check.fingerprint,
        "suppression": None if check.suppression is None else asdict(check.suppression),
    }
    return asdict(check.statement) | judgement(check.verdict) | outcome
