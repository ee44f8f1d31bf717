"""Sentences of a source with their exact offsets, and offsets as lines and columns.

A block (paragraph, heading, list item) is first made plain: hidden markup and invisible characters
dropped, white space collapsed, with the way back to the source kept. `sentencex` then finds the
ends of sentences in the plain text. It is shown a copy in which quotes, brackets and ellipses are
neutral, so that it splits inside them too, and what it gets wrong is put right in `_goes_on`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from verifier.records import Sentence, Source, Span

MAX_CHARS = 2000
"""The longest sentence, in code points of `plain`; a longer one is cut at a word."""

LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""What ends a line where lines are counted, as editors do it."""

# Control, zero-width, bidirectional, soft hyphen and tag characters: nothing that a reader sees.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f"
)
_VISIBLE = re.compile(rf"[^\s{_UNSEEN}]")
# White space and unseen characters, except a single space: that one may stay as it is.
_GAP = re.compile(rf"(?: (?=[\s{_UNSEEN}])|[^\S ]|[{_UNSEEN}])[\s{_UNSEEN}]*")

# Where lines are wrapped, in characters: longer lines are paragraphs, shorter ones end on purpose.
_NARROWEST, _WIDEST = 40, 120
_DOTS = "•‣◦▪●"
_ITEM = re.compile(rf"(?:[-*+–—{_DOTS}]|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{2,4}})[.)])\s+\S")
_RANGE = re.compile(r"\d\n[-–—] ?\d")
_UNFINISHED = re.compile(
    r"(?:[.,(–—-]|\b(?:an?|the|of|in|on|at|by|to|for|from|with|and|or|but|nor|that|which|who|whose"
    r"|as|is|was|are|were|be|been|has|have|had|its?|their|his|her|our|than|into|between|over|under"
    r"|not|will|would|can|could|may|might|shall|should|must))$"
)

_OPENERS = "\"'“‘„‚«‹([{「『（【"
_QUIET = str.maketrans(dict.fromkeys('"“”„‟«»()[]{}「」『』（）【】‘‚‹›', " ") | {"…": "."})
_MAY = re.compile(r"\bMay\.")  # sentencex takes the month for an abbreviation
_QUIET_APOSTROPHE = re.compile(r"(?<!\w)['’]|['’](?!\w)")
# What stands after a full stop and still belongs to its sentence; a reference such as [12] too.
_CLOSERS = re.compile(r"""(?:["'’‟」』）】]|\s?[”»›)\]}]|\[[\w,–-]{1,8}\])*""")
_WIDE_STOPS = "。！？｡"  # not followed by white space in Chinese and Japanese

_LONGEST_MARKER = 8
_MARKER_BEFORE = re.compile(r"(?:\*+|_+|~+|`+|!?\[)\Z")
_MARKER_AFTER = re.compile(r"\*+|_+|~+|`+|\](?:\([^()\s]*\)|\[[^][\n]*\])?")

# Abbreviations that end no sentence, at the end of a text; what sentencex knows isn't repeated.
_BEFORE_ANYTHING = re.compile(
    r"\b(?:[Aa]pprox|[Cc]a|[Cc]f|[Ee]\.?g|[Ii]\.?e|[Vv]iz|[Rr]esp|[Ii]ncl|[Ee]xcl|vs|Mrs?|Ms|Dr|Prof"
    r"|Gens?|Col|Lt|Capt|Cmdr|Sgt|Maj|Adm|Gov|Sens?|Reps?|Rev|Hon|Messrs|Mme|Mlle)\.$"
)
_DAY = re.compile(r"\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.$")
_BEFORE_NUMBER = re.compile(
    r"\b(?:[Nn]os?|[Vv]ols?|[Ff]igs?|[Ee]qs?|[Cc]h|[Ss]ect?|[Aa]rt|pp?|[Pp]ara|ed|est|b|d|c|max|min"
    r"|[Tt]el|ext|[Rr]ef|Rs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_MONTH_OR_NUMBER = re.compile(r"\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
_MARKER_ALONE = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4})[.)]")


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of a source as a model reads it, with the way back to the source."""

    plain: str
    """No markup, no unseen characters, no white space but single spaces between words."""
    plain_starts: list[int]
    """Where the runs start, in `plain`, that stand unchanged in the source; ascending."""
    source_starts: list[int]
    """Where each of these runs starts in `Source.text`."""

    def offset(self, index: int) -> int:
        """Return the offset in the source of `plain[index]`, which is not a space."""
        run = bisect_right(self.plain_starts, index) - 1
        return self.source_starts[run] + index - self.plain_starts[run]


def flatten(text: str, ranges: Iterable[Span]) -> Prose:
    """Make the visible `ranges` of `text` plain.

    Ranges that follow one another join without a space (the two halves of `half**bold**`); an empty
    range between them is a space (the cells of a table, a line break in a quoted paragraph).
    """
    pieces: list[str] = []
    plain_starts: list[int] = []
    source_starts: list[int] = []
    size = 0
    space = False
    for start, end in ranges:
        space = space or start == end
        for low, high, gap in _between_gaps(text, start, end):
            run = text[low:high]
            space = space or run.startswith(" ")
            words = run.strip(" ")
            if words:
                if space and size:
                    pieces.append(" ")
                    size += 1
                plain_starts.append(size)
                source_starts.append(low + run.startswith(" "))
                pieces.append(words)
                size += len(words)
                space = run.endswith(" ")
            space = space or any(map(str.isspace, gap))
    return Prose("".join(pieces), plain_starts, source_starts)


def _between_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Give the stretches between gaps, each with the gap that follows it."""
    for gap in _GAP.finditer(text, start, end):
        yield start, gap.start(), gap.group()
        start = gap.end()
    yield start, end, ""


def has_text(source: Source) -> bool:
    """Whether a reader would see anything in `source`."""
    if source.blocks is None:
        return _VISIBLE.search(source.text) is not None
    ranges = (span for block in source.blocks for span in block)
    return any(_VISIBLE.search(source.text, start, end) for start, end in ranges)


def proses(source: Source) -> Iterator[Prose]:
    """Give the blocks of `source` that hold any text, made plain, in reading order."""
    blocks = source.blocks
    if blocks is None:
        blocks = tuple((span,) for span in _plain_text_blocks(source.text))
    for block in blocks:
        prose = flatten(source.text, block)
        if prose.plain:
            yield prose


def sentences(source: Source, max_chars: int = MAX_CHARS) -> tuple[Sentence, ...]:
    """Split `source` into sentences that never cross a block, in reading order.

    Every visible character is in exactly one sentence. None has more than `max_chars` code points
    in `plain`: a longer one is cut after a comma or the like or between two words, and inside a
    word only where a word alone is too long. Markup beside a sentence whose partner stands in it
    (`**Bold** to begin with`) belongs to its `text`.
    """
    found: list[Sentence] = []
    for prose in proses(source):
        for low, high in _spans(prose.plain, max_chars):
            start, end = prose.offset(low), prose.offset(high - 1) + 1
            text, plain = source.text[start:end], prose.plain[low:high]
            found.append(Sentence(source.id, len(found), start, end, text, plain))
    if source.blocks is None:
        return tuple(found)
    end = 0
    for i, (sentence, after) in enumerate(zip_longest(found, found[1:])):
        limit = after.start if after else len(source.text)
        start, end = with_markers(source.text, sentence.start, sentence.end, (end, limit))
        found[i] = replace(sentence, start=start, end=end, text=source.text[start:end])
    return tuple(found)


def with_markers(text: str, start: int, end: int, room: Span | None = None) -> Span:
    """Return the range with the Markdown markers beside it whose partners it holds.

    It grows within `room` only.
    """
    low, high = room or (0, len(text))
    while marker := _MARKER_BEFORE.search(text, max(low, start - _LONGEST_MARKER), start):
        inside = text[start:end]
        lone = inside.count("]") - inside.count("[")
        if (lone if marker[0].endswith("[") else inside.count(marker[0]) % 2) <= 0:
            break
        start = marker.start()
    while marker := _MARKER_AFTER.match(text, end, high):
        inside = text[start:end]
        lone = inside.count("[") - inside.count("]")
        if (lone if marker[0].startswith("]") else inside.count(marker[0]) % 2) <= 0:
            break
        end = marker.end()
    return start, end


def _plain_text_blocks(text: str) -> Iterator[Span]:
    """Give the blocks of plain prose: paragraphs between blank lines, then parts of these."""
    paragraph: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if _VISIBLE.search(line):
            paragraph.append((start, end))
        if paragraph and (line.endswith("\u2029") or paragraph[-1][1] != end):
            yield from _units(text, paragraph)
            paragraph = []
        start = end
    if paragraph:
        yield from _units(text, paragraph)


def _units(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Join the lines of a paragraph that are hard wraps of one another."""
    words = [text[start:end].strip() for start, end in lines]
    width = max([_NARROWEST, *(len(line) for line in words if "://" not in line)])
    start = lines[0][0]
    for above, below, (line_start, _) in zip(words, words[1:], lines[1:], strict=False):
        if _ends_on_purpose(above, below, width):
            yield start, line_start
            start = line_start
    yield start, lines[-1][1]


def _ends_on_purpose(above: str, below: str, width: int) -> bool:
    """Whether the break after `above` means something in a paragraph whose lines reach `width`."""
    if width > _WIDEST or not (re.search(r"\w", above) and re.search(r"\w", below)):
        return True
    # A wrap breaks where the next word doesn't fit, so a line with room left ended for a reason.
    room_left = len(above) + 1 + len(below.split(maxsplit=1)[0]) <= width
    if _ITEM.match(below) and not _RANGE.search(f"{above}\n{below}"):
        sure = below[0] in _DOTS or above[-1] in ".:;!?" or _ITEM.match(above)
        return room_left or bool(sure)
    starts_anew = below.lstrip(_OPENERS)[:1].isupper()
    return room_left and starts_anew and not _UNFINISHED.search(above)


def _spans(plain: str, max_chars: int) -> Iterator[Span]:
    """Give the sentences of one block as ranges of `plain`, no space at either end."""
    start = 0
    for end in _ends(plain):
        while start < end:
            start += plain[start] == " "
            stop = end if end - start <= max_chars else _cut(plain, start, start + max_chars)
            yield start, stop
            start = stop


def _ends(plain: str) -> Iterator[int]:
    """Give the offset after each sentence of `plain`, closing quotes and brackets included."""
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 - `import verifier` stays cheap

    quiet = _MAY.sub("day.", _QUIET_APOSTROPHE.sub(" ", plain.translate(_QUIET)))
    start = 0
    for boundary in get_sentence_boundaries("en", quiet):
        low, high = boundary["start_index"], boundary["end_index"]
        stop = low + len(quiet[low:high].rstrip())
        closed = _CLOSERS.match(plain, stop)
        end = closed.end() if closed else stop
        if start < stop and end < len(plain) and not _goes_on(plain, start, stop, end):
            yield end
            start = end
    yield len(plain)


def _goes_on(plain: str, start: int, stop: int, end: int) -> bool:
    """Whether the sentence from `start` goes on after `end`; `stop` is the end of its full stop."""
    before = plain[max(start, stop - 24) : stop]
    after = plain[end : end + 24].lstrip(" " + _OPENERS)
    if end > stop and plain[end] != " " and before[-1] not in _WIDE_STOPS:
        return True  # (U.S.)-led
    if after[:1].islower() and (end > stop or before[-1] != "." or before.endswith("..")):
        return True  # “Go!” he said; well… it went
    if end - start < len(" (viii).") and _MARKER_ALONE.fullmatch(plain, start, end):
        return True
    return bool(
        _BEFORE_ANYTHING.search(before)
        or (after[:1].isdigit() and _BEFORE_NUMBER.search(before))
        or (_DAY.search(before) and _MONTH_OR_NUMBER.match(after))
    )


def _cut(plain: str, start: int, limit: int) -> int:
    """Return the best place in (start, limit] to cut a sentence that is too long."""
    window = plain[start : limit + 1]
    clause = max(window.rfind(mark + " ") for mark in ",;:)")
    if clause > len(window) // 2:
        return start + clause + 1
    space = window.rfind(" ")
    if space > 0:
        return start + space
    for cut in range(limit, start, -1):
        if not _clings(plain[cut]):
            return cut
    return limit


def _clings(char: str) -> bool:
    """Whether `char` is a combining mark or an emoji modifier: drawn on the character before."""
    return unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


class Lines:
    """Turns offsets of one text into lines and columns, in O(log n)."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]

    def locate(self, offset: int) -> tuple[int, int]:
        r"""Return the 1-based line and the 1-based column, in code points, of `offset`.

        Lines end at `\n`, `\r\n` and `\r` only, as in editors.
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
