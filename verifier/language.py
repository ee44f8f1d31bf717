"""Tells a text that isn't English, which the bundled model can't judge.

English prose is known by its commonest words, at no cost; only a text that lacks them is shown to
py3langid (Lui & Baldwin 2012, langid.py), whose model takes half a second to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LETTERS = 20_000  # of a long text the beginning tells
_LEAST_WORDS = 8  # a name or two have no language
_COMMON_SHARE = 0.15  # English prose has 0.3 to 0.5
_SHORT = 25  # words: a sentence, which one word of English alone tells well enough
_SURE = 0.999
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_COMMON = frozenset(
    "the of and to in is was for on that with by it at from are were be this have has had not"
    " which or an his her their its but they he she who will would there been more after about"
    " when than also can all into over between during before".split()
)

_ENGLISH_ALONE = frozenset(
    "the and to by with from were which that this have will would been their they it for".split()
)


Identify = Callable[[str], str | None]
"""Tells what `identify` does of a text; from what was kept of it, say."""


def identify(text: str) -> str | None:
    """Ask py3langid for the language's code (ISO 639-1); None for what may be English."""
    ranked = _identifier().rank(text)  # related languages may share what English hasn't got
    return str(ranked[0][0]) if 1 - dict(ranked)["en"] >= _SURE else None


def foreign(text: str, identify: Identify = identify) -> str | None:
    """Return the language's code (ISO 639-1) when `text` is surely not English, else None.

    Texts of fewer than eight words tell too little, unless they are in another script. `identify`
    is asked where the commonest words don't tell.
    """
    start = text[:_LETTERS]
    words = [word.casefold() for word in _WORD.findall(start)]
    latin = bool(_LATIN.search(start))
    if not words or (latin and len(words) < _LEAST_WORDS):
        return None
    if len(words) < _SHORT and not _ENGLISH_ALONE.isdisjoint(words):
        return None
    if sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words):
        return None
    return identify(start)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid import langid  # noqa: PLC0415 - slow to load, and seldom needed

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
