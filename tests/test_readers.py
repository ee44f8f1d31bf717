from __future__ import annotations

import io
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from verifier.errors import EmptyInputError, InputError
from verifier.readers import OWN, read_sources
from verifier.readers.decoding import decode
from verifier.readers.markdown import read as read_markdown
from verifier.text import proses, sentences

# Decoding.

TEXT = "Café — “naïve”\r\nsecond line\rthird\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_text_is_decoded_with_its_line_breaks_and_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "f") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_marks_are_honoured(encoding: str) -> None:
    assert decode(f"\ufeff{TEXT}".encode(encoding), "f") == TEXT


def test_latin_1_is_decoded() -> None:
    assert decode("Müller à Genève, 5 °C".encode("latin-1"), "f") == "Müller à Genève, 5 °C"


@pytest.mark.parametrize("text", ["", "a", "😀 שלום e\u0301", "a\x07b\x1b[31mc, and more of it"])
def test_all_that_is_utf_8_text_is_decoded(text: str) -> None:
    assert decode(text.encode(), "f") == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)),
        b"\x01\x02\x03\x04\x05 abc",
        "これは日本語の文章です。".encode("shift-jis"),
        "Это русский текст.".encode("cp1251"),
        "Poczułem się źle, gdyż miał rację, mówiąc żółć".encode("cp1250"),
        b"\xff\xfea\0b",
        b"\xef\xbb\xbf\xff",
        b"\xff\xfea\0\0\0",
        b"caf\x81",
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^some/file: [^\n]+; convert it to UTF-8[^\n]*$"):
        decode(data, "some/file")


@given(st.binary(max_size=200))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "f")
    except InputError:
        return
    assert "\0" not in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "f") == text.removeprefix("\ufeff")


# Files and folders.


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: str | bytes = "Some text.") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def ids(*paths: str) -> list[str]:
    return [source.id for source in read_sources(paths)[0]]


def test_a_folder_is_read_recursively_in_order_without_hidden_files(here: Path) -> None:
    for name in ("d/b.txt", "d/a/z.md", "d/a.txt", "d/.hidden.txt", "d/.git/x.txt", "d/B.TXT"):
        put(name)
    assert ids("d") == ["d/B.TXT", "d/a/z.md", "d/a.txt", "d/b.txt"]
    assert ids(str(here / "d/a")) == [str(here / "d/a/z.md")]


def test_paths_are_read_in_the_order_given_and_once_each() -> None:
    put("d/a.txt", "a")
    put("b.txt", "b")
    Path("link.txt").symlink_to("d/a.txt")
    sources, skipped = read_sources(["b.txt", Path("d"), "d/a.txt", "./b.txt", "link.txt", "d"])
    assert [(source.id, source.text, source.path) for source in sources] == [
        ("b.txt", "b", "b.txt"),
        ("d/a.txt", "a", "d/a.txt"),
    ]
    assert skipped == []


def test_what_is_left_out_of_a_folder_is_named_with_the_reason() -> None:
    put("d/good.txt")
    put("d/report.pdf")
    put("d/README")
    put("d/bad.txt", b"\0\1\2")
    put("d/empty.md", "<!-- nothing -->")
    Path("d/broken.txt").symlink_to("nowhere.txt")
    sources, skipped = read_sources(["d"])
    assert [source.id for source in sources] == ["d/good.txt"]
    assert {item.what: item.why for item in skipped} == {
        "d/README": "a file without a suffix is not read, only .txt, .md, .markdown",
        "d/bad.txt": "a binary file, not text; convert it to UTF-8 text",
        "d/broken.txt": "no file that can be reached",
        "d/empty.md": "empty: it holds no readable text",
        "d/report.pdf": ".pdf files are not read, only .txt, .md, .markdown",
    }


REPORT = "1 claim: 1 supported, 0 refuted, 0 unknown\nverifier 1.0, model m 0a1b\n"


@pytest.mark.parametrize("paths", [["d", "d/r.txt"], ["d/r.txt", "d"]])
def test_a_file_that_is_named_itself_is_read_even_if_its_folder_is_named_too(
    paths: list[str],
) -> None:
    put("d/good.txt")
    put("d/r.txt", REPORT)
    assert {each.what: each.why for each in read_sources(["d"])[1]} == {"d/r.txt": OWN}
    sources, skipped = read_sources([*paths, "d/../d/r.txt"])
    assert (sorted(source.id for source in sources), skipped) == (["d/good.txt", "d/r.txt"], [])
    put("d/bad.txt", b"\0\1\2")
    with pytest.raises(InputError, match=r"^d/bad\.txt: a binary file"):
        read_sources([*paths, "d/bad.txt"])


def test_folders_that_link_to_themselves_are_read_once() -> None:
    put("d/e/a.txt")
    Path("d/e/up").symlink_to("..")
    Path("d/loop").symlink_to("loop")
    sources, skipped = read_sources(["d"])
    assert [source.id for source in sources] == ["d/e/a.txt"]
    assert [item.what for item in skipped] == ["d/loop"]
    with pytest.raises(InputError, match=r"^d/loop: can't be read: "):
        read_sources(["d/loop"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.txt", "none.txt: can't be read: No such file or directory"),
        ("a\0b", "can't be read"),
        ("r.pdf", "r.pdf: .pdf files are not read, only .txt, .md, .markdown; convert it to text"),
        ("page.HTML", "page.HTML: .HTML files are not read"),
        ("bin", "bin: a binary file, not text"),
    ],
)
def test_a_named_file_that_cannot_be_read_is_an_error(name: str, message: str) -> None:
    put("r.pdf", "%PDF-1.4")
    put("page.HTML", "<p>text")
    put("bin", b"\x7fELF\0\0")
    with pytest.raises(InputError, match=re.escape(message)):
        read_sources([name])


def test_a_named_file_of_an_unknown_suffix_is_read_as_text() -> None:
    put("notes.rst", "*One* thing")
    assert [s.text for s in read_sources(["notes.rst"])[0]] == ["*One* thing"]


def test_a_dash_is_standard_input_once() -> None:
    sources, _ = read_sources(["-", "-"], io.BytesIO("\ufeffHé".encode("utf-16-le")))
    assert [(source.id, source.text, source.path) for source in sources] == [
        ("<stdin>", "Hé", None)
    ]


def test_no_text_at_all_is_an_error_that_says_why() -> None:
    put("empty.txt", "\ufeff \n\u200b")
    put("d/x.bin")
    Path("void").mkdir()
    for paths, message in [
        ([], "no source to check against"),
        (["void"], "no text in any source: the folder is empty"),
        (["empty.txt"], "empty.txt: empty: it holds no readable text"),
        (["d"], r"d/x.bin: .bin files are not read"),
    ]:
        with pytest.raises(EmptyInputError, match=message):
            read_sources(paths)


# Markdown.


def plains(text: str) -> list[str]:
    return [sentence.plain for sentence in sentences(read_markdown(text.encode(), "f", None))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A *title* #\n\nSet\next\n===\n", ["A title", "Set ext"]),
        ("A **bo**ld `co*de*` ~~gone~~ __word__.\nOn.", ["A bold co*de* word.", "On."]),
        ('[A *link*](http://x.y "t")s and ![an *image*](u.png).', ["A links and an image."]),
        ("[ref] and [two][ref] and [none]\n\n[ref]: /u 'title'", ["ref and two and [none]"]),
        (
            "<http://x.y> \\*star\\* \\a &amp; 2 * 3 snake_case",
            ["http://x.y *star* \\a &amp; 2 * 3 snake_case"],
        ),
        ("<b>in</b>line <!-- no -->one<br>two  \nthree\\\nfour", ["inline one two three four"]),
        ("> quoted\n> > twice\nlazy", ["quoted", "twice lazy"]),
        ("1. one\n   goes on\n   - two\n2. three", ["one goes on", "two", "three"]),
        ("|a|b\\|c|\n|-|-|\n|*d*||\n|e|f|g|", ["a b|c", "d", "e f g"]),
        ("```py\nx = 1\n\n  y = 2\n```\n\n    z", ["x = 1", "y = 2", "z"]),
        ("<div>\nSo <b>me</b><p>more\n</div>\n\n<!-- not\n\nthis -->", ["So me", "more"]),
        ("---\ntitle: no\ntags:\n  - no\n---\nYes\n\n***", ["Yes"]),
        ("---\nA rule above\n\n---\n", ["A rule above"]),
        ("a<br>b\n\n<!-- no\nno\n\n# Head\n\nThe **rest**.", ["a b", "Head", "The rest."]),
        ("> <!-- no\n>\n> shown\n\nlater <!-- x -->", ["shown", "later"]),
        ("<!-- no\n\nshown\n\n<!-- no\n\nno -->\nshown", ["shown", "shown"]),
        ("<script>\nno\n\nThe *rest*.", ["The rest."]),
        ("So it is[^1], it[^a-b]!\n\n[^1]: Ibid.\n[^a-b]: A *b*.", "So it is, it!|Ibid.|A b."),
        ("[So[^1]](u) `[^1]` ![is ~~no~~ it[^2]](u)", ["So [^1] is it"]),
        ("In 1998<sup>1</sup>, a<sup>[2]</sup> b<sup><a href='#f'>c</a></sup>", ["In 1998, a b"]),
        ("10<sup>6</sup> m<sup>2</sup> 4<sup>th</sup> CO<sub>2</sub>", ["10 6 m2 4th CO2"]),
        ("<p>It was so<sup>[1]</sup> <s>no</s> then<sup>2</sup></p>", ["It was so then"]),
        ("<p>10<sup>6</sup> <del>no <b>5</b></del>m<sup>2</sup></p>", ["10 6 m2"]),
        (
            "<sup>14</sup>C uranium-<sup>235</sup>U mc<sup>2</sup> hm<sup>2</sup> 2<sup>10</sup>",
            ["14C uranium-235U mc2 hm2 2 10"],
        ),
        (
            "It (in Kiel)<sup>1</sup> **was**.<sup>2,3</sup> **Then**<sup>4</sup>",
            "It (in Kiel) was.|Then",
        ),
        ("<script>\nd.write('<pre>');\n\nno\n</script>\n\nYes", ["Yes"]),
        ("<script>\nno\n\nYes\n\n<style>\nno\n\n</style>\n\n<pre>\n\nso", ["Yes", "so"]),
        ("~~12~~ 15 <del>a **b**</del> c", ["15 c"]),
        ("> [!NOTE]\n> So.\n\n[!x](u)", ["So.", "!x"]),
        (":::note My title\nSo *it* is.\n:::\n\n::: {.a}\nOn.\n:::", "My title|So it is.|On."),
        (":::the plant closed.\n\n:::a-b\nSo.\n::: a {.b}\n:::c", ["the plant closed.", "So."]),
        ("- [x] Done\n- [ ] Open\n- [x](u) link\n\n[x] is", ["Done", "Open", "x link", "[x] is"]),
        ("\xa0\n*shown* with its markup", ["*shown* with its markup"]),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_markup_is_hidden_and_prose_is_not(
    text: str, expected: list[str] | str, line_break: str
) -> None:
    wanted = expected.split("|") if isinstance(expected, str) else expected
    assert plains(text.replace("\n", line_break)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n" + "-a: b\n" * 99,
        "<div>" + "<a" * 99_999,
        "[a" * 9_999,
        "*a" * 9_999,
        "`a``" * 9_999,
        "a<sup>1" * 9_999,
        "<s>a" * 9_999,
        "<!-- no\n\n" * 9_999 + "a",
    ],
)
def test_markup_that_never_ends_is_read_as_prose_in_good_time(text: str) -> None:
    assert "a" in "".join(plains(text))


def test_offsets_of_markdown_point_into_the_file() -> None:
    text = "\ufeff---\na: b\n---\n\n- x\n  > The **cat** sat\n  > down. It slept.\n"
    source = read_markdown(text.encode(), "f", "f")
    assert source.text == text[1:]
    cat = next(s for s in sentences(source) if "cat" in s.plain)
    assert cat.plain == "The cat sat down."
    assert source.text[cat.start : cat.end] == cat.text == "The **cat** sat\n  > down."


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("**Kim Jong Yang** was born. *All of it.*", ["**Kim Jong Yang** was born.", "All of it."]),
        ("**One is. Two is.** Three.", ["One is.", "Two is.", "Three."]),
        ("[Kim](u) was _here_\n\n- see `[x` [it](u)", ["[Kim](u) was _here_", "see `[x` [it](u)"]),
        ("~~no~~ **L[a](u)**b ![c](u)", ["**L[a](u)**b ![c](u)"]),
    ],
)
def test_the_quote_of_a_sentence_has_the_partner_of_every_marker(
    text: str, quotes: list[str]
) -> None:
    found = sentences(read_markdown(text.encode(), "f", None))
    assert [sentence.text for sentence in found] == quotes
    assert [text[sentence.start : sentence.end] for sentence in found] == quotes


MARKUP = [
    *("a", "Wort", "é", " ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "*", "**", "_", "~~", "`"),
    *("``", "[", "]", "(u)", "[r]", "[r]: q\n", "!", "<b>", "</b>", "<br>", "<!-- c -->", "<div>"),
    *("</div>", "|", "\\|", "|-|-|\n", "> ", "- ", "1. ", "# ", "\\", "===\n", "---\n", "```\n"),
    *("<http://e.f>", "('t')", "\xa0", "\x0c", "\u2028"),
]


class Rendered(HTMLParser):
    """The letters that a browser would show and doesn't strike out, alternative texts included."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.letters = ""
        self.struck = 0
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        if not self.struck:
            self.letters += "".join(re.findall(r"\w", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.struck += tag == "s"
        if tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.struck -= tag == "s"


def test_a_pipe_in_a_folder_is_skipped_and_one_that_is_named_refused() -> None:
    put("d/good.txt")
    os.mkfifo("d/pipe.txt")
    assert [(s.what, s.why) for s in read_sources(["d"])[1]] == [
        ("d/pipe.txt", "a pipe, a socket or a device")
    ]
    with pytest.raises(InputError, match="can't be read: a pipe, a socket or a device, not a file"):
        read_sources(["d/pipe.txt"])


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=30).map("".join))
def test_every_letter_that_markdown_renders_is_read_at_its_place(text: str) -> None:
    source = read_markdown(text.encode(), "f", None)
    assert source.blocks is not None
    offsets = [offset for block in source.blocks for span in block for offset in span]
    assert offsets == sorted(offsets)
    found = "".join(char for prose in proses(source) for char in prose.plain)
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    rest = iter(found)
    assert all(letter in rest for letter in Rendered(html).letters)
