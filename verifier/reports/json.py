"""Reports for programs: `json`, one object a run, and `jsonl`, one object a claim.

Probabilities are rounded to 4 places. Text stands in it whole and as it is, but for characters that
must not reach a terminal: those are written as JSON escapes, which read back as the same text.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from verifier.safe import COMMAND, HIDDEN

if TYPE_CHECKING:
    import re

    from verifier.records import Evidence, Report, Run, Scores, Verdict


def render(report: Report, **_screen: object) -> str:
    """Give one object with `verdicts`, `skipped`, `notes` and `run`."""
    whole = {
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
        "skipped": [asdict(skipped) for skipped in report.skipped],
        "notes": list(report.notes),
        "run": run_object(report.run),
    }
    return dumps(whole, indent=2)


def render_lines(report: Report, **_screen: object) -> str:
    """Give one object a line and claim, in the order in which the claims were given."""
    return "".join(dumps(_verdict(verdict)) for verdict in report.verdicts)


def judgement(verdict: Verdict) -> dict[str, object]:
    """Give a verdict without its claim: label, confidence, scores, reason, all its evidence."""
    return {
        "label": verdict.label.value,
        "confidence": round(verdict.confidence, 4),
        "scores": _scores(verdict.scores),
        "reason": verdict.reason,
        "evidence": [_evidence(evidence) for evidence in verdict.evidence],
    }


def run_object(run: Run) -> dict[str, object]:
    """Give what another person needs to repeat the report."""
    return {
        "version": run.version,
        "model": run.model,
        "digest": run.digest,
        "policy": dict(run.policy),
    }


def dumps(value: object, indent: int | None = None) -> str:
    """Write a value as JSON and a line break; what `safe` finds as escapes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return COMMAND.sub(r"#\\u0023", HIDDEN.sub(_escape, text)) + "\n"  # no line begins with `::`


def _verdict(verdict: Verdict) -> dict[str, object]:
    claim = verdict.claim
    asked = {"id": claim.id, "claim": claim.text, "path": claim.path, "line": claim.line}
    return asked | judgement(verdict)


def _evidence(evidence: Evidence) -> dict[str, object]:
    return asdict(evidence) | {"scores": _scores(evidence.scores)}


def _scores(scores: Scores) -> dict[str, float]:
    return {label: round(score, 4) for label, score in asdict(scores).items()}


def _escape(match: re.Match[str]) -> str:
    """Write a character of a string as JSON does in ASCII; line breaks are the layout's own."""
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1]
