"""Markdown (CommonMark with tables and strikethrough): the prose without its markup.

markdown-it finds the blocks and their lines. For what is inside a block its own inline rules run,
watched, and whatever they take for markup is hidden; all else stays visible. So nothing of the
prose can vanish by a misunderstanding: the worst is some markup that a model reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from string import punctuation
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block, paragraph
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    escape,
    html_inline,
    image,
    link,
    strikethrough,
)
from markdown_it.token import Token

from verifier.readers.decoding import decode
from verifier.records import Source, Span
from verifier.text import LINE_BREAK

Rule = Callable[[StateInline, bool], bool]
Block = tuple[Span, ...]

_KEY_OR_MORE = r"(?:\w[\w-]*[ \t]*:|[ \t#-])[^\n]*"
_FRONT_MATTER = re.compile(
    rf"---[ \t]*\n\w[\w-]*[ \t]*:[^\n]*\n(?:(?:{_KEY_OR_MORE})?\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
# The mark of a footnote in HTML. A bare number may be an exponent, or that of an isotope: it is a
# mark only after a word, a year or the end of a phrase, and never before a letter.
_LINKED_MARK = r"<a\b[^<>]*>\s*\[?\w{1,3}\]?\s*</a\s*>|\[?\[\w{1,3}\]\]?(?:\([^()\s]*\))?|[*†‡§¶]"
_WORD = r"(?:[^\W\d_]{4}|\b(?:1[5-9]|20)\d\d)"
_AFTER_WORD = rf"(?:(?<=[.,;:!?”])|(?<={_WORD})|(?<={_WORD}[)*_])|(?<={_WORD}[*_]{{2}}))"
_SUP_MARK = (
    rf"<sup\b[^<>]*>\s*(?:{_LINKED_MARK})\s*</sup\s*>"
    rf"|{_AFTER_WORD}<sup\b[^<>]*>[\d,\s]{{1,9}}</sup\s*>(?!\w)"
)
_FOOTNOTE_MARK = re.compile(rf"\[\^[^][\s]{{1,99}}\]|{_SUP_MARK}", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^][\s]{1,99}\]:")
# `:::name`, `::: {.name}`, `:::name[Title]`; `:::note Title` only for the names that are in use.
_CONTAINER = re.compile(
    r":{3,}[ \t]*(?:(?:[a-z][\w-]*)?[ \t]*(?:\{[^}\n]*\}|(?=\[)|\Z)"
    r"|(?:note|tip|info|warning|danger|caution|important|details)[ \t]+)?"
)
_LEAD = re.compile(rf"{_FOOTNOTE.pattern}|{_CONTAINER.pattern}|\[![A-Za-z-]+\][+-]?(?=\s|\Z)")
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_STRUCK = re.compile(r"<(/?)(?:del|s|strike)\b", re.IGNORECASE)
_HTML_HIDDEN = re.compile(
    rf"{_SUP_MARK}|<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)"
    r"|<(del|s|strike)\b[^<>]*>(?:(?!<\2\b).)*?</\2\s*>|<[/!?]?[a-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_HTML_INLINE = re.compile(
    r"<!--|</?(?:a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|su[bp]"
    r"|u)\b",
    re.IGNORECASE,
)
_RAW = "script|style|pre|textarea"  # what HTML takes as it stands, blank lines included
_HTML_OPENS = re.compile(
    rf"(?P<ends>-->|</(?P<closed>{_RAW})\b)|<!--|^[ \t>*+\d.)-]*<(?P<opened>{_RAW})\b",
    re.IGNORECASE | re.MULTILINE,
)
# 10<sup>6</sup> is not 106.
_SPACE_TAG = re.compile(r"<br\b[^<>]*>|(?<=\d)<sup\b[^<>]*>(?=\s*[\d−-])", re.IGNORECASE)


def read(data: bytes, source_id: str, path: str | None) -> Source:
    """Read Markdown; raises InputError where `data` isn't text.

    Hidden are markers (those of footnotes, tasks, alerts and containers too), link targets, HTML
    tags and comments, link definitions and YAML front matter; and struck text (`~~…~~`, `<del>`),
    which its author has taken back. A row of a table is a block, and so is each line of code.

    A comment, script or style that never ends hides what stands up to the next blank line, not the
    rest of the file as CommonMark has it: nobody means that, and nobody would notice.
    """
    text = decode(data, source_id)
    return Source(source_id, text, path, tuple(_Document(text).blocks()))


def struck_text(text: str) -> list[Span]:
    """Return where Markdown strikes text out, markers included, in order and without overlaps."""
    document = _Document(text)
    list(document.blocks())
    found: list[Span] = []
    for low, high in sorted(document.struck):
        if found and low < found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


@dataclass(slots=True)
class _Markup:
    """What the inline rules take for markup, as ranges of the inline content."""

    hidden: list[Span] = field(default_factory=list)
    markers: list[tuple[Token, Span]] = field(default_factory=list)
    """Runs of `*`, `_` and `~`, of which only the later pairing tells whether they are markup."""
    struck: list[Span] = field(default_factory=list)
    """What HTML strikes out."""
    opened: list[int] = field(default_factory=list)
    """Where HTML begins to strike text out, and hasn't ended."""

    def spans(self) -> tuple[list[Span], list[Span]]:
        """Return what is hidden, in ascending order, and what of it is struck out.

        Ranges may lie inside one another.
        """
        hidden, struck = list(self.hidden), list(self.struck)
        opened: list[int] = []
        for token, (low, high) in sorted(self.markers, key=lambda marker: marker[1]):
            if token.type != "text" or not token.content:
                hidden.append((low, high))
            if token.type == "s_open":
                opened.append(low)
            elif token.type == "s_close" and opened:
                struck.append((opened.pop(), high))
        return sorted([*hidden, *struck]), struck


def _watched(rule: Rule, note: Callable[[StateInline, _Markup, int, int], None]) -> Rule:
    """Let `note` see what `rule` has taken: the state, and the positions before and after.

    A rule that parses something inside itself (the text of an image) does so with a state of its
    own, whose positions count from `start + 2`.
    """

    def watching(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's way
        start, count = state.pos, len(state.tokens)
        outer = state.env["markup"]
        state.env["markup"] = inner = _Markup() if rule is image else outer
        done = rule(state, silent)
        state.env["markup"] = outer
        if done and not silent:
            if inner is not outer:
                for ours, theirs in zip((outer.hidden, outer.struck), inner.spans(), strict=True):
                    ours += [(low + start + 2, high + start + 2) for low, high in theirs]
            if len(state.tokens) > count:
                note(state, outer, start, state.pos)
        return done

    return watching


def _note_escape(state: StateInline, markup: _Markup, start: int, _end: int) -> None:
    if state.src[start + 1] in "\n" + punctuation:
        markup.hidden.append((start, start + 1))


def _note_code(state: StateInline, markup: _Markup, start: int, end: int) -> None:
    size = len(state.tokens[-1].markup)
    markup.hidden += [(start, start + size), (end - size, end)]


def _note_markers(state: StateInline, markup: _Markup, start: int, end: int) -> None:
    for token in reversed(state.tokens):
        if end <= start:
            break
        markup.markers.append((token, (end - len(token.content), end)))
        end -= len(token.content)


def _note_link(state: StateInline, markup: _Markup, start: int, end: int) -> None:
    label_end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
    state.pos = end
    markup.hidden += [(start, start + 1), (label_end, end)]


def _note_image(state: StateInline, markup: _Markup, start: int, end: int) -> None:
    label_end = start + 2 + len(state.tokens[-1].content)
    markup.hidden += [(start, start + 2), (label_end, end)]


def _note_autolink(_state: StateInline, markup: _Markup, start: int, end: int) -> None:
    markup.hidden += [(start, start + 1), (end - 1, end)]


def _note_html(state: StateInline, markup: _Markup, start: int, end: int) -> None:
    markup.hidden.append((start, end))
    tag = _STRUCK.match(state.src, start)
    if tag and not tag[1]:
        markup.opened.append(start)
    elif tag and markup.opened:
        markup.struck.append((markup.opened.pop(), end))


def _footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's way
    """Hide the mark of a footnote: `[^1]`, `<sup>1</sup>`."""
    mark = None if silent else _FOOTNOTE_MARK.match(state.src, state.pos)
    if mark is None:
        return False
    state.env["markup"].hidden.append(mark.span())
    state.pos = mark.end()
    return True


def _html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Take HTML as CommonMark does, but for what never ends: that ends at a blank line."""
    if state.bMarks[start] + state.tShift[start] in state.env["endless"]:
        end = next((line for line in range(start, end) if state.isEmpty(line)), end)
    return html_block(state, start, end, silent)


def _line_of_its_own(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Begin a block at a footnote, `[^1]: …`; make one of the line of a container, `:::note`."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not (line.startswith(":::") or _FOOTNOTE.match(line)):
        return False
    if silent:
        return True
    if not line.startswith(":::"):
        return paragraph(state, start, end, silent)
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = line.strip(), [start, start + 1], []
    state.line = start + 1
    return True


def _endless(body: str) -> set[int]:
    """Return where comments, scripts and the like begin that don't end before the next of a kind.

    A tag inside a line of code (`write('<pre>')`) begins nothing.
    """
    found = set()
    ending: set[str] = set()  # the kinds that end after here, before the next of them begins
    for match in reversed(list(_HTML_OPENS.finditer(body))):
        kind = (match["opened"] or match["closed"] or "--").lower()
        if match["ends"]:
            ending.add(kind)
        elif kind in ending:
            ending.remove(kind)
        else:
            found.add(match.start("opened") - 1 if match["opened"] else match.start())
    return found


def parse(body: str, parser: MarkdownIt | None = None) -> tuple[list[Token], dict[str, Any]]:
    """Return the blocks of Markdown whose lines end in LF, and the parser's environment."""
    env: dict[str, Any] = {"endless": _endless(body)}
    return (parser or _parser()).parse(body, env), env


def _parser() -> MarkdownIt:
    """Make a parser whose core finds blocks only and whose inline rules are watched."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "line_of_its_own", _line_of_its_own, {"alt": ends})
    parser.block.ruler.at("html_block", _html, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    parser.inline.ruler2.disable(["fragments_join"])  # it would blur which markers are paired
    for name, rule, note in (
        ("escape", escape, _note_escape),
        ("backticks", backtick, _note_code),
        ("strikethrough", strikethrough.tokenize, _note_markers),
        ("emphasis", emphasis.tokenize, _note_markers),
        ("link", link, _note_link),
        ("image", image, _note_image),
        ("autolink", autolink, _note_autolink),
        ("html_inline", html_inline, _note_html),
    ):
        parser.inline.ruler.at(name, _watched(rule, note))
    return parser


class _Document:
    """One Markdown text on its way to blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        breaks = list(LINE_BREAK.finditer(text))
        self._starts = [0, *(match.end() for match in breaks)]
        self._ends = [*(match.start() for match in breaks), len(text)]
        self._parser = _parser()
        self._env: dict[str, Any] = {}  # where markdown-it keeps the link definitions
        self.struck: list[Span] = []
        """What is struck out in the blocks given so far; ranges may lie inside one another."""

    def blocks(self) -> Iterator[Block]:
        """Give the blocks of the text, each with its visible ranges."""
        body = LINE_BREAK.sub("\n", self._text)
        front = _FRONT_MATTER.match(body)
        if front:
            body = "\n" * front[0].count("\n") + body[front.end() :]
        blocks, self._env = parse(body, self._parser)
        tokens = iter(blocks)
        before = ""
        for token in tokens:
            item, before = before == "list_item_open", token.type
            if token.type == "paragraph_open":
                before = "list_item_open" if item else before
            first, last = token.map or (0, 0)
            try:
                if token.type == "tr_open":
                    row = takewhile(lambda cell: cell.type != "tr_close", tokens)
                    yield self._row([cell.content for cell in row if cell.type == "inline"], first)
                elif token.type == "inline":
                    yield self._prose(token.content, first, item=item)
                elif token.type in ("fence", "code_block"):
                    yield from self._code(token.content, first + (token.type == "fence"))
                elif token.type == "html_block":
                    start = self._find(token.content.split("\n")[0].strip(), first)
                    yield from self._html(start, self._ends[last - 1])
            except ValueError:  # not found where it should stand: all is shown, so nothing is lost
                yield ((self._starts[first], self._ends[last - 1]),)

    def _find(self, content: str, number: int) -> int:
        """Return where `content` stands in line `number` of the file.

        It ends that line; what precedes it there (`> `, `- `, `## `) is markup.
        """
        return self._text.rindex(content, self._starts[number], self._ends[number])

    def _prose(self, content: str, first: int, *, item: bool) -> Block:
        """Return the visible ranges of a paragraph, heading or the like; of an `item`'s first."""
        lines = [line.strip() for line in content.split("\n")]
        starts = [self._find(line, number) for number, line in enumerate(lines, first)]
        lead = _LEAD.match(content) or (_TASK.match(content) if item else None)
        return tuple(self._visible(lines, starts, lead.end() if lead else 0))

    def _row(self, cells: Sequence[str], number: int) -> Block:
        """Return the visible ranges of a table's row, a space between its cells."""
        at, end = self._starts[number], self._ends[number]
        ranges: list[Span] = []
        for cell in cells:
            raw = cell.replace("|", r"\|")
            at = self._text.index(raw, at, end)
            ranges += [(at, at), *self._visible([raw], [at])]
            at += len(raw)
        # Cells beyond the header's are not rendered, yet someone wrote them.
        for extra in re.compile(r"[^|\s][^|]*").finditer(self._text, at, end):
            start = extra.start()
            ranges += [(start, start), *self._visible([extra[0]], [start])]
        return tuple(ranges)

    def _code(self, content: str, first: int) -> Iterator[Block]:
        for number, line in enumerate(content.split("\n"), first):
            if line.strip():
                yield ((self._find(line.strip(), number), self._ends[number]),)

    def _html(self, start: int, end: int) -> Iterator[Block]:
        ranges: list[Span] = []
        for tag in _HTML_HIDDEN.finditer(self._text, start, end):
            if start < tag.start():
                ranges.append((start, tag.start()))
            start = tag.end()
            if tag[2]:
                self.struck.append(tag.span())
            space = _SPACE_TAG.match(self._text, tag.start())
            if space and space.end() == start:
                ranges.append((start, start))
            if not _HTML_INLINE.match(tag[0]):
                yield tuple(ranges)
                ranges = []
        yield (*ranges, (start, end))

    def _visible(
        self, lines: Sequence[str], starts: Sequence[int], lead: int = 0
    ) -> Iterator[Span]:
        """Give the ranges of `lines`, which begin at `starts` in the file, that are no markup.

        The first `lead` characters are markup.
        """
        content = "\n".join(lines)
        markup = _Markup([(0, lead)])
        self._parser.inline.parse(content, self._parser, self._env | {"markup": markup}, [])
        lows = [0, *(match.end() for match in re.finditer("\n", content))]

        def place(index: int) -> int:
            line = bisect_right(lows, index) - 1
            return starts[line] + index - lows[line]

        hidden, struck = markup.spans()
        self.struck += [(place(low), place(high - 1) + 1) for low, high in struck]
        shown = 0
        for low, high in [*hidden, (len(content), len(content))]:
            for piece in re.compile(r"\n|[^\n]+").finditer(content, shown, low):
                at = place(piece.start())
                yield at, at + len(piece[0].strip("\n"))  # a line break is a space: an empty range
            space = _SPACE_TAG.match(content, low)
            if space and space.end() == high:
                yield place(low), place(low)
            shown = max(shown, high)
