from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import InputError
from verifier.records import Claim, Evidence, Label, Report, Run, Scores, Skipped, Verdict
from verifier.reports import FORMATS, render
from verifier.safe import HIDDEN, one_line, visible

FOR = Scores(supported=0.91234, refuted=0.00001, unknown=0.08766)
AGAINST = Scores(supported=0.02, refuted=0.93, unknown=0.05)
NEITHER = Scores(supported=0.1, refuted=0.1, unknown=0.8)
QUOTE = "The meeting runs from 23 to 25 November."
RUN = Run("1.2.3", "bundled", "0123456789abcdef", MappingProxyType({"top_k": 10}))
PLACE = Evidence("notes/report.md", 120, 160, 7, 3, QUOTE, FOR)
VERDICT = Verdict(
    Claim("1", "It lasts three days."),
    Label.SUPPORTED,
    0.91,
    FOR,
    "One sentence says so.",
    (PLACE,),
)

# What a hostile source would send: colours and titles, C1, bidi overrides, zero width, half an
# emoji, markup of rich, a formula.
HOSTILE = "=1 \x1b[31m\x07\x9b2J\u202eevil\u2066\u200b\ufeff\ud83d\x00\u2028 [bold]x[/bold]\r\nend"

texts = st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)))
evidence = st.builds(
    Evidence,
    source=texts,
    start=st.integers(0, 99),
    end=st.integers(99, 999),
    line=st.integers(1),
    column=st.integers(1),
    text=texts,
    scores=st.sampled_from([FOR, AGAINST, NEITHER]),
)
verdicts = st.builds(
    Verdict,
    claim=st.builds(Claim, texts, texts, st.none() | texts, st.none() | st.integers(1)),
    label=st.sampled_from(Label),
    confidence=st.floats(0, 1),
    scores=st.sampled_from([FOR, AGAINST, NEITHER]),
    reason=texts,
    evidence=st.lists(evidence, max_size=3).map(tuple),
)
reports = st.builds(
    Report,
    verdicts=st.lists(verdicts, max_size=3).map(tuple),
    run=st.just(RUN),
    skipped=st.lists(st.builds(Skipped, texts, texts), max_size=2).map(tuple),
)


def report_on(*given: Verdict, skipped: tuple[Skipped, ...] = ()) -> Report:
    return Report(given, RUN, skipped)


def text_of(*given: Verdict, width: int = 100) -> str:
    return render(report_on(*given), width=width)


@pytest.mark.parametrize("name", FORMATS)
@given(report=reports)
def test_no_format_lets_a_hidden_character_out_whatever_the_report_holds(
    name: str, report: Report
) -> None:
    written = render(report, name, width=40)
    assert written == "" or written.endswith("\n")
    written.encode("utf-8")
    allowed = {"\n", "\t"} if name == "csv" else {"\n"}
    assert {match[0] for match in HIDDEN.finditer(written)} <= allowed


@given(st.characters(categories=["Cc", "Cs", "Zl", "Zp"]))
def test_control_characters_and_lone_surrogates_become_ascii(character: str) -> None:
    assert visible(character).isascii()
    assert visible(character).startswith("\\")


def test_only_characters_that_draw_something_are_left_of_the_format_category() -> None:
    every = (chr(code) for code in range(0x110000))
    left = {c for c in every if unicodedata.category(c) == "Cf" and visible(c) == c}
    names = {unicodedata.name(character).split()[0] for character in left}
    # Marks that stand over the digits that follow them, and the control signs of scripts in which
    # no terminal writes.
    assert names == {
        *("ARABIC", "SYRIAC", "KAITHI"),
        *("EGYPTIAN", "SHORTHAND", "MUSICAL"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם",
        "السلام عليكم",
        "می‌خواهم",  # a joiner that Persian spelling needs
        "👩‍👩‍👧‍👦 🏳️‍🌈 ❤️",
        "naïve café — “quoted” 23–25",
        "日本語、한국어",
    ],
)
def test_ordinary_text_of_any_script_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_a_joiner_that_hides_between_latin_letters_is_shown() -> None:
    assert visible("pay\u200dpal\u200c") == "pay\\u200dpal\\u200c"


def test_running_text_has_no_line_breaks_and_shows_the_rest() -> None:
    assert one_line("  a\r\n\tb \x1b c\u2028d ") == "a b \\x1b c\\u2028d"


def test_text_shows_verdict_claim_quote_place_and_reason() -> None:
    assert text_of(VERDICT) == (
        "✔ supported 91%  It lasts three days.\n"
        f"  “{QUOTE}”\n"
        "  notes/report.md:7:3\n"
        "  One sentence says so.\n"
        "\n"
        "1 claim: 1 supported, 0 refuted, 0 unknown\n"
        "verifier 1.2.3, model bundled 0123456789ab\n"
    )


def test_text_has_escapes_for_a_terminal_alone() -> None:
    assert "\x1b" not in render(report_on(VERDICT), "text")
    assert "\x1b[1;32m✔ supported 91%" in render(report_on(VERDICT), "text", color=True)


def test_the_environment_cannot_put_colours_into_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(report_on(VERDICT), "text")
    monkeypatch.setenv("TERM", "dumb")
    assert len(text_of(replace(VERDICT, reason="word " * 40), width=300).splitlines()[3]) > 100


def test_text_does_not_interpret_markup() -> None:
    assert "  [bold]:smile:[/bold]\n" in text_of(
        replace(VERDICT, claim=Claim("1", "[bold]:smile:[/bold]"))
    )


def test_text_says_where_a_claim_of_a_file_stands() -> None:
    claim = Claim("a", "It lasts three days.", "claims.txt", 12)
    assert "It lasts three days.  (claims.txt:12)\n" in text_of(replace(VERDICT, claim=claim))
    claim = replace(claim, line=None)
    assert "It lasts three days.  (claims.txt)\n" in text_of(replace(VERDICT, claim=claim))


def test_text_calls_the_evidence_of_an_unknown_claim_closest() -> None:
    unknown = replace(VERDICT, label=Label.UNKNOWN, evidence=(replace(PLACE, scores=NEITHER),))
    assert f"  closest: “{QUOTE}”\n" in text_of(unknown)


def test_text_shows_both_sides_of_a_conflict() -> None:
    other = Evidence("b.txt", 0, 4, 1, 1, "Four.", AGAINST)
    conflict = replace(VERDICT, label=Label.UNKNOWN, evidence=(PLACE, other))
    shown = text_of(conflict)
    assert f"  for: “{QUOTE}”\n  notes/report.md:7:3\n" in shown
    assert "  against: “Four.”\n  b.txt:1:1\n" in shown


def test_text_shows_only_the_deciding_place_of_a_decided_claim() -> None:
    other = Evidence("b.txt", 0, 4, 1, 1, "Four.", AGAINST)
    assert "Four." not in text_of(replace(VERDICT, evidence=(PLACE, other)))


def test_text_of_a_claim_without_evidence_is_label_and_reason() -> None:
    bare = replace(VERDICT, label=Label.UNKNOWN, evidence=(), reason="Nothing bears on it.")
    assert text_of(bare).startswith(
        "? unknown 91%  It lasts three days.\n  Nothing bears on it.\n\n"
    )


def test_text_alone_shortens_a_long_quote_in_the_middle() -> None:
    long = "start " + "word " * 200 + "end"
    report = report_on(replace(VERDICT, evidence=(replace(PLACE, text=long),)))
    shown = " ".join(render(report).split())
    assert "“start word" in shown
    assert "word … " in shown
    assert "word end”" in shown
    assert len(shown) < 700
    for name in ("json", "jsonl", "csv"):
        assert long in render(report, name)


def test_text_fits_forty_columns_but_never_breaks_a_place() -> None:
    place = replace(PLACE, source="a/very/long/path/that/goes/on/and/on/report.md")
    claim = Claim("1", "word " * 30 + "x" * 100 + "日本語" * 20)
    shown = text_of(replace(VERDICT, claim=claim, evidence=(place,)), width=40)
    where = "  a/very/long/path/that/goes/on/and/on/report.md:7:3"
    lines = shown.splitlines()
    assert where in lines
    assert all(line == line.rstrip() for line in lines)
    cells = [
        sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in line)
        for line in lines
        if line != where
    ]
    assert max(cells) <= 40


def test_text_counts_labels_and_skipped_inputs() -> None:
    given = (VERDICT, VERDICT, replace(VERDICT, label=Label.REFUTED))
    shown = render(report_on(*given, skipped=(Skipped("x.bin", "binary"),)))
    assert "3 claims: 2 supported, 1 refuted, 0 unknown; 1 input skipped\n" in shown


def test_jsonl_is_an_object_a_claim_in_the_order_given() -> None:
    second = replace(VERDICT, claim=Claim("b", "Émile dit « oui ».", "c.txt", 4), evidence=())
    lines = render(report_on(VERDICT, second), "jsonl").splitlines()
    scores = {"supported": 0.9123, "refuted": 0.0, "unknown": 0.0877}
    assert "Émile dit « oui »." in lines[1]
    assert json.loads(lines[0]) == {
        "id": "1",
        "claim": "It lasts three days.",
        "path": None,
        "line": None,
        "label": "supported",
        "confidence": 0.91,
        "scores": scores,
        "reason": "One sentence says so.",
        "evidence": [
            {
                "source": "notes/report.md",
                "start": 120,
                "end": 160,
                "line": 7,
                "column": 3,
                "text": QUOTE,
                "scores": scores,
                "mismatches": [],
            }
        ],
    }
    assert {key: json.loads(lines[1])[key] for key in ("id", "path", "line", "evidence")} == {
        "id": "b",
        "path": "c.txt",
        "line": 4,
        "evidence": [],
    }


def test_json_holds_the_lines_of_jsonl_and_what_repeats_the_run() -> None:
    report = report_on(VERDICT, skipped=(Skipped("x.bin", "binary"),))
    report = replace(report, notes=("a claim seems to be in another language",))
    whole = json.loads(render(report, "json"))
    assert whole == {
        "verdicts": [json.loads(render(report, "jsonl"))],
        "skipped": [{"what": "x.bin", "why": "binary"}],
        "notes": ["a claim seems to be in another language"],
        "run": {
            "version": "1.2.3",
            "model": "bundled",
            "digest": "0123456789abcdef",
            "policy": {"top_k": 10},
        },
    }


@given(reports)
def test_json_reads_back_as_the_text_that_went_in(report: Report) -> None:
    lines = render(report, "jsonl").splitlines()  # by any line break that Unicode knows
    assert len(lines) == len(report.verdicts)
    for line, verdict in zip(lines, report.verdicts, strict=True):
        read = json.loads(line)
        assert read["claim"] == verdict.claim.text
        assert [place["text"] for place in read["evidence"]] == [e.text for e in verdict.evidence]
        assert sum(read["scores"].values()) == pytest.approx(1, abs=1e-3)


def rows_of(*given: Verdict) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report_on(*given), "csv"), newline="")))


def test_csv_is_a_row_a_claim_with_the_same_columns_with_and_without_evidence() -> None:
    found, bare = rows_of(VERDICT, replace(VERDICT, evidence=()))
    assert found == {
        "id": "1",
        "claim": "It lasts three days.",
        "label": "supported",
        "confidence": "0.91",
        "supported": "0.9123",
        "refuted": "0.0",
        "unknown": "0.0877",
        "reason": "One sentence says so.",
        "source": "notes/report.md",
        "line": "7",
        "column": "3",
        "start": "120",
        "end": "160",
        "quote": QUOTE,
        "claim_path": "",
        "claim_line": "",
    }
    assert bare == found | dict.fromkeys(("source", "line", "column", "start", "end", "quote"), "")


@given(reports)
def test_no_cell_of_a_csv_is_a_formula(report: Report) -> None:
    for row in rows_of(*report.verdicts):
        for cell in row.values():
            assert not re.match(r"[=+\-@\t\r]", cell)


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 °C", "@me", "\tx", "\rx", "＝1"])
def test_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_run(text: str) -> None:
    (row,) = rows_of(replace(VERDICT, claim=Claim("1", text)))
    assert row["claim"] == f"'{visible(text) if text[0] == chr(13) else text}"


def test_csv_keeps_line_breaks_inside_a_cell() -> None:
    (row,) = rows_of(replace(VERDICT, claim=Claim("1", 'one\ntwo, "three"')))
    assert row["claim"] == 'one\ntwo, "three"'


def test_an_unknown_format_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match="unknown format 'xml': use text, json, jsonl or csv"):
        render(report_on(VERDICT), "xml")
