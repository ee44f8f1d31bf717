"""A text as a page shows it, with the way from its offsets to those of what is shown."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from verifier.safe import HIDDEN, visible
from verifier.text import proses

if TYPE_CHECKING:
    from verifier.records import Source

_BREAK = r"(?:\r\n?|\n)[ \t]*"
_CHANGED = re.compile(rf"{_BREAK}|(?!\t)(?:{HIDDEN.pattern})")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class ShownText:
    r"""A source's text as the page shows it: nothing hidden, its paragraphs free to flow.

    Characters that hide or reorder text are escapes, every line ends with `\n`, and a line break
    inside a paragraph, with the indent after it, is a space. Nothing else is changed.
    """

    def __init__(self, source: Source) -> None:
        paragraphs = sorted(
            (prose.offset(0), prose.offset(len(prose.plain) - 1)) for prose in proses(source)
        )
        self._starts: list[int] = []  # of the stretches that are shown as something else
        self._ends: list[int] = []
        grown: list[int] = []
        pieces: list[str] = []
        done = 0
        for match in _CHANGED.finditer(source.text):
            start, end = match.span()
            put = visible(match[0])
            if match[0][0] in "\r\n":
                put = " " if _inside(paragraphs, start, source.text[end : end + 1]) else "\n"
                put += match[0].lstrip("\r\n") if put == "\n" else ""
            if put != match[0]:
                pieces += source.text[done:start], put
                done = end
                self._starts.append(start)
                self._ends.append(end)
                grown.append(len(put) - (end - start))
        self.text = "".join([*pieces, source.text[done:]])
        self._shifts = [0, *accumulate(grown)]
        self._astral = [match.start() for match in _ASTRAL.finditer(self.text)]

    def at(self, offset: int) -> int:
        """Return where `offset` of the source stands in `text`, both in code points."""
        after = bisect_right(self._ends, offset)
        if after < len(self._starts) and self._starts[after] < offset:  # inside a changed stretch
            offset, after = self._ends[after], after + 1
        return offset + self._shifts[after]

    def units(self, offset: int) -> int:
        """Return where `offset` of the source stands in `text` for a browser: in UTF-16 units."""
        at = self.at(offset)
        return at + bisect_left(self._astral, at)


def _inside(paragraphs: list[tuple[int, int]], at: int, following: str) -> bool:
    """Whether the line break at `at` only wraps a paragraph; a `>` that follows would stay."""
    here = bisect_left(paragraphs, (at, at)) - 1
    return following != ">" and here >= 0 and at < paragraphs[here][1]
