"""Tiny models with random weights, saved as folders in the form of the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = [
    "The assembly of delegates ran from 23 to 25 November in the old harbour hall.",
    "Her mandate as treasurer ends in 2024, not in 2026.",
    "Nobody counted how many members stayed until the closing session was over.",
    "Quick brown foxes jump over the lazy dog; 0123456789 ways to vex a judge.",
]
SIZE = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "initializer_range": 0.4,  # large, so that scores differ well above the tolerance
}
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
POSITIONS = 64
"""Tokens that every tiny model reads, special ones included."""
# No two in the same order: code that trusts MNLI's order gets most of them wrong.
LABELS = {
    "bert": ["contradiction", "entailment", "neutral"],
    "roberta": ["CONTRADICTION", "NEUTRAL", "ENTAILMENT"],
    "deberta-v2": ["neutral", "contradiction", "entailment"],
    "modernbert": ["entailment", "neutral", "contradiction"],
    "xlm-roberta": ["entailment", "contradiction", "neutral"],
}
"""Each architecture's labels, in the order of its outputs."""


def save_model(
    folder: Path, architecture: str = "bert", *, labels: list[str] | None = None, seed: int = 0
) -> Path:
    """Save a random classifier of `architecture` with its tokenizer, and return the folder."""
    torch.set_num_threads(1)  # these are too small to share out
    tokenizer = _tokenizer(architecture)
    config = _config(architecture, tokenizer, labels or LABELS[architecture])
    torch.manual_seed(seed)
    model = transformers.AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _config(
    architecture: str, tokenizer: transformers.PreTrainedTokenizerBase, labels: list[str]
) -> transformers.PreTrainedConfig:
    own: dict[str, object] = {"max_position_embeddings": POSITIONS}
    if "roberta" in architecture:  # its positions start after the padding token's id
        own["max_position_embeddings"] = POSITIONS + tokenizer.pad_token_id + 1
    if architecture == "deberta-v2":  # as microsoft/deberta-v3 has them
        own |= {
            "relative_attention": True,
            "pos_att_type": ["p2c", "c2p"],
            "position_buckets": 16,
            "position_biased_input": False,
            "norm_rel_ebd": "layer_norm",
            "share_att_key": True,
            "type_vocab_size": 0,
        }
    if architecture == "modernbert":
        own |= {
            "local_attention": 8,
            "classifier_pooling": "mean",
            "cls_token_id": 2,
            "sep_token_id": 3,
        }
    return transformers.AutoConfig.for_model(
        architecture,
        vocab_size=len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        id2label=dict(enumerate(labels)),
        **SIZE,
        **own,
    )


def _tokenizer(architecture: str) -> transformers.PreTrainedTokenizerBase:
    # Vocabularies made by hand where `tokenizers` trains another one each time.
    words = sorted({word for text in CORPUS for word in text.split()})
    letters = sorted(set("".join(words)))
    if architecture == "bert":  # WordPiece
        lower = sorted({piece.lower() for piece in (*words, *letters)})
        pieces = [*SPECIAL, *lower, *(f"##{letter.lower()}" for letter in letters)]
        vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
        return transformers.BertTokenizer(vocab=vocabulary)
    if architecture == "modernbert":
        return _byte_level_tokenizer()
    if architecture == "roberta":
        untrained = transformers.RobertaTokenizer()
        return untrained.train_new_from_iterator(CORPUS, 300)  # type: ignore[no-any-return, no-untyped-call]
    unigrams = [("▁", -4.0), *((f"▁{word}", -6.0) for word in words)]
    unigrams += [(letter, -8.0) for letter in letters]
    if architecture == "deberta-v2":
        return transformers.DebertaV2Tokenizer(
            vocab=[*((piece, 0.0) for piece in SPECIAL), *unigrams]
        )
    special = [(piece, 0.0) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    return transformers.XLMRobertaTokenizer(vocab=[*special, *unigrams, ("<mask>", 0.0)])


def _byte_level_tokenizer() -> transformers.PreTrainedTokenizerBase:
    """Byte-level BPE with BERT's special tokens and no token types, as ModernBERT has it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=300,
            special_tokens=SPECIAL,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    roles = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    return transformers.PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        model_input_names=["input_ids", "attention_mask"],
        **dict(zip(roles, SPECIAL, strict=True)),
    )
