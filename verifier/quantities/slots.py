"""Finds the nouns of a claim in whose places the evidence has others: rivers for lakes.

A word stands in a slot beside each of its neighbours: it is what they are of, in or from, or whose
they are. Where a sentence of the evidence has the neighbour and another word in the slot, and the
claim's word nowhere, it speaks of another thing.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping

from verifier.quantities.align import Word, Words, normal

Slot = tuple[str, str, str]
"""The side of a neighbour, the neighbour's stem ("#" for a quantity), the preposition between."""

_COMPLEMENTS = frozenset({"of", "for", "in", "from", "with"})
"""Prepositions that tie a noun to the quantity before them: another noun there is another thing."""
_PLAIN = frozenset(
    normal(word)
    for word in """amount area average degree entire known main national new number original overall
    people recent reported temperature total weight whole""".split()
)
"""Words that say too little to make another thing of what they stand with."""
ANOTHER = frozenset(normal(word) for word in "former preceding previous".split())
"""Words that make another thing of what they stand with."""
_KIN = 4
"""Letters that two forms of a word share: large, largest."""
_KIN_NAMES = 3
"""Letters that two forms of a name share: Dave, David."""


def replaced(claim: Words, evidence: Words) -> Mapping[int, list[tuple[Word, Slot]]]:
    """Give the claim's words that each sentence of the evidence puts others for, by its number."""
    told = claim.stems() | _PLAIN
    filled: dict[tuple[int, Slot], list[Word]] = defaultdict(list)
    for word, slot in _slots(evidence):
        if word.stem not in told and (not word.verb or slot[0] == "whole"):
            filled[word.sentence, slot].append(word)
    wanted = [
        (word, slot)
        for word, slot in _slots(claim)
        if not word.verb and word.stem not in _PLAIN and len(word.stem) > 1
    ]
    found: dict[int, list[tuple[Word, Slot]]] = {}
    for sentence, known in evidence.by_sentence().items():
        found[sentence] = [
            (word, slot)
            for word, slot in wanted
            if (
                word.stem in ANOTHER
                or any(_displaces(other, word) for other in filled.get((sentence, slot), ()))
            )
            and not any(_kin(word, stem) for stem in known)
        ]
    return found


def _kin(word: Word, stem: str) -> bool:
    letters = _KIN_NAMES if word.name else _KIN
    return word.stem[:letters] == stem[:letters]


def _slots(words: Words) -> list[tuple[Word, Slot]]:
    """Give each word with the slots that it fills beside its neighbours.

    `copper output`, `copper's output` and `output of copper` are one slot.
    """
    found: list[tuple[Word, Slot]] = []
    for before, word in itertools.pairwise([None, *words.words]):
        if word is None:
            continue
        if before is None or word.previous != before.stem:
            if word.previous == "#" and word.link in _COMPLEMENTS:
                found.append((word, ("after", "#", word.link)))
        elif word.link == "of":
            found.append((word, ("part", before.stem, "")))
        elif word.link in {"", "s"}:
            if before.name or not word.name or word.link:  # not `the film Focus`
                found.append((before, ("part", word.stem, "")))
            found.append((word, ("whole", before.stem, "")))
        elif word.link != "to" or word.name:
            found.append((word, ("after", before.stem, word.link)))
            found.append((before, ("before", word.stem, word.link)))
    return found


def _displaces(other: Word, word: Word) -> bool:
    """Tell whether a word of the evidence names another thing than that of the claim in its slot.

    `The film` may be what the claim calls by its name, and the other way round.
    """
    if word.name:
        return other.name or other.bare
    if word.bare:
        return other.name or other.link == "of" or not other.noun
    return not other.name
