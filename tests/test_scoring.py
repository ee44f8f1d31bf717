from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verifier.claimsets import BadRow, Row, open_claimset
from verifier.decide import decide_pair
from verifier.errors import InputError
from verifier.journal import open_journal, read_predictions
from verifier.records import Label
from verifier.scoring import (
    chunks,
    default_slices,
    judge,
    predict,
    record,
    settings,
    survey,
    to_judged,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verifier.claimsets import Claimset
    from verifier.pipeline import Verifier
    from verifier.scoring import Prediction

LONG = "Nothing is said here about the bridge of the town. " * 120
SHORT = {"claim": "It rained.", "evidence": "It rained all day.", "label": "supported"}


def claimset(folder: Path, rows: Sequence[object], name: str = "data.jsonl") -> Claimset:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return open_claimset(str(folder / name))


def judged(
    verifier: Verifier, folder: Path, rows: Sequence[object], mode: str = "auto"
) -> list[Prediction]:
    read = list(claimset(folder, rows).rows())
    return judge(verifier, read, mode, lambda _done: None)


def test_a_pair_is_labelled_as_check_would_label_that_one_sentence(
    bundled: Verifier, tmp_path: Path
) -> None:
    rows = [
        SHORT | {"claim": claim, "id": claim}
        for claim in ("It rained.", "It was dry.", "The mayor of Lyon resigned.")
    ]
    for prediction in judged(bundled, tmp_path, rows, "pair"):
        assert isinstance(prediction.row, Row)
        assert prediction.verdict
        scores = prediction.verdict.scores
        (expected,) = bundled.score([("It rained all day.", prediction.row.claim)])
        assert scores == expected
        again = decide_pair(
            prediction.verdict.claim, prediction.verdict.evidence[0], bundled.policy
        )
        assert again.label is prediction.verdict.label


def test_evidence_too_long_for_the_model_goes_through_the_pipeline(
    bundled: Verifier, tmp_path: Path
) -> None:
    rows = [SHORT, SHORT | {"evidence": f"{LONG} It rained all day. {LONG}"}]
    pair, document = judged(bundled, tmp_path, rows)
    assert (pair.mode, document.mode) == ("pair", "document")
    assert document.verdict
    assert document.verdict.evidence[0].text in rows[1]["evidence"]
    assert judged(bundled, tmp_path, rows[:1], "document")[0].mode == "document"


def test_evidence_too_long_for_a_pair_is_an_error_of_its_row(
    bundled: Verifier, tmp_path: Path
) -> None:
    good, bad = judged(bundled, tmp_path, [SHORT, SHORT | {"evidence": LONG}], "pair")
    assert good.error is None
    assert bad.verdict is None
    assert "--mode auto or document reads it in parts" in str(bad.error)


def test_a_claim_that_cannot_be_judged_spoils_no_other_of_its_document(
    bundled: Verifier, tmp_path: Path
) -> None:
    rows = [SHORT | {"evidence": LONG}, SHORT | {"claim": LONG, "evidence": LONG}]
    good, bad = judged(bundled, tmp_path, rows)
    assert good.mode == "document"
    assert bad.mode is None
    assert "split it into several claims" in str(bad.error)


def test_claims_about_one_document_get_what_each_would_get_alone(
    bundled: Verifier, tmp_path: Path
) -> None:
    claims = ["It rained.", "The bridge was closed.", "Nothing is said about the bridge."]
    rows = [SHORT | {"claim": claim, "evidence": f"{LONG}It rained."} for claim in claims]
    together = judged(bundled, tmp_path, rows)
    alone = [judged(bundled, tmp_path, [row])[0] for row in rows]
    assert [p.verdict and p.verdict.scores for p in together] == [
        p.verdict and p.verdict.scores for p in alone
    ]


def test_the_sentences_of_a_list_that_decide_are_named(bundled: Verifier, tmp_path: Path) -> None:
    sentences = ["The town has a bridge.", "It rained all day in Lyon.", "Nobody came."]
    row = SHORT | {"claim": "It rained all day in Lyon.", "evidence": sentences}
    (document,) = judged(bundled, tmp_path, [row], "document")
    assert document.verdict
    assert document.verdict.label is Label.SUPPORTED
    assert document.sentences == (1,)
    (pair,) = judged(bundled, tmp_path, [row], "pair")
    assert pair.sentences == (0, 1, 2)


def test_bad_rows_keep_their_place_and_reason(bundled: Verifier, tmp_path: Path) -> None:
    rows = [SHORT, "{broken", SHORT | {"label": "supported"}, {"claim": "It rained."}]
    found = judged(bundled, tmp_path, rows)
    assert [p.error is None for p in found] == [True, False, True, False]
    assert [p.row.number for p in found] == [0, 1, 2, 3]
    assert all(p.error for p in found if isinstance(p.row, BadRow))


def test_a_line_holds_all_that_the_metrics_need(bundled: Verifier, tmp_path: Path) -> None:
    sentences = ["The town has a bridge.", "It rained all day."]
    row = SHORT | {"evidence": sentences, "topic": ["weather"], "page": "Lyon"}
    (prediction,) = judged(bundled, tmp_path, [row])
    line = record(prediction, ["topic", "length"])
    read = to_judged(json.loads(json.dumps(line)))
    assert isinstance(prediction.row, Row)
    assert prediction.verdict
    assert read.gold is prediction.row.gold
    assert read.label is prediction.verdict.label
    assert read.scores
    assert read.scores.supported == pytest.approx(prediction.verdict.scores.supported, abs=1e-6)
    assert (read.claim, read.words, read.evidence) == ("It rained.", 11, (0, 1))
    assert read.fields == {"topic": "['weather']", "source": prediction.row.file}


def test_where_a_chunk_ends_depends_on_the_data_alone(tmp_path: Path) -> None:
    many = list(claimset(tmp_path, [SHORT] * 600).rows())
    assert [len(chunk) for chunk in chunks(many)] == [256, 256, 88]
    large = list(claimset(tmp_path, [SHORT | {"evidence": "x " * 40_000}] * 5).rows())
    assert [len(chunk) for chunk in chunks(large)] == [2, 2, 1]
    assert [row for chunk in chunks(iter(many)) for row in chunk] == many


def test_a_set_without_a_single_good_row_is_refused_with_the_first_reason(tmp_path: Path) -> None:
    bad = claimset(tmp_path, [{"claim": "", "evidence": "x", "label": "supported"}] * 2)
    with pytest.raises(InputError, match=r"no row of 2 can be scored; the first: .*:1: "):
        survey(bad, ())


def test_a_slice_by_no_field_is_refused_with_those_there_are(tmp_path: Path) -> None:
    rows = claimset(tmp_path, [SHORT, SHORT | {"topic": "weather"}])
    assert survey(rows, ["topic", "length", "source"]).rows == 2
    with pytest.raises(InputError, match=r"--slice tpoic: no row has such a field; .*, topic"):
        survey(rows, ["tpoic"])


def test_several_files_are_told_apart_unasked(tmp_path: Path) -> None:
    claimset(tmp_path, [SHORT], "a.jsonl")
    one = open_claimset(str(tmp_path))
    claimset(tmp_path, [SHORT], "b.jsonl")
    two = open_claimset(str(tmp_path))
    assert "source" not in default_slices(survey(one, ()))
    assert "source" in default_slices(survey(two, ()))


def test_a_resumed_run_scores_no_chunk_twice_and_ends_the_same(
    bundled: Verifier, tmp_path: Path
) -> None:
    rows = claimset(tmp_path, [SHORT | {"id": str(n), "claim": f"{n % 7}"} for n in range(600)])
    asked: list[int] = []

    def run(folder: str, stop: int | None = None) -> bytes:
        def progress(done: int) -> None:
            asked.append(done)
            if stop is not None and done >= stop:
                raise KeyboardInterrupt

        kept = settings(bundled, rows, "pair", [])
        journal = open_journal(tmp_path / folder, kept, resume=True)
        predict(bundled, rows, journal, mode="pair", slices=[], progress=progress)
        return journal.path.read_bytes()

    whole = run("whole")
    with pytest.raises(KeyboardInterrupt):
        run("stopped", 400)
    assert sum(1 for _ in read_predictions(tmp_path / "stopped")) == 256
    asked.clear()
    assert run("stopped") == whole
    assert asked[0] == 256
    lines: list[dict[str, Any]] = list(read_predictions(tmp_path / "stopped"))
    assert [line["id"] for line in lines] == [str(n) for n in range(600)]
