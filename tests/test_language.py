"""A text that isn't English is named; English is never taken for another language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.language import foreign
from verifier.pipeline import Verifier

ROOT = Path(__file__).parent.parent
GERMAN = (
    "Der Ausschuss tagte drei Tage lang in Lyon. Der Vorsitzende eröffnete die Sitzung und dankte "
    "allen Gästen, die aus vielen Ländern gekommen waren."
)
FRENCH = (
    "Le comité s'est réuni pendant trois jours à Lyon. Le président a ouvert la séance et a "
    "remercié tous les invités venus de nombreux pays."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        ("大会は11月23日から始まり、三日間続いた。", "ja"),
        ("Комитет заседал три дня. Председатель открыл заседание и поблагодарил гостей.", "ru"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert foreign(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "470 – 195 (12%)",
        "Mehmet Aktaş",
        "Stock's mandate ends 2024",
        "Staff £96,000 £99,500 Books and media £21,300 £24,000 Building £14,700 £33,000 Events",
        "Bayern Munich beat Borussia Dortmund 3–1",
    ],
)
def test_english_notes_names_and_figures_are_left_alone(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").iterdir()), ids=lambda path: path.name)
def test_the_example_sources_are_english(path: Path) -> None:
    assert foreign(path.read_text(encoding="utf-8")) is None


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    language = foreign(text)
    assert language is None or language.isalpha()


def test_a_report_says_which_source_and_how_many_claims_are_foreign(bundled: Verifier) -> None:
    report = bundled.verify([GERMAN, "The committee met for three days in Lyon."], [GERMAN, FRENCH])
    joined = "\n".join(report.notes)
    assert "text-1 seems to be in another language (de)" in joined
    assert "text-2 seems to be in another language (fr)" in joined
    assert "a claim seems to be in another language (de; it is claim 1" in joined


def test_english_claims_and_sources_need_no_language_model() -> None:
    program = (
        "import sys, verifier\n"
        "report = verifier.verify(['The mayor opened the bridge.'],"
        " ['The bridge was opened by the mayor on 4 May.'])\n"
        "assert report.notes == ()\n"
        "assert 'py3langid' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
