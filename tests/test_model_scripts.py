from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
import transformers

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))  # programs, not a package

import encoder
import export
import restore
from tiny_models import CORPUS

PAIRS = [{"evidence": one, "claim": other} for one in CORPUS for other in CORPUS]


def classifier(folder: Path) -> Any:  # noqa: ANN401 - the parts of a model are not typed
    return transformers.AutoModelForSequenceClassification.from_pretrained(folder).eval()


def test_the_forward_pass_gives_the_logits_of_transformers(tiny_folders: dict[str, Path]) -> None:
    model = classifier(tiny_folders["bert"])
    ids = torch.randint(5, 40, (3, 12))
    types = (torch.arange(12) > 6).long().expand(3, 12)
    mask = (torch.arange(12) < torch.tensor([[12], [7], [3]])).long()
    expected = model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
    attend = encoder.masked(mask, model.config.num_attention_heads)
    assert torch.allclose(encoder.logits(model, ids, types, attend), expected, atol=1e-5)


def test_pooled_dropout_drops_its_share_and_keeps_the_mean(tiny_folders: dict[str, Path]) -> None:
    model = classifier(tiny_folders["bert"])
    encoder.pool_dropout(model, 0.1)
    dropout = model.bert.embeddings.dropout
    assert isinstance(dropout, encoder.PooledDropout)
    ones = torch.ones(400, 500)
    assert torch.equal(dropout.eval()(ones), ones)
    dropped, again = dropout.train()(ones), dropout(ones)
    assert 0.09 < (dropped == 0).float().mean().item() < 0.11
    assert abs(dropped.mean().item() - 1) < 0.02
    assert not torch.equal(dropped, again)


@pytest.mark.filterwarnings("ignore")  # torch's exporter warns of itself
def test_what_is_exported_is_the_model_and_can_be_restored(
    tiny_folders: dict[str, Path], tmp_path: Path
) -> None:
    model = classifier(tiny_folders["bert"])
    for name, parameter in model.named_parameters():
        if parameter.ndim == 1:  # as training leaves them: no two alike
            torch.nn.init.normal_(parameter, 1.0 if "Norm.weight" in name else 0.0, 0.1)
    folder = tmp_path / "model"
    model.save_pretrained(folder)
    shutil.copy(tiny_folders["bert"] / "tokenizer.json", folder)
    mixture = tmp_path / "train.jsonl"
    mixture.write_text("".join(f"{json.dumps(pair)}\n" for pair in PAIRS), encoding="utf-8")
    export.export(folder, mixture, tmp_path)

    feed = export.sample(mixture, folder)[1]
    expected = model(**{name: torch.from_numpy(ids) for name, ids in feed.items()}).logits
    for name, apart in (("model.fp32.onnx", 1e-4), ("model.onnx", 0.5)):
        session = onnxruntime.InferenceSession(tmp_path / name)
        assert {given.name for given in session.get_inputs()} == set(feed)
        found = session.run(["logits"], feed)[0]
        assert np.abs(found - expected.detach().numpy()).max() < apart

    restored = restore.weights(onnx.load(tmp_path / "model.onnx"))
    before = {name: value.numpy() for name, value in model.state_dict().items()}
    assert restored.keys() == before.keys()
    for name, weight in before.items():
        assert np.abs(restored[name] - weight).mean() <= 0.05 * np.abs(weight).mean(), name
