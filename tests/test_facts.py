from __future__ import annotations

import itertools
import random
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))  # programs, not a package

from facts import facts

Row = dict[str, str]
LABELS = ["supported", "refuted", "unknown"]
NEGATIVE = re.compile(r"\b(not|no|never|nobody|without)\b|n't", re.IGNORECASE)
NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        range(1, 13),
        strict=True,
    )
)


def made(seed: int, k: int) -> list[Row]:
    return list(itertools.islice(facts([], random.Random(seed)), k))  # noqa: S311 - seeded randomness is the point


def value(text: str) -> int:
    return NUMBERS.get(text.lower()) or int(text)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return made(1, 30_000)


def shares(rows: list[Row]) -> dict[str, float]:
    found = Counter(row["label"] for row in rows)
    return {label: found[label] / len(rows) for label in LABELS}


def test_a_seed_fixes_the_rows() -> None:
    assert made(5, 300) == made(5, 300)
    assert made(5, 300) != made(6, 300)


def test_labels_are_balanced() -> None:
    found = shares(made(2, 3000))
    assert max(found.values()) - min(found.values()) < 0.1


def test_a_negation_does_not_tell_the_label(rows: list[Row]) -> None:
    base, negative = shares(rows), shares([r for r in rows if NEGATIVE.search(r["claim"])])
    assert all(abs(base[label] - negative[label]) < 0.15 for label in LABELS)


def test_a_digit_does_not_tell_the_label(rows: list[Row]) -> None:
    base, digits = shares(rows), shares([r for r in rows if re.search(r"\d", r["claim"])])
    assert all(abs(base[label] - digits[label]) < 0.15 for label in LABELS)


def test_every_row_has_words_and_no_slot_left_open(rows: list[Row]) -> None:
    for row in rows:
        assert set(row) == {"claim", "evidence", "label"}
        assert row["label"] in LABELS
        for text in (row["claim"], row["evidence"]):
            assert len(text.split()) > 1
            assert not re.search(r"[<>{}]|  |\.\.|\bNone\b", text), text


def test_the_same_claim_and_evidence_never_get_two_labels(rows: list[Row]) -> None:
    labels = {(row["claim"], row["evidence"]): row["label"] for row in rows}
    assert all(labels[row["claim"], row["evidence"]] == row["label"] for row in rows)


def test_durations_agree_with_the_calendar(rows: list[Row]) -> None:
    claimed = re.compile(r"^(.+?) (?:lasted|went on for) (\w+) days\.$")
    checked = Counter[str]()
    for row in rows:
        claim = claimed.match(row["claim"])
        if not claim or row["label"] == "unknown":
            continue
        about = rf"(?i:{re.escape(claim[1])})"
        told = re.search(
            rf"{about} (?:ran|took place) from (\d+) (?:to|until) (\d+) [A-Z]", row["evidence"]
        )
        apart = re.search(
            rf"{about} (?:ran|took place) from (\d+ [A-Z]\w+) to (\d+ [A-Z]\w+)", row["evidence"]
        )
        if told:
            days = int(told[2]) - int(told[1]) + 1
        elif apart:
            first, last = (datetime.strptime(f"{d} 2023", "%d %B %Y") for d in apart.groups())  # noqa: DTZ007 - days alone
            days = (last - first).days + 1
        else:
            continue
        assert (value(claim[2]) == days) == (row["label"] == "supported"), row
        checked[row["label"]] += 1
    assert min(checked["supported"], checked["refuted"]) >= 5


def test_years_between_agree_with_the_years_told(rows: list[Row]) -> None:
    checked = Counter[str]()
    for row in rows:
        claim = re.match(r"^(.+?) was (.+) for (\w+) years\.$", row["claim"])
        if not claim or row["label"] == "unknown":
            continue
        office = re.escape(claim[2])
        told = re.search(rf"was {office} from (\d+) to (\d+)", row["evidence"])
        if told:
            years = int(told[2]) - int(told[1])
            assert (value(claim[3]) == years) == (row["label"] == "supported"), row
            checked[row["label"]] += 1
    assert min(checked["supported"], checked["refuted"]) >= 3


def test_a_rank_is_one_more_than_what_came_before(rows: list[Row]) -> None:
    checked = Counter[str]()
    for row in rows:
        held = re.match(r"^(.+) had been held (\w+) times before\.$", row["claim"])
        took = re.match(r"^(\w+) earlier editions of (.+) had taken place\.$", row["claim"])
        if not (held or took) or row["label"] == "unknown":
            continue
        name, before = held.groups() if held else took.groups()[::-1] if took else ("", "")
        about = rf"(?i:{re.escape(name)})"
        told = re.search(rf"the (\d+)(?:st|nd|rd|th) edition of {about}", row["evidence"])
        if told:
            right = value(before) == int(told[1]) - 1
            assert right == (row["label"] == "supported"), row
            checked[row["label"]] += 1
    assert min(checked["supported"], checked["refuted"]) >= 3
