from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.readers.markdown import read
from verifier.records import Source
from verifier.verbatim import Place, Verbatim, normalise


def found(text: str, claim: str) -> str | None:
    place = Verbatim([Source("other", "Nothing here."), Source("s", text)]).find(claim)
    assert place is None or place.source_id == "s"
    return place and text[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "claim", "quote"),
    [
        ("He said: “The cat sat.” Then", "the cat sat", "The cat sat"),
        ("Then the cat\n  sat on it.", "The cat sat on it!", "the cat\n  sat on it"),
        ("The cat’s 23–25 mats", "the cat's 23-25 mats.", "The cat’s 23–25 mats"),
        ("It sat. It ran. It hid.", "It ran. It hid.", "It ran. It hid"),
        ("The ﬁrst ½ STRASSE", "the first ½ straße", "The ﬁrst ½ STRASSE"),
        ("a co\u00adop\u200beration", "a cooperation", "a co\u00adop\u200beration"),
        ("It rose (by .5 now)", "by .5 now", "by .5 now"),
        ("It rose .5 (.5)", ".5 .5", ".5 (.5"),
        ("It cost 5. Then 5 million", "It cost 5", "It cost 5"),
        ("a cost of 5 million, later a cost of 5.", "A cost of 5", "a cost of 5"),
    ],
)
def test_a_claim_is_found_where_its_words_stand(text: str, claim: str, quote: str) -> None:
    assert found(text, claim) == quote


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("the non-profit grew", "profit grew"),
        ("it cost 5.3 euros", "it cost 5"),
        ("it cost 5 million", "it cost 5"),
        ("it fell to -5", "it fell to 5"),
        ("it is $5", "it is 5"),
        ("carthorse", "cart"),
        ("A heading\n\nand text", "a heading and text"),
        ("Words", "..."),
        ("Words", ""),
    ],
)
def test_parts_of_words_and_of_quantities_are_not_found(text: str, claim: str) -> None:
    assert found(text, claim) is None


def test_a_place_is_exact_across_markup() -> None:
    text = "# T\n\n> The **cat** [sat](u)\n> on *mats*.\n"
    place = Verbatim([read(text.encode(), "s", None)]).find("The cat sat on mats.")
    assert place
    assert text[place.start : place.end] == "The **cat** [sat](u)\n> on *mats*"


def test_words_of_two_sources_do_not_join() -> None:
    index = Verbatim([Source("a", "The cat"), Source("b", "sat down")])
    assert index.find("the cat sat") is None
    assert index.find("sat down") == Place("b", 0, 8)


@settings(deadline=None)
@given(
    st.lists(st.text(st.sampled_from("aBé.,“(5😀\u0301ﬁß"), min_size=1), min_size=1, max_size=8),
    st.data(),
)
def test_any_run_of_words_of_a_paragraph_is_found(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    claim = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    text = " ".join(words)
    place = Verbatim([Source("s", text)]).find(claim)
    assert (place is None) == (normalise(claim) == "")
    if place:
        assert normalise(text[place.start : place.end]) == normalise(claim)


@given(st.text())
def test_normal_text_is_trimmed_and_folded(text: str) -> None:
    normal = normalise(text)
    assert normal == " ".join(normal.split())
    assert normal == normal.casefold() or any(ord(char) > 127 for char in normal)


@pytest.mark.parametrize(
    ("claim", "text"),
    [("It rose by .5%.", "It rose by 5%."), ("It took 10² days.", "It took 102 days.")],
)
def test_another_number_is_not_the_same_words(claim: str, text: str) -> None:
    assert normalise(claim) != normalise(text)
    assert Verbatim([Source("a", text)]).find(claim) is None
