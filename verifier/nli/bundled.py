"""The model that ships with the package: int8 ONNX on the CPU, without torch or transformers.

One pair a call of the runtime, one thread a call, the calls side by side on all cores. The
weights' int8 kernels take their scale from whatever stands in the batch, so a pair that shared one
would be scored by its neighbours too; alone it gets the same scores in any order and on any number
of cores, and it is no slower: nothing is padded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.errors import InputError, ModelError
from verifier.records import Label, Scores

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read once, when the runtime is imported

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "model"
"""Where the weights, the tokenizer, the calibration and the model card lie."""

CALIBRATION = FOLDER / "calibration.json"
WEIGHTS, TOKENIZER = "model.onnx", "tokenizer.json"
_MAX_TOKENS = 512  # the encoder's positions
_SPECIAL_TOKENS = 3  # [CLS] evidence [SEP] claim [SEP]


class BundledBackend:
    """Scores pairs by the model in `folder`; its three outputs are the labels in their order."""

    name = "bundled"

    def __init__(self, folder: Path = FOLDER, weights: str = WEIGHTS) -> None:
        self.digest = _digest(folder, weights)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a source is five characters
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / weights), options, providers=["CPUExecutionProvider"]
        )
        self._pool = ThreadPoolExecutor(_cores(), thread_name_prefix="nli")

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs; see `Backend.score`."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        longest = max((len(pair.ids) for pair in encoded), default=0)
        if longest > _MAX_TOKENS:
            raise ValueError(f"a pair of {longest} tokens; {_MAX_TOKENS} is the most")
        ids = [(pair.ids, pair.type_ids) for pair in encoded]
        return list(self._pool.map(self._score_one, ids))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, special tokens not counted."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(text.ids) for text in encoded]

    def room(self) -> int:
        """How many tokens evidence and claim may take together, special tokens not counted."""
        return _MAX_TOKENS - _SPECIAL_TOKENS

    def _score_one(self, pair: tuple[list[int], list[int]]) -> Scores:
        ids, types = (np.array([values], dtype=np.int64) for values in pair)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        logits: NDArray[np.float32] = self._session.run(["logits"], feed)[0][0]
        powers = np.exp(logits.astype(np.float64) - logits.max())
        supported, refuted, unknown = (powers / powers.sum()).tolist()
        return Scores(supported, refuted, unknown)


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


def _cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1
