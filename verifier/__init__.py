"""Check claims against source documents: supported, refuted or unknown, with the evidence.

    import verifier
    report = verifier.verify(["The bridge opened in 1998."], [Path("report.md")])

A `str` among the sources is a text, a `Path` a file or folder. `verify` and `Verifier` (a loaded
model, kept between calls) are imported when first used, so that `import verifier` stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.errors import VerifierError
from verifier.records import Claim, Evidence, Label, Report, Scores, Source, Verdict

if TYPE_CHECKING:
    from verifier.pipeline import Verifier, verify

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


def __getattr__(name: str) -> object:
    """Import the pipeline when it is first asked for (PEP 562)."""
    if name in {"Verifier", "verify"}:
        from verifier import pipeline  # noqa: PLC0415 - that is the point

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
