"""Turn a trained model into what ships: ONNX, fused, int8, with its tokenizer.

    python scripts/export.py --model runs/first/model --mixture runs/mixture/train.jsonl \
        --out runs/first/onnx

Writes `model.fp32.onnx` (kept out of the repository), `model.onnx` (int8) and `tokenizer.json`.
"""

import argparse
import itertools
import json
import os
import shutil
from collections import defaultdict
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import encoder
import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.onnx_model import ONNXModel
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from train import MAX_TOKENS
from transformers import AutoModelForSequenceClassification

SAMPLE = 400  # training pairs that show how large each channel gets
SMOOTHING = 0.8  # share of an outlier that moves into the weights
HEADS_OP = "com.microsoft::MultiHeadAttention"


class Logits(torch.nn.Module):
    """The model for one pair: two (1, tokens) int64 in, (1, 3) out. There is no padding to mask."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32)
        self.heads = self.model.config.num_attention_heads

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Return logits of supported, refuted, unknown."""
        return encoder.logits(self.model, input_ids, token_type_ids, self.attend)

    def attend(self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        """Leave attention to the runtime's own operator."""
        return torch.onnx.ops.symbolic(
            HEADS_OP,
            (query, key, value),
            {"num_heads": self.heads},
            dtype=query.dtype,
            shape=query.shape,
            version=1,
        )


def export(folder: Path, mixture: Path, out: Path) -> None:
    """Write the fp32 graph with BERT's subgraphs fused; then, evened out, its int8 form."""
    model = Logits(folder).eval()
    example = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(2))
    tokens = torch.export.Dim("tokens", min=2, max=512)
    raw = out / "raw.onnx"
    torch.onnx.export(
        model,
        example,
        raw,
        dynamo=True,
        external_data=False,
        input_names=["input_ids", "token_type_ids"],
        output_names=["logits"],
        dynamic_shapes=[{1: tokens}] * 2,
    )
    config = model.model.config
    fused = optimize_model(
        str(raw),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        opt_level=0,
    )
    print(fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(out / "model.fp32.onnx"))
    raw.unlink()
    named = ONNXModel(fused.model)
    named.replace_gemm_with_matmul()
    name_weights(named.model)
    # 7-bit weights (reduce_range) can't overflow the 16-bit sums of processors without VNNI;
    # no_vnni.py measures how little is left of the difference.
    quantize_dynamic(
        smooth(named.model, sample(mixture, folder)),
        out / "model.onnx",
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


def products(model: onnx.ModelProto) -> dict[str, list[onnx.NodeProto]]:
    """Give the products with constant weights, by what they multiply."""
    weights = {w.name for w in model.graph.initializer}
    found = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            found[node.input[0]].append(node)
    return found


def name_weights(model: onnx.ModelProto) -> None:
    """Name the weights of each product after its bias, so that `restore.py` can tell them."""
    graph = model.graph
    weights = {w.name: w for w in graph.initializer}
    for node in itertools.chain.from_iterable(products(model).values()):
        (bias,) = {
            name
            for reader in graph.node
            if node.output[0] in reader.input
            for name in reader.input
            if name.endswith(".bias") and "LayerNorm" not in name
        }
        weights[node.input[1]].name = f"{bias.removesuffix('.bias')}.weight_Transposed"
        node.input[1] = weights[node.input[1]].name


def sample(mixture: Path, folder: Path) -> list[dict[str, np.ndarray]]:
    """Give training pairs, as the graph takes them."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with mixture.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, SAMPLE)]
    encoded = tokenizer.encode_batch([(row["evidence"], row["claim"]) for row in rows])
    return [
        {"input_ids": np.array([pair.ids]), "token_type_ids": np.array([pair.type_ids])}
        for pair in encoded
        if len(pair.ids) <= MAX_TOKENS
    ]


def smooth(model: onnx.ModelProto, feeds: list[dict[str, np.ndarray]]) -> onnx.ModelProto:
    """Even out what int8 must hold: outliers of an activation move into the weights they meet.

    Each channel of a product's input is divided by a power of its largest value, and the weights'
    row multiplied by it, which changes nothing in fp32. SmoothQuant: Xiao et al. 2022,
    arXiv:2211.10438.
    """
    graph = model.graph
    weights = {w.name: w for w in graph.initializer}
    meets = products(model)
    seen = onnx.ModelProto()
    seen.CopyFrom(model)
    for name in meets:
        seen.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = InferenceSession(seen.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, np.ndarray] = {}
    for feed in feeds:
        for name, values in zip(meets, session.run(list(meets), feed), strict=True):
            channels = np.abs(values).reshape(-1, values.shape[-1]).max(0)
            largest[name] = np.maximum(largest.get(name, 0.0), channels)
    for name, nodes in meets.items():
        there = [numpy_helper.to_array(weights[node.input[1]]) for node in nodes]
        most = np.maximum.reduce([np.abs(weight).max(1) for weight in there])
        # A channel that the sample hardly woke may wake yet: its weights must not be rounded away.
        from_input = np.maximum(largest[name], np.median(largest[name]) / 4) ** SMOOTHING
        scale = (from_input / np.maximum(most, 1e-5) ** (1 - SMOOTHING)).astype(np.float32)
        evened = helper.make_node("Mul", [name, f"{name}_even"], [f"{name}_smooth"])
        graph.node.insert(min(list(graph.node).index(node) for node in nodes), evened)
        graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}_even"))
        for node, weight in zip(nodes, there, strict=True):
            node.input[0] = f"{name}_smooth"
            scaled = numpy_helper.from_array(weight * scale[:, None], node.input[1])
            weights[node.input[1]].CopyFrom(scaled)
    return model


def main() -> None:
    """Export and copy the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="folder that train.py wrote")
    parser.add_argument("--mixture", type=Path, required=True, help="what it was trained on")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    export(options.model, options.mixture, options.out)
    shutil.copy(options.model / "tokenizer.json", options.out / "tokenizer.json")
    for file in sorted(options.out.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
