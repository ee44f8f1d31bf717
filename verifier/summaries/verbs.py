"""Where a clause has its finite verb, told by word tables and the words around.

Nothing is parsed: a word counts as a finite verb only where its form or its neighbours leave little
doubt, and the caller leaves a sentence whole when none is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from verifier.summaries.words import (
    AUXILIARIES,
    BASE_VERBS,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    FINITE,
    HAVE,
    INTRANSITIVE,
    IRREGULAR_PAST,
    NOUN_TOO,
    OBJECTS,
    PARTICIPLE_ONLY,
    PAST_ONLY,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    THIRD_PERSON,
    is_ed,
)

_TOKEN = re.compile(r"\w+(?:[.,'/-]\w+)*|'(?:s|re|ve|ll|d|m)\b|[^\w\s]")
_NUMBER = re.compile(r"[$£€]|\d")
_ADVERB = re.compile(r"\w{3,}ly|also|then|later|now|still|soon|even|once|again|eventually|already")
_NOT_ADVERBS = frozenset("family july italy reply supply apply rely assembly fly ally".split())


class Token(NamedTuple):
    """A word or a mark of a sentence's plain text, `plain[start:end]` with straight apostrophes."""

    text: str
    low: str
    """`text` in lower case; the month of May keeps its capital."""
    start: int
    end: int


def tokens_of(plain: str) -> list[Token]:
    """Split `plain` into words and single marks; a clitic that stands alone is a word."""
    straight = plain.replace("’", "'")
    tokens = []
    for match in _TOKEN.finditer(straight):
        text = match[0]
        low = text if text == "May" else text.lower()
        tokens.append(Token(text, low, match.start(), match.end()))
    return tokens


class Tense(StrEnum):
    """The shape of a clause's finite verb, which tells what may be coordinated with it."""

    BE = "be"
    HAVE = "have"
    MODAL = "modal"
    DO = "do"
    PAST = "past"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb group of a clause, as indices of its tokens."""

    first: int
    """The finite verb: an auxiliary where there is one."""
    last: int
    """Its last auxiliary, or the verb where it has none."""
    main: int
    """The word after the auxiliaries: a verb, or what follows a form of `be`."""
    tense: Tense
    sure: bool
    """False where the word may be a participle that belongs to the noun before it."""


def is_adverb(word: str) -> bool:
    """Whether the lower-case `word` may stand between a subject and its verb."""
    return bool(_ADVERB.fullmatch(word)) and word not in _NOT_ADVERBS


def begins_object(token: Token | None) -> bool:
    """Whether `token` can only begin a noun phrase: an article, a pronoun, a number, a name."""
    return token is not None and (
        token.low in DETERMINERS
        or token.low in OBJECTS
        or bool(_NUMBER.match(token.low))
        or token.text[:1].isupper()
    )


def begins_noun(token: Token | None) -> bool:
    """Whether `token` is a word, but no preposition, adverb or verb."""
    return (
        token is not None
        and token.low.isalpha()
        and token.low not in PREPOSITIONS | CONJUNCTIONS | FINITE | SUBORDINATORS
        and not (is_adverb(token.low) or is_past_form(token.low) or token.low.endswith("ing"))
    )


def at(tokens: Sequence[Token], index: int) -> Token | None:
    """Return the token of that index, None beyond the end."""
    return tokens[index] if 0 <= index < len(tokens) else None


def is_past_form(word: str) -> bool:
    """Whether the lower-case `word` can be a past, a participle, or both."""
    return word in IRREGULAR_PAST or word in PARTICIPLE_ONLY or is_ed(word)


def find_verb(tokens: Sequence[Token], start: int, stop: int) -> Verb | None:
    """Return the first finite verb of `tokens[start:stop]`, which has a subject before it."""
    for index in range(start + 1, stop):
        read = _finite(tokens, index)
        if read is not None:
            tense, sure = read
            return _group(tokens, index, stop, tense, sure=sure)
    return None


def _finite(tokens: Sequence[Token], index: int) -> tuple[Tense, bool] | None:
    """Read the token as a finite verb: its tense and whether that is sure."""
    word, before, after = tokens[index].low, tokens[index - 1].low, at(tokens, index + 1)
    if before in ("to", "be", "been", "being") or tokens[index].text[0].isupper():
        return None
    if word in AUXILIARIES:
        return _auxiliary(word), True
    if word in PAST_ONLY:
        return Tense.PAST, True
    if word in IRREGULAR_PAST or is_ed(word):
        modified = is_adverb(before) and index > 1  # the newly released image
        return _past(word, tokens[index - 2].low if modified else before, after)
    return (Tense.PRESENT, True) if _is_present(tokens[index - 1], word, after) else None


def _is_present(before: Token, word: str, after: Token | None) -> bool:
    if word in THIRD_PERSON:
        placed = before.low not in DETERMINERS and before.low not in PREPOSITIONS
        return placed and (word not in NOUN_TOO or _takes_object(after))
    if word in BASE_VERBS:
        return before.low in PRONOUNS or (before.low.endswith("s") and _takes_object(after))
    return False


def _auxiliary(word: str) -> Tense:
    if word in BE:
        return Tense.BE
    if word in HAVE:
        return Tense.HAVE
    return Tense.DO if word in DO else Tense.MODAL


def _past(word: str, before: str, after: Token | None) -> tuple[Tense, bool] | None:
    if before in DETERMINERS | PREPOSITIONS | CONJUNCTIONS or before.endswith(("'s", "s'")):
        return None  # the accused man; retired and serving officers
    sure = word in INTRANSITIVE or before in PRONOUNS or begins_object(after)
    return Tense.PAST, sure or begins_noun(after)


def _takes_object(after: Token | None) -> bool:
    return (
        after is not None
        and begins_object(after)
        and after.low != "that"
        and not after.text[:1].isupper()
    )


def _group(tokens: Sequence[Token], first: int, stop: int, tense: Tense, *, sure: bool) -> Verb:
    """Find the word that the auxiliaries lead to; `has` and `had` may be the verb themselves."""
    if tokens[first].low not in AUXILIARIES:
        return Verb(first, first, first, tense, sure)
    main, last = first + 1, first
    while main < stop:
        word = tokens[main].low
        if word in AUXILIARIES or word in ("be", "been", "being"):
            last = main
        elif word not in ("not", "n't") and not is_adverb(word):
            break
        main += 1
    perfect = last > first or (main < stop and is_past_form(tokens[main].low))
    if tense is Tense.HAVE and not perfect:
        past = tokens[first].low.startswith("had")
        return Verb(first, first, first, Tense.PAST if past else Tense.PRESENT, sure)
    return Verb(first, last, main, tense, sure)
