"""Finds every quantity of a text, from left to right, in time linear in its length.

One pre-scan finds digits and the words that may begin a quantity; what begins there is left to
the small readers, which look at no more than a few dozen characters to either side.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from verifier.quantities.clock import (
    CLOCK_WORDS,
    RATE_WORDS,
    read_clock,
    read_rate,
    read_serial,
    read_time_word,
)
from verifier.quantities.dated import DATE_WORDS, read_date_word, read_dated_digits
from verifier.quantities.measure import read_quantity
from verifier.quantities.names import marks_item
from verifier.quantities.number_words import GLYPHS, ORDINALS
from verifier.quantities.numbers import Form, read_number
from verifier.quantities.scores import read_score
from verifier.quantities.units import SYMBOLS
from verifier.quantities.values import Kind, Quantity
from verifier.quantities.words import (
    AFTER_ARTICLE,
    NUMBER_WORDS,
    make_ordinal,
    read_article,
    read_number_word,
    read_ordinal_word,
)


def _trie(words: frozenset[str]) -> str:
    """Write words as one pattern that shares their beginnings, so that few branches are tried."""
    if words == {""}:
        return ""
    heads = sorted({word[0] for word in words if word})
    branches = [head + _trie(frozenset(w[1:] for w in words if w[:1] == head)) for head in heads]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in words else "")


_WORDS = NUMBER_WORDS | frozenset(ORDINALS) | RATE_WORDS | CLOCK_WORDS | DATE_WORDS
_TRIGGER = re.compile(
    rf"\d++|(?<![^\W_])(?i:{_trie(_WORDS)}(?![^\W_])|an?(?=[\s-](?:{AFTER_ARTICLE})))"
    rf"|(?<!\w)Q(?=[1-4](?!\w))|['’](?=[3-9]0s)|[{''.join(GLYPHS)}]"
)
_WORD_TAIL = re.compile(r"\w*+(?>(?:[-./]\w++){0,4})")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*\Z")
_HEAD = re.compile(r"([A-Za-z]+)[-–]\Z")
_PREFIXES = (
    frozenset(
        "mid early late circa pre post to or between and about over under nearly a in of".split()
    )
    | DATE_WORDS
)
"""Words that a hyphen may join to a number: mid-2014, but not COVID-19."""
_CODES = frozenset(code for code in SYMBOLS if code.isalpha())
_GROUPED = re.compile(r"\d{1,3},\d{3}")
_RAND = re.compile(r"\d{1,3}(?:[, ]\d{3})+\b|\d{1,3}(?:\.\d{1,2})?\s?(?:million|billion|bn|m)\b")
_MODEL = re.compile(r"\d[^\W\d_]")
_OF_THE = re.compile(r"\bof (?:the|its|his|her|their|our|these|those|all)\s\Z", re.IGNORECASE)
_THEN = re.compile(r"[^.;:!?()]{0,60},\s(?:only |just |some )?")
_DIALLED = frozenset("+(")
_JOINED = re.compile(
    r"\d++(?:\s?[–—:./-]|[^\W\d_]|\s(?:\d|[AaPp]\.?\s?[Mm]|[oO]['’]|[GUCBE][A-Z]|h(?:ou)?rs"
    r"|out\s|to\s|until\s|till\s|and\s|in\s|at\s|[A-Z]{2}\d))"
)
"""What follows the first digits of any serial number, time of day or score."""
_FOUR_K = re.compile(r"\dK(?!\w)")


def extract(text: str, *, as_of: date | None = None) -> list[Quantity]:
    """Find the quantities of `text` in order; they never overlap, and a range is one of them.

    `as_of` is the day on which the text was written: without it `yesterday` has no value.
    """
    found: list[Quantity] = []
    floor = at = 0
    while trigger := _TRIGGER.search(text, at):
        at = trigger.end()
        read = _read(text, trigger, floor, as_of)
        if isinstance(read, Quantity):
            found.append(_of_these(text, found, read))
            floor = at = read.end
        elif read > at:
            at = read
    return found


def _of_these(text: str, before: list[Quantity], count: Quantity) -> Quantity:
    """Give a bare count the noun of the whole: `of the 90 boats, 12 sank`."""
    whole = before[-1] if before else None
    if count.kind is not Kind.COUNT or count.unit or whole is None or not whole.unit:
        return count
    told = whole.kind is Kind.COUNT and _OF_THE.search(text, max(0, whole.start - 12), whole.start)
    if told and _THEN.fullmatch(text, whole.end, count.start):
        return replace(count, unit=whole.unit)
    return count


def _read(text: str, trigger: re.Match[str], floor: int, as_of: date | None) -> Quantity | int:
    """Read the quantity that a trigger begins; where there is none, say where to go on."""
    at = trigger.start()
    word = trigger[0].lower()
    found: Quantity | int | None
    if word[0].isdigit():
        found = _read_digits(text, at, floor, as_of)
    elif word in GLYPHS:
        found = read_quantity(text, at, floor, as_of)
    elif word in {"a", "an"}:
        found = read_article(text, at, floor, as_of)
    elif word in NUMBER_WORDS:
        found = read_number_word(text, at, word, floor, as_of)
    elif word in ORDINALS:
        found = read_ordinal_word(text, at, word, floor)
    elif word in RATE_WORDS:
        found = read_rate(text, at, word)
    elif word in CLOCK_WORDS:
        found = read_time_word(text, at, word)
    else:
        found = read_date_word(text, at, word, floor, as_of)
    return trigger.end() if found is None else found


def _read_digits(text: str, at: int, floor: int, as_of: date | None) -> Quantity | int:
    if at > floor and (stop := _glued(text, at)):
        return stop
    if marks_item(text, at):
        return _end_of_word(text, at)
    if not _GROUPED.match(text, at):
        found = read_dated_digits(text, at, floor)
        if found is None and (
            text[at] == "0" or text[max(0, at - 1) : at] in _DIALLED or _JOINED.match(text, at)
        ):
            found = read_serial(text, at) or read_clock(text, at) or read_score(text, at, floor)
        if found:
            return found
    number = read_number(text, at)
    if number and number.form is Form.ORDINAL:
        return make_ordinal(text, at, number)
    measured = read_quantity(text, at, floor, as_of)
    if isinstance(measured, Quantity) and _MODEL.match(text, measured.end - 1):
        return _end_of_word(text, at)  # 5G, 1080p, 221B
    return _end_of_word(text, at) if _FOUR_K.match(text, at) else measured


def _glued(text: str, at: int) -> int | None:
    """Skip digits that are part of a word or an address; None for those that stand alone."""
    before = text[at - 1]
    if before.isspace() or before == "(":
        return None
    if before.isalpha() or before == "_":
        code = text[max(0, at - 3) : at]
        if code in _CODES or code[-2:] in _CODES:
            return None
        rand = before == "R" and not text[at - 2 : at - 1].isalnum() and _RAND.match(text, at)
        return None if rand else _end_of_word(text, at)
    if before in "-–" and (head := _HEAD.search(text, max(0, at - 16), at)):
        return None if head[1].lower() in _PREFIXES else _end_of_word(text, at)
    if before in "=@" or (before in "/&?#:.-" and _ADDRESS.search(text, max(0, at - 80), at)):
        return _end_of_word(text, at)
    return None


def _end_of_word(text: str, at: int) -> int:
    match = _WORD_TAIL.match(text, at)
    return match.end() if match else at + 1
