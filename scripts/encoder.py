"""The classifier's forward pass, without what its label doesn't need, and with cheaper dropout.

A label is read off the first token alone, so the last layer makes only that token's output: a
seventh less work for six layers, with the same logits as `transformers` gives. Attention weights
are never dropped out.
"""

import random
from collections.abc import Callable
from typing import Any

import torch

POOL = 2**24  # random numbers drawn once; a mask takes some two million of them

Attend = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]
"""Query (rows, tokens or 1, width), key and value (rows, tokens, width), all heads side by side,
to the attended values in the query's shape."""


def logits(model: Any, ids: torch.Tensor, types: torch.Tensor, attend: Attend) -> torch.Tensor:  # noqa: ANN401 - transformers' BERT classifier, whose parts are not typed
    """Return (rows, labels) logits of token ids and token types, both (rows, tokens)."""
    hidden = model.bert.embeddings(input_ids=ids, token_type_ids=types)
    layers = model.bert.encoder.layer
    for layer in layers:
        asking = hidden[:, :1] if layer is layers[-1] else hidden
        own = layer.attention.self
        attended = attend(own.query(asking), own.key(hidden), own.value(hidden))
        mixed = layer.attention.output(attended, asking)
        hidden = layer.output(layer.intermediate(mixed), mixed)
    return model.classifier(model.dropout(model.bert.pooler(hidden)))  # type: ignore[no-any-return]


def masked(mask: torch.Tensor, heads: int) -> Attend:
    """Attention that passes over padding; `mask` is (rows, tokens), 0 where there is none to read.

    Written out, since the fused kernel's backward pass takes half of a step on a CPU.
    """
    shut = (1.0 - mask[:, None, None, :].float()) * -1e9

    def split(x: torch.Tensor) -> torch.Tensor:
        return x.view(*x.shape[:2], heads, -1).transpose(1, 2)

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        q, k, v = split(query), split(key), split(value)
        scores = q @ k.transpose(2, 3) / q.shape[-1] ** 0.5
        weights = (scores.float() + shut).softmax(-1).to(v.dtype)
        attended: torch.Tensor = (weights @ v).transpose(1, 2).reshape(query.shape)
        return attended

    return attend


class PooledDropout(torch.nn.Module):
    """Dropout whose masks are stretches, from a random place on, of numbers drawn once.

    On a CPU drawing fresh ones for each mask takes a quarter of a training step.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.pool = (torch.rand(POOL) >= share).to(torch.bfloat16) / (1 - share)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Zero a share of the values of `x`, of any shape, and scale the others up."""
        if not self.training:
            return x
        start = random.randrange(POOL - x.numel())
        return x * self.pool[start : start + x.numel()].view(x.shape).to(x.dtype)


def pool_dropout(model: Any, share: float) -> None:  # noqa: ANN401 - as above
    """Give every layer that drops out the same pooled dropout."""
    pooled = PooledDropout(share)
    for layer in model.modules():
        if isinstance(getattr(layer, "dropout", None), torch.nn.Dropout) and layer.dropout.p:
            layer.dropout = pooled
