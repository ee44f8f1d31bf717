"""Whether one run is really better than another over the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from scipy.stats import binomtest

from verifier.errors import EmptyInputError, InputError
from verifier.metrics.arrays import Bools, Floats, Ints, to_arrays
from verifier.metrics.bootstrap import distribution, evaluate, interval, number
from verifier.metrics.judged import Judged
from verifier.metrics.measures import headline, measures
from verifier.metrics.scorecard import RESAMPLES, SEED, SLICES
from verifier.metrics.slices import groups


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of both runs and b - a, with its 95% interval; None: not defined."""

    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    """Two-sided, of the paired bootstrap: how often resampling turns the sign of the difference."""


@dataclass(frozen=True, slots=True)
class McNemar:
    """Rows that only one of the runs gets right."""

    only_a: int
    only_b: int
    p: float
    """Exact, two-sided: binomial with one half. It takes the rows for independent."""


@dataclass(frozen=True, slots=True)
class Part:
    """The comparison over the rows of a slice."""

    rows: int
    metrics: Mapping[str, Difference]
    mcnemar: McNemar


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run b against run a."""

    rows: int
    metrics: Mapping[str, Difference]
    mcnemar: McNemar
    fixed: tuple[int, ...]
    """Indices of the rows that a gets wrong and b right."""
    broken: tuple[int, ...]
    """Indices of the rows that a gets right and b wrong."""
    slices: Mapping[str, Mapping[str, Part]]
    """Slice name → value → the headline figures over its rows."""

    def to_json(self) -> dict[str, object]:
        """Return plain dicts, lists and numbers."""
        return asdict(self)


def compare(
    a: Sequence[Judged],
    b: Sequence[Judged],
    *,
    slices: Sequence[str] = SLICES,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Comparison:
    """Compare two runs row by row: the same rows, resampled together.

    The length and the fields of a row are taken from a. Raises EmptyInputError without rows,
    InputError where the runs differ in their number of rows, claims or gold labels.
    """
    _check(a, b)
    first, second = to_arrays(a), to_arrays(b)

    def part(rows: Ints, *, whole: bool = False) -> Part:
        of = [(first.at(rows), a), (second.at(rows), b)]
        chosen = [measures(*each) if whole else [headline(each[0])] for each in of]
        values = [evaluate(each, np.ones((1, len(rows)))) for each in chosen]
        spread = [distribution(each, of[0][0].cluster, resamples, seed) for each in chosen]
        differences = {
            name: _difference(*(value[name][0] for value in values), *(s[name] for s in spread))
            for name in values[0]
            if name in values[1]
        }
        return Part(len(rows), differences, _mcnemar(*(each.right for each, _ in of)))

    everything = part(np.arange(len(a)), whole=True)
    return Comparison(
        rows=len(a),
        metrics=everything.metrics,
        mcnemar=everything.mcnemar,
        fixed=tuple(np.flatnonzero(~first.right & second.right).tolist()),
        broken=tuple(np.flatnonzero(first.right & ~second.right).tolist()),
        slices={
            name: {value: part(rows) for value, rows in groups(a, name).items()} for name in slices
        },
    )


def _check(a: Sequence[Judged], b: Sequence[Judged]) -> None:
    if len(a) != len(b):
        raise InputError(f"the runs have {len(a)} and {len(b)} rows; compare runs of the same data")
    if not a:
        raise EmptyInputError("the runs have no rows; nothing to compare")
    for place, (one, other) in enumerate(zip(a, b, strict=True), 1):
        if (one.claim, one.gold, one.document) != (other.claim, other.gold, other.document):
            raise InputError(f"the runs differ in row {place}; compare runs of the same data")


def _difference(a: float, b: float, many_a: Floats, many_b: Floats) -> Difference:
    spread = many_b - many_a
    spread = spread[~np.isnan(spread)]
    low, high = interval(spread)
    p = None
    if len(spread) and not np.isnan(b - a):
        turned = (spread <= 0 if b > a else spread >= 0).sum()
        p = min(1.0, float(2 * (turned + 1) / (len(spread) + 1)))
    return Difference(number(a), number(b), number(b - a), low, high, p)


def _mcnemar(a: Bools, b: Bools) -> McNemar:
    only_a, only_b = int((a & ~b).sum()), int((~a & b).sum())
    both = only_a + only_b
    p = float(binomtest(only_a, both).pvalue) if both else 1.0
    return McNemar(only_a, only_b, p)
