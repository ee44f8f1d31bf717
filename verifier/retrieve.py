"""Which sentences of the sources bear on a claim: BM25 over stemmed words, by tantivy.

Every machine and every order of the sources gives the same ranking: sentences are indexed in
canonical order by one thread, and equal scores rank by that order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy

from verifier.records import Sentence

_HEAP = 15_000_000  # bytes of tantivy's writer: the least it takes; fuller ones go to segments
_TERM = re.compile(r"[^\W_]+")


class Index:
    """A BM25 index over sentences (Robertson & Zaragoza 2009; k1 1.2, b 0.75), held in memory."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        schema.add_unsigned_field("number", stored=True)
        self._index = tantivy.Index(schema.build())
        self._size = len(sentences)
        writer = self._index.writer(_HEAP, num_threads=1)
        order = sorted(range(self._size), key=lambda i: _canonical(sentences[i]))
        self._rank = {number: place for place, number in enumerate(order)}
        for number in order:
            text = " ".join(_TERM.findall(sentences[number].plain))
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, k: int) -> list[int]:
        """Return the indices of the `k` sentences that share most with `query`, best first.

        Sentences without a word in common are left out, so fewer than `k` may come back.
        """
        terms = " ".join(term.lower() for term in _TERM.findall(query))
        if not terms or not self._size:
            return []
        parsed, _ = self._index.parse_query_lenient(terms, ["text"])
        # A few more than asked, so that ties at the cut are broken by rank, not by the index.
        hits = self._searcher.search(parsed, min(self._size, 2 * k + 10)).hits
        found = [(round(score, 4), self._searcher.doc(at)["number"][0]) for score, at in hits]
        found.sort(key=lambda hit: (-hit[0], self._rank[hit[1]]))
        return [number for _, number in found[:k]]


def _canonical(sentence: Sentence) -> tuple[str, int]:
    return sentence.source_id, sentence.index
