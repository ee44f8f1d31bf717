"""Where a claim stands word for word in a source, as sentences of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from verifier.records import Sentence, Source
from verifier.text import flatten, sentences

_LOOKALIKES = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_EDGES = ".,;:!?\"'()[]{}"
_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹]+")
_QUESTION = re.compile(r"\?\W*$")


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
    """An index of the words of sentences, built once, that finds claims that stand among them.

    Only whole sentences count, one or several in a row: a part of one may be denied, supposed or
    hearsay ("It is not true that the plant leaked oil"), which is for the model to read. A question
    asserts nothing.
    """

    def __init__(self, found: Sequence[Sentence]) -> None:
        self._sentences = found
        self._words = [_asserted(sentence) for sentence in found]
        self._where: dict[str, list[int]] = {}
        for i, words in enumerate(self._words):
            self._where.setdefault(words, []).append(i)

    def find(self, claim: str) -> range:
        """Return the first run of sentences that have the words of `claim`; empty if none do."""
        asked = [_asserted(sentence) for sentence in sentences(Source("", claim))]
        if not asked or "" in asked:
            return range(0)
        for i in self._where.get(asked[0], ()):
            run = range(i, i + len(asked))
            one_source = len({s.source_id for s in self._sentences[run.start : run.stop]}) == 1
            if one_source and self._words[run.start : run.stop] == asked:
                return run
        return range(0)


def _asserted(sentence: Sentence) -> str:
    """Return the words of a sentence, none of a question."""
    return "" if _QUESTION.search(sentence.plain) else normalise(sentence.plain)
