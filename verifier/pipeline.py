"""The whole program on one page: sources and claims in, a report out.

sources → sentences → candidates for each claim → one queue of pairs → scores → verdicts
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from verifier import __version__, calibrate
from verifier.asked import (
    as_claims,
    as_sources,
    check_lengths,
    check_settings,
    foreign_notes,
    plain,
)
from verifier.corpus import Corpus, Held, Unit, narrow_in
from verifier.decide import WORD_FOR_WORD, decide
from verifier.language import Identify, identify
from verifier.nli.loading import load_backend
from verifier.records import Claim, Evidence, Label, Report, Run, Scores, Skipped, Source, Verdict
from verifier.values import Days, explain_values, find_days
from verifier.weigh import Features, Weights, among, features, weigh

Progress = Callable[[int, int], None]
"""Called with the pairs scored so far and the pairs in all."""

Group = tuple[Sequence[str | Claim], Sequence[str | Path | Source]]
"""Claims, and the sources to check them against."""

BATCH_TOKENS = 4096
ENGLISH_ONLY = "bundled"  # the model that reads no other language
_CHUNK = 256  # pairs between two calls of progress


class Verifier:
    """A loaded model with its calibration, to be kept between calls."""

    def __init__(  # noqa: PLR0913 - keywords, one a setting
        self,
        model: str = "bundled",
        *,
        device: str = "auto",
        dtype: str = "float32",
        label_map: Mapping[str, Label] | None = None,
        batch_tokens: int | None = None,
        top_k: int | None = None,
        support_threshold: float | None = None,
        refute_threshold: float | None = None,
        calibration: Path | None = None,
        quantities: bool = True,
        as_of: date | None = None,
    ) -> None:
        """Load `bundled`, or the Hugging Face model of that folder or hub name.

        `calibration` is a file of `calibrate.save`; without it the bundled model has its own. The
        thresholds, in [0, 1], and `top_k`, at least 1, take the place of the calibration's. Without
        `quantities` numbers and dates are left to the model. `as_of` is the day on which the
        claims were written, and every source that doesn't say its own: `yesterday` is read against
        it, and has no value without. Raises InputError for a setting out of its range, ModelError
        for an unusable model or a calibration of another one.
        """
        settings = {"support": support_threshold, "refute": refute_threshold, "top_k": top_k}
        given: dict[str, Any] = {name: v for name, v in settings.items() if v is not None}
        check_settings(batch_tokens, given)
        self.backend = load_backend(
            model,
            device=device,
            dtype=dtype,
            batch_tokens=batch_tokens or BATCH_TOKENS,
            label_map=label_map,
        )
        if calibration is None and model == "bundled":
            from verifier.nli.bundled import CALIBRATION  # noqa: PLC0415 - not for others

            calibration = CALIBRATION
        self.calibration = calibrate.Calibration()
        if calibration is not None:
            self.calibration = calibrate.load(calibration, self.backend.digest)
        self.policy = replace(self.calibration.policy, **given)
        self.quantities = quantities
        self.as_of = as_of

    def verify(
        self,
        claims: Sequence[str | Claim],
        sources: Sequence[str | Path | Source],
        *,
        progress: Progress | None = None,
    ) -> Report:
        """Check every claim against all the sources; one verdict a claim, in their order.

        A `str` among the sources is the text itself, a `Path` a file or folder to read. Raises
        EmptyInputError when there is no claim or no text, ClaimTooLongError for a claim that
        takes more than half of the model's room, InputError for what can't be read.
        """
        plan = self._plan(claims, sources)
        (report,) = self._verify([plan], progress)
        return replace(report, notes=self.notes(plan.claims, plan.sources))

    def verify_groups(
        self, groups: Sequence[Group], *, progress: Progress | None = None
    ) -> list[Report]:
        """Check the claims of each group against its own sources, all in one queue of pairs.

        One report a group, in their order; a group is what `verify` takes, and fails as it does.
        The reports have no notes: the groups may share texts, and `notes` is asked of all at once.
        """
        return self._verify([self._plan(*group) for group in groups], progress)

    def _verify(self, plans: Sequence[_Plan], progress: Progress | None) -> list[Report]:
        pairs = [
            (unit.plain, task.plain, plan.days.sources[unit.source_id])
            for plan in plans
            for task in plan.tasks
            for unit in task.units
        ]
        judged = iter(self._judge(pairs, progress))
        return [self._report(plan, judged) for plan in plans]

    def run(self) -> Run:
        """Return what another person needs to repeat a report."""
        return Run(__version__, self.backend.name, self.backend.digest, self.settings())

    def check_lengths(self, claims: Sequence[Claim]) -> None:
        """Raise ClaimTooLongError for a claim that takes more than half of the model's room."""
        lengths = self.backend.lengths([claim.text for claim in claims])
        check_lengths(claims, lengths, self.backend.room() // 2)

    def notes(
        self, claims: Sequence[Claim], sources: Sequence[Source], identify: Identify = identify
    ) -> tuple[str, ...]:
        """Say what a reader of the verdicts should know, one line each; see `language.foreign`."""
        if self.backend.name != ENGLISH_ONLY:
            return ()
        return foreign_notes(claims, sources, identify)

    def _plan(self, claims: Sequence[str | Claim], sources: Sequence[str | Path | Source]) -> _Plan:
        """Find the places that each claim of a group is judged by."""
        asked = as_claims(claims)
        documents, skipped = as_sources(sources)
        self.check_lengths(asked)
        corpus = Corpus(documents, self.backend.lengths, self.backend.room() // 2)
        tasks = [
            _Task(claim, plain(claim.text), corpus.candidates(claim.text, self.policy.top_k))
            for claim in asked
        ]
        days = find_days(documents, self.as_of)
        return _Plan(asked, documents, corpus, days, tasks, tuple(skipped))

    def _report(self, plan: _Plan, judged: Iterator[tuple[Scores, Features]]) -> Report:
        verdicts = tuple(self._decide(task, plan, judged) for task in plan.tasks)
        return Report(verdicts, self.run(), plan.skipped)

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[Scores]:
        """Judge (evidence, claim) pairs as they stand; calibrated scores, in their order.

        Raises ValueError for a pair that is longer than the model's room.
        """
        judged = self._judge([(*pair, self.as_of) for pair in pairs], progress)
        weights = self.calibration.pair
        return [self._weigh([each], [None], weights)[0].scores for each in judged]

    def _judge(
        self, pairs: Sequence[_Pair], progress: Progress | None
    ) -> list[tuple[Scores, Features]]:
        """Score each different pair once, those of like length together, and read its features."""
        queue = sorted(set(pairs), key=lambda p: (-len(p[0]) - len(p[1]), *p[:2], str(p[2])))
        judged: dict[_Pair, tuple[Scores, Features]] = {}
        for start in range(0, len(queue), _CHUNK):
            if progress:
                progress(start, len(queue))
            chunk = queue[start : start + _CHUNK]
            scored = self.backend.score([pair[:2] for pair in chunk])
            for pair, scores in zip(chunk, scored, strict=True):
                evidence, claim, written = pair
                seen = Features()
                if self.quantities:
                    seen = features(evidence, claim, as_of=self.as_of, written=written)
                judged[pair] = self.calibration.apply(scores), seen
        if progress:
            progress(len(queue), len(queue))
        return [judged[pair] for pair in pairs]

    def _weigh(
        self,
        places: Sequence[tuple[Scores, Features]],
        held: Sequence[Held],
        weights: Weights,
    ) -> list[_Judged]:
        """Weigh in what the texts of a claim's places say, with and without their values."""
        judged = []
        seen = among([each for _, each in places], held)
        for (scores, _), each in zip(places, seen, strict=True):
            by_words = weigh(scores, Features(), weights)
            by_values = weigh(scores, each, weights) if self.quantities else by_words
            judged.append(_Judged(by_values, by_words))
        return judged

    def settings(self) -> dict[str, object]:
        """Return by name all that turns the model's scores into verdicts."""
        fitted = asdict(self.calibration)
        kept = {name: fitted[name] for name in ("temperature", "pair", "document", "abstain")}
        day = self.as_of and self.as_of.isoformat()
        return asdict(self.policy) | kept | {"quantities": self.quantities, "as_of": day}

    def _decide(
        self, task: _Task, plan: _Plan, judged: Iterator[tuple[Scores, Features]]
    ) -> Verdict:
        claim, corpus, policy = task.claim, plan.corpus, self.policy
        units = task.units
        weighed = self._weigh(
            [next(judged) for _ in units],
            narrow_in(units),
            self.calibration.document,
        )
        places = list(zip(units, weighed, strict=True))
        stands = corpus.find_verbatim(claim.text)

        def decided(scores: Callable[[_Judged], Scores]) -> Verdict:
            told = [(unit, scores(each)) for unit, each in places]
            narrow = [_evidence(corpus, *each) for each in told if not each[0].broad]
            evidence = narrow + _stretched(told, corpus, policy.conflict)
            if stands:
                evidence.append(_evidence(corpus, stands, WORD_FOR_WORD))
            return decide(claim, evidence, policy)

        verdict = decided(lambda each: each.scores)
        if self.quantities:
            by_words = decided(lambda each: each.by_words)
            changed = verdict.label != by_words.label
            verdict = explain_values(verdict, corpus, plan.days, changed=changed)
        return self.calibration.settle(verdict)


def verify(
    claims: Sequence[str | Claim],
    sources: Sequence[str | Path | Source],
    model: str = "bundled",
    **settings: object,
) -> Report:
    """Load a model and check claims once; `settings` and errors as of `Verifier`."""
    return Verifier(model, **settings).verify(claims, sources)  # type: ignore[arg-type]


_Pair = tuple[str, str, date | None]
"""Evidence, claim, and the day on which the evidence was written."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A pair's scores with all that was weighed in, and without the quantity layer's part."""

    scores: Scores
    by_words: Scores


@dataclass(frozen=True, slots=True)
class _Task:
    """A claim, what the model reads of it, and the places to judge it by."""

    claim: Claim
    plain: str
    units: list[Unit]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A group of claims, ready for the queue."""

    claims: Sequence[Claim]
    sources: Sequence[Source]
    corpus: Corpus
    days: Days
    tasks: list[_Task]
    skipped: tuple[Skipped, ...]


def _evidence(corpus: Corpus, unit: Unit, scores: Scores) -> Evidence:
    return corpus.evidence(unit.source_id, unit.start, unit.end, scores)


def _stretched(
    places: Sequence[tuple[Unit, Scores]], corpus: Corpus, conflict: float
) -> list[Evidence]:
    """Show what a broad place says by the place in it that says it most.

    A broad place isn't heard where a place in it surely, by `conflict`, says the opposite.
    """
    shown = []
    for broad, scores in places:
        if not broad.broad:
            continue
        within = [(unit, each) for unit, each in places if unit.lies_in(broad)]
        says, not_says = Label.SUPPORTED, Label.REFUTED
        if scores.refuted > scores.supported:
            says, not_says = not_says, says
        if all(getattr(each, not_says) < conflict for _, each in within):
            best, _ = max(within, key=lambda place: getattr(place[1], says))
            shown.append(_evidence(corpus, best, scores))
    return shown
