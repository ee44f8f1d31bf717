"""Words beside two values that differ, by which they need not be said of the same thing.

A part and the whole, each and all, the width and the length, what was planned and what was done,
last year and this: none of these conflicts.
"""

from __future__ import annotations

import itertools
import math
import re

from verifier.quantities.arithmetic import TOTAL
from verifier.quantities.context import preceded
from verifier.quantities.opposites import foretold, opposed
from verifier.quantities.sequences import is_neighbour
from verifier.quantities.values import Kind, Quantity, Side

_AS_OF = re.compile(r"\b(?:as of|by)\s\Z", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:above|below|over|under|before|after|than|outside)\s(?:the\s)?\Z", re.IGNORECASE
)
_OF_THE = re.compile(r"\bof (?:the|its|his|her|their|our)\s\Z", re.IGNORECASE)
_PART_OF = re.compile(
    r" of (?:the|its|his|her|their|our|these|those|them|whom|which)\b(?! \d)"
    r"|(?: of)? [\w’']+['’]s? "
)
_WHOLE = re.compile(
    r"\b(?:there (?:is|are|was|were)|total|in all|contain\w*|consist\w*)\b", re.IGNORECASE
)
_MEANWHILE = re.compile(
    r"\b(?:at (?:half[- ]?time|the (?:break|interval)\b(?!-))|after [1-8]?\d minutes)\b",
    re.IGNORECASE,
)
_OF_MORE = re.compile(rf"{_PART_OF.pattern}| of (?:the )?\d")
_RATE = re.compile(
    r"\s(?:\w+\s){0,3}(?:an?|per|each|every)\s(?:day|week|month|year)\b", re.IGNORECASE
)
_NONE = re.compile(r"\b(?:no|none|never|not|nothing|neither|nobody)\b|n['’]t\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not(?! (?:until|only|just|least)\b)|never|nobody|no one)\b|n['’]t\b", re.IGNORECASE
)
_THOSE_NOT = re.compile(r"\b(?:that|who|which) (?:\w+ )?(?:\w+n['’]t|not|never)\b", re.IGNORECASE)
_LACKING = re.compile(
    r"\b(?:fail(?:ed|s)?|refus\w+|miss(?:ed|es)|lack(?:ed|s)?|absen\w+|declin\w+|reject\w*"
    r"|abstain\w*|without)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:]\s")
_TIME_LIMIT = re.compile(r"\b(?:before|after|by|until|from)\s\Z", re.IGNORECASE)
_NAME = re.compile(r" [A-Z]")
_PLANNED = re.compile(
    r"\b(?:due|planned|scheduled|expected|supposed|meant|intended|hoped|set)\s(?:to|for)\b"
    r"|\bwas\sto\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|(?:is|are|was|were) to|plan(?:s|ned)? to|expect(?:s|ed)? to)\b", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:each|every|apiece|average|per(?! cent\b))\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:together|combined|altogether|in all|jointly)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:(?:last|next|previous|following|coming|past) (?:year|month|week|season|time|spring"
    r"|summer|autumn|winter)|\w+ (?:years?|months?|weeks?|days?|hours?) ago|yesterday|tomorrow"
    r"|(?:earlier|later) (?:in the|this|that|on)|at (?:noon|night|dawn|dusk|midnight|first)"
    r"|by (?:christmas|easter|spring|summer|autumn|winter)|formerly|originally|initially)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:small|larg|old|young|high|low|long|short|warm|cold|deep|cheap|dear|heavi|light|tall|wid"
    r"|bigg|fast|slow|earli|lat|new|near|poor|rich|strong|weak|hott|thick|busi)est\b"
)
_PERIOD = re.compile(r"[\s-](?:year|month|week|day|hour|half)s?\b", re.IGNORECASE)
_STAGE = re.compile(r"[\s-](?:quarter|round|stage|session|season|edition|term)\b", re.IGNORECASE)
_DURING = re.compile(
    r"\b(?:in|during|for|of|after|before|by|at|from) (?:the|its|his|her|their)\s\Z", re.IGNORECASE
)
_DIMENSIONS = {
    word: number
    for number, group in enumerate((
        "high height tall elevation rises", "wide width broad breadth across diameter",
        "long length", "deep depth below", "thick thickness", "heavy weigh weighs weighed weight",
        "radius", "above", "away", "span spans",
    ))
    for word in group.split()
}  # fmt: skip
"""Words for what a length or a weight is one of, by a number for each."""
_WORD = re.compile(r"[a-z]+")
_MEASURES = frozenset({Kind.DISTANCE, Kind.WEIGHT})
_ADD_UP = _MEASURES | {Kind.COUNT, Kind.MONEY, Kind.DURATION, Kind.AREA, Kind.VOLUME}
_DIFFER = _ADD_UP | {Kind.PERCENT, Kind.AGE}
_SUMMED = 8  # values of one kind that are added up, at most
_SMALL = 10  # counts up to it are the sum of others by chance
_FACTORS = (
    (re.compile(r"\b(?:half|halves|halved?|midway|halfway|twice|double[ds]?)\b", re.IGNORECASE), 2),
    (re.compile(r"\b(?:thirds?|triple[ds]?|threefold|three times)\b", re.IGNORECASE), 3),
    (re.compile(r"\b(?:quarters?|four times)\b", re.IGNORECASE), 4),
)
_SET_IN_TIME = frozenset({Kind.DATE, Kind.DURATION, Kind.TIME, Kind.MONEY})


def another_thing(claim: Side, evidence: Side) -> bool:
    """Tell whether words or sums keep two values that differ from being a contradiction."""
    return (
        _qualified(claim)
        or denied(claim, evidence.text)
        or _restricted(claim, evidence)
        or _planned(claim, evidence.text)
        or _apart(claim, evidence)
        or _follows(claim.value, evidence)
        or opposed(claim, evidence)
        or foretold(claim, evidence)
    )


def _qualified(claim: Side) -> bool:
    """Tell whether a value is part of a name, a limit or a denial, which says more than it."""
    text, value = claim.text, claim.value
    if value.kind is Kind.FREQUENCY:
        # three ferries every hour
        return any(q.kind is Kind.COUNT and q.low > 1 for q in claim.values)
    if value.kind is Kind.ORDINAL:
        stage = preceded(_DURING, text, value.start) and _STAGE.match(text, value.end)
        period = _PERIOD.match(text, value.end) or stage  # in the second year: another time
        return is_neighbour(text, value) or bool(period or preceded(_BEYOND, text, value.start))
    if value.kind is Kind.DATE:
        before = text[max(0, value.start - 10) : value.start]
        named = _NAME.match(text, value.end, value.end + 2)
        return bool(_AS_OF.search(before) or named) or before.endswith('" ')
    if math.isinf(value.low) or math.isinf(value.high):
        return bool(_NONE.search(text, 0, value.start))
    return value.kind is Kind.TIME and bool(_TIME_LIMIT.search(text, 0, value.start))


def denied(claim: Side, text: str) -> bool:
    """Tell whether the claim says that its value is not so, and the evidence denies nothing."""
    before = _CLAUSE_END.split(claim.text[: claim.value.start])[-1]
    after = _CLAUSE_END.split(claim.text[claim.value.end :])[0]
    told = any(_NOT.search(_THOSE_NOT.sub("", part)) for part in (before, after))
    return told and not (_NONE.search(text) or _LACKING.search(text))


def _restricted(claim: Side, evidence: Side) -> bool:
    """Tell whether the evidence's value is said of something else by the words next to it.

    It may be the date of a report, the whole that parts are given of, or a rate where the claim
    says for how long.
    """
    text, value = evidence.text, evidence.value
    if value.kind is Kind.DATE:
        return preceded(_AS_OF, text, value.start) is not None
    if preceded(_OF_THE, text, value.start):
        return True
    if value.kind is Kind.SCORE and _MEANWHILE.match(text, value.end + 1):
        return _MEANWHILE.search(claim.text) is None
    part = value.kind is Kind.COUNT and _PART_OF.match(text, value.end)
    if part and claim.value.low > value.high and _WHOLE.search(claim.text):
        return True
    rate = _RATE.match(text, value.end)
    return rate is not None and any(q.kind is Kind.DURATION for q in claim.values)


def _planned(claim: Side, text: str) -> bool:
    """Tell whether the claim says what was planned, and the evidence what was done."""
    planned = claim.value.kind in _SET_IN_TIME and _PLANNED.search(claim.text)
    return bool(planned) and not (_PLANNED.search(text) or _TO_COME.search(text))


def _apart(claim: Side, evidence: Side) -> bool:
    """Tell whether only the claim speaks of a part, of each, of all, of another time or extreme."""
    value, text = claim.value, evidence.text
    if value.kind in {Kind.DATE, Kind.ORDINAL}:
        return False
    size = _measured(claim) if value.kind in _MEASURES else set()
    part = value.kind is Kind.COUNT and _PART_OF.match(claim.text, value.end)
    each = value.kind is not Kind.FREQUENCY and _EACH.search(claim.text)
    return bool(
        not _when(claim) <= _found(_WHEN, text)
        or not _found(_MOST, claim.text) <= _found(_MOST, text)
        or (part and not _OF_MORE.match(text, evidence.value.end))
        or (each and not _EACH.search(text))
        or (_TOGETHER.search(claim.text) and not TOTAL.search(text))
        or (size and size.isdisjoint(_measured(evidence) or size))
    )


def _measured(side: Side) -> set[int]:
    """Give what a length or a weight is said to be, by the words after it, or else before.

    Nothing where no word says.
    """
    text, value = side.text, side.value
    after = _CLAUSE_END.split(text[value.end : value.end + 30])[0]
    before = _CLAUSE_END.split(text[max(0, value.start - 40) : value.start])[-1]
    for words in _WORD.findall(after.lower())[:3], _WORD.findall(before.lower()):
        if found := {_DIMENSIONS[word] for word in words if word in _DIMENSIONS}:
            return found
    return set()


def _when(claim: Side) -> set[str]:
    """Give the claim's words for another time, but for those that are a date by now."""
    known = [q for q in claim.values if q.kind is Kind.DATE and q.readings]
    return {
        match[0].casefold()
        for match in _WHEN.finditer(claim.text)
        if not any(q.start < match.end() and match.start() < q.end for q in known)
    }


def _found(words: re.Pattern[str], text: str) -> set[str]:
    return {match[0].casefold() for match in words.finditer(text)}


def _follows(claim: Quantity, evidence: Side) -> bool:
    """Tell whether the evidence's values make the claim's: the rest, the total, the gap, a half."""
    if not claim.exact or claim.kind not in _DIFFER:
        return False
    known = [
        q
        for q in evidence.values
        if q.kind is claim.kind
        and not math.isinf(q.low + q.high)
        and (q.unit == claim.unit or q.kind is Kind.COUNT)
    ]
    for words, factor in _FACTORS:
        if words.search(evidence.text) and any(
            math.isclose(claim.low, made)
            for q in known
            for made in (q.low * factor, q.low / factor)
        ):
            return True
    if claim.kind is Kind.COUNT and claim.low <= _SMALL:
        return False
    ends = sorted({end for q in known[:_SUMMED] for end in (q.low, q.high)})
    return any(
        math.isclose(claim.low, made)
        for one, other in itertools.combinations(ends, 2)
        for made in (other - one, *([one + other] if claim.kind in _ADD_UP else []))
    )
