"""What Markdown says about a line of a summary: a heading, a row of a table, code, a list item."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from verifier.readers.markdown import parse
from verifier.records import Source, Span
from verifier.text import LINE_BREAK

_TOML = re.compile(
    r"\+\+\+[ \t]*(?:\r\n?|\n)(?:\s*(?:\[[^\n\r]*|#[^\n\r]*|[\w.\"'-]+[ \t]*=[^\n\r]*)(?:\r\n?|\n))"
    r".*?^\+\+\+[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_YAML = re.compile(
    r"---[ \t]*(?:\r\n?|\n).*?^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.DOTALL | re.MULTILINE
)


class Kind(StrEnum):
    """What a line belongs to, where it is more than prose."""

    HEADING = "heading"
    CODE = "code"
    ROW = "row"
    ITEM = "item"


_OPENS = {
    "heading_open": Kind.HEADING,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "tr_open": Kind.ROW,
    "list_item_open": Kind.ITEM,
}


def front_matter(summary: Source) -> Span | None:
    """Return where the YAML (`---`) or TOML (`+++`) at the beginning of a Markdown text stands."""
    toml = _TOML.match(summary.text)
    if toml:
        return 0, toml.end()
    yaml = _YAML.match(summary.text)
    shown = (span for block in summary.blocks or () for span in block)
    if yaml and all(start >= yaml.end() for start, _ in shown):  # what was read is no front matter
        return 0, yaml.end()
    return None


def without(summary: Source, end: int) -> Source:
    """Return the summary with the blocks before the offset `end` hidden."""
    blocks = (
        tuple((max(low, end), high) for low, high in block if high > end or low == high >= end)
        for block in summary.blocks or ()
    )
    return replace(summary, blocks=tuple(block for block in blocks if block))


def kinds_of_lines(summary: Source, start: int) -> dict[int, tuple[Kind, int]]:
    """Return what the 1-based lines from the offset `start` on are, and on which line that begins.

    Lines of plain prose are left out; what stands inside a list item is an item unless it is more.
    """
    hidden = "\n" * len(LINE_BREAK.findall(summary.text, 0, start))
    body = hidden + LINE_BREAK.sub("\n", summary.text[start:])
    kinds: dict[int, tuple[Kind, int]] = {}
    for token in parse(body)[0]:
        kind = _OPENS.get(token.type)
        if kind is not None and token.map is not None:
            first, last = token.map
            kinds |= dict.fromkeys(range(first + 1, last + 1), (kind, first + 1))
    return kinds
