"""From the `--model` option to a backend; imports a backend's libraries only when it is chosen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verifier.nli import Backend
    from verifier.records import Label

BACKENDS = {
    "bundled": "verifier.nli.bundled:load",
    "hf": "verifier.nli.hf:load",
}
"""Each backend's `module:function`. The function takes the keywords of `load_backend`; that of `hf`
also the model, as its first argument."""


def load_backend(
    model: str,
    *,
    device: str,
    dtype: str,
    batch_tokens: int,
    label_map: Mapping[str, Label] | None,
) -> Backend:
    """Load `bundled`, or else the Hugging Face model of that folder or hub name.

    `device` is `auto`, `cpu`, `cuda` or `mps`; `dtype` `float32`, `bfloat16` or `float16`;
    `batch_tokens`, at least 1, how many tokens a batch may hold with its padding; `label_map` the
    verdict of each of the model's labels, where their names don't say it (see `labels`).

    Raises InputError for an option that can't be met, ModelError for a model that can't be used.
    """
    which, arguments = ("bundled", ()) if model == "bundled" else ("hf", (model,))
    module, _, function = BACKENDS[which].partition(":")
    load = getattr(import_module(module), function)
    backend = load(
        *arguments, device=device, dtype=dtype, batch_tokens=batch_tokens, label_map=label_map
    )
    return cast("Backend", backend)
