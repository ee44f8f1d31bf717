"""Average the weights of models that were trained from one another: a model soup.

    python scripts/average.py --models runs/shipped runs/fifth/model --out runs/fifth/averaged

Wortsman et al. 2022, arXiv:2203.05482. The tokenizer is that of the first model.
"""

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def main() -> None:
    """Average."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    shutil.copytree(options.models[0], options.out, dirs_exist_ok=True)
    models = [load_file(folder / WEIGHTS) for folder in options.models]
    mean = {name: torch.stack([model[name] for model in models]).mean(0) for name in models[0]}
    save_file(mean, options.out / WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
