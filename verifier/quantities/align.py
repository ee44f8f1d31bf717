"""Tells how far two places of two texts speak of the same thing, by the words around them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from verifier.quantities.compare import noun_group
from verifier.quantities.context import IRREGULAR_VERBS, preceded, singular
from verifier.quantities.events import GENERAL, SPECIAL
from verifier.quantities.values import Quantity

_TOKEN = re.compile(
    r"(?P<stop>[.!?][\"'”’)]?\s+(?=[A-Z\"“‘(])|\n\s*\n|(?<=\d)\s(?=(?:The|It|He|She|They)\s))|(?P<pause>[,;:()–—]|\band\b)|(?P<word>[^\W\d_]+)|\S"
)
_ACCENT = re.compile(r"[\u0300-\u036f]")
_IN_NAME = re.compile(r"[\w,’']\s\Z")
_NAME_ON = re.compile(r"\s[A-Z]")
_REACH = 40
"""Words farther away than this are not said of a value."""
_APART = 3
"""How many words a pause, or another quantity, counts for."""
_STOP = frozenset(
    """a an the and or but nor so yet of in on at by for from to with as is are was were be been
    being has have had do does did will would can could may might shall should must that which
    who whom whose this these those it its he him his she her they them their we us our you
    your i my me there here not no than then also about over under more less least most nearly
    almost some any each all into up out off down after before   during between s t
    approximately around fewer only just very per when where while because if such other
    another said says got due one ones together hold holds held holding take takes took taken
    taking place many much now happen happened occur occurred last lasts lasted""".split()
)
_SUFFIXES = ("ations", "ation", "ings", "ing", "ment", "ers", "er", "ed", "es", "ly", "s")
_SHORTEST = 3
_ROLES = {
    "start": "begin start commence open launch inaugurate kick since establish create form",
    "end": "end close finish conclude until expire till cease shut disband dissolve",
    "birth": "born birth b",
    "death": "die dead kill murder",
    "election": "elect appoint",
    "release": "release premiere publish air issue debut",
    "marriage": "marry marriage",
    "signing": "sign join transfer",
}
"""What a date may be the date of: words that say so. `found` and `open` share one: a beginning."""


def stem(word: str) -> str:
    """Cut a word to the part that its forms share; crude, the same for both texts."""
    base = singular(word)
    for suffix in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) >= _SHORTEST:
            base = base[: -len(suffix)]
            break
    base = base.removesuffix("e")
    if len(base) > _SHORTEST and base[-1] == base[-2]:
        base = base[:-1]
    return base[:-1] + "i" if base.endswith("y") else base


_SAME = {
    "began": "begin", "begun": "begin", "won": "win", "lost": "lose", "fell": "fall",
    "rose": "rise", "risen": "rise", "grew": "grow", "held": "hold", "sold": "sell",
    "made": "make", "took": "take", "met": "meet", "built": "build", "founded": "establish",
    "founding": "establish", "died": "die", "death": "die", "dying": "die", "wed": "marry",
    "globally": "world", "worldwide": "world", "global": "world", "internationally": "world",
    "earned": "gross", "earn": "gross", "earns": "gross", "collected": "gross",
    "opens": "open", "fatalities": "die", "deaths": "die", "until": "end", "till": "end",
    "expire": "end", "expires": "end", "expired": "end", "ends": "end", "ended": "end",
    "ending": "end", "conclude": "end", "concludes": "end", "concluded": "end",
    "finish": "end", "finishes": "end", "finished": "end", "since": "begin", "start": "begin",
    "starts": "begin", "started": "begin", "starting": "begin", "begins": "begin",
    "commenced": "begin", "commences": "begin", "fatality": "die", "stop": "end", "stops": "end",
    "stopped": "end", "abolished": "end", "abolish": "end", "election": "elect",
    "elections": "elect", "gathering": "meet", "gathers": "meet", "gathered": "meet",
    "gather": "meet", "meets": "meet", "convene": "meet", "convenes": "meet", "convened": "meet",
    "again": "next", "covid": "coronavirus", "cinema": "film",
} | {
    word: group.split(" ", 1)[0]
    for group in (
        "pay salary salaries wage wages paid pays earning earnings",
        "fine fines penalty penalties fined",
        "refuse rubbish garbage trash waste",
        "cancel cancelled canceled cancels scrap scrapped scraps axed",
        "weigh weighs weighed weight",
        "tram trams tramway tramways",
        "strike strikes struck walkout walkouts stoppage",
        "summit top peak",
        "climber climbers mountaineer mountaineers",
        "main key principal",
        "cost costs price prices priced fee fees charge charges",
        "sign signed signs signature signatures signing",
        "build builds building construct constructed construction constructing",
        "repair repairs repaired renovate renovated renovation refurbish refurbished",
        "child children kid kids youngster youngsters",
        "doctor doctors physician physicians medic medics",
        "firm firms company companies business businesses enterprise corporation",
        "buy buys bought purchase purchased acquire acquired acquisition",
        "sell sells sold sale sales",
        "show shows showed exhibition exhibitions display",
        "flat flats apartment apartments",
        "shop shops store stores",
        "town towns city cities municipality",
        "illness illnesses disease diseases sickness",
        "injure injured injuries injury hurt wounded",
        "prison prisons jail jails jailed imprisoned",
        "trial trials hearing hearings",
        "grant grants subsidy subsidies funding",
        "loan loans credit",
        "rent rents let lets",
        "pupil pupils student students schoolchildren",
        "teacher teachers lecturer lecturers tutor tutors",
        "flood floods flooding flooded inundation",
        "earthquake earthquakes quake quakes tremor",
        "wildfire wildfires blaze blazes fire fires",
        "attend attends attended attendance turnout",
        "spectator spectators audience audiences crowd crowds visitor visitors",
        "flight flights departure departures",
        "erect erected put",
        "survive survived survives survivor survivors alive",
    )
    for word in group.split()
}  # fmt: skip
_ROLE_OF = {stem(word): role for role, words in _ROLES.items() for word in words.split()}


def normal(word: str) -> str:
    """Give one stem for the forms of a word, in lower case, and for those that mean the same."""
    return stem(_SAME.get(word, noun_group(singular(word))))


_GENERAL = frozenset(map(normal, GENERAL))
_EVENTS = _GENERAL | frozenset(map(normal, SPECIAL))

_ARTICLES = frozenset("a an the its his her their our this that these those another each".split())
_NOUN_FOLLOWS = _ARTICLES | {"s", "of", "every", "no"}
_LINKS = {word: word for word in "of in on at by for from to with than as s about over".split()}
_DEFINITE = re.compile(r"\W*(?:the|it|its|he|she|his|her|they|their|this|these)\b", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"(?:est|first|second|third|new|old|most|total|main|overall|previous|preceding|next|following)\Z"
)


def _plain(word: str) -> str:
    """Drop accents, which one text may leave out."""
    return word if word.isascii() else _ACCENT.sub("", unicodedata.normalize("NFD", word))


class Word(NamedTuple):
    """A content word: its stem, its place among the words of its text, and what it hangs on."""

    stem: str
    place: int
    sentence: int
    clause: int
    name: bool
    """Whether it is a name, by its capital: in mid-sentence, or before another capital."""
    noun: bool
    """Whether an article, a possessive or `of` stands before it, or the beginning of a sentence."""
    previous: str
    """The stem before it, "#" for a quantity, "" at the start of a clause."""
    link: str
    """The preposition between the two, "be" for an auxiliary, "" for none."""
    bare: bool = False
    """Whether a sentence begins with it, so that its capital tells nothing."""
    verb: bool = False
    """Whether it looks like a verb in the past, or a participle."""


class Words:
    """The content words of a text, without those inside its quantities."""

    def __init__(self, text: str, quantities: list[Quantity]) -> None:
        self.words: list[Word] = []
        self.places: dict[int, Word] = {}
        """By the start of a quantity, what would be the word there."""
        spans = {quantity.start: quantity.end for quantity in quantities}
        sentence = clause = place = end = 0
        previous = link = ""
        noun = first = True
        self.articles = text.lstrip()[:4].lower().startswith(("the ", "a ", "an "))
        """Whether it begins with an article, so that its first word can't be a name."""
        self.definite = bool(_DEFINITE.match(text))
        """Whether it begins with something known from before: `it`, `the film`."""
        for match in _TOKEN.finditer(text):
            lower = _plain(match[0].lower())
            if match.start() in spans:
                self.places[match.start()] = Word(
                    "#", place, sentence, clause, name=False, noun=False, previous=previous,
                    link=link,
                )  # fmt: skip
                place, end = place + _APART, spans[match.start()]
                previous, link, noun = "#", "", False
            elif match.start() < end:
                continue
            elif match.lastgroup == "stop":
                sentence, clause, previous, link, noun = sentence + 1, clause + 1, "", "", True
                first = True
            elif match.lastgroup == "pause":
                place, clause, previous, link, noun = place + _APART, clause + 1, "", "", False
            elif lower in {"'", "’"} and text[match.start() - 1 : match.start()] == "s":
                link = "s"
            elif lower in _STOP:
                noun, first = lower in _NOUN_FOLLOWS, False
                link = link if lower in _ARTICLES else _LINKS.get(lower, "be")
            elif match.lastgroup == "word":
                place += 1
                name = match[0][0].isupper() and bool(
                    preceded(_IN_NAME, text, match.start(), 3) or _NAME_ON.match(text, match.end())
                )
                word = normal(lower)
                bare, first = first and not name, False
                verb = not name and (
                    lower.endswith("ed")
                    or lower in IRREGULAR_VERBS
                    or (lower.endswith("ing") and not noun)
                )
                self.words.append(
                    Word(word, place, sentence, clause, name, noun, previous, link, bare, verb)
                )
                noun = noun and bool(_ADJECTIVE.search(lower))
                previous, link = word, ""

    def near(self, quantity: Quantity, *, aliases: bool = False) -> dict[str, int]:
        """Give the stems around a quantity, in its sentence, with their distance from it.

        Distance counts content words; a pause or another quantity between counts as several.
        With `aliases`, an event that is told of there has its other names too.
        """
        at = self.places.get(quantity.start)
        place, sentence = (at.place, at.sentence) if at else (0, -1)
        found: dict[str, int] = {}
        first = bisect_left(self.words, place - _REACH, key=lambda word: word.place)
        last = bisect_left(self.words, place + _REACH, key=lambda word: word.place)
        for word in self.words[first:last]:
            if word.sentence != sentence:
                continue
            distance = (
                place - word.place if word.place <= place else word.place - place - _APART - 1
            )
            found[word.stem] = min(distance, found.get(word.stem, distance))
        told = min((found[word] for word in _EVENTS & found.keys()), default=None)
        if aliases and told is not None:
            found = dict.fromkeys(self._aliases, told) | found
        return found

    def names(self) -> frozenset[str]:
        """Give the words that are part of a name."""
        return frozenset(word.stem for word in self.words if word.name)

    def by_sentence(self) -> dict[int, set[str]]:
        """Give the content words of each sentence, by its number."""
        found: dict[int, set[str]] = {}
        for word in self.words:
            found.setdefault(word.sentence, set(self._aliases)).add(word.stem)
        return found

    def stems(self) -> frozenset[str]:
        """Give all content words of the text, and the other names of its one event."""
        return frozenset(word.stem for word in self.words) | self._aliases

    @cached_property
    def _aliases(self) -> frozenset[str]:
        """Give what else the one event of the text may be called; nothing where it has several.

        `The gathering` may be any event, while a festival is an event but no conference.
        """
        events = [word for word in self.words if word.stem in _EVENTS]
        special = {word.stem for word in events} - _GENERAL
        definite = any(word.noun for word in events if word.stem in _GENERAL)
        if not events or len(special) > 1 or not (special or definite):
            return frozenset()
        return _GENERAL | special if special else _EVENTS


def overlap(claim: dict[str, int], evidence: dict[str, int], elsewhere: frozenset[str]) -> float:
    """Share of the words around the claim's value that stand around the evidence's; in [0, 1].

    Near words count for more; a word that the evidence has in another sentence counts a half.
    """
    total = sum(_weight(distance) for distance in claim.values())
    if not total:
        return _UNTOLD
    shared = 0.0
    for word, distance in claim.items():
        if word in evidence:
            shared += _weight(distance) * max(_FAR, 1.0 - evidence[word] * _FADE)
        elif word in elsewhere:
            shared += _weight(distance) * _FAR
    return shared / total


_UNTOLD = 0.5
_FAR = 0.5
_FADE = 0.03


def _weight(distance: int) -> float:
    return 1 / (1 + distance / 4)


def role(near: dict[str, int]) -> str:
    """Say what a date is the date of, by the nearest word that tells; "" if none does."""
    told = [(distance, _ROLE_OF[word]) for word, distance in near.items() if word in _ROLE_OF]
    return min(told)[1] if told else ""


def without_roles(near: dict[str, int]) -> dict[str, int]:
    """Leave out the words that only say what a date is the date of."""
    return {word: distance for word, distance in near.items() if word not in _ROLE_OF}
