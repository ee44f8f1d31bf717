"""Train the claim verifier: one visible loop, the same on a CPU and on a GPU.

    python scripts/train.py --base BASE --mixture runs/mixture/train.jsonl --out runs/first

BASE is a folder with an encoder (config.json, model.safetensors, tokenizer.json). The run can be
stopped at any moment and started again with the same command: it goes on from its last checkpoint.
Writes `OUT/checkpoint.pt` and `OUT/log.jsonl` while it runs, `OUT/model/` at its end.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import encoder
import torch
from torch.nn import functional
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedTokenizerBase,
)

# What a run is made of. Prices are for two CPU cores, where 13M tokens take about an hour.
MAX_TOKENS = 384  # longer pairs are left out and counted; attention's price grows with length
BATCH_TOKENS = 4096  # padded; about 80 pairs of sentences a step
PEAK_LR = 1.5e-4
WARMUP = 0.06  # share of all tokens until the peak; then linearly to zero
WEIGHT_DECAY = 0.01
LABEL_SMOOTHING = 0.05
CHECKPOINT_SECONDS = 300
LOG_STEPS = 20
SORTED_TOGETHER = 48  # batches cut from one length-sorted stretch of the shuffled rows

LABELS = ["supported", "refuted", "unknown"]
NOT_SUPPORTED = 3  # binary sets: trained as 1 - P(supported)


def tokenise(
    path: Path, tokenizer: PreTrainedTokenizerBase
) -> tuple[list[list[int]], list[list[int]], list[int], int]:
    """Token ids, segment ids and label of every pair that fits, and how many did not."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    encoded = tokenizer([row["evidence"] for row in rows], [row["claim"] for row in rows])
    ids, segments, labels, too_long = [], [], [], 0
    for row, tokens, segment in zip(
        rows, encoded["input_ids"], encoded["token_type_ids"], strict=True
    ):
        if len(tokens) > MAX_TOKENS:
            too_long += 1
            continue
        ids.append(tokens)
        segments.append(segment)
        label = row["label"]
        labels.append(NOT_SUPPORTED if label == "not_supported" else LABELS.index(label))
    return ids, segments, labels, too_long


def plan(lengths: list[int], seed: int) -> list[list[int]]:
    """Batches of row numbers for one pass: shuffled, sorted by length in stretches, shuffled."""
    rng = random.Random(seed)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    rows_a_stretch = SORTED_TOGETHER * BATCH_TOKENS // (sum(lengths) // len(lengths))
    batches: list[list[int]] = []
    for start in range(0, len(order), rows_a_stretch):
        batch: list[int] = []
        for row in sorted(order[start : start + rows_a_stretch], key=lengths.__getitem__):
            if batch and (len(batch) + 1) * lengths[row] > BATCH_TOKENS:
                batches.append(batch)
                batch = []
            batch.append(row)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def collate(
    ids: list[list[int]], segments: list[list[int]], rows: list[int], device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Give padded (rows, longest) tensors: token ids, token types, attention mask."""
    longest = max(len(ids[row]) for row in rows)
    tokens = torch.zeros(len(rows), longest, dtype=torch.long)
    types, mask = torch.zeros_like(tokens), torch.zeros_like(tokens)
    for i, row in enumerate(rows):
        n = len(ids[row])
        tokens[i, :n] = torch.tensor(ids[row])
        types[i, :n] = torch.tensor(segments[row])
        mask[i, :n] = 1
    return tokens.to(device), types.to(device), mask.to(device)


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross entropy; for binary rows the negative log of 1 - P(supported). (rows, 3), (rows,)."""
    logits = logits.float()
    binary = labels == NOT_SUPPORTED
    three_way = functional.cross_entropy(
        logits, labels.masked_fill(binary, 0), reduction="none", label_smoothing=LABEL_SMOOTHING
    )
    # log(1 - P(supported)) = logsumexp(other logits) - logsumexp(all logits), without cancellation
    not_supported = logits.logsumexp(1) - logits[:, 1:].logsumexp(1)
    return torch.where(binary, not_supported, three_way).mean()


def disagreement(logits: torch.Tensor) -> torch.Tensor:
    """Give the symmetric KL divergence of the two halves of a batch, which hold the same pairs.

    `logits`: (2 * rows, 3). R-Drop: Liang et al. 2021, arXiv:2106.14448.
    """
    first, second = logits.float().log_softmax(1).chunk(2)
    there = functional.kl_div(first, second, reduction="batchmean", log_target=True)
    back = functional.kl_div(second, first, reduction="batchmean", log_target=True)
    return (there + back) / 2


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of the encoder to start from"
    )
    parser.add_argument("--mixture", type=Path, default=Path("runs/mixture/train.jsonl"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--lr", type=float, default=PEAK_LR)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument(
        "--max-tokens-seen",
        type=float,
        default=math.inf,
        help="stop (and finish the schedule) after so many tokens",
    )
    parser.add_argument(
        "--stop-after",
        type=float,
        default=math.inf,
        help="leave off after so many tokens in mid-schedule; without it the run goes on",
    )
    parser.add_argument(
        "--fp32",
        action="store_true",
        help="without bf16: faster on processors that have AVX-512 but neither AMX nor Zen's bf16",
    )
    parser.add_argument("--dropout", type=float, default=0.0, help="of the hidden layers")
    parser.add_argument(
        "--r-drop",
        type=float,
        default=0.0,
        help="weight of R-Drop, which reads every pair twice; wants dropout",
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.base)
    tokenizer.model_max_length = 10**9  # lengths are checked here, not warned about there
    model = AutoModelForSequenceClassification.from_pretrained(
        options.base,
        num_labels=3,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
        dtype=torch.float32,
        hidden_dropout_prob=options.dropout,
        attention_probs_dropout_prob=0.0,
    ).to(device)
    if options.dropout and device.type == "cpu":
        encoder.pool_dropout(model, options.dropout)
    heads = model.config.num_attention_heads
    ids, segments, labels, too_long = tokenise(options.mixture, tokenizer)
    lengths = [len(tokens) for tokens in ids]
    batches = [b for i in range(options.passes) for b in plan(lengths, options.seed + i)]
    sizes = [len(batch) * max(lengths[row] for row in batch) for batch in batches]
    total = min(sum(sizes), options.max_tokens_seen)
    print(
        f"{len(ids):,} pairs ({too_long:,} over {MAX_TOKENS} tokens left out), {sum(lengths):,} "
        f"tokens a pass, {len(batches):,} steps, {total:,.0f} padded tokens, on {device}",
        flush=True,
    )

    decayed = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": WEIGHT_DECAY},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=options.lr,
        betas=(0.9, 0.98),
        eps=1e-6,
        fused=True,
    )

    checkpoint = options.out / "checkpoint.pt"
    step, seen, spent = 0, 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, seen, spent = state["step"], state["seen"], state["spent"]
        print(f"going on from step {step:,}", flush=True)

    def save() -> None:
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "seen": seen,
            "spent": spent + time.monotonic() - started,
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)  # never half a checkpoint

    started = saved = time.monotonic()
    started_at, running, pairs = seen, 0.0, 0
    model.train()
    while step < len(batches) and seen < min(total, options.stop_after):
        rows = batches[step] * (2 if options.r_drop else 1)
        share = seen / total
        rate = options.lr * min(share / WARMUP, (1 - share) / (1 - WARMUP))
        for group in optimizer.param_groups:
            group["lr"] = rate
        target = torch.tensor([labels[row] for row in rows], device=device)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=not options.fp32):
            tokens, types, mask = collate(ids, segments, rows, device)
            logits = encoder.logits(model, tokens, types, encoder.masked(mask, heads))
        loss = loss_of(logits, target)
        running += loss.item() * len(rows)
        if options.r_drop:
            loss = loss + options.r_drop * disagreement(logits)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        pairs, seen, step = pairs + len(rows), seen + sizes[step], step + 1
        if step % LOG_STEPS == 0 or step == len(batches):
            elapsed = time.monotonic() - started
            entry = {
                "step": step,
                "of": len(batches),
                "seen": seen,
                "loss": round(running / pairs, 4),
                "lr": rate,
                "tokens_a_second": round((seen - started_at) / elapsed),
                "minutes": round((spent + elapsed) / 60, 1),
            }
            with (options.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(entry) + "\n")
            print(entry, flush=True)
            running, pairs = 0.0, 0
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            save()
            saved = time.monotonic()
    save()
    model.save_pretrained(options.out / "model")
    tokenizer.model_max_length = model.config.max_position_embeddings
    tokenizer.save_pretrained(options.out / "model")


if __name__ == "__main__":
    main()
