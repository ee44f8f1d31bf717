"""Invented short documents made of facts, with claims whose label is known by construction.

A document is about one subject of a genre of facts.toml, at times beside a second one of the same
genre. The label is drawn first, then a fact, then the claim's wording, so that neither the wording
nor the kind of value tells the label. A claim is unknown where the evidence leaves its fact out,
tells it of another subject only, speaks of the matter without settling it, or says less.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from facts_kinds import KINDS, Fact
from facts_people import PEOPLE_KINDS
from facts_steps import STEP_KINDS
from facts_values import FILLERS, FRAMES, TABLES, TAILS, Pair, fill, people

_LABELS = ["supported", "refuted", "unknown"]
_MAKERS = KINDS | PEOPLE_KINDS | STEP_KINDS
# Kinds that are asked about twice as often as others.
_OFTEN = {"span", "roles", "acts"}
_GENRES: list[dict[str, Any]] = TABLES["genre"]


def _kinds(genre: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the fact kinds of a genre, each with its entry of the table."""
    found: list[tuple[str, Any]] = []
    for name in _MAKERS:
        entry = genre.get(name)
        if entry is True:
            found.append((name, None))
        elif name in {"roles", "acts"} and entry:
            found.append((name, entry))
        elif entry:
            found += [(name, one) for one in entry]
    return found + [(name, entry) for name, entry in found if name in _OFTEN]


_KINDS = [_kinds(genre) for genre in _GENRES]


# Facts of one group might settle or contradict each other; a document has one of each group.
_GROUPS = [{"interval", "tenures", "points"}, {"span"}, {"roles"}, {"acts"}]


def _apart(kinds: list[tuple[str, Any]], genre: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the kinds without those that clash with an earlier one."""
    kept: list[tuple[str, Any]] = []
    for group in (*_GROUPS, set(genre.get("apart", ()))):
        clashing = [kind for kind in kinds if kind[0] in group][1:]
        kept = kinds = [kind for kind in kinds if not any(kind is c for c in clashing)]
    return kept


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, and how it is called after its first mention."""

    name: str
    short: str
    pronouns: tuple[str, str, str]

    def forms(self, rng: random.Random, *, named: bool, fresh: bool) -> tuple[str, str, str]:
        """Return the subject, object and possessive form; by name unless `named` before.

        A pronoun needs a mention that is `fresh`.
        """
        way = rng.random() if named else 0.0
        if way > 0.6 and fresh:
            subject, target, possessive = self.pronouns
            return subject, self.short if target == "it" else target, possessive
        name = self.short if way > 0.35 else self.name
        return name, name, f"{name}'s"


def _subject(genre: dict[str, Any], rng: random.Random) -> Subject:
    if genre.get("person"):
        person = people(rng, 1)[0]
        pronouns = ("she", "her", "her") if person.woman else ("he", "him", "his")
        return Subject(person.name, person.last, pronouns)
    name = fill(rng.choice(genre["names"]), rng)
    return Subject(name, rng.choice(genre["short"]), ("it", "it", "its"))


def _put(text: str, forms: tuple[str, str, str], again: str) -> str:
    """Name the subject in a text, the second time in a sentence by the pronoun `again`."""
    text = text.replace("<S>", forms[0], 1).replace("<S>", again)
    return text.replace("<O>", forms[1]).replace("<P>", forms[2])
    return text


def _capitals(text: str) -> str:
    return re.sub(r"(?:^|(?<=[.!?] ))[a-z]", lambda m: m.group().upper(), text)


def _told(said: list[tuple[str, Subject]], rng: random.Random, *, alone: bool) -> list[str]:
    """Write the sentences of a document; short names and pronouns only of a lone subject.

    A pronoun stands only where the sentence before spoke of the subject.
    """
    written: list[str] = []
    named = fresh = False
    for text, subject in said:
        parts = []
        for part in re.split(r"(?<=[.!?]) (?=[A-Z<])", text):
            framed = part.startswith("<S>") and rng.random() < 0.12
            sentence = rng.choice(FRAMES) + part if framed else part
            forms = subject.forms(rng, named=named and alone, fresh=fresh)
            parts.append(_put(sentence, forms, subject.pronouns[0]))
            fresh = "<" in part
            named = named or fresh
        written.append(_capitals(" ".join(parts)))
    return written


def _note(claim: str) -> str:
    """Write a claim as one would jot it down."""
    claim = claim.removesuffix(".")
    claim = re.sub(r"\b([Tt]he|an?) ", "", claim)
    return re.sub(r" (?:was|is|were|are) (?=held|on|in|at|open)", " ", claim)


def _claim(text: str, subject: Subject, rng: random.Random, *, alone: bool) -> str:
    name = subject.short if alone and rng.random() < 0.2 else subject.name
    text = _put(text, (name, name, f"{name}'s"), subject.pronouns[0])
    return _note(text) if rng.random() < 0.06 else _capitals(text)


def _deciding(fact: Fact, twin: Fact, label: str, rng: random.Random) -> tuple[str, str, bool]:
    """Return a claim, what the text says on its matter ("" for nothing), and of which subject.

    The last is whether that is said of the second subject, of which the claim is not.
    """
    pair = rng.choice(fact.pairs)
    plain = [said for said in fact.says if not re.search("[.,;] ", said)]
    if rng.random() < 0.1 and plain:
        return (*_detailed(pair, rng.choice(plain), label, rng), False)
    if label != "unknown":
        return pair[_LABELS.index(label)], rng.choice(fact.says), False
    claim, way = rng.choice(pair), rng.random()
    if way < 0.25 and fact.open:
        return rng.choice(fact.open), rng.choice(fact.says), False
    if way < 0.55 and fact.hints:
        return claim, rng.choice(fact.hints), False
    if way < 0.8 and "<" in claim:
        return claim, rng.choice(_named(twin)), True
    return claim, "", False


def _detailed(pair: Pair, said: str, label: str, rng: random.Random) -> tuple[str, str]:
    """Return a claim that adds a detail, and what the text says: that detail, another or none."""
    mine, another = rng.sample(TAILS, 2)
    told = mine if label == "supported" else rng.choice(["", another, another])
    if label == "refuted" and rng.random() < 0.5:
        told = mine
    claim = pair[1] if label == "refuted" else pair[0]
    return f"{claim[:-1]}, {mine}.", f"{said[:-1]}, {told}." if told else said


def _named(fact: Fact) -> list[str]:
    """Return the statements that name their subject, so that they aren't taken for another's."""
    return [said for said in fact.says if "<" in said]


def _row(rng: random.Random) -> dict[str, str]:
    """Make one document and one claim about it."""
    place = rng.randrange(len(_GENRES))
    genre, kinds = _GENRES[place], _KINDS[place]
    subject, second = _subject(genre, rng), _subject(genre, rng)
    while second.name == subject.name:
        second = _subject(genre, rng)
    count = min(len(kinds), 1 + rng.choice([0, 0, 1, 2, 2, 3, 3, 4, 5]))
    (name, entry), *others = _apart(rng.sample(kinds, count), genre)
    fact, twin = _MAKERS[name](rng, entry), _MAKERS[name](rng, entry)
    label = rng.choice(_LABELS)
    text, said, of_second = _deciding(fact, twin, label, rng)
    lines = [
        (rng.choice(_MAKERS[kind](rng, table).says), subject if rng.random() < 0.85 else second)
        for kind, table in others
    ]
    if said:
        lines.append((said, second if of_second else subject))
    if rng.random() < 0.2 and "<" in text and not of_second:
        lines.append((rng.choice(_named(twin)), second))
    if rng.random() < 0.12 and fact.hints and said not in fact.hints:
        lines.append((rng.choice(fact.hints), subject))
    if rng.random() < 0.1 or not lines:
        lines.append((rng.choice(FILLERS), subject))
    rng.shuffle(lines)
    alone = all(about is subject for _, about in lines)
    written = _told(lines, rng, alone=alone)
    evidence = " ".join(written)
    if rng.random() < 0.06 and len(written) > 1:
        evidence = "\n".join(f"- {sentence}" for sentence in written)
    return {
        "claim": _claim(text, subject, rng, alone=alone and "<" in "".join(t for t, _ in lines)),
        "evidence": evidence,
        "label": label,
    }


def facts(_: list[dict[str, str]], rng: random.Random) -> Iterator[dict[str, str]]:
    """Yield rows about invented documents without end; the given rows play no part."""
    while True:
        yield _row(rng)
