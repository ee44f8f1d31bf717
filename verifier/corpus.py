"""The sources of one run, made ready: which places a claim is judged by, and where they lie.

A place is a unit: a sentence, or a window of neighbouring sentences, so that a claim whose subject
stands in one sentence and whose predicate in the next can be decided. Around the best of them the
model also reads a stretch of the source as one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from verifier.records import Evidence, Scores, Sentence, Source
from verifier.retrieve import Index
from verifier.text import MAX_CHARS, Lines, sentences
from verifier.verbatim import Verbatim

READ_WHOLE = 50
"""Up to so many sentences in all the sources, every sentence is judged for every claim."""
STRETCH_WORDS = 180
"""At most so many words, of whole sentences, are read as one text."""
_WINDOWS = 5  # the best sentences, whose surroundings are read too
_REACH = 1  # sentences before and after

Lengths = Callable[[Sequence[str]], list[int]]
"""`Backend.lengths`: tokens of each text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one source, of one sentence or several: `source.text[start:end]`."""

    source_id: str
    start: int
    end: int
    plain: str
    """What the model reads."""
    broad: bool = False
    """Too long to be shown as evidence: what it says is put down to the best place within it."""

    def lies_in(self, broad: Unit) -> bool:
        """Tell whether it is a part of the other, which is broad, and not broad itself."""
        same = self.source_id == broad.source_id and not self.broad
        return same and broad.start <= self.start and self.end <= broad.end


Held = Sequence[int] | None
"""For a broad unit the positions of those that lie in it, for another None."""


def narrow_in(units: Sequence[Unit]) -> list[Held]:
    """Give what each of the units holds of the others."""
    return [
        [at for at, unit in enumerate(units) if unit.lies_in(broad)] if broad.broad else None
        for broad in units
    ]


class Corpus:
    """All sentences of all sources, each of at most `limit` tokens."""

    def __init__(self, sources: Sequence[Source], lengths: Lengths, limit: int) -> None:
        self._sources = {source.id: source for source in sources}
        self._sentences: list[Sentence] = []
        self._lengths: list[int] = []
        for source in sources:
            for sentence, length in _fitting(source, lengths, limit):
                self._sentences.append(sentence)
                self._lengths.append(length)
        self._limit = limit
        self._stretches = self._cut()
        self._lines: dict[str, Lines] = {}
        self._index = Index(self._sentences)
        self._verbatim = Verbatim(self._sentences)

    def candidates(self, claim: str, top_k: int) -> list[Unit]:
        """Return the units to judge `claim` by, in the order of the text, the broad ones last.

        Sentences, windows around the best of them, and the stretches that those lie in.
        """
        best = self._index.search(claim, top_k)
        few = len(self._sentences) <= READ_WHOLE
        spans = [(i, i + 1) for i in (range(len(self._sentences)) if few else best)]
        spans += [(i, i + 1) for i in self._verbatim.find(claim)]
        spans += [self._window(i) for i in best[:_WINDOWS]]
        stretches = {self._stretches[i] for i in best[:_WINDOWS]}
        units = [self._unit(first, last) for first, last in sorted(set(spans))]
        return units + [self._unit(*span, broad=True) for span in sorted(stretches - set(spans))]

    def find_verbatim(self, claim: str) -> Unit | None:
        """Return the sentences, one or several in a row, that are the claim word for word."""
        run = self._verbatim.find(claim)
        return self._unit(run.start, run.stop) if run else None

    def evidence(self, source_id: str, start: int, end: int, scores: Scores) -> Evidence:
        """Make the record of a judged place, with its line and column."""
        text = self._sources[source_id].text
        if source_id not in self._lines:
            self._lines[source_id] = Lines(text)
        line, column = self._lines[source_id].locate(start)
        return Evidence(source_id, start, end, line, column, text[start:end], scores)

    def readable(self, evidence: Evidence) -> str:
        """Return the evidence's text with white space for all markup: offsets stay as they are."""
        source = self._sources[evidence.source]
        if source.blocks is None:
            return re.sub(r"\s", " ", evidence.text)
        seen = bytearray(evidence.end - evidence.start)
        for block in source.blocks:
            for start, end in block:
                low, high = max(start, evidence.start), min(end, evidence.end)
                if low < high:
                    seen[low - evidence.start : high - evidence.start] = b"\1" * (high - low)
        chars = zip(evidence.text, seen, strict=True)
        return "".join(c if kept and not c.isspace() else " " for c, kept in chars)

    def _window(self, middle: int) -> tuple[int, int]:
        """Widen a sentence by its neighbours in the same source while the model has room."""
        first, last = middle, middle + 1
        for _ in range(_REACH):
            if first > 0 and self._fits(first - 1, last):
                first -= 1
            if last < len(self._sentences) and self._fits(first, last + 1):
                last += 1
        return first, last

    def _cut(self) -> list[tuple[int, int]]:
        """Cut the sources into stretches, and give each sentence the one that it lies in."""
        spans: list[tuple[int, int]] = []
        first, words = 0, 0
        for i, sentence in enumerate(self._sentences):
            count = len(sentence.plain.split())
            if i > first and (words + count > STRETCH_WORDS or not self._fits(first, i + 1)):
                spans += [(first, i)] * (i - first)
                first, words = i, 0
            words += count
        end = len(self._sentences)
        return spans + [(first, end)] * (end - first)

    def _fits(self, first: int, last: int) -> bool:
        same = self._sentences[first].source_id == self._sentences[last - 1].source_id
        return same and sum(self._lengths[first:last]) <= self._limit

    def _unit(self, first: int, last: int, *, broad: bool = False) -> Unit:
        run = self._sentences[first:last]
        plain = " ".join(sentence.plain for sentence in run)
        return Unit(run[0].source_id, run[0].start, run[-1].end, plain, broad)


def _fitting(source: Source, lengths: Lengths, limit: int) -> Iterator[tuple[Sentence, int]]:
    """Give the sentences of a source with their lengths, split further until none is too long."""
    most = MAX_CHARS
    while True:
        found = sentences(source, most)
        counts = lengths([sentence.plain for sentence in found])
        if max(counts, default=0) <= limit or most == 1:
            return zip(found, counts, strict=True)
        most //= 2
