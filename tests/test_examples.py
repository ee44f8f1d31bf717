"""The labelled claims in claims/ keep what claims/README.md promises."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from verifier.cli import main

ROOT = Path(__file__).parent.parent
LABELS = {"supported", "refuted", "unknown"}
KINDS = {"date", "range", "number", "arithmetic", "role", "negation", "paraphrase", "not-said"}
AT_LEAST = {"interpol.jsonl": 45, "harbour.jsonl": 45, "library.csv": 30}

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (ROOT / "claims" / name).open(encoding="utf-8", newline="") as file:
        if name.endswith(".csv"):
            return list(csv.DictReader(file, strict=True))
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for name in AT_LEAST for row in read(name)]


def test_every_labelled_file_is_among_those_checked() -> None:
    labelled = {path.name for path in (ROOT / "claims").iterdir()} - {"README.md", "interpol.txt"}
    assert labelled == set(AT_LEAST)


@pytest.mark.parametrize("name", AT_LEAST)
def test_a_file_has_the_promised_number_of_claims_about_one_source(name: str) -> None:
    rows = read(name)
    assert len(rows) >= AT_LEAST[name]
    assert f"| `{name}` | {len(rows)} |" in (ROOT / "claims/README.md").read_text("utf-8")
    assert len({row["source"] for row in rows}) == 1


def test_every_row_is_complete_and_valid(rows: list[Row]) -> None:
    for row in rows:
        assert list(row) == ["id", "claim", "label", "kind", "source"]
        assert row["claim"]
        assert row["claim"] == row["claim"].strip()
        assert row["label"] in LABELS
        assert row["kind"] in KINDS
        assert (ROOT / row["source"]).is_file()


def test_ids_and_claims_are_unique(rows: list[Row]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["source"], row["claim"]) for row in rows}) == len(rows)


def test_labels_and_kinds_are_balanced(rows: list[Row]) -> None:
    labels = Counter(row["label"] for row in rows)
    kinds = Counter(row["kind"] for row in rows)
    assert len(rows) >= 120
    assert min(labels[label] for label in LABELS) >= 0.28 * len(rows)
    assert min(kinds[kind] for kind in KINDS) >= 12


def test_a_kind_does_not_give_its_label_away_but_for_what_is_not_said(rows: list[Row]) -> None:
    seen = {kind: {row["label"] for row in rows if row["kind"] == kind} for kind in KINDS}
    assert seen == dict.fromkeys(KINDS - {"not-said"}, LABELS) | {"not-said": {"unknown"}}


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("the assembly ran 23–25 November", "supported"),
        ("Stock's mandate ends 2024", "supported"),
        ("Stock's mandate ends 2026", "refuted"),
        ("the assembly ran 20–22 November", "refuted"),
        ("the assembly cost two million euros", "unknown"),
    ],
)
def test_the_claims_of_the_readme_are_labelled(claim: str, label: str) -> None:
    assert [row["label"] for row in read("interpol.jsonl") if row["claim"] == claim] == [label]


def test_the_assembly_has_no_year() -> None:
    text = (ROOT / "seeds/interpol-assembly.md").read_text("utf-8")
    assert set(re.findall(r"\b(?:19|20)\d\d\b", text)) == {"2014", "2024"}


@pytest.mark.parametrize("name", ["harbour-report.txt", "library-minutes.md"])
def test_an_invented_source_says_so_at_its_top(name: str) -> None:
    assert "fiction" in (ROOT / "seeds" / name).read_text("utf-8")[:300].lower()


def test_the_demo_passes_and_supports_the_claims_that_the_readme_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    demo = re.search(r"verifier (check .*) --fail-on none", Path("Makefile").read_text("utf-8"))
    assert demo is not None
    assert main([*demo[1].split(), "--fail-on", "none", "--format", "jsonl"]) == 0
    said = {
        row["claim"]: row["label"] for row in map(json.loads, capsys.readouterr().out.splitlines())
    }
    assert len(said) == 12
    readme = Path("README.md").read_text("utf-8")
    shown = re.findall(r"✔ supported \d+%  (.*)  \(claims/interpol", readme)
    assert shown
    assert {said[claim] for claim in shown} == {"supported"}


def test_a_planted_error_that_the_summaries_show_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ROOT / "examples" / "summaries"
    monkeypatch.chdir(ROOT)
    shown = re.search(
        r"✘ refuted \d+%  (.*)\n  (\S+\.md):", (folder / "README.md").read_text("utf-8")
    )
    assert shown is not None
    sentence, summary = shown.groups()
    options = ["--config", str(folder / "verifier.toml"), "--format", "jsonl", "--no-cache"]
    assert main(["check-summary", summary, *options]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["label"] for row in rows if row["text"] == sentence] == ["refuted"]


def test_the_readme_and_the_model_card_show_the_same_figures() -> None:
    def figures(path: str) -> list[str]:
        lines = (ROOT / path).read_text("utf-8").splitlines()
        sets = [line for line in lines if line.startswith(("| dev/", "| bench/"))]
        return [line for line in sets if line.count("|") == 7]

    assert len(figures("README.md")) == 24
    assert figures("README.md") == figures("verifier/model/README.md")
