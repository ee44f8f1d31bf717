"""What stands around a number: bounds before and after it, the counted noun, names with numbers."""

from __future__ import annotations

import math
import re
from enum import Enum, auto
from typing import NamedTuple

from verifier.quantities.shapes import MONTH


class Modifier(Enum):
    """How a word such as `nearly` changes the value x that it qualifies."""

    ABOUT = auto()
    NEARLY = auto()
    JUST_OVER = auto()
    ABOVE = auto()
    AT_LEAST = auto()
    BELOW = auto()
    AT_MOST = auto()


TOLERANCE = 0.05
"""How far `about` reaches to either side, as a share of the value."""

_BEFORE = {
    Modifier.ABOUT: "about|around|some|roughly|approximately|approx|approx.|circa|ca.|c."
        "|an estimated|estimated"
    "|in the region of|in the order of|something like|perhaps|or so|the best part of",
    Modifier.NEARLY: "nearly|almost|just under|just below|close to|nearing|approaching|not quite"
        "|just short of"
    "|a little under|slightly under|slightly below|slightly less than|a little less than"
    "|just less than"
    "|just shy of|well-nigh",
    Modifier.JUST_OVER: "just over|just above|slightly over|slightly above|slightly more than"
        "|a little over"
    "|a little more than|just more than",
    Modifier.ABOVE: "over|more than|above|exceeding|in excess of|greater than|higher than"
        "|longer than|older than"
    "|larger than|bigger than|heavier than|stronger than|faster than|taller than|deeper than"
    "|hotter than|warmer than|later than|well over|far more than|topping|surpassing|exceeds"
    "|exceeded|upwards of",
    Modifier.AT_LEAST: "at least|no fewer than|no less than|not less than|not fewer than"
        "|a minimum of|minimum of",
    Modifier.BELOW: "under|below|less than|fewer than|lower than|smaller than|younger than"
        "|shorter than|lighter than|slower than|cheaper than|colder than|cooler than|weaker than"
    "|short of|shy of"
    "|well under|far fewer than|far less than|well below",
    Modifier.AT_MOST: "at most|up to|no more than|not more than|as many as|as much as"
        "|a maximum of|maximum of"
    "|not exceeding|no higher than|no longer than|no greater than|no later than",
}  # fmt: skip
BEFORE = {phrase: kind for kind, phrases in _BEFORE.items() for phrase in phrases.split("|")}
SIGNS = {"~": Modifier.ABOUT, "≈": Modifier.ABOUT, ">": Modifier.ABOVE, "<": Modifier.BELOW,
         "≥": Modifier.AT_LEAST, "≤": Modifier.AT_MOST}  # fmt: skip
_LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in BEFORE)
AFTER = re.compile(
    r"(?P<least>\+(?![\d+])|(?:\s|-)plus(?=\s[a-z])|\s+or\s+(?:more|over|above|older|higher|longer|greater)\b)"
    r"|(?P<most>\s+or\s+(?:less|fewer|under|below|younger|lower)\b)"
    r"|(?P<about>\s+or\s+so\b|-odd\b|-ish\b|ish\b|,?\s+give\s+or\s+take\b)",
    re.IGNORECASE,
)
_REACH = 32


def preceded(
    pattern: re.Pattern[str], text: str, at: int, reach: int = _REACH
) -> re.Match[str] | None:
    """Match what stands right before `at`; `pattern` is anchored there, within `reach`."""
    return pattern.search(text, max(0, at - reach), at)


_THAN = frozenset({"more than", "fewer than", "less than", "higher than", "lower than"})
_SO_MANY = re.compile(
    r"(?:(?<![\d:.,])(?!(?:1[5-9]|20)\d\d\s)\d(?:[\d.,]*\d)?|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|hundred"
    r"|thousand|million|percent|per cent|points?)|%)\s\Z"
)
_DAY_OF_MONTH = re.compile(rf"\b{MONTH}\s\d{{1,2}}\s\Z")
_ACROSS = re.compile(r"(?:\b(?i:exten|spread|span|stretch|sprawl)\w{0,5}|\AAveraged)\s\Z")


def modifier_before(text: str, at: int, floor: int = 0) -> tuple[Modifier, int] | None:
    """Find the modifier that ends right before `at`, and where it starts, not before `floor`."""
    if at > floor and text[at - 1] in SIGNS:
        return SIGNS[text[at - 1]], at - 1
    window = text[max(floor, at - _REACH) : at].lower()
    words = window.split()[-4:]
    if not words or words[-1].lstrip("(“\"'‘[") not in _LAST_WORDS or not window[-1].isspace():
        return None
    for first in range(len(words)):
        phrase = " ".join(words[first:]).lstrip("(“\"'‘[—–")
        if phrase in BEFORE:
            head = phrase.split(" ", 1)[0]
            cut = len(window)
            for _ in range(len(words) - first):
                cut = len(window[:cut].rstrip())
                cut = max(window.rfind(space, 0, cut) for space in " \n\t\u00a0") + 1
            start = at - len(window) + window.index(head, cut)
            if phrase == "over" and preceded(_ACROSS, text, start):
                return None  # extends over 3 acres
            so_many = phrase in _THAN and preceded(_SO_MANY, text, start)
            if so_many and not preceded(_DAY_OF_MONTH, text, start):
                return None  # six fewer than a year earlier
            return BEFORE[phrase], start
    return None


def modifier_after(text: str, at: int) -> tuple[Modifier, int] | None:
    """Find the modifier that starts at `at`, and where it ends."""
    match = AFTER.match(text, at)
    if match is None:
        return None
    kinds = {"least": Modifier.AT_LEAST, "most": Modifier.AT_MOST, "about": Modifier.ABOUT}
    return kinds[str(match.lastgroup)], match.end()


class Interval(NamedTuple):
    """A value between two ends, either of which may be left out."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False


def modified(interval: Interval, modifier: Modifier | None) -> Interval:  # noqa: PLR0911 - one exit a rule
    """Apply a modifier to a value or a range."""
    low, high = interval.low, interval.high
    slack_low, slack_high = abs(low) * TOLERANCE, abs(high) * TOLERANCE
    match modifier:
        case Modifier.ABOUT:
            return Interval(low - slack_low, high + slack_high, approximate=True)
        case Modifier.NEARLY:
            return Interval(low - slack_low, high, high_open=True, approximate=True)
        case Modifier.JUST_OVER:
            return Interval(low, high + slack_high, low_open=True, approximate=True)
        case Modifier.ABOVE:
            return Interval(low, math.inf, low_open=True)
        case Modifier.AT_LEAST:
            return Interval(low, math.inf)
        case Modifier.BELOW:
            return Interval(-math.inf, high, high_open=True)
        case Modifier.AT_MOST:
            return Interval(-math.inf, high)
        case None:
            return interval


_NOT_NOUNS = frozenset(
    """a about above after again against ago all along also although among an and another are
    around as at away back
    be became because been before being below between both but by came can could did do does down
    due during each
    either else ever every except few for from further gave get give go goes going gone got had has
    have he held her
    here him his how however i if in including inside instead into is it its itself just kept last
    later less like
    made many may me might more most much must my near neither never next no nor not now of off on
    once one only onto
    or other our out outside over own per rather said same say saying says she should since so some
    still such take
    taken than that the their them then there these they this those though through thus till to
    today together too
    took toward towards under until unless up upon us versus very via vs was we went were what when
    where whereas
    whether which while who whom whose why will with within without won would yesterday yet you
    your 's""".split()
)
_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "police": "police",
    "feet": "foot",
    "teeth": "tooth", "mice": "mouse", "geese": "goose", "lives": "life", "wives": "wife",
    "wolves": "wolf",
    "knives": "knife", "leaves": "leaf", "shelves": "shelf", "thieves": "thief", "loaves": "loaf",
    "aircraft": "aircraft", "sheep": "sheep", "fish": "fish", "deer": "deer", "species": "species",
    "series": "series", "staff": "staff", "crew": "crew", "troops": "troop", "cattle": "cattle",
    "criteria": "criterion", "phenomena": "phenomenon", "spacecraft": "spacecraft",
    "helicopters": "helicopter",
    "personnel": "personnel", "firemen": "fireman", "policemen": "policeman",
    "sportsmen": "sportsman",
    "movies": "movie", "cookies": "cookie", "ties": "tie", "zombies": "zombie", "buses": "bus",
    "analyses": "analysis",
    "crises": "crisis", "bases": "base", "cases": "case", "houses": "house", "horses": "horse",
    "nurses": "nurse",
    "courses": "course", "uses": "use", "businesses": "business", "viruses": "virus",
    "campuses": "campus",
    "gases": "gas", "phases": "phase", "purchases": "purchase", "databases": "database",
    "times": "time",
    "fishermen": "fisherman", "offspring": "offspring", "swiss": "", "gallons": "gallon",
}  # fmt: skip
_SINGULAR_S = ("ss", "us", "is", "'s", "’s", "ics", "ous")
_NOUNS = re.compile(r"[ \u00a0-]((?:[A-Za-z][\w'’-]{0,24} ){0,4}[A-Za-z][\w'’-]{0,24})")
_OF = re.compile(
    r" of (?:(?:(?:the|its|his|her|their|our|these|those|all)(?: [a-z]{2,20}['’]s)?"
    r"|[A-Z]\w{1,20}['’]s?)(?: \d[\d,]{0,9})? ?)?"
)


def singular(noun: str) -> str:
    """Make an English noun singular: lower case, by the common rules and a table."""
    noun = noun.lower()
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004 - pies, ties
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(_SINGULAR_S):
        return noun[:-1]
    return noun


def is_plural(noun: str) -> bool:
    """Tell whether a word has the shape of a plural noun."""
    lower = noun.lower()
    return lower in _PLURALS or (
        len(lower) > 2 and lower.endswith("s") and not lower.endswith(_SINGULAR_S)  # noqa: PLR2004
    )


def counted_noun(text: str, at: int, *, one: bool = False) -> str:
    """Find the noun that a number ending at `at` counts, in the singular; "" where there is none.

    `one`: the number takes a singular noun, so that no plural shows where the noun is.
    """
    of = _OF.match(text, at)
    match = _NOUNS.match(text, of.end() - 1 if of else at)
    if match is None:
        return ""
    nouns: list[str] = []
    for word in match[1].split(" "):
        if word.lower() in _NOT_NOUNS:
            break
        if nouns and is_plural(nouns[-1]) and not is_plural(word):
            break
        nouns.append(word)
    while nouns and not is_plural(nouns[-1]) and not one:
        nouns.pop()
    if one:
        return _singular_head(nouns)
    return singular(nouns[-1]) if nouns else ""


IRREGULAR_VERBS = frozenset(
    """beat became began bought broke brought built came cost drew drove earn fell felt flew fought
    found gave grew held hit hurt kept knew led left lost made met paid quit ran read rode rose
    sang sat saw sent set shot sold sought spent spoke stole stood struck swam taught thought
    threw told took went won wore wrote""".split()
)


def _singular_head(nouns: list[str]) -> str:
    """Guess the noun after `one` or an ordinal: the last of three words that don't look verbal."""
    head = ""
    for word in nouns[:4]:
        if word.endswith(("est", "most", "placed", "ranked")) and not head:
            continue
        if head and (
            word.endswith(("ed", "ing", "ly")) or is_plural(word) or word in IRREGULAR_VERBS
        ):
            break
        head = word
    return head.lower()
