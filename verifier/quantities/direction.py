"""Which way a value went, and whether it stood before the change, after it, or is the change.

`Down from 22,000` and `rose to 22,000` share a number and say the opposite.
"""

from __future__ import annotations

import re

from verifier.quantities.arithmetic import is_gap
from verifier.quantities.values import Kind, Quantity

_UP = (
    "r(?:ise|ises|ising|ose|isen)|increas[a-z]+|gr(?:ow|ows|owing|owth|ew|own)|climb(?:s|ed)?"
    "|gain(?:s|ed)?|jump(?:s|ed)?|rais(?:e|es|ed)|up(?! to \\d)"
)
_DOWN = (
    "f(?:all|alls|alling|ell|allen)|decreas[a-z]+|declin[a-z]+|drop(?:s|ped)?|shr(?:ank|unk|inks?)"
    "|cut|cuts|lowered|reduc[a-z]+|slipped|plunged|down(?! to \\d)"
)
_WAYS = (
    re.compile(rf"\b(?:(?P<up>{_UP})|(?:{_DOWN}))\b", re.IGNORECASE),
    re.compile(r"\b(?:(?P<up>higher|more)|lower|fewer|less)\b(?! than\b| to \d)", re.IGNORECASE),
)
"""Verbs and adverbs; comparatives, which may belong to something else: `among higher earners`."""
_HEDGES = r"\s(?:(?:an?|about|around|some|nearly|almost|over|just|another)\s)*\Z"
_BY_SO_MUCH = re.compile(rf"\b(?:{_UP}|{_DOWN}){_HEDGES}", re.IGNORECASE)
_TO = re.compile(r"[^.;]{0,60}?\bto\b[^.;]{0,15}?\d")
_CLAUSE_END = re.compile(r"[;:()–—]|[.,](?!\d)|\b(?:and|but|while|whereas|which)\b")
_LED_BY = re.compile(rf"\b(from|to|by){_HEDGES}", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:before|earlier|previous\w*|last|former\w*|had|used to|once|initially|originally|from"
    r"|start(?:ed|ing)|began|beginning|at first)\b"
    r"|\b\d{4}\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(\d{1,3})(?: votes?)? (?:to|against) (\d{1,3})\b")
_MOVING = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.SHARE})
_NEAR = 60
"""How many characters away a word may be that says which way."""


def turned_round(claim_text: str, claim: Quantity, text: str, value: Quantity) -> bool:
    """Tell whether values that agree are those of opposite changes, or of different ends of one."""
    if claim.kind not in _MOVING or value.kind not in _MOVING:
        return False
    mine, theirs = _votes(claim_text, claim), _votes(text, value)
    if mine and theirs and mine != theirs:
        return mine == theirs[::-1]
    up, end = _move(claim_text, claim)
    goes_up, other_end = _move(text, value)
    if not end:
        return other_end == "from" and not _EARLIER.search(claim_text)
    return bool(other_end) and (end != other_end or up is not goes_up)


def _votes(text: str, quantity: Quantity) -> tuple[str, ...]:
    """Give the two sides of a vote, of which the quantity is one or both."""
    for match in _AGAINST.finditer(text):
        if match.start() <= quantity.start and quantity.end <= match.end():
            return match.groups()
    return ()


def _move(text: str, quantity: Quantity) -> tuple[bool, str]:
    """Say whether it went up, and by the preposition which end of the change the value is.

    That is `from`, `to`, or `by` for the change itself; "" where nothing changes.
    """
    first = max(0, quantity.start - _NEAR)
    before = _CLAUSE_END.split(text[first : quantity.start])[-1]
    after = _CLAUSE_END.split(text[quantity.end : quantity.end + _NEAR])[0]
    led = _LED_BY.search(before)
    if is_gap(text, quantity) or _BY_SO_MUCH.search(before):
        end = "by"
    elif led:
        end = led[1].lower()
    else:
        return False, ""
    for words in _WAYS:
        if ways := [*words.finditer(before)]:
            return ways[-1]["up"] is not None, end
    if end == "from" and not _TO.match(after):
        return False, ""  # athletes from 12 countries
    for words in _WAYS:
        if way := words.search(after):
            return way["up"] is not None, end
    return False, ""
