"""A calibration for one model, fitted on a part of labelled rows and checked on the rest.

Rows of one document stay together: what is fitted on some of them must not be checked on others.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verifier.calibrate import (
    Answered,
    Calibration,
    answered,
    fit_abstention,
    fit_thresholds,
    soften,
)
from verifier.claimsets import Gold, Row
from verifier.errors import InputError
from verifier.metrics import Comparison, Judged, compare
from verifier.records import Label, Scores, Verdict
from verifier.scoring import Progress, after, chunks, judge
from verifier.weigh import Features, features, weigh

if TYPE_CHECKING:
    from verifier.claimsets import Claimset
    from verifier.pipeline import Verifier

_TEMPERATURES = [round(0.25 * 16 ** (step / 80), 3) for step in range(81)]  # 0.25 to 4
_FLOOR = 1e-9  # a probability of 0 has no logarithm
_LEAST = 30  # rows in a part, below which nothing is worth fitting or checking


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration and what it does to rows that took no part in fitting it."""

    calibration: Calibration
    fitted_on: int
    checked_on: int
    left_out: int
    """Rows that couldn't be scored."""
    comparison: Comparison
    """With the calibration that was there (a) against the fitted one (b), on held-out rows."""
    max_error: float | None
    """The share of wrong answers that abstention was fitted for."""
    abstention: Answered | None
    """What is then answered of the held-out rows, and how much of it is wrong."""


def fit(
    verifier: Verifier,
    claimset: Claimset,
    *,
    mode: str,
    max_error: float | None,
    progress: Progress,
) -> Fitted:
    """Fit temperature, thresholds and, if `max_error` is given, the least confidence to answer at.

    `verifier` should read and keep scores in a cache: the rows are judged three times, by the same
    scores. It is left with the fitted calibration. Raises InputError where there are too few rows,
    or `max_error` can't be guaranteed.
    """
    rows = [row for row in claimset.rows() if isinstance(row, Row)]
    given = replace(verifier.calibration, policy=verifier.policy, abstain=None)
    before = _judge(verifier, given, rows, mode, progress)
    parts = _split(before, 2 if max_error is None else 3)
    fitting, checking = parts[0], parts[-1]
    if min(map(len, parts)) < _LEAST:
        sizes = " and ".join(str(len(part)) for part in parts)
        raise InputError(
            f"{claimset.name}: too little to fit on: divided by document, its rows make parts of "
            f"{sizes}, and at least {_LEAST} in each are needed; give more rows"
        )
    fitted = replace(given, temperature=_temperature(verifier, [before[n] for n in fitting]))
    softened = _judge(verifier, fitted, rows, mode)
    support, refute = fit_thresholds(
        [_strongest(softened[place]) for place in fitting],
        [softened[place].row.gold for place in fitting],
    )
    policy = replace(given.policy, support=support, refute=refute)
    fitted = replace(fitted, policy=policy, digest=verifier.backend.digest)
    final = _judge(verifier, fitted, rows, mode)
    comparison = compare(
        [before[place].judged for place in checking],
        [final[place].judged for place in checking],
        slices=(),
    )
    held_out = None
    if max_error is not None:
        least = fit_abstention(*_answers([final[place] for place in parts[1]]), max_error)
        fitted = replace(fitted, abstain=least)
        held_out = answered(*_answers([final[place] for place in checking]), least)
    return Fitted(
        calibration=fitted,
        fitted_on=len(before) - len(checking),
        checked_on=len(checking),
        left_out=len(claimset) - len(before),
        comparison=comparison,
        max_error=max_error,
        abstention=held_out,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A row that could be judged."""

    row: Row
    mode: str
    verdict: Verdict

    @property
    def judged(self) -> Judged:
        scores, label = self.verdict.scores, self.verdict.label
        return Judged(self.row.gold, label, scores, self.row.claim, self.row.document)


def _judge(
    verifier: Verifier,
    calibration: Calibration,
    rows: Sequence[Row],
    mode: str,
    progress: Progress = lambda _done: None,
) -> list[_Case]:
    """Judge the rows by this calibration; those that can't be judged are left out."""
    verifier.calibration, verifier.policy = calibration, calibration.policy
    cases: list[_Case] = []
    start = 0
    for chunk in chunks(rows):
        found = judge(verifier, chunk, mode, after(start, progress))
        cases += [_Case(p.row, p.mode, p.verdict) for p in found if p.mode and p.verdict]  # type: ignore[arg-type]
        start += len(chunk)
    return cases


def _split(cases: Sequence[_Case], count: int) -> list[list[int]]:
    """Divide by document, by the digest of its name: the same whatever the order of the rows."""
    parts: list[list[int]] = [[] for _ in range(count)]
    for place, case in enumerate(cases):
        name = case.row.document.encode("utf-8", "surrogatepass")
        parts[int.from_bytes(hashlib.sha256(name).digest()[:8]) % count].append(place)
    return parts


def _temperature(verifier: Verifier, cases: Sequence[_Case]) -> float:
    """Find the temperature with the least log loss of pairs, with the weights of pairs added.

    It stays as it is where there are no pairs, and where some gold label is `not_supported`, which
    doesn't tell refuted from unknown.
    """
    given = verifier.calibration
    chosen = [case for case in cases if case.mode == "pair"]
    if not chosen or any(case.row.gold is Gold.NOT_SUPPORTED for case in cases):
        return given.temperature
    pairs = [(case.verdict.evidence[0].text, case.row.claim) for case in chosen]
    gold = [case.row.gold for case in chosen]
    seen = [features(*pair) if verifier.quantities else Features() for pair in pairs]
    raw = verifier.backend.score(pairs)

    def loss(temperature: float) -> float:
        softened = (soften(scores, temperature) for scores in raw)
        judged = (weigh(s, f, given.pair) for s, f in zip(softened, seen, strict=True))
        return -math.fsum(
            math.log(max(getattr(s, g), _FLOOR)) for s, g in zip(judged, gold, strict=True)
        )

    return min(_TEMPERATURES, key=loss)


def _strongest(case: _Case) -> Scores:
    """Return the scores that thresholds are compared with: of a document, those before pooling."""
    pooled = case.verdict.scores
    support, refute = (
        part / (part + pooled.unknown) if part else 0.0
        for part in (pooled.supported, pooled.refuted)
    )
    return Scores(support, refute, max(0.0, 1 - support - refute))


def _answers(cases: Sequence[_Case]) -> tuple[list[float], list[Label], list[Gold]]:
    verdicts = [case.verdict for case in cases]
    golds = [case.row.gold for case in cases]
    return [v.confidence for v in verdicts], [v.label for v in verdicts], golds
