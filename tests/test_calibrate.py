from __future__ import annotations

import json
import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import balanced_accuracy_score, f1_score

from verifier.calibrate import (
    Answered,
    Calibration,
    answered,
    fit_abstention,
    fit_temperature,
    fit_thresholds,
    load,
    save,
    soften,
)
from verifier.claimsets import Gold
from verifier.decide import Policy, decide
from verifier.errors import InputError, ModelError
from verifier.records import Claim, Evidence, Label, Scores, Verdict

probabilities = st.lists(st.floats(1e-6, 1), min_size=3, max_size=3).map(
    lambda parts: Scores(*(part / math.fsum(parts) for part in parts))
)


@given(probabilities)
def test_temperature_one_changes_nothing(scores: Scores) -> None:
    same = soften(scores, 1.0)
    assert same.supported == pytest.approx(scores.supported)
    assert same.refuted == pytest.approx(scores.refuted)


@given(probabilities, st.floats(0.25, 4))
def test_temperature_keeps_the_order_and_the_sum(scores: Scores, temperature: float) -> None:
    softened = soften(scores, temperature)
    before = (scores.supported, scores.refuted, scores.unknown)
    after = (softened.supported, softened.refuted, softened.unknown)
    assert math.fsum(after) == pytest.approx(1)
    for i in range(3):
        for j in range(3):
            assert before[i] < before[j] or after[i] >= after[j] - 1e-12


def test_certain_scores_survive_any_temperature() -> None:
    assert soften(Scores(1.0, 0.0, 0.0), 2.0).supported == pytest.approx(1, abs=1e-3)


def test_fitting_finds_the_temperature_that_spoilt_the_scores() -> None:
    # A model right 8 times in 10 at confidence 0.8, made overconfident by temperature 1/2.
    honest = Scores(0.8, 0.1, 0.1)
    gold = [Label.SUPPORTED] * 8 + [Label.REFUTED, Label.UNKNOWN]
    spoilt = [soften(honest, 0.5)] * len(gold)
    assert fit_temperature(spoilt, gold) == pytest.approx(2.0, abs=0.01)


def test_fitting_refuses_what_cant_be_fitted() -> None:
    with pytest.raises(ValueError, match="0 scores"):
        fit_temperature([], [])
    with pytest.raises(ValueError, match="1 scores and 2 labels"):
        fit_temperature([Scores(1, 0, 0)], [Label.SUPPORTED, Label.REFUTED])


def test_a_saved_calibration_reads_back(tmp_path: Path) -> None:
    for abstain in (None, 0.85):
        calibration = Calibration(1.5, Policy(support=0.6, top_k=7), "abc", abstain=abstain)
        save(calibration, tmp_path / "c.json")
        assert load(tmp_path / "c.json", "abc") == calibration


def test_a_calibration_from_before_there_was_abstention_reads(tmp_path: Path) -> None:
    save(Calibration(digest="abc"), tmp_path / "c.json")
    fields = json.loads((tmp_path / "c.json").read_text())
    del fields["abstain"]
    (tmp_path / "c.json").write_text(json.dumps(fields))
    assert load(tmp_path / "c.json", "abc").abstain is None


def test_a_calibration_of_another_model_is_refused(tmp_path: Path) -> None:
    save(Calibration(digest="abc"), tmp_path / "c.json")
    with pytest.raises(ModelError, match="belongs to another model"):
        load(tmp_path / "c.json", "def")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"temperature": "hot"}',
        json.dumps({"policy": 1}),
        '{"temperature": 1, "policy": {}, "digest": "abc", "abstain": "often"}',
    ],
)
def test_what_isnt_a_calibration_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.json").write_text(text)
    with pytest.raises(ModelError, match=r"c\.json: not a calibration"):
        load(tmp_path / "c.json", "abc")


def verdict(scores: Scores) -> Verdict:
    evidence = Evidence("s", 0, 1, 1, 1, "x", scores)
    return decide(Claim("1", "c"), [evidence], Policy())


def test_a_verdict_that_isnt_sure_enough_is_taken_back() -> None:
    unsure = verdict(Scores(0.6, 0.1, 0.3))
    settled = Calibration(abstain=0.9).settle(unsure)
    assert settled.label is Label.UNKNOWN
    assert settled.confidence == settled.scores.unknown
    assert settled.reason.startswith("not sure enough to say supported: 0.")
    assert settled.reason.endswith("and 0.9 is asked for")
    assert settled.evidence == unsure.evidence


@pytest.mark.parametrize("abstain", [None, 0.5])
def test_other_verdicts_stand(abstain: float | None) -> None:
    for scores in (Scores(0.98, 0.01, 0.01), Scores(0.01, 0.98, 0.01), Scores(0.3, 0.3, 0.4)):
        assert Calibration(abstain=abstain).settle(verdict(scores)) == verdict(scores)


def said(scores: Scores, support: float, refute: float) -> Label:
    evidence = Evidence("s", 0, 1, 1, 1, "x", scores)
    return decide(Claim("1", "c"), [evidence], Policy(support=support, refute=refute)).label


golds = st.sampled_from([Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(probabilities, golds), min_size=2, max_size=8),
    st.sampled_from(["macro F1", "balanced accuracy"]),
)
def test_no_other_thresholds_are_better(rows: list[tuple[Scores, Gold]], metric: str) -> None:
    scores, gold = zip(*rows, strict=True)
    held = sorted(set(gold))

    def value(support: float, refute: float) -> float:
        labels = [str(said(each, support, refute)) for each in scores]
        if metric == "macro F1":
            return float(f1_score(gold, labels, labels=held, average="macro", zero_division=0))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a label that is said and that no row has
            return float(balanced_accuracy_score([str(g) for g in gold], labels))

    best = fit_thresholds(scores, gold, metric)
    grid = [k / 100 for k in range(3, 100, 8)]
    assert value(*best) >= max(value(s, r) for s in grid for r in grid) - 1e-9


def test_of_equally_good_thresholds_the_middle_is_chosen() -> None:
    scores = [Scores(0.9, 0.05, 0.05), Scores(0.05, 0.9, 0.05), Scores(0.1, 0.1, 0.8)]
    gold = [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN]
    assert fit_thresholds(scores, gold) == (0.5, 0.5)
    assert fit_thresholds([Scores(0.3, 0.1, 0.6), scores[2]], [gold[0], gold[2]]) == (0.3, 0.5)


def test_thresholds_fit_a_set_that_only_knows_not_supported() -> None:
    scores = [Scores(0.8, 0.1, 0.1), Scores(0.7, 0.1, 0.2), Scores(0.1, 0.8, 0.1)]
    gold = [Gold.SUPPORTED, Gold.NOT_SUPPORTED, Gold.NOT_SUPPORTED]
    support, refute = fit_thresholds(scores, gold, "balanced accuracy")
    assert support == 0.71
    assert refute == 0.5


def test_thresholds_arent_fitted_to_nothing() -> None:
    one = [Scores(1, 0, 0)]
    for scores, gold, metric in (
        ([], [], "macro F1"),
        (one, [], "macro F1"),
        (one, [Gold.UNKNOWN], "accuracy"),
    ):
        with pytest.raises(ValueError, match="gold labels, metric"):
            fit_thresholds(scores, gold, metric)


def test_answers_are_counted_by_confidence() -> None:
    sure = [0.9, 0.8, 0.7, 0.6, 1.0]
    labels = [Label.SUPPORTED, Label.REFUTED, Label.REFUTED, Label.SUPPORTED, Label.UNKNOWN]
    gold = [Gold.SUPPORTED, Gold.UNKNOWN, Gold.NOT_SUPPORTED, Gold.NOT_SUPPORTED, Gold.SUPPORTED]
    # The last is no answer, so no wrong one.
    assert answered(sure, labels, gold, 0.0) == Answered(5, 4, 2)
    found = answered(sure, labels, gold, 0.7)
    assert (found.coverage, found.error) == (3 / 5, 1 / 3)
    assert answered(sure, labels, gold, 0.95).error == 0


def draw(
    rng: np.random.Generator, rows: int, power: float
) -> tuple[list[float], list[Label], list[Gold]]:
    """Answers of even confidence c, wrong with probability (1 - c) ** power."""
    sure = rng.random(rows)
    wrong = rng.random(rows) < (1 - sure) ** power
    gold = [Gold.REFUTED if missed else Gold.SUPPORTED for missed in wrong]
    return sure.tolist(), [Label.SUPPORTED] * rows, gold


def true_error(threshold: float, power: float) -> float:
    """The mean of (1 - c) ** power over c in [threshold, 1]."""
    return float((1 - threshold) ** power / (power + 1))


def test_the_guarantee_on_the_error_holds_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    broken, tries = 0, 300
    for _ in range(tries):
        sure, labels, gold = draw(rng, 400, 1.0)
        try:
            threshold = fit_abstention(sure, labels, gold, 0.1)
        except InputError:
            continue
        broken += true_error(threshold, 1.0) > 0.1
    # As many as delta = 0.1 allows, up to chance.
    assert binomtest(broken, tries, 0.1, "greater").pvalue > 0.01


def test_more_rows_let_more_be_answered() -> None:
    rng = np.random.default_rng(0)
    few, many = (fit_abstention(*draw(rng, rows, 1.0), 0.1) for rows in (4000, 100_000))
    assert few > many
    assert true_error(many, 1.0) == pytest.approx(0.1, abs=0.01)


def test_the_confidence_that_is_chosen_passes_the_exact_test() -> None:
    sure, labels, gold = draw(np.random.default_rng(1), 2000, 2.0)
    found = answered(sure, labels, gold, fit_abstention(sure, labels, gold, 0.1))
    bound = binomtest(found.wrong, found.answered).proportion_ci(1 - 2 * 0.1 / 5, "exact").high
    assert bound <= 0.1
    assert found.coverage > 0.3


def test_what_cant_be_guaranteed_is_refused() -> None:
    sure, labels, gold = [0.99] * 40, [Label.SUPPORTED] * 40, [Gold.SUPPORTED] * 40
    with pytest.raises(InputError, match=r"0 of the 40 answers .* 77 are needed even if none is"):
        fit_abstention(sure, labels, gold, 0.05)
    assert fit_abstention(sure * 2, labels * 2, gold * 2, 0.05) == 0.3
    with pytest.raises(InputError, match="40 of the 40 answers"):
        fit_abstention(sure, labels, [Gold.UNKNOWN] * 40, 0.05)
    with pytest.raises(InputError, match="0 of the 0 answers"):
        fit_abstention(sure, [Label.UNKNOWN] * 40, gold, 0.05)
    for max_error in (0.0, 1.0):
        with pytest.raises(InputError, match="give numbers between 0 and 1"):
            fit_abstention(sure, labels, gold, max_error)
    with pytest.raises(ValueError, match="need as many"):
        fit_abstention([], [], [], 0.05)
