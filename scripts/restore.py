"""Turn the model that ships back into weights that training can go on from.

    python scripts/restore.py --base BASE --out runs/shipped

Reads the int8 graph of `verifier/model/` (as export.py writes it) and widens its weights into the
classifier of BASE's shape; what int8 rounded off stays lost. Writes a folder for `train.py --base`.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from train import LABELS
from transformers import AutoModelForSequenceClassification, AutoTokenizer

SHIPPED = Path(__file__).resolve().parent.parent / "verifier" / "model" / "model.onnx"


def weights(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """Return every parameter of the classifier by its name in transformers, in fp32."""
    found = {c.name: numpy_helper.to_array(c) for c in model.graph.initializer}
    evened = {  # one over what each row was multiplied by before it was rounded: export.smooth
        node.input[1]: found[even]
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
        and (even := f"{node.input[0].removesuffix('_smooth_quantized')}_even") in found
    }
    widened = {
        name.removeprefix("model."): value
        for name, value in found.items()
        if name.startswith("model.") and name.endswith((".weight", ".bias"))
    }
    for name in [name for name in found if name.endswith("_quantized")]:
        stem = name.removesuffix("_quantized")
        zero, scale = found[f"{stem}_zero_point"], found[f"{stem}_scale"]
        wide = (found[name].astype(np.float32) - zero) * scale
        if name in evened:
            wide *= evened[name][:, None]
        if stem.endswith("_Transposed"):
            wide = np.ascontiguousarray(wide.T)
        widened[stem.removeprefix("model.").removesuffix("_Transposed")] = wide
    return widened


def main() -> None:
    """Read the graph, fill the classifier, save it with its tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True, help="folder with the encoder's shape")
    parser.add_argument("--onnx", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = AutoModelForSequenceClassification.from_pretrained(
        options.base,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
        dtype=torch.float32,
    )
    widened = weights(onnx.load(options.onnx))
    model.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in widened.items()})
    model.save_pretrained(options.out)
    AutoTokenizer.from_pretrained(options.base).save_pretrained(options.out)
    print(f"{len(widened)} parameters from {options.onnx} in {options.out}")


if __name__ == "__main__":
    main()
