from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics as sklearn

from verifier.claimsets import Gold
from verifier.errors import EmptyInputError, InputError
from verifier.metrics import Judged, Scorecard, compare, scorecard, signature
from verifier.metrics.arrays import Ints, to_arrays
from verifier.metrics.baselines import baselines
from verifier.metrics.bootstrap import distribution, evaluate, interval, resampled
from verifier.metrics.measures import headline, measures, risk_coverage, selective
from verifier.metrics.slices import groups
from verifier.records import Label, Scores

THREE = [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN]
TWO = [Gold.SUPPORTED, Gold.REFUTED]
BINARY = [Gold.SUPPORTED, Gold.NOT_SUPPORTED]
ERROR = Judged(Gold.SUPPORTED, None, None)


def judged(
    gold: Gold | None,
    supported: float,
    refuted: float,
    unknown: float,
    **fields: Any,  # noqa: ANN401 - of Judged
) -> Judged:
    scores = Scores(supported, refuted, unknown)
    label = max(Label, key=lambda name: getattr(scores, name))
    return Judged(gold, label, scores, **fields)


def sure(gold: Gold | None, label: Label, **fields: Any) -> Judged:  # noqa: ANN401 - as above
    """A verdict of full confidence."""
    parts = [float(label is each) for each in Label]
    return judged(gold, *parts, **fields)


def card(rows: Sequence[Judged], **options: Any) -> Scorecard:  # noqa: ANN401 - of scorecard
    given: dict[str, Any] = {"data": "d#1", "model": "m#2", "policy": {}, "resamples": 20}
    return scorecard(rows, **given | options)


def values(rows: Sequence[Judged], weights: Ints | None = None) -> dict[str, float]:
    arrays = to_arrays(rows)
    ones = np.ones((1, len(rows))) if weights is None else weights[None].astype(float)
    return {name: float(v[0]) for name, v in evaluate(measures(arrays, rows), ones).items()}


def random_rows(golds: Sequence[Gold], seed: int = 0, rows: int = 200) -> list[Judged]:
    rng = np.random.default_rng(seed)
    parts = rng.dirichlet([1, 1, 1], rows)
    picked = rng.integers(0, len(golds), rows)
    return [
        judged(golds[g], *map(float, p), claim=f"claim {n} {'abc'[g]}", document=f"d{n % 40}")
        for n, (g, p) in enumerate(zip(picked, parts, strict=True))
    ]


parts = st.tuples(*[st.floats(0.01, 1)] * 3).map(lambda p: tuple(x / sum(p) for x in p))


def rows_of(golds: Sequence[Gold]) -> st.SearchStrategy[list[Judged]]:
    row = st.builds(lambda gold, p: judged(gold, *p), st.sampled_from(golds), parts)
    return st.lists(row, min_size=1, max_size=30).filter(
        lambda rows: {row.gold for row in rows} == set(golds)
    )


weighted = st.integers(0, 2**32 - 1)


# Against scikit-learn


@given(rows_of(THREE), weighted)
def test_rates_are_those_of_scikit_learn_whatever_the_weights(
    rows: list[Judged], seed: int
) -> None:
    weights = np.random.default_rng(seed).integers(1, 5, len(rows))
    found = values(rows, weights)
    gold, said = [str(row.gold) for row in rows], [str(row.label) for row in rows]
    held: dict[str, Any] = {"sample_weight": weights, "labels": THREE, "zero_division": 0}
    macro = sklearn.precision_recall_fscore_support(gold, said, average="macro", **held)
    assert found["accuracy"] == pytest.approx(
        sklearn.accuracy_score(gold, said, sample_weight=weights)
    )
    assert found["balanced accuracy"] == pytest.approx(macro[1])
    assert (found["macro precision"], found["macro F1"]) == pytest.approx((macro[0], macro[2]))
    single = sklearn.precision_recall_fscore_support(gold, said, average=None, **held)
    for place, label in enumerate(THREE):
        precision = found[f"precision {label}"]
        assert np.isnan(precision) == (label not in said)
        assert np.nan_to_num(precision) == pytest.approx(single[0][place])
        assert found[f"recall {label}"] == pytest.approx(single[1][place])
        assert found[f"F1 {label}"] == pytest.approx(single[2][place])


@given(rows_of(THREE), weighted)
def test_scores_are_judged_as_by_scikit_learn(rows: list[Judged], seed: int) -> None:
    weights = np.random.default_rng(seed).integers(1, 5, len(rows))
    found = values(rows, weights)
    gold = [THREE.index(row.gold) for row in rows if row.gold]
    scores = to_arrays(rows).scores
    scores /= scores.sum(axis=1, keepdims=True)
    given_: dict[str, Any] = {"sample_weight": weights, "labels": [0, 1, 2]}
    assert found["log loss"] == pytest.approx(sklearn.log_loss(gold, scores, **given_))
    assert found["Brier"] == pytest.approx(sklearn.brier_score_loss(gold, scores, **given_))


@given(rows_of(BINARY), weighted)
def test_binary_figures_are_those_of_scikit_learn(rows: list[Judged], seed: int) -> None:
    weights = np.random.default_rng(seed).integers(1, 5, len(rows))
    found = values(rows, weights)
    gold = np.array([row.gold is Gold.SUPPORTED for row in rows])
    support = np.array([row.scores.supported for row in rows if row.scores])
    area = sklearn.roc_auc_score(gold, support, sample_weight=weights)
    assert found["ROC-AUC"] == pytest.approx(area)
    assert found["Brier"] == pytest.approx(
        sklearn.brier_score_loss(gold, support, sample_weight=weights)
    )
    said = [row.label is Label.SUPPORTED for row in rows]
    balanced = sklearn.balanced_accuracy_score(gold, said, sample_weight=weights)
    assert found["balanced accuracy"] == pytest.approx(balanced)
    best = max(
        sklearn.balanced_accuracy_score(gold, support >= threshold, sample_weight=weights)
        for threshold in [*support, 2]
    )
    assert found["balanced accuracy at best threshold"] == pytest.approx(best)


# Worked by hand and from the literature


def test_the_confusion_matrix_of_the_scikit_learn_guide() -> None:
    # scikit-learn's documentation of confusion_matrix: y_true = 2 0 2 2 0 1, y_pred = 0 0 2 2 0 2.
    gold, said = [2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]
    rows = [sure(THREE[g], list(Label)[s]) for g, s in zip(gold, said, strict=True)]
    found = card(rows)
    assert [[*row.values()] for row in found.confusion.values()] == [
        [2, 0, 0, 0],
        [0, 0, 1, 0],
        [1, 0, 2, 0],
    ]
    assert found.metrics["balanced accuracy"].value == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert found.metrics["precision refuted"].value is None


def test_the_area_of_the_scikit_learn_guide() -> None:
    # scikit-learn's documentation of roc_auc_score: 0.75.
    pairs = zip([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], strict=True)
    rows = [judged(BINARY[1 - y], p, 1 - p, 0.0) for y, p in pairs]
    assert values(rows)["ROC-AUC"] == pytest.approx(0.75)


def test_calibration_error_by_hand() -> None:
    # Bin [0.8, 0.867): 0.8 and 0.8, one right; [0.6, 0.667): 0.6, right; [0.933, 1]: 1.0, wrong.
    rows = [
        judged(Gold.SUPPORTED, 0.8, 0.1, 0.1),
        judged(Gold.REFUTED, 0.8, 0.1, 0.1),
        judged(Gold.UNKNOWN, 0.2, 0.2, 0.6),
        judged(Gold.UNKNOWN, 1.0, 0.0, 0.0),
    ]
    expected = (abs(1 - 1.6) + abs(1 - 0.6) + abs(0 - 1)) / 4
    found = card(rows)
    assert found.metrics["ECE"].value == pytest.approx(expected)
    filled = {round(b.low, 3): (b.rows, b.confidence, b.accuracy)
              for b in found.reliability if b.rows}  # fmt: skip
    assert filled == {
        0.6: pytest.approx((1, 0.6, 1)),
        0.8: pytest.approx((2, 0.8, 0.5)),
        0.933: pytest.approx((1, 1, 0)),
    }
    assert len(found.reliability) == 15


def test_risk_and_coverage_by_hand() -> None:
    # From sure to unsure: right, wrong, right. Risks 0, 1/2, 1/3: area their mean (Geifman 2019).
    rows = [
        judged(Gold.SUPPORTED, 0.9, 0.1, 0.0),
        judged(Gold.REFUTED, 0.8, 0.2, 0.0),
        judged(Gold.SUPPORTED, 0.7, 0.3, 0.0),
    ]
    assert values(rows)["AURC"] == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    coverage, risk = risk_coverage(to_arrays(rows))
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk.tolist() == pytest.approx([0, 1 / 2, 1 / 3])


def test_fever_score_by_hand() -> None:
    # The rules of the FEVER shared task (Thorne et al. 2018): a right label counts with one whole
    # set of evidence among the first five; unknown needs none.
    gold: dict[str, Any] = {"gold_evidence": ((0, 1), (4,))}
    rows = [
        sure(Gold.SUPPORTED, Label.SUPPORTED, evidence=(1, 0), **gold),  # strict; P 1, R 1
        sure(Gold.SUPPORTED, Label.SUPPORTED, evidence=(0, 2), **gold),  # half a set; P 1/2, R 0
        sure(Gold.REFUTED, Label.REFUTED, evidence=(9, 8, 7, 6, 5, 4), **gold),  # sixth; P 0, R 0
        sure(Gold.REFUTED, Label.SUPPORTED, evidence=(4,), **gold),  # wrong label; P 1, R 1
        sure(Gold.UNKNOWN, Label.UNKNOWN, gold_evidence=()),  # strict
        sure(Gold.REFUTED, Label.REFUTED, **gold),  # names none; P 1 by rule, R 0
    ]
    found = values(rows)
    assert found["FEVER score"] == pytest.approx(2 / 6)
    precision, recall = (1 + 0.5 + 0 + 1 + 1) / 5, 2 / 5
    assert found["evidence precision"] == pytest.approx(precision)
    assert found["evidence recall"] == pytest.approx(recall)
    f1 = 2 * precision * recall / (precision + recall)
    assert found["evidence F1"] == pytest.approx(f1)


def test_evidence_that_is_all_wrong_has_f1_zero() -> None:
    row = sure(Gold.SUPPORTED, Label.SUPPORTED, gold_evidence=((0,),), evidence=(1,))
    found = values([row])
    assert (found["evidence precision"], found["evidence recall"]) == (0, 0)
    assert found["evidence F1"] == 0


def test_evidence_isnt_measured_where_no_row_needs_any() -> None:
    row = sure(Gold.UNKNOWN, Label.UNKNOWN, gold_evidence=())
    found = card([row]).metrics
    assert found["FEVER score"].value == 1
    assert found["evidence F1"].value is None
    assert "FEVER score" not in card([sure(Gold.UNKNOWN, Label.UNKNOWN)]).metrics


def test_mcnemar_by_hand() -> None:
    # Of 10 rows that differ, 1 and 9: two-sided exact p = 2 * (1 + 10) / 2**10.
    rows = [sure(Gold.SUPPORTED, Label.SUPPORTED) for _ in range(20)]
    wrong = sure(Gold.SUPPORTED, Label.REFUTED)
    a, b = [*rows], [*rows]
    a[1:10] = [wrong] * 9
    b[0] = wrong
    found = compare(a, b, resamples=50)
    assert (found.mcnemar.only_a, found.mcnemar.only_b) == (1, 9)
    assert found.mcnemar.p == pytest.approx(22 / 1024)
    assert found.fixed == tuple(range(1, 10))
    assert found.broken == (0,)


# Properties


@pytest.mark.parametrize("golds", [THREE, TWO, BINARY])
def test_the_order_of_rows_changes_no_figure(golds: list[Gold]) -> None:
    rows = random_rows(golds)
    rows += rows[:20]  # ties
    shuffled = [rows[n] for n in np.random.default_rng(1).permutation(len(rows))]
    assert values(shuffled) == pytest.approx(values(rows))


def test_swapping_two_labels_everywhere_swaps_their_figures_only() -> None:
    rows = random_rows(THREE)
    other = {Gold.SUPPORTED: Gold.REFUTED, Gold.REFUTED: Gold.SUPPORTED}
    swapped = []
    for row in rows:
        assert row.scores is not None
        assert row.gold is not None
        s = row.scores
        swapped.append(judged(other.get(row.gold, row.gold), s.refuted, s.supported, s.unknown))
    before, after = values(rows), values(swapped)
    names = {"supported": "refuted", "refuted": "supported"}
    for name, value in before.items():
        first, _, label = name.rpartition(" ")
        assert after[f"{first} {names[label]}" if label in names else name] == pytest.approx(value)


@pytest.mark.parametrize("golds", [THREE, TWO, BINARY])
def test_a_perfect_model_is_perfect(golds: list[Gold]) -> None:
    said = {Gold.NOT_SUPPORTED: Label.REFUTED} | {Gold(label): label for label in Label}
    found = card([sure(gold, said[gold], document=f"{n}")
                  for n, gold in enumerate(golds * 5)])  # fmt: skip
    for name, estimate in found.metrics.items():
        best = 0 if name in ("ECE", "Brier", "AURC", "log loss") else 1
        assert (estimate.value, estimate.low, estimate.high) == pytest.approx((best,) * 3)


@pytest.mark.parametrize(("golds", "macro"), [(THREE, 1 / 6), (TWO, 1 / 3), (BINARY, 1 / 3)])
def test_a_constant_model_is_at_chance(golds: list[Gold], macro: float) -> None:
    found = card([sure(gold, Label.SUPPORTED) for gold in golds * 10])
    assert found.metrics["accuracy"].value == pytest.approx(1 / len(golds))
    assert found.metrics["balanced accuracy"].value == pytest.approx(1 / len(golds))
    assert found.metrics["macro F1"].value == pytest.approx(macro)
    if golds is BINARY:
        assert found.metrics["ROC-AUC"].value == pytest.approx(0.5)
    assert found.baselines["majority"]["macro F1"].value == pytest.approx(macro)


def test_a_label_that_no_row_has_is_in_no_figure() -> None:
    found = card(random_rows(TWO)).metrics
    assert not any("unknown" in name for name in found)
    one = card([sure(Gold.SUPPORTED, Label.SUPPORTED), sure(Gold.SUPPORTED, Label.UNKNOWN)])
    assert one.metrics["macro F1"].value == one.metrics["F1 supported"].value
    only = card([judged(Gold.NOT_SUPPORTED, 0.2, 0.5, 0.3)]).metrics
    assert only["ROC-AUC"].value is None
    assert only["ROC-AUC"].low is None


def test_without_unknown_the_forced_choice_has_a_name_of_its_own() -> None:
    rows = [judged(Gold.SUPPORTED, 0.3, 0.1, 0.6), judged(Gold.REFUTED, 0.1, 0.6, 0.3)]
    found = values(rows)
    assert found["accuracy"] == 0.5
    assert found["accuracy (supported/refuted)"] == 1.0
    assert "accuracy (supported/refuted)" not in values(random_rows(THREE))


# Errors


@pytest.mark.parametrize("golds", [THREE, TWO, BINARY])
def test_an_error_is_never_better_than_a_wrong_verdict(golds: list[Gold]) -> None:
    rows = random_rows(golds)
    wrong = sure(Gold.SUPPORTED, Label.REFUTED)
    failed, missed = values([*rows, ERROR]), values([*rows, wrong])
    lower = {"ECE", "Brier", "log loss"}
    for name, value in failed.items():
        if name.startswith(("precision", "macro precision", "F1", "macro F1")):
            continue  # an error accuses no other label, which a wrong verdict does
        if name != "AURC":
            assert (value >= missed[name] - 1e-9) if name in lower else (value <= missed[name])
    assert failed["AURC"] > values(rows)["AURC"]
    assert failed["accuracy"] < values(rows)["accuracy"]


def test_errors_and_unreadable_rows_stay_in_the_denominator() -> None:
    rows = [sure(Gold.SUPPORTED, Label.SUPPORTED), ERROR, Judged(None, None, None)]
    found = card(rows, unlabelled=7)
    assert found.metrics["accuracy"].value == pytest.approx(1 / 3)
    assert found.metrics["recall supported"].value == pytest.approx(1 / 2)
    assert (found.rows, found.errors, found.unlabelled) == (3, 2, 7)
    assert found.confusion["supported"]["error"] == 1
    assert found.confusion["unreadable"] == {"error": 1}
    assert sum(b.rows for b in found.reliability) == 1


def test_an_error_is_on_the_wrong_side_of_every_threshold() -> None:
    rows = [judged(Gold.SUPPORTED, 0.9, 0.1, 0.0), judged(Gold.NOT_SUPPORTED, 0.1, 0.9, 0.0)]
    assert values(rows)["balanced accuracy at best threshold"] == 1
    found = values([*rows, ERROR, replace(ERROR, gold=Gold.NOT_SUPPORTED)])
    assert found["balanced accuracy at best threshold"] == pytest.approx(0.5)
    assert found["ROC-AUC"] == pytest.approx(1 / 4)


def test_nothing_but_errors_is_a_card_of_zeros() -> None:
    found = card([ERROR, replace(ERROR, gold=Gold.REFUTED)]).metrics
    assert found["accuracy"].value == 0
    assert found["ECE"].value == 1
    assert found["AURC"].value == 1


# Intervals


def test_intervals_over_rows_are_those_of_scipy() -> None:
    rows = [replace(row, document="") for row in random_rows(THREE, rows=400)]
    arrays = to_arrays(rows)
    spread = distribution([headline(arrays)], arrays.cluster, 4000, 0)["accuracy"]
    expected = stats.bootstrap(
        (arrays.right,), np.mean, n_resamples=4000, method="percentile", rng=1
    ).confidence_interval
    assert interval(spread) == pytest.approx((expected.low, expected.high), abs=0.01)


def test_rows_of_a_document_are_drawn_together() -> None:
    cluster = np.array([0, 0, 1, 2, 2, 2])
    weights = np.concatenate(list(resampled(cluster, 200, 0)))
    assert weights.shape == (200, 6)
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 3] == weights[:, 5]).all()
    assert (weights[:, [0, 2, 3]].sum(axis=1) == 3).all()


def test_repeated_documents_widen_the_interval() -> None:
    apart = [sure(Gold.SUPPORTED, [Label.SUPPORTED, Label.REFUTED][n // 50]) for n in range(100)]
    joined = [replace(row, document=f"{n // 10}") for n, row in enumerate(apart)]
    narrow, wide = (card(rows, resamples=500).metrics["accuracy"] for rows in (apart, joined))
    assert narrow.value == wide.value == 0.5
    assert narrow.low is not None
    assert wide.low is not None
    assert wide.low < narrow.low - 0.05
    assert card(joined).documents == 10
    assert "bootstrap-percentile95-documents-20" in card(joined).signature
    assert "bootstrap-percentile95-rows-20" in card(apart).signature


def test_the_same_seed_gives_the_same_card() -> None:
    rows = random_rows(BINARY)
    assert card(rows) == card(rows)
    assert card(rows) != card(rows, seed=1)


@settings(max_examples=20, deadline=None)
@given(rows_of(THREE))
def test_a_figure_lies_in_the_range_of_its_resamples(rows: list[Judged]) -> None:
    arrays = to_arrays(rows)
    for name, spread in distribution([selective(arrays)], arrays.cluster, 50, 0).items():
        assert ((spread >= 0) & (spread <= 1)).all(), name


# Baselines and slices


def test_the_claim_only_baseline_sees_what_the_claims_give_away() -> None:
    given_away = random_rows(THREE, rows=400)  # each claim ends in a letter that tells its label
    given_away = [
        replace(row, claim=f"{row.claim.split()[-1]}{'xyz'[n % 3]} word", document=f"{n}")
        for n, row in enumerate(given_away)
    ]
    claims = [f"the {word} {n}" for n, word in enumerate(
        {Gold.SUPPORTED: "always", Gold.REFUTED: "never", Gold.UNKNOWN: "perhaps"}[row.gold]
        for row in given_away if row.gold)]  # fmt: skip
    rows = [replace(row, claim=c) for row, c in zip(given_away, claims, strict=True)]
    found = card(rows).baselines["claim-only"]["accuracy"].value
    assert found is not None
    assert found > 0.95
    with_errors = card([*rows, Judged(None, None, None)]).baselines["claim-only"]["accuracy"].value
    assert with_errors == pytest.approx(found * 400 / 401, abs=0.01)
    blank = [replace(row, claim=f"word {n}") for n, row in enumerate(rows)]
    chance = card(blank).baselines["claim-only"]["accuracy"].value
    assert chance is not None
    assert chance < 0.5


def test_contrastive_pairs_of_a_document_are_not_learned_from_each_other() -> None:
    rows = [
        sure(
            TWO[n % 2], Label.SUPPORTED, claim=f"thing {n // 2} is {n % 2}{n}", document=f"{n // 2}"
        )
        for n in range(200)
    ]
    chance = card(rows).baselines["claim-only"]["accuracy"].value
    assert chance is not None
    assert 0.35 < chance < 0.65


def test_few_rows_have_no_claim_only_baseline() -> None:
    rows = random_rows(THREE, rows=20)
    assert [name for name, _ in baselines(to_arrays(rows), rows)] == ["majority"]
    same = [sure(Gold.SUPPORTED, Label.SUPPORTED, claim=f"c{n}") for n in range(100)]
    assert [name for name, _ in baselines(to_arrays(same), same)] == ["majority"]


def test_claims_without_words_give_nothing_away() -> None:
    rows = [sure(TWO[n % 2], Label.SUPPORTED, claim="?", document=f"{n}") for n in range(100)]
    chance = card(rows).baselines["claim-only"]["accuracy"].value
    assert chance is not None
    assert chance < 0.65


CLAIMS = [
    ("In May 1998 it opened.", "with a number or date", "without a negation"),
    ("Twelve people came.", "with a number or date", "without a negation"),
    ("It didn't rain.", "without a number or date", "with a negation"),
    ("It didn’t rain.", "without a number or date", "with a negation"),
    ("Nothing was said of anyone.", "without a number or date", "with a negation"),
    ("The knot is a noteworthy one.", "without a number or date", "without a negation"),
    ("It fell on a Monday.", "with a number or date", "without a negation"),
    ("He was seen in Nottingham.", "without a number or date", "without a negation"),
    ("It do n't matter.", "without a number or date", "with a negation"),
    ("It is often said.", "without a number or date", "without a negation"),
]


@pytest.mark.parametrize(("claim", "numbers", "negation"), CLAIMS)
def test_claims_are_sliced_by_their_words(claim: str, numbers: str, negation: str) -> None:
    rows = [sure(Gold.SUPPORTED, Label.SUPPORTED, claim=claim)]
    assert list(groups(rows, "numbers")) == [numbers]
    assert list(groups(rows, "negation")) == [negation]


@pytest.mark.parametrize("name", ["length", "numbers", "negation", "label", "topic"])
def test_the_slices_of_a_kind_hold_every_row_once(name: str) -> None:
    rows = [
        replace(row, words=n % 70, fields={"topic": n % 30} if n % 2 else {})
        for n, row in enumerate(random_rows(THREE))
    ]
    found = groups(rows, name)
    assert sorted(np.concatenate(list(found.values())).tolist()) == list(range(len(rows)))
    assert len(found) <= 21


def test_long_and_short_rows_are_told_apart_in_thirds() -> None:
    rows = [sure(Gold.SUPPORTED, Label.SUPPORTED, words=n) for n in range(1, 10)]
    found = groups(rows, "length")
    assert {name: len(places) for name, places in found.items()} == {
        "up to 3 words": 3,
        "4 to 6 words": 3,
        "over 6 words": 3,
    }


def test_a_slice_has_the_figures_of_its_rows() -> None:
    rows = random_rows(THREE)
    rows = [replace(row, fields={"topic": "ab"[n % 2]}) for n, row in enumerate(rows)]
    found = card(rows, slices=["topic"]).slices["topic"]
    assert set(found) == {"a", "b"}
    assert found["a"].rows == 100
    assert found["a"].metrics["accuracy"].value == pytest.approx(values(rows[::2])["accuracy"])


def test_an_unknown_slice_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="--slice tpoic: no row has such a field; choose label,"):
        card(random_rows(THREE), slices=["tpoic"])


# Cards and comparisons


def test_a_card_is_plain_json() -> None:
    rows = [*random_rows(BINARY), ERROR]
    text = json.dumps(card(rows).to_json(), allow_nan=False)
    assert json.loads(text)["metrics"]["accuracy"].keys() == {"value", "low", "high"}


def test_the_signature_holds_what_is_needed_to_repeat_a_figure() -> None:
    found = card(random_rows(THREE), policy={"support": 0.5, "refute": 0.6}, seed=3).signature
    assert found.startswith("data:d#1|rows:200|task:three-way|model:m#2|policy:refute=0.6,support=")
    assert "|seed:3|version:" in found
    assert signature({"a": 1, "b": "x|y"}) == "a:1|b:x/y"


def test_the_risk_coverage_curve_is_thinned_but_keeps_its_end() -> None:
    rows = random_rows(THREE, rows=1000)
    curve = card(rows).risk_coverage
    assert len(curve) <= 200
    wrong = 1 - values(rows)["accuracy"]
    assert curve[-1] == pytest.approx((1, wrong))
    assert [c for c, _ in curve] == sorted(c for c, _ in curve)


def test_no_rows_are_no_card() -> None:
    with pytest.raises(EmptyInputError, match="no labelled rows to measure"):
        card([])
    with pytest.raises(EmptyInputError, match="nothing to compare"):
        compare([], [])


def test_a_run_doesnt_differ_from_itself() -> None:
    rows = random_rows(THREE)
    found = compare(rows, rows, resamples=50)
    for difference in found.metrics.values():
        assert difference.difference == difference.low == difference.high == 0
        assert difference.p == 1
    assert found.mcnemar.p == 1
    assert found.fixed == found.broken == ()


def test_a_better_run_is_found_better_and_the_other_way_round() -> None:
    rows = random_rows(THREE)
    said = {Gold(label): label for label in Label}
    better = [
        sure(row.gold, said[row.gold], claim=row.claim, document=row.document)
        for row in rows if row.gold
    ]  # fmt: skip
    there, back = compare(rows, better, resamples=200), compare(better, rows, resamples=200)
    gain, loss = there.metrics["accuracy"], back.metrics["accuracy"]
    assert gain.difference is not None
    assert loss.difference is not None
    assert gain.low is not None
    assert gain.p is not None
    assert gain.difference == -loss.difference > 0
    assert gain.low > 0
    assert gain.p < 0.05
    assert there.mcnemar.p < 0.001
    assert there.slices["label"]["supported"].rows == sum(r.gold is Gold.SUPPORTED for r in rows)
    json.dumps(there.to_json(), allow_nan=False)


def test_pairing_makes_the_interval_of_a_difference_narrow() -> None:
    a = random_rows(THREE, rows=300)
    b = [replace(row, label=None, scores=None) if n % 30 == 0 else row for n, row in enumerate(a)]
    found = compare(a, b, resamples=300).metrics["accuracy"]
    alone = card(a, resamples=300).metrics["accuracy"]
    assert None not in (found.low, found.high, alone.low, alone.high)
    assert found.high - found.low < (alone.high - alone.low) / 2  # type: ignore[operator]


def test_runs_over_different_data_are_not_compared() -> None:
    rows = random_rows(THREE)
    with pytest.raises(InputError, match="200 and 199 rows; compare runs of the same data"):
        compare(rows, rows[1:])
    with pytest.raises(InputError, match="differ in row 3; compare runs of the same data"):
        compare(rows, [*rows[:2], replace(rows[2], claim="other"), *rows[3:]])
