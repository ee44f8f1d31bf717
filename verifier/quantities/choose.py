"""Chooses among the values of the evidence the one that a value of the claim is held against."""

from __future__ import annotations

import math
from dataclasses import dataclass

from verifier.quantities.values import Kind, Outcome, Quantity

MARGIN = 0.25
"""A value that agrees wins over one that conflicts unless that is so much better aligned."""
_CLOSE = 0.9
"""From this ratio on, a value is close to a bound."""
_DRAWN = 0.97
"""From this ratio on, a bound was drawn from a value that it misses."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of the evidence and what it says about the claim's."""

    outcome: Outcome
    evidence: Quantity
    aligned: float
    """As in `check.Finding`."""
    message: str


def best(claim: Quantity, candidates: list[Candidate]) -> Candidate | None:
    """Take the best aligned candidate; one that agrees wins over one that conflicts.

    A bound such as `more than 31` agrees with most values, so there a mere agreement doesn't win:
    how near a value is to the bound counts as well (see `_nearness`).
    """
    told = [c for c in candidates if c.outcome is not Outcome.NOT_COMPARABLE]
    if not told:
        return max(candidates, key=lambda c: c.aligned, default=None)
    if math.isinf(claim.low) != math.isinf(claim.high):
        far = max(c.aligned for c in told) - MARGIN
        agreed = max((c.aligned for c in told if c.outcome is Outcome.AGREE), default=0.0)
        return max(told, key=lambda c: _nearness(claim, c, far, agreed))

    def strongest(outcome: Outcome) -> Candidate | None:
        return max((c for c in told if c.outcome is outcome), key=lambda c: c.aligned, default=None)

    agree, conflict = strongest(Outcome.AGREE), strongest(Outcome.CONFLICT)
    margin = 1.0 if claim.kind in {Kind.ORDINAL, Kind.DATE} else MARGIN
    if agree and (conflict is None or agree.aligned >= conflict.aligned - margin):
        return agree
    return conflict


def _nearness(claim: Quantity, found: Candidate, far: float, agreed: float) -> float:
    """Add to how well a value is aligned how close it is to the claim's bound.

    Of parts and their sum it is the sum that a bound close to it was meant for: one that agrees
    comes first, unless it is aligned much worse than the best (less than `far`), and before it one
    that misses the bound by next to nothing, if it is aligned better than all that agree (`agreed`
    is the best of these).
    """
    close = _closeness(claim, found.evidence)
    if found.outcome is Outcome.AGREE:
        return found.aligned + close + (close >= _CLOSE and found.aligned >= far)
    return found.aligned + close + 2 * (close >= _DRAWN and found.aligned > agreed)


def _closeness(claim: Quantity, evidence: Quantity) -> float:
    """How near a value is to the one end of a bound, as the ratio of the smaller to the larger."""
    limit = claim.high if math.isinf(claim.low) else claim.low
    value = evidence.high if math.isinf(evidence.low) else evidence.low
    small, large = sorted((abs(limit), abs(value)))
    return small / large if large and math.isfinite(large) else float(small == large)
