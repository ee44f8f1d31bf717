from __future__ import annotations

import json
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest
import torch
import transformers
from safetensors.torch import load_file
from tiny_models import LABELS, save_model

from verifier.errors import InputError, ModelError
from verifier.nli.hf import load
from verifier.records import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from verifier.nli.hf import HuggingFaceBackend

PAIRS = [("The hall was old.", "The session ran."), ("Her mandate ends in 2024.", "It ends.")]


def loaded(folder: Path, **options: object) -> HuggingFaceBackend:
    return load(str(folder), **{"device": "cpu", "batch_tokens": 256, **options})  # type: ignore[arg-type]


def refusal(name: Path | str, **options: object) -> str:
    with pytest.raises(ModelError) as caught:
        load(str(name), **{"device": "cpu", "batch_tokens": 256, **options})  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.startswith(f"model {name}")
    assert "\n" not in message
    return message


def edit(file: Path, **fields: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


@pytest.fixture
def bert(tiny_folders: dict[str, Path], tmp_path: Path) -> Path:
    """A copy to spoil."""
    return shutil.copytree(tiny_folders["bert"], tmp_path / "model")


class Hub(BaseHTTPRequestHandler):
    """A hub that refuses everything, and remembers what it was asked."""

    status = 401
    code = "RepoNotFound"
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self.status)
        self.send_header("X-Error-Code", self.code)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    """The only hub there is for the test, with an empty cache in `tmp_path`."""
    handler = type("OwnHub", (Hub,), {"asked": []})
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield handler
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("architecture", LABELS)
def test_scores_are_the_models_softmax_by_label_name(
    architecture: str, tiny_folders: dict[str, Path]
) -> None:
    folder = tiny_folders[architecture]
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder)
    for (evidence, claim), scores in zip(PAIRS, loaded(folder).score(PAIRS), strict=True):
        logits = model(**tokenizer(evidence, claim, return_tensors="pt")).logits[0]
        expected = dict(zip(LABELS[architecture], logits.softmax(-1).tolist(), strict=True))
        by_name = {name.lower(): value for name, value in expected.items()}
        assert scores.supported == pytest.approx(by_name["entailment"], abs=1e-5)
        assert scores.refuted == pytest.approx(by_name["contradiction"], abs=1e-5)
        assert scores.unknown == pytest.approx(by_name["neutral"], abs=1e-5)


def test_a_label_map_decides_where_names_do_not(bert: Path, tiny_folders: dict[str, Path]) -> None:
    edit(bert / "config.json", id2label={str(i): f"LABEL_{i}" for i in range(3)}, label2id=None)
    assert "--label-map" in refusal(bert)
    label_map = {"LABEL_0": Label.REFUTED, "1": Label.SUPPORTED, "LABEL_2": Label.UNKNOWN}
    mapped = loaded(bert, label_map=label_map)
    assert mapped.score(PAIRS) == loaded(tiny_folders["bert"]).score(PAIRS)


def test_a_single_output_is_a_sigmoid_once_mapped(tmp_path: Path) -> None:
    folder = save_model(tmp_path, labels=["LABEL_0"])
    assert "--label-map" in refusal(folder)
    (scores,) = loaded(folder, label_map={"0": Label.SUPPORTED}).score(PAIRS[:1])
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder)
    logit = model(**tokenizer(*PAIRS[0], return_tensors="pt")).logits[0, 0]
    assert scores.supported == pytest.approx(torch.sigmoid(logit).item(), abs=1e-5)
    assert scores.unknown == pytest.approx(1 - scores.supported, abs=1e-5)
    assert scores.refuted == 0


@pytest.mark.parametrize(
    ("architecture", "written"), [("bert", "[SEP]"), ("roberta", "</s>"), ("modernbert", "[SEP]")]
)
def test_a_special_token_written_in_a_source_is_text(
    architecture: str, written: str, tiny_folders: dict[str, Path]
) -> None:
    assert loaded(tiny_folders[architecture]).lengths([written])[0] > 1


def test_the_tokenizers_own_limit_counts_too(bert: Path) -> None:
    edit(bert / "tokenizer_config.json", model_max_length=20)
    assert loaded(bert).room() == 20 - 3


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_short_floats_give_nearly_the_same_scores(dtype: str, bert: Path) -> None:
    full, short = loaded(bert).score(PAIRS), loaded(bert, dtype=dtype).score(PAIRS)
    for one, other in zip(full, short, strict=True):
        assert one != other
        assert one.supported == pytest.approx(other.supported, abs=0.05)


def test_the_digest_follows_content_and_settings_but_not_the_place(
    bert: Path, tmp_path: Path, tiny_folders: dict[str, Path]
) -> None:
    digest = loaded(tiny_folders["bert"]).digest
    assert loaded(bert, batch_tokens=8).digest == digest
    others = [
        loaded(bert, dtype="bfloat16").digest,
        loaded(bert, label_map={"neutral": Label.REFUTED}).digest,
    ]
    edit(bert / "tokenizer_config.json", model_max_length=50)
    others.append(loaded(bert).digest)
    edit(bert / "config.json", layer_norm_eps=1e-6)
    others.append(loaded(bert).digest)
    other_weights = save_model(tmp_path / "other", seed=1) / "model.safetensors"
    shutil.copy(other_weights, bert / "model.safetensors")
    others.append(loaded(bert).digest)
    assert len({digest, *others}) == 6


def test_overflow_is_an_error_and_not_a_score(bert: Path) -> None:
    weights = load_file(bert / "model.safetensors")
    model = transformers.AutoModelForSequenceClassification.from_pretrained(bert)
    model.load_state_dict(weights | {"classifier.bias": torch.full((3,), float("inf"))})
    model.save_pretrained(bert)
    with pytest.raises(ModelError, match="float32"):
        loaded(bert).score(PAIRS)


def test_pickled_weights_are_refused(bert: Path) -> None:
    torch.save(load_file(bert / "model.safetensors"), bert / "pytorch_model.bin")
    (bert / "model.safetensors").unlink()
    assert "no model.safetensors" in refusal(bert)


def test_a_folders_code_is_never_run(bert: Path, tmp_path: Path) -> None:
    marker = tmp_path / "was-run"
    (bert / "code.py").write_text(f"open({str(marker)!r}, 'w')\nclass Config: ...\n")
    edit(bert / "config.json", model_type="homemade", auto_map={"AutoConfig": "code.Config"})
    assert "runs no code" in refusal(bert)
    assert not marker.exists()


def test_a_model_without_a_trained_head_is_refused(bert: Path) -> None:
    transformers.AutoModel.from_pretrained(bert).save_pretrained(bert)
    assert "random" in refusal(bert)


def test_an_adapter_is_refused(bert: Path) -> None:
    (bert / "adapter_config.json").write_text('{"base_model_name_or_path": "someone/base"}')
    assert "merge it" in refusal(bert)


def test_a_model_of_another_kind_is_refused(bert: Path) -> None:
    (bert / "config.json").write_text('{"model_type": "vit"}')
    assert "sequence classifiers" in refusal(bert)


def test_damaged_files_are_refused(bert: Path) -> None:
    (bert / "model.safetensors").write_bytes(b"\x00" * 100)
    assert "can't be loaded" in refusal(bert)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert "config.json" in refusal(tmp_path)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "nothing-here")


def test_without_a_network_a_name_says_how_to_get_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    assert "hf download someone/tiny" in refusal("someone/tiny")


def test_a_name_in_the_local_cache_asks_nobody(bert: Path, tmp_path: Path, hub: type[Hub]) -> None:
    cached = tmp_path / "models--someone--tiny"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("0" * 40)
    shutil.copytree(bert, cached / "snapshots" / ("0" * 40))
    backend = load("someone/tiny", device="cpu", batch_tokens=256)
    assert backend.name == "someone/tiny"
    assert backend.digest == loaded(bert).digest
    assert hub.asked == []


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [(401, "RepoNotFound", "check the name"), (403, "GatedRepo", "accept its terms")],
)
def test_what_the_hub_refuses_says_what_to_do(
    status: int, code: str, advice: str, hub: type[Hub]
) -> None:
    hub.status, hub.code = status, code
    assert advice in refusal("someone/tiny")


def test_unknown_options_are_refused(bert: Path) -> None:
    with pytest.raises(InputError, match="--device tpu: not known; choose auto, cuda, mps, cpu"):
        loaded(bert, device="tpu")
    with pytest.raises(InputError, match="--dtype int3: not known; choose float32"):
        loaded(bert, dtype="int3")


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without CUDA")
def test_a_device_that_is_not_there_is_refused(bert: Path) -> None:
    with pytest.raises(InputError, match="--device cuda: torch finds none here"):
        loaded(bert, device="cuda")


def test_nothing_is_printed(bert: Path) -> None:
    # in a process of its own: the libraries bind stderr when they are imported
    program = (
        "import sys; from verifier.nli.hf import load; "
        "b = load(sys.argv[1], device='cpu', batch_tokens=99); b.score([('a', 'b'), ('c d', 'e')]);"
        "b.lengths(['many words ' * 100])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(bert)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
