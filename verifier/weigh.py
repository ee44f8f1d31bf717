"""What the values of a pair add to the model's scores.

A small model can't count. What the quantity layer finds (`quantities.check`) is weighed in as
additions to the log-odds of support and of refutation against unknown. The weights are few, fitted
on dev and stored with the calibration of a model; for any other model there is a plain rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from verifier.records import Scores

if TYPE_CHECKING:
    from verifier.quantities import Finding

_EDGE = 1e-6  # a probability of 0 has no logarithm
_AWAY = 0.2001  # a place that lacks more than a fifth more than the best is about something else
_STEM = 5  # letters that words must share: elected, election
_WORD = re.compile(r"\d+|[^\W\d_]+")
_COMMON = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his in is it its no"
    " not of on or she that the their there they this to was were which who will with would".split()
)


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

    lacking: float
    """The share of the claim's words that the evidence lacks, in [0, 1]."""
    conflict: float = 0.0
    agree: float = 0.0
    missing: float = 0.0
    only_numbers: bool = False
    """Whether the evidence has all the claim's words but for numbers."""

    def without_values(self) -> Features:
        """Return what the words alone say."""
        return Features(self.lacking, only_numbers=self.only_numbers)


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
    only_numbers = all(word.isdigit() for word in wanted - there)
    if not values:
        return Features(lacking, only_numbers=only_numbers)
    from verifier.quantities import check  # noqa: PLC0415 - slow to load, and kept verdicts do without

    found = check(claim, evidence, as_of=as_of, written=written)
    return Features(lacking, *_outcomes(found), only_numbers)


def among(places: Sequence[Features], broad: Sequence[bool]) -> list[Features]:
    """Drop findings that can't be told to be about what the claim is about.

    That is what is found far from the claim's words, as the nearest of all its places has them
    (numbers apart: another source may say the same with another year), and a conflict in a place
    marked as `broad`: in a whole stretch of text some value always differs.
    Broad places, which hold more of any claim's words, are compared with each other.
    """
    least = {True: 1.0, False: 1.0}
    for place, wide in zip(places, broad, strict=True):
        least[wide] = min(least[wide], place.lacking)
    kept = []
    for place, wide in zip(places, broad, strict=True):
        near = place.only_numbers or place.lacking <= least[wide] + _AWAY
        conflict = place.conflict * (near and not wide)
        kept.append(replace(place, conflict=conflict, agree=place.agree * near))
    return kept


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
    from verifier.quantities import Outcome  # noqa: PLC0415 - as above

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
