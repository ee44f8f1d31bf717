"""Words of which one text has one and the other another: they then speak of different things.

Before the war and after it, the empty lorry and the full one, what was forecast and what came.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from verifier.quantities.context import IRREGULAR_VERBS
from verifier.quantities.shapes import MONTH
from verifier.quantities.values import Kind, Side

_EVENT = rf"(?=\s(?:the|his|her|its|their)\s|\s(?!{MONTH})(?-i:[A-Z]))"
_FAMILIES = tuple(
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in family.split(" / "))
    for family in (
        rf"(?:before|prior to){_EVENT} / after{_EVENT}",
        "upstream / downstream",
        "empty|unladen|unloaded / full|fully|laden|loaded",
        "indoors / outdoors",
        "men|males|boys / women|females|girls",
        "adults? / child(?:ren)?",
        "spring / summer / autumn / winter",
        "weekdays? / weekends?",
        "imports?|imported / exports?|exported",
        "gross / net",
        "profits? / (?<!higher )(?<!lower )(?:revenues?|sales|turnover) / debts? / dividends?",
        "minimum|lowest / maximum|highest|record / average|mean|median|typically",
        "one-way / returns?|round trip",
        "breakfast / lunch / dinner|supper",
        "first half / second half",
        r"appl(?:y|ied|ies)|filed / grant(?:ed|s)",
        "ordered / delivered",
        "wholesale / retail",
        r"land(?:ed|s)|touch(?:ed|es) down / t(?:ook|akes|aken) off",
    )
)
_FORETOLD = re.compile(
    r"\b(?:forecasts?|expect(?:s|ed|ing)?|predict(?:s|ed|ing)?|project(?:s|ed)|plan(?:s|ned|ning)?"
    r"|hop(?:es?|ed|ing)|aim(?:s|ed|ing)?|scheduled?|propos(?:es?|ed)|budgeted)"
    r"\s(?:to|that|for|at|about|some|around|nearly|almost|up|more|over|\d)"
    r"|\bcost (?:was|were) put at",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:(?-i:will)|would|going to|(?:is|are|was|were) to)\b", re.IGNORECASE)
_WILL = re.compile(r"\b(?:(?-i:will)|going to|(?:is|are) to)\b", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:was|were|had|did|\w{{2,}}ed|{'|'.join(sorted(IRREGULAR_VERBS))})\b")
_AMOUNTS = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.SHARE})
_STOP = re.compile(r"(?<=[a-z\d)”\"]{2})[.!?][\"”’)]?\s|;\s|\n\s*\n|\bbut\b")
_REACH = 60
"""How many characters away a word may be that says what a value is of."""


def opposed(claim: Side, evidence: Side) -> bool:
    """Tell whether the claim has one word of a family near its value, the evidence only another."""
    mine, theirs = _around(claim), _around(evidence)
    for family in _FAMILIES:
        one = {at for at, words in enumerate(family) if words.search(mine)}
        other = {at for at, words in enumerate(family) if words.search(theirs)} if one else set()
        if other and not one & other:
            return True
    return False


def foretold(claim: Side, evidence: Side) -> bool:
    """Tell whether the evidence says what was to come and the claim what came, or an amount will.

    `The firm will print 5,000` says nothing against the 4,000 that it printed.
    """
    told = _around(evidence)
    if _TO_COME.search(claim.text) or _FORETOLD.search(claim.text):
        will = evidence.value.kind in _AMOUNTS and _WILL.search(claim.text)
        still = _TO_COME.search(told) or _FORETOLD.search(told) or not _PAST.search(told)
        return bool(will) and not still
    return _FORETOLD.search(_before(evidence)) is not None


def _before(side: Side) -> str:
    text = side.text[max(0, side.value.start - _REACH) : side.value.start]
    # what a foretelling ends with may be the value itself: expecting 5,000
    return _STOP.split(text)[-1] + side.value.text


def _around(side: Side) -> str:
    """Give what stands near a value in its sentence, quantities blanked: the summer of 1740."""
    first = max(0, side.value.start - _REACH)
    text = list(side.text[first : side.value.end + _REACH])
    at = bisect_left(side.values, first, key=lambda value: value.start)
    for value in side.values[max(0, at - 1) :]:
        if value.start - first >= len(text):
            break
        for i in range(max(0, value.start - first), min(len(text), value.end - first)):
            text[i] = " "
    middle = side.value.start - first
    before, after = "".join(text[:middle]), "".join(text[middle:])
    return _STOP.split(before)[-1] + _STOP.split(after)[0]
