"""Tells a sentence that can't be understood without the one before it."""

from __future__ import annotations

import re

_LINK = (
    r"(?:(?:and|but|yet|so|or|however|also|still|then|later|meanwhile|instead|moreover|furthermore"
    r"|additionally|finally|similarly|nevertheless|nonetheless|afterwards?|eventually|ultimately"
    r"|today|now|overall|in addition|in fact|for example|for instance|on the other hand|as a result"
    r"|at first|initially|currently|previously|subsequently|recently|for now),? )?"
)
_UNIT = (
    r"(?:second|minute|hour|day|night|morning|afternoon|evening|week|weekend|month|year|decade"
    r"|century|season|summer|winter|spring|autumn|fall)s?"
)
_EXPLETIVE = (
    r"it(?: is|['’]s| was| has been| had been| will be| may be| would be| remains| became| seems"
    r"| appears)"
    r"(?: not| also| still| now| widely| generally| already| being| yet| only| being)*"
    r" (?:\w+ed|known|thought|said|understood|felt|found|shown|likely|unlikely|possible"
    r"|impossible|clear"
    r"|unclear|important|essential|crucial|vital|necessary|true|likely|uncertain|hard|difficult"
    r"|easy|time"
    r"|best|worth|safe|fair|common|rare|raining|snowing|too early|to be) (?:that|to|whether|how"
    r"|why|if"
    r"|for|when|what|where|who)\b|it (?:took|takes|will take|rained|snowed)\b"
    r"|it(?: is|['’]s| was) (?-i:(?:the )?[A-Z]\S* (?:[A-Z]\S* ){0,3})(?:who|that)\b|it (?:seems"
    r"|appears|emerged|turns out|turned out)\b"
)
_NOT_LEANING = re.compile(
    rf"{_LINK}(?:{_EXPLETIVE}"
    rf"|(?:this|these|those) (?:past |last |coming )?{_UNIT}\b|(?:those|they|he|she) who\b"
    r"|both (?:[A-Z]|the |of the |sides|houses|teams|parties)|that (?:said|is)[,:])",
    re.IGNORECASE,
)
_BOTH_NAMES = re.compile(r"both\b.{1,60}\band\b", re.IGNORECASE)
_PRONOUN = re.compile(
    rf"{_LINK}(?:(?:he|she|it|they)(?:['’](?:s|d|ll|ve|re))?"
    r"|this|that|these|those|his|its|their|both|such|the (?:latter|former(?= (?:is|was|are|were"
    r"|has|had|will|would|said|also|did|won|lost)\b|,)|two|pair|duo|trio|same)"
    r"|others?|another|(?:one|two|three|four|some|many|most|all|none|each|neither|either|half) of"
    r" (?:them|these|those|whom)|him|them|theirs|hers|her(?! majesty| royal))\b",
    re.IGNORECASE,
)
_ELLIPTICAL = re.compile(
    r"(?:so|nor|neither) (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b"
    r"|(?:and )?(?:not so|likewise|ditto|the reverse)\b|(?:yes|no),",
    re.IGNORECASE,
)
_PLACED = re.compile(
    rf"{_LINK}(?:(?:(?:on|in|at|by|during|from|until|since|around|later|earlier) )?(?:that"
    rf"|the same|the following|the next|the"
    rf" previous|the preceding) (?:very |same )?(?:{_UNIT}|time|point|moment|date|place|way"
    rf"|occasion)\b"
    rf"|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|few|a few|many)"
    rf" (?:{_UNIT}) (?:later|earlier|afterwards?|before|after that)\b"
    r"|(?:later|earlier) that\b|(?:since|until|before|after|despite|because of|as part of"
    r"|in response to|following|due to"
    r"|from|with|by|in|at|of|like|unlike|under|among|instead of|thanks to|because of)"
    r" (?:this|that|these|those|them|him|it|then)\b(?! (?:week|month|year|morning|afternoon"
    r"|evening|summer|autumn|winter"
    r"|spring|season|century|decade)\b)"
    r"|as a result\b|for (?:this|that) reason\b|in response,|in return,|in doing so\b|doing so\b"
    r"|if so\b|if not,)",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"(?:(?:in|on|by|since|at|from|until|during|around|last|next|earlier|later|on) )"
    rf"(?:(?:the|early|late|mid|a|same|last|next|this|that|of|and|first|second|third|fourth"
    rf"|final|total"
    rf"|end|beginning|start|age|all|\d[\w,.-]*|[a-z]+day|jan\w*|feb\w*|march|apr\w*|may|june"
    rf"|july|aug\w*"
    rf"|sep\w*|oct\w*|nov\w*|dec\w*|{_UNIT}) ?){{1,6}},? (?:he|she|it|they|his|her|its|their)\b",
    re.IGNORECASE,
)


def leans(plain: str) -> bool:
    """Whether a sentence begins with what only the sentence before it explains.

    "He also said …", "The same year …", "So did Spain": a pronoun, a time or a verb that points
    back. A pronoun whose name comes before it in the same sentence doesn't make it lean.
    """
    start = plain.lstrip("\"'“‘«([ ")
    if _NOT_LEANING.match(start) or _BOTH_NAMES.match(start):
        return False
    return any(pattern.match(start) for pattern in (_PRONOUN, _ELLIPTICAL, _PLACED, _TIME_FIRST))
