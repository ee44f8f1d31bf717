"""The quantity layer in the whole pipeline, with the model that ships."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from verifier.pipeline import Verifier
from verifier.readers import read_sources
from verifier.records import Label, Source

DATA = Path(__file__).parent / "data"
MARKDOWN = "# Report\n\nThe *assembly* ran from **23** to **25\nNovember** in Istanbul.\n"


def test_a_refuted_value_is_named_with_its_spans_in_claim_and_file(
    bundled: Verifier, tmp_path: Path
) -> None:
    path = tmp_path / "report.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    claim = "The assembly ran from 20 to 22 November."
    (verdict,) = bundled.verify([claim], [path]).verdicts
    assert verdict.label is Label.REFUTED
    assert "20 to 22 November" in verdict.reason
    assert "23 to 25 November" in verdict.reason
    (mismatch,) = verdict.evidence[0].mismatches
    assert claim[mismatch.claim_start : mismatch.claim_end] == "20 to 22 November"
    assert MARKDOWN[mismatch.start : mismatch.end] == "23** to **25\nNovember"


def test_a_label_that_the_values_changed_says_so() -> None:
    source = [Source("s", "The museum drew 9 million visitors in 2019, a record for the city.")]
    claims = [f"The museum drew {n} million visitors in 2019." for n in (8, 9, 10, 90, 999)]
    with_values = Verifier().verify(claims, source).verdicts
    without = Verifier(quantities=False).verify(claims, source).verdicts
    for one, other in zip(with_values, without, strict=True):
        assert ("decided by the values" in one.reason) == (one.label is not other.label)
        assert "decided by the values" not in other.reason
        assert all(not place.mismatches for place in other.evidence)


def test_the_settings_say_whether_values_were_read() -> None:
    report = Verifier(quantities=False).verify(["It rained."], ["It rained."])
    assert report.run.policy["quantities"] is False


def test_markup_never_moves_an_offset(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    (source,), _ = read_sources([path])
    assert source.text == MARKDOWN


def test_contrasts_about_something_else_are_hardly_ever_refuted(bundled: Verifier) -> None:
    lines = (DATA / "quantity_contrasts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "check"]
    other = [row for row in rows if row["relation"] == "other"]
    verdicts = [bundled.verify([row["claim"]], [row["evidence"]]).verdicts[0] for row in other]
    assert sum(verdict.label is Label.REFUTED for verdict in verdicts) <= 0.15 * len(other)


def test_the_same_word_for_two_days_is_a_mismatch() -> None:
    verifier = Verifier(as_of=date(2026, 11, 26))
    source = Source("news", "20 November 2026\n\nMs Ray resigned as mayor of Lyon yesterday.")
    (verdict,) = verifier.verify(["Ms Ray resigned as mayor of Lyon yesterday."], [source]).verdicts
    (mismatch,) = verdict.evidence[0].mismatches
    assert source.text[mismatch.start : mismatch.end] == "yesterday"
