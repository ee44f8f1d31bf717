"""What the formats say in the same words, and the order in which they say it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verifier.records import Label
from verifier.reports.figures import number
from verifier.reports.places import shorten, shown
from verifier.safe import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verifier.records import Check, Evidence, Passage, SummaryReport, Suppression

SAID = {
    Label.SUPPORTED: "supported by the source",
    Label.REFUTED: "refuted by the source",
    Label.UNKNOWN: "not settled by the source",
}

_REMARKS = {
    "unchecked": ("error", "not checked"),
    "shortfall": ("error", "demand not met"),
    "skipped": ("warning", "source skipped"),
    "unused": ("warning", "suppression unused"),
    "note": ("note", "note"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said beside the verdicts: of an input, or of the run as a whole."""

    kind: str
    """`unchecked`, `shortfall`, `skipped`, `unused` or `note`."""
    words: str
    where: str | None = None
    """The input, for what was not checked or not read."""

    @property
    def level(self) -> str:
        """`error`, what keeps the check from passing; `warning` or `note`."""
        return _REMARKS[self.kind][0]

    @property
    def title(self) -> str:
        """The kind in words: `not checked`."""
        return _REMARKS[self.kind][1]

    def __str__(self) -> str:
        return one_line(self.words if self.where is None else f"{self.where}: {self.words}")


def remarks(report: SummaryReport) -> list[Remark]:
    """Give all that a report says beside its verdicts, the gravest first."""
    return [
        *(Remark("unchecked", each.why, each.summary) for each in report.unchecked),
        *(Remark("shortfall", each) for each in report.shortfalls),
        *(Remark("skipped", each.why, each.what) for each in report.skipped),
        *(Remark("unused", each) for each in report.unused),
        *(Remark("note", each) for each in report.notes),
    ]


def judged_together(check: Check) -> bool:
    """Whether a statement was judged with the sentence before it, rather than on its own words."""
    return check.statement.leans and check.verdict.claim.text == check.statement.claim


def by_summary(report: SummaryReport) -> Iterator[tuple[str, list[Check], list[Passage]]]:
    """Give each summary with its checks and passages, in the order of the report."""
    found = [check.statement.summary for check in report.checks]
    found += [passage.summary for passage in report.passages]
    checks: dict[str, list[Check]] = {name: [] for name in (*report.summaries, *found)}
    passages: dict[str, list[Passage]] = {name: [] for name in checks}
    for check in report.checks:
        checks[check.statement.summary].append(check)
    for passage in report.passages:
        passages[passage.summary].append(passage)
    for name, those in checks.items():
        yield name, those, passages[name]


def is_finding(check: Check) -> bool:
    """Whether a list of problems names the check: it fails, or isn't supported."""
    return check.fails or check.verdict.label is not Label.SUPPORTED


def counts(report: SummaryReport) -> str:
    """Count in one line all that the report holds."""
    labels = ", ".join(f"{report.count(label)} {label}" for label in Label)
    parts = [
        f"{number(len(report.checks), 'statement')}: {labels}",
        f"{sum(check.fails for check in report.checks):,} failing",
    ]
    others = (
        (suppressed(report), "finding", "suppressed"),
        (len(report.passages), "passage", "without a claim"),
        (len(report.shortfalls), "demand", "not met"),
        (len(report.unchecked), "summary", "not checked"),
        (len(report.skipped), "source", "skipped"),
        (len(report.unused), "suppression", "unused"),
    )
    parts += [f"{number(count, noun)} {what}" for count, noun, what in others if count]
    return "; ".join(parts)


def suppressed(report: SummaryReport) -> int:
    """Count the findings that something suppresses."""
    return sum(check.suppression is not None for check in report.checks)


def why_suppressed(suppression: Suppression) -> str:
    """Say by what a finding is suppressed, until when and why."""
    by = {"inline": "a comment", "baseline": "the baseline"}.get(
        suppression.kind, one_line(suppression.kind)
    )
    until = f" until {one_line(suppression.expires)}" if suppression.expires else ""
    reason = f": {one_line(suppression.reason)}" if suppression.reason.strip() else ""
    return f"suppressed by {by}{until}{reason}"


def headline(check: Check) -> str:
    """Say of a statement what came of it: `“It lasts four days.” is refuted by the source.`."""
    return f"“{one_line(check.statement.text)}” is {SAID[check.verdict.label]}."


def grounds(check: Check) -> list[str]:
    """Give the reason and the places that it rests on, one line each."""
    verdict = check.verdict
    lines = [f"reason: {one_line(verdict.reason)}"]
    for side, place in shown(verdict):
        lines.append(f"{side or 'evidence'}: {quoted(place)}")
    return lines


def quoted(place: Evidence) -> str:
    """Give a place of a source with its words: `report.md:7:3 “…”`."""
    return f"{at(place.source, place.line, place.column)} “{shorten(one_line(place.text))}”"


def at(name: str, line: int, column: int) -> str:
    """Write a place as terminals and editors link it."""
    return f"{visible(name)}:{line}:{column}"


def fingerprints(checks: Iterable[Check]) -> list[str]:
    """Give every check one of its own: two of the same words in one summary differ by their turn.

    Made of summary, fingerprint and turn, so text that moves within its summary keeps it.
    """
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for check in checks:
        key = check.statement.summary, check.fingerprint
        turn = seen[key]
        seen[key] += 1
        made.append(digest(*key, str(turn)))
    return made


def digest(*parts: str) -> str:
    """Hash texts to 32 hex digits; where one ends and the next begins counts."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]
