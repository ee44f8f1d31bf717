"""Which places of its evidence a verdict is shown with, where there is no room for all."""

from __future__ import annotations

from verifier.records import Evidence, Label, Verdict

FOR, AGAINST, CLOSEST = "for", "against", "closest"
_QUOTE_LIMIT = 400


def shown(verdict: Verdict) -> list[tuple[str, Evidence]]:
    """Choose the places to show, each with what it is to an unknown claim ("" to a decided one).

    Both sides of a conflict, or the first place; none where there is no evidence.
    """
    if verdict.label is not Label.UNKNOWN:
        return [("", place) for place in verdict.evidence[:1]]
    sides = {_side(place): place for place in reversed(verdict.evidence)}
    if {FOR, AGAINST} <= sides.keys():
        return [(side, sides[side]) for side in (FOR, AGAINST)]
    return [(CLOSEST, place) for place in verdict.evidence[:1]]


def shorten(quote: str) -> str:
    """Take the middle out of a quote that is longer than a reader of a list wants."""
    if len(quote) <= _QUOTE_LIMIT:
        return quote
    half = _QUOTE_LIMIT // 2
    return f"{quote[:half].rstrip()} … {quote[-half:].lstrip()}"


def _side(place: Evidence) -> str:
    scores = place.scores
    if scores.unknown >= max(scores.supported, scores.refuted):
        return CLOSEST
    return FOR if scores.supported >= scores.refuted else AGAINST
