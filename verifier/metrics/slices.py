"""Parts of a set by which a run is looked at more closely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from verifier.errors import InputError
from verifier.metrics.arrays import Ints
from verifier.metrics.judged import Judged

_LARGEST = 20  # values of a field that are shown each by itself
_NUMBER = re.compile(
    r"""\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen
    |twent(?:y|ies)|(?:thir|for|fif|six|seven|eigh|nine)t(?:y|ies)|hundreds?|thousands?
    |[mb]illions?|dozens?|half|twice|first|second|third|january|february|march|april|june|july
    |august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEGATION = re.compile(
    r"""\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot
    |\w*n['’]t|(?:do|does|did|is|was|are|were|has|have|had|could|would|should)nt)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def groups(judged: Sequence[Judged], name: str) -> dict[str, Ints]:
    """Divide the rows by a slice: value → indices of its rows, none empty.

    `length` (thirds by words of evidence and claim), `numbers` and `negation` (by the words of the
    claim), `label` (gold), or a field; of a field with many values the rarer ones are joined.
    Raises InputError where no row has a value.
    """
    values = _SLICES[name](judged) if name in _SLICES else _by_field(judged, name)
    places: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    return {value: np.array(places[value]) for value in sorted(places, key=lambda v: places[v][0])}


def _by_field(judged: Sequence[Judged], name: str) -> list[str]:
    known = sorted({*_SLICES, *(field for row in judged for field in row.fields)})
    if name not in known:
        raise InputError(f"--slice {name}: no row has such a field; choose {', '.join(known)}")
    values = [str(row.fields.get(name, "(none)")) for row in judged]
    rare = {value for value, _ in Counter(values).most_common()[_LARGEST:]}
    other = f"(the other {len(rare)} values)"
    return [other if value in rare else value for value in values]


def _by_length(judged: Sequence[Judged]) -> list[str]:
    words = [row.words for row in judged]
    low, high = (int(np.quantile(words, part, method="lower")) for part in (1 / 3, 2 / 3))
    names = [f"up to {low} words", f"{low + 1} to {high} words", f"over {high} words"]
    return [names[(count > low) + (count > high)] for count in words]


def _by_numbers(judged: Sequence[Judged]) -> list[str]:
    names = ("without a number or date", "with a number or date")
    return [names[bool(_NUMBER.search(row.claim))] for row in judged]


def _by_negation(judged: Sequence[Judged]) -> list[str]:
    names = ("without a negation", "with a negation")
    return [names[bool(_NEGATION.search(row.claim))] for row in judged]


def _by_label(judged: Sequence[Judged]) -> list[str]:
    return [row.gold or "(unreadable)" for row in judged]


_SLICES: dict[str, Callable[[Sequence[Judged]], list[str]]] = {
    "length": _by_length,
    "numbers": _by_numbers,
    "negation": _by_negation,
    "label": _by_label,
}
