"""What the first line of a CSV file tells: its columns, and what stands between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from verifier.errors import InputError

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'(?<![^,;\t|])"(?:[^"]|"")*(?:"|\Z)')
_BARE = str.maketrans(dict.fromkeys(f'"{_DELIMITERS}'))


def delimiter_of(header: str, field: str | None = None) -> str:
    """Return which of `,`, `;`, tab and `|` stands between the columns of a header.

    The first of them that gives a column `field`; else `,` if it is there, or the most frequent.
    What stands in quotes doesn't count.
    """
    bare = _QUOTED.sub(lambda match: match[0].translate(_BARE), header)
    for delimiter in _DELIMITERS:
        if field in [name.strip() for name in bare.split(delimiter)]:
            return delimiter
    return "," if "," in bare else max(_DELIMITERS, key=bare.count)


def column_names(row: Sequence[str], where: str) -> list[str]:
    """Return the names of the columns, empty ones too; raises InputError where two are the same."""
    names = [column.strip() for column in row]
    for name, count in Counter(filter(None, names)).items():
        if count > 1:
            raise InputError(f"{where}: {count} columns have the name {name!r}; rename all but one")
    return names
