from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from verifier.decide import WORD_FOR_WORD, Policy, decide, decide_pair
from verifier.records import Claim, Evidence, Label, Scores

CLAIM = Claim("1", "The bridge opened in 1998.")
POLICY = Policy()


def place(
    start: int, supported: float, refuted: float, *, end: int = 0, source: str = "a"
) -> Evidence:
    scores = Scores(supported, refuted, 1 - supported - refuted)
    end = end or start + 10
    return Evidence(source, start, end, 1, start + 1, "x" * (end - start), scores)


@st.composite
def places(draw: st.DrawFn) -> Evidence:
    supported = draw(st.floats(0, 1))
    refuted = draw(st.floats(0, 1)) * (1 - supported)
    start = draw(st.integers(0, 90))
    return place(start, supported, refuted, source=draw(st.sampled_from("ab")))


def test_the_place_that_supports_most_decides() -> None:
    verdict = decide(CLAIM, [place(0, 0.1, 0.1), place(20, 0.9, 0.02), place(40, 0.3, 0.3)], POLICY)
    assert verdict.label is Label.SUPPORTED
    assert [e.start for e in verdict.evidence] == [20]
    assert verdict.confidence == verdict.scores.supported > 0.8


def test_the_place_that_refutes_most_decides() -> None:
    verdict = decide(CLAIM, [place(0, 0.1, 0.1), place(20, 0.02, 0.9)], POLICY)
    assert verdict.label is Label.REFUTED
    assert [e.start for e in verdict.evidence] == [20]
    assert verdict.confidence == verdict.scores.refuted > 0.8


def test_no_evidence_is_unknown_with_a_reason() -> None:
    verdict = decide(CLAIM, [], POLICY)
    assert (verdict.label, verdict.evidence) == (Label.UNKNOWN, ())
    assert verdict.reason


def test_silence_is_unknown_and_shows_the_closest_place() -> None:
    verdict = decide(CLAIM, [place(0, 0.1, 0.05), place(20, 0.3, 0.1)], POLICY)
    assert verdict.label is Label.UNKNOWN
    assert [e.start for e in verdict.evidence] == [20]


@given(st.integers(1, 60))
def test_any_number_of_silent_places_never_refutes(count: int) -> None:
    silent = [place(10 * i, 0.02, 0.3) for i in range(count)]
    assert decide(CLAIM, silent, POLICY).label is Label.UNKNOWN


def test_different_places_that_say_opposite_things_conflict() -> None:
    verdict = decide(CLAIM, [place(0, 0.95, 0.01), place(20, 0.01, 0.93)], POLICY)
    assert verdict.label is Label.UNKNOWN
    assert "sources conflict" in verdict.reason
    assert [e.start for e in verdict.evidence] == [0, 20]
    assert verdict.confidence == verdict.scores.unknown > 0.5


def test_a_window_doesnt_conflict_with_its_own_sentence() -> None:
    sentence, window = place(20, 0.97, 0.01), place(0, 0.05, 0.9, end=60)
    verdict = decide(CLAIM, [sentence, window], POLICY)
    assert verdict.label is Label.SUPPORTED


def test_a_word_for_word_place_supports() -> None:
    exact = Evidence("a", 0, 10, 1, 1, "x" * 10, WORD_FOR_WORD)
    verdict = decide(CLAIM, [exact, place(20, 0.1, 0.6)], POLICY)
    assert verdict.label is Label.SUPPORTED
    assert "word for word" in verdict.reason


def test_of_places_that_score_alike_the_shortest_is_shown() -> None:
    window, sentence = place(0, 0.93, 0.01, end=80), place(30, 0.91, 0.01)
    verdict = decide(CLAIM, [window, sentence], POLICY)
    assert verdict.evidence == (sentence,)


def test_thresholds_hold_back_a_verdict() -> None:
    evidence = [place(0, 0.7, 0.02)]
    assert decide(CLAIM, evidence, Policy(support=0.6)).label is Label.SUPPORTED
    assert decide(CLAIM, evidence, Policy(support=0.9)).label is Label.UNKNOWN


@given(st.lists(places(), max_size=8), st.randoms())
def test_order_never_matters(evidence: list[Evidence], rng: random.Random) -> None:
    shuffled = evidence.copy()
    rng.shuffle(shuffled)
    assert decide(CLAIM, shuffled, POLICY) == decide(CLAIM, evidence, POLICY)


@given(st.lists(places(), max_size=8))
def test_scores_are_probabilities_and_confidence_is_the_labels(evidence: list[Evidence]) -> None:
    verdict = decide(CLAIM, evidence, POLICY)
    parts = (verdict.scores.supported, verdict.scores.refuted, verdict.scores.unknown)
    assert all(0 <= part <= 1 for part in parts)
    assert abs(sum(parts) - 1) < 1e-9
    assert verdict.confidence == getattr(verdict.scores, verdict.label)


@given(st.lists(places(), min_size=1, max_size=8))
def test_swapping_support_and_refutation_swaps_the_verdict(evidence: list[Evidence]) -> None:
    assume(all(each.scores != WORD_FOR_WORD for each in evidence))  # that is no matter of scores
    swapped = [
        place(e.start, e.scores.refuted, e.scores.supported, source=e.source) for e in evidence
    ]
    one, other = decide(CLAIM, evidence, POLICY), decide(CLAIM, swapped, POLICY)
    if one.scores.supported != one.scores.refuted:
        opposite = {Label.SUPPORTED: Label.REFUTED, Label.REFUTED: Label.SUPPORTED}
        assert other.label is opposite.get(one.label, Label.UNKNOWN)


@given(places())
def test_a_pair_as_it_stands_gets_the_label_of_its_highest_score(pair: Evidence) -> None:
    verdict = decide_pair(CLAIM, pair, POLICY)
    scores = pair.scores
    assert (verdict.scores, verdict.evidence) == (scores, (pair,))
    assert verdict.confidence == getattr(scores, verdict.label)
    highest = max(scores.supported, scores.refuted, scores.unknown)
    assert verdict.confidence >= highest - 1e-9


def test_thresholds_hold_back_the_verdict_on_a_pair() -> None:
    pair = place(0, 0.45, 0.2)  # of support and unknown, support has 0.5625
    assert decide_pair(CLAIM, pair, Policy(support=0.56)).label is Label.SUPPORTED
    assert decide_pair(CLAIM, pair, Policy(support=0.57)).label is Label.UNKNOWN


def test_another_place_of_the_same_source_doesnt_overrule_the_claims_own_words() -> None:
    exact = Evidence("a", 0, 10, 1, 1, "x" * 10, WORD_FOR_WORD)
    same, other = place(20, 0.01, 0.95), place(20, 0.01, 0.95, source="b")
    assert decide(CLAIM, [exact, same], POLICY).label is Label.SUPPORTED
    assert "sources conflict" in decide(CLAIM, [exact, other], POLICY).reason
