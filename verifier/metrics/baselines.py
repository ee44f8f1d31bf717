"""What is reached without a model: the most frequent label, and the claims alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from verifier.metrics.arrays import Arrays, Ints
from verifier.metrics.judged import Judged

_FOLDS = 5
_TOO_FEW = 50  # rows from which there is nothing to learn
_ENOUGH = 20_000  # rows to learn from; more take long and tell little


def baselines(arrays: Arrays, judged: Sequence[Judged]) -> Iterator[tuple[str, Arrays]]:
    """Give `majority` and, where there are rows enough to learn from, `claim-only`.

    Each guesses by gold labels of the set itself; rows whose gold label can't be read stay wrong.
    """
    readable = arrays.gold >= 0
    if not readable.any():
        return
    most = int(np.bincount(arrays.gold[readable]).argmax())
    yield "majority", _guessing(arrays, np.full(len(judged), most))
    said = _claim_only(arrays, [row.claim for row in judged])
    if said is not None:
        yield "claim-only", _guessing(arrays, said)


def _guessing(arrays: Arrays, said: Ints) -> Arrays:
    """Say these labels; as scores, that and nothing else."""
    size = len(arrays.labels)
    scores = np.vstack([np.eye(size), np.full(size, np.nan)])[said]
    return replace(arrays, said=said, scores=scores, support=scores[:, :2])


def _claim_only(arrays: Arrays, claims: Sequence[str]) -> Ints | None:
    """Guess by the words of the claim, learned from other claims of the set (cross-validated).

    A logistic regression on words and pairs of words shows what the *set* gives away (Gururangan
    et al. 2018, Schuster et al. 2019) and is the same beside every model; a model that reads a
    blank for evidence would show what that model makes of blanks.
    """
    rows = np.flatnonzero(arrays.gold >= 0)
    if len(rows) < _TOO_FEW:
        return None
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 - slow to load
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    gold = arrays.gold[rows]
    texts = [claims[row] for row in rows.tolist()]
    group = _kept_together(texts, arrays.cluster[rows])
    if len(np.unique(group)) < _FOLDS:
        return None
    words = HashingVectorizer(ngram_range=(1, 2), analyzer="word").transform(texts)
    # A learner passes over every one of a million columns; it needs one, and those that are used.
    words = words[:, np.union1d([0], words.indices)]
    said = np.full(len(claims), len(arrays.labels))
    for rest, test in GroupKFold(_FOLDS).split(words, gold, group):
        train = rest[:: 1 + len(rest) // _ENOUGH]
        if len(np.unique(gold[train])) == 1:
            return None
        learner = SGDClassifier(loss="log_loss", average=True, random_state=0)
        said[rows[test]] = learner.fit(words[train], gold[train]).predict(words[test])
    return said


def _kept_together(claims: Sequence[str], cluster: Ints) -> Ints:
    """Group rows that share a claim or a document, which mustn't be both learned from and guessed.

    Where that joins most of the set (fixed hypotheses over many documents), by document alone: that
    the hypothesis is always the same is then something that the set does give away.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    claim = np.unique(claims, return_inverse=True)[1]
    nodes = int(claim.max() + cluster.max()) + 2
    links = coo_array((np.ones(len(claim)), (claim, claim.max() + 1 + cluster)), (nodes, nodes))
    joined = connected_components(links, directed=False)[1][claim]
    return cluster if np.bincount(joined).max() > len(claim) / 2 else joined
