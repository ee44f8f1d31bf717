"""The figures themselves, each for many weightings of the rows at once.

A measure is made for n rows and called with weights of shape (B, n), how often each row counts, and
returns B values a name: one row of ones gives the figure itself, resampled counts its bootstrap.
Undefined is NaN. Errors count as wrong: an error never makes a figure better than a wrong verdict
would. Figures whose names end in a label are of that label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from verifier.claimsets.rows import Gold
from verifier.metrics.arrays import BINARY, TWO_WAY, Arrays, Bools, Floats, Ints
from verifier.metrics.judged import Judged

Values = Mapping[str, Floats]
Measure = Callable[[Floats], Values]

BINS = 15
FLOOR = 1e-9
"""The least probability whose logarithm is taken; an error is given it too."""
_MAX_EVIDENCE = 5  # places of evidence that FEVER looks at


def measures(arrays: Arrays, judged: Sequence[Judged]) -> list[Measure]:
    """Choose what can be measured on these rows, in the order to print."""
    chosen = [headline(arrays), by_label(arrays)]
    if arrays.task == BINARY:
        chosen.append(ranking(arrays))
    if any(row.gold_evidence is not None for row in judged):
        chosen.append(fever(arrays, judged))
    return [*chosen, calibration(arrays), selective(arrays)]


def counts(arrays: Arrays) -> Callable[[Floats], Floats]:
    """Count gold label by verdict: (B, K, K + 1), errors last; unreadable gold is left out."""
    size = len(arrays.labels)
    cells = _columns(arrays.gold * (size + 1) + arrays.said, size * (size + 1))
    return lambda weights: (weights @ cells).reshape(-1, size, size + 1)


def headline(arrays: Arrays) -> Measure:
    """Accuracy over all rows; means of recall, precision and F1 over the gold labels there are."""
    held, count = arrays.held, counts(arrays)
    right = arrays.right.astype(np.float64)
    # Which of the two is the larger, for comparison with models that know no unknown.
    larger = np.where(arrays.support[:, 0] >= arrays.support[:, 1], 0, 1)
    forced = ((larger == arrays.gold) & ~np.isnan(arrays.support[:, 0])).astype(np.float64)

    def measure(weights: Floats) -> Values:
        total = weights.sum(axis=1)
        values = {"accuracy": _share(weights @ right, total)}
        if arrays.task == TWO_WAY:
            values["accuracy (supported/refuted)"] = _share(weights @ forced, total)
        precision, recall, f1 = (part[:, held] for part in _rates(count(weights)))
        # A label that is never said has no precision; in the mean that is a 0, as its F1 is.
        precision = np.where(np.isnan(precision) & ~np.isnan(recall), 0, precision)
        values["balanced accuracy"] = _mean(recall)
        values["macro precision"] = _mean(np.where(np.isnan(recall), np.nan, precision))
        values["macro recall"] = values["balanced accuracy"]
        values["macro F1"] = _mean(np.where(np.isnan(recall), np.nan, f1))
        return values

    return measure


def by_label(arrays: Arrays) -> Measure:
    """Precision, recall and F1 of each gold label there is."""
    held, count = arrays.held, counts(arrays)

    def measure(weights: Floats) -> Values:
        rates = _rates(count(weights))
        return {
            f"{name} {arrays.labels[label]}": rate[:, label]
            for label in held
            for name, rate in zip(("precision", "recall", "F1"), rates, strict=True)
        }

    return measure


def ranking(arrays: Arrays) -> Measure:
    """ROC-AUC of the support, and balanced accuracy at the threshold that is best on these rows.

    An error ranks on the wrong side of every threshold.
    """
    readable = np.flatnonzero(arrays.gold >= 0)
    positive = arrays.gold[readable] == 0
    wrong_side = np.where(positive, -np.inf, np.inf)
    support = arrays.support[readable, 0]
    support = np.where(np.isnan(support), wrong_side, support)
    order, starts = _order(support)
    values = support[order][starts]
    positive = positive[order]

    def measure(weights: Floats) -> Values:
        weights = weights[:, readable[order]]
        yes = np.add.reduceat(weights * positive, starts, axis=1)
        no = np.add.reduceat(weights * ~positive, starts, axis=1)
        yes_below, no_below = yes.cumsum(axis=1) - yes, no.cumsum(axis=1) - no
        all_yes, all_no = yes.sum(axis=1), no.sum(axis=1)
        area = _share((yes * (no_below + no / 2)).sum(axis=1), all_yes * all_no)
        caught = 1 - _share(yes_below, all_yes[:, None])
        best = ((caught + _share(no_below, all_no[:, None])) / 2)[:, values > -np.inf]
        # Nothing is called supported: right for every row that isn't, unless that was an error.
        none = _share(no[:, values < np.inf].sum(axis=1), all_no) / 2
        best = np.maximum(none, best.max(axis=1, initial=0))
        return {
            "ROC-AUC": area,
            "balanced accuracy at best threshold": np.where(all_yes > 0, best, np.nan),
        }

    return measure


def calibration(arrays: Arrays) -> Measure:
    """ECE (15 bins of equal width), Brier score and log loss.

    The Brier score sums over the labels (0 to 2), and is that of one label (0 to 1) for a binary
    task, as in scikit-learn. An error counts as a wrong verdict of full confidence.
    """
    right, failed = arrays.right, np.isnan(arrays.confidence)
    confidence = np.where(failed, 1, arrays.confidence)
    gaps = _columns(bin_of(confidence), BINS) * (right - confidence)[:, None]
    worst = 1 if arrays.task == BINARY else 2
    squares = ((arrays.scores - _columns(arrays.gold, len(arrays.labels))) ** 2).sum(axis=1)
    brier = np.where(failed, worst, squares * worst / 2)
    chance = np.take_along_axis(arrays.scores, np.maximum(arrays.gold, 0)[:, None], axis=1)[:, 0]
    loss = -np.log(np.where(failed, FLOOR, np.maximum(chance, FLOOR)))

    def measure(weights: Floats) -> Values:
        total = weights.sum(axis=1)
        return {
            "ECE": _share(np.abs(weights @ gaps).sum(axis=1), total),
            "Brier": _share(weights @ brier, total),
            "log loss": _share(weights @ loss, total),
        }

    return measure


def bin_of(confidence: Floats) -> Ints:
    """Return the number of the bin, [low, high), of each confidence; 1 is in the last."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def selective(arrays: Arrays) -> Measure:
    """Area under the risk-coverage curve: the share of wrong verdicts among the surest, averaged.

    Verdicts of equal confidence are answered together; errors are answered last.
    """
    order, starts = _order(-np.where(np.isnan(arrays.confidence), -1, arrays.confidence))
    wrong = ~arrays.right[order]

    def measure(weights: Floats) -> Values:
        weights = weights[:, order]
        width = np.add.reduceat(weights, starts, axis=1)
        missed = np.add.reduceat(weights * wrong, starts, axis=1)
        risk = np.nan_to_num(_share(missed.cumsum(axis=1), width.cumsum(axis=1)))
        return {"AURC": _share((width * risk).sum(axis=1), width.sum(axis=1))}

    return measure


def risk_coverage(arrays: Arrays) -> tuple[Floats, Floats]:
    """Give the curve of `selective`: coverage, ascending to 1, and the risk at each."""
    order, starts = _order(-np.where(np.isnan(arrays.confidence), -1, arrays.confidence))
    width = np.add.reduceat(np.ones(len(order)), starts).cumsum()
    missed = np.add.reduceat((~arrays.right[order]).astype(np.float64), starts).cumsum()
    return width / len(order), missed / width


def fever(arrays: Arrays, judged: Sequence[Judged]) -> Measure:
    """FEVER score, and precision, recall and F1 of the evidence (Thorne et al. 2018).

    A row is strictly right if its label is and, where the gold label is supported or refuted, a
    whole set of gold sentences is among the first five named. Evidence is averaged over those of
    these rows that have gold sentences; naming none has precision 1, as in the shared task. Where
    precision and recall are both 0, F1 is 0; the shared task's scorer divides by zero.
    """
    settled = np.array([row.gold in (Gold.SUPPORTED, Gold.REFUTED) for row in judged])
    named = [row.evidence[:_MAX_EVIDENCE] for row in judged]
    sets = [[group for group in row.gold_evidence or () if group] for row in judged]
    found = np.array(
        [
            any(set(group) <= set(places) for group in groups)
            for groups, places in zip(sets, named, strict=True)
        ]
    )
    hits = np.array(
        [np.mean([any(place in group for group in groups) for place in places]) if places else 1
         for groups, places in zip(sets, named, strict=True)]
    )  # fmt: skip
    strict = arrays.right & (found | ~settled)
    asked = settled & np.array([bool(groups) for groups in sets])

    def measure(weights: Floats) -> Values:
        total = weights @ asked
        precision = _share(weights @ (hits * asked), total)
        recall = _share(weights @ (found & asked), total)
        both = precision + recall
        f1 = np.where(both == 0, 0, _share(2 * precision * recall, both))
        return {
            "FEVER score": _share(weights @ strict, weights.sum(axis=1)),
            "evidence precision": precision,
            "evidence recall": recall,
            "evidence F1": f1,
        }

    return measure


def _columns(codes: Ints, size: int) -> Floats:
    """One column a code: 1 where a row has it; a code below 0 has none."""
    columns: Bools = codes[:, None] == np.arange(size)
    return columns.astype(np.float64)


def _rates(table: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 of each label, (B, K), from counts (B, K, K + 1)."""
    size = table.shape[1]
    hits = np.diagonal(table, axis1=1, axis2=2)
    held, said = table.sum(axis=2), table.sum(axis=1)[:, :size]
    return _share(hits, said), _share(hits, held), _share(2 * hits, held + said)


def _share(part: Floats, whole: Floats) -> Floats:
    result: Floats = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def _mean(rates: Floats) -> Floats:
    """Average over the labels that have a rate."""
    return _share(np.nansum(rates, axis=1), np.sum(~np.isnan(rates), axis=1))


def _order(keys: Floats) -> tuple[Ints, Ints]:
    """Sort ascending; and where in that order each run of equal keys begins."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    new: Bools = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    return order, np.flatnonzero(new)
