"""What a summary claims, sentence by sentence or clause by clause, each at its exact place.

Every sentence of the summary comes out once, as statements or as a passage that says why it claims
nothing. Between the clauses of a sentence only a conjunction and its comma are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain

from verifier.readers.markdown import struck_text
from verifier.records import Passage, Sentence, Source, Span, Statement
from verifier.summaries.clauses import split, whole
from verifier.summaries.kinds import NO_VERB, has_verb, still_quoted, why_no_claim
from verifier.summaries.leaning import leans
from verifier.summaries.markup import Kind, front_matter, kinds_of_lines, without
from verifier.summaries.policy import Level
from verifier.text import Lines, flatten, sentences

HEADING = "a heading"
CODE = "code"
ROW = "a table row"
FRONT_MATTER = "front matter"
LEAD_IN = "the lead-in of a list"
STRUCK = "struck text"

_MOST_BEFORE = 500  # code points of the sentence that one leans on: a model's room is limited
_BREAK = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"(?:[-*+–—•‣◦▪●]|\(?(?:\d{1,3}|[a-z])[.)])\s+(?=\S)")
_LETTER = re.compile(r"\w")
_OPEN_LEAD = re.compile(
    r"\b(?:to|that|by|includ(?:es?|ed|ing)|is|are|was|were|as follows|of|for|with)\s?:$"
    r"|\bfollowing\b.*:$",
    re.IGNORECASE,
)
_HALF_LEAD = re.compile(r"\b(?:to|that|by)\s?:$", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\s(?:includ(?:es?|ed|ing)|is|are|was|were|as follows|of|for|with)\s?:$", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_LONGEST_LEAD = 9  # words; a longer one says something of its own


def read_statements(summary: Source, *, level: Level) -> tuple[list[Statement], list[Passage]]:
    """Return what `summary` claims, and what in it claims nothing, each in reading order.

    Every sentence is in exactly one of them, at `summary.text[start:end]`; code in one passage a
    block, and front matter in one. Struck text that stands in none of them is a passage of its own.
    A statement that leans on the sentence before it has that in front of its own words in `claim`;
    where there is none to lean on, it is judged alone.
    """
    reading = _Reading(summary, level)
    reading.read()
    return reading.statements, reading.passages


class _Reading:
    """One summary on its way to statements and passages."""

    def __init__(self, summary: Source, level: Level) -> None:
        self.statements: list[Statement] = []
        self.passages: list[Passage] = []
        self._summary = summary
        self._level = level
        self._lines = Lines(summary.text)
        self._kinds: dict[int, tuple[Kind, int]] = {}
        self._ranges: list[Span] | None = None
        """The visible ranges of all blocks; None for plain prose."""
        self._starts: list[int] = []
        self._before = ""
        """The last sentence that claims something, of the same section."""
        self._quoted = False
        """Whether a quotation was begun in the paragraph and not ended."""
        self._lead = ""
        """The sentence that the items of a list complete."""

    def read(self) -> None:
        shown, front = self._summary, None
        if shown.blocks is not None:
            front = front_matter(shown)
            if front:
                self._skip(*front, FRONT_MATTER)
                shown = without(shown, front[1])
            self._kinds = kinds_of_lines(shown, front[1] if front else 0)
            self._ranges = [span for block in shown.blocks or () for span in block]
            self._starts = [start for start, _ in self._ranges]
        found = sentences(shown)
        code = 0  # the line on which the block of code begins that was read last
        for index, sentence in enumerate(found):
            kind, first = self._kind(sentence)
            if kind is Kind.CODE and code == first:
                block = self.passages.pop()
                self._skip(block.start, sentence.end, CODE)
            elif kind is Kind.CODE:
                self._skip(sentence.start, sentence.end, CODE)
            else:
                end = found[index - 1].end if index else 0
                self._quoted &= not _BREAK.search(shown.text, end, sentence.start)
                self._sentence(sentence, kind, before_item=self._before_item(found, index))
            code = first if kind is Kind.CODE else 0
        if self._ranges is not None:
            self._skip_struck(found, front[1] if front else 0)

    def _skip_struck(self, found: Sequence[Sentence], begin: int) -> None:
        """Name what is struck out from the offset `begin` on and stands in no sentence."""
        starts = [sentence.start for sentence in found]
        ends = [sentence.end for sentence in found]
        for low, high in struck_text(self._summary.text):
            across = found[bisect_right(ends, low) : bisect_left(starts, high)]
            edges = [low, *chain(*((each.start, each.end) for each in across)), high]
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                if start >= begin and _LETTER.search(self._summary.text, start, end):
                    self._skip(start, end, STRUCK)
        self.passages.sort(key=lambda passage: passage.start)

    def _kind(self, sentence: Sentence) -> tuple[Kind | None, int]:
        line, _ = self._lines.locate(sentence.start)
        if self._ranges is None and _BULLET.match(sentence.plain):
            return Kind.ITEM, line
        return self._kinds.get(line, (None, 0))

    def _before_item(self, found: Sequence[Sentence], index: int) -> bool:
        """Whether a list begins after this sentence."""
        if not found[index].plain.endswith(":") or index + 1 == len(found):
            return False
        return self._kind(found[index + 1])[0] is Kind.ITEM

    def _sentence(self, sentence: Sentence, kind: Kind | None, *, before_item: bool) -> None:
        """Read one sentence of prose, of a heading or of a row."""
        bullet = _BULLET.match(sentence.plain) if self._ranges is None else None
        low = bullet.end() if bullet else 0
        plain = sentence.plain[low:]
        why = HEADING if kind is Kind.HEADING else why_no_claim(plain, quoted=self._quoted)
        quoted, self._quoted = self._quoted, still_quoted(plain, begun=self._quoted)
        if kind is Kind.ROW and (why or plain[-1] not in ".!" or not has_verb(plain)):
            why = ROW
        silent = why in (None, NO_VERB)
        if kind is not Kind.ITEM:
            self._lead = plain if before_item and silent and has_verb(plain) else ""
        if kind is Kind.ITEM and silent and self._needs_lead(plain):
            self._state(sentence, (low, len(sentence.plain)), f"{self._lead} {plain}", leaning=True)
        elif self._lead and kind is not Kind.ITEM and _only_leads(plain):
            self._skip(*self._offsets(sentence, low, len(sentence.plain)), LEAD_IN)
        elif why:
            self._skip(*self._offsets(sentence, low, len(sentence.plain)), why)
            self._before = "" if why in (HEADING, ROW) else self._before
        else:
            self._claims(sentence, low, quoted=quoted)
            self._before = plain

    def _needs_lead(self, item: str) -> bool:
        """Whether the item of a list is only a part of the sentence before the list."""
        if not self._lead or len(self._lead) > _MOST_BEFORE:
            return False
        return bool(_HALF_LEAD.search(self._lead)) or not has_verb(item)

    def _claims(self, sentence: Sentence, low: int, *, quoted: bool) -> None:
        """State each clause of a sentence, whose plain text begins at `low`."""
        plain = sentence.plain[low:]
        short = len(self._before) <= _MOST_BEFORE
        before = self._before if short and self._before and leans(plain) else ""
        clauses = split(plain) if self._level == Level.CLAUSE else (whole(plain),)
        for clause in clauses:
            claim = clause.claim(plain)
            why = why_no_claim(claim, quoted=quoted) if clause.stands_alone else None
            span = clause.start + low, clause.end + low
            if why not in (None, NO_VERB):
                self._skip(*self._offsets(sentence, *span), why)
            elif before and clause.carried[0] == 0:
                self._state(sentence, span, f"{before} {claim}", lead=len(before) + 1)
            else:
                self._state(sentence, span, claim, leaning=clause.leans)

    def _state(
        self, sentence: Sentence, span: Span, claim: str, *, leaning: bool = True, lead: int = 0
    ) -> None:
        """Add a statement that stands at `span` of the sentence's plain text."""
        start, end = self._offsets(sentence, *span)
        line, column = self._lines.locate(start)
        text = self._summary.text[start:end]
        self.statements.append(
            Statement(self._summary.id, start, end, line, column, text, claim, leaning, lead)
        )

    def _skip(self, start: int, end: int, why: str) -> None:
        line, column = self._lines.locate(start)
        text = self._summary.text[start:end]
        self.passages.append(Passage(self._summary.id, start, end, line, column, text, why))

    def _offsets(self, sentence: Sentence, low: int, high: int) -> Span:
        """Return where `sentence.plain[low:high]` stands in the summary."""
        if (low, high) == (0, len(sentence.plain)):
            return sentence.start, sentence.end
        prose = flatten(self._summary.text, self._visible(sentence))
        return prose.offset(low), prose.offset(high - 1) + 1

    def _visible(self, sentence: Sentence) -> list[Span]:
        """Return the visible ranges of the sentence."""
        if self._ranges is None:
            return [(sentence.start, sentence.end)]
        first = max(bisect_right(self._starts, sentence.start) - 1, 0)
        last = bisect_left(self._starts, sentence.end)
        return [
            (max(low, sentence.start), min(high, sentence.end))
            for low, high in self._ranges[first:last]
        ]


def _only_leads(lead: str) -> bool:
    """Whether a sentence before a list is nothing without it: "They include:".

    "It closed plants in the following three countries:" claims something of its own. What ends as
    "decided to:" does is judged with each of the items.
    """
    if _HALF_LEAD.search(lead):
        return len(lead) <= _MOST_BEFORE
    if not _OPEN_LEAD.search(lead):
        return False
    own = _OPEN_END.sub("", lead)
    tells = _FIGURE.search(own) or len(own.split()) > _LONGEST_LEAD
    return not (tells and has_verb(own))
