"""What the words and values of a pair add to the model's scores.

A small model takes any sentence for a word on any claim, and can't count. Three things that can be
read off the two texts are weighed in, as additions to the log-odds of support and of refutation
against unknown: how many of the claim's words the evidence has, how long the evidence is, and what
the quantity layer finds (`quantities.check`). The weights are few, fitted on dev and stored with
the calibration of a model; for any other model there is a plain rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from verifier.quantities import Finding, Outcome, check
from verifier.records import Scores

_EDGE = 1e-6  # a probability of 0 has no logarithm
_AWAY = 0.2  # a place that lacks so much more than the best is about something else
_STEM = 5  # letters that words must share: elected, election
_WORD = re.compile(r"\d+|[^\W\d_]+")
_COMMON = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his in is it its no"
    " not of on or she that the their there they this to was were which who will with would".split()
)


@dataclass(frozen=True, slots=True)
class Weight:
    """What is added to the log-odds of one label against unknown."""

    bias: float = 0.0
    words: float = 0.0
    """Times the share of the claim's words that the evidence lacks, in [0, 1]."""
    away: float = 0.0
    """Times how much more it lacks than the place, of all places of the claim, that lacks least."""
    length: float = 0.0
    """Times the natural logarithm of the evidence's words, less that of 20."""
    conflict: float = 0.0
    """Where a value of the claim conflicts with one said of the same thing."""
    agree: float = 0.0
    """Where every value of the claim agrees with one of the evidence."""
    missing: float = 0.0
    """Times the share of the claim's values that the evidence has nothing to compare with."""


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
    """What a pair's texts say, in the terms of `Weight`."""

    words: float
    away: float
    length: float
    conflict: float = 0.0
    agree: float = 0.0
    missing: float = 0.0

    def without_values(self) -> Features:
        """Return what the words alone say."""
        return Features(self.words, self.away, self.length)


def features(
    evidence: str,
    claim: str,
    *,
    values: bool = True,
    as_of: date | None = None,
    written: date | None = None,
) -> Features:
    """Read the features off a pair's texts, as if it were the claim's only place.

    Without `values` they are those of the words alone. `as_of` and `written` are the days that
    relative dates are read against, of the claim and of the evidence, as in `check`.
    """
    wanted, there = _stems(claim), _stems(evidence)
    lacking = len(wanted - there) / len(wanted) if wanted else 0.0
    length = math.log(max(1, len(evidence.split())) / 20)
    found = check(claim, evidence, as_of=as_of, written=written) if values else []
    return Features(lacking, 0.0, length, *_outcomes(found))


def among(places: Sequence[Features]) -> list[Features]:
    """Set `away` for all the places of one claim, and drop the agreements of those far away."""
    least = min((place.words for place in places), default=0.0)
    return [
        replace(place, away=place.words - least, agree=place.agree * (place.words - least <= _AWAY))
        for place in places
    ]


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
    return (
        weight.bias
        + weight.words * seen.words
        + weight.away * seen.away
        + weight.length * seen.length
        + weight.conflict * seen.conflict
        + weight.agree * seen.agree
        + weight.missing * seen.missing
    )


def _outcomes(findings: list[Finding]) -> tuple[float, float, float]:
    """Return conflict, agree and missing of a claim's findings; all 0 without any."""
    outcomes = [finding.outcome for finding in findings]
    if not outcomes:
        return 0.0, 0.0, 0.0
    conflict = float(Outcome.CONFLICT in outcomes)
    agree = float(all(outcome is Outcome.AGREE for outcome in outcomes))
    return conflict, agree, outcomes.count(Outcome.NOT_COMPARABLE) / len(outcomes)


@lru_cache(maxsize=100_000)
def _stems(text: str) -> frozenset[str]:
    """Return the words of a text by their first letters, without the most common ones."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)
