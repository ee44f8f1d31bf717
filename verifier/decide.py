"""From judged evidence to a verdict. Pure: no model, no files.

Support and refutation are pooled apart, each by the place that speaks most strongly. The pooled
scores weigh the two against "unknown" by their odds, so that one silent sentence, or fifty, change
nothing: absence is not refutation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.records import Claim, Evidence, Label, Scores, Verdict

# Of places that score alike, to this difference, the shortest is the one that decides.
_ALIKE = 0.05
# A score of exactly 0 or 1 has no odds.
_EDGE = 1e-6

WORD_FOR_WORD = Scores(supported=1.0, refuted=0.0, unknown=0.0)
"""What a place is given that contains the claim word for word, whatever the model makes of it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When the pooled scores amount to a verdict; each threshold in [0, 1]."""

    support: float = 0.5
    """A claim is supported when its pooled support reaches this; see `decide_pair` for pairs."""
    refute: float = 0.5
    """A claim is refuted when its pooled refutation reaches this; likewise."""
    conflict: float = 0.8
    """Two different places conflict when each reaches this, one for the claim and one against."""
    top_k: int = 10
    """How many sentences retrieval picks for a claim from sources too long to read whole."""


def decide(claim: Claim, evidence: Sequence[Evidence], policy: Policy) -> Verdict:
    """Pool a claim's evidence, in any order, into its verdict.

    `evidence` holds every judged place, single sentences and windows alike. None at all (no source
    has a word in common with the claim, say) makes the claim unknown.
    """
    if not evidence:
        nothing = Scores(supported=0.0, refuted=0.0, unknown=1.0)
        return Verdict(claim, Label.UNKNOWN, 1.0, nothing, "no sentence bears on the claim", ())
    s = max(place.scores.supported for place in evidence)
    r = max(place.scores.refuted for place in evidence)
    support = _shortest([e for e in evidence if e.scores.supported >= s - _ALIKE], Label.SUPPORTED)
    against = _shortest([e for e in evidence if e.scores.refuted >= r - _ALIKE], Label.REFUTED)
    stands = support.scores == WORD_FOR_WORD and support.source == against.source
    if min(s, r) >= policy.conflict and not (stands or _overlap(support, against)):
        scores = Scores(supported=s * (1 - r), refuted=r * (1 - s), unknown=1 - s - r + 2 * s * r)
        reason = "sources conflict: one place supports the claim, another refutes it"
        return Verdict(claim, Label.UNKNOWN, scores.unknown, scores, reason, (support, against))
    scores = pool(s, r)
    if s >= policy.support and (s >= r or r < policy.refute):
        reason = (
            "the source contains the claim word for word"
            if support.scores == WORD_FOR_WORD
            else f"{_place(support)} supports the claim"
        )
        return Verdict(claim, Label.SUPPORTED, scores.supported, scores, reason, (support,))
    if r >= policy.refute:
        reason = f"{_place(against)} says otherwise"
        return Verdict(claim, Label.REFUTED, scores.refuted, scores, reason, (against,))
    closest = support if s >= r else against
    reason = "no place in the sources settles the claim"
    return Verdict(claim, Label.UNKNOWN, scores.unknown, scores, reason, (closest,))


def decide_pair(claim: Claim, place: Evidence, policy: Policy) -> Verdict:
    """Judge a claim by one place as it stands: by default the label with the highest score.

    Nothing is pooled, so the thresholds are for the shares of support and of refutation against
    unknown alone.
    """
    s, r, u = place.scores.supported, place.scores.refuted, place.scores.unknown
    least = replace(policy, support=policy.support * (s + u), refute=policy.refute * (r + u))
    verdict = decide(claim, [place], least)
    confidence = getattr(place.scores, verdict.label)
    return replace(verdict, scores=place.scores, confidence=confidence)


def _shortest(alike: Sequence[Evidence], label: Label) -> Evidence:
    """Choose the shortest of places that speak alike; then the strongest, then the first."""

    def rank(e: Evidence) -> tuple[object, ...]:
        score = getattr(e.scores, label)
        return e.end - e.start, -score, e.source, e.start, e.scores.refuted, e.scores.supported

    return min(alike, key=rank)


def pool(s: float, r: float) -> Scores:
    """Weigh support and refutation against unknown by their odds; together 1."""
    s, r = (min(max(p, _EDGE), 1 - _EDGE) for p in (s, r))
    for_it, against_it = s / (1 - s), r / (1 - r)
    whole = 1 + for_it + against_it
    return Scores(for_it / whole, against_it / whole, 1 / whole)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _place(evidence: Evidence) -> str:
    return f"{evidence.source}:{evidence.line}"
