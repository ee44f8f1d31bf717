"""Kinds of fact an invented document is made of: sentences that state one, and claims about it.

Every function takes the random generator and one entry of facts.toml. Claims come in pairs, one
true and one false of the same wording, so that the wording says nothing about the label.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from facts_values import (
    MONTHS,
    Pair,
    amounts,
    day,
    number,
    ordinal,
    other,
    plural,
    rounded,
    some_day,
    stretch,
    two_towns,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a document about the subject <S>.

    Each of `says` states it in full, `pairs` are (true, false) claims it settles, `hints` are
    sentences on the same matter that settle none of them, and `open` are claims on the same
    matter that even `says` leaves open.
    """

    says: list[str]
    pairs: list[Pair]
    hints: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def span(rng: random.Random, thing: str) -> Fact:
    """Return something that runs for some days: its range, or its start and length."""
    first, days = some_day(rng), rng.choice([2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 21])
    last = first + timedelta(days - 1)
    shift = timedelta(rng.choice([-9, -7, -4, -2, -1, 1, 2, 3, 5, 8, 14]))
    wrong_days = other(rng, days, 2)
    kind = rng.random()  # moved as a whole, of another length, or in another month
    if kind < 0.4:
        first2, last2 = first + shift, last + shift
    elif kind < 0.8:
        first2, last2 = first, first + timedelta(wrong_days - 1)
    else:
        first2, last2 = first + timedelta(31), last + timedelta(31)
    d1, d2 = day(rng, first), day(rng, last)
    with_year = rng.random() < 0.4
    year, lead = (f" {first.year}", f"In {first.year}, ") if with_year else ("", "")
    length, start = plural(rng, days, "day"), f"{first.day} {MONTHS[first.month - 1]}{year}"
    says = [
        f"{lead}<S> took place {stretch(rng, first, last)}.",
        f"{lead}<S> ran {stretch(rng, first, last)}.",
        f"{lead}<S> began on {d1} and ended on {d2}.",
        f"<S> lasted {length}. It began on {start}.",
        f"Beginning on {start}, <S> went on for {length}.",
        f"{lead}the first day of <O> was {d1}; the last was {d2}.",
        f"{lead}the last day of <O>, which lasted {length}, was {d2}.",
    ]
    inside = day(rng, first + timedelta(rng.randint(0, days - 1)))
    outside = day(
        rng, rng.choice([first - timedelta(rng.randint(1, 4)), last + timedelta(rng.randint(1, 4))])
    )
    f1 = day(rng, first + (shift if rng.random() < 0.7 else timedelta(30)))
    f2 = day(rng, last + (shift if rng.random() < 0.7 else timedelta(30)))
    wrong, shorter = number(rng, wrong_days), plural(rng, days - 1, "day")
    after, before = (timedelta(rng.randint(1, 3)) for _ in range(2))
    pairs = [
        (f"<S> {verb} {stretch(rng, first, last)}.", f"<S> {verb} {stretch(rng, first2, last2)}.")
        for verb in ("took place", "ran", "was held")
    ] + [
        (f"<S> lasted {length}.", f"<S> lasted {wrong} days."),
        (f"<S> went on for {length}.", f"<S> went on for {wrong} days."),
        (f"The length of <O> was {length}.", f"The length of <O> was {wrong} days."),
        (f"<S> did not last {wrong} days.", f"<S> did not last {length}."),
        (f"<S> took more than {shorter}.", f"<S> took more than {days + 1} days."),
        (f"<S> took less than {days + 1} days.", f"<S> took less than {length}."),
        (f"<S> began on {day(rng, first)}.", f"<S> began on {f1}."),
        (f"<S> started on {day(rng, first)}.", f"<S> started on {f1}."),
        (f"<S> came to an end on {day(rng, last)}.", f"<S> came to an end on {f2}."),
        (f"The last day of <O> was {day(rng, last)}.", f"The last day of <O> was {f2}."),
        (f"<S> did not begin on {f1}.", f"<S> did not begin on {day(rng, first)}."),
        (f"<S> did not end on {f2}.", f"<S> did not end on {day(rng, last)}."),
        (f"<S> was under way on {inside}.", f"<S> was under way on {outside}."),
        (f"<S> was over by {day(rng, last + after)}.", f"<S> was over by {day(rng, first)}."),
        (f"<S> had begun by {day(rng, first)}.", f"<S> had begun by {day(rng, first - before)}."),
    ]
    if days in {7, 14}:
        weeks = {7: "one week", 14: "two weeks"}
        pairs.append((f"<S> lasted {weeks[days]}.", f"<S> lasted {weeks[21 - days]}."))
    if first.month == last.month:
        months = MONTHS[first.month - 1], MONTHS[(first.month + rng.randint(0, 10)) % 12]
        pairs.append((f"<S> was held in {months[0]}.", f"<S> was held in {months[1]}."))
        pairs.append((f"<S> was not held in {months[1]}.", f"<S> was not held in {months[0]}."))
    years_told = first.year, other(rng, first.year)
    dated = [f"<S> took place in {y}." for y in years_told]
    dated += [f"<S> began on {first.day} {MONTHS[first.month - 1]} {y}." for y in years_told]
    if with_year:
        pairs += [(dated[0], dated[1]), (dated[2], dated[3])]
    hints = [
        "The dates of <O> had been agreed a year before.",
        "<S> ended as it had begun, in heavy rain.",
        "Nobody who was there will forget the last day of <O>.",
    ]
    unsure = [] if with_year else dated
    if thing == "<S>":
        return Fact(says, pairs, hints, unsure)
    return Fact(
        [_of(said, thing) for said in says],
        [(_of(true, thing), _of(false, thing)) for true, false in pairs],
        [_of(hint, thing) for hint in hints],
        [_of(claim, thing) for claim in unsure],
    )


def _of(text: str, thing: str) -> str:
    """Speak of a thing of the subject instead of the subject."""
    return thing.join(re.split("<[SO]>", text))


def place(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return one value out of several: a place, a trade, a rhythm; each in several wordings."""
    if entry["values"] == "town":
        (one,), (two,) = values = [[name] for name in two_towns(rng)]
    else:
        values = rng.sample(entry["values"], 2)
        one, two = (rng.choice(value) for value in values)
    says = [form.replace("<v>", one) for form in entry["forms"]]
    pairs = []
    for form in entry["forms"]:
        true, false = (rng.choice(value) for value in values)
        pairs.append((form.replace("<v>", true), form.replace("<v>", false)))
    pairs += [(form.replace("<v>", two), form.replace("<v>", one)) for form in entry["not"]]
    return Fact(says, pairs, [entry["hint"]])


def state(rng: random.Random, entry: list[list[str]]) -> Fact:
    """Return one of two ways the world may be."""
    true, false = entry[:2] if rng.random() < 0.5 else (entry[1], entry[0])
    pairs = [(rng.choice(true), rng.choice(false)) for _ in range(4)]
    return Fact(true, pairs, entry[2])


def count(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return a number of things or a sum of money, told exactly or as a bound."""
    low, high = entry["range"]
    n = min(high, int(low * (high / low) ** rng.random()))
    n = n if n < 1000 or rng.random() < 0.3 else rounded(n)
    money = rng.choice("€$£") if entry.get("money") else ""
    values = amounts(rng, n, money=money)
    forms = entry["forms"]
    if n > 60 and rng.random() < 0.2:
        bound = rounded(n * 0.8)
        under, over = (f"{money}{rounded(bound * f):,}" for f in (0.6, 1.0))
        pairs = [(f"more than {under}", f"fewer than {under}"), (f"over {over}", f"under {under}")]
        told = [f"more than {over}", f"over {over}"]
        unsure = [f"{money}{n:,}", f"more than {money}{rounded(bound * 1.5):,}"]
        unsure.append(f"fewer than {money}{rounded(bound * 2):,}")
        made = [(rng.choice(forms), a, b) for a, b in pairs]
        return Fact(
            [form.replace("<n>", rng.choice(told)) for form in forms],
            [(form.replace("<n>", a), form.replace("<n>", b)) for form, a, b in made],
            [entry["hint"]],
            [rng.choice(forms).replace("<n>", value) for value in unsure if value not in told],
        )
    exact = f"{money}{n:,}" if money else number(rng, n)
    says = [form.replace("<n>", exact) for form in forms]
    pairs = []
    for true, false in rng.sample(values, min(5, len(values))):
        form = rng.choice(forms)
        pairs.append((form.replace("<n>", true), form.replace("<n>", false)))
    return Fact(says, pairs, [entry["hint"]])


def change(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return a number that rose or fell: from, to, by how much."""
    low, high = entry["range"]
    old = rounded(rng.randint(low, high))
    percent = rng.choice([5, 10, 20, 25, 50])
    even = old * percent % 100 == 0
    step = old * percent // 100 if even else rng.randint(old // 20 + 1, old // 2)
    up = rng.random() < 0.5
    new = old + step if up else old - step
    money = "€" if entry.get("money") else ""
    thing = entry["thing"]
    a, b, d = (f"{money}{n:,}" for n in (old, new, step))
    a2, b2, d2 = (f"{money}{other(rng, n):,}" for n in (old, new, step))
    rose, fell = ("rose", "fell") if up else ("fell", "rose")
    more, fewer = ("went up", "went down") if up else ("went down", "went up")
    high_now, low_now = ("higher", "lower") if up else ("lower", "higher")
    says = [
        f"Last year, {thing} {rose} from {a} to {b}.",
        f"After {a} the year before, {thing} stood at {b} last year.",
        f"Last year {thing} {rose} by {d} to {b}.",
        f"{thing}, {a} the year before, {more} to {b} last year.",
        f"Last year {thing} was {b}, which is {d} {'more' if up else 'less'} than the year before.",
    ]
    pairs = [
        (f"Last year {thing} {rose}.", f"Last year {thing} {fell}."),
        (f"{thing} {more} last year.", f"{thing} {fewer} last year."),
        (f"Last year {thing} {rose} by {d}.", f"Last year {thing} {rose} by {d2}."),
        (f"Last year {thing} {rose} by {d}.", f"Last year {thing} {fell} by {d}."),
        (f"Last year {thing} was {b}.", f"Last year {thing} was {b2}."),
        (f"{thing} had been {a} the year before.", f"{thing} had been {a2} the year before."),
        (f"{thing} did not {_base(fell)} last year.", f"{thing} did not {_base(rose)} last year."),
        (
            f"Last year {thing} was {high_now} than the year before.",
            f"Last year {thing} was {low_now} than the year before.",
        ),
    ]
    if even:
        wrong = other(rng, percent, 2)
        pairs.append(
            (f"Last year {thing} {rose} by {percent}%.", f"Last year {thing} {rose} by {wrong}%.")
        )
    return Fact(
        says,
        pairs,
        [f"For last year, {thing} has been published."],
        [f"{thing} {rose} more than expected.", f"{thing} {rose} two years ago as well."],
    )


def _base(verb: str) -> str:
    return {"rose": "rise", "fell": "fall"}[verb]


def numbered(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return a rank in a series, told as the rank or as how many came before."""
    n = rng.randint(3, rng.choice([12, 38, entry.get("top", 220)]))
    wrong = other(rng, n, 2)
    says = [form.replace("<nth>", ordinal(rng, n)) for form in entry["nth"]]
    says += [form.replace("<before>", number(rng, n - 1)) for form in entry["before"]]
    pairs = [
        (form.replace("<nth>", ordinal(rng, n)), form.replace("<nth>", ordinal(rng, wrong)))
        for form in entry["nth"] * 2
    ]
    for form in entry["before"] * 2:
        off = rng.choice([wrong - 1, n, n - 2 if n > 3 else n])
        pairs.append(
            (
                form.replace("<before>", number(rng, n - 1)),
                form.replace("<before>", number(rng, off)),
            )
        )
    return Fact(says, pairs)


def since(rng: random.Random, entry: dict[str, Any]) -> Fact:
    """Return an event told by its year, at times with its month."""
    year, month = rng.randint(1860, 2019), rng.choice(MONTHS)
    wrong = other(rng, year)
    with_month = rng.random() < 0.4
    forms = entry["forms"]
    said = f"in {month} {year}" if with_month else f"in {year}"
    decade, other_decade = year // 10 * 10, (year // 10 + rng.choice([-2, -1, 1, 2])) * 10
    ages = [(f"in {year}", f"in {wrong}")] * 3
    ages += [(f"in the {decade}s", f"in the {other_decade}s")]
    ages += [(f"before {year + gap}", f"before {year - gap}") for gap in (rng.randint(1, 9),)]
    ages += [(f"after {year - gap}", f"after {year + gap}") for gap in (rng.randint(1, 9),)]
    century = "19th" if year < 1901 else "20th" if year < 2001 else "21st"
    off = rng.choice([c for c in ("19th", "20th", "21st") if c != century])
    ages.append((f"in the {century} century", f"in the {off} century"))
    month2 = rng.choice([m for m in MONTHS if m != month])
    if with_month:
        ages.append((f"in {month} {year}", f"in {month2} {year}"))
    pairs = []
    for true, false in ages:
        form = rng.choice(forms)
        pairs.append((form.replace("<when>", true), form.replace("<when>", false)))
    month_day = f"on {rng.randint(1, 28)} {month} {year}"
    unsure = [month_day] if with_month else [month_day, f"in {month} {year}"]
    return Fact(
        [form.replace("<when>", said) for form in forms],
        pairs,
        [entry["hint"]],
        [rng.choice(forms).replace("<when>", when) for when in unsure],
    )


KINDS: dict[str, Callable[[random.Random, Any], Fact]] = {
    "states": state,
    "counts": count,
    "choices": place,
    "changes": change,
    "ordinals": numbered,
    "points": since,
    "span": span,
}
