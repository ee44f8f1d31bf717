"""Holds every quantity of a claim against what a piece of evidence says of the same thing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date

from verifier.quantities.align import Words, overlap, role, stem
from verifier.quantities.arithmetic import is_gap
from verifier.quantities.compare import Outcome, compare, noun_group, same_noun
from verifier.quantities.derive import derived
from verifier.quantities.extract import extract
from verifier.quantities.scope import Scope
from verifier.quantities.values import Derived, Kind, Quantity

ALIGNED = 0.35
"""From this share of common words on, two values are taken to be said of the same thing."""
LOOSELY_ALIGNED = 0.6
"""What it takes where the counted noun or the role of the date is not known to be the same."""
STRANGERS = 0.7
"""What it takes where claim and evidence both have names, and none in common."""
MARGIN = 0.25
"""A value that agrees wins over one that conflicts unless that is so much better aligned."""


_OVERRULES: dict[Outcome | None, set[Outcome]] = {
    None: set(Outcome),
    Outcome.NOT_COMPARABLE: set(Outcome),
    Outcome.CONFLICT: {Outcome.AGREE},
}
"""By the outcome of the stated values, what of the derived ones counts for more."""
_AS_OF = re.compile(r"\b(?:as of|by)\s\Z", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|none|never|not|nothing|neither|nobody)\b|n['’]t\b", re.IGNORECASE)
_TIME_LIMIT = re.compile(r"\b(?:before|after|by|until|from)\s\Z", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|old|lived to)\b", re.IGNORECASE)
_NAME = re.compile(r" [A-Z]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the evidence has to say about one quantity of the claim."""

    outcome: Outcome
    claim: Quantity
    evidence: Quantity | None
    """The value that decides; its offsets are into the evidence. None: nothing comparable there."""
    message: str
    """One plain sentence."""
    aligned: float
    """How far both speak of the same thing, by the words around them; in [0, 1]."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    outcome: Outcome
    evidence: Quantity
    aligned: float
    message: str


def check(claim_text: str, evidence_text: str, *, as_of: date | None = None) -> list[Finding]:
    """Compare each quantity of the claim with its counterpart in the evidence, in order.

    `CONFLICT` needs two values of one kind said of the same thing, and no other value of the
    evidence that agrees as well; evidence without a counterpart is `NOT_COMPARABLE`.
    """
    claims = extract(claim_text, as_of=as_of)
    if not claims:
        return []
    evidence = extract(evidence_text, as_of=as_of)
    return _Check(claim_text, claims, evidence_text, evidence).findings()


class _Check:
    def __init__(
        self, claim_text: str, claims: list[Quantity], evidence_text: str, evidence: list[Quantity]
    ) -> None:
        self.claims, self.evidence = claims, evidence
        self.claim_text, self.evidence_text = claim_text, evidence_text
        self.claim_words = Words(claim_text, claims)
        self.evidence_words = Words(evidence_text, evidence)
        self.everywhere = self.evidence_words.stems()
        names = self.claim_words.names()
        # names on either side, none in common
        self.strangers = bool(names and self.evidence_words.names() and not names & self.everywhere)
        self.scope = Scope(self.claim_words, self.evidence_words, claims, evidence)
        self.near = [self.evidence_words.near(quantity) for quantity in evidence]

    def findings(self) -> list[Finding]:
        found = [self._finding(q) for q in self.claims if q.kind is not Kind.IDENTIFIER]
        if any(self._of_another_time(finding) for finding in found):
            return [_undecided(finding) for finding in found]
        return found

    def _of_another_time(self, finding: Finding) -> bool:
        """Tell whether a value differs, and so does its date: the source speaks of another time."""
        return (
            finding.outcome is Outcome.NOT_COMPARABLE
            and finding.evidence is not None
            and compare(finding.claim, finding.evidence).outcome is Outcome.CONFLICT
            and self.scope.other_time(finding.claim, finding.evidence)
        )

    def _finding(self, claim: Quantity) -> Finding:
        around = self.claim_words.near(claim)
        for noun in stem(noun_group(claim.unit)), claim.unit:
            around.pop(noun, None)  # what it counts is compared by itself
        candidates = [
            candidate
            for quantity, near in zip(self.evidence, self.near, strict=True)
            if (candidate := self._candidate(claim, around, quantity, near))
        ]
        found = _best(claim, candidates)
        if found is None or found.outcome is not Outcome.AGREE:
            implied = derived(
                claim, self.claim_text, self.claims, self.evidence, self.evidence_text
            )
            reasoned = _best(claim, [self._reasoned(claim, around, one) for one in implied])
            bound = math.isinf(claim.low) != math.isinf(claim.high)  # agrees with most values
            if (
                reasoned
                and not (found and found.outcome is Outcome.CONFLICT and bound)
                and (reasoned.outcome in _OVERRULES[found.outcome if found else None])
            ):
                found = reasoned
        if found is None:
            message = f"source gives no value to compare with {_flat(claim.text)}"
            return Finding(Outcome.NOT_COMPARABLE, claim, None, message, 0.0)
        return Finding(found.outcome, claim, found.evidence, found.message, round(found.aligned, 3))

    def _candidate(
        self, claim: Quantity, around: dict[str, int], quantity: Quantity, near: dict[str, int]
    ) -> _Candidate | None:
        if quantity.kind is Kind.AGE:
            claim = self._maybe_age(claim, quantity)
        outcome = compare(claim, quantity).outcome
        aligned = overlap(around, near, self.everywhere)
        if outcome is Outcome.NOT_COMPARABLE and claim.kind is not quantity.kind:
            return None
        if outcome is Outcome.CONFLICT and (
            self._qualifies(claim)
            or is_gap(self.claim_text, claim) > is_gap(self.evidence_text, quantity)
            or (self.strangers and aligned < STRANGERS)
            or self.scope.differs(claim, quantity)
            or not _same_thing(claim, around, quantity, near, aligned)
        ):
            outcome = Outcome.NOT_COMPARABLE
        return _Candidate(outcome, quantity, aligned, _message(outcome, claim, quantity))

    def _maybe_age(self, claim: Quantity, age: Quantity) -> Quantity:
        """Take a bare number for an age where the claim speaks of one, or where it is the same."""
        if claim.kind is not Kind.COUNT or claim.unit:
            return claim
        as_age = replace(claim, kind=Kind.AGE, unit=age.unit)
        agrees = compare(as_age, age).outcome is Outcome.AGREE
        return as_age if agrees or _AGE.search(self.claim_text) else claim

    def _qualifies(self, claim: Quantity) -> bool:
        """Tell whether a value is part of a name, a limit or a denial, which says more than it."""
        if claim.kind is Kind.FREQUENCY:
            counts = [q for q in self.claims if q.kind is Kind.COUNT and q.low > 1]
            return any(count.end < claim.start for count in counts)  # three ferries every hour
        if math.isinf(claim.low) or math.isinf(claim.high):
            return bool(_NONE.search(self.claim_text, 0, claim.start))
        if claim.kind is Kind.TIME:
            return bool(_TIME_LIMIT.search(self.claim_text, 0, claim.start))
        if claim.kind is not Kind.DATE:
            return False
        before = self.claim_text[max(0, claim.start - 10) : claim.start]
        after = self.claim_text[claim.end : claim.end + 2]
        return bool(_AS_OF.search(before)) or bool(_NAME.match(after)) or before.endswith('" ')

    def _reasoned(self, claim: Quantity, around: dict[str, int], found: Derived) -> _Candidate:
        aligned = max(
            overlap(around, self.evidence_words.near(q), self.everywhere) for q in found.terms
        )
        outcome = compare(claim, found.value).outcome
        firm = found.firm and aligned >= ALIGNED and not self.scope.is_new(claim)
        if outcome is Outcome.CONFLICT and not firm:
            outcome = Outcome.NOT_COMPARABLE
        terms = " and ".join(_flat(term.text) for term in found.terms)
        message = f"claim says {_flat(claim.text)}; source says {terms}, which makes {found.text}"
        return _Candidate(outcome, found.terms[0], aligned, message)


def _best(claim: Quantity, candidates: list[_Candidate]) -> _Candidate | None:
    """Take the best aligned candidate; one that agrees wins over one that conflicts.

    A bound such as `more than 31` agrees with most values, so there a mere agreement doesn't win:
    the best aligned value decides, and among equals the one closest to the bound.
    """
    told = [c for c in candidates if c.outcome is not Outcome.NOT_COMPARABLE]
    if not told:
        return max(candidates, key=lambda c: c.aligned, default=None)
    if math.isinf(claim.low) != math.isinf(claim.high):
        return max(told, key=lambda c: c.aligned + _closeness(claim, c.evidence))

    def best(outcome: Outcome) -> _Candidate | None:
        return max((c for c in told if c.outcome is outcome), key=lambda c: c.aligned, default=None)

    agree, conflict = best(Outcome.AGREE), best(Outcome.CONFLICT)
    margin = 1.0 if claim.kind is Kind.ORDINAL else MARGIN
    if agree and (conflict is None or agree.aligned >= conflict.aligned - margin):
        return agree
    return conflict


def _closeness(claim: Quantity, evidence: Quantity) -> float:
    """How near a value is to the one end of a bound, as the ratio of the smaller to the larger."""
    limit = claim.high if math.isinf(claim.low) else claim.low
    value = evidence.high if math.isinf(evidence.low) else evidence.low
    small, large = sorted((abs(limit), abs(value)))
    return small / large if large and math.isfinite(large) else float(small == large)


def _same_thing(
    claim: Quantity,
    around: dict[str, int],
    evidence: Quantity,
    near: dict[str, int],
    aligned: float,
) -> bool:
    """Tell whether two values that differ were said of the same thing.

    The word next to the claim's value says most: `a profit of $5 million` is no revenue.
    """
    nearest = min(around, key=lambda word: around[word], default="")
    known = not around or nearest in near
    if claim.kind is Kind.DATE:
        roles = role(around), role(near)
        if all(roles):
            return roles[0] == roles[1] and aligned >= ALIGNED
        known = False
    elif claim.kind in {Kind.COUNT, Kind.ORDINAL} and not same_noun(claim.unit, evidence.unit):
        if claim.kind is Kind.COUNT:
            return False
        known = False
    return aligned >= (ALIGNED if known else LOOSELY_ALIGNED)


def _undecided(finding: Finding) -> Finding:
    """Take back the conflict of a date, which is then no statement but the time of another."""
    if finding.claim.kind is not Kind.DATE or finding.outcome is not Outcome.CONFLICT:
        return finding
    evidence = finding.evidence or finding.claim
    message = _message(Outcome.NOT_COMPARABLE, finding.claim, evidence)
    return replace(finding, outcome=Outcome.NOT_COMPARABLE, message=message)


def _message(outcome: Outcome, claim: Quantity, evidence: Quantity) -> str:
    if outcome is Outcome.NOT_COMPARABLE:
        return (
            f"claim says {_flat(claim.text)}; source says {_flat(evidence.text)}, "
            "which need not be the same thing"
        )
    return f"claim says {_flat(claim.text)}; source says {_flat(evidence.text)}"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
