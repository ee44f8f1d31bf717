"""What the values of a pair add to the model's scores.

A small model can't count. What the quantity layer finds (`quantities.check`) is weighed in as
additions to the log-odds of support and of refutation against unknown. The weights are few, fitted
on dev and stored with the calibration of a model; for any other model there is a plain rule.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from verifier.records import Scores

if TYPE_CHECKING:
    from verifier.quantities import Finding

_EDGE = 1e-6  # a probability of 0 has no logarithm
_AWAY = 0.2001  # a place that lacks more than a fifth more than the best is about something else
_SAID = 0.3  # from this share of common words on, a date that agrees tells something


@dataclass(frozen=True, slots=True)
class Weight:
    """What is added to the log-odds of one label against unknown."""

    conflict: float = 0.0
    """Where a value of the claim conflicts with one said of the same thing."""
    agree: float = 0.0
    """Where every value of the claim agrees with one of the evidence."""
    missing: float = 0.0
    """Times the share of the claim's values that the evidence has nothing to compare with."""
    always: float = 0.0
    """Whatever the values are: how ready a verdict is where many places are pooled."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The additions for support and for refutation.

    The defaults are the plain rule for a model without weights of its own: a conflict turns a
    claim that the model supports into a refuted one and leaves alone what the model takes for
    unknown; agreement speaks against refutation and never for support.
    """

    support: Weight = field(default_factory=lambda: Weight(conflict=-4.0))
    refute: Weight = field(default_factory=lambda: Weight(conflict=2.0, agree=-1.0))


@dataclass(frozen=True, slots=True)
class Features:
    """What the values of a pair say, in the terms of `Weight`, and how near its words are."""

    lacking: float = 0.0
    """The share of the claim's words, its values apart, that the evidence lacks, in [0, 1].

    0 for a claim without values, which has nothing to be near to."""
    conflict: float = 0.0
    agree: float = 0.0
    missing: float = 0.0


def features(
    evidence: str, claim: str, *, as_of: date | None = None, written: date | None = None
) -> Features:
    """Read the features off a pair's texts, as if it were the claim's only place.

    `as_of` and `written` are the days that relative dates are read against, of the claim and of
    the evidence, as in `check`.
    """
    from verifier.quantities import check, lacking  # noqa: PLC0415 - slow to load, and kept verdicts do without

    found = check(claim, evidence, as_of=as_of, written=written)
    if not found:
        return Features()
    return Features(lacking(claim, evidence, as_of=as_of, written=written), *_outcomes(found))


def among(places: Sequence[Features], held: Sequence[Sequence[int] | None]) -> list[Features]:
    """Drop findings that can't be told to be about what the claim is about.

    That is what is found far from the claim's words, as the nearest of all its places has them.
    `held` is None for a narrow place, and gives those that lie in a broad one by their position.
    Broad places, which hold more of any claim's words, are compared with each other, and have the
    values of the narrow places in them, whose conflict stands where none agrees: in a whole
    stretch of text some value always differs, and some agrees.
    """
    least = {True: 1.0, False: 1.0}
    for place, inside in zip(places, held, strict=True):
        broad = inside is not None
        least[broad] = min(least[broad], place.lacking)
    near = [
        place.lacking <= least[inside is not None] + _AWAY
        for place, inside in zip(places, held, strict=True)
    ]
    kept = [
        replace(place, conflict=place.conflict * told, agree=place.agree * told)
        for place, told in zip(places, near, strict=True)
    ]
    for at, inside in enumerate(held):
        if inside is not None:
            conflict = any(kept[i].conflict for i in inside) and not any(
                kept[i].agree for i in inside
            )
            agree = kept[at].agree and any(_agrees(places[i]) for i in inside if near[i])
            kept[at] = replace(kept[at], conflict=float(conflict), agree=float(agree))
    return kept


def _agrees(place: Features) -> bool:
    """Tell whether all values of the claim agree, or of several some, and none conflicts."""
    return bool(place.agree) or (0 < place.missing < 1 and not place.conflict)


def weigh(scores: Scores, seen: Features, weights: Weights) -> Scores:
    """Add the weighed features to the scores' log-odds against unknown; together 1 again."""
    base = math.log(max(scores.unknown, _EDGE))
    s = math.log(max(scores.supported, _EDGE)) - base + _addition(seen, weights.support)
    r = math.log(max(scores.refuted, _EDGE)) - base + _addition(seen, weights.refute)
    top = max(s, r, 0.0)
    parts = math.exp(s - top), math.exp(r - top), math.exp(-top)
    whole = math.fsum(parts)
    return Scores(*(part / whole for part in parts))


def _addition(seen: Features, weight: Weight) -> float:
    values = (
        weight.conflict * seen.conflict + weight.agree * seen.agree + weight.missing * seen.missing
    )
    return values + weight.always


def _outcomes(findings: list[Finding]) -> tuple[float, float, float]:
    """Return conflict, agree and missing of a claim's findings; all 0 without any."""
    from verifier.quantities import Kind, Outcome  # noqa: PLC0415 - as above

    outcomes = [finding.outcome for finding in findings]
    if not outcomes:
        return 0.0, 0.0, 0.0
    conflict = float(Outcome.CONFLICT in outcomes)
    # a date by itself may be that of anything
    said = any(f.claim.kind is not Kind.DATE or f.aligned >= _SAID for f in findings)
    agree = float(said and all(outcome is Outcome.AGREE for outcome in outcomes))
    return conflict, agree, outcomes.count(Outcome.NOT_COMPARABLE) / len(outcomes)
