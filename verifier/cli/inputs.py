"""Claims from arguments and files, under ids of their own, and the sources they stand against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.errors import EmptyInputError, InputError
from verifier.readers import number_claims, read_claims, read_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verifier.records import Claim, Skipped, Source


def gather_claims(texts: Sequence[str], files: Sequence[str], field: str) -> list[Claim]:
    """Read all claims: arguments first, then the files in order.

    A file's own ids are kept. Running numbers go on from one group to the next.

    Raises EmptyInputError without any claim, and InputError for two claims with one id.
    """
    groups = [number_claims(texts), *(read_claims(path, field) for path in files)]
    claims: list[Claim] = []
    for group in groups:
        before = len(claims)
        claims += [
            replace(claim, id=str(before + number)) if claim.id == str(number) else claim
            for number, claim in enumerate(group, 1)
        ]
    if not claims:
        raise EmptyInputError("no claims: give them as arguments or with --claims FILE")
    _check_ids(claims)
    return claims


def gather_sources(
    paths: Sequence[str], claim_files: Sequence[str]
) -> tuple[list[Source], list[Skipped]]:
    """Read the sources, and none of the files with the claims: those would support themselves.

    Raises InputError where a source is such a file; see `read_sources`.
    """
    apart = {Path(file).resolve(): "it holds the claims" for file in claim_files if file != "-"}
    return read_sources(paths, apart=apart)


def _check_ids(claims: Sequence[Claim]) -> None:
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.id, claim)
        if other is not claim:
            raise InputError(
                f"two claims have the id {claim.id!r}, in {other.path or 'the arguments'} and "
                f"{claim.path}; rename one or check them in two runs"
            )
