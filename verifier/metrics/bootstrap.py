"""Resampling: the rows, or whole documents where a document has several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from verifier.metrics.arrays import Floats, Ints
from verifier.metrics.measures import Measure

INTERVAL = (2.5, 97.5)
"""Percentiles of the values over the resamples: the 95% percentile interval."""
_CELLS = 2_000_000  # weights held at a time


def resampled(cluster: Ints, resamples: int, seed: int) -> Iterator[Floats]:
    """Give how often each row counts in each resample, in blocks of shape (some, n).

    As many documents are drawn as there are, with replacement; their rows come with them.
    scipy.stats.bootstrap draws rows only and calls each statistic by itself; here all measures see
    the same resamples, so that those of two runs can be compared pair by pair.
    """
    rng = np.random.default_rng(seed)
    documents = int(cluster.max()) + 1
    block = max(1, _CELLS // len(cluster))
    for start in range(0, resamples, block):
        weights = np.empty((min(block, resamples - start), len(cluster)))
        for row in weights:
            drawn = rng.integers(0, documents, documents)
            row[:] = np.bincount(drawn, minlength=documents)[cluster]
        yield weights


def evaluate(chosen: Sequence[Measure], weights: Floats) -> dict[str, Floats]:
    """Call the measures with the same weights; B values a name."""
    return {name: values for measure in chosen for name, values in measure(weights).items()}


def distribution(
    chosen: Sequence[Measure], cluster: Ints, resamples: int, seed: int
) -> dict[str, Floats]:
    """Resample the measures: `resamples` values a name."""
    blocks = [evaluate(chosen, weights) for weights in resampled(cluster, resamples, seed)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def interval(values: Floats) -> tuple[float | None, float | None]:
    """Take the percentiles of those resamples on which the figure is defined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None, None
    low, high = np.percentile(defined, INTERVAL)
    return float(low), float(high)


def number(value: float) -> float | None:
    """Return None for what is undefined."""
    return None if np.isnan(value) else float(value)
