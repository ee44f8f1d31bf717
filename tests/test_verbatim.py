from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.readers.markdown import read
from verifier.records import Source
from verifier.text import sentences
from verifier.verbatim import Verbatim, normalise


def index(*texts: str) -> Verbatim:
    return Verbatim([s for i, text in enumerate(texts) for s in sentences(Source(f"s{i}", text))])


@pytest.mark.parametrize(
    ("text", "claim", "run"),
    [
        ("He slept. “The cat sat.” Then he woke.", "the cat sat", range(1, 2)),
        ("Then the cat\n  sat on it.", "Then the cat sat on it!", range(1)),
        ("The cat’s 23–25 mats.", "the cat's 23-25 mats", range(1)),
        ("It sat. It ran. It hid.", "It ran. It hid.", range(1, 3)),
        ("The ﬁrst ½ STRASSE", "the first ½ straße", range(1)),
        ("a co\u00adop\u200beration", "a cooperation", range(1)),
        ("It rose by .5", "it rose by .5.", range(1)),
        ("Did it sit? It sat.", "It sat.", range(1, 2)),
        ("# It sat\n\nIt sat.", "It sat.", range(1, 2)),
    ],
)
def test_a_claim_is_found_where_it_is_sentences_of_its_own(
    text: str, claim: str, run: range
) -> None:
    assert index(text).find(claim) == run


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("It is not true that the plant leaked oil.", "The plant leaked oil."),
        ("The plant leaked oil, the minister was told.", "The plant leaked oil."),
        ("If the plant leaked oil, it will close.", "The plant leaked oil."),
        ("The meeting closed.", "Closed"),
        ("The plant leaked oil?", "The plant leaked oil."),
        ("It sat. Later it ran.", "It sat. It ran."),
        ("the non-profit grew", "profit grew"),
        ("it cost 5.3 euros", "it cost 5"),
        ("it cost 5 million", "it cost 5"),
        ("it fell to -5", "it fell to 5"),
        ("it is $5", "it is 5"),
        ("It rose by 5%.", "It rose by .5%."),
        ("It took 102 days.", "It took 10² days."),
        ("Words", "..."),
        ("...", "..."),
        ("Words", ""),
    ],
)
def test_what_is_only_a_part_or_only_asked_is_not_found(text: str, claim: str) -> None:
    assert not index(text).find(claim)


def test_markup_is_no_part_of_the_words() -> None:
    text = "# T\n\n> The **cat** [sat](u)\n> on *mats*.\n"
    found = sentences(read(text.encode(), "s", None))
    assert Verbatim(found).find("The cat sat on mats.") == range(1, 2)


def test_sentences_of_two_sources_do_not_join() -> None:
    found = index("The cat came.", "It sat. The dog came.", "The cat came. It sat.")
    assert found.find("The cat came. It sat.") == range(3, 5)
    assert not found.find("The dog came. The cat came.")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["Ann ran.", "“Bo sat!”", "It’s 5%.", "Did he?", "Ω"]), max_size=6),
    st.integers(0, 5),
    st.integers(1, 3),
)
def test_any_run_of_sentences_is_found_unless_one_of_them_asks(
    parts: list[str], first: int, count: int
) -> None:
    asked = parts[first : first + count]
    run = index("\n\n".join(parts)).find("\n\n".join(asked))
    if not asked or "Did he?" in asked:
        assert not run
    else:
        assert [parts[i] for i in run] == asked
        assert run.start <= first


@given(st.text())
def test_normal_text_is_trimmed_and_folded(text: str) -> None:
    normal = normalise(text)
    assert normal == " ".join(normal.split())
    assert normal == normal.casefold() or any(ord(char) > 127 for char in normal)
