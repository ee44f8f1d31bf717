"""Training rows made from other training rows, each kind by a rule that fixes its label.

A row is `{"claim", "evidence", "label"}`, the claim being the hypothesis. Every function takes the
cleaned rows and a seeded random generator and yields rows without end or until it runs dry; how
many are taken stands in mixture.toml.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from facts import facts
from written import newest, written

from verifier.records import Sentence
from verifier.retrieve import Index

Row = dict[str, str]

_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*")
_NUMBER = re.compile(
    r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,-])\d+(?:\.\d+)?(?![\w,]|\.\d)"
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")\b(?= \d|,)")
_NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBER_WORD = re.compile(r"\b(" + "|".join(_NUMBER_WORDS) + r")\b")
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_ORDINAL = re.compile(r"\b(" + "|".join(_ORDINALS) + r")\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|has|have|had|does|did|may|must|should)\b(?! not|n't)"
)
_CONTRACTS = re.compile(r"\b(is|are|was|were|would|could|has|have|had|does|did|should)\b")
_NEGATIVE = re.compile(
    r"\b(no|not|never|none|only|any|some|nor|neither|few)\b|n't|\?", re.IGNORECASE
)
_NAME = re.compile(
    r"(?<!^)(?<![.!?\"] )\b[A-Z][\w'’-]+(?: (?:of |the |de |van )?[A-Z][\w'’-]+){0,3}"
)


def words(text: str) -> set[str]:
    """Return the words and numbers of a text that are worth comparing, lower case."""
    return {word.lower() for word in _WORD.findall(text)}


def overlap(first: str, second: str) -> float:
    """Return the share of the smaller text's words that also stand in the other, in [0, 1]."""
    one, two = words(first), words(second)
    return len(one & two) / max(1, min(len(one), len(two)))


class Alike:
    """Finds the texts that share most words with a query, by the pipeline's own retrieval."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._index = Index([Sentence("", i, 0, 0, t, t) for i, t in enumerate(texts)])

    def search(self, query: str, k: int) -> list[str]:
        """Return up to `k` texts, best first."""
        return [self._texts[i] for i in self._index.search(query, k)]


def _pages(rows: list[Row]) -> dict[str, list[Row]]:
    pages = defaultdict(list)
    for row in rows:
        if row.get("page"):
            pages[row["page"]].append(row)
    return pages


def _neighbours(row: Row, page: list[Row], rng: random.Random, limit: float) -> list[str]:
    """Sentences of the row's page that say something else than its evidence and its claim."""
    found: list[str] = []
    for other in rng.sample(page, len(page)):
        text = other["evidence"]
        if overlap(text, row["evidence"]) < limit and all(overlap(text, f) < limit for f in found):
            found.append(text)
    return found


def among_distractors(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Set the evidence among other sentences, of its page where there are any; the label stays."""
    pages = _pages(rows)
    short = [
        row for row in rows if len(row["evidence"].split()) < 70 and "\n" not in row["evidence"]
    ]
    while True:
        row = rng.choice(short)
        others = _neighbours(row, pages[row["page"]], rng, 0.5) if row.get("page") else []
        wanted = rng.choice([1, 1, 2, 2, 3, 4, 6])
        while len(others) < wanted:
            filler = rng.choice(short)["evidence"]
            if overlap(filler, row["claim"]) < 0.25:
                others.append(filler)
        sentences = others[:wanted]
        sentences.insert(rng.randint(0, wanted), row["evidence"])
        yield {"claim": row["claim"], "evidence": " ".join(sentences), "label": row["label"]}


def off_topic(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Judge a claim by sentences that don't settle it: alike in words, of its page, or of anything.

    A third of the claims are negated, changed in a value or given another name first, so that how
    a claim is worded says nothing about its label.
    """
    paged = [page for page in _pages(rows).values() if len(page) > 1]
    documents = [row for row in rows if len(row["evidence"].split()) > 90]
    short = [row for row in rows if len(row["evidence"].split()) < 60]
    alike = Alike([row["evidence"] for row in short])
    while True:
        where = rng.random()
        if where < 0.35:
            page = rng.choice(paged)
            row = rng.choice(page)
            others = _neighbours(row, page, rng, 0.4)
        elif where < 0.55:
            row = rng.choice(documents)
            sentences = re.split(r"(?<=[.!?])\s+", row["evidence"])
            others = [s for s in sentences if len(s.split()) > 5 and overlap(s, row["claim"]) < 0.3]
            rng.shuffle(others)
        elif where < 0.85:
            row = rng.choice(short)
            found = alike.search(row["claim"], 12)
            others = [
                t
                for t in found
                if overlap(t, row["evidence"]) < 0.4 and overlap(t, row["claim"]) < 0.5
            ]
            rng.shuffle(others)
        else:
            row = rng.choice(rows)
            others = [rng.choice(short)["evidence"] for _ in range(3)]
        if others:
            claim = row["claim"] if rng.random() < 0.67 else _reworded(row, rng)
            evidence = " ".join(others[: rng.choice([1, 1, 1, 2, 3])])
            yield {"claim": claim, "evidence": evidence, "label": "unknown"}


def _reworded(row: Row, rng: random.Random) -> str:
    """Return the claim negated, changed in a value, or with another name, if it can be."""
    claim = row["claim"]
    if rng.random() < 0.5 and not _NEGATIVE.search(claim):
        return _AUXILIARY.sub(r"\1 not", claim, count=1)
    return _change(claim, rng) or claim


def verbatim(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Give the evidence itself, or its first clause before `, and` or a semicolon, as the claim."""
    while True:
        row = rng.choice(rows)
        evidence = row["evidence"]
        if not 5 < len(evidence.split()) < 60 or "\n" in evidence:
            continue
        clause = re.split(r", (?:and|but|while) |; ", evidence)[0]
        claim = clause if rng.random() < 0.5 and len(clause.split()) > 5 else evidence
        yield {"claim": claim, "evidence": evidence, "label": "supported"}


def _other_number(text: str, rng: random.Random) -> str:
    """Write a different number in the same way: years stay years, grouping and decimals stay."""
    plain = text.replace(",", "")
    if "." in plain:
        digits = len(plain.split(".")[1])
        return f"{float(plain) * rng.choice([0.5, 0.8, 1.2, 1.5, 2, 10]):.{digits}f}"
    value = int(plain)
    if 1500 <= value <= 2100 and "," not in text:
        return str(value + rng.choice([-20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20]))
    if value <= 31:
        return str(rng.choice([n for n in range(1, 32) if n != value]))
    scaled = rng.choice(
        [
            value * 10,
            value * 2,
            value // 2,
            value + 1,
            value - 1,
            value + 10,
            value // 10,
            int(value * 1.2),
            int(value * 0.8),
            value + 100,
        ]
    )
    return f"{scaled:,}" if "," in text else str(scaled)


def _change(text: str, rng: random.Random) -> str | None:
    """Return the text with one of its values changed, or None if it has none."""
    spots = [(*n.span(), _other_number(n.group(), rng)) for n in _NUMBER.finditer(text)]
    for pattern, table in ((_MONTH, _MONTHS), (_NUMBER_WORD, _NUMBER_WORDS), (_ORDINAL, _ORDINALS)):
        for found in pattern.finditer(text):
            other = rng.choice([word for word in table if word != found.group()])
            spots.append((*found.span(), other))
    if not spots:
        return None
    start, end, new = rng.choice(spots)
    return None if text[start:end] == new else text[:start] + new + text[end:]


def _bounded(text: str) -> bool:
    """Whether a claim states a bound, which a changed number need not break."""
    return bool(
        re.search(
            r"\b(more|less|fewer|over|under|least|most|about|around|nearly|almost|"
            r"before|after|since|until|between|approximately|up to|some)\b",
            text,
            re.IGNORECASE,
        )
    )


def changed_value(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Give a supported claim, or the evidence itself, with one value changed."""
    supported = [
        row
        for row in rows
        if row["label"] == "supported"
        and "\n" not in row["evidence"]
        and len(row["evidence"].split()) < 120
    ]
    while True:
        row = rng.choice(supported)
        own = rng.random() < 0.35 and len(row["evidence"].split()) < 50
        claim = row["evidence"] if own else row["claim"]
        if _bounded(claim):
            continue
        changed = _change(claim, rng)
        if changed is not None and key_numbers(changed) - key_numbers(row["evidence"]):
            yield {"claim": changed, "evidence": row["evidence"], "label": "refuted"}
            if rng.random() < 0.3:  # the unchanged twin, so that a number alone is no cue
                yield {"claim": claim, "evidence": row["evidence"], "label": "supported"}


def key_numbers(text: str) -> set[str]:
    """Return every value word of a text, lower case."""
    found = _NUMBER.findall(text) + _MONTH.findall(text)
    return {w.lower() for w in found + _NUMBER_WORD.findall(text) + _ORDINAL.findall(text)}


def negated(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Negate a claim by its auxiliary: a supported one becomes refuted, the other way about too.

    Only a claim that is refuted by one changed value is supported when negated; of others it can't
    be known. Half of what comes out is supported, so that "not" is no cue.
    """
    usable = [
        row
        for row in rows
        if row["label"] == "supported"
        and "\n" not in row["evidence"]
        and len(row["evidence"].split()) < 120
        and len(_AUXILIARY.findall(row["claim"])) == 1
        and not _NEGATIVE.search(row["claim"])
    ]
    changeable = [row for row in usable if key_numbers(row["claim"]) and not _bounded(row["claim"])]
    while True:
        row, label = rng.choice(usable), "refuted"
        claim = row["claim"]
        if rng.random() < 0.5:
            row, label = rng.choice(changeable), "supported"
            claim = _change(row["claim"], rng) or row["claim"]
            if not key_numbers(claim) - key_numbers(row["evidence"]):
                continue
        short = rng.random() < 0.5 and _CONTRACTS.search(claim)
        negative = _AUXILIARY.sub(r"\1n't" if short else r"\1 not", claim, count=1)
        yield {"claim": negative, "evidence": row["evidence"], "label": label}


def swapped_name(rows: list[Row], rng: random.Random) -> Iterator[Row]:
    """Exchange a name that claim and evidence share for another of the evidence."""
    supported = [
        row
        for row in rows
        if row["label"] == "supported"
        and "\n" not in row["evidence"]
        and len(row["evidence"].split()) < 120
    ]
    while True:
        row = rng.choice(supported)
        mine = [n for n in _NAME.findall(row["claim"]) if n in row["evidence"]]
        theirs = [n for n in _NAME.findall(row["evidence"]) if n not in row["claim"] and len(n) > 3]
        if mine and theirs:
            claim = row["claim"].replace(rng.choice(mine), rng.choice(theirs), 1)
            yield {"claim": claim, "evidence": row["evidence"], "label": "refuted"}


KINDS: dict[str, Callable[[list[Row], random.Random], Iterator[Row]]] = {
    "among_distractors": among_distractors,
    "off_topic": off_topic,
    "verbatim": verbatim,
    "changed_value": changed_value,
    "negated": negated,
    "swapped_name": swapped_name,
    "facts": facts,
    "written": written,
    "newest": newest,
}
OURS = {"facts", "written", "newest"}
"""Kinds that start from no other rows."""
