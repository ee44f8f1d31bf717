"""Any Hugging Face sequence-classification model, from a local folder or by its name on the hub.

Only safetensors are read and no code from a model's folder is ever run. Everything is loaded from
a folder: a hub name is first resolved to the one in the local cache, and downloaded only if it
isn't there, so that a model doesn't change between runs. `hf download NAME` brings it up to date.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import logging as hf_logging

from verifier.errors import InputError, ModelError
from verifier.nli.batching import batches
from verifier.nli.labels import LabelColumns, label_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from transformers import PreTrainedTokenizerBase

    from verifier.records import Label, Scores

Model = Any  # the types that transformers states reject its own documented calls

_DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
_DEVICES: dict[str, Callable[[], bool]] = {
    "cuda": torch.cuda.is_available,
    "mps": torch.backends.mps.is_available,
    "cpu": lambda: True,
}
"""In the order in which `auto` takes the first that is there."""

_FILES = ("*.json", "*.txt", "*.model", "*.codes", "model*.safetensors")
"""What is downloaded, and what the digest covers: weights, configuration, tokenizer. A file more
than the model reads costs a cache entry; a file fewer would let two models share one."""
_WEIGHTS = ("model.safetensors", "model.safetensors.index.json")


def load(
    name: str,
    *,
    device: str = "auto",
    dtype: str = "float32",
    batch_tokens: int,
    label_map: Mapping[str, Label] | None = None,
) -> HuggingFaceBackend:
    """Load the model in the folder `name`, or else of that name on the hub.

    `device` is `auto`, `cuda`, `mps` or `cpu`; `dtype` `float32`, `bfloat16` or `float16` (in the
    two short ones a score can shift by more than 1e-3 with its batch); `batch_tokens`, at least 1,
    how many tokens a batch may hold with its padding; `label_map` the verdict of a label by its
    name or number.

    Raises InputError for an option that can't be met, ModelError for a model that isn't there,
    isn't a safetensors sequence classifier or whose labels can't be told apart.
    """
    if dtype not in _DTYPES:
        raise InputError(f"--dtype {dtype}: not known; choose {', '.join(_DTYPES)}")
    device = _device(device)
    folder = _folder(name)
    model, tokenizer = _read(folder, name, _DTYPES[dtype])
    columns = label_columns(model.config.id2label, label_map, where=f"model {name}")
    return HuggingFaceBackend(
        name=name,
        digest=_digest(folder, {"dtype": dtype, "columns": asdict(columns)}),
        model=model.to(device),
        tokenizer=tokenizer,
        columns=columns,
        batch_tokens=batch_tokens,
    )


class HuggingFaceBackend:
    """A `Backend` over a loaded model; made by `load`."""

    def __init__(  # noqa: PLR0913  (what `load` puts together, all by keyword)
        self,
        *,
        name: str,
        digest: str,
        model: Model,
        tokenizer: PreTrainedTokenizerBase,
        columns: LabelColumns,
        batch_tokens: int,
    ) -> None:
        self.name = name
        self.digest = digest
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._columns = columns
        self._batch_tokens = batch_tokens
        self._limit = _limit(model, tokenizer)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs as `Backend.score` describes.

        Raises ValueError for a pair over `room`, ModelError if the device runs out of memory or
        the model's numbers overflow.
        """
        if not pairs:
            return []
        evidence, claims = zip(*pairs, strict=True)
        encoded = self._tokenizer(list(evidence), list(claims), truncation=False, verbose=False)
        lengths = [len(ids) for ids in encoded["input_ids"]]
        longest = max(lengths)
        if longest > self._limit:
            raise ValueError(
                f"pair {lengths.index(longest)} takes {longest} tokens, "
                f"special ones included; model {self.name} reads at most {self._limit}"
            )
        rows: list[list[float]] = [[] for _ in pairs]
        for batch in batches(lengths, self._batch_tokens):
            features = {key: [values[i] for i in batch] for key, values in encoded.items()}
            for index, row in zip(batch, self._probabilities(features), strict=True):
                rows[index] = row
        return [self._columns.scores(row) for row in rows]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Count each text's tokens, special tokens not counted."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def room(self) -> int:
        """Count the tokens left for evidence and claim together."""
        return self._limit - self._tokenizer.num_special_tokens_to_add(pair=True)

    def _probabilities(self, features: dict[str, list[list[int]]]) -> list[list[float]]:
        """Run one batch of token lists; a row of probabilities for each."""
        inputs = self._tokenizer.pad(features, return_tensors="pt").to(self._model.device)
        try:
            with torch.inference_mode():
                logits = self._model(**inputs).logits.float()  # (batch, labels)
        except torch.OutOfMemoryError as error:
            raise ModelError(
                f"model {self.name}: {self._model.device} is out of memory; "
                f"lower --batch-tokens (now {self._batch_tokens})"
            ) from error
        if logits.shape[-1] == 1:  # sigmoid(x) and its complement are softmax([x, 0])
            logits = torch.cat([logits, torch.zeros_like(logits)], dim=-1)
        rows: list[list[float]] = logits.softmax(dim=-1).tolist()
        if not all(map(math.isfinite, (value for row in rows for value in row))):
            raise ModelError(
                f"model {self.name} overflows in {self._model.dtype}; try --dtype float32"
            )
        return rows


def _device(asked: str) -> str:
    if asked == "auto":
        return next(device for device, available in _DEVICES.items() if available())
    if asked not in _DEVICES:
        raise InputError(f"--device {asked}: not known; choose auto, {', '.join(_DEVICES)}")
    if not _DEVICES[asked]():
        raise InputError(f"--device {asked}: torch finds none here; choose auto or cpu")
    return asked


def _folder(name: str) -> Path:
    """Find the folder with the model's files, downloading them if need be."""
    folder = Path(name)
    if not folder.is_dir():
        folder = _from_hub(name)
    if (folder / "adapter_config.json").is_file():
        # transformers would fetch the base model, from wherever the adapter says.
        raise ModelError(f"model {name} is an adapter; merge it into its base model and save that")
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"model {name}: there is no config.json in {folder}; give a model's folder"
        )
    if not _has_weights(folder):
        raise ModelError(
            f"model {name}: there is no {_WEIGHTS[0]} in {folder}, and other formats (such as "
            "pytorch_model.bin) can run code when read; convert it with save_pretrained"
        )
    return folder


def _has_weights(folder: Path) -> bool:
    return any((folder / file).is_file() for file in _WEIGHTS)


def _from_hub(name: str) -> Path:
    try:
        with suppress(LocalEntryNotFoundError):
            folder = _snapshot(name, offline=True)
            if _has_weights(folder):
                return folder
        return _snapshot(name, offline=False)
    except HFValidationError as error:
        raise ModelError(
            f"model {name}: no such folder, and no name that the hub allows"
        ) from error
    except GatedRepoError as error:
        raise ModelError(
            f"model {name} is gated: accept its terms on its page, then run `hf auth login`"
        ) from error
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"model {name}: no such folder, and no such model on the hub; check the name "
            "(for a private model run `hf auth login`)"
        ) from error
    except Exception as error:  # the hub's HTTP library, and so its errors, change by version
        raise ModelError(
            f"model {name}: no such folder, not in the local cache, and the hub can't be reached; "
            f"check the name, or run `hf download {name}` where there is a network ({_line(error)})"
        ) from error


def _snapshot(name: str, *, offline: bool) -> Path:
    # Sub-folders hold other formats (ONNX, OpenVINO), often gigabytes of them.
    return Path(
        snapshot_download(
            name,
            allow_patterns=list(_FILES),
            ignore_patterns=["*/*"],
            local_files_only=offline,
        )
    )


def _read(folder: Path, name: str, dtype: torch.dtype) -> tuple[Model, PreTrainedTokenizerBase]:
    try:
        with _quiet():
            tokenizer = AutoTokenizer.from_pretrained(
                folder,
                local_files_only=True,
                trust_remote_code=False,
                split_special_tokens=True,  # a "[SEP]" in a source is text, not a separator
            )
            model, info = AutoModelForSequenceClassification.from_pretrained(
                folder,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=dtype,
                output_loading_info=True,
            )
    except Exception as error:  # whatever a library makes of a folder that isn't ours
        raise ModelError(
            f"model {name} can't be loaded: {_line(error)} (verifier reads safetensors sequence "
            "classifiers that transformers knows, and runs no code from their folders)"
        ) from error
    if info["missing_keys"]:
        missing = sorted(info["missing_keys"])
        raise ModelError(
            f"model {name}: {len(missing)} of its weights are missing ({missing[0]}, …), so its "
            "verdicts would be random; give a model that was trained for NLI"
        )
    if tokenizer.pad_token_id is None:
        raise ModelError(
            f"model {name}: its tokenizer has no padding token, so it can't be batched"
        )
    return model, tokenizer


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back advice and loading bars, which mean nothing to somebody who checks claims."""
    verbosity, bars = hf_logging.get_verbosity(), hf_logging.is_progress_bar_enabled()
    hf_logging.set_verbosity(logging.CRITICAL)
    if bars:
        hf_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        hf_logging.set_verbosity(verbosity)
        if bars:
            hf_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _limit(model: Model, tokenizer: PreTrainedTokenizerBase) -> int:
    """Count the tokens that the model takes, special ones included."""
    positions = getattr(model.config, "max_position_embeddings", None) or 0
    for module_name, module in model.named_modules():
        if module_name.endswith("position_embeddings"):
            # RoBERTa and its kin number positions from the padding token's id + 1.
            padding = getattr(module, "padding_idx", None)
            positions -= 0 if padding is None else padding + 1
    limits = [tokenizer.model_max_length, positions]  # 0 or less: none stated
    return int(min(limit for limit in limits if limit > 0))


def _digest(folder: Path, settings: Mapping[str, object]) -> str:
    """Hash what decides a score: every file of the model and the settings."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for path in sorted({path for pattern in _FILES for path in folder.glob(pattern)}):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"\n{path.name} {content}".encode())
    return digest.hexdigest()


def _line(error: Exception) -> str:
    """Take the first line of a library's message, without its full stop."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:300].rstrip(". ")
