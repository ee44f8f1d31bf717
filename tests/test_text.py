from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verifier.records import Source, Span
from verifier.text import Lines, flatten, has_text, proses, sentences

UNSEEN = "\u200b\u00ad\ufeff\u200f\x00\x1b\x7f\x9b"
PIECES = [
    *("a", "Dr", "No", "The end", "word", "5", "é", "e\u0301", "😀", "你好", "שלום", " ", "  "),
    *(".", "...", "…", "!", "?", ",", "。", '"', "'", "“", "”", "(", ")", "[", "]", "-", "•"),
    *("\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0c", "\t", "\xa0", *UNSEEN),
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


def plains(text: str, max_chars: int = 2000) -> list[str]:
    return [sentence.plain for sentence in sentences(Source("s", text), max_chars)]


def as_model_reads(text: str) -> str:
    """Say it in another way: drop unseen characters, collapse white space."""
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(kept).split())


@settings(deadline=None)
@given(texts, st.integers(1, 30))
def test_sentences_are_exact_slices_in_order_and_hold_every_visible_character_once(
    text: str, max_chars: int
) -> None:
    found = sentences(Source("s", text), max_chars)
    at = 0
    for index, sentence in enumerate(found):
        assert sentence.index == index
        assert text[sentence.start : sentence.end] == sentence.text
        assert not as_model_reads(re.sub(r"[\u0600-\u0605\u06dd]", "", text[at : sentence.start]))
        assert at <= sentence.start < sentence.end
        assert 0 < len(sentence.plain) <= max_chars
        at = sentence.end
    assert not as_model_reads(text[at:])


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_model_reads_no_unseen_characters_and_single_spaces(text: str) -> None:
    for sentence in sentences(Source("s", text)):
        assert sentence.plain == as_model_reads(sentence.text)


@given(texts, st.data())
def test_each_character_of_prose_is_the_one_at_its_offset(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    ranges: list[Span] = list(zip(cuts[::2], cuts[1::2], strict=False))
    prose = flatten(text, ranges)
    for index, char in enumerate(prose.plain):
        if char != " ":
            at = prose.offset(index)
            assert text[at] == char
            assert any(start <= at < end for start, end in ranges)


@pytest.mark.parametrize(
    "text",
    [
        "He paid approx. 5 euros.|We left.",
        "On Tue. 5 May it rained.|He sat.|They ran.",
        "It opened on Mon. May 3.|He came.",
        "It met on 4 May.|Nine came.|It ended on 6 May.|20 left.|They may.|So may Ms. May.",
        "Well… it went on.|Then…|He left.",
        "Wait... what?|Wait...|Then go.",
        "(This is in brackets.|So is this.)|Next one.|[Yes!]|He left.",
        "He (Mr. Stock of the U.S.) left.|The (U.S.)-led group came.",
        "他说。”|她走。",
        "“It is an honour.|I believe it.”|He left.",
        "“Go!” he said.|“Will you go?” she asked.",
        "\"He said so.\"|She left.|'Ok.'|She stayed.",
        "It rained.[12]|It stopped.[3,4]|The end.",
        "No. 5 is alive.|Was it No. 10?|No!",
        "See Fig. 3, vol. 2, pp. 5-7 and Sec. 4.|The end.",
        "The U.S. Navy came.|The U.S. Government said so.|He left the U.S.|The end.",
        "Gen. X met Lt. Col. Smith at 5 p.m. on Monday.|J. K. Rowling wrote.",
        "Stock Inc. announced it.|It cost $3.2 billion.|See example.com.|Go.",
        "That is, e.g. This one, i.e. That one.|The end.",
        "1. Milk is good.|2. Bread is too.",
        "Yahoo! is a firm.|Is it?|Yes.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    assert plains(text.replace("|", " ")) == text.split("|")


def test_chinese_sentences_end_without_a_space() -> None:
    assert plains("他说:“好。”她走了。谁？") == ["他说:“好。”", "她走了。", "谁？"]


@pytest.mark.parametrize(
    "text",
    [
        # Hard wraps join; blank lines part.
        "The assembly has opened in the\nUnited Kingdom with delegates\nvoting.|\n\nThe end",
        "It was opened by\nSüleyman Soylu",
        "A three-day meeting (23\n– 25 November) in Istanbul was held",
        # Lines that are units by themselves.
        "Introduction\n|The assembly has opened in Turkey",
        "Shopping list\n|- milk\n|- eggs and\n  bread\n|• tea",
        "These came:\n|1. the president of the organisation\n|2. the secretary",
        "Name: Jürgen Stock\n|Role: Secretary General",
        "Results\n|=======\n|nothing",
        # One paragraph a line.
        f"A title\n|It {'really ' * 20}opened\n|It {'really ' * 20}closed",
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0c"])
def test_line_breaks_join_wrapped_lines_and_part_the_rest(text: str, line_break: str) -> None:
    expected = [" ".join(unit.split()) for unit in text.split("|")]
    assert plains(text.replace("|", "").replace("\n", line_break)) == expected


def test_a_paragraph_separator_parts() -> None:
    assert plains("one\u2029two") == ["one", "two"]


def test_a_sentence_never_crosses_a_block_and_reads_only_visible_ranges() -> None:
    text = "# Head *line*\nbody"
    source = Source("s", text, blocks=(((2, 7), (8, 12)), ((14, 18),)))
    assert [(s.text, s.plain) for s in sentences(source)] == [
        ("Head *line*", "Head line"),
        ("body", "body"),
    ]


def test_ranges_join_without_a_space_unless_an_empty_range_parts_them() -> None:
    assert flatten("half**bold**", [(0, 4), (6, 10)]).plain == "halfbold"
    assert flatten("|a|b|", [(1, 2), (2, 2), (3, 4)]).plain == "a b"


def test_a_long_sentence_is_cut_after_a_clause_else_at_a_space() -> None:
    assert plains("aaa bbb, ccc ddd", 10) == ["aaa bbb,", "ccc ddd"]
    assert plains("aaa bbb ccc ddd", 8) == ["aaa bbb", "ccc ddd"]
    assert plains("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_a_cut_parts_no_character_from_its_marks() -> None:
    assert plains("abcde\u0301\u0302fg", 6) == ["abcd", "e\u0301\u0302fg"]
    assert plains("ab👍🏽", 3) == ["ab", "👍🏽"]


@pytest.mark.parametrize("line", ["word ", "x", '" ', "It is so. ", "a\u200b", "… ", "\u0301"])
def test_a_single_line_of_5_mb_is_split_whole(line: str) -> None:
    text = line * (5_000_000 // len(line.encode()))
    found = sentences(Source("s", text))
    assert sum(len(s.plain.replace(" ", "")) for s in found) == len(as_model_reads(text)) - (
        as_model_reads(text).count(" ")
    )
    assert max(len(s.plain) for s in found) <= 2000


@pytest.mark.parametrize(
    ("text", "seen"), [("a", True), (" \n\ufeff\u200b\x00", False), ("", False)]
)
def test_text_is_what_a_reader_sees(text: str, seen: bool) -> None:  # noqa: FBT001
    assert has_text(Source("s", text)) is seen
    assert has_text(Source("s", text, blocks=(((0, len(text)),),))) is seen
    assert not has_text(Source("s", text, blocks=()))
    assert bool(list(proses(Source("s", text)))) is seen


@given(st.lists(st.sampled_from(["a", "é", "😀", "\n", "\r\n", "\r", "\u2028", "\x0c"])))
@example([])
def test_lines_and_columns_are_those_of_an_editor(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = Lines(text)
    line = column = 1
    for offset, char in enumerate(text):
        assert lines.locate(offset) == (line, column)
        column += 1
        if char == "\n" or (char == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, column = line + 1, 1
    assert lines.locate(len(text)) == (line, column)
