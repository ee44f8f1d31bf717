"""Reads quantities that begin with a word: `one`, `half`, `a third`, `195th`, `a week-long`.

Most of it tells numbers from what only looks like one: `one of the`, `no one`, the first lady,
a third party, the second half.
"""

from __future__ import annotations

import re
from datetime import date

from verifier.quantities.clock import read_spoken_time
from verifier.quantities.context import counted_noun, preceded
from verifier.quantities.dated import place_date
from verifier.quantities.dates import DateMatch, read_date
from verifier.quantities.measure import read_quantity
from verifier.quantities.number_words import DENOMINATORS, FEW, ORDINALS, TEENS, TENS, UNITS, VAGUE
from verifier.quantities.numbers import Form, Number, read_number
from verifier.quantities.values import Kind, PartialDate, Quantity

NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS, *(v.split(" ")[0] for v in VAGUE), *FEW, "half"})
AFTER_ARTICLE = (
    "hundred|thousand|million|billion|trillion|dozen|couple|few|half|third|quarter|fourth|fifth"
    "|sixth|seventh|eighth|ninth|tenth|second|minute|hour|day|week|fortnight|month|year|decade"
    "|century|mile|kilometre|kilometer|metre|meter|foot|inch|yard|tonne|ton|kilo|kilogram|pound"
    "|ounce|litre|liter|pint|gallon|acre|hectare"
)
_ONE_AFTER = frozenset(
    """of another or and can could may must should would will is was has had who that which to in
    on at by for from with thing way hand off sided might does did do than as more but if such
    size time""".split()
)
_ONE_BEFORE = frozenset(
    """no any this that the every each which some another only own new old big good bad first last
    same right like""".split()
)
_ORDINAL_TRAPS = re.compile(
    r"""[\s-](?:lad(?:y|ies)|aid|names?|hand|part(?:y|ies)|class|person|world|thoughts?|nature
    |degree|half|language|responders?|minister|secretary|amendment|mate|refusal|instance|glance
    |sight|thing|foremost|order|rate|tier|born|of\ all|and\ foremost|cousin|estate|column|wheel
    |gear|guess\w*|wind|fiddle|string|ones?|in\ command|gentleman|leg|time\ buyers?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_RANKED = re.compile(
    r"\b(?:the|his|her|its|their|my|our|that|this|a|came|finish\w*|plac\w+|rank\w*|in|for|was|is"
    r"|and|on|to|\w*['’]s)\s+\Z",
    re.IGNORECASE,
)
_SECOND_OF_TIME = re.compile(r"(?:\bper|\bsplit|\bone|\bevery|\d)\s?\Z", re.IGNORECASE)
_AT = re.compile(r"\bat \Z", re.IGNORECASE)
_HALF_BEFORE = re.compile(
    r"(?:\b(?:first|second|other|better|latter|each|opening|third|fourth|last|past|final|per"
    r"|previous|next|1st|2nd|this)\s+|-)\Z",
    re.IGNORECASE,
)
_HALF_AFTER = re.compile(
    r"-(?!hour|year|mile|million|billion|dozen|century|day)|\s+(?:past|time|term)\b"
)
_HALVED = re.compile(r"\s+an?\b|\s+[\w-]+s\b")
_SHARE_AFTER = re.compile(
    r"""\s+(?:of|the|its|their|his|her|all|our|more|less|fewer|higher|lower|to|from|in|since|by|on
    |this|that|compared|majority|stake|share)\b|[.,;:)!?]|\s?\Z|\s+[–-]\s|-(?:majority|stake)\b""",
    re.VERBOSE,
)
_OF_NO_YEAR = re.compile(r"\s+of\b(?!\s(?:19|20)\d\d)")
_BY = re.compile(r"\b(?:by|than|nearly|almost|about|over|only|just|around)\s\Z")
_FOR = re.compile(
    r"\b(?:for|within|in|after|lasted|lasting|lasts|took|takes|take|than|least|about|nearly|almost"
    r"|over|around|of|another|just|last|spent|spend)\s+\Z",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[\s-]\w+(?:-long\b|\s(?:long|later|ago|earlier|and a half|or (?:so|more)|higher|lower|longer"
    r"|shorter|deeper|taller|heavier|lighter)\b)"
)
_OCLOCK = re.compile(r"\s+o['’]clock(?:\s+in\s+the\s+(morning|afternoon|evening))?")
_TITLE_BEFORE = re.compile(r"(?:[A-Za-z,] |\d-)\Z")
_SECOND_OF_ALL = re.compile(r"an? second (?=[a-z]{3})", re.IGNORECASE)
_IN_THE_PLACE = re.compile(r"\bin the\s\Z", re.IGNORECASE)
_PLACE = re.compile(r"\splace\b")
_TITLE_AFTER = re.compile(r"[ -][A-Z]")
_FEW_OF_THEM = re.compile(r"\s(?:few|several|\d)")
_WORD_AFTER = re.compile(r"[\s-]([A-Za-z]+)")
_COMPOUND = re.compile(
    r"""-(?!(?:year|month|week|day|hour|minute|second|mile|foot|member|person|to-|or-|point|storey
    |story|time|metre|inch|fold|part|bed|run|game|man|woman|goal|seat|car|way|door|kilomet|pound
    |star|ton|acre|nation|party|judge|match|set|game|volume|book|film|episode|floor|room|team))""",
    re.VERBOSE,
)


def read_article(text: str, at: int, floor: int, as_of: date | None) -> Quantity | int:
    """Read what `a` begins: a number (a hundred), a share (a third) or one unit (a week)."""
    number = read_number(text, at)
    if number is not None:
        if spoken := read_spoken_time(text, at):
            return spoken
        if number.form is Form.FRACTION:
            return _share(text, at, number, floor, as_of)
        return read_quantity(text, at, floor, as_of)
    if second := _SECOND_OF_ALL.match(text, at):
        return second.end() - len("second ")  # a second term
    if _LATER.match(text, at + 1) or preceded(_FOR, text, max(at, floor)):
        found = read_quantity(text, at, floor, as_of)
        if isinstance(found, Quantity) and found.kind is not Kind.COUNT:
            return found
    return at + 1


def _share(text: str, at: int, number: Number, floor: int, as_of: date | None) -> Quantity | int:
    """Read `a third of` as a share, `a third term` as an ordinal, `a quarter` not at all."""
    name = re.split(r"[\s-]", text[at : number.end])[-1].lower()
    if name == "half" or _SHARE_AFTER.match(text, number.end):
        if name == "quarter" and not (
            _OF_NO_YEAR.match(text, number.end) or preceded(_BY, text, at)
        ):
            return number.end
        return read_quantity(text, at, floor, as_of)
    if name in ORDINALS and name in DENOMINATORS:
        return read_ordinal_word(text, number.end - len(name), name, floor)
    return number.end


def read_number_word(  # noqa: PLR0911 - one exit a rule
    text: str, at: int, word: str, floor: int, as_of: date | None
) -> Quantity | int:
    """Read what a cardinal word begins."""
    if spoken := read_spoken_time(text, at):
        return spoken
    if word == "half":
        return _read_half(text, at, floor, as_of)
    number = read_number(text, at)
    if number is None or (at - 1 > floor and text[at - 1] == "-" and text[at - 2].isalpha()):
        return at + len(word)
    if text[at].isupper() and _in_name(text, at, word, number.end):
        return number.end
    if number.form is Form.YEAR:
        year = PartialDate(int(number.value))
        return place_date(text, at, DateMatch(((year, year),), number.end), floor)
    if number.form is Form.ORDINAL:
        return read_ordinal_word(text, at, word, floor)
    if word == "one" and number.value == 1:
        return _read_one(text, at, floor, as_of)
    oclock = _OCLOCK.match(text, number.end)
    if oclock:
        return _on_the_hour(text, at, number.value, oclock)
    if number.form is Form.CARDINAL and _COMPOUND.match(text, number.end):
        return number.end
    return read_quantity(text, at, floor, as_of)


def _in_name(text: str, at: int, word: str, end: int) -> bool:
    """Tell whether a capital makes it a name: The Three Musketeers, One Direction, the Big Four."""
    inside = preceded(_TITLE_BEFORE, text, at, 2) is not None
    return inside or (word == "one" and _TITLE_AFTER.match(text, end) is not None)


def _on_the_hour(text: str, at: int, hour: float, match: re.Match[str]) -> Quantity:
    later = match[1] in {"afternoon", "evening"} and hour < 12  # noqa: PLR2004
    minutes = hour * 60 + (720 if later else 0)
    unit = "" if match[1] else "12-hour"
    return Quantity(at, match.end(), text[at : match.end()], Kind.TIME, minutes, minutes, unit)


def _read_one(text: str, at: int, floor: int, as_of: date | None) -> Quantity | int:
    """Read `one` only where it counts something: not in `no one`, `one of the`, `one another`."""
    end = at + len("one")
    words = text[max(0, at - 16) : at].split()
    if words and words[-1].lower() in _ONE_BEFORE and text[at - 1].isspace():
        return end
    found = read_quantity(text, at, floor, as_of)
    if isinstance(found, int):
        return found
    after = _WORD_AFTER.match(text, end)
    if (
        found.kind is Kind.DURATION
        and found.text.lower() == "one day"
        and not preceded(_FOR, text, at)
    ):
        return found.end  # one day he will return
    if (
        found.kind is Kind.COUNT
        and found.end == end
        and (after is None or after[1].lower() in _ONE_AFTER or not found.unit)
    ):
        return end
    return found


def _read_half(text: str, at: int, floor: int, as_of: date | None) -> Quantity | int:
    end = at + len("half")
    number = read_number(text, at)
    if number is None or preceded(_HALF_BEFORE, text, at) or _HALF_AFTER.match(text, end):
        return end
    found = read_quantity(text, at, floor, as_of)
    if isinstance(found, Quantity) and found.kind is Kind.SHARE:
        followed = _SHARE_AFTER.match(text, number.end) or _HALVED.match(text, number.end)
        return found if followed else number.end
    return found


def read_ordinal_word(text: str, at: int, word: str, floor: int) -> Quantity | int:
    """Read an ordinal in words where it ranks something: not the first lady, nor at first."""
    match = read_date(text, at)
    if match:
        return place_date(text, at, match, floor)
    number = read_number(text, at)
    if number is None:
        return at + len(word)
    name = _TITLE_AFTER.match(text, number.end) or preceded(_TITLE_BEFORE, text, at, 2)
    trap = (
        (word == "second" and preceded(_SECOND_OF_TIME, text, at))
        or (text[at].isupper() and name)
        or _ORDINAL_TRAPS.match(text, number.end)
        or preceded(_AT, text, at)
        or (_PLACE.match(text, number.end) and preceded(_IN_THE_PLACE, text, at))
    )
    return number.end if trap else make_ordinal(text, at, number)


def make_ordinal(text: str, at: int, number: Number) -> Quantity | int:
    """Make an ordinal, if a noun or a rank shows that it numbers something."""
    end = number.end
    noun = counted_noun(text, end, one=True)
    if noun in NUMBER_WORDS or _FEW_OF_THEM.match(text, end):
        return end  # the first three matches
    if not noun and not number.digits and not preceded(_RANKED, text, at):
        return end
    return Quantity(at, end, text[at:end], Kind.ORDINAL, number.value, number.value, noun)
