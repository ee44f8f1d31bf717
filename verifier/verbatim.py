"""Where a claim stands word for word in a source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from verifier.records import Source
from verifier.text import flatten, proses, with_markers

_LOOKALIKES = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_EDGES = ".,;:!?\"'()[]{}"
_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+")
_WORD = re.compile(r"[^ ]+")
_SCALE = re.compile(r"(?:hundred|thousand|[mbtr]+illion|dozen|percent|per cent|bn|k|m|%)(?: |$)")


class Place(NamedTuple):
    """Where words stand: `source.text[start:end]` of the source with that id."""

    source_id: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return the words of `text` in a form in which equal words are equal strings.

    NFKC, case folded, quotes and dashes unified, white space collapsed; punctuation at the edges of
    words is dropped, signs that carry meaning (`$5`, `-3`, `7%`) stay. May be empty.
    """
    words = map(_normal_word, flatten(text, [(0, len(text))]).plain.split(" "))
    return " ".join(filter(None, words))


@lru_cache(maxsize=2**16)
def _normal_word(word: str) -> str:
    """Normalise one word; a few ligatures become several, with spaces between."""
    word = _POWER.sub(lambda match: "^" + match[0], word)  # 10² is not 102
    folded = normalize("NFKC", normalize("NFKC", word.translate(_LOOKALIKES)).casefold())
    return " ".join(_bare(" ".join(folded.translate(_LOOKALIKES).split())).split())


def _bare(word: str) -> str:
    """Drop the punctuation at the edges, but for the point of `.5`."""
    ended = word.rstrip(_EDGES)
    bare = ended.lstrip(_EDGES)
    point = bare[:1].isdigit() and ended.endswith(f".{bare}")
    return f".{bare}" if point else bare


class Verbatim:
    """An index of the words of `sources`, built once, that finds claims that stand in them.

    A block boundary (paragraph, heading, list item) is never crossed; the end of a sentence is.
    Memory: about 24 bytes a word, beside the text.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources: list[Source] = []
        self._first_words = array("q")
        # One entry a word: where it starts in `_text`, and its range in its source.
        self._starts, self._lows, self._highs = array("q"), array("q"), array("q")
        pieces: list[str] = []
        size = 0
        for source in sources:
            self._sources.append(source)
            self._first_words.append(len(self._starts))
            for prose in proses(source):
                pieces.append("\n ")
                size += 2
                for match in _WORD.finditer(prose.plain):
                    word = _normal_word(match[0])
                    if word:
                        low, high = _core(match)
                        self._starts.append(size)
                        self._lows.append(prose.offset(low))
                        self._highs.append(prose.offset(high - 1) + 1)
                        pieces.append(word + " ")
                        size += len(word) + 1
        self._text = "".join(pieces)

    def find(self, claim: str) -> Place | None:
        """Return the first place, in the order of the sources, that has the words of `claim`.

        A whole word never matches a part of one (`profit` in `non-profit`), nor a number at the end
        of the claim a part of a quantity (`5` in `5 million`).
        """
        words = normalise(claim)
        at = self._text.find(f" {words} ") if words else -1
        while at >= 0:
            end = at + len(words) + 2
            if not (words[-1].isdigit() and _SCALE.match(self._text, end)):
                return self._place(at + 1, end - 1)
            at = self._text.find(f" {words} ", at + 1)
        return None

    def _place(self, start: int, end: int) -> Place:
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        source = self._sources[bisect_right(self._first_words, first) - 1]
        start, end = self._lows[first], self._highs[last]
        if source.blocks is not None:
            start, end = with_markers(source.text, start, end)
        return Place(source.id, start, end)


def _core(match: re.Match[str]) -> tuple[int, int]:
    """Return the range of a word without the punctuation at its edges."""
    edges = _EDGES + "‘’‚‛′`´“”„‟″«»…"
    word = match[0]
    low = match.start() + len(word) - len(word.lstrip(edges))
    if (
        low > match.start()
        and match.string[low - 1] == "."
        and match.string[low : low + 1].isdigit()
    ):
        low -= 1  # the point of .5
    high = match.end() - len(word) + len(word.rstrip(edges))
    return (low, high) if low < high else match.span()
