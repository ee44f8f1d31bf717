"""Kinds of fact about people: who holds which office, for how long, and who did what."""

import random
from collections.abc import Callable
from typing import Any

from facts_kinds import Fact
from facts_values import QUOTES, Pair, number, other, people, plural, spell_and, town


def roles(rng: random.Random, entry: list[str]) -> Fact:
    """Return offices with one holder each; a last office is nobody's as far as the text goes."""
    *held, free = rng.sample(entry, min(len(entry), rng.choice([3, 4])))
    folk = people(rng, len(held) + 1)
    stranger = folk.pop()
    names = [person.name for person in folk]
    i, j = rng.sample(range(len(held)), 2)
    one, two, first, second = names[i], names[j], held[i], held[j]
    listed = [f"{name} is its {role}" for name, role in zip(names, held, strict=True)]
    short = ["; ".join(f"{r}: {n}" for r, n in zip(held, names, strict=True)) + "."]
    said_apart = " ".join(
        rng.choice([f"The {r} of <O> is {n}.", f"{n} is {r} of <O>.", f"<S> has {n} as its {r}."])
        for n, r in zip(names, held, strict=True)
    )
    told = rng.choice(["told the press", "wrote in the newsletter", "said at the gate"])
    said = " ".join(
        rng.choice(
            [f'{n}, {r} of <O>, {told}: "{rng.choice(QUOTES)}"', f"{n} works for <O> as {r}."]
        )
        for n, r in zip(names, held, strict=True)
    )
    meeting = (
        " ".join(f"{n} works for <O>." for n in names)
        + " "
        + " ".join(f"{p.titled} is the {r}." for p, r in zip(folk, held, strict=True))
    )
    says = [
        f"At <O>, {spell_and(listed).replace('its ', '')}.",
        f"Posts at <O>: {short[0]}",
        said_apart,
        said,
        meeting,
    ]
    not_one = two if rng.random() < 0.6 else stranger.name
    pairs: list[Pair] = [
        (f"{one} is the {first} of <O>.", f"{not_one} is the {first} of <O>."),
        (f"{one} is {first} at <O>.", f"{one} is {second} at <O>."),
        (f"The {first} of <O> is {one}.", f"The {first} of <O> is {not_one}."),
        (f"{two} holds the office of {second}.", f"{one} holds the office of {second}."),
        (f"<S> has {one} as its {first}.", f"<S> has {two} as its {first}."),
        (f"{one}, not {two}, is the {first}.", f"{two}, not {one}, is the {first}."),
        (f"{one} is not the {second} of <O>.", f"{one} is not the {first} of <O>."),
        (f"The {first} of <O> is not {not_one}.", f"The {first} of <O> is not {one}."),
        (
            f"{one} is {first} and {two} is {second}.",
            f"{two} is {first} and {one} is {second}.",
        ),
    ]
    unsure = [
        f"{one} is the {free} of <O>.",
        f"The {free} of <O> is {stranger.name}.",
        f"{one} was the {first} of <O> last year as well.",
        f"{one} became {first} of <O> after {stranger.name}.",
    ]
    hints = [f"{spell_and(names)} work for <O>.", f"<S> has a {first} and a {second}."]
    return Fact(says, pairs, hints, unsure)


def acts(rng: random.Random, entry: list[str]) -> Fact:
    """Return things that one person each did, at times through a post named in another sentence."""
    *done, undone = rng.sample(entry, rng.choice([3, 3, 4]))
    folk = people(rng, len(done) + 1)
    stranger = folk.pop()
    names = [person.name for person in folk]
    i, j = rng.sample(range(len(done)), 2)
    one, two, deed = names[i], names[j], done[i]
    jobs = rng.sample(["teacher", "pilot", "farmer", "dentist", "lawyer", "painter"], len(done))
    by_job = " ".join(
        f"{n} is a {j}. The {j} {d}." if rng.random() < 0.5 else f"{n}, a {j}, {d}."
        for n, j, d in zip(names, jobs, done, strict=True)
    )
    plain = [f"{n} {d}" for n, d in zip(names, done, strict=True)]
    says = [
        f"At <O>, {spell_and(plain)}.",
        ". ".join(plain) + ".",
        by_job,
        f"At <O>, {names[0]} {done[0]}. {'She' if folk[0].woman else 'He'} was thanked by "
        f"{names[1]}, who {done[1]}." + "".join(f" {p}." for p in plain[2:]),
    ]
    deed_of = f"The person at <O> who {deed}"
    outsider = two if rng.random() < 0.7 else stranger.name
    pairs: list[Pair] = [
        (f"{one} {deed}.", f"{outsider} {deed}."),
        (f"{one} {deed}.", f"{two} {deed}."),
        (f"At <O>, {one} {deed}.", f"At <O>, {outsider} {deed}."),
        (f"At <O>, it was {one} who {deed}.", f"At <O>, it was {two} who {deed}."),
        (f"{deed_of} was not {two}.", f"{deed_of} was not {one}."),
        (f"It was {one} who {deed}.", f"It was {two} who {deed}."),
        (f"The one who {deed} was {one}.", f"The one who {deed} was {outsider}."),
        (f"It was not {two} who {deed}.", f"It was not {one} who {deed}."),
        (f"{one} {deed}, and {two} {done[j]}.", f"{two} {deed}, and {one} {done[j]}."),
    ]
    unsure = [
        f"{one} {undone}.",
        f"At <O>, {one} {undone}.",
        f"It was {two} who {undone}.",
        f"The one who {undone} was {stranger.name}.",
        f"It was not {two} who {undone}.",
    ]
    hints = [f"{spell_and(names)} were there.", f"{one} and {two} talked about who {deed}."]
    return Fact(says, pairs, hints, unsure)


def tenure(rng: random.Random, role: str) -> Fact:
    """Return an office held from one year to another, told by its years or by its length."""
    start, length = rng.randint(1900, 2012), rng.randint(2, 14)
    end, wrong = start + length, other(rng, length, 2)
    folk = people(rng, 2)
    one, two = folk[0].name, folk[1].name
    own, _, role = role.replace("<town>", town(rng)).rpartition(": ")
    one = own or one  # the subject's own office, or one at the subject
    holder = "<O>" if own else one
    years = number(rng, length)
    they = own or ("She" if folk[0].woman else "He")
    start2, end2 = other(rng, start), other(rng, end)
    says = [
        f"{one} was {role} from {start} to {end}.",
        f"In {start}, {one} became {role}. {they} stood down {years} years later.",
        f"{one} was {role} for {years} years, from {start} on.",
        f"From {start} until {end}, the post of {role} was held by {holder}.",
        f"{one} became {role} in {start}; {two} followed in {end}.",
    ]
    inside, outside = rng.randint(start + 1, end - 1), rng.choice([start - 2, end + 2])
    pairs: list[Pair] = [
        (f"{one} was {role} for {years} years.", f"{one} was {role} for {wrong} years."),
        (f"{one} became {role} in {start}.", f"{one} became {role} in {start2}."),
        (f"{one} ceased to be {role} in {end}.", f"{one} ceased to be {role} in {end2}."),
        (f"In {inside}, {one} was {role}.", f"In {outside}, {one} was {role}."),
        (f"In {outside}, {one} was not {role}.", f"In {inside}, {one} was not {role}."),
        (
            f"{one} was {role} from {start} to {end}.",
            f"{one} was {role} from {start2} to {start2 + length}.",
        ),
        (
            f"{one} was {role} for more than {plural(rng, length - 1, 'year')}.",
            f"{one} was {role} for more than {length + 1} years.",
        ),
    ]
    unsure = [
        f"{one} was born in {start - rng.randint(25, 60)}.",
        f"{one} was the first {role}.",
        f"{one} ceased to be {role} because of ill health.",
    ]
    return Fact(says, pairs, [f"{one} and {two} were both {role} at some time."], unsure)


PEOPLE_KINDS: dict[str, Callable[[random.Random, Any], Fact]] = {
    "roles": roles,
    "acts": acts,
    "tenures": tenure,
}
