"""Reads results (`3–1`) and ratings (`7.5/10`), which look like ranges and shares."""

from __future__ import annotations

import re

from verifier.quantities.context import Modifier, modifier_before, preceded
from verifier.quantities.values import Kind, Quantity

_SCORE = re.compile(r"(?P<a>\d{1,3})(?P<dash>\s?[–—-]\s?)(?P<b>\d{1,3})(?![\w%]|[–—-]\d|[.,:/]\d)")
_WON = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|beat(?:en|s|ing)?|lost|los[es]{1,2}|losing|dr[ae]w[ns]?|scored?|defeat(?:ed|s|ing)?|by|led|lead"
    r"|trail\w{0,3}|ahead|level|aggregate|score|finished|at|went|was|thrash\w{0,3}|victory|win|defeat|loss|record)\W\s?"
    r"(?:[\w’']+\s){0,4}\Z",
    re.IGNORECASE,
)
_SCORE_NOUN = re.compile(
    r"\s+(?:(?:home|away|aggregate|series|overall|majority|comeback|opening|regular|season)\s)?(?:win|victory|defeat|loss|draw|lead|record"
    r"|score|vote|triumph|thrashing|scoreline|in favou?r|ruling|decision|advantage|deficit|up"
    r"|down|ahead)s?\b"
)
_PLURAL_AFTER = re.compile(r"\s(?!in\b|at\b|to\b|on\b|win|and\b|vs?\b|up|down)[a-z]{3,}s\b")
_RATING = re.compile(
    r"(?P<a>\d{1,3}(?:\.\d{1,2})?)(?:\s?(?P<slash>/)\s?|\s+out\s+of\s+)(?P<b>\d{1,3})(?!\.\d|\w|/)"
)
_RATED = re.compile(
    r"\b(?:rat(?:ed|ings?|es|e)|scor(?:ed?|es|ing)|review(?:s|ed)?|average|gave\s\w+)\W(?:\w+\s){0,4}\Z",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?P<a>\d{1,3}):(?P<b>\d{1,3})(?![\w:]|\.\d)")
_BOOK = re.compile(r"\b[A-Z][a-z]+\s\Z")
_SCALES = frozenset({5, 10, 20, 100})
"""Best marks of the usual ratings."""
_ABOVE = frozenset({Modifier.ABOVE, Modifier.AT_LEAST, Modifier.JUST_OVER})
_BELOW = frozenset({Modifier.BELOW, Modifier.AT_MOST, Modifier.NEARLY})


def read_score(text: str, at: int, floor: int) -> Quantity | None:
    """Read a result, a rating or a fraction that starts at `at`; None for ranges.

    `floor`: what stands before it belongs to another quantity.
    """
    return _result(text, at) or _rating(text, at, floor)


def _result(text: str, at: int) -> Quantity | None:
    match = _SCORE.match(text, at)
    if match is None:
        return _ratio(text, at)
    first, second, end = int(match["a"]), int(match["b"]), match.end()
    told = _SCORE_NOUN.match(text, end) or _WON.search(text, max(0, at - 48), at)
    if first < second and (not told or _PLURAL_AFTER.match(text, end)):
        return None
    return Quantity(at, end, text[at:end], Kind.SCORE, first, second)


def _ratio(text: str, at: int) -> Quantity | None:
    """Read `3:1`, but `John 3:16` as no value."""
    match = _RATIO.match(text, at)
    if match is None:
        return None
    kind = Kind.IDENTIFIER if preceded(_BOOK, text, at) else Kind.SCORE
    return Quantity(at, match.end(), match[0], kind, int(match["a"]), int(match["b"]))


def _rating(text: str, at: int, floor: int) -> Quantity | None:
    match = _RATING.match(text, at)
    if match is None:
        return None
    mark, best = float(match["a"]), int(match["b"])
    rated = "." in match["a"] or _RATED.search(text, max(0, at - 48), at)
    if mark <= best and best in _SCALES and (rated or (match["slash"] and best > 5)):  # noqa: PLR2004
        modifier = modifier_before(text, at, floor)
        start = modifier[1] if modifier else at
        bound = (
            ""
            if modifier is None
            else "above"
            if modifier[0] in _ABOVE
            else "below"
            if modifier[0] in _BELOW
            else ""
        )
        return Quantity(
            start, match.end(), text[start : match.end()], Kind.SCORE, mark, best, bound=bound
        )
    if match["slash"] and mark < best and "." not in match["a"]:
        return Quantity(at, match.end(), match[0], Kind.SHARE, mark / best, mark / best)
    return Quantity(at, match.end(), match[0], Kind.IDENTIFIER) if match["slash"] else None
