"""Values that follow from an order in time: the one before, the years between, the hours open."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from verifier.quantities.compare import noun_group
from verifier.quantities.context import singular
from verifier.quantities.values import Derived, Kind, Quantity, worth

_NEXT_TO = re.compile(
    r"\b(?:(?P<before>previous|preceding)|(?P<after>next|following|succeeding))\b", re.IGNORECASE
)
_APART = re.compile(
    r"\b(?:between|apart|(?:years?|months?|days?|decades?)\s(?:after|before|later|earlier|since))\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"\b(?:open(?:ed|s)?|began|begins?|started|starts?|from)\b", re.IGNORECASE)
_CLOSED = re.compile(r"\b(?:clos(?:ed|es?)|ended|ends?|finish(?:ed|es)?|until|to)\b", re.IGNORECASE)
_NEAR = 32
_NOUN = re.compile(r"[ -]([A-Za-z]+)(?:[ -]([A-Za-z]+))?")
_STEP = {"before": -1, "after": 1}
_PAIR = 2


def counted_nouns(text: str, ordinal: Quantity) -> set[str]:
    """Give the nouns that an ordinal may number: member and country for `195th member country`."""
    match = _NOUN.match(text, ordinal.end)
    return {noun_group(singular(word)) for word in match.groups() if word} if match else set()


def is_neighbour(text: str, ordinal: Quantity) -> bool:
    """Tell whether an ordinal is said of what comes before or after something: `the previous`."""
    return _neighbour(text, ordinal) is not None


def _neighbour(text: str, ordinal: Quantity) -> re.Match[str] | None:
    return _NEXT_TO.search(text, max(0, ordinal.start - 60), ordinal.start)


def neighbours(
    claim: Quantity, claim_text: str, evidence: list[Quantity], text: str
) -> Iterator[Derived]:
    """From the 89th assembly, the 88th as the previous one."""
    neighbour = _neighbour(claim_text, claim)
    if neighbour is None:
        return
    words = {noun_group(singular(word.lower())) for word in re.findall(r"[A-Za-z]+", claim_text)}
    for ordinal in evidence:
        if ordinal.kind is Kind.ORDINAL:
            value = ordinal.low + _STEP[str(neighbour.lastgroup)]
            like = replace(ordinal, unit=claim.unit)
            firm = bool(counted_nouns(text.lower(), ordinal) & words)
            yield worth(like, value, (ordinal,), f"number {value:g}", firm=firm)


def dates_apart(claim: Quantity, claim_text: str, evidence: list[Quantity]) -> Iterator[Derived]:
    """From 2014 and 2024, ten years between them."""
    if claim.unit != "month" or not _APART.search(claim_text):
        return
    years = [
        (quantity, quantity.readings[0][0].year)
        for quantity in evidence
        if quantity.kind is Kind.DATE and len(quantity.readings) == 1 and not quantity.approximate
    ]
    known = [(quantity, year) for quantity, year in years if year is not None]
    for (first, start), (second, end) in itertools.combinations(known[:4], 2):
        gap = abs(end - start)
        exact = all(q.readings[0][0].month is None for q in (first, second))
        if gap and exact:
            firm = len(known) == _PAIR
            yield worth(claim, gap * 12, (first, second), f"{gap} years between them", firm=firm)


def opening_hours(claim: Quantity, evidence: list[Quantity], text: str) -> Iterator[Derived]:
    """From `opened at 18:30 and closed at 20:15`, the hours from one to the other, or how many."""
    times = [q for q in evidence if q.kind is Kind.TIME and q.low == q.high and q.unit == ""]
    for first, last in itertools.pairwise(times):
        minutes = last.low - first.low
        told = _OPENED.search(text, max(0, first.start - _NEAR), first.start)
        if minutes <= 0 or not told or not _CLOSED.search(text, first.end, last.start):
            continue
        if claim.kind is Kind.DURATION and claim.unit == "second":
            hours = f"{minutes:g} minutes"
            yield worth(claim, minutes * 60, (first, last), hours, firm=len(times) == _PAIR)
        elif claim.kind is Kind.TIME and claim.low < claim.high:
            span = replace(first, high=last.low)
            yield Derived(span, (first, last), f"{first.text} to {last.text}", firm=True)
