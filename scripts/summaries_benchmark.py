"""How many planted errors a check of summaries flags, and how many true sentences.

    python scripts/summaries_benchmark.py
    python scripts/summaries_benchmark.py --half build --misses

Checks the summaries of examples/summaries by the code of `verifier check-summary` and holds the
verdicts against gold.jsonl. A sentence is flagged when a statement that lies in it is refuted or
unknown. The half `held-out` measures: nothing may be tuned on it, nor its misses be looked at.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

from verifier import Verifier
from verifier.readers import read_sources
from verifier.records import Check, Label, SummaryReport
from verifier.summaries.policy import CheckPolicy, Level, Rules
from verifier.summaries.run import judge, settle
from verifier.summaries.sources import Gathered

FOLDER = Path(__file__).parent.parent / "examples" / "summaries"
HALVES = ("build", "held-out")
Z = 1.959964  # of a 95% interval


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary, and what the check said of it."""

    summary: str
    text: str
    half: str
    planted: bool
    kind: str
    checks: tuple[Check, ...]

    @property
    def flagged(self) -> bool:
        """Whether some statement in it isn't supported."""
        return any(check.verdict.label is not Label.SUPPORTED for check in self.checks)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95% score interval of a share (Wilson 1927); the whole range for nothing."""
    if not whole:
        return 0.0, 1.0
    share, spread = part / whole, Z * Z / whole
    middle = share + spread / 2
    reach = Z * sqrt((share * (1 - share) + spread / 4) / whole)
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def check(names: Iterable[str], level: Level) -> SummaryReport:
    """Check each summary against the source of the same name."""
    rules = Rules(claim_level=level)
    gathered = Gathered()
    for name in names:
        (summary,), _ = read_sources([FOLDER / name])
        sources, _ = read_sources([FOLDER / "sources" / Path(name).name])
        gathered.add(summary, sources, rules)
    findings = judge(gathered, Verifier(), CheckPolicy(rules))
    return settle(findings, None, datetime.now(UTC).date())


def read(report: SummaryReport, rows: Sequence[dict[str, str]]) -> list[Sentence]:
    """Find each gold sentence in its summary, with the checks of the statements in it."""
    sentences = []
    for row in rows:
        path = str(FOLDER / row["summary"])
        start = report.summaries[path].text.index(row["sentence"])
        end = start + len(row["sentence"])
        within = tuple(
            each
            for each in report.checks
            if each.statement.summary == path
            and each.statement.start < end
            and each.statement.end > start
        )
        sentences.append(
            Sentence(path, row["sentence"], row["half"], bool(row["planted"]), row["kind"], within)
        )
    return sentences


def put(title: str, sentences: Sequence[Sentence], by: Callable[[Sentence], str]) -> None:
    """Print a table of the flagged among the sentences, a row for each value of `by`."""
    print(f"\n| {title} | sentences | flagged | share | 95% interval |")
    print("| --- | --: | --: | --: | --- |")
    for name in dict.fromkeys(map(by, sentences)):
        group = [sentence for sentence in sentences if by(sentence) == name]
        flagged = sum(sentence.flagged for sentence in group)
        low, high = wilson(flagged, len(group))
        share = flagged / len(group)
        print(f"| {name} | {len(group)} | {flagged} | {share:.1%} | {low:.1%}–{high:.1%} |")


def put_misses(sentences: Iterable[Sentence]) -> None:
    """Print what a planted error that passed, or a true sentence that didn't, was judged by."""
    for sentence in sentences:
        if sentence.flagged != sentence.planted:
            print(f"\n{Path(sentence.summary).name}, {sentence.kind}: {sentence.text}")
            for each in sentence.checks:
                verdict = each.verdict
                print(f"  {verdict.label} {verdict.confidence:.0%}: {each.statement.claim}")
                print(f"    {verdict.reason}")
                for place in verdict.evidence[:1]:
                    print(f"    {place.line}: {' '.join(place.text.split())}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="one half alone")
    parser.add_argument("--claim-level", type=Level, choices=[*Level], default=Level.SENTENCE)
    parser.add_argument("--misses", action="store_true", help="show those of the half build")
    options = parser.parse_args()
    halves = [options.half] if options.half else HALVES
    with (FOLDER / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["half"] in halves]
    report = check(dict.fromkeys(row["summary"] for row in rows), options.claim_level)
    for unchecked in report.unchecked:
        print(f"not checked: {unchecked.summary}: {unchecked.why}")
    sentences = read(report, rows)
    print(f"{report.run.model} {report.run.digest[:12]}, claims by {options.claim_level}")
    for half in halves:
        both = [sentence for sentence in sentences if sentence.half == half]
        planted = [sentence for sentence in both if sentence.planted]
        true = [sentence for sentence in both if not sentence.planted]
        print(f"\n## {half}")
        put("sentences", both, lambda each: "planted errors" if each.planted else "true")
        put("planted errors", planted, lambda each: each.kind)
        put("true sentences", true, lambda each: each.kind)
        for each in both:
            if not each.checks:
                print(f"\nno statement was read in: {each.text}")
    if options.misses:
        put_misses(sentence for sentence in sentences if sentence.half == "build")


if __name__ == "__main__":
    main()
