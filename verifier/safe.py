r"""Text from claims, sources and file names, made safe to print.

A source can hold escape sequences that recolour or retitle a terminal, and characters that reorder
or hide what a reader sees. They are shown as escapes, `\x1b` or `\u202e`, never sent as they are.
Right-to-left letters and emoji are ordinary text and stay.
"""

from __future__ import annotations

import re

# Zero-width joiners shape Arabic and Indic words and build emoji; elsewhere they only hide.
_JOINS = "[\u0600-\u109f\u1780-\u18af\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"

HIDDEN = re.compile(
    "["
    "\\x00-\\x1f\\x7f-\\x9f"  # control characters: C0, DEL, C1
    "\\xad\\u034f\\u180e\\u200b\\u2060-\\u2064\\ufeff"  # no width
    "\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0"  # letters that draw nothing
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2065-\\u206f"  # direction: marks, overrides, isolates
    "\\u2028\\u2029\\ufff9-\\ufffb"  # line and paragraph separators, annotations
    "\\ud800-\\udfff"  # lone surrogates, which no encoding can write
    "\\U000e0000-\\U000e007f"  # tags
    "]"
    f"|(?<!{_JOINS})[\\u200c\\u200d]|[\\u200c\\u200d](?!{_JOINS})"
)
"""One character that must not reach a terminal."""


COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\w*\[)", re.MULTILINE)
"""What makes a line of a build's log a command to its runner: `::` at its start, `##[` anywhere."""


def visible(text: str) -> str:
    """Show every hidden character of `text`, line breaks among them, as a Python escape."""
    return HIDDEN.sub(_escape, text)


def one_line(text: str) -> str:
    """Lay `text` out as running text: white space and line breaks are one space, the rest shown."""
    return visible(re.sub(r"[ \t\r\n]+", " ", text).strip(" "))


def no_command(text: str) -> str:
    """Show as an escape what would make a line of `text` a command to the runner of a build."""
    return COMMAND.sub(_escape_command, text)


def _escape_command(match: re.Match[str]) -> str:
    return r"#\x23" if match[1] is None else rf"{match[1]}\x3a"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:  # noqa: PLR2004 - the ranges of Python's three escapes
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
