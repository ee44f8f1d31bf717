"""Every figure of a run, with its interval, in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from verifier import __version__
from verifier.errors import EmptyInputError
from verifier.metrics.arrays import Arrays, Floats, to_arrays
from verifier.metrics.baselines import baselines
from verifier.metrics.bootstrap import distribution, evaluate, interval, number
from verifier.metrics.judged import Judged
from verifier.metrics.measures import (
    BINS,
    Measure,
    bin_of,
    counts,
    headline,
    measures,
    risk_coverage,
)
from verifier.metrics.slices import groups

RESAMPLES = 1000
SEED = 0
SLICES = ("length", "numbers", "negation", "label")
_POINTS = 200  # of the risk-coverage curve


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval; None: not defined on these rows."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """A point of the reliability curve: the rows whose confidence is in [low, high)."""

    low: float
    high: float
    rows: int
    """Errors, which have no confidence, are in no bin."""
    confidence: float | None
    """Their mean confidence."""
    accuracy: float | None
    """The share of them that is right."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows that share a value."""

    rows: int
    metrics: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a run is worth; all shares in [0, 1]."""

    signature: str
    task: str
    """`three-way`, `supported/refuted` (no gold is unknown) or `binary` (gold not_supported)."""
    rows: int
    """The denominator: errors are in it, unlabelled rows are not."""
    errors: int
    unlabelled: int
    documents: int
    """Fewer than `rows`: the intervals are resampled by document."""
    metrics: Mapping[str, Estimate]
    """By name, in the order to print: see `verifier.metrics.measures`."""
    confusion: Mapping[str, Mapping[str, int]]
    """Gold label → predicted label (or `error`) → rows; gold `unreadable` for bad rows."""
    reliability: tuple[Bin, ...]
    """15 bins of equal width, empty ones too."""
    risk_coverage: tuple[tuple[float, float], ...]
    """(coverage, risk), ascending in coverage to 1, at most 200 points."""
    baselines: Mapping[str, Mapping[str, Estimate]]
    """`majority` and `claim-only` → metric → estimate."""
    slices: Mapping[str, Mapping[str, Slice]]
    """Slice name → value → its rows."""

    def to_json(self) -> dict[str, object]:
        """Return plain dicts, lists and numbers; what is undefined is None, never NaN."""
        return asdict(self)


def scorecard(  # noqa: PLR0913 - keywords, one a part of the signature
    judged: Sequence[Judged],
    *,
    data: str,
    model: str,
    policy: Mapping[str, object],
    unlabelled: int = 0,
    slices: Sequence[str] = SLICES,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Scorecard:
    """Measure the rows, errors among them.

    `data` and `model` are `name#digest` for the signature, `policy` the decision's settings.
    A slice is `length`, `numbers`, `negation`, `label` or a key of `Judged.fields`; in slices and
    baselines only the figures of `measures.headline` are taken.

    Raises EmptyInputError without rows, InputError for a slice that no row has a value for.
    """
    if not judged:
        raise EmptyInputError(f"{data}: no labelled rows to measure; give some")
    arrays = to_arrays(judged)
    rows, documents = len(judged), int(arrays.cluster.max()) + 1
    weights = "documents" if documents < rows else "rows"
    parts = {
        "data": data,
        "rows": rows,
        "task": arrays.task,
        "model": model,
        "policy": ",".join(f"{name}={value}" for name, value in sorted(policy.items())),
        "intervals": f"bootstrap-percentile95-{weights}-{resamples}",
        "seed": seed,
        "version": __version__,
    }

    def estimate(of: Arrays, chosen: Sequence[Measure]) -> dict[str, Estimate]:
        values = evaluate(chosen, np.ones((1, len(of.gold))))
        spread = distribution(chosen, of.cluster, resamples, seed)
        return {
            name: Estimate(number(value[0]), *interval(spread[name]))
            for name, value in values.items()
        }

    return Scorecard(
        signature=signature(parts),
        task=arrays.task,
        rows=rows,
        errors=int((arrays.said == len(arrays.labels)).sum()),
        unlabelled=unlabelled,
        documents=documents,
        metrics=estimate(arrays, measures(arrays, judged)),
        confusion=_confusion(arrays),
        reliability=_reliability(arrays),
        risk_coverage=_thinned(*risk_coverage(arrays)),
        baselines={
            name: estimate(guessed, [headline(guessed)])
            for name, guessed in baselines(arrays, judged)
        },
        slices={
            name: {
                value: Slice(len(chosen), estimate(part, [headline(part)]))
                for value, chosen in groups(judged, name).items()
                for part in [arrays.at(chosen)]
            }
            for name in slices
        },
    )


def signature(parts: Mapping[str, object]) -> str:
    """Join what another needs to repeat a figure, in the manner of sacreBLEU: `a:1|b:2`."""
    return "|".join(f"{name}:{str(value).replace('|', '/')}" for name, value in parts.items())


def _confusion(arrays: Arrays) -> dict[str, dict[str, int]]:
    names = [*map(str, arrays.labels), "error"]
    table = counts(arrays)(np.ones((1, len(arrays.gold))))[0].astype(int).tolist()
    unreadable = int((arrays.gold < 0).sum())
    result = {
        names[label]: dict(zip(names, row, strict=True))
        for label, row in enumerate(table)
        if sum(row)
    }
    return result | ({"unreadable": {"error": unreadable}} if unreadable else {})


def _reliability(arrays: Arrays) -> tuple[Bin, ...]:
    given = ~np.isnan(arrays.confidence)
    confidence, right = arrays.confidence[given], arrays.right[given]
    place = bin_of(confidence)
    rows = np.bincount(place, minlength=BINS)
    sums = [np.bincount(place, part, minlength=BINS) for part in (confidence, right)]
    return tuple(
        Bin(
            k / BINS,
            (k + 1) / BINS,
            int(n),
            *((float(part[k] / n) if n else None) for part in sums),
        )
        for k, n in enumerate(rows)
    )


def _thinned(coverage: Floats, risk: Floats) -> tuple[tuple[float, float], ...]:
    """Keep points spread evenly over the coverage, the first and the last among them."""
    wanted = np.linspace(0, coverage[-1], min(_POINTS, len(coverage)))
    kept = np.unique(np.minimum(np.searchsorted(coverage, wanted), len(coverage) - 1))
    return tuple(zip(coverage[kept].tolist(), risk[kept].tolist(), strict=True))
