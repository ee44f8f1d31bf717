"""What the page lays out when a statement is chosen: its verdict, and the evidence in its source.

Plain values, for JSON. Offsets are in UTF-16 units, as a browser counts, of the text as shown. A
text is cut into pieces, `(kind, end)` each: `value` where claim and source conflict, `shared` for
the words that they have in common, and "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verifier.records import Label, Source
from verifier.reports.places import shown
from verifier.reports.summary.pieces import cut, shared_words
from verifier.reports.summary.shown import ShownText
from verifier.reports.summary.wording import at, judged_together, why_suppressed
from verifier.safe import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verifier.records import Check, Evidence, Span, SummaryReport

_SAID = {
    Label.SUPPORTED: "supports the claim",
    Label.REFUTED: "refutes the claim",
    "for": "speaks for the claim",
    "against": "speaks against the claim",
    "closest": "comes closest to the claim",
}


def details(report: SummaryReport, checks: Sequence[Check]) -> dict[str, Any]:
    """Give the statements of `checks`, in their order, and the sources that they quote, once."""
    cited = [place.source for check in checks for _, place in shown(check.verdict)]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(cited))}
    texts = {name: ShownText(report.sources[name]) for name in numbers}
    return {
        "sources": [{"name": visible(name), "text": text.text} for name, text in texts.items()],
        "statements": [_statement(check, texts, numbers) for check in checks],
    }


def sure(check: Check) -> str:
    """Say how sure the verdict is, and what the policy makes of it."""
    said = f"{check.verdict.confidence:.0%} sure"
    if check.suppression is not None:
        return f"{said}, suppressed"
    return f"{said}, fails the check" if check.fails else said


def notes(check: Check) -> list[str]:
    """Say what else there is to say of a verdict: conflicting values, context, suppression."""
    conflicts = [each.message for _, place in shown(check.verdict) for each in place.mismatches]
    said = [one_line(text) for text in dict.fromkeys(conflicts) if text not in check.verdict.reason]
    if judged_together(check):
        said.append("judged together with the sentence before it, on which it leans")
    if check.suppression is not None:
        said.append(why_suppressed(check.suppression))
    return said


def _statement(
    check: Check, texts: dict[str, ShownText], numbers: dict[str, int]
) -> dict[str, Any]:
    statement, verdict = check.statement, check.verdict
    words = verdict.claim.text
    shared: list[Span] = []
    values: list[Span] = []
    evidence = []
    for side, place in shown(verdict):
        ours, theirs = shared_words(words, place.text)
        shared += ours
        values += [(each.claim_start, each.claim_end) for each in place.mismatches]
        says = {"source": numbers[place.source], "says": _SAID[side or verdict.label]}
        evidence.append(says | _place(place, theirs, texts[place.source]))
    claim = ShownText(Source("", words))
    pieces = cut(0, len(words), {"value": values, "shared": shared})
    return {
        "label": verdict.label.capitalize(),
        "sure": sure(check),
        "claim": {"text": claim.text, "pieces": _in_units(pieces, claim)},
        "reason": one_line(verdict.reason),
        "notes": notes(check),
        "where": at(statement.summary, statement.line, statement.column),
        "evidence": evidence,
    }


def _place(place: Evidence, shared: Sequence[Span], text: ShownText) -> dict[str, Any]:
    """Give a place of a source, `shared` in offsets of its own text."""
    kinds = {
        "value": [(each.start, each.end) for each in place.mismatches],
        "shared": [(place.start + low, place.start + high) for low, high in shared],
    }
    return {
        "where": at(place.source, place.line, place.column),
        "start": text.units(place.start),
        "pieces": _in_units(cut(place.start, place.end, kinds), text),
    }


def _in_units(pieces: Sequence[tuple[str, int]], text: ShownText) -> list[tuple[str, int]]:
    return [(kind, text.units(end)) for kind, end in pieces]
