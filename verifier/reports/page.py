"""What the HTML pages share: their files, and a template that makes every value safe to show."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from verifier.safe import visible

if TYPE_CHECKING:
    from jinja2 import Template


def template(name: str) -> Template:
    """Read a page's template: each value in it is made visible (see `safe`) and escaped."""
    # White space counts where a text is shown as it stands, so tags take none and leave none.
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(asset(name))


def asset(name: str) -> Markup:
    """Read a file of ours to put into a page as it is."""
    text = (files("verifier") / "reports" / "templates" / name).read_text("utf-8").strip("\n")
    return Markup(text)  # noqa: S704 - our own


def digest(text: str) -> str:
    """Hash a script or a style as the page's own policy (CSP) names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """Write characters that hide or reorder text as escapes, but for line breaks."""
    if isinstance(value, Markup):
        return value
    return "\n".join(visible(line) for line in str(value).split("\n"))
