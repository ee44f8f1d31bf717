"""What in a summary makes no claim: questions, greetings, opinions, instructions, bare phrases.

A sentence is skipped on clear marks only. One that is skipped by mistake hides an error, while one
that is checked by mistake costs a line in the report; so whatever is in doubt is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.summaries.verbs import Token, begins_noun, begins_object, is_past_form, tokens_of
from verifier.summaries.words import (
    AUXILIARIES,
    BASE_VERBS,
    DETERMINERS,
    FINITE,
    NOUN_TOO,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    THIRD_PERSON,
)

QUESTION = "a question"
NO_WORDS = "marks without words"
GREETING = "a greeting"
INTRODUCTION = "an introduction"
OPINION = "an opinion"
RECOMMENDATION = "a recommendation"
INSTRUCTION = "an instruction"
EXCLAMATION = "an exclamation"
NO_VERB = "a phrase without a verb"

_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]")  # another script: nothing is known of its verbs
_PLAINLY_VERBS = frozenset(
    "is are was were has had have said will would could did does been".split()
)
_START = r"(?:(?:and|but|so|or|also|now|well|overall|personally|finally|lastly|in short),? )?"
_LONGEST_SHORT = 20  # words; a longer sentence says more than its mark

_ASKS = re.compile(
    r"(?:\W*\w+, )?\W*(?:(?:and|but|so|or|yet) )?(?:(?:in|on|at|by|to|for|from|with|of|about) )?"
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|am|do|does|did|has|have|had"
    r"|can|could|will|would|shall|should|may|might|must|isn['’]t|aren['’]t|wasn['’]t|don['’]t"
    r"|doesn['’]t|didn['’]t|won['’]t|can['’]t)\b",
    re.IGNORECASE,
)
_SHORT_QUESTION = 8  # words
_SUMMARY = (
    r"(?:(?:short|brief|concise|quick|detailed|bullet[- ]point|one[- ]paragraph|main|key|major|most"
    r"|important|final|full|revised|updated|requested|simple|high-level|executive) )*"
    r"(?:summar(?:y|ies)|overview|recap|rundown|synopsis|takeaways?|highlights?|points?|list"
    r"|breakdown|version|digest|outline|bullets?|bullet points|findings|facts|tl;dr)\b"
)
_INTRODUCTION = re.compile(
    r"(?:(?:sure|certainly|of course|absolutely|okay|ok)[!,.]? )?"
    r"(?:here(?: is|['’]s| are)|below(?: is|['’]s| are)|(?:the )?following (?:is|are)|this is)"
    rf" (?:(?:a|an|the|my|your|our|some|one) )?{_SUMMARY}(?! that\b)(?P<rest>[^.]*)[:.]?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))\b(?: \w+){0,4}[!,.:]?"
    r"|(?:sure|certainly|of course|absolutely|gladly|okay|ok|welcome|thanks|thank you|cheers)"
    r"(?: (?:thing|all|everyone|again))?[!.,]?"
    r"|(?:thanks|thank you)(?: (?:so|very) much)? for (?:reading|your|asking|listening"
    r"|the question)"
    r"\b.*"
    r"|welcome to (?:my|our|this|the) (?:summary|newsletter|blog|page|recap|overview)\b.*"
    r"|(?:i )?(?:really )?hope (?:this|that|it)(?: \w+)? (?:helps?|helped|is (?:helpful|useful)"
    r"|was (?:helpful|useful))\b.*"
    r"|(?:please )?let me know (?:if|whether|what|how|should)\b.*"
    r"|(?:please )?feel free to\b.*|(?:if you have|should you have) any\b.*"
    r"|(?:best|kind|warm)(?: regards| wishes)?[,.!]?|(?:yours )?(?:sincerely|faithfully)[,.]?"
    r"|(?:happy reading|enjoy|see you|take care|bye|goodbye)[!.]?|i(?:'d| would) be happy to\b.*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:hi|hello|hey|dear|greetings)\b", re.IGNORECASE)  # or a name
_ADJECTIVE = re.compile(r"(?:amazing|awesome|great|nice)\b", re.IGNORECASE)
_GOOD = (
    r"(?:great|good|excellent|fantastic|wonderful|amazing|awesome|terrible|awful|horrible|brilliant"
    r"|superb|lovely|beautiful|fascinating|interesting|must-read|inspiring|impressive|thrilling"
    r"|disappointing|boring|nice|bad|sad|exciting|delightful|remarkable|compelling)"
)
_OPINION = re.compile(
    rf"{_START}(?:in (?:my|our) (?:humble |personal )?(?:view|opinion|experience)\b"
    r"|(?:to|for) me,|to my mind\b|if you ask me\b|from my (?:perspective|point of view)\b"
    r"|i (?:really |truly |also |do |strongly |firmly |just |personally )?(?:think|believe|feel"
    r"|guess"
    r"|hope|love|loved|like|liked|enjoy|enjoyed|hate|hated|find|found|prefer|wish|doubt|suspect"
    r"|admire)"
    r"\b|i(?:'m| am) (?:so |very |really |not )?(?:sure|happy|glad|sad|excited|convinced|afraid"
    r"|sorry"
    r"|impressed|thrilled|amazed|disappointed|surprised)\b)",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    rf"{_START}(?:(?:it|this|that)(?: is|['’]s| was)|what) (?:(?:a|an|such|really|truly|quite"
    rf"|very|so"
    rf"|absolutely|simply|just) )*{_GOOD}\b[^,;:]*[.!]?",
    re.IGNORECASE,
)
_MOST_PRAISE = 8  # words
_RECOMMENDATION = re.compile(
    rf"{_START}(?:(?:you|we|one|everyone|everybody|anyone|readers)(?: all| really| definitely)?"
    r" (?:should|ought to)\b(?! not have| have| know| note)"
    r"|(?:i|we)(?:'d| would)? (?:highly |strongly |really |also )?(?:recommend|suggest|advise"
    r"|urge)\b"
    r"|(?:highly|strongly|definitely) recommended\b|it(?:'s| is) (?:well )?worth (?:reading"
    r"|watching"
    r"|noting how)|(?:you|we)(?:'d| had) better\b|don['’]t miss\b)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:please (?!d)\w+|let['’]s|click|tap|scroll|swipe|subscribe|sign up|stay tuned|check out"
    r"|(?:read|learn|find out|see|discover) more|read (?:on|the full|our|about)|see (?:also"
    r"|below|above"
    r"|the|our|page|section|figure|table|appendix|fig\.|p\.)|visit (?:our|the|us|www|http)"
    r"|follow us"
    r"|contact (?:us|me|the)|share (?:this|your)|watch (?:the|this|our) video|download (?:the"
    r"|our|this)"
    r"|remember to|(?:be sure|make sure) (?:to|you)|(?:don['’]t|do not) (?:forget|hesitate)"
    r"|tell us|join us|stay (?:safe|informed|up to date))\b",
    re.IGNORECASE,
)
_POINTER = re.compile(r"(?:see|read|click|visit|page|section|figure|fig|table)\b", re.IGNORECASE)
_EXCLAMATION = re.compile(
    r"(?:wow|oh|yay|hooray|hurray|bravo|congratulations|congrats|well done|amazing|awesome|great"
    r"|nice"
    r"|what an?|how)\b[^.?]*!+",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”«»]|``|''")
_MARK = re.compile(r"[\"“”«»]")
_CONTRACTED = re.compile(r"\w'(?:s|re|ve|ll|m|d|t)$")
_BEFORE_CLITIC = PRONOUNS | {"that", "there", "who", "here"}
_FEW = 2  # words: too little to claim anything without a sure verb
_LEAST_WITH_FIGURE = 3
_LONG = 8  # words: hardly a phrase, if a full stop or what may be a verb says so too


def why_no_claim(plain: str, *, quoted: bool = False) -> str | None:
    """Return why a sentence makes no claim, as one plain phrase; None if it makes one.

    What someone is quoted with is no opinion of the summary's: `quoted` is for a sentence in the
    midst of a quotation, one with its marks is known by them.
    """
    if not _WORD.search(plain):
        return NO_WORDS
    if _is_question(plain):
        return QUESTION
    words = plain.count(" ") + 1
    figure = _DIGIT.search(plain) is not None
    if words <= _LONGEST_SHORT:
        why = _short_mark(plain, words, figure=figure)
        if why:
            return why
    if not (figure or quoted or _QUOTE.search(plain)):
        if _OPINION.match(plain):
            return OPINION
        if _RECOMMENDATION.match(plain):
            return RECOMMENDATION
    return None if makes_sentence(plain) else NO_VERB


def _short_mark(plain: str, words: int, *, figure: bool) -> str | None:
    """Return the kind of a short sentence that a greeting, an instruction or the like makes up."""
    introduced = _INTRODUCTION.fullmatch(plain)
    if introduced and not _tells(introduced["rest"]):
        return INTRODUCTION
    if _GREETING.fullmatch(plain) and not (_ADDRESS.match(plain) and has_verb(plain)):
        return GREETING
    if words <= _MOST_PRAISE and _PRAISE.fullmatch(plain):
        return OPINION
    if not figure and _EXCLAMATION.fullmatch(plain) and not _names_and_tells(plain):
        return EXCLAMATION
    if _INSTRUCTION.match(plain) and (not figure or _POINTER.match(plain)):
        return INSTRUCTION
    return None


def _tells(rest: str) -> bool:
    """Whether what follows "Here is a summary" goes on to a claim of its own."""
    _, colon, after = rest.partition(":")
    return " that " in rest or (bool(colon) and has_verb(after))


def _names_and_tells(plain: str) -> bool:
    """Whether the word of praise begins a name: "Great Britain lost the war!"."""
    return _ADJECTIVE.match(plain) is not None and has_verb(plain)


def _is_question(plain: str) -> bool:
    """Whether all of it asks; "Sales rose, but will they last?" tells something too."""
    bare = plain.rstrip("\"'”’»)] ")
    if not bare.endswith("?"):
        return False
    if _ASKS.match(plain):
        return True
    quoted = bare != plain.rstrip() and not plain.startswith(('"', "'", "“", "‘", "«", "(", "["))
    return not quoted and "," not in plain and plain.count(" ") < _SHORT_QUESTION


def still_quoted(plain: str, *, begun: bool) -> bool:
    """Whether a quotation goes on after the sentence, which begins within one if `begun`."""
    for mark in _MARK.findall(plain):
        begun = not begun if mark == '"' else mark in "“«"
    return begun


def makes_sentence(plain: str) -> bool:
    """Whether there may be a finite verb in it, or a figure that can be checked without one."""
    if not _PLAINLY_VERBS.isdisjoint(plain.split(" ")) or _FOREIGN.search(plain):
        return True
    words = _words(plain)
    if len(words) >= _LEAST_WITH_FIGURE and _DIGIT.search(plain):
        return True
    if any(_is_verb(words, index) for index in range(len(words))) or _is_command(words):
        return True
    ended = plain.rstrip("\"'”’»)] ").endswith((".", "!", ";"))
    maybe = len(words) > _FEW and any(map(_may_be_verb, words))
    return (ended and len(words) >= _LONG) or (maybe and (ended or len(words) >= _LONG))


def _is_command(words: Sequence[Token]) -> bool:
    """Whether it is one to do or one done: "Add a flag for the port" in a list of changes."""
    return len(words) > 1 and words[0].low in BASE_VERBS and _begins_phrase(words[1])


def _begins_phrase(token: Token) -> bool:
    return begins_object(token) or begins_noun(token)


def has_verb(plain: str) -> bool:
    """Whether a word of it is a finite verb, without much doubt."""
    words = _words(plain)
    return any(_is_verb(words, index) for index in range(len(words)))


def _words(plain: str) -> list[Token]:
    return [token for token in tokens_of(plain) if token.low[0].isalnum()]


def _is_verb(words: Sequence[Token], index: int) -> bool:
    """Whether the word is a finite verb, as far as its neighbours tell."""
    word = words[index].low
    before = words[index - 1].low if index else ""
    after = words[index + 1] if index + 1 < len(words) else None
    if _CONTRACTED.search(word):
        return not word.endswith("'s") or word[:-2] in _BEFORE_CLITIC
    if word in AUXILIARIES:
        return before != "to"
    if not index or before in DETERMINERS or before in PREPOSITIONS:
        return False
    if word in FINITE or is_past_form(word):
        return True
    if after is None:
        return word in THIRD_PERSON - NOUN_TOO
    followed = begins_object(after) or after.low in PREPOSITIONS
    return word in NOUN_TOO | BASE_VERBS and (before in PRONOUNS or followed)


def _may_be_verb(token: Token) -> bool:
    """Whether the word could be a verb that no table holds, or the plural subject of one."""
    word = token.low
    ending = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return ending or word in PLURALS or word in PRONOUNS or word in BASE_VERBS or is_past_form(word)
