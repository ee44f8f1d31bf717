"""The model that ships with the package: int8 ONNX on the CPU, without torch or transformers.

The weights are opened by the first pair that must be scored; lengths take the tokenizer alone, so
that a run whose scores are all in the cache loads no runtime.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from verifier.errors import InputError, ModelError
from verifier.records import Label, Scores

if TYPE_CHECKING:
    from verifier.nli.runtime import Runtime

FOLDER = Path(__file__).parent.parent / "model"
"""Where the weights, the tokenizer, the calibration and the model card lie."""

CALIBRATION = FOLDER / "calibration.json"
WEIGHTS, TOKENIZER = "model.onnx", "tokenizer.json"
_MAX_TOKENS = 512  # the encoder's positions
_SPECIAL_TOKENS = 3  # [CLS] evidence [SEP] claim [SEP]


class BundledBackend:
    """Scores pairs by the model in `folder`."""

    name = "bundled"

    def __init__(self, folder: Path = FOLDER, weights: str = WEIGHTS) -> None:
        self.digest = _digest(folder, weights)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a source is five characters
        self._weights = folder / weights
        self._opened: Runtime | None = None
        self._lock = Lock()

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs; see `Backend.score`."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        longest = max((len(pair.ids) for pair in encoded), default=0)
        if longest > _MAX_TOKENS:
            raise ValueError(f"a pair of {longest} tokens; {_MAX_TOKENS} is the most")
        ids = [(pair.ids, pair.type_ids) for pair in encoded]
        return self._runtime().score(ids) if ids else []

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, special tokens not counted."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(text.ids) for text in encoded]

    def room(self) -> int:
        """How many tokens evidence and claim may take together, special tokens not counted."""
        return _MAX_TOKENS - _SPECIAL_TOKENS

    def _runtime(self) -> Runtime:
        """Open the weights, once, whichever thread asks first."""
        with self._lock:
            if self._opened is None:
                from verifier.nli.runtime import Runtime  # noqa: PLC0415 - that is the point

                self._opened = Runtime(self._weights)
            return self._opened


def load(
    *,
    device: str = "auto",
    dtype: str = "float32",
    batch_tokens: int | None = None,  # noqa: ARG001 - pairs are scored one by one
    label_map: Mapping[str, Label] | None = None,
) -> BundledBackend:
    """Load the bundled model. Raises InputError for a setting that only other models have."""
    if device not in {"auto", "cpu"}:
        raise InputError(f"--device {device}: the bundled model runs on the CPU; leave it out")
    if dtype != "float32":
        raise InputError(f"--dtype {dtype}: the bundled model has one form; leave it out")
    if label_map is not None:
        raise InputError("--label-map: the bundled model's labels are known; leave it out")
    return BundledBackend()


def _digest(folder: Path, weights: str) -> str:
    """Hash weights and tokenizer, the two files that decide every score."""
    digest = hashlib.sha256()
    for name in (weights, TOKENIZER):
        try:
            digest.update((folder / name).read_bytes())
        except OSError as error:
            raise ModelError(
                f"{folder / name}: the bundled model can't be read ({error.strerror}); "
                "install verifier again"
            ) from error
    return digest.hexdigest()
