from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.corpus import READ_WHOLE, Corpus, narrow_in
from verifier.records import Scores, Source

SENTENCE = st.lists(
    st.sampled_from("the mayor opened a bridge in 1998 and ferry harbour rain fell".split()),
    min_size=2,
    max_size=9,
).map(lambda words: " ".join(words).capitalize() + ".")
TEXT = st.lists(SENTENCE, min_size=1, max_size=12).map(" ".join)


def words(texts: Sequence[str]) -> list[int]:
    """Count tokens as a tokenizer of whole words would."""
    return [len(text.split()) for text in texts]


def corpus_of(*texts: str, limit: int = 100) -> Corpus:
    return Corpus([Source(f"s{i}", text) for i, text in enumerate(texts)], words, limit)


def test_every_sentence_of_a_short_source_is_a_candidate() -> None:
    text = "Rain fell. The mayor came. A bridge was opened."
    plains = [unit.plain for unit in corpus_of(text).candidates("Nothing in common?", 3)]
    assert plains == ["Rain fell.", "The mayor came.", "A bridge was opened."]


def test_the_surroundings_of_the_best_sentence_are_a_candidate() -> None:
    text = "Rain fell. The mayor came. A bridge was opened. Then she left."
    plains = [unit.plain for unit in corpus_of(text).candidates("the bridge", 3)]
    assert "The mayor came. A bridge was opened. Then she left." in plains


def test_a_long_source_gives_only_the_best_sentences() -> None:
    text = " ".join(f"Ship number {i} sailed." for i in range(READ_WHOLE + 50))
    units = corpus_of(text).candidates("ship number 77 sailed", 4)
    assert any(unit.plain == "Ship number 77 sailed." for unit in units)
    assert len(units) <= 4 + 5 + 5


def test_the_stretches_around_the_best_sentences_are_read_as_one_text() -> None:
    text = " ".join(f"Ship number {i} sailed." for i in range(100))
    broad = [u for u in corpus_of(text, limit=1000).candidates("ship number 77", 1) if u.broad]
    assert len(broad) == 1
    assert "Ship number 77 sailed." in broad[0].plain
    assert 170 < len(broad[0].plain.split()) <= 180


def test_a_stretch_holds_the_narrower_places_of_its_own_source() -> None:
    one = " ".join(f"Ship number {n} sailed on." for n in range(40))
    other = " ".join(f"Ship number {n} came back." for n in range(40))
    units = corpus_of(one, other, limit=1000).candidates("ship number 7", 80)
    held = narrow_in(units)
    for unit, inside in zip(units, held, strict=True):
        assert (inside is None) is not unit.broad
        for at in inside or ():
            assert not units[at].broad
            assert units[at].source_id == unit.source_id
            assert units[at].plain in unit.plain
    assert sum(len(inside) > 1 for inside in held if inside is not None) > 1


def test_the_stretches_hold_every_sentence_once() -> None:
    text = " ".join(f"Ship number {i} sailed." for i in range(100))
    corpus = corpus_of(text, limit=1000)
    found = {
        (unit.start, unit.end)
        for number in range(100)
        for unit in corpus.candidates(f"ship number {number} sailed", 1)
        if unit.broad
    }
    (first, *_), *_, (_, last) = sorted(found)
    assert (first, last) == (0, len(text))
    assert all(one[1] + 1 == other[0] for one, other in pairwise(sorted(found)))


def test_a_window_never_crosses_sources() -> None:
    units = corpus_of("The bridge opened.", "The bridge closed.").candidates("bridge", 5)
    assert {unit.plain for unit in units} == {"The bridge opened.", "The bridge closed."}


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3), SENTENCE, st.integers(3, 12))
def test_units_fit_the_model_and_lie_where_they_say(
    texts: list[str], claim: str, limit: int
) -> None:
    corpus = corpus_of(*texts, limit=limit)
    units = corpus.candidates(claim, 5)
    assert len(set(units)) == len(units)
    for unit in units:
        assert words([unit.plain])[0] <= limit
        text = texts[int(unit.source_id[1:])]
        parts = iter(unit.plain.split())
        for word in text[unit.start : unit.end].split():
            read = next(parts)
            while read != word and word.startswith(read):  # a sentence cut within a word
                read += next(parts)
            assert read == word
        assert next(parts, None) is None


@settings(max_examples=20, deadline=None)
@given(TEXT, SENTENCE, st.integers(9, 12))
def test_no_word_of_a_short_source_is_lost(text: str, claim: str, limit: int) -> None:
    covered: set[int] = set()
    for unit in corpus_of(text, limit=limit).candidates(claim, 5):
        covered.update(range(unit.start, unit.end))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= covered


def test_evidence_has_its_line_and_column() -> None:
    corpus = corpus_of("First line.\n\n  Second: the bridge.\n")
    unit = next(u for u in corpus.candidates("the bridge", 1) if u.plain.startswith("Second"))
    evidence = corpus.evidence(unit.source_id, unit.start, unit.end, Scores(1, 0, 0))
    assert (evidence.text, evidence.line, evidence.column) == ("Second: the bridge.", 3, 3)


def test_a_claim_is_found_word_for_word_as_a_sentence_and_not_inside_one() -> None:
    text = "It is not true that the mayor left. “The mayor came.”"
    corpus = corpus_of(text)
    place = corpus.find_verbatim("The mayor came")
    assert place is not None
    assert text[place.start : place.end] == "“The mayor came.”"
    assert corpus.find_verbatim("the mayor left") is None
