"""Whether what follows a conjunction is a verb phrase of the same subject, or a clause of its own.

Each answer is no unless the words leave little doubt: a participle that might belong to a noun, a
noun that might be a verb, anything inside a subordinate clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.summaries.verbs import (
    Tense,
    Token,
    Verb,
    at,
    begins_noun,
    begins_object,
    find_verb,
    is_adverb,
    is_past_form,
)
from verifier.summaries.words import (
    AUXILIARIES,
    BASE_VERBS,
    CONJUNCTIONS,
    DETERMINERS,
    GIVING,
    INTRANSITIVE,
    IRREGULAR_PAST,
    NEGATIONS,
    NEVER_PASSIVE,
    NOUN_TOO,
    OBJECTS,
    PARTICIPLE_ONLY,
    PAST_ONLY,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SUBORDINATORS,
    THIRD_PERSON,
    TIME_WORDS,
)

_LONGEST_SUBJECT = 9  # tokens of a clause's subject after a conjunction
_ADJECTIVES = frozenset("left lost set cut hit put read held known".split())
_MAY_TAKE_NOUNS = frozenset("and or as after before since until than like".split())
_PARTICIPLE_PLACES = frozenset("in on at for from with as to by after before during".split())


def prefix_end(
    tokens: Sequence[Token], verb: Verb, last: int, joint: int, start: int
) -> int | None:
    """Return the last token that goes before the verb phrase at `start` to make it a clause.

    That is the end of the subject, or an auxiliary or a `to` that both share; None when no verb
    phrase of that subject begins there. `last` is the token after the verb before the joint.
    """
    while start < len(tokens) and is_adverb(tokens[start].low):
        start += 1
    word = at(tokens, start)
    if word is None:
        return None
    finite = word.low in AUXILIARIES or word.low in PAST_ONLY
    if not _is_open(tokens, verb, last, joint, finite=finite):
        return None
    alone = last == joint or tokens[joint - 1].low == "," == tokens[last].low
    if alone and verb.tense is not Tense.BE and tokens[last - 1].low not in INTRANSITIVE:
        return None  # made and sold cars: both verbs may have the object
    if not (verb.sure or finite) and _goes_on(tokens, start + 1):
        return None
    return _shared(tokens, verb, last, joint, start)


def _shared(tokens: Sequence[Token], verb: Verb, last: int, joint: int, start: int) -> int | None:
    """Return the last token that the verb at `start` shares, by the form of that verb."""
    word, after, subject = tokens[start].low, at(tokens, start + 1), verb.first - 1
    if word in AUXILIARIES:
        bare = verb.tense is Tense.MODAL and word in ("do", "have")
        return verb.last if bare else subject if verb.tense is not Tense.DO else None
    if word in BASE_VERBS and not is_past_form(word):
        return _shared_to_or_modal(tokens, verb, last, joint, after)
    if word in THIRD_PERSON:
        return subject if _is_present(word, after, verb) else None
    if word in PAST_ONLY and verb.tense not in (Tense.MODAL, Tense.DO):
        return subject
    if word.endswith("ing"):
        progressive = verb.tense is Tense.BE and tokens[verb.main].low.endswith("ing")
        alone = not any(token.low.endswith("ing") for token in tokens[last:joint])
        return verb.last if progressive and alone and begins_object(after) else None
    return _shared_past(tokens, verb, joint, word, after) if is_past_form(word) else None


def _is_open(tokens: Sequence[Token], verb: Verb, last: int, joint: int, *, finite: bool) -> bool:
    """Whether a phrase after the joint can only belong to the main verb.

    After a participle that follows a noun, that holds for a verb that is surely `finite`.
    """
    if any(token.low in NEGATIONS for token in tokens[: verb.main + 1]):
        return False
    ended = joint - 1 if tokens[joint - 1].low != "," else joint - 2
    if verb.main >= joint or tokens[ended].low in PREPOSITIONS:
        return False
    told = at(tokens, verb.main + 1)
    if tokens[verb.main].low in REPORTING and not (
        begins_object(told) or (told is not None and told.low == "to")
    ):
        return False
    return _is_flat(tokens, _since(verb, last), joint, finite=finite)


def _since(verb: Verb, last: int) -> int:
    """Return where the last part begins: at the main verb, or after an earlier cut."""
    return verb.main if last == verb.main + 1 else last


def _is_flat(tokens: Sequence[Token], start: int, stop: int, *, finite: bool) -> bool:
    """Whether no clause, negation or participle of a noun opens in between."""
    timed = False
    for index in range(start, stop):
        word, before = tokens[index].low, tokens[index - 1].low
        if index == start and (word in AUXILIARIES or is_past_form(word)):
            continue
        if word in SUBORDINATORS or word in NEGATIONS or word in (":", "–", "—"):
            return False
        if word in AUXILIARIES or word in PAST_ONLY:
            return False
        if not finite and is_past_form(word) and before not in DETERMINERS:
            return False
        if timed and word.endswith("ing"):
            return False
        timed = timed or word in TIME_WORDS
    return True


def _goes_on(tokens: Sequence[Token], start: int) -> bool:
    """Whether another finite verb follows, so that the first may be no main verb at all."""
    for index in range(start, len(tokens)):
        word = tokens[index].low
        if word in SUBORDINATORS or word in CONJUNCTIONS:
            return False
        if word in AUXILIARIES or word in PAST_ONLY or (is_past_form(word) and index > start):
            return True
    return False


def _shared_to_or_modal(
    tokens: Sequence[Token], verb: Verb, last: int, joint: int, after: Token | None
) -> int | None:
    """Return the `to` or the modal before a bare verb: "will meet Ann and sign the deal"."""
    if after is None or after.low not in DETERMINERS | OBJECTS or tokens[joint - 2].low == "to":
        return None  # to capture and save the film
    infinitives = [
        index
        for index in range(min(last, verb.main), joint - 1)
        if tokens[index].low == "to" and tokens[index + 1].low in BASE_VERBS
    ]
    if infinitives:
        return infinitives[0] if len(infinitives) == 1 else None
    return verb.last if verb.tense is Tense.MODAL else None


def _is_present(word: str, after: Token | None, verb: Verb) -> bool:
    """Whether a word in -s is a verb that goes on from a verb in the present."""
    if verb.tense not in (Tense.PRESENT, Tense.BE, Tense.HAVE):
        return False
    if word not in NOUN_TOO:
        return True
    return after is not None and (after.low in DETERMINERS or after.low in OBJECTS)


def _shared_past(
    tokens: Sequence[Token], verb: Verb, joint: int, word: str, after: Token | None
) -> int | None:
    """Return what a past or participle shares: the subject, or its auxiliaries too."""
    subject, auxiliaries = verb.first - 1, verb.last
    to_object = begins_object(after)
    to_place = after is None or after.low in _PARTICIPLE_PLACES or not after.low[0].isalnum()
    to_place = to_place or is_adverb(after.low if after else "")
    if verb.tense is Tense.PAST and after is not None and after.low == "by":
        return None  # a house built in 1900 and owned by the city
    active = word in INTRANSITIVE or (word in IRREGULAR_PAST and word not in _ADJECTIVES)
    to_noun = active and begins_noun(after)
    if not (to_object or to_place or to_noun):
        return None
    if verb.tense is Tense.PAST:
        return subject if word not in PARTICIPLE_ONLY else None
    passive = "been" in (token.low for token in tokens[verb.first : verb.main])
    if verb.tense is Tense.HAVE and not passive:
        return auxiliaries
    if verb.tense in (Tense.BE, Tense.HAVE):
        return _shared_passive(tokens, verb, joint, word, after)
    return None


def _shared_passive(  # noqa: PLR0911 - one return a case
    tokens: Sequence[Token], verb: Verb, joint: int, word: str, after: Token | None
) -> int | None:
    """Tell "was arrested and charged" from "was arrested and died", or leave it."""
    subject, auxiliaries = verb.first - 1, verb.last
    main, to_object = tokens[verb.main].low, begins_object(after)
    if word in NEVER_PASSIVE:
        return subject
    if not is_past_form(main):  # was a teacher and wrote a book
        return subject if to_object and word not in PARTICIPLE_ONLY | GIVING else None
    if main == "born":
        return auxiliaries if word in ("raised", "brought", "educated") else subject
    if word in PARTICIPLE_ONLY:
        return auxiliaries
    if word in GIVING and to_object:
        return None
    if to_object or (word in INTRANSITIVE and begins_noun(after)):
        return subject
    if verb.main + 1 == joint or word not in INTRANSITIVE:
        return auxiliaries
    return None


def opens_clause(tokens: Sequence[Token], verb: Verb, last: int, joint: int, start: int) -> bool:
    """Whether a clause with a subject of its own begins at `start`, after a whole clause."""
    mark = tokens[joint].low
    apart = mark in ("but", "while", ";") or tokens[joint - 1].low == ","
    reporting = tokens[min(verb.main, joint - 1)].low in REPORTING
    between = {token.low for token in tokens[_since(verb, last) : joint]}
    if "between" in between or (mark == "but" and "only" in between):
        return False
    if not apart and (not verb.sure or reporting or between & _MAY_TAKE_NOUNS):
        return False
    if mark != ";" and between & SUBORDINATORS:
        return False
    first = at(tokens, start)
    if first is None or first.low in PREPOSITIONS or not (first.low[0].isalnum()):
        return False
    if first.low in PRONOUNS or first.low == "there":
        return mark != "while" and find_verb(tokens, start, min(start + 4, len(tokens))) is not None
    return _has_own_subject(tokens, start)


def _has_own_subject(tokens: Sequence[Token], start: int) -> bool:
    """Whether a noun phrase and then a finite verb stand at `start`."""
    found = find_verb(tokens, start, min(start + _LONGEST_SUBJECT + 1, len(tokens)))
    if found is None or not found.sure:
        return False
    first = tokens[start]
    if first.low in AUXILIARIES or first.low in THIRD_PERSON - NOUN_TOO:
        return False
    if not (begins_object(first) or first.low.endswith("s")) or first.low in OBJECTS - PRONOUNS:
        return False
    subject = tokens[start : found.first]
    return not any(
        token.low in SUBORDINATORS
        or token.low in _MAY_TAKE_NOUNS
        or token.low in ("later", "earlier", "ago")
        or token.low in CONJUNCTIONS
        or token.low == "to"
        or (not token.low[0].isalnum() and token.text not in "'’%$£€")
        for token in subject
    )
