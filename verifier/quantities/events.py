"""Words for events and for how long they last, which one text says so and another so.

`The assembly ran` and `the gathering takes place` may be said of one event. A general noun with an
article (`the gathering`) takes up whatever event was named; two special nouns (a festival and a
conference) are two events.
"""

from __future__ import annotations

import re

from verifier.quantities.context import preceded

GENERAL = "meeting event occasion".split()
"""Nouns for any event; `align` takes gathering for meeting, and so it does the verbs."""
SPECIAL = """assembly conference summit congress session festival convention forum symposium
    seminar workshop tournament championship""".split()
_FRAME = re.compile(
    r"""\b(?:
        r[ua]ns?|running|went\ on|go(?:es)?\ on|going\ on|stretch(?:e[sd])?|spann(?:ed|ing)|spans?
      | (?:is|was|be|are|were|been)\ (?:in\ force|set|due|scheduled|slated|planned|fixed|worth)
      | comes?|came|amount(?:s|ed)?|at|for|to|of|get|gets|got
    )(?:\s(?:at|to|in|on|of|for|from|over|until|a|an|the|go|going|due|be|held|price|sum|total|term
      |period|duration|worth|first|last|week|days|weekend|half))*\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 48


def framing_words(text: str, at: int) -> list[str]:
    """Give the words right before a value that say no more than that it is one: `ran from`."""
    frame = preceded(_FRAME, text, at, _REACH)
    return _WORD.findall(frame[0].lower()) if frame else []
