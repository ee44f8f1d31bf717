"""Says in a verdict what the quantity layer found at the places that it shows."""

from __future__ import annotations

from dataclasses import replace

from verifier.corpus import Corpus
from verifier.quantities import Finding, Outcome, check
from verifier.records import Evidence, Label, Mismatch, Verdict


def explain_values(verdict: Verdict, corpus: Corpus, *, changed: bool) -> Verdict:
    """Add the mismatches to a verdict's evidence, and their message to its reason.

    `changed`: the verdict's label would be another without the quantity layer, which the reason
    then says.
    """
    found = [check(verdict.claim.text, corpus.readable(place)) for place in verdict.evidence]
    evidence = tuple(
        replace(place, mismatches=tuple(_mismatches(place, findings)))
        for place, findings in zip(verdict.evidence, found, strict=True)
    )
    reason = verdict.reason
    telling = Outcome.AGREE if verdict.label is Label.SUPPORTED else Outcome.CONFLICT
    messages = [f.message for findings in found for f in findings if f.outcome is telling]
    if verdict.label is Label.REFUTED and messages:
        reason = messages[0]
    if changed:
        told = f"{messages[0]}; " if messages and reason != messages[0] else ""
        reason = f"{told}{reason} (decided by the values)"
    return replace(verdict, evidence=evidence, reason=reason)


def _mismatches(place: Evidence, findings: list[Finding]) -> list[Mismatch]:
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
