from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.decide import Policy, decide
from verifier.quantities import lacking
from verifier.records import Claim, Evidence, Label, Scores
from verifier.weigh import Features, Weight, Weights, among, features, weigh

EVIDENCE = "The assembly ran from 23 to 25 November and brought together nearly 470 officials."
NEUTRAL = Weights(Weight(), Weight())
PLAIN_RULE = Weights()

scores = st.lists(st.floats(0.001, 1), min_size=3, max_size=3).map(
    lambda parts: Scores(*(part / math.fsum(parts) for part in parts))
)
shares = st.floats(0, 1)
seen = st.builds(Features, shares, shares, shares, shares)
texts = st.text(st.sampled_from("ab 19.,-%€"), max_size=40)


def test_a_conflict_and_an_agreement_are_seen() -> None:
    assert features(EVIDENCE, "The assembly ran from 20 to 22 November.").conflict == 1
    agreeing = features(EVIDENCE, "The assembly ran 23–25 November.")
    assert (agreeing.conflict, agreeing.agree, agreeing.missing) == (0, 1, 0)


def test_a_value_that_the_evidence_doesnt_mention_is_missing_never_a_conflict() -> None:
    absent = features(EVIDENCE, "The assembly cost two million euros.")
    assert (absent.conflict, absent.agree, absent.missing) == (0, 0, 1)


def test_a_claim_without_values_has_no_findings() -> None:
    words = features(EVIDENCE, "The assembly brought together officials.")
    assert words == Features(lacking=0)


def test_a_date_agrees_only_where_it_is_said_of_something_alike() -> None:
    evidence = "The board met on 14 August 2024."
    assert features(evidence, "The board met in August 2024.").agree == 1
    assert features(evidence, "Work on the quay started in August 2024.").agree == 0


def test_an_agreement_counts_only_where_the_claims_words_are() -> None:
    claim = "The mandate of the chair ends in 2026."
    near = features("The chair's mandate ends in 2026, by the rules.", claim)
    far = features("The quay will be finished in 2026.", claim)
    assert (near.agree, far.agree) == (1, 1)
    assert [place.agree for place in among([near, far], [None, None])] == [1, 0]


def test_a_conflict_counts_where_only_the_numbers_differ_however_near_another_place_is() -> None:
    claim = "The bridge opened in 1998."
    texts = [claim, "The bridge opened in 2003.", "A school closed in 2003."]
    same, other_year, elsewhere = among([features(text, claim) for text in texts], [None] * 3)
    assert (same.agree, other_year.conflict, elsewhere.conflict) == (1, 1, 0)


def test_a_conflict_counts_only_near_the_claims_words() -> None:
    claim = "The mandate of the chair ends in 2026."
    near = features("The chair's mandate ends in 2024, by the rules.", claim)
    far = replace(near, lacking=near.lacking + 0.5)
    assert near.conflict == 1
    assert [place.conflict for place in among([near, far], [None, None])] == [1, 0]


def test_a_stretch_has_the_values_of_the_places_in_it() -> None:
    claim = "The mandate of the chair ends in 2026."
    against = features("The chair's mandate ends in 2024, by the rules.", claim)
    agrees = features("The chair's mandate ends in 2026, by the rules.", claim)
    silent = features("The chair's mandate ends soon, by the rules.", claim)
    places = [against, agrees, silent, replace(agrees, conflict=1)]
    for held, conflict, agree in ([0], 1, 0), ([0, 1], 0, 1), ([2], 0, 0), ([], 0, 0):
        stretch = among(places, [None, None, None, held])[-1]
        assert (stretch.conflict, stretch.agree) == (conflict, agree)


def test_the_share_of_words_that_are_lacking_is_counted_without_values_and_by_meaning() -> None:
    assert lacking("Snow falls on 3 May for two weeks.", "Rain fell.") == 0.5
    assert lacking("An election of mayors", "The elected mayors met.") == 0
    assert lacking("The assembly was held in May.", "The gathering takes place in June.") == 0
    assert lacking("mayor", "") == 1
    assert lacking("3 May", "Rain fell.") == 0
    assert among([], []) == []


@given(scores, seen)
def test_no_weights_change_nothing(each: Scores, found: Features) -> None:
    same = weigh(each, found, NEUTRAL)
    assert same.supported == pytest.approx(each.supported, abs=1e-4)
    assert same.refuted == pytest.approx(each.refuted, abs=1e-4)


@given(scores, seen, st.floats(-5, 5))
def test_weighed_scores_are_probabilities(each: Scores, found: Features, weight: float) -> None:
    result = weigh(each, found, Weights(Weight(weight, -4, 1), Weight(-weight)))
    parts = (result.supported, result.refuted, result.unknown)
    assert all(0 <= part <= 1 for part in parts)
    assert math.fsum(parts) == pytest.approx(1)


@given(scores, seen, st.floats(0.1, 5))
def test_more_weight_never_lowers_its_label(each: Scores, found: Features, weight: float) -> None:
    raised = weigh(each, found, Weights(Weight(weight), Weight()))
    assert raised.supported >= weigh(each, found, NEUTRAL).supported - 1e-9


@given(scores, seen, st.floats(-2, 2))
def test_readiness_is_added_whatever_the_values_are(
    each: Scores, found: Features, always: float
) -> None:
    ready = weigh(each, found, Weights(Weight(always=always), Weight()))
    plain = weigh(each, found, NEUTRAL)
    gained = math.log(ready.supported / ready.unknown) - math.log(plain.supported / plain.unknown)
    assert gained == pytest.approx(always, abs=1e-3)
    assert ready.refuted / ready.unknown == pytest.approx(plain.refuted / plain.unknown)


@given(texts, texts)
def test_any_two_texts_have_features(evidence: str, claim: str) -> None:
    found = features(evidence, claim)
    for share in (found.lacking, found.conflict, found.agree, found.missing):
        assert 0 <= share <= 1


def judged(model: Scores, claim: str, evidence: str = EVIDENCE) -> Label:
    """The verdict on one place under the plain rule, for models without weights of their own."""
    result = weigh(model, features(evidence, claim), PLAIN_RULE)
    place = Evidence("s", 0, len(evidence), 1, 1, evidence, result)
    return decide(Claim("1", claim), [place], Policy()).label


def test_by_the_plain_rule_a_conflict_turns_support_into_refutation() -> None:
    assert (
        judged(Scores(0.9, 0.05, 0.05), "The assembly ran from 20 to 22 November.") is Label.REFUTED
    )


def test_by_the_plain_rule_a_conflict_leaves_what_the_model_takes_for_unknown() -> None:
    assert (
        judged(Scores(0.02, 0.05, 0.93), "The assembly ran from 20 to 22 November.")
        is Label.UNKNOWN
    )


def test_by_the_plain_rule_agreement_alone_never_supports() -> None:
    assert judged(Scores(0.3, 0.1, 0.6), "The festival ran 23–25 November.") is Label.UNKNOWN


def test_by_the_plain_rule_absence_never_refutes() -> None:
    assert judged(Scores(0.1, 0.2, 0.7), "The assembly cost two million euros.") is Label.UNKNOWN
