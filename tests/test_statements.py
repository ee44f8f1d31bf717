from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.readers import markdown
from verifier.records import Passage, Source, Statement
from verifier.summaries.policy import Level
from verifier.summaries.statements import read_statements
from verifier.text import LINE_BREAK, sentences

TABLE = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("data")
    .joinpath("statements.jsonl")
    .read_bytes()
    .splitlines()
]


def source(text: str, *, markup: bool = False) -> Source:
    return markdown.read(text.encode(), "s.md", "s.md") if markup else Source("s", text)


def as_read(text: str, *, markup: bool) -> Source:
    """Read any text: what a Markdown file can't hold is left out of one."""
    kept = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", text)
    return source(kept if markup else text, markup=markup)


def read(summary: Source, level: Level = Level.CLAUSE) -> list[Statement | Passage]:
    statements, passages = read_statements(summary, level=level)
    return sorted([*statements, *passages], key=lambda part: part.start)


def as_row(part: Statement | Passage) -> dict[str, Any]:
    if isinstance(part, Passage):
        return {"skip": part.text, "why": part.why}
    row: dict[str, Any] = {"say": part.text}
    if part.claim != part.text:
        row["claim"] = part.claim
    return row | ({"leans": True} if part.leans else {})


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_a_summary_reads_as_the_table_says(row: dict[str, Any]) -> None:
    summary = source(row["text"], markup=row.get("markdown", False))
    found = read(summary, Level(row.get("level", "clause")))
    assert [as_row(part) for part in found] == row["expect"]


PIECES = [
    *(
        "Ann Lee won the race",
        "He left",
        "The firm cut 40 jobs",
        "sold its fleet",
        "Who won",
        "Hello",
    ),
    *(
        "I think so",
        "and",
        "but",
        "while",
        ",",
        ";",
        ".",
        "?",
        ":",
        '"',
        "“",
        "”",
        "(",
        ")",
        "'",
        "’",
    ),
    *(
        "- ",
        "1. ",
        "~~",
        "<del>",
        "</del>",
        "# ",
        "> ",
        "| a | b |",
        "|---|---|",
        "```",
        "+++",
        "---",
        "**",
        "*",
        "`",
        "[x](y)",
    ),
    *(
        "<!-- no -->",
        "😀",
        "שלום",
        "你好。",
        "\u200b",
        "\x00",
        "\x1b",
        "\u2028",
        "\u202e",
        "\t",
        "\r\n",
    ),
    *(" ", " ", " ", "\n", "\n\n", "a: b", 'a = "b"'),
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80)


@settings(deadline=None)
@given(texts, st.booleans(), st.sampled_from(Level))
def test_each_part_is_an_exact_slice_at_its_line_and_column(
    text: str,
    markup: bool,  # noqa: FBT001 - drawn
    level: Level,
) -> None:
    summary = as_read(text, markup=markup)
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(summary.text))]
    for part in read(summary, level):
        assert summary.text[part.start : part.end] == part.text
        assert part.start < part.end
        assert starts[part.line - 1] + part.column - 1 == part.start
        assert part.summary == summary.id


@settings(deadline=None)
@given(texts, st.booleans(), st.sampled_from(Level))
def test_the_parts_stand_in_order_and_only_joining_words_are_left_out(
    text: str,
    markup: bool,  # noqa: FBT001 - drawn
    level: Level,
) -> None:
    summary = as_read(text, markup=markup)
    parts = read(summary, level)
    for one, other in pairwise(parts):
        assert one.end <= other.start
    shown = [sentence for sentence in sentences(summary) if not in_front(parts, sentence.start)]
    for sentence in shown:
        at = sentence.start
        left: list[str] = []
        for part in parts:
            if part.start < sentence.end and at < part.end:
                left.append(summary.text[at : part.start])
                at = max(at, part.end)
        left.append(summary.text[at : sentence.end])
        marker, *joints = left
        assert re.fullmatch(r"(?:\W{0,2}|\W?\w{1,3}\W)\s*", plain_of(marker))
        for joint in joints:
            assert set(re.findall(r"\w+", joint)) <= {"and", "but", "while"}


def in_front(parts: list[Statement | Passage], offset: int) -> bool:
    return any(
        isinstance(part, Passage) and part.why == "front matter" and offset < part.end
        for part in parts
    )


def plain_of(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char.isspace())


@settings(deadline=None)
@given(texts)
def test_the_same_summary_reads_the_same_twice(text: str) -> None:
    summary = Source("s", text)
    assert read_statements(summary, level=Level.CLAUSE) == read_statements(
        summary, level=Level.CLAUSE
    )


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_a_heading_before_the_text_shifts_places_and_nothing_else(row: dict[str, Any]) -> None:
    text = row["text"]
    if text.startswith(("---", "+++")):
        pytest.skip("front matter is only that at the very beginning")
    before = "# Title\n\n"
    level = Level(row.get("level", "clause"))
    alone = read(source(text, markup=True), level)
    _, *after = read(source(before + text, markup=True), level)
    assert [as_row(part) for part in after] == [as_row(part) for part in alone]
    assert [part.start for part in after] == [part.start + len(before) for part in alone]
    assert [part.line for part in after] == [part.line + 2 for part in alone]
    assert [part.column for part in after] == [part.column for part in alone]


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff\u200b"])
def test_a_summary_without_text_claims_nothing(text: str) -> None:
    assert read(Source("s", text)) == []
    assert read(source(text, markup=True)) == []


def test_at_sentence_level_every_statement_is_a_whole_sentence() -> None:
    for row in TABLE:
        summary = Source("s", row["text"])
        ends = {sentence.end for sentence in sentences(summary)}
        found, _ = read_statements(summary, level=Level.SENTENCE)
        assert {statement.end for statement in found} <= ends


@pytest.mark.parametrize(
    ("lead", "claims"),
    [
        ("The company reported three losses in 2023:", True),
        ("In 2023 the company closed plants in the following three countries:", True),
        ("The company lost 3 million euros in 2023 because of:", True),
        ("The minister resigned in May after she had lost the support of:", True),
        ("They include:", False),
        ("The report includes:", False),
        ("The main findings are:", False),
        ("The winners in 2023 were:", False),
        ("The following towns took part:", False),
        ("The council decided in 2023 to:", False),
    ],
)
def test_the_lead_in_of_a_list_is_a_statement_where_it_claims_something_itself(
    lead: str,
    claims: bool,  # noqa: FBT001 - a table
) -> None:
    said, _ = read_statements(
        as_read(f"{lead}\n\n- Kiel\n- The end came in May.\n", markup=True), level=Level.SENTENCE
    )
    assert (lead in [each.text for each in said]) is claims


@pytest.mark.parametrize(
    ("text", "says", "skips"),
    [
        ("~~The mill closed.~~ It opened.", ["It opened."], ["~~The mill closed.~~"]),
        ("The mill <del>shut</del> opened.", ["The mill <del>shut</del> opened."], []),
        ("<div>\n<s>It <b>shut</b>.</s>\nIt ran.\n</div>", ["It ran."], ["<s>It <b>shut</b>.</s>"]),
        ("It ran.\n\n# ~~Old~~\n\n> a ~~b\n> c~~", ["It ran."], ["~~Old~~", "a", "~~b\n> c~~"]),
        ("| a | ~~b~~ |\n|-|-|\n| ~~It ran.~~ | |", [], ["a", "~~b~~", "~~It ran.~~"]),
    ],
)
def test_struck_text_claims_nothing_and_is_named(
    text: str, says: list[str], skips: list[str]
) -> None:
    said, passages = read_statements(source(text, markup=True), level=Level.CLAUSE)
    assert [each.text for each in said] == says
    assert [each.text for each in passages] == skips
    assert {each.why for each in passages if each.text[0] in "~<"} <= {"struck text"}


def test_a_line_of_a_megabyte_is_read() -> None:
    text = "The committee met in the town hall on Monday. " * 22_000
    found, passages = read_statements(Source("s", text), level=Level.CLAUSE)
    assert (len(found), len(passages)) == (22_000, 0)


def test_a_sentence_too_long_to_go_in_front_is_left_out() -> None:
    long = "The committee met " + "on Monday " * 60 + "in Bern."
    found, _ = read_statements(Source("s", f"{long} It adjourned."), level=Level.CLAUSE)
    assert [(each.claim, each.leans) for each in found[1:]] == [("It adjourned.", False)]
