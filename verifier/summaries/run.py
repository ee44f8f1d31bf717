"""A check of summaries: statements → verdicts → what the policy makes of them → a report.

`judge` asks the model, `settle` doesn't: the baseline can be rewritten between the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from verifier.errors import ClaimTooLongError
from verifier.language import identify
from verifier.pipeline import Progress, Verifier
from verifier.records import (
    Check,
    Claim,
    Label,
    Passage,
    Run,
    Skipped,
    Source,
    Statement,
    SummaryReport,
    Suppression,
    Unchecked,
    Verdict,
)
from verifier.summaries.baseline import Baseline, fingerprint
from verifier.summaries.kept import KeptVerdicts
from verifier.summaries.policy import CheckPolicy, Level
from verifier.summaries.sources import Gathered, Job
from verifier.summaries.statements import read_statements
from verifier.summaries.suppress import Directive, expired, read_directives


@dataclass(frozen=True, slots=True)
class Judged:
    """One summary with the verdict on each of its statements."""

    job: Job
    statements: tuple[Statement, ...]
    verdicts: tuple[Verdict, ...]
    """As many, in the same order."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the model says of all the summaries of a run."""

    judged: tuple[Judged, ...]
    run: Run
    summaries: Mapping[str, Source]
    sources: Mapping[str, Source]
    passages: tuple[Passage, ...]
    unchecked: tuple[Unchecked, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


def judge(
    gathered: Gathered,
    verifier: Verifier,
    policy: CheckPolicy,
    *,
    kept: KeptVerdicts | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Read the statements of every summary and judge them, all in one queue.

    A summary without a statement, or with one that is too long for the model, is among the
    unchecked. Verdicts that `kept` has are taken from there, the others are put there.
    """
    unchecked = list(gathered.unchecked)
    passages: list[Passage] = []
    read: list[tuple[Job, list[Claim], list[Statement]]] = []
    for job in gathered.jobs:
        statements, others = read_statements(job.summary, level=Level(job.rules.claim_level))
        passages += others
        claims = [_claim(statement, job.summary) for statement in statements]
        if claims:
            read.append((job, claims, statements))
        else:
            unchecked.append(Unchecked(job.summary.id, "no statement to check"))
    queue = _Queue(verifier, kept)
    for job, claims, statements in list(read):
        try:
            queue.add([*claims, *filter(None, map(_alone, claims, statements))], job.sources)
        except ClaimTooLongError as error:
            unchecked.append(Unchecked(job.summary.id, str(error)))
            read = [each for each in read if each[0] is not job]
    queue.run(progress)
    run = verifier.run()
    sources = {source.id: source for job in gathered.jobs for source in job.sources}
    asked = [claim for _, claims, _ in read for claim in claims]
    notes = verifier.notes(asked, [*sources.values()], kept.identify if kept else identify)
    return Findings(
        tuple(
            Judged(job, tuple(statements), _verdicts(queue, job, claims, statements))
            for job, claims, statements in read
        ),
        replace(run, policy={**run.policy, **_demands(policy)}),
        {job.summary.id: job.summary for job in gathered.jobs},
        sources,
        tuple(passages),
        tuple(unchecked),
        tuple(gathered.skipped),
        notes,
    )


class _Queue:
    """Claims against groups of sources; each text is judged once a group."""

    def __init__(self, verifier: Verifier, kept: KeptVerdicts | None) -> None:
        self._verifier = verifier
        self._kept = kept
        self._sources: dict[tuple[str, ...], Sequence[Source]] = {}
        self._known: dict[tuple[str, ...], dict[str, Verdict]] = {}
        self._asked: dict[tuple[str, ...], dict[str, Claim]] = {}

    def add(self, claims: Sequence[Claim], sources: Sequence[Source]) -> None:
        """Put claims into the queue; raises ClaimTooLongError, and then has taken none."""
        group = _ids(sources)
        known = self._known.setdefault(group, {})
        if self._kept:
            known.update(self._kept.read((c for c in claims if c.text not in known), sources))
        fresh = {claim.text: claim for claim in reversed(claims) if claim.text not in known}
        self._verifier.check_lengths(list(fresh.values()))
        self._sources[group] = sources
        self._asked[group] = fresh | self._asked.get(group, {})

    def run(self, progress: Progress | None) -> None:
        """Judge all that is asked."""
        groups = [group for group, asked in self._asked.items() if asked]
        reports = self._verifier.verify_groups(
            [
                # A number for an id: two statements may begin at one place.
                (
                    [replace(c, id=str(n)) for n, c in enumerate(self._asked[group].values(), 1)],
                    self._sources[group],
                )
                for group in groups
            ],
            progress=progress,
        )
        for group, report in zip(groups, reports, strict=True):
            self._known[group].update({each.claim.text: each for each in report.verdicts})
            if self._kept:
                self._kept.write(report.verdicts, self._sources[group])

    def verdicts(self, claims: Sequence[Claim], sources: Sequence[Source]) -> tuple[Verdict, ...]:
        """Return the verdicts on claims that were added, in their order."""
        known = self._known[_ids(sources)]
        return tuple(replace(known[claim.text], claim=claim) for claim in claims)


def settle(findings: Findings, baseline: Baseline | None, today: date) -> SummaryReport:
    """Hold the verdicts against the policy, the comments in the summaries and the baseline."""
    checks: list[Check] = []
    unused: list[str] = []
    shortfalls: list[str] = []
    for each in findings.judged:
        found, idle = _settle_one(each, baseline, today)
        checks += found
        unused += idle
        shortfalls += _shortfall(each.job, found)
    if baseline is not None:
        unused += _unused_entries(baseline, checks, findings, today)
    return SummaryReport(
        tuple(checks),
        findings.run,
        findings.summaries,
        findings.sources,
        findings.passages,
        findings.unchecked,
        findings.skipped,
        tuple(unused),
        tuple(shortfalls),
        findings.notes,
    )


def accept(findings: Findings, baseline: Baseline, today: date) -> Baseline:
    """Return `baseline` with all that fails now; see `Baseline.updated`."""
    checks = settle(findings, None, today).checks
    checked = [each.job.summary.id for each in findings.judged]
    return baseline.updated(checks, checked, findings.run)


def _settle_one(
    judged: Judged, baseline: Baseline | None, today: date
) -> tuple[list[Check], list[str]]:
    """Return the checks of one summary, and a line for each comment in it that does nothing."""
    directives, problems = read_directives(judged.job.summary)
    over = [each for each in directives if expired(each.suppression, today)]
    idle = [each for each in directives if each not in over]
    valid = tuple(idle)
    checks = []
    for statement, verdict in zip(judged.statements, judged.verdicts, strict=True):
        covering = [each for each in valid if each.covers(statement, verdict.label)]
        idle = [each for each in idle if each not in covering]
        key = fingerprint(statement.claim, verdict.label)
        suppression = _suppression(covering, baseline, key, today)
        fails = suppression is None and verdict.label in judged.job.rules.fail_on
        checks.append(Check(statement, verdict, fails, key, suppression))
    lines = [f"{each}: expired on {each.suppression.expires}" for each in over]
    return checks, [*problems, *lines, *(f"{each}: suppresses nothing" for each in idle)]


def _suppression(
    covering: Sequence[Directive], baseline: Baseline | None, key: str, today: date
) -> Suppression | None:
    if covering:
        return covering[0].suppression
    entry = baseline.entries.get(key) if baseline else None
    if entry is None or expired(entry.suppression(), today):
        return None
    return entry.suppression()


def _shortfall(job: Job, checks: Sequence[Check]) -> list[str]:
    """Say where too few statements are supported; suppressed ones count neither way."""
    counted = [check for check in checks if check.suppression is None]
    supported = sum(check.verdict.label is Label.SUPPORTED for check in counted)
    least = job.rules.min_supported
    if not counted or supported / len(counted) >= least:
        return []
    share = (
        f"{supported} of {len(counted)} statements are supported, {supported / len(counted):.0%}"
    )
    return [f"{job.summary.id}: {share}; min-supported asks for {least:.0%}"]


def _unused_entries(
    baseline: Baseline, checks: Sequence[Check], findings: Findings, today: date
) -> list[str]:
    needed = {
        c.fingerprint for c in checks if not (c.suppression and c.suppression.kind == "inline")
    }
    checked = [each.job.summary.id for each in findings.judged]
    over = [
        f"{baseline.path}: {entry}: expired on {entry.expires}"
        for key, entry in baseline.entries.items()
        if key in needed and expired(entry.suppression(), today)
    ]
    gone = baseline.unused(needed, checked)
    return over + [f"{baseline.path}: {entry}: found no more" for entry in gone]


def _claim(statement: Statement, summary: Source) -> Claim:
    place = f"{statement.summary}:{statement.line}:{statement.column}"
    return Claim(place, statement.claim, summary.path, statement.line)


def _alone(claim: Claim, statement: Statement) -> Claim | None:
    """Return the claim without the sentence before it, where it leans on that."""
    return replace(claim, text=statement.claim[statement.lead :]) if statement.lead else None


def _verdicts(
    queue: _Queue, job: Job, claims: Sequence[Claim], statements: Sequence[Statement]
) -> tuple[Verdict, ...]:
    """Return a verdict a statement; where the sentence before it fails too, on its own words.

    Else what is wrong with that sentence would be told again of all that lean on it.
    """
    verdicts = list(queue.verdicts(claims, job.sources))
    together = [verdict.label is Label.SUPPORTED for verdict in verdicts]
    for i, (claim, statement) in enumerate(zip(claims, statements, strict=True)):
        alone = _alone(claim, statement)
        if alone and i and not together[i] and not together[i - 1]:
            (verdicts[i],) = queue.verdicts([alone], job.sources)
    return tuple(verdicts)


def _ids(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(source.id for source in sources)


def _demands(policy: CheckPolicy) -> dict[str, object]:
    """Return the rules of a run by name, for its report; overrides aside."""
    rules = asdict(replace(policy.rules, **policy.flags))
    return _plain({name: rules[name] for name in ("fail_on", "min_supported", "claim_level")}) | {
        "overrides": [
            {"paths": list(each.paths), **_plain(each.settings)} for each in policy.overrides
        ],
    }


def _plain(settings: Mapping[str, object]) -> dict[str, object]:
    """Return settings in the types of JSON, sets in order."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in settings.items()
    }
