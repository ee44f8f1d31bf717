"""Reads one number, in digits or words: `1,200`, `1.2bn`, `two and a half million`, `21st`, `½`.

A word number is read word by word by a small state machine, so that the time is linear in its
length and the machine knows where `twenty twenty-one` stops being one cardinal.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from verifier.quantities.number_words import (
    DENOMINATORS,
    FEW,
    FIXED,
    GLYPHS,
    ORDINALS,
    SCALES,
    SUFFIXES,
    TEENS,
    TENS,
    UNITS,
    VAGUE,
)

LONGEST = 18
"""Digits of the longest number that is a value; beyond that it is a serial number."""


class Form(Enum):
    """How a number was put, which decides what it may measure."""

    CARDINAL = auto()
    ORDINAL = auto()
    FRACTION = auto()
    YEAR = auto()
    VAGUE = auto()
    UNKNOWN = auto()
    """Digits in no shape that has one reading, such as 1,5 or 12,34."""


class Number(NamedTuple):
    """A number that starts where it was looked for and ends before `end`."""

    value: float
    end: int
    step: float = 1.0
    form: Form = Form.CARDINAL
    high: float | None = None
    """For `VAGUE`: the value's upper end, itself not included."""
    digits: bool = False
    scale: float = 1.0
    """The product of the scale words: 1e9 in 1.2 billion."""


# Atomic groups stand where a possessive quantifier would do: before Python 3.11.5 one that is put
# on a group keeps what the group had read before it failed.
_DIGITS = re.compile(
    r"""(?:
        (?P<grouped> \d{1,3} (?P<mark>[,\ \u00a0\u2009\u202f'’]) \d{3}
                     (?>(?:(?P=mark)\d{3})*) (?!\d)
                   | \d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d)
                   | \d{1,3}(?>(?:\.\d{3}){2,8})(?![.\d])
        ) (?>(?P<decimals>\.\d++(?!\.\d))?)
      | (?P<plain>\d++) (?>(?P<fraction>[.,]\d++(?![.,]?\d))?)
    )(?>(?P<glyph>\s?[½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘])?) (?>(?P<mixed>\ [1-7]/[2-8](?![\d/]))?)
    (?>(?P<suffix>st|nd|rd|th)?)""",
    re.VERBOSE,
)
_MORE_DIGITS = re.compile(r"\d|[.,]\d")
_SUFFIX = re.compile(
    r"(?P<gap>[\s-]?)(?P<word>hundred|thousand|million|billion|trillion|lakhs?|crores?"
    r"|bn|mln|mn|mio|trn|tn|[kKmMbBtT])(?![^\W_])"
)
_WORD = re.compile(r"[A-Za-z]{2,12}(?![^\W_])")
_JOIN = re.compile(r"(?:\s{1,3}(?:and\s{1,3})?|-|,\s(?=[a-z]{3,7} hundred\b))(?=[A-Za-z])")
_POINT = re.compile(
    r"\s+point((?>(?:\s+(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b){1,9}))",
    re.IGNORECASE,
)
_AND_HALF = re.compile(
    r"(?:\s+and\s+(?:an?|one)[\s-]|-and-a-)(half|quarter|third)\b|\s+and\s+(three)[\s-]quarters\b",
    re.IGNORECASE,
)
_DENOMINATOR = re.compile(
    rf"[\s-]({'|'.join(sorted(DENOMINATORS, key=len, reverse=True))})\b", re.IGNORECASE
)
_OF_SCALE = re.compile(
    r"(?:\s+of)?\s+an?\s+(million|billion|trillion|dozen|century|thousand|hundred)\b|[\s-](million|billion|trillion|dozen)\b",
    re.IGNORECASE,
)
_SMALL = {**UNITS, **TEENS, **TENS}
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_YEAR_TAIL = re.compile(
    rf"[\s-](?:oh[\s-](?:{_ONES})|(?:{'|'.join(TENS)})(?:[\s-](?:{_ONES}))?|{'|'.join(TEENS)})\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(rf"(?:{'|'.join(sorted(VAGUE, key=len, reverse=True))})\b", re.IGNORECASE)
_ATTACHED_METRES = re.compile(
    r"\s+(?:deep|long|wide|high|tall|away|sprint|race|final|freestyle|hurdles|relay|above|below|of"
    r"|and|from|in|to|or|at|on|for|by|with|is|was|further|apart|thick|butterfly|backstroke)\b"
)  # fmt: skip


def read_number(text: str, at: int, *, money: bool = False) -> Number | None:
    """Read the number that starts at `at`; None if none does.

    `money`: a currency stands before it, so that a lone `m`, `b` or `t` is a scale.
    """
    if text[at].isdigit() or text[at] in GLYPHS:
        return _read_digits(text, at, money=money)
    return _read_words(text, at)


def _read_digits(text: str, at: int, *, money: bool) -> Number | None:
    if text[at] in GLYPHS:
        return Number(GLYPHS[text[at]], at + 1, 0.0, Form.FRACTION, digits=True)
    match = _DIGITS.match(text, at)
    if match is None:  # a digit of another script
        return None
    decimals = match["decimals"] or match["fraction"]
    value, step, known = _digits_value(match)
    end = match.start("suffix") if match["suffix"] else match.end()
    if match["suffix"] and not decimals and not text[match.end() : match.end() + 1].isalnum():
        return Number(value, match.end(), 0.0, Form.ORDINAL, digits=True)
    factor, end = _scale(text, end, money=money) or (1.0, end)
    if _MORE_DIGITS.match(text, end) or (
        decimals and decimals[0] == "," and factor == 1 and not money
    ):
        known = False  # 1,5 may be a list
    form = Form.CARDINAL if known else Form.UNKNOWN
    if factor == 1 and not decimals and value >= 1000 and value % 1000 == 0:  # noqa: PLR2004
        step = _trailing_step(value)  # read as rounded
    return Number(value * factor, end, step * factor, form, digits=True, scale=factor)


def _digits_value(match: re.Match[str]) -> tuple[float, float, bool]:
    """Work out a match of `_DIGITS`: value, step, and whether it has one."""
    whole = match["plain"] or re.sub(r"\D", "", match["grouped"])
    decimals = match["decimals"] or match["fraction"]
    value = float(f"{whole}.{decimals[1:]}" if decimals else whole)
    step = 10.0 ** -(len(decimals) - 1) if decimals else 1.0
    if match["glyph"]:
        value, step = value + GLYPHS[match["glyph"].strip()], 0.0
    elif match["mixed"]:
        top, bottom = match["mixed"].split("/")
        value, step = value + int(top) / int(bottom), 0.0
    return value, step, len(whole) <= LONGEST


def _trailing_step(value: float) -> float:
    step = 1.0
    while value % (step * 10) == 0 and step * 100 <= value:
        step *= 10
    return step


def _scale(text: str, at: int, *, money: bool) -> tuple[float, int] | None:
    """Read the scale words from `at` on: their product, and where they end."""
    factor = 1.0
    for _ in range(3):
        match = _SUFFIX.match(text, at)
        if match is None or not _is_scale(text, match, money=money):
            break
        factor *= SUFFIXES[match["word"].lower()]
        at = match.end()
    return (factor, at) if factor > 1 else None


def _is_scale(text: str, match: re.Match[str], *, money: bool) -> bool:
    word, attached = match["word"], match["gap"] == ""
    if len(word) > 1:
        return not (match["gap"] == "-" and word == "tn")
    if word in "kK":
        return attached
    if money:
        return match["gap"] != "-"
    if word in "tT":
        return False
    after = match.end()
    return (
        attached
        and text[after : after + 1] == " "
        and text[after + 1 : after + 2].islower()
        and not _ATTACHED_METRES.match(text, after)
    )


def _read_words(text: str, at: int) -> Number | None:  # noqa: PLR0911 - one exit a rule
    vague = _VAGUE.match(text, at)
    if vague:
        low, high = VAGUE[" ".join(vague[0].lower().split())]
        return Number(low, vague.end(), 0.0, Form.VAGUE, high)
    first = re.compile(r"[A-Za-z]+").match(text, at)
    if first is None:
        return None
    word = first[0].lower()
    if word in {"a", "an"}:
        return _after_article(text, first.end())
    if word == "half":
        return _half(text, first.end())
    if word in FEW:
        few = _cardinal_words(text, first.end() + 1, implied_one=True)
        if few is None or few.value < 100:  # noqa: PLR2004 - a few hundred
            return None
        return Number(2 * few.value, few.end, 0.0, Form.VAGUE, 10 * few.value)
    return _cardinal_words(text, at)


def _after_article(text: str, at: int) -> Number | None:
    gap = re.compile(r"[\s-]").match(text, at)
    word = _WORD.match(text, gap.end()) if gap else None
    if gap is None or word is None:
        return None
    name = word[0].lower()
    if name in FIXED:
        return Number(FIXED[name], word.end(), 0.0)
    if name in FEW:
        return _read_words(text, gap.end())
    if name in DENOMINATORS:
        return _fraction(text, 1, name, word.end())
    return _cardinal_words(text, gap.end(), implied_one=True)


def _half(text: str, at: int) -> Number | None:
    return _fraction(text, 1, "half", at)


def _fraction(text: str, top: float, name: str, end: int) -> Number:
    share = top / DENOMINATORS[name]
    scale = _OF_SCALE.match(text, end)
    word = (scale[1] or scale[2]).lower() if scale else ""
    factor = {"dozen": 12.0, "century": 0.0, "hundred": 100.0}.get(word) if word else None
    if scale and factor is None:
        factor = SCALES[word]
    if scale and factor:
        return Number(share * factor, scale.end(), 0.0)
    return Number(share, end, 0.0, Form.FRACTION)


def _cardinal_words(text: str, at: int, *, implied_one: bool = False) -> Number | None:  # noqa: C901, PLR0911, PLR0912 - one branch a word class
    total = current = 0.0
    ceiling = 1e18  # each scale word must be smaller than the one before
    last, end, joined = "", at, False
    if implied_one:
        current, last = 1.0, "unit"
    position = at
    while word := _WORD.match(text, position):
        name = word[0].lower()
        if name in UNITS and last in {"", "tens", "hundred", "scale"}:
            current, last = current + UNITS[name], "unit"
        elif name in TEENS and last in {"", "hundred", "scale"}:
            current, last = current + TEENS[name], "teen"
        elif name in TENS and last in {"", "hundred", "scale"}:
            current, last = current + TENS[name], "tens"
        elif name == "hundred" and last in {"unit", "teen", "tens"} and 0 < current < 100:  # noqa: PLR2004
            current, last = current * 100, "hundred"
        elif name in SCALES and SCALES[name] < ceiling and current and not joined:
            ceiling = SCALES[name]
            total, current, last = total + current * ceiling, 0.0, "scale"
        elif name == "dozen" and last in {"unit", "teen", "tens"} and not total:
            return Number(current * 12, word.end(), 0.0)
        elif name in ORDINALS and _ordinal_fits(ORDINALS[name], last):
            if ORDINALS[name] >= 100:  # noqa: PLR2004 - two hundredth
                return Number(
                    (total + (current or 1)) * ORDINALS[name], word.end(), 0.0, Form.ORDINAL
                )
            return Number(total + current + ORDINALS[name], word.end(), 0.0, Form.ORDINAL)
        else:
            break
        end = word.end()
        join = _JOIN.match(text, end)
        if join is None:
            break
        joined = "and" in join[0] or "," in join[0]
        if joined and last not in {"hundred", "scale"}:
            break
        position = join.end()
    if end == at or (implied_one and last == "unit"):
        return None
    value = total + current
    if not total and not implied_one:
        year = _year_words(text, value, end)
        if year:
            return year
        value_and_end = _decimal_words(text, value, end)
        if value_and_end:
            return value_and_end
        below = _DENOMINATOR.match(text, end)
        if below and (value == 1) != below[1].lower().endswith("s"):
            return _fraction(text, value, below[1].lower(), below.end())
    return Number(value, end, _words_step(value), scale=ceiling if last == "scale" else 1.0)


def _words_step(value: float) -> float:
    return _trailing_step(value) if value >= 1000 else 1.0  # noqa: PLR2004


def _ordinal_fits(value: int, last: str) -> bool:
    if value >= 100:  # noqa: PLR2004
        return True
    if value >= 10:  # noqa: PLR2004
        return last in {"", "hundred", "scale"}
    return last in {"", "tens", "hundred", "scale"}


def _year_words(text: str, first: float, end: int) -> Number | None:
    """Read on after `nineteen` or `twenty`: `ninety-nine`, `oh five`, `hundred` is no year."""
    if not 16 <= first <= 20:  # noqa: PLR2004 - the centuries that people name so
        return None
    match = _YEAR_TAIL.match(text, end)
    if match is None:
        return None
    tail = sum(_SMALL.get(word, 0) for word in re.split(r"[\s-]", match[0].lower()))
    return Number(first * 100 + tail, match.end(), 0.0, Form.YEAR)


def _decimal_words(text: str, value: float, end: int) -> Number | None:
    """Read on after a small cardinal: `point five million`, `and a half million`."""
    point, half = _POINT.match(text, end), _AND_HALF.match(text, end)
    if point:
        digits = "".join(str(UNITS.get(word.lower(), 0)) for word in point[1].split())
        value, end, step = float(f"{value:.0f}.{digits}"), point.end(), 10.0 ** -len(digits)
    elif half:
        extra = {"half": 1 / 2, "quarter": 1 / 4, "third": 1 / 3}.get(
            (half[1] or "").lower(), 3 / 4
        )
        value, end, step = value + extra, half.end(), 0.0
    else:
        return None
    scaled = _scale(text, end, money=False)
    if scaled and text[end : end + 1] != " ":
        scaled = None
    factor, end = scaled or (1.0, end)
    return Number(value * factor, end, step * factor, scale=factor)
