"""Temperature, thresholds and abstention fitted for one model, and bound to it by its digest."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from verifier.claimsets.rows import Gold
from verifier.decide import Policy
from verifier.errors import InputError, ModelError
from verifier.records import Label, Scores, Verdict
from verifier.weigh import Weight, Weights

_STEP = 1e-4  # of the logarithm of the temperature
_FLOOR = 1e-9  # a probability of 0 has no logarithm
_THRESHOLDS = [k / 100 for k in range(1, 100)]

# Confidences tried as the least to answer at, and where the tests begin. Fixed here, before any
# data is seen: the guarantee rests on it.
_CONFIDENCES = (0.999, 0.995, *(k / 100 for k in range(99, 29, -1)))
_STARTS = (0.999, 0.99, 0.95, 0.9, 0.75)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns one model's scores into calibrated ones, and those into verdicts."""

    temperature: float = 1.0
    """Above 0; above 1 makes the model less sure of itself."""
    policy: Policy = field(default_factory=Policy)
    digest: str | None = None
    """Of the model that it was fitted on; None: neutral, for any model."""
    pair: Weights = field(default_factory=Weights)
    """What words and values add to the scores of a pair as it stands."""
    document: Weights = field(default_factory=Weights)
    """What they add to those of a place among all that a claim is judged by."""
    abstain: float | None = None
    """A supported or refuted verdict less confident than this, in [0, 1], becomes unknown."""

    def settle(self, verdict: Verdict) -> Verdict:
        """Take back a supported or refuted verdict that isn't confident enough."""
        if self.abstain is None or verdict.label is Label.UNKNOWN:
            return verdict
        if verdict.confidence >= self.abstain:
            return verdict
        reason = (
            f"not sure enough to say {verdict.label}: "
            f"{verdict.confidence:.3f}, and {self.abstain:g} is asked for"
        )
        confidence = verdict.scores.unknown
        return replace(verdict, label=Label.UNKNOWN, confidence=confidence, reason=reason)

    def apply(self, scores: Scores) -> Scores:
        """Scale the scores' logits by 1 / temperature (Guo et al. 2017); together 1 again."""
        return soften(scores, self.temperature)


def soften(scores: Scores, temperature: float) -> Scores:
    """Return `softmax(log(scores) / temperature)`."""
    parts = (scores.supported, scores.refuted, scores.unknown)
    powers = [max(part, _FLOOR) ** (1 / temperature) for part in parts]
    whole = math.fsum(powers)
    return Scores(*(power / whole for power in powers))


def load(path: Path, digest: str) -> Calibration:
    """Read a calibration of the model with `digest`.

    Raises ModelError when the file can't be read or belongs to another model.
    """
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        calibration = Calibration(
            temperature=float(fields["temperature"]),
            policy=Policy(**fields["policy"]),
            digest=fields["digest"],
            pair=_weights(fields.get("pair", {})),
            document=_weights(fields.get("document", {})),
            abstain=None if fields.get("abstain") is None else float(fields["abstain"]),
        )
    except OSError as error:
        raise ModelError(f"{path}: the calibration can't be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: not a calibration file ({error}); fit it again") from error
    if calibration.digest != digest:
        raise ModelError(
            f"{path}: this calibration belongs to another model ({calibration.digest}, "
            f"not {digest}); fit one for this model"
        )
    return calibration


def _weights(fields: Mapping[str, Mapping[str, float]]) -> Weights:
    return Weights(**{side: Weight(**weight) for side, weight in fields.items()})


def save(calibration: Calibration, path: Path) -> None:
    """Write a calibration that `load` reads."""
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")


def fit_temperature(scores: Sequence[Scores], gold: Sequence[Label]) -> float:
    """Find the temperature in [0.25, 4] with the least log loss, to three decimals.

    Raises ValueError when the two differ in length or are empty.
    """
    if not scores or len(scores) != len(gold):
        raise ValueError(f"{len(scores)} scores and {len(gold)} labels: need as many, and some")

    def loss(temperature: float) -> float:
        pairs = zip(scores, gold, strict=True)
        return -math.fsum(math.log(getattr(soften(s, temperature), label)) for s, label in pairs)

    low, high = math.log(0.25), math.log(4)
    ratio = (math.sqrt(5) - 1) / 2
    while high - low > _STEP:  # golden section: the loss has one minimum
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(math.exp(left)) < loss(math.exp(right)):
            high = right
        else:
            low = left
    return round(math.exp((low + high) / 2), 3)


def fit_thresholds(
    scores: Sequence[Scores], gold: Sequence[Gold], metric: str = "macro F1"
) -> tuple[float, float]:
    """Find the support and refute thresholds, in steps of 0.01, that score best on `gold`.

    `scores` are those that a policy's thresholds are compared with: calibrated, of the place that
    speaks most strongly, which of a pair is the pair. `metric` is `macro F1` or `balanced
    accuracy`, over the labels that `gold` holds. Of equal thresholds those closest to 0.5 win.

    Raises ValueError when the two differ in length, are empty or `metric` is another.
    """
    import numpy as np  # noqa: PLC0415 - loading a calibration does without

    if not scores or len(scores) != len(gold) or metric not in ("macro F1", "balanced accuracy"):
        raise ValueError(f"{len(scores)} scores, {len(gold)} gold labels, metric {metric!r}")
    binary = Gold.NOT_SUPPORTED in gold
    classes = sorted({_binary(label) if binary else label for label in gold})
    support, refute = np.array([(each.supported, each.refuted) for each in scores]).T
    # How many rows of each gold label reach how many thresholds, by whether support is the larger.
    size = len(_THRESHOLDS) + 1
    counts = np.zeros((2, len(classes), size, size), dtype=np.int64)
    rows = [classes.index(_binary(label) if binary else label) for label in gold]
    reached = [np.searchsorted(_THRESHOLDS, part, side="right") for part in (support, refute)]
    np.add.at(counts, ((support >= refute).astype(int), rows, *reached), 1)

    below = counts.cumsum(axis=2).cumsum(axis=3)  # both scores below the threshold
    weak_support, weak_refute = below[..., :-1, -1:], below[..., -1:, :-1]
    total, below = below[..., -1:, -1:], below[..., :-1, :-1]
    # As `decide` does: where both thresholds are reached the larger score decides.
    supported = (weak_refute - below)[0] + (total - weak_support)[1]
    refuted = (total - weak_refute)[0] + (weak_support - below)[1]
    everything = total.sum(axis=0)
    said = {Gold.SUPPORTED: supported, Gold.REFUTED: refuted}
    said[Gold.UNKNOWN] = everything - supported - refuted
    said[Gold.NOT_SUPPORTED] = everything - supported
    parts = []
    for place, label in enumerate(classes):
        hits = said[label][place]
        held = everything[place]
        share = 2 * hits / (held + said[label].sum(axis=0)) if metric == "macro F1" else hits / held
        parts.append(share)
    value = np.mean(parts, axis=0)
    grid = np.array(_THRESHOLDS)
    distance = np.abs(grid[:, None] - 0.5) + np.abs(grid - 0.5)
    best = np.lexsort((distance.ravel(), -value.round(12).ravel()))[0]
    row, column = np.unravel_index(best, value.shape)
    return _THRESHOLDS[row], _THRESHOLDS[column]


@dataclass(frozen=True, slots=True)
class Answered:
    """What abstention leaves: the supported and refuted verdicts at some confidence or above."""

    rows: int
    answered: int
    wrong: int

    @property
    def coverage(self) -> float:
        """The share of the rows that get an answer."""
        return self.answered / self.rows

    @property
    def error(self) -> float:
        """The share of the answers that is wrong; 0 without any."""
        return self.wrong / self.answered if self.answered else 0.0


def answered(
    confidence: Sequence[float], label: Sequence[Label], gold: Sequence[Gold], threshold: float
) -> Answered:
    """Count the answers (supported or refuted, `confidence` >= `threshold`) and the wrong ones.

    Against `not_supported` refuted is right. Raises ValueError when the lengths differ or are 0.
    """
    wrong = [missed for sure, missed in _answers(confidence, label, gold) if sure >= threshold]
    return Answered(len(gold), len(wrong), sum(wrong))


def fit_abstention(
    confidence: Sequence[float],
    label: Sequence[Label],
    gold: Sequence[Gold],
    max_error: float,
    delta: float = 0.1,
) -> float:
    """Find the least confidence at which at most `max_error` of the answers are wrong.

    An answer is a supported or refuted verdict (see `answered`). The guarantee: with probability
    at least 1 - `delta` over the draw of these rows, the share of wrong answers among those given
    at the returned confidence or above, on further rows drawn independently from where these come
    from, is at most `max_error`. It says nothing about rows of another kind, and is weakened by
    rows that depend on each other, as those of one document do.

    Learn then test (Angelopoulos, Bates, Candès, Jordan, Lei 2021, "Learn then Test: Calibrating
    Predictive Algorithms to Achieve Risk Control", algorithm 1): from each of a few starts, fixed
    in advance, confidences are tested one after the other, from high to low, until one fails. The
    test is the exact binomial one (that the Clopper-Pearson upper bound is at most `max_error`),
    at `delta` shared among the starts; so the chance of passing any confidence that is not safe
    is at most `delta`.

    Raises InputError where no confidence passes (too few rows, or a model too often wrong) and
    where `max_error` or `delta` is not between 0 and 1; ValueError as `answered`.
    """
    import numpy as np  # noqa: PLC0415 - loading a calibration does without
    from scipy.stats import binom  # noqa: PLC0415 - as above

    if not (0 < max_error < 1 and 0 < delta < 1):
        raise InputError(f"--max-error {max_error}, delta {delta}: give numbers between 0 and 1")
    answers = sorted(_answers(confidence, label, gold), reverse=True)
    given = np.searchsorted([-sure for sure, _ in answers], np.negative(_CONFIDENCES), side="right")
    wrong = np.cumsum([0, *(missed for _, missed in answers)])[given]
    level = delta / len(_STARTS)
    safe = (binom.cdf(wrong, given, max_error) <= level).tolist()
    passed = [
        confidence
        for start in map(_CONFIDENCES.index, _STARTS)
        for confidence in _CONFIDENCES[start : [*safe, False].index(False, start)]
    ]
    if not passed:
        needed = math.ceil(math.log(level) / math.log(1 - max_error))
        most = _CONFIDENCES.index(_STARTS[-1])
        raise InputError(
            f"--max-error {max_error:g} can't be guaranteed from these rows: {wrong[most]} of the "
            f"{given[most]} answers of confidence {_STARTS[-1]} or more are wrong, and {needed} "
            "are needed even if none is; give more rows or allow more errors"
        )
    return min(passed)


def _answers(
    confidence: Sequence[float], label: Sequence[Label], gold: Sequence[Gold]
) -> list[tuple[float, bool]]:
    """Give the confidence of every answer, and whether it is wrong."""
    if not gold or not len(confidence) == len(label) == len(gold):
        raise ValueError(f"{len(confidence)}, {len(label)}, {len(gold)}: need as many, and some")
    return [
        (sure, _answer(said, right) is not right)
        for sure, said, right in zip(confidence, label, gold, strict=True)
        if said is not Label.UNKNOWN
    ]


def _binary(label: Gold) -> Gold:
    return label if label is Gold.SUPPORTED else Gold.NOT_SUPPORTED


def _answer(label: Label, gold: Gold) -> Gold:
    """Give a verdict in the terms of the gold label."""
    return _binary(Gold(label)) if gold is Gold.NOT_SUPPORTED else Gold(label)
