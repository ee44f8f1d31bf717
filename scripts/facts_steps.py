"""Kinds of fact that ask for a step: years between, shares, sums, sizes, hours, goals."""

import random
from collections.abc import Callable
from typing import Any

from facts_kinds import Fact
from facts_values import Pair, number, other, spell_and, town


def interval(rng: random.Random, entry: list[str]) -> Fact:
    """Return two events, told by their years or by one year and the time between."""
    one, two = (text.replace("<town>", town(rng)) for text in entry)
    year, gap = rng.randint(1880, 2005), rng.randint(2, 20)
    later, wrong = year + gap, other(rng, gap, 2)
    gap_text, year2, later2 = number(rng, gap), other(rng, year), other(rng, later)
    says = [
        f"<S> {one} in {year} and {two} in {later}.",
        f"In {year}, <S> {one}. <S> {two} {gap_text} years later.",
        f"<S> {two} in {later}, {gap_text} years after <S> {one}.",
        f"In {later} <S> {two}. That was {gap_text} years after <S> {one}.",
    ]
    middle = rng.randint(year + 1, later - 1)
    pairs: list[Pair] = [
        (f"<S> {two} in {later}.", f"<S> {two} in {later2}."),
        (f"<S> {one} in {year}.", f"<S> {one} in {year2}."),
        (
            f"<S> {two} {gap_text} years after <S> {one}.",
            f"<S> {two} {number(rng, wrong)} years after <S> {one}.",
        ),
        (
            f"Between the time <S> {one} and the time <S> {two}, {gap} years went by.",
            f"Between the time <S> {one} and the time <S> {two}, {wrong} years went by.",
        ),
        (f"<S> {one} before <S> {two}.", f"<S> {two} before <S> {one}."),
        (f"<S> {two} after {middle}.", f"<S> {one} after {middle}."),
        (f"<S> {one} before {middle}.", f"<S> {two} before {middle}."),
    ]
    return Fact(says, pairs, [f"Much has been said about how <S> {two}."])


def share(rng: random.Random, entry: dict[str, str]) -> Fact:
    """Return a share, told as a fraction, a percentage or a number out of ten."""
    table = [
        ("a quarter", "25%", "one in four"),
        ("half", "50%", "one in two"),
        ("three quarters", "75%", "three out of four"),
        ("a fifth", "20%", "one in five"),
        ("two fifths", "40%", "four out of ten"),
        ("three fifths", "60%", "six out of ten"),
        ("four fifths", "80%", "eight out of ten"),
        ("a tenth", "10%", "one in ten"),
    ]
    a, b = rng.sample(table, 2)
    of, did, nots = entry["of"], entry["did"], entry["not"]
    size = int(a[1][:-1])
    says = [f"{rng.choice(a)} of {of} {did}.", f"Of {of}, {rng.choice(a)} {did}."]
    rest = f"{100 - size}%"
    rest2 = f"{100 - int(b[1][:-1])}%"
    pairs = [
        (form.format(rng.choice(a)), form.format(rng.choice(b)))
        for form in (f"{{}} of {of} {did}.", f"Of {of}, {{}} {did}.", f"{{}} of {of} {did}.")
    ]
    pairs.append((f"{rest} of {of} {nots}.", f"{rest2} of {of} {nots}."))
    if size != 50:
        few, many = ("most", "less than half") if size > 50 else ("less than half", "most")
        pairs.append((f"{few} of {of} {did}.", f"{many} of {of} {did}."))
    return Fact(says, pairs, [f"It was counted how many of {of} {did}."])


def parts(rng: random.Random, entry: dict[str, str]) -> Fact:
    """Return two groups that make up a whole."""
    a, b = rng.randint(8, 400), rng.randint(8, 400)
    if a == b:
        b += 3
    whole, first, second = entry["whole"], entry["a"], entry["b"]
    says = [
        f"Of the {a + b} {whole}, {a} {first} and {b} {second}.",
        f"Of the {whole}, {a} {first} and the other {b} {second}.",
        f"There were {a + b} {whole}. {a} of them {first}; the rest {second}.",
    ]
    a2, b2, all2 = other(rng, a), other(rng, b), other(rng, a + b)
    more, less = (first, second) if a > b else (second, first)
    pairs: list[Pair] = [
        (f"There were {a + b} {whole}.", f"There were {all2} {whole}."),
        (f"{a} {whole} {first}.", f"{a2} {whole} {first}."),
        (f"{b} {whole} {second}.", f"{b2} {whole} {second}."),
        (f"{a} {whole} {first}.", f"{a} {whole} {second}."),
        (f"Most {whole} {more}.", f"Most {whole} {less}."),
        (
            f"More {whole} {more} than {less}.",
            f"More {whole} {less} than {more}.",
        ),
    ]
    return Fact(says, pairs, [f"Some {whole} {first}, others {second}."])


def compare(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return three things of one kind, each with its size."""
    names: list[str] = []
    while len(set(names)) < 3:
        names = [thing.replace("<town>", town(rng)) for thing in entry["things"]]
    sizes = sorted(rng.sample(range(*entry["range"]), 3))
    rng.shuffle(names)
    small, middle, large = names
    told = list(zip(names, sizes, strict=True))
    rng.shuffle(told)
    unit, verb = entry["unit"], entry["verb"]
    more, most, less, least = (entry[key] for key in ("more", "most", "less", "least"))
    listed = [f"{name} {verb} {size} {unit}" for name, size in told]
    gap = sizes[2] - sizes[0]
    what = f"Of the three that belong to <O>, {spell_and(listed)}."
    says = [what, what, f"For <O> the figures are: {'; '.join(listed)}."]
    says.append(
        f"At <O>, {small} is the {least}, {large} the {most}; {listed[0]}, "
        f"{listed[1]} and {listed[2]}."
    )
    pairs: list[Pair] = [
        (f"{large} is {more} than {middle}.", f"{small} is {more} than {middle}."),
        (f"{small} is {less} than {middle}.", f"{large} is {less} than {middle}."),
        (f"{large} is the {most} of the three.", f"{middle} is the {most} of the three."),
        (f"{small} is the {least} of the three.", f"{large} is the {least} of the three."),
        (f"{small} is not {more} than {large}.", f"{large} is not {more} than {small}."),
        (f"{told[0][0]} {verb} {told[0][1]} {unit}.", f"{told[0][0]} {verb} {told[1][1]} {unit}."),
        (
            f"{large} {verb} {gap} {unit} more than {small}.",
            f"{large} {verb} {other(rng, gap)} {unit} more than {small}.",
        ),
    ]
    return Fact(says, pairs, [f"{large} and {middle} belong to <O>."])


def hours(rng: random.Random, _: None) -> Fact:
    """Return when the subject opens and closes."""
    opens, closes = rng.randint(7, 11), rng.randint(15, 21)
    half = rng.choice(["00", "00", "30"])
    length, wrong = closes - opens, other(rng, closes - opens)
    start, end = f"{opens}:{half}", f"{closes}:{half}"
    says = [
        f"<S> opens at {start} and closes at {end} every day.",
        f"Opening hours of <O> are {start} to {end} daily.",
        f"<S> is open for {length} hours a day, from {start}.",
        f"Every day, <S> opens at {start}. It closes {number(rng, length)} hours later.",
    ]
    start2, end2 = f"{other(rng, opens)}:{half}", f"{other(rng, closes)}:{half}"
    middle = rng.randint(opens + 1, closes - 1)
    night = rng.choice([opens - 1, closes + 1])
    pairs: list[Pair] = [
        (f"<S> opens at {start}.", f"<S> opens at {start2}."),
        (f"<S> closes at {end}.", f"<S> closes at {end2}."),
        (f"<S> is open for {length} hours a day.", f"<S> is open for {wrong} hours a day."),
        (f"<S> is open at {middle}:{half}.", f"<S> is open at {night}:{half}."),
        (f"At {night}:{half}, <S> is closed.", f"At {middle}:{half}, <S> is closed."),
        (f"<S> does not open at {start2}.", f"<S> does not open at {start}."),
        (f"<S> is not open at {night}:{half}.", f"<S> is not open at {middle}:{half}."),
    ]
    return Fact(says, pairs, ["Opening hours of <O> are shown at the gate."])


def result(rng: random.Random, _: None) -> Fact:
    """Return a match that the subject won or lost."""
    rival = f"{town(rng)} Albion"
    high, low = sorted(rng.sample(range(7), 2), reverse=True)
    won = rng.random() < 0.5
    verb, lost, mine, theirs = (
        ("beat", "lost to", high, low) if won else ("lost to", "beat", low, high)
    )
    more = high - low
    by = f"{number(rng, more)} goal{'' if more == 1 else 's'}"
    off = more + rng.choice([-1, 1, 2]) if more > 1 else more + 1
    wrong = f"{number(rng, off)} goal{'' if off == 1 else 's'}"
    winner, loser = ("<S>", rival) if won else (rival, "<S>")
    total, off_total = high + low, other(rng, high + low)
    says = [
        f"<S> {verb} {rival} {high}–{low}.",
        f"Against {rival}, <S> scored {mine} and let in {theirs}.",
        f"The match between <O> and {rival} ended {mine}–{theirs}.",
    ]
    pairs: list[Pair] = [
        (f"<S> {verb} {rival}.", f"<S> {lost} {rival}."),
        (f"{winner} won against {loser}.", f"{loser} won against {winner}."),
        (f"{rival} {lost} <O>.", f"{rival} {verb} <O>."),
        (f"<S> did not {_lose(lost)} {rival}.", f"<S> did not {_lose(verb)} {rival}."),
        (f"{winner} won by {by}.", f"{winner} won by {wrong}."),
        (
            f"There were {total} goals when <S> met {rival}.",
            f"There were {off_total} goals when <S> met {rival}.",
        ),
        (
            f"<S> scored {mine} against {rival}.",
            f"<S> scored {other(rng, mine, 0)} against {rival}.",
        ),
    ]
    unsure = [
        f"<S> had {verb.replace('beat', 'beaten')} {rival} before."
        if won
        else f"<S> had lost to {rival} before.",
        f"{rival} took the lead against <O>.",
    ]
    return Fact(says, pairs, [f"<S> met {rival} on a cold evening."], unsure)


def _lose(verb: str) -> str:
    return verb.replace("lost", "lose")


STEP_KINDS: dict[str, Callable[[random.Random, Any], Fact]] = {
    "interval": interval,
    "shares": share,
    "parts": parts,
    "compares": compare,
    "hours": hours,
    "result": result,
}
