"""The suites of tests/data: written without sight of the code that they measure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from verifier.quantities import Kind, Outcome, check, describe, extract

DATA = Path(__file__).parent / "data"
PHRASES = [
    json.loads(line)
    for line in (DATA / "quantity_phrases.jsonl").read_text(encoding="utf-8").splitlines()
]
PAIRS = [
    json.loads(line)
    for line in (DATA / "quantity_contrasts.jsonl").read_text(encoding="utf-8").splitlines()
    if '"split": "build"' in line
]
HARDER = [pair for pair in PAIRS if pair["id"].startswith(("u2-", "u3-"))]
"""Written to be hard, and scored once before they were built on."""
ORDINARY = [pair for pair in PAIRS if pair not in HARDER]
CONVERTED = 0.005  # a year of 365 or 365.25 days, a mile of 1,609 or 1,609.344 metres
VALUE = re.compile(r"\w+")


def found_in(phrase: Mapping[str, Any]) -> list[dict[str, Any]]:
    as_of = date.fromisoformat(phrase["as_of"]) if "as_of" in phrase else None
    quantities = extract(phrase["text"], as_of=as_of)
    return [dict(describe(q)) for q in quantities if q.kind is not Kind.IDENTIFIER]


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CONVERTED * max(1e-9, abs(one), abs(other))


def matches(gold: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether a found quantity has the gold one's kind, value and unit, and covers its words."""
    start, end = gold["start"], gold["start"] + len(gold["text"])
    first, last = found["start"], found["start"] + len(found["text"])
    if gold["kind"] != found["kind"] or last <= start or end <= first:
        return False
    if not all(
        first <= start + w.start() and start + w.end() <= last
        for w in VALUE.finditer(gold["text"])
        if w.group()[0].isdigit()
    ):
        return False
    if gold["kind"] == "date":
        return bool(gold["from"] == found["from"] and gold["to"] == found["to"])
    units = gold["unit"] if isinstance(gold["unit"], list) else [gold["unit"]]
    if found["unit"] not in units:
        return False
    if "contains" in gold:
        low = -1e300 if found["low"] is None else found["low"]
        high = 1e300 if found["high"] is None else found["high"]
        inside = all(low <= value <= high for value in gold["contains"])
        return inside and not any(low < value < high for value in gold["excludes"])
    return close(gold["low"], found["low"]) and close(gold["high"], found["high"])


def wrong(phrase: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a phrase's reading, None if nothing is."""
    found = found_in(phrase)
    gold = phrase["gold"]
    right = len(found) == len(gold) and all(map(matches, gold, found))
    return None if right else f"{phrase['id']}: {phrase['text']!r}\n  gold  {gold}\n  found {found}"


def test_the_suite_is_as_large_as_promised() -> None:
    traps = sum(phrase["id"].startswith("trap-") for phrase in PHRASES)
    assert len(PHRASES) - traps >= 300
    assert traps >= 100


def test_phrases_are_read_right() -> None:
    errors = [error for phrase in PHRASES if (error := wrong(phrase))]
    assert len(errors) <= 0.02 * len(PHRASES), "\n".join(errors)


def test_nothing_is_silently_wrong_by_scale() -> None:
    for phrase in PHRASES:
        for gold in phrase["gold"]:
            for found in found_in(phrase):
                same = gold["kind"] == found["kind"] and gold["start"] == found["start"]
                if same and gold.get("high") and found.get("high"):
                    ratio = found["high"] / gold["high"]
                    assert 0.2 < ratio < 5, f"{phrase['id']}: {gold} read as {found}"


def conflicts(pair: Mapping[str, Any]) -> bool:
    findings = check(pair["claim"], pair["evidence"])
    return any(finding.outcome is Outcome.CONFLICT for finding in findings)


def share_of_conflicts(pairs: Sequence[Mapping[str, Any]]) -> float:
    return sum(map(conflicts, pairs)) / len(pairs)


def test_most_changed_values_conflict() -> None:
    assert share_of_conflicts([p for p in ORDINARY if p["relation"] == "changed"]) >= 0.8
    assert share_of_conflicts([p for p in HARDER if p["relation"] == "changed"]) >= 0.68


def test_hardly_a_value_of_another_thing_conflicts() -> None:
    assert share_of_conflicts([p for p in ORDINARY if p["relation"] == "other"]) <= 0.05
    assert share_of_conflicts([p for p in HARDER if p["relation"] == "other"]) <= 0.11


def test_hardly_a_supported_value_conflicts() -> None:
    assert share_of_conflicts([pair for pair in PAIRS if pair["label"] == "supported"]) <= 0.04
