"""What a user is promised, by the model that ships."""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.errors import ClaimTooLongError, EmptyInputError, InputError
from verifier.pipeline import Verifier
from verifier.records import Claim, Label, Report, Source
from verifier.text import sentences

ROOT = Path(__file__).parent.parent
INTERPOL = ROOT / "seeds" / "interpol-assembly.md"
REPORT = (ROOT / "seeds" / "harbour-report.txt").read_text(encoding="utf-8")
CLAIMS = [
    "the assembly ran 23–25 November",
    "Stock's mandate ends 2026",
    "the assembly cost two million euros",
    "Micronesia became the 195th member.",
    "It rained.",
]


@pytest.mark.parametrize("source", [INTERPOL, INTERPOL.parent], ids=["its source", "all of seeds"])
@pytest.mark.parametrize(
    ("claim", "label", "quoted"),
    [
        ("the assembly ran 23–25 November", Label.SUPPORTED, "23 to 25 November"),
        ("Stock's mandate ends 2024", Label.SUPPORTED, "second mandate ends in 2024"),
        ("Stock's mandate ends 2026", Label.REFUTED, "second mandate ends in 2024"),
        ("the assembly ran 20–22 November", Label.REFUTED, "23 to 25 November"),
        ("the assembly cost two million euros", Label.UNKNOWN, ""),
    ],
)
def test_the_claims_of_the_readme(
    bundled: Verifier, claim: str, label: Label, quoted: str, source: Path
) -> None:
    (verdict,) = bundled.verify([claim], [source]).verdicts
    assert verdict.label is label
    assert quoted in verdict.evidence[0].text


def test_example_claims_are_judged_as_well_as_the_readme_says(bundled: Verifier) -> None:
    rows = [
        json.loads(line)
        for name in ("interpol.jsonl", "harbour.jsonl")
        for line in (ROOT / "claims" / name).read_text(encoding="utf-8").splitlines()
    ]
    with (ROOT / "claims" / "library.csv").open(encoding="utf-8", newline="") as lines:
        rows += csv.DictReader(lines)
    by_source = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    right = 0
    for source, asked in by_source.items():
        report = bundled.verify([row["claim"] for row in asked], [ROOT / source])
        pairs = zip(report.verdicts, asked, strict=True)
        right += sum(verdict.label == row["label"] for verdict, row in pairs)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = re.search(rf"(\d+) of the {len(rows)} claims right", readme)
    assert said is not None
    assert abs(right - int(said[1])) <= 3  # processors round differently


def test_evidence_is_an_exact_slice_of_the_file(bundled: Verifier) -> None:
    text = INTERPOL.read_text(encoding="utf-8")
    lines = text.split("\n")
    for verdict in bundled.verify(CLAIMS, [INTERPOL]).verdicts:
        for evidence in verdict.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
            assert lines[evidence.line - 1][evidence.column - 1] == evidence.text[0]


def test_evidence_is_at_most_three_sentences_though_more_is_read(bundled: Verifier) -> None:
    report = Source("report", REPORT)
    starts = [sentence.start for sentence in sentences(report)]
    claims = ["Ruth Amery was harbour master for 22 years.", "Six cruise ships called in 2024."]
    for verdict in bundled.verify([*claims, *CLAIMS], [report]).verdicts:
        for evidence in verdict.evidence:
            assert 1 <= sum(evidence.start <= start < evidence.end for start in starts) <= 3


def answers(report: Report) -> dict[str, tuple[Label, float, list[tuple[str, int]]]]:
    return {
        v.claim.text: (v.label, v.confidence, [(e.source, e.start) for e in v.evidence])
        for v in report.verdicts
    }


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_claims_and_sources_never_matters(bundled: Verifier, rng: random.Random) -> None:
    sources = [Source("a", INTERPOL.read_text(encoding="utf-8")[:900]), Source("b", REPORT[:900])]
    sources.append(Source("c", "The ferry sank. It rained. The assembly ran 2–4 May."))
    expected = answers(bundled.verify(CLAIMS, sources))
    claims = rng.sample(CLAIMS, len(CLAIMS))
    rng.shuffle(sources)
    assert answers(bundled.verify(claims, sources)) == expected
    alone = {key: value for claim in claims for key, value in
             answers(bundled.verify([claim], sources)).items()}  # fmt: skip
    assert alone == expected


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([s.strip() for s in REPORT.replace("\n", " ").split(". ")[3:40] if len(s) > 30])
)
def test_a_sources_own_words_are_supported(bundled: Verifier, words: str) -> None:
    (verdict,) = bundled.verify([words], [Source("report", REPORT)]).verdicts
    if "word for word" in verdict.reason:
        assert verdict.label is Label.SUPPORTED
    else:  # a heading or a list between the words
        assert verdict.label is not Label.REFUTED


def test_a_claim_that_needs_two_sentences_is_decided(bundled: Verifier) -> None:
    source = (
        "Anna Berg has led the company since May. Before that, she was mayor of Oslo for ten years."
    )
    (verdict,) = bundled.verify(["Anna Berg was mayor of Oslo."], [source]).verdicts
    assert verdict.label is Label.SUPPORTED


def test_sources_that_contradict_each_other_make_a_claim_unknown(bundled: Verifier) -> None:
    sources = [
        Source("one", "The bridge was opened in 1998. It is 400 metres long."),
        Source("two", "The bridge was opened in 2003. It is 400 metres long."),
    ]
    (verdict,) = bundled.verify(["The bridge was opened in 1998."], sources).verdicts
    assert verdict.label is Label.UNKNOWN
    assert "sources conflict" in verdict.reason
    assert {e.source for e in verdict.evidence} == {"one", "two"}


def test_a_claim_that_doesnt_fit_is_named_never_cut(bundled: Verifier) -> None:
    claim = Claim("long", "The ferry sank " + "again and again " * 200, "claims.txt", 7)
    with pytest.raises(ClaimTooLongError, match=r"claims\.txt:7: claim long .*split it"):
        bundled.verify([claim], ["The ferry sank."])


def test_a_very_long_line_is_windowed_never_cut(bundled: Verifier) -> None:
    filler = "The weather stayed calm and nothing much was noted by the crew, " * 20_000
    source = Source("log", filler + "and the ferry Aurora sank on 3 May 1951, " + filler)
    (verdict,) = bundled.verify(["The ferry Aurora sank in 1951."], [source]).verdicts
    assert verdict.label is Label.SUPPORTED
    assert "Aurora sank on 3 May 1951" in verdict.evidence[0].text


@pytest.mark.parametrize(
    "claim", ["🚢 sank 🌊", "غرقت العبارة", "\x1b[31mred\x1b[0m ferry", "渡轮沉没了"]
)
def test_unusual_characters_are_judged_like_any_other(bundled: Verifier, claim: str) -> None:
    (verdict,) = bundled.verify([claim], ["The ferry sank off the coast."]).verdicts
    assert verdict.label in Label


def test_nothing_to_check_is_an_error(bundled: Verifier) -> None:
    with pytest.raises(EmptyInputError, match="no claims"):
        bundled.verify([], ["text"])
    with pytest.raises(EmptyInputError, match="no text in any source"):
        bundled.verify(["claim"], [" \n"])
    with pytest.raises(InputError, match="claim 1: there is no text"):
        bundled.verify(["\u200b "], ["text"])


def test_sources_without_text_are_named(bundled: Verifier) -> None:
    report = bundled.verify(["It rained."], ["It rained.", "\n"])
    assert [skipped.what for skipped in report.skipped] == ["text-2"]


def test_ids_must_differ(bundled: Verifier) -> None:
    with pytest.raises(InputError, match="claim id 'x'"):
        bundled.verify([Claim("x", "a"), Claim("x", "b")], ["text"])
    with pytest.raises(InputError, match="source id 's'"):
        bundled.verify(["a"], [Source("s", "a"), Source("s", "b")])


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(InputError, match=r"--support-threshold 1\.5"):
        Verifier(support_threshold=1.5)
    with pytest.raises(InputError, match="--top-k 0"):
        Verifier(top_k=0)


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.strip()


def test_the_bundled_model_runs_without_torch_or_transformers() -> None:
    code = (
        "import sys, verifier; verifier.verify(['It rained.'], ['It rained.']); "
        "print(sorted({'torch', 'transformers', 'datasets', 'sklearn'} & set(sys.modules)))"
    )
    assert run_python(code) == "[]"


def test_the_bundled_model_opens_no_connection_and_writes_no_file(tmp_path: Path) -> None:
    code = f"""
import os, sys
os.environ["HOME"] = {str(tmp_path)!r}
seen = []
def hook(event, args):
    if event.startswith("socket.") or (event == "open" and isinstance(args[1], str)
                                       and set(args[1]) & set("wax+")):
        seen.append((event, args[:2]))
sys.addaudithook(hook)
import verifier
verifier.verify(["It rained."], ["It rained all day."])
print(os.environ["ORT_DISABLE_TELEMETRY"], seen)
"""
    assert run_python(code) == "1 []"
    assert list(tmp_path.iterdir()) == []
