"""Check claims against source documents: supported, refuted or unknown, with the evidence.

    import verifier
    report = verifier.verify(["The bridge opened in 1998."], [Path("report.md")])

A `str` among the sources is a text, a `Path` a file or folder. Every name is imported when it is
first used, so that `import verifier` costs next to nothing, in a test suite that has it as a plugin
too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verifier.errors import VerifierError
    from verifier.pipeline import Verifier, verify
    from verifier.records import Claim, Evidence, Label, Report, Scores, Source, Verdict

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Evidence",
    "Label",
    "Report",
    "Scores",
    "Source",
    "Verdict",
    "Verifier",
    "VerifierError",
    "__version__",
    "verify",
]


_RECORDS = ("Claim", "Evidence", "Label", "Report", "Scores", "Source", "Verdict")
_HOMES = {
    "Verifier": "verifier.pipeline",
    "VerifierError": "verifier.errors",
    "verify": "verifier.pipeline",
} | dict.fromkeys(_RECORDS, "verifier.records")


def __getattr__(name: str) -> object:
    """Import what is asked for from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
