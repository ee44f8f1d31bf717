"""What the first line of a CSV file tells: its columns, and what stands between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verifier.errors import InputError


def delimiter_of(header: str) -> str:
    """Return the one of `,`, `;`, tab and `|` that stands most often in a header; `,` if none."""
    return max(",;\t|", key=header.count)


def column_names(row: Sequence[str], where: str) -> list[str]:
    """Return the names of the columns; raises InputError where two are the same."""
    names = [column.strip() for column in row]
    (often, count), *_ = Counter(names).most_common(1)
    if count > 1:
        raise InputError(f"{where}: {count} columns have the name {often!r}; rename all but one")
    return names
