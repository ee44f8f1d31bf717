from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.records import Sentence
from verifier.retrieve import Index

WORDS = st.sampled_from(
    "harbour ferry mayor bridge opened closed 1998 2003 Zürich 北京 مرحبا".split()
)


def sentence(text: str, index: int = 0, source: str = "a") -> Sentence:
    return Sentence(source, index, 0, len(text), text, text)


def index_of(*texts: str) -> Index:
    return Index([sentence(text, i) for i, text in enumerate(texts)])


def test_the_sentence_that_shares_most_comes_first() -> None:
    index = index_of("Rain fell.", "The mayor spoke.", "The mayor opened the bridge.")
    assert index.search("Who opened the bridge, the mayor?", 2) == [2, 1]


def test_words_match_by_their_stem() -> None:
    assert index_of("Two elections were held.", "Rain fell.").search("an election", 1) == [0]


def test_numbers_in_ranges_match() -> None:
    assert index_of("It ran 23–25 November.", "It rained.").search("from 23 to 25", 5) == [0]


def test_nothing_in_common_finds_nothing() -> None:
    assert index_of("Rain fell.").search("mayor", 5) == []
    assert index_of("Rain fell.").search("…?!", 5) == []
    assert index_of().search("rain", 5) == []


def test_query_syntax_is_only_words() -> None:
    index = index_of("AND OR NOT title:rain.", "Sun.")
    for query in ('text:rain AND (NOT "', "rain~2^5 [a TO b]", "+rain -moon", "rain' OR \\"):
        assert index.search(query, 1) == [0]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sources_never_changes_what_is_found(
    texts: list[str], query: str, rng: random.Random
) -> None:
    placed = [sentence(text, 0, f"source-{i}") for i, text in enumerate(texts)]
    shuffled = placed.copy()
    rng.shuffle(shuffled)
    found = [placed[i] for i in Index(placed).search(query, 3)]
    assert [shuffled[i] for i in Index(shuffled).search(query, 3)] == found
