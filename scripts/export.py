"""Turn a trained model into what ships: ONNX, fused, int8, with its tokenizer and a parity report.

    python scripts/export.py --model runs/first/model --out runs/first/onnx

Writes `model.fp32.onnx` (kept out of the repository), `model.onnx` (int8) and `tokenizer.json`.
"""

import argparse
import os
import shutil
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from transformers import AutoModelForSequenceClassification


class Logits(torch.nn.Module):
    """The model with plain tensors in and out: three (rows, tokens) int64 in, (rows, 3) out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.model = AutoModelForSequenceClassification.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32
        ).eval()

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> torch.Tensor:
        """Return logits of supported, refuted, unknown."""
        logits: torch.Tensor = self.model(input_ids, attention_mask, token_type_ids).logits
        return logits


def export(folder: Path, out: Path) -> None:
    """Write the fp32 graph with BERT's subgraphs fused, then its int8 form."""
    model = Logits(folder)
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in range(3))
    rows, tokens = torch.export.Dim("rows"), torch.export.Dim("tokens", max=512)
    raw = out / "raw.onnx"
    torch.onnx.export(
        model,
        example,
        raw,
        dynamo=True,
        external_data=False,
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["logits"],
        dynamic_shapes=[{0: rows, 1: tokens}] * 3,
    )
    config = model.model.config
    fused = optimize_model(
        str(raw),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
    )
    print(fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(out / "model.fp32.onnx"))
    raw.unlink()
    # 7-bit weights (reduce_range) can't overflow the 16-bit sums of processors without VNNI, so
    # that every machine gives the same scores.
    quantize_dynamic(
        out / "model.fp32.onnx",
        out / "model.onnx",
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


def main() -> None:
    """Export and copy the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="folder that train.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    export(options.model, options.out)
    shutil.copy(options.model / "tokenizer.json", options.out / "tokenizer.json")
    for file in sorted(options.out.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
