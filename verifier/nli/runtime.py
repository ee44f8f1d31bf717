"""The weights in ONNX Runtime. Importing this loads the runtime and numpy: a third of a second.

One pair a call, one thread a call, the calls side by side on all cores. The weights' int8 kernels
take their scale from whatever stands in the batch, so a pair that shared one would be scored by its
neighbours too; alone it gets the same scores in any order and on any number of cores, and it is no
slower: nothing is padded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.records import Scores

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read once, when the runtime is imported

import numpy as np
import onnxruntime

if TYPE_CHECKING:
    from numpy.typing import NDArray

Encoded = tuple[Sequence[int], Sequence[int]]
"""Token ids and token type ids, as many of either."""


class Runtime:
    """A session over the weights; its three outputs are the labels in their order."""

    def __init__(self, weights: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        self._pool = ThreadPoolExecutor(_cores(), thread_name_prefix="nli")

    def score(self, pairs: Sequence[Encoded]) -> list[Scores]:
        """Return the scores of the pairs, in their order."""
        return list(self._pool.map(self._score_one, pairs))

    def _score_one(self, pair: Encoded) -> Scores:
        ids, types = (np.array([values], dtype=np.int64) for values in pair)
        feed = {"input_ids": ids, "token_type_ids": types}  # no padding, so no mask
        logits: NDArray[np.float32] = self._session.run(["logits"], feed)[0][0]
        powers = np.exp(logits.astype(np.float64) - logits.max())
        supported, refuted, unknown = (powers / powers.sum()).tolist()
        return Scores(supported, refuted, unknown)


def _cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1
