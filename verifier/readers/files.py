"""Paths that a user names: what they lead to, and the bytes of what can be read to its end."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

_DESCRIPTOR = re.compile(r"/dev/(?:stdin|fd/\d+)|/proc/(?:self|\d+)/fd/\d+")
"""What the process was started with: a shell's `<(…)` is such a path, and a pipe."""


def mode(path: str | Path) -> int:
    """Return the mode bits of a file, 0 where nothing can be reached."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - a name too long for a Path is one too
    except (OSError, ValueError):
        return 0


def is_folder(path: str | Path) -> bool:
    """Tell whether `path` leads to a folder; one out of reach is none."""
    return stat.S_ISDIR(mode(path))


def no_file(path: str | Path) -> str:
    """Return what a path leads to where that is neither file nor folder nor nothing, else ""."""
    kind = mode(path)
    known = not kind or stat.S_ISREG(kind) or stat.S_ISDIR(kind)
    return "" if known else "a pipe, a socket or a device"


def same_file(one: str | Path, other: str | Path) -> bool:
    """Tell whether two paths lead to one file, there or not; devices and pipes are no files."""
    try:
        same = os.path.realpath(one) == os.path.realpath(other) or os.path.samefile(one, other)  # noqa: PTH121 - as above
    except (OSError, ValueError):
        return False
    return same and (not mode(one) or stat.S_ISREG(mode(one)))


def read_bytes(path: str | Path) -> bytes:
    """Read a file, or a pipe that the process was given.

    Raises OSError where that fails, and for other pipes, sockets and devices, which may never end;
    ValueError for what can't be a path.
    """
    if (what := no_file(path)) and not _DESCRIPTOR.fullmatch(str(path)):
        raise OSError(errno.EINVAL, f"{what}, not a file")
    return Path(path).read_bytes()
