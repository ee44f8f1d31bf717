"""One sum, difference, product or share of the evidence's values, where its words call for it.

Every rule asks for a word that says what is to be done with the two terms (`together`, `each`,
`more than`, `the rest`), or chance would find some sum for any number.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import replace

from verifier.quantities.compare import same_noun
from verifier.quantities.context import TOLERANCE, singular
from verifier.quantities.values import Derived, Kind, Quantity, worth

_COMPARATIVE = (
    "more|fewer|less|higher|lower|older|younger|longer|shorter|larger|smaller|bigger|heavier"
    "|lighter|taller|deeper|wider|faster|slower|cheaper|dearer|warmer|colder|hotter|cooler"
    "|further|farther|ahead|behind"
)
_GAP_AFTER = re.compile(
    r"\s(?:(?!(?:among|for|with|in|of|to|by|on|at|from|and)\b)\w+\s)?"
    rf"(?:{_COMPARATIVE})\b(?!\s(?:percent|per cent))"
    r"|\s(?:over|above|below|under)\s(?:the|what)\s\w",
    re.IGNORECASE,
)
_GAP_BEFORE = re.compile(
    r"\b(?:up|down|r[io]sen?|increased?|raised|f[ae]ll(?:en)?|dropped|cut|reduced|extended|won|lost"
    r"|outnumber(?:s|ed)?|beat|beaten|gained|grew|grown|shrank|widened|narrowed|improved)\s(?:[\w’']+\s){0,3}by\s(?:a\s)?\Z",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[^.;:,]{0,60}, (?:which (?:is|was) |or )?", re.IGNORECASE)
_MORE = re.compile(
    r" (?:\w+ )?(?:(more|higher|older|longer|larger|bigger|heavier|taller|deeper|wider|above|over)"
    r"|fewer|less|lower|younger|shorter|smaller|lighter|below|under)\b",
    re.IGNORECASE,
)
"""Whether the other value is the smaller one, as for `1.4, which is 0.2 more than before`."""
_AWAY = re.compile(
    r"\s(?:(later|afterwards?|after (?:that|this|it)|before(?! that| this| it))|earlier|after"
    r"|before(?:hand)?)\b(\sthan\b)?",
    re.IGNORECASE,
)
"""How far another time is from one that stands before it: group 1 where it is the later one.

Behind the words it is the other way round: `two hours after the close at 20:00` is ten.
"""
TOTAL = re.compile(
    r"\b(?:total\w*|together|combined|altogether|in all|overall|sum|both|cumulative\w*|jointly)\b",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(
    r"\b(?:difference|increas\w*|decreas\w*|gr[eo]wn?|r[io]sen?|f[ae]ll\w*|drop\w*|gap|margin|lead"
    r"|remain\w*|left|rest|others?|gain\w*|lost|up|down)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:each|every|apiece|per(?! cent\b)|holds?|contains?|seats?|carr(?:y|ies)|full)\b",
    re.IGNORECASE,
)
_APIECE = re.compile(r"\b(?:each|every|apiece)\b", re.IGNORECASE)
_EQUALLY = re.compile(r"\b(?:equal(?:ly)?|evenly|split)\b", re.IGNORECASE)
_TIMES = re.compile(r"[\s-]times\b|[\s-]fold\b")
_FACTOR = re.compile(
    r"[\s-]times (?:as \w+(?: \w+){0,3} as|what|the (?:number|size|price|cost|rate|amount|length)"
    rf"|(?!(?:fewer|less|lower|smaller|shorter|cheaper)\b)(?:{_COMPARATIVE}) than)\b",
    re.IGNORECASE,
)
_AS_MANY = re.compile(r"\btimes as many (\w+)", re.IGNORECASE)
_TWICE = re.compile(r"\b(?:twice|double[ds]?|doubling)\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:rest|remain\w*|others?(?!\s(?:way|hand|side|day|words)\b))\b|\bnot\b.*\byet\b",
    re.IGNORECASE,
)
_THE_REST = re.compile(r"\bthe (?:rest|remainder|others?\b(?! \w))", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof\s(?:them|whom|which|these|those)\b", re.IGNORECASE)
_OF_IT = re.compile(
    r" of (?:it|this|that|them|these|those"
    r"|(?:the|its|these|those) (?:costs?|total|sum|budget|price|amount|money|whole|bill))\b",
    re.IGNORECASE,
)
_NEAR = 40
_MOST_TERMS = 8
_PAIR = 2
_MARGIN_NOUNS = frozenset({"goal", "point", "run", "set", "game", "try", "frame", "vote"})
_WHOLE = {Kind.SHARE: 1.0, Kind.PERCENT: 100.0}
_MEASURED = frozenset({"watt", "watt hour", "byte", "hertz"})
"""Units of what is a count only by its kind."""
_RATIOS = frozenset({Kind.COUNT, Kind.MONEY, Kind.DISTANCE, Kind.WEIGHT, Kind.AREA, Kind.VOLUME})
_UNEQUAL = frozenset({Kind.DATE, Kind.SCORE, Kind.ORDINAL, Kind.FREQUENCY, Kind.IDENTIFIER})
"""Kinds that don't add up."""


def is_gap(text: str, quantity: Quantity) -> bool:
    """Tell whether a value says how far two others are apart: `five years older`, `up by 20%`."""
    return bool(
        _GAP_AFTER.match(text, quantity.end)
        or _GAP_BEFORE.search(text, max(0, quantity.start - _NEAR), quantity.start)
    )


def is_factor(text: str, quantity: Quantity) -> bool:
    """Tell whether a value says how many times another one is: `four times as many`."""
    return quantity.kind is Kind.COUNT and _FACTOR.match(text, quantity.end) is not None


def combined(
    claim: Quantity, claim_text: str, evidence: list[Quantity], evidence_text: str
) -> Iterator[Derived]:
    """Give what the evidence's values make, taken two at a time, in the claim's unit."""
    if claim.kind in _UNEQUAL:
        return
    if is_factor(claim_text, claim):
        yield from _ratios(claim, claim_text, evidence)
        return
    terms = [q for q in evidence if _adds_up(claim, q)][:_MOST_TERMS]
    gap = is_gap(claim_text, claim)
    if TOTAL.search(claim_text) and not gap:
        yield from _sums(claim, terms, firm=not _EACH.search(evidence_text))
    if gap or DIFFERENCE.search(claim_text):
        apart = [
            pair for pair in itertools.combinations(terms, 2) if not _holds(pair, evidence_text)
        ]
        yield from _differences(claim, apart, firm=gap and len(terms) == _PAIR)
    if claim.exact:
        yield from _changed_by(claim, terms, evidence, evidence_text)
        yield from _parts(claim, claim_text, terms, evidence_text)
        yield from _multiples(claim, claim_text, evidence, evidence_text)
        yield from _margins(claim, evidence)


def _adds_up(claim: Quantity, term: Quantity) -> bool:
    if term.kind is not claim.kind or term.low != term.high:
        return False
    nouns = claim.kind is Kind.COUNT and not _MEASURED & {claim.unit, term.unit}
    return nouns or term.unit == claim.unit


def _sums(claim: Quantity, terms: list[Quantity], *, firm: bool) -> Iterator[Derived]:
    """From 12 men and 15 women a total of 27."""
    groups = [*itertools.combinations(terms, 2), *([tuple(terms)] if len(terms) > _PAIR else [])]
    for group in groups:
        total = sum(q.low for q in group)
        told = firm and len(terms) == _PAIR
        yield worth(claim, total, group, f"{total:,.12g}", firm=told)


def _holds(pair: tuple[Quantity, Quantity], text: str) -> bool:
    """Tell whether one value is given as a part of the other: `41,250, of which 6,180`."""
    return _OF_THEM.search(text, pair[0].end, pair[1].start) is not None


def _differences(
    claim: Quantity, pairs: list[tuple[Quantity, Quantity]], *, firm: bool
) -> Iterator[Derived]:
    """From 30 and 20, ten more."""
    for first, second in pairs:
        if not (first.unit and second.unit) or claim.exact or same_noun(first.unit, second.unit):
            gap = abs(first.low - second.low)
            yield worth(claim, gap, (first, second), f"a difference of {gap:,.12g}", firm=firm)


def _changed_by(
    claim: Quantity, terms: list[Quantity], evidence: list[Quantity], text: str
) -> Iterator[Derived]:
    """From six feet, a foot higher than before, five; from 4.20, two hours after, 2.20."""
    for base, gap in itertools.permutations(terms, 2):
        if not is_gap(text, gap):
            continue
        beside = _BESIDE.fullmatch(text, base.end, gap.start) if base.end < gap.start else None
        way = _MORE.match(text, gap.end) if beside else None
        for value in base.low - gap.low, base.low + gap.low:
            if way is None or (value < base.low) is bool(way[1]):
                yield worth(claim, value, (base, gap), f"{value:,.12g}")
    if claim.kind is not Kind.TIME:
        return
    lengths = [q for q in evidence if q.kind is Kind.DURATION and q.unit == "second" and q.exact]
    for base, length in itertools.product(terms, lengths[:_MOST_TERMS]):
        away = _AWAY.match(text, length.end)
        if away is None:
            continue
        stands_behind = length.end <= base.start and not away[2]
        minutes = length.low / 60 if bool(away[1]) is not stands_behind else -length.low / 60
        text_value = f"{length.low / 60:g} minutes apart"
        firm = len(terms) == len(lengths) == 1
        yield worth(claim, base.low + minutes, (base, length), text_value, firm=firm)


def _parts(claim: Quantity, claim_text: str, terms: list[Quantity], text: str) -> Iterator[Derived]:
    """From three fifths, and the rest, two fifths; from 45, of them 12, the other 33."""
    whole = _WHOLE.get(claim.kind)
    if whole and (_REST.search(text) or _REST.search(claim_text)):
        for term in terms:
            rest = whole - term.low
            told = _REST.search(claim_text) or _THE_REST.search(text)
            firm = len(terms) == 1 and told is not None
            yield worth(claim, rest, (term,), f"a rest of {rest:,.12g}", firm=firm)
    told = _OF_THEM.search(text) or _THE_REST.search(text)
    if claim.kind in {Kind.COUNT, Kind.MONEY} and told:
        for larger, part in itertools.combinations(terms, 2):
            if larger.low > part.low:
                rest = larger.low - part.low
                yield worth(claim, rest, (larger, part), f"a rest of {rest:,.12g}")


def _multiples(
    claim: Quantity, claim_text: str, evidence: list[Quantity], text: str
) -> Iterator[Derived]:
    """From 50 crates of 12 each, 600; from 96 shared equally by four, 24 each."""
    values = [q for q in evidence if q.kind is claim.kind and q.exact and q.low > 0]
    counts = [q for q in evidence if q.kind is Kind.COUNT and q.exact and q.low > 1]
    apiece = _APIECE.search(claim_text)
    each = _EACH.search(text) or _EACH.search(claim_text)
    shared = _EQUALLY.search(text) or (apiece and TOTAL.search(text) and not _APIECE.search(text))
    only = len(evidence) == _PAIR
    for value, count in itertools.product(values[:_MOST_TERMS], counts[:_MOST_TERMS]):
        if value is count:
            continue
        times = bool(_TIMES.match(text, count.end))
        if (each and not apiece) or times:
            product = value.low * count.low
            firm = only and value.unit == claim.unit
            yield worth(claim, product, (value, count), f"{product:,.12g}", firm=firm)
        if times or (shared and value.low > count.low):
            quotient = value.low / count.low
            firm = only and (times or bool(_EACH.search(claim_text)))
            yield worth(claim, quotient, (value, count), f"{quotient:,.12g}", firm=firm)
    if _TWICE.search(text) or _TWICE.search(claim_text):
        for value in values[:_MOST_TERMS]:
            yield worth(claim, value.low * 2, (value,), f"{value.low * 2:,.12g}")
            yield worth(claim, value.low / 2, (value,), f"{value.low / 2:,.12g}")


def _ratios(claim: Quantity, claim_text: str, evidence: list[Quantity]) -> Iterator[Derived]:
    """From 300 and 100, three times as many; of several values, from those next to each other."""
    terms = [q for q in evidence if q.kind in _RATIOS and q.low == q.high > 0]
    counted = _AS_MANY.search(claim_text)
    for pair in itertools.pairwise(terms):
        units = {q.unit for q in pair} - {""}
        named = counted is None or any(same_noun(singular(counted[1]), unit) for unit in units)
        if pair[0].kind is pair[1].kind and len(units) == 1 and named:
            less, more = sorted(q.low for q in pair)
            low, high = more / less * (1 - TOLERANCE), more / less * (1 + TOLERANCE)
            value = replace(
                claim, low=low, high=high, approximate=True, low_open=False, high_open=False
            )
            text = f"{more / less:.3g} times as much"
            yield Derived(value, pair, text, firm=len(terms) == _PAIR)


def shares_of(claim: Quantity, evidence: list[Quantity], text: str) -> Iterator[Derived]:
    """From a budget of 3.6 million, and 40% of it, 1.44 million."""
    wholes = [q for q in evidence if q.kind is claim.kind and q.unit == claim.unit and q.exact]
    for share in evidence:
        if share.kind not in _WHOLE or not share.exact or not _OF_IT.match(text, share.end):
            continue
        before = [q for q in wholes if q.end <= share.start][:_MOST_TERMS]
        entire = [q for q in before if not any(_holds((other, q), text) for other in before)]
        for whole in entire:
            value = whole.low * share.low / _WHOLE[share.kind]
            yield worth(claim, value, (share, whole), f"{value:,.12g}", firm=len(entire) == 1)


def _margins(claim: Quantity, evidence: list[Quantity]) -> Iterator[Derived]:
    """From 3–1 two goals more, or four goals; from the ages 34 and 29 five years."""
    scores = [q for q in evidence if q.kind is Kind.SCORE and not q.bound]
    if claim.kind is Kind.COUNT and claim.unit in _MARGIN_NOUNS:
        for score in scores[:_MOST_TERMS]:
            gap, total = abs(score.low - score.high), score.low + score.high
            yield worth(claim, gap, (score,), f"a margin of {gap:g}")
            yield worth(claim, total, (score,), f"{total:g} in all")
    if claim.kind is Kind.DURATION and claim.unit == "month":
        ages = [q for q in evidence if q.kind is Kind.AGE and q.exact]
        for first, second in itertools.combinations(ages[:_MOST_TERMS], 2):
            gap = abs(first.low - second.low)
            yield worth(claim, gap * 12, (first, second), f"{gap:g} years between them")
    if claim.kind is Kind.DURATION:
        for span in evidence:
            if span.kind is Kind.TIME and span.low < span.high < math.inf:
                hours = (span.high - span.low) / 60
                in_seconds = replace(claim, unit="second")
                yield worth(in_seconds, hours * 3600, (span,), f"{hours:g} hours")
