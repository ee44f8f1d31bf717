"""Says in a verdict what the quantity layer found at the places that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from verifier.corpus import Corpus
from verifier.records import Evidence, Label, Mismatch, Source, Verdict

if TYPE_CHECKING:
    from verifier.quantities import Finding

_HEAD = 8  # blocks in which a document may say when it was written


@dataclass(frozen=True, slots=True)
class Days:
    """The days against which `yesterday` and `last week` are read; never today's."""

    claims: date | None
    """As the user gave it; None: relative dates in claims have no value."""
    sources: Mapping[str, date | None]
    """By `Source.id`: the day that the source gives as its own, or else that of the claims."""


def find_days(sources: Sequence[Source], as_of: date | None) -> Days:
    """Look for the dateline of every source; `as_of` stands in where there is none."""
    return Days(as_of, {source.id: _dateline(source) or as_of for source in sources})


def _dateline(source: Source) -> date | None:
    from verifier.quantities import read_dateline  # noqa: PLC0415 - slow to load, and a verdict that is kept needs none

    found = read_dateline(source.text)
    if found or source.blocks is None:
        return found
    blocks = (
        "".join(source.text[start:end] or " " for start, end in block)
        for block in source.blocks[:_HEAD]
    )
    return read_dateline("\n".join(" ".join(block.split()) for block in blocks))


def explain_values(verdict: Verdict, corpus: Corpus, days: Days, *, changed: bool) -> Verdict:
    """Add the mismatches to a verdict's evidence, and their message to its reason.

    `changed`: the verdict's label would be another without the quantity layer, which the reason
    then says.
    """
    from verifier.quantities import Outcome, check  # noqa: PLC0415 - as above

    claim = verdict.claim.text
    found = [
        check(claim, corpus.readable(place), as_of=days.claims, written=days.sources[place.source])
        for place in verdict.evidence
    ]
    evidence = tuple(
        replace(place, mismatches=tuple(_mismatches(place, findings)))
        for place, findings in zip(verdict.evidence, found, strict=True)
    )
    reason = verdict.reason
    told = [finding for findings in found for finding in findings]
    telling = Outcome.AGREE if verdict.label is Label.SUPPORTED else Outcome.CONFLICT
    messages = [finding.message for finding in told if finding.outcome is telling]
    if verdict.label is Label.UNKNOWN:
        messages += [f.message for f in told if f.outcome is Outcome.NOT_COMPARABLE]
    if verdict.label is Label.REFUTED and messages:
        reason = messages[0]
    if changed:
        why = f"{messages[0]}; " if messages and reason != messages[0] else ""
        reason = f"{why}{reason} (decided by the values)"
    return replace(verdict, evidence=evidence, reason=reason)


def _mismatches(place: Evidence, findings: list[Finding]) -> list[Mismatch]:
    from verifier.quantities import Outcome  # noqa: PLC0415 - as above

    return [
        Mismatch(
            finding.claim.start,
            finding.claim.end,
            place.start + finding.evidence.start,
            place.start + finding.evidence.end,
            finding.message,
        )
        for finding in findings
        if finding.outcome is Outcome.CONFLICT and finding.evidence is not None
    ]
