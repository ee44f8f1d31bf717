"""Tells, by rules about single words, when two values are said of different things.

`align` measures how many words two places share. One word that differs may outweigh them: the
poet's widow for the poet, 40 kilograms of ivory for 1.5 tonnes of cocaine, May for July.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from verifier.quantities.align import Word, Words
from verifier.quantities.compare import barely_missed, compare
from verifier.quantities.context import IRREGULAR_VERBS
from verifier.quantities.number_words import TEENS, UNITS
from verifier.quantities.slots import ANOTHER, replaced
from verifier.quantities.values import Kind, Outcome, PartialDate, Quantity

_MARKED = re.compile(
    r"\b(?!(?:and|the|but|for|nor|that|which|between|from|with|into)\b)([^\W\d_]{3,}) "
    r"([A-HJ-Z]\b(?![.'’]| [A-Z])|[A-Z]{1,3}-?\d{1,4}\b)"
)
"""A noun and its mark, `A` or `H5`; not `I`, a pronoun or number, nor the initial of a name."""
_MARK_PART = re.compile(r"\d+|[^\W\d_]+")
_HEAD = re.compile(r"\b([^\W\d_]{3,})[ -]\Z")
_NUMBERS = {word: str(number) for word, number in (UNITS | TEENS).items()}
_WHERE = frozenset({"in", "at", "from"})
_NO_PURPOSE = frozenset({"instanc", "exampl"})
_REACH = 6
"""How many words after a value may still say what it is a value of."""


class Scope:
    """The two texts, and what the claim's words say that it is about."""

    def __init__(
        self, claim: Words, evidence: Words, claims: list[Quantity], values: list[Quantity]
    ) -> None:
        self._claim, self._evidence = claim, evidence
        self._claim_dates = [q for q in claims if q.kind is Kind.DATE]
        self._evidence_dates = [q for q in values if q.kind is Kind.DATE]
        self._claim_turns = [q for q in claims if q.kind is Kind.ORDINAL]
        self._evidence_turns = [q for q in values if q.kind is Kind.ORDINAL]
        known = evidence.stems()
        self._subject = _subject(claim)
        self._foreign = self._is_foreign(known)
        self._replaced = replaced(claim, evidence)
        heads = {w.stem for w in _owned(self._subject) if w.stem in known and not w.name}
        clauses: dict[str, int] = {}
        for word in evidence.words:
            if word.stem in heads and word.link != "as":
                clauses.setdefault(word.stem, 0 if word.name else word.clause)
        self._subject_clause = max(clauses.values(), default=0)
        """The clause of the evidence that first has the last of the words for the subject."""
        self._first_nouns: dict[int, int] = {}
        """By the number of the evidence's sentence, the place of its first noun."""
        for word in evidence.words:
            if word.noun or word.name:
                self._first_nouns.setdefault(word.sentence, word.place)

    def differs(self, claim: Quantity, evidence: Quantity) -> bool:
        """Tell whether the two values are said of different things or of different times."""
        if barely_missed(claim, evidence):
            return (
                self.is_new(claim, evidence, foreign=False)
                or self.other_time(claim, evidence, surely=True)
                or self.other_turn(claim, evidence)
            )
        return (
            self.is_new(claim, evidence)
            or self._subject_follows(self._evidence.places[evidence.start])
            or self.other_time(claim, evidence)
            or self.other_turn(claim, evidence)
            or self._elsewhere(self._evidence.places[evidence.start].sentence)
        )

    def is_new(self, claim: Quantity, evidence: Quantity, *, foreign: bool = True) -> bool:
        """Tell whether the claim's value is said of what the evidence's value isn't said of.

        Without `foreign` the claim's subject may be one that the evidence doesn't name.
        """
        here = self._claim.places[claim.start]
        there = self._evidence.places[evidence.start]
        return (foreign and self._foreign and self._subject[0].place <= here.place) or any(
            word.sentence == here.sentence
            and (slot[1] != "#" or _follows(word, here))
            and not (claim.kind is Kind.ORDINAL and word.stem in ANOTHER)
            for word, slot in self._replaced.get(there.sentence, ())
        )

    def _is_foreign(self, known: frozenset[str]) -> bool:
        """Tell whether the claim's subject is nothing that the evidence speaks of."""
        owned = _owned(self._subject)
        if not owned or owned[0].stem in known:
            return False
        if any(word.name for word in owned):
            return self._is_stranger(owned, known)
        if len(owned) < len(self._subject):
            return True  # the poet's widow
        last = self._subject[-1].place
        after = next((word for word in self._claim.words if word.place > last), None)
        links = {"of", "on"} if owned[0].stem == "work" else {"of"}
        if after and after.link in links and after.stem in known:
            return False  # the state of Washington, work on the quay
        if self._claim.articles:
            # `the film` may be what the evidence calls by its name
            return not self._evidence.names() or bool(self._claim.names())
        theirs = _subject(self._evidence)  # a bare first word may be a name: Focus, Washington
        same = {word.stem for word in theirs[:1]} & self._claim.stems()
        return bool(theirs) and not (same or theirs[0].name or self._evidence.definite)

    def _is_stranger(self, owned: list[Word], known: frozenset[str]) -> bool:
        """Tell whether the evidence's subject has a name, and neither stands in the other text."""
        theirs = _subject(self._evidence)
        return any(word.name for word in theirs) and not (
            {word.stem for word in owned} & known
            or {word.stem for word in theirs} & self._claim.stems()
        )

    def _subject_follows(self, there: Word) -> bool:
        """Tell whether the claim's subject comes up only after the value, in another clause."""
        first = self._first_nouns.get(there.sentence)
        return self._subject_clause > there.clause and first is not None and first <= there.place

    def _elsewhere(self, sentence: int) -> bool:
        """Tell whether one text begins with a place or purpose, and the other gives another.

        `For stoneware, they heat it to 1,250 °C` tells nothing of what they do for earthenware.
        """
        mine = self._claim.words
        theirs = [word for word in self._evidence.words if word.sentence == sentence]
        return _displaced(mine, theirs, self._evidence.stems()) or _displaced(
            theirs, mine, self._claim.stems()
        )

    def other_time(self, claim: Quantity, evidence: Quantity, *, surely: bool = False) -> bool:
        """Tell whether the dates nearest to the two values exclude each other.

        `surely`: dates that can't be compared, as a year and a day without one, don't.
        """
        if claim.kind is Kind.DATE:
            return False
        mine = _nearest(claim, self._claim_dates, self._claim)
        theirs = _nearest(evidence, self._evidence_dates, self._evidence)
        if mine is None or theirs is None:
            return False
        if (
            not (mine.readings or theirs.readings)
            and mine.text.casefold() == theirs.text.casefold()
        ):
            return False  # `last year` is the same year in both, whichever that is
        part = _years(mine) == 1 < _years(theirs)  # what a year had isn't what several had
        outcome = compare(mine, theirs).outcome
        return part or (outcome is Outcome.CONFLICT if surely else outcome is not Outcome.AGREE)

    def other_turn(self, claim: Quantity, evidence: Quantity) -> bool:
        """Tell whether they are of different turns: `first elected`, `his second election`."""
        if claim.kind is Kind.ORDINAL:
            return False
        mine = _turn(claim, self._claim_turns, self._claim)
        theirs = _turn(evidence, self._evidence_turns, self._evidence)
        return mine is not None and theirs is not None and mine.low != theirs.low


def _displaced(words: list[Word], others: list[Word], known: frozenset[str]) -> bool:
    """Tell whether the first word, after a preposition, is in the other text another word."""
    first = words[0] if words else None
    if first is None or first.previous or first.stem in known:
        return False
    apart = len(words) > 1 and words[1].clause > first.clause  # set off by a comma
    purpose = first.link == "for" and first.stem not in _NO_PURPOSE
    if not (apart and (purpose or (first.name and first.link in _WHERE))):
        return False
    there = {word.stem for word in others if (word.link, word.name) == (first.link, first.name)}
    return bool(there) and there.isdisjoint(word.stem for word in words)


def _years(date: Quantity) -> int:
    """Count the years from a date's first to its last; 0 where they aren't told."""
    (first, last), *_ = date.readings or ((PartialDate(), PartialDate()),)
    return last.year - first.year + 1 if first.year and last.year else 0


def marked_apart(
    claim_text: str, claims: list[Quantity], text: str, values: list[Quantity]
) -> tuple[str, str] | None:
    """Return what tells apart what the texts speak of: line A and line C, flights 7 and 77.

    None where they share such a thing, or where the evidence has several of the kind.
    """
    mine = _marks(claim_text, claims)
    if not mine:
        return None
    theirs, everywhere = _marks(text, values), _mark_parts(text)
    if mine.keys() & theirs.keys() or any(
        len(mark) > 1 and _stands_in(mark, everywhere) for _, mark in mine
    ):
        return None
    for (head, mark), told in mine.items():
        others = [(other, written) for (name, other), written in theirs.items() if name == head]
        if len(others) == 1:
            other, written = others[0]
            if not (_stands_in(other, mark) or _stands_in(mark, other)):
                return told, written
    return None


def _mark_parts(text: str) -> tuple[str, ...]:
    """Split a mark into letters and numbers: `MH-370` and `MH370` are one, as `7` and `07`."""
    parts = (_NUMBERS.get(part, part) for part in _MARK_PART.findall(text.casefold()))
    return tuple(part.lstrip("0") or part for part in parts)


def _stands_in(short: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Tell whether the parts of one mark follow each other in another, or in a text."""
    return any(parts[at : at + len(short)] == short for at in range(len(parts) - len(short) + 1))


def _marks(text: str, quantities: list[Quantity]) -> dict[tuple[str, tuple[str, ...]], str]:
    """Give nouns with the parts of the mark that they have, and how the two are written."""
    marks = {(m[1].casefold(), _mark_parts(m[2])): m[0] for m in _MARKED.finditer(text)}
    for quantity in quantities:
        head = quantity.kind is Kind.IDENTIFIER and _HEAD.search(text, 0, quantity.start)
        if head:
            key = head[1].casefold(), _mark_parts(quantity.text)
            marks[key] = text[head.start() : quantity.end]
    return marks


def _turn(quantity: Quantity, ordinals: list[Quantity], words: Words) -> Quantity | None:
    """Give the ordinal of the same clause that stands nearest to a quantity."""
    clause = words.places[quantity.start].clause
    here = [ordinal for ordinal in ordinals if words.places[ordinal.start].clause == clause]
    return min(here, key=lambda ordinal: abs(ordinal.start - quantity.start), default=None)


def _follows(word: Word, quantity: Word) -> bool:
    return word.sentence == quantity.sentence and 0 < word.place - quantity.place <= _REACH


def _subject(words: Words) -> list[Word]:
    """Give the words from the beginning to the first verb or preposition."""
    found: list[Word] = []
    for word in words.words:
        ends = (
            word.link not in {"", "s"} or word.previous in {"", "#"} or word.stem in IRREGULAR_VERBS
        )
        if (found and ends) or (not found and word.link):
            break
        found.append(word)
    return found


def _owned(subject: list[Word]) -> list[Word]:
    """Give what follows the last possessive, without adjectives such as `oldest`."""
    last = max((at for at, word in enumerate(subject) if word.link == "s"), default=0)
    owned = subject[last:]
    return owned[1:] if len(owned) > 1 and owned[1].noun and not owned[1].link else owned


def _nearest(quantity: Quantity, dates: list[Quantity], words: Words) -> Quantity | None:
    """Give the date of the same sentence that stands nearest to a quantity."""
    at = bisect_left(dates, quantity.start, key=lambda date: date.start)
    sentence = words.places[quantity.start].sentence
    around = dates[max(0, at - 1) : at + 1]
    here = [date for date in around if words.places[date.start].sentence == sentence]
    place = words.places[quantity.start].place
    return min(here, key=lambda date: abs(words.places[date.start].place - place), default=None)
