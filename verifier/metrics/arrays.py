"""Judged rows as arrays: what every measure reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verifier.claimsets.rows import Gold
from verifier.metrics.judged import Judged
from verifier.records import Label

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

THREE_WAY, TWO_WAY, BINARY = "three-way", "supported/refuted", "binary"


@dataclass(frozen=True, slots=True)
class Arrays:
    """n rows in the terms of their task.

    A binary task has the labels supported and not supported, whatever else the model said; the
    others have all three, whether the gold labels know `unknown` or not.
    """

    task: str
    labels: tuple[Gold, ...]
    """What gold labels and verdicts are numbered by; K of them."""
    gold: Ints
    """(n,) in [0, K); -1: can't be read."""
    said: Ints
    """(n,) in [0, K); K: an error."""
    scores: Floats
    """(n, K) probabilities, NaN where there was an error."""
    support: Floats
    """(n, 2) the scores of supported and refuted, NaN where there was an error."""
    cluster: Ints
    """(n,) numbers of the documents, from 0."""

    @property
    def right(self) -> Bools:
        """(n,) whether the verdict is the gold label; an error never is."""
        return np.equal(self.gold, self.said)

    @property
    def confidence(self) -> Floats:
        """(n,) the score of the label that was said, NaN where there was an error."""
        said = np.minimum(self.said, len(self.labels) - 1)
        return np.asarray(np.take_along_axis(self.scores, said[:, None], axis=1)[:, 0])

    @property
    def held(self) -> list[int]:
        """The labels that some gold label is."""
        return [k for k in range(len(self.labels)) if (self.gold == k).any()]

    def at(self, rows: Bools | Ints) -> Arrays:
        """Take some of the rows, in the same terms."""
        return replace(
            self,
            gold=self.gold[rows],
            said=self.said[rows],
            scores=self.scores[rows],
            support=self.support[rows],
            cluster=np.unique(self.cluster[rows], return_inverse=True)[1],
        )


def to_arrays(judged: Sequence[Judged]) -> Arrays:
    """Put numbers for labels and documents; a verdict without scores, or the reverse, is an error.

    The gold labels tell the task: binary if one is `not_supported`, three-way if one is `unknown`.
    """
    known = {row.gold for row in judged}
    binary = Gold.NOT_SUPPORTED in known
    task = BINARY if binary else THREE_WAY if Gold.UNKNOWN in known else TWO_WAY
    labels = (Gold.SUPPORTED, Gold.NOT_SUPPORTED) if binary else tuple(map(Gold, Label))
    places = {label: min(place, len(labels) - 1) for place, label in enumerate(Gold)}
    three = np.full((len(judged), 3), np.nan)
    said = np.full(len(judged), len(labels))
    for place, row in enumerate(judged):
        if row.label is not None and row.scores is not None:
            said[place] = places[Gold(row.label)]
            three[place] = row.scores.supported, row.scores.refuted, row.scores.unknown
    gold = np.array([-1 if row.gold is None else places[row.gold] for row in judged])
    scores = np.stack([three[:, 0], 1 - three[:, 0]], axis=1) if binary else three
    names = [row.document or f"\0{place}" for place, row in enumerate(judged)]
    cluster = np.unique(names, return_inverse=True)[1]
    return Arrays(task, labels, gold, said, scores, three[:, :2], cluster)
