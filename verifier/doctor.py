"""Whether this installation works: `examine` looks, the command line prints."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier import __version__
from verifier.errors import VerifierError
from verifier.pipeline import Verifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verifier.nli import Backend

TOLERANCE = 0.02
"""How far a score may lie from the expected one: the arithmetic of processors differs a little."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: str
    """One line; for what isn't healthy, with what to do about it."""
    healthy: bool = True


def examine(*, ask_torch: bool = False) -> list[Finding]:
    """Look at versions, the bundled model, devices and folders; load torch only if asked."""
    return [
        Finding("verifier", __version__),
        Finding("Python", f"{platform.python_version()} ({sys.platform}, {platform.machine()})"),
        *_dependencies(),
        *_model(),
        Finding("devices", _devices() if ask_torch else "cpu (bundled model); --all asks torch"),
        Finding("hub cache", str(_hub_cache())),
    ]


def _dependencies() -> Iterator[Finding]:
    """Read versions from the packages' metadata, which loads none of them."""
    try:
        required = metadata.requires("verifier") or []
    except metadata.PackageNotFoundError:
        yield Finding("packages", "not known: verifier runs from its folder, not installed")
        return
    for requirement in required:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(
                name, f"missing; install it with: pip install '{requirement}'", healthy=False
            )


def _model() -> Iterator[Finding]:
    try:
        backend = Verifier().backend
    except VerifierError as error:
        yield Finding("bundled model", str(error), healthy=False)
        return
    yield Finding("bundled model", f"{backend.name} {backend.digest}")
    distance = _distance(backend)
    if distance <= TOLERANCE:
        yield Finding("expected scores", f"given, to {distance:.4f}")
    else:
        state = f"missed by {distance:.2f}; install verifier anew"
        yield Finding("expected scores", state, healthy=False)


def _distance(backend: Backend) -> float:
    """Score the built-in pairs; the greatest difference from what they should give."""
    file = files("verifier") / "model" / "doctor.json"
    expected: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    given = backend.score([(pair["evidence"], pair["claim"]) for pair in expected])
    distances: list[float] = [
        abs(score - pair["scores"][label])
        for pair, scores in zip(expected, given, strict=True)
        for label, score in asdict(scores).items()
    ]
    return max(distances)


def _devices() -> str:
    import torch  # noqa: PLC0415 - takes seconds

    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return ", ".join(["cpu", *(name for name, there in available.items() if there)])


def _hub_cache() -> Path:
    """Where huggingface_hub keeps models, by its rules; the library itself is slow to load."""
    environment = os.environ
    cache = Path(environment.get("XDG_CACHE_HOME") or "~/.cache")
    home = Path(environment.get("HF_HOME") or cache / "huggingface")
    return Path(environment.get("HF_HUB_CACHE") or home / "hub").expanduser()
