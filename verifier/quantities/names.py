"""Tells numbers that belong to a name (`Boeing 747`, `10 Downing Street`) from those that count."""

from __future__ import annotations

import re

_NAMED = frozenset(
    """no no. nos nos. № number article articles section sections chapter chapters page pages p.
    pp. verse volume vol.
    vol figure fig. fig table boeing airbus iso route windows psalm room flight channel apollo
    fortune resolution version v v.
    ver. phase platform gate highway interstate motorway junction type model bus block act appendix
    annex clause rule
    paragraph para para. part step item question season episode round game stage class category
    tier size android ios
    python playstation xbox iphone galaxy ps catch area union local unit district ward precinct
    zone zip postcode box
    suite apartment flat euro formula war bowl lane exit pier terminal track schedule title group
    level grade year
    day week mark division league din en rfc python java html css usb bluetooth office photoshop
    firefox chrome psalms
    genesis exodus matthew luke romans corinthians hebrews ipad macos ubuntu lot hall court
    building studio pool
    cohort amendment code id ref ref. reference invoice order case bill proposition prop top radio
    extension ext. tel
    tel. phone fax isbn issn doi line engine cloud ngc hd psr""".split()
)
_COUNTABLE = frozenset(
    "no day week year group local unit area order case lot court class level line".split()
)
"""Words of `_NAMED` that name a number only where they are capitalised or end a noun phrase."""
_WORD_BEFORE = re.compile(r"([A-Za-z№][\w'’.]{0,20})[ \u00a0]\Z")
_OPENERS = frozenset(
    """in at on by for from of to the a an and but or nor so yet about some over under nearly
    almost around between more
    less than fewer least most up only just another all both these those there with after before
    since until within as
    if when while this that his her its their our my your approximately roughly every other any
    what which who had has
    have was were is are be been will would may might can could should not also then now today
    yesterday last next first
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september
    october november december officials police people authorities total altogether exactly because
    though although
    including minus plus during against per through throughout near like even still out off down
    ago aged""".split()
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\b")
_MARKER = re.compile(r"\d{1,3}[.)]\s+(?=\S)")
_LINE_START = re.compile(
    r"(?:\A|[.:;!?)\"”\n][ \t]*\n|(?:\A|\n)[ \t]*\d{1,3}[.)][^\n]{1,80}\n)[ \t]*\Z"
)
_MOVE = re.compile(r"\d{1,3}\.\s(?=[a-z])")
_TITLE = re.compile(r"[ \u00a0]([A-Z][a-z]+)|-[A-Z][a-z]")
_ZIP_CODE = re.compile(r"\d{5}(?=,\s[A-Z])")
_DAYS_AND_MONTHS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)


def names_number(text: str, at: int, noun: str) -> bool:
    """Tell whether the number at `at` belongs to the name before it: `Boeing 747`, `Article 7`.

    `noun`: what the number would count, "" for nothing.
    """
    if at and text[at - 1] == "#":
        return True
    match = _WORD_BEFORE.search(text, max(0, at - 24), at)
    if match is None:
        return False
    word = match[1]
    lower = word.lower()
    grouped = _GROUPED.match(text, at) is not None
    if lower in _NAMED:
        return lower not in _COUNTABLE or word[0].isupper() or not (noun or grouped)
    return (
        not grouped
        and word[0].isupper()
        and lower not in _OPENERS
        and not noun
        and not lower.endswith(".")
    )


def marks_item(text: str, at: int) -> bool:
    """Tell whether the digits at `at` number a line of a list or a move: `1. e4`."""
    if _MOVE.match(text, at):
        return True
    return bool(_MARKER.match(text, at) and _LINE_START.search(text, max(0, at - 96), at))


def begins_name(text: str, at: int, end: int) -> bool:
    """Tell whether digits that count no noun begin a name or an address: `10 Downing Street`."""
    title = _TITLE.match(text, end)
    if title:
        return not (title[1] and _DAYS_AND_MONTHS.match(title[1]))
    return bool(_ZIP_CODE.match(text, at))
