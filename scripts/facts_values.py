"""Values of invented documents: names, numbers, dates, and how they are written."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TABLES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("facts.toml").read_text(encoding="utf-8")
)
_WORDS: dict[str, list[str]] = {
    name: text.split("|" if "|" in text else None) for name, text in TABLES["words"].items()
}
FILLERS = _WORDS["openers"]
TAILS = _WORDS["tails"]
FRAMES = _WORDS["frames"]
QUOTES = _WORDS["quotes"]
MONTHS = (
    "January February March April May June July August September October November December".split()
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a document: `first last`, and whether she is a woman."""

    first: str
    last: str
    woman: bool

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def titled(self) -> str:
        """Last name with Ms or Mr."""
        return f"{'Ms' if self.woman else 'Mr'} {self.last}"


def people(rng: random.Random, k: int) -> list[Person]:
    """Return `k` people with different last names."""
    found = []
    for last in rng.sample(_WORDS["last"], k):
        woman = rng.random() < 0.5
        found.append(Person(rng.choice(_WORDS["female" if woman else "male"]), last, woman))
    return found


def town(rng: random.Random) -> str:
    """Return the name of a town, real or made of syllables."""
    if rng.random() < 0.3:
        return rng.choice(_WORDS["town"])
    return f"{rng.choice(_WORDS['starts'])}{rng.choice(_WORDS['ends'])}"


def two_towns(rng: random.Random) -> Pair:
    """Return two different towns."""
    first = second = town(rng)
    while second == first:
        second = town(rng)
    return first, second


def fill(text: str, rng: random.Random) -> str:
    """Fill the names of towns, regions and people into a template."""
    while "<town>" in text:
        text = text.replace("<town>", town(rng), 1)
    if "<region>" in text:
        text = text.replace("<region>", rng.choice(_WORDS["region"]))
    if "<" in text:
        first, second = rng.sample(_WORDS["last"], 2)
        text = text.replace("<Last>", first).replace("<Last2>", second)
        text = text.replace("<last>", first.lower())
    return text


def number(rng: random.Random, n: int) -> str:
    """Write a count in words or digits: "nine", "467", "12,400"."""
    return _UNITS[n] if n <= 12 and rng.random() < 0.7 else f"{n:,}"


def plural(rng: random.Random, n: int, noun: str) -> str:
    """Write a count with its noun: "one day", "9 days"."""
    return f"{number(rng, n)} {noun}{'' if n == 1 else 's'}"


def ordinal(rng: random.Random, n: int) -> str:
    """Write a rank in words or digits: "ninth", "195th"."""
    if n <= 12 and rng.random() < 0.6:
        return _ORDINALS[n - 1]
    teen = n % 100 in {11, 12, 13}
    return f"{n}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def other(rng: random.Random, n: int, low: int = 1) -> int:
    """Return a number a reader would take for `n` gone wrong; never `n`, never below `low`."""
    if 1700 <= n <= 2100:  # most often a year
        return n + rng.choice([-20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20])
    steps = [1, 1, 2, 3] if n < 40 else [1, 10, n // 10 + 1, n // 4 + 1, n // 2 + 1]
    step = rng.choice(steps)
    return n + step if n - step < low or rng.random() < 0.5 else n - step


def rounded(n: float) -> int:
    """Round to two leading digits, or one below a hundred."""
    size: int = 10 ** max(1, len(str(int(n))) - 2)
    return max(size, round(n / size) * size)


def amounts(rng: random.Random, n: int, *, money: str = "") -> list[Pair]:
    """Return ways to write a number, each with a twin that is false of it."""

    def write(value: int) -> str:
        return f"{money}{value:,}" if money else number(rng, value)

    pairs = [(write(n), write(other(rng, n)))] * 4
    low, high = rounded(n * rng.uniform(0.5, 0.9)), rounded(n * rng.uniform(1.1, 1.6))
    if n < 20:
        low, high = max(1, n - rng.randint(1, 4)), n + rng.randint(1, 4)
    if low < n < high:
        pairs += [
            (f"more than {write(low)}", f"more than {write(high)}"),
            (f"fewer than {write(high)}", f"fewer than {write(low)}"),
            (f"at least {write(low)}", f"at least {write(high)}"),
            (f"no more than {write(high)}", f"no more than {write(low)}"),
            (f"over {write(low)}", f"over {write(high)}"),
        ]
        if money:
            pairs = [(a.replace("fewer", "less"), b.replace("fewer", "less")) for a, b in pairs]
    near = rounded(n)
    far = rounded(n * rng.choice([0.5, 0.6, 0.75, 1.3, 1.5, 2]))
    if n > 100 and abs(near - n) < 0.03 * n and abs(far - n) > 0.15 * n and near != n:
        word = rng.choice(["about", "around", "roughly", "nearly" if near > n else "just over"])
        pairs += [(f"{word} {write(near)}", f"{word} {write(far)}")] * 2
    return pairs


def day(rng: random.Random, when: date) -> str:
    """Write a day of the year: "3 May", "May 3", "the 3rd of May"."""
    month = MONTHS[when.month - 1]
    return rng.choice(
        [
            f"{when.day} {month}",
            f"{when.day} {month}",
            f"{month} {when.day}",
            f"the {_nth(when.day)} of {month}",
        ]
    )


def _nth(n: int) -> str:
    return f"{n}{'th' if 10 < n < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def stretch(rng: random.Random, first: date, last: date) -> str:
    """Write a range of days, to stand after a verb: "from 3 to 5 May", "on 3–5 May"."""
    one, two = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if one != two:
        return rng.choice(
            [
                f"from {first.day} {one} to {last.day} {two}",
                f"from {day(rng, first)} until {day(rng, last)}",
                f"between {one} {first.day} and {two} {last.day}",
            ]
        )
    return rng.choice(
        [
            f"on {first.day}–{last.day} {one}",
            f"from {first.day} to {last.day} {one}",
            f"from the {_nth(first.day)} to the {_nth(last.day)} of {one}",
            f"between {first.day} and {last.day} {one}",
            f"from {one} {first.day} to {last.day}",
            f"from {first.day} until {last.day} {one}",
        ]
    )


def some_day(rng: random.Random) -> date:
    """Return any day of the years 1950 to 2026."""
    return date(rng.randint(1950, 2026), 1, 5) + timedelta(days=rng.randint(0, 320))


def spell_and(items: list[str]) -> str:
    """Join at least two items: "a, b and c"."""
    return f"{', '.join(items[:-1])} and {items[-1]}"
