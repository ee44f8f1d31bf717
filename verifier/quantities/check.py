"""Holds every quantity of a claim against what a piece of evidence says of the same thing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from verifier.quantities.align import Words, normal, overlap, role, stem, without_roles
from verifier.quantities.arithmetic import TOTAL, is_factor, is_gap
from verifier.quantities.choose import Candidate, best
from verifier.quantities.compare import PEOPLE, barely_missed, compare, noun_group, same_noun
from verifier.quantities.compare_dates import is_range, same_end
from verifier.quantities.derive import derived
from verifier.quantities.direction import turned_round
from verifier.quantities.events import framing_words
from verifier.quantities.extract import extract
from verifier.quantities.scope import Scope, marked_apart
from verifier.quantities.values import Derived, Kind, Outcome, Quantity, Side
from verifier.quantities.wording import another_thing, denied

ALIGNED = 0.35
"""From this share of common words on, two values are taken to be said of the same thing."""
LOOSELY_ALIGNED = 0.6
"""What it takes where the counted noun or the role of the date is not known to be the same."""
STRANGERS = 0.7
"""What it takes where claim and evidence both have names, and none in common."""
_PERSON = "person"


_OVERRULES: dict[Outcome | None, set[Outcome]] = {
    None: set(Outcome),
    Outcome.NOT_COMPARABLE: set(Outcome),
    Outcome.CONFLICT: {Outcome.AGREE},
}
"""By the outcome of the stated values, what of the derived ones counts for more."""
_AGE = re.compile(r"\b(?:aged?|old|lived to)\b", re.IGNORECASE)
_NO_COUNT = re.compile(r"(?:1[5-9]|20)\d\d|\d{1,2}\.\d\d")
"""A year, or a time of day."""
_LARGE = 1000
"""From this place value of its last digit on, a bare number is large."""
_EARNED = re.compile(
    r"\b(?:earn(?:ed|s|ing)?|gross(?:ed|es|ing)?|cost(?:s|ing)?|budget|paid|pays?|raised|sold for"
    r"|worth|price|revenue|profits?|loss|box office|made|collected)\b",
    re.IGNORECASE,
)
_FRAMED = frozenset({Kind.DATE, Kind.DURATION, Kind.TIME, Kind.MONEY})
"""Kinds of values that have a verb or noun of their own: it ran, it came to, a term of."""

_CASE = normal("case")
_ILL = frozenset(normal(word) for word in "infected positive".split())
_CONTESTS = frozenset(normal(word) for word in "match game tie draw friendly end".split())
"""Words for what a score is the score of."""


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


def check(
    claim_text: str,
    evidence_text: str,
    *,
    as_of: date | None = None,
    written: date | None = None,
) -> list[Finding]:
    """Compare each quantity of the claim with its counterpart in the evidence, in order.

    `CONFLICT` needs two values of one kind said of the same thing, and no other value of the
    evidence that agrees as well; evidence without a counterpart is `NOT_COMPARABLE`. `as_of` is
    the day on which the claim was written, and the evidence too unless `written` says another.
    """
    asked = _read(claim_text, as_of)
    return _Check(asked, _read(evidence_text, written or as_of)).findings() if asked.values else []


def lacking(
    claim_text: str,
    evidence_text: str,
    *,
    as_of: date | None = None,
    written: date | None = None,
) -> float:
    """Give the share of the claim's content words that the evidence lacks, in [0, 1].

    Values don't count, which are compared by themselves; words that mean the same are one. The
    days are those of `check`.
    """
    wanted = {word.stem for word in _read(claim_text, as_of).words.words}
    there = _read(evidence_text, written or as_of).words.stems()
    return len(wanted - there) / len(wanted) if wanted else 0.0


class _Read(NamedTuple):
    """A text, its values, and its other words."""

    text: str
    values: list[Quantity]
    words: Words


@lru_cache(maxsize=512)
def _read(text: str, day: date | None) -> _Read:
    values = extract(text, as_of=day)
    return _Read(text, values, Words(text, values))


class _Check:
    def __init__(self, claim: _Read, evidence: _Read) -> None:
        self.claim_text, self.claims, self.claim_words = claim
        self.evidence_text, self.evidence, self.evidence_words = evidence
        self.everywhere = self.evidence_words.stems()
        names = self.claim_words.names()
        # names on either side, none in common
        self.strangers = bool(names and self.evidence_words.names() and not names & self.everywhere)
        # `the film` may be what the claim calls by its name
        definite = self.evidence_words.definite and not self.evidence_words.names()
        self.unnamed = names - self.everywhere if definite else frozenset()
        self.marks = marked_apart(self.claim_text, self.claims, self.evidence_text, self.evidence)
        self.scope = Scope(self.claim_words, self.evidence_words, self.claims, self.evidence)
        self.near = [self.evidence_words.near(q, aliases=True) for q in self.evidence]

    def findings(self) -> list[Finding]:
        found = [
            self._finding(q) if q.kind is not Kind.IDENTIFIER else self._of_another(q)
            for q in self.claims
            if q.kind is not Kind.IDENTIFIER or self.marks
        ]
        for kind, apart in (
            (Kind.DATE, self.scope.other_time),
            (Kind.ORDINAL, self.scope.other_turn),
        ):
            if any(self._told_apart(finding, apart) for finding in found):
                # it is then no statement but the time or the turn of another
                return [
                    _undecided(f) if f.claim.kind is kind and not self._stated(f.claim) else f
                    for f in found
                ]
        taken = [f.evidence for f in found if f.outcome is Outcome.AGREE and f.evidence]
        return [self._settled(f, taken) if f.outcome is Outcome.CONFLICT else f for f in found]

    def _settled(self, finding: Finding, taken: list[Quantity]) -> Finding:
        """Look at a conflict again: its value may be that of another, or the claim's stand too."""
        if finding.evidence in taken:
            finding = self._finding(finding.claim, taken)
        return _undecided(finding) if self._elsewhere(finding.claim) else finding

    def _elsewhere(self, claim: Quantity) -> bool:
        """Tell whether the evidence may say it elsewhere: `not ten days but four`, `over 32 kg`."""
        bare = claim.kind in _FRAMED and any(
            q.kind is Kind.COUNT and not q.unit and f"{claim.text} ".startswith(f"{q.text} ")
            for q in self.evidence
        )
        within = claim.exact and any(
            (q.kind, q.unit) == (claim.kind, claim.unit)
            and math.isinf(q.high) != math.isinf(q.low)
            and q.low <= claim.low <= q.high
            for q in self.evidence
        )
        return bare or within

    def _of_another(self, claim: Quantity) -> Finding:
        """Say of an identifier that the source speaks of another thing of its kind."""
        mine, theirs = self.marks or ("", "")
        message = f"claim is about {_flat(mine)}; source is about {_flat(theirs)}"
        return Finding(Outcome.NOT_COMPARABLE, claim, None, message, 0.0)

    def _stated(self, claim: Quantity) -> bool:
        """Tell whether an ordinal is what the claim states: `she won her third medal`."""
        before = claim.kind is Kind.ORDINAL and self.claim_words.places[claim.start].place
        return any(word.verb and word.place <= before for word in self.claim_words.words)

    @staticmethod
    def _told_apart(finding: Finding, apart: Callable[[Quantity, Quantity], bool]) -> bool:
        """Tell whether a value differs, and so does its date, say: the source speaks of another."""
        return (
            finding.outcome is Outcome.NOT_COMPARABLE
            and finding.evidence is not None
            and compare(finding.claim, finding.evidence).outcome is Outcome.CONFLICT
            and apart(finding.claim, finding.evidence)
        )

    def _finding(self, claim: Quantity, taken: Sequence[Quantity] = ()) -> Finding:
        """Hold a value of the claim against those of the evidence that aren't taken by others."""
        around = self.claim_words.near(claim)
        for noun in stem(noun_group(claim.unit)), claim.unit:
            around.pop(noun, None)  # what it counts is compared by itself
        if claim.kind in _FRAMED:
            frame = {normal(word) for word in framing_words(self.claim_text, claim.start)}
            around = {word: around[word] for word in around if word not in frame} or around
        if claim.kind is Kind.SCORE:
            around = {word: around[word] for word in around if word not in _CONTESTS}
        around = {word: around[word] for word in around if word not in self.unnamed} or around
        candidates = [
            candidate
            for quantity, near in zip(self.evidence, self.near, strict=True)
            if quantity not in taken
            and (candidate := self._candidate(claim, around, quantity, near))
        ]
        found = best(claim, candidates)
        if found is None or found.outcome is not Outcome.AGREE:
            implied = derived(
                claim, self.claim_text, self.claims, self.evidence, self.evidence_text
            )
            reasoned = best(claim, [self._reasoned(claim, around, one) for one in implied])
            bound = math.isinf(claim.low) != math.isinf(claim.high)  # agrees with most values
            asked = is_gap(self.claim_text, claim) or TOTAL.search(self.claim_text)
            chance = bound and found and (found.outcome is Outcome.CONFLICT or not asked)
            if (
                reasoned
                and not (chance and reasoned.outcome is Outcome.AGREE)
                and (reasoned.outcome in _OVERRULES[found.outcome if found else None])
            ):
                found = reasoned
        if found is None:
            message = f"source gives no value to compare with {_flat(claim.text)}"
            return Finding(Outcome.NOT_COMPARABLE, claim, None, message, 0.0)
        return Finding(found.outcome, claim, found.evidence, found.message, round(found.aligned, 3))

    def _candidate(
        self, claim: Quantity, around: dict[str, int], quantity: Quantity, near: dict[str, int]
    ) -> Candidate | None:
        stated = claim, quantity
        if is_factor(self.claim_text, claim) > is_factor(self.evidence_text, quantity):
            return None
        claim, quantity = self._as_people(claim, around, quantity, near)
        if quantity.kind is Kind.AGE:
            claim = self._maybe_age(claim, quantity)
        if quantity.kind is Kind.MONEY and not claim.unit and claim.kind is Kind.COUNT:
            claim = self._maybe_money(claim, quantity)
        ends = same_end(claim, role(around), quantity, role(near))
        claim, quantity = ends or (claim, quantity)
        outcome = compare(claim, quantity).outcome
        aligned = overlap(around, near, self.everywhere)
        if outcome is Outcome.NOT_COMPARABLE and claim.kind is not quantity.kind:
            return None
        mine = Side(self.claim_text, self.claims, claim)
        theirs = Side(self.evidence_text, self.evidence, quantity)
        if outcome is Outcome.CONFLICT and (
            another_thing(mine, theirs)
            or is_gap(self.claim_text, claim) > is_gap(self.evidence_text, quantity)
            or (self.strangers and aligned < STRANGERS and not barely_missed(claim, quantity))
            or self.marks
            or self.scope.differs(claim, quantity)
            or not self._same_thing(claim, around, quantity, near, ends=ends is not None)
        ):
            outcome = Outcome.NOT_COMPARABLE
        claim, quantity = stated
        if outcome is Outcome.AGREE and (
            self.marks
            or (aligned < ALIGNED and _is_near(claim, quantity))
            or denied(mine, self.evidence_text)
            or turned_round(self.claim_text, claim, self.evidence_text, quantity)
        ):
            outcome = Outcome.NOT_COMPARABLE
        return Candidate(outcome, quantity, aligned, _message(outcome, claim, quantity))

    def _same_thing(
        self,
        claim: Quantity,
        around: dict[str, int],
        evidence: Quantity,
        near: dict[str, int],
        *,
        ends: bool,
    ) -> bool:
        """Tell whether two values that differ were said of the same thing.

        The word next to the claim's value says most: `a profit of $5 million` is no revenue.
        `ends`: they are the same end of a range, its first day or its last.
        """
        if barely_missed(claim, evidence):
            return True
        nearest = min(around, key=lambda word: around[word], default="")
        known = not around or nearest in near
        aligned = overlap(around, near, self.everywhere)
        if claim.kind is Kind.DATE:
            roles = role(around), role(near)
            if ends or all(roles):
                told = overlap(without_roles(around), near, self.everywhere)
                return (ends or roles[0] == roles[1]) and max(aligned, told) >= ALIGNED
            known = known and is_range(claim) and is_range(evidence)
        elif claim.kind in {Kind.COUNT, Kind.ORDINAL} and not same_noun(claim.unit, evidence.unit):
            if claim.kind is Kind.COUNT and not self._elided(claim, evidence):
                return False
            known = False
        return aligned >= (ALIGNED if known else LOOSELY_ALIGNED)

    def _elided(self, claim: Quantity, evidence: Quantity) -> bool:
        """Tell whether a bare count may be of the claim's noun, as in `two turned back`."""
        bare = bool(claim.unit) and not evidence.unit and evidence.exact
        if _NO_COUNT.fullmatch(evidence.text):
            return False  # a year, or a time of day
        named = normal(claim.unit) in self.everywhere
        return bare and named and not self.evidence_text.startswith(" of ", evidence.end)

    @staticmethod
    def _as_people(
        claim: Quantity, around: dict[str, int], quantity: Quantity, near: dict[str, int]
    ) -> tuple[Quantity, Quantity]:
        """Give both counts one noun where one says `people` and the other who they are.

        Those who are named may be a part of the people: their count then conflicts only where the
        other text names them too.
        """
        kinds = claim.unit, quantity.unit
        if claim.kind is not Kind.COUNT or _PERSON not in kinds or not all(kinds):
            return claim, quantity
        who, there = (claim.unit, near) if quantity.unit == _PERSON else (quantity.unit, around)
        agrees = compare(replace(claim, unit=quantity.unit), quantity).outcome is Outcome.AGREE
        named = normal(who)
        known = named in there or named.removesuffix("i") in there  # recoveries, recovered
        ill = named == _CASE and not _ILL.isdisjoint(there)
        if known or ill or (agrees and who in PEOPLE):
            return replace(claim, unit=quantity.unit), quantity
        return claim, quantity

    def _firmly(
        self,
        claim: Quantity,
        around: dict[str, int],
        places: list[dict[str, int]],
        found: Derived,
    ) -> bool:
        """Tell whether a value was worked out from what is said of the same thing."""
        told = without_roles(around) or around
        share = found.terms[0].kind in {Kind.SHARE, Kind.PERCENT}
        places = places[:1] if share else places
        aligned = max(overlap(told, near, self.everywhere) for near in places)
        if claim.kind in {Kind.SHARE, Kind.PERCENT}:  # of these trees some share is of every kind
            return bool(told) and all(any(word in near for near in places) for word in told)
        if claim.kind is Kind.DURATION or share:
            nearest = min(told, key=lambda word: told[word], default="")
            known = not told or any(nearest in near for near in places)
            return aligned >= (ALIGNED if known else LOOSELY_ALIGNED)
        if claim.kind is Kind.COUNT and found.terms[0].kind is Kind.ORDINAL:
            # the 195th member is counted with the members
            return aligned >= ALIGNED or bool(self.claim_words.names() & self.everywhere)
        return aligned >= ALIGNED

    def _multiplies(self, claim: Quantity, found: Derived) -> bool:
        """Tell whether the larger of two values is said of what the claim says is so many times."""
        less, more = (
            self.evidence_words.near(term) for term in sorted(found.terms, key=lambda q: q.low)
        )
        place = self.claim_words.places[claim.start].place
        counted = {normal(term.unit) for term in found.terms}
        sides: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for word in self.claim_words.words:
            sides[word.place > place][word.stem] = 0
        mine, theirs = (
            dict.fromkeys(side.keys() - other.keys() - counted, 0)
            for side, other in (sides, sides[::-1])
        )
        none: frozenset[str] = frozenset()
        return (
            bool(mine and theirs)
            and overlap(theirs, less, none) >= max(ALIGNED, overlap(theirs, more, none))
            and overlap(mine, more, none) >= overlap(mine, less, none)
        )

    def _maybe_age(self, claim: Quantity, age: Quantity) -> Quantity:
        """Take a bare number for an age where the claim speaks of one, or where it is the same."""
        if claim.kind is not Kind.COUNT or claim.unit:
            return claim
        as_age = replace(claim, kind=Kind.AGE, unit=age.unit)
        agrees = compare(as_age, age).outcome is Outcome.AGREE
        return as_age if agrees or _AGE.search(self.claim_text) else claim

    def _maybe_money(self, claim: Quantity, money: Quantity) -> Quantity:
        """Take a large bare number for money: `it earned 94.1 million`."""
        amount = claim.step >= _LARGE and _EARNED.search(self.claim_text)
        return replace(claim, kind=Kind.MONEY, unit=money.unit) if amount else claim

    def _reasoned(self, claim: Quantity, around: dict[str, int], found: Derived) -> Candidate:
        places = [self.evidence_words.near(q, aliases=True) for q in found.terms]
        aligned = max(overlap(around, near, self.everywhere) for near in places)
        outcome = compare(claim, found.value).outcome
        factor = is_factor(self.claim_text, claim)
        if outcome is Outcome.CONFLICT and not (
            found.firm
            and not self.marks
            and self._firmly(claim, around, places, found)
            and (factor or not any(self.scope.is_new(claim, term) for term in found.terms))
        ):
            outcome = Outcome.NOT_COMPARABLE
        if factor and not self._multiplies(claim, found):
            outcome = Outcome.NOT_COMPARABLE
        terms = " and ".join(_flat(term.text) for term in found.terms)
        message = f"claim says {_flat(claim.text)}; source says {terms}, which makes {found.text}"
        return Candidate(outcome, found.terms[0], aligned, message)


def _is_near(claim: Quantity, evidence: Quantity) -> bool:
    """Tell whether an exact value agrees with an approximate one that isn't it: 159, some 160."""
    middle = (evidence.low + evidence.high) / 2
    return claim.exact and evidence.approximate and not math.isclose(claim.low, middle)


def _undecided(finding: Finding) -> Finding:
    """Take back a conflict; what is none stays as it is."""
    if finding.outcome is not Outcome.CONFLICT:
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
