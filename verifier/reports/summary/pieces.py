"""Ranges of a text cut into pieces that each have one kind."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verifier.records import Span

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  # letters of a word that tells nothing, unless it is a name
_STEM = 5  # letters that words must share: elected, election
_COMMON = frozenset(
    "also been both does during each even from have here into just more most much only other over"
    " said same some such than that their them then there these they this those under very were"
    " what when where which while with would your".split()
)


def cut(low: int, high: int, kinds: Mapping[str, Sequence[Span]]) -> list[tuple[str, int]]:
    """Cut [low, high) into pieces: each the first of `kinds` that covers it, or "", and its end.

    The pieces follow one another from `low` to `high`; neighbours are of different kinds.
    """
    edges = {low, high}
    for spans in kinds.values():
        for start, end in spans:
            edges |= {min(max(low, start), high), min(max(low, end), high)}
    pieces: list[tuple[str, int]] = []
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        kind = next((name for name, spans in kinds.items() if _covered(spans, start)), "")
        if pieces and pieces[-1][0] == kind:
            pieces.pop()
        pieces.append((kind, end))
    return pieces


def shared_words(claim: str, evidence: str) -> tuple[list[Span], list[Span]]:
    """Return where the telling words stand that claim and evidence have in common, in either.

    Words agree when their first letters do, whatever their case. Function words tell nothing.
    """
    ours, theirs = list(_telling(claim)), list(_telling(evidence))
    common = {stem for _, stem in ours} & {stem for _, stem in theirs}
    return (
        [span for span, stem in ours if stem in common],
        [span for span, stem in theirs if stem in common],
    )


def _telling(text: str) -> Iterator[tuple[Span, str]]:
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        name = match.start() > 0 and not match[0].islower()
        if (name or len(word) > _SHORT or word.isdigit()) and word not in _COMMON:
            yield match.span(), word[:_STEM]


def _covered(spans: Sequence[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)
