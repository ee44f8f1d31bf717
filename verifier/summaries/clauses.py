"""Splits a long sentence at its coordinations, where that is safe.

"The committee met in May and elected Ann Lee president" is two clauses, the second is claimed of
the committee too. A sentence stays whole wherever a coordination might belong to something
smaller: what someone said, a condition, a negation, a relative clause, a quotation, a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.records import Span
from verifier.summaries.coordination import opens_clause, prefix_end
from verifier.summaries.verbs import Token, Verb, find_verb, tokens_of
from verifier.summaries.words import (
    FRONTED,
    HYPOTHETICAL,
    PREPOSITIONS,
    SPEECH,
    THIRD_PERSONS,
)

_JOINT = re.compile(r"\b(?:and|but|while)\b|;")
_SAID_AFTER = re.compile(  # … , the paper reported.
    r"\?$|, [^,]{1,60} (?:reports?|reported|confirmed|announced|added|adds?|found|finds?|shows?"
    r"|showed|revealed|stated|states?|noted|notes?|predicted|estimates?|estimated) ?\.?$"
)
_JOINTS = frozenset(("and", "but", "while", ";", ","))
_NO_MARKS = str.maketrans(dict.fromkeys(",.;:!?()\"“”'’", " "))
_LEAVES_WHOLE = SPEECH | HYPOTHETICAL
_LEANING = THIRD_PERSONS - {"its", "their", "this", "that", "these", "those", "both"}
_OPENING = dict(zip("([{“«", ")]}”»", strict=True))
_MOST_INTRO = 9  # tokens: "In the first three months of 2019,"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that claims something of its own: `plain[start:end]`."""

    start: int
    end: int
    carried: Span
    """The range that goes before it in its claim: the subject of the sentence and auxiliaries that
    they share. Empty where the clause has its own subject."""
    leans: bool = False
    """Whether its subject is a pronoun, so that the clauses before it are carried too."""

    @property
    def stands_alone(self) -> bool:
        """Whether it is a later clause of the sentence with a subject of its own."""
        return self.start > 0 and self.carried == (self.start, self.start)

    def claim(self, plain: str) -> str:
        """Return the clause in full."""
        text = plain[self.start : self.end]
        low, high = self.carried
        if low < high:
            return f"{plain[low:high].rstrip()} {text}"
        word = text.split(" ", 1)[0]
        return text[0].upper() + text[1:] if self.start and word.islower() else text


def whole(plain: str) -> Clause:
    """Return all of a sentence as one clause."""
    return Clause(0, len(plain), (0, 0))


@dataclass(slots=True)
class _Head:
    """The clause that later verbs may belong to, as indices of tokens."""

    start: int
    verb: Verb
    last: int
    """The first token after the verb of its last part so far."""
    context: int
    """The offset from which on its subject can be understood."""


def split(plain: str) -> tuple[Clause, ...]:
    """Split a sentence into clauses in ascending order that don't overlap.

    What stands between them is the conjunction and its comma. A sentence that can't be split safely
    is one clause.
    """
    if not _JOINT.search(plain) or _SAID_AFTER.search(plain):
        return (whole(plain),)
    words = plain.lower().translate(_NO_MARKS).split()
    if not _LEAVES_WHOLE.isdisjoint(words) or _starts_late(words):
        return (whole(plain),)
    tokens = tokens_of(plain)
    return _Splitter(plain, tokens).clauses()


def _starts_late(words: Sequence[str]) -> bool:
    """Whether the sentence begins with a clause that isn't its main one."""
    first = words[0] if words else ""
    return first in FRONTED or first.endswith("ing") or first in ("to", "there", "here")


class _Splitter:
    """Goes through the joints of one sentence from left to right."""

    def __init__(self, plain: str, tokens: Sequence[Token]) -> None:
        self._plain = plain
        self._tokens = tokens
        self._cuts: list[tuple[int, Clause]] = []
        """The joint before a clause, and the clause, whose end is still open."""
        self._pending: list[tuple[int, Clause]] = []
        """Verb phrases after a bare comma: "cut jobs, closed plants and sold its fleet"."""

    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses, with the ends that the joints give them."""
        head: _Head | None = None
        for joint in self._joints():
            head = head or self._head(0, joint, 0)
            if head is not None:
                head = self._cut_at(joint, head)
        begun = [whole(self._plain), *(clause for _, clause in self._cuts)]
        ends = [*(self._end_before(joint) for joint, _ in self._cuts), len(self._plain)]
        return tuple(replace(clause, end=end) for clause, end in zip(begun, ends, strict=True))

    def _joints(self) -> Iterator[int]:
        """Give the indices of tokens that may join clauses, outside of quotes and brackets."""
        closers: list[str] = []
        for index, token in enumerate(self._tokens):
            mark = token.text
            if closers and mark == closers[-1]:
                closers.pop()
            elif mark in _OPENING:
                closers.append(_OPENING[mark])
            elif mark in ('"', "'", "`", "‘"):
                closers.append("'" if mark in "`‘" else mark)
            elif not closers and token.low in _JOINTS:
                yield index

    def _head(self, start: int, stop: int, context: int) -> _Head | None:
        """Read the clause from token `start`, if its subject is plainly what comes first."""
        verb = find_verb(self._tokens, start, stop)
        if verb is None or not self._is_subject(start, verb.first):
            return None
        return _Head(start, verb, verb.main + 1, context)

    def _is_subject(self, start: int, stop: int) -> bool:
        """Whether the tokens are a noun phrase, perhaps after "In 2019," or before ", 36,"."""
        words = [token.low for token in self._tokens[start:stop]]
        if any(word in FRONTED or word in (";", ":", "that", "to", "–", "—") for word in words):
            return False
        commas = [index for index, word in enumerate(words) if word == ","]
        if words[0] in PREPOSITIONS:
            return len(commas) == 1 and commas[0] <= _MOST_INTRO and commas[0] + 1 < len(words)
        return not commas or (len(commas) == 2 and commas[1] == len(words) - 1)  # noqa: PLR2004 - a pair

    def _cut_at(self, joint: int, head: _Head) -> _Head:
        """Cut at the joint if a clause begins there; return the head for what follows."""
        tokens, mark = self._tokens, self._tokens[joint].low
        start = joint + 1
        if start < len(tokens) and mark in (";", ",") and tokens[start].low in ("and", "but"):
            if mark == ",":
                return head  # the next joint is the one
            start += 1
        shared = prefix_end(tokens, head.verb, head.last, joint, start)
        if shared is not None and mark not in ("while", ";"):
            return self._cut_phrase(joint, start, shared, head)
        if mark != "," and opens_clause(tokens, head.verb, head.last, joint, start):
            return self._cut_clause(joint, start, head)
        return head

    def _cut_phrase(self, joint: int, start: int, shared: int, head: _Head) -> _Head:
        """Cut before a verb phrase; `shared` is the last token that goes before it."""
        tokens = self._tokens
        carried = head.context, tokens[shared].end
        leans = head.context < tokens[head.start].start
        clause = Clause(tokens[start].start, 0, carried, leans)
        if tokens[joint].low == ",":
            self._pending.append((joint, clause))
        else:
            self._cuts += [*self._pending, (joint, clause)]
            self._pending = []
        verb = next((i for i in range(start, len(tokens)) if tokens[i].low.isalpha()), start)
        return _Head(head.start, head.verb, verb + 1, head.context)

    def _cut_clause(self, joint: int, start: int, head: _Head) -> _Head:
        """Cut before a clause with a subject of its own."""
        self._pending = []
        at = self._tokens[start].start
        leans = self._tokens[start].low in THIRD_PERSONS
        leans = leans or any(token.low in _LEANING for token in self._tokens[start:])
        carried = (0, at) if leans else (at, at)
        self._cuts.append((joint, Clause(at, 0, carried, leans)))
        return self._head(start, len(self._tokens), 0 if leans else at) or head

    def _end_before(self, joint: int) -> int:
        """Return where the clause before the joint ends, its comma left out."""
        while joint and self._tokens[joint - 1].low in (",", ";"):
            joint -= 1
        return self._tokens[joint - 1].end
