"""The labelled summaries in examples/summaries keep what their README promises."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "examples" / "summaries"
NAMES = sorted(path.name for path in (FOLDER / "summaries").iterdir())
ERRORS = set(
    """number date range unit name role negation place certainty cause added merge comparison
    arithmetic""".split()
)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (FOLDER / "gold.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_stands_once_in_its_summary(rows: list[Row], name: str) -> None:
    text = (FOLDER / "summaries" / name).read_text("utf-8")
    sentences = [row["sentence"] for row in rows if row["summary"] == f"summaries/{name}"]
    assert 10 <= len(sentences) <= 14
    assert all(text.count(sentence) == 1 for sentence in sentences)


@pytest.mark.parametrize("name", NAMES)
def test_each_summary_has_a_source_and_both_say_that_they_are_invented(name: str) -> None:
    for folder in ("summaries", "sources"):
        text = (FOLDER / folder / name).read_text("utf-8")
        assert "fiction" in text[:300].lower()
    assert 250 <= len((FOLDER / "sources" / name).read_text("utf-8").split()) <= 500


def test_every_row_is_complete(rows: list[Row]) -> None:
    for row in rows:
        assert set(row) == {"summary", "half", "sentence", "planted", "kind", "label"}
        assert row["planted"] is (row["label"] != "supported")
        assert row["planted"] is (row["kind"] in ERRORS)
        assert row["label"] in {"supported", "refuted", "unknown"}


@pytest.mark.parametrize("half", ["build", "held-out"])
def test_a_half_has_every_kind_of_error_in_about_a_third_of_its_sentences(
    rows: list[Row], half: str
) -> None:
    own = [row for row in rows if row["half"] == half]
    kinds = Counter(row["kind"] for row in own if row["planted"])
    assert len({row["summary"] for row in own}) == 8
    assert set(kinds) == ERRORS
    assert min(kinds.values()) >= 2
    assert 0.3 <= kinds.total() / len(own) <= 0.4


def test_no_summary_is_in_both_halves(rows: list[Row]) -> None:
    assert len({(row["summary"], row["half"]) for row in rows}) == len(NAMES)
