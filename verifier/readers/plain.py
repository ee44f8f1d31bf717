"""Plain text: all of it is prose."""

from __future__ import annotations

from verifier.readers.decoding import decode
from verifier.records import Source


def read(data: bytes, source_id: str, path: str | None) -> Source:
    """Read plain text; raises InputError where `data` isn't text."""
    return Source(source_id, decode(data, source_id), path)
