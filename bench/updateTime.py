"""One update of the policy in native PyTorch, one thread: the yardstick of updateTime.ts, which runs this and asks for updates one by one.

First line of the input: shape, batch, weights, parameters and options as JSON. Every further line asks for one update, and gets its seconds
by the clock and by the processor, and the gradient's norm. The model is that of src/policy/transformer.ts.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
given = json.loads(sys.stdin.readline())
shape, options = given["shape"], given["options"]
batch_size, length = given["batch"]["shape"]
width, heads = shape["width"], shape["heads"]


def whole(values):
    return torch.tensor(values, dtype=torch.int64)


def real(values):
    return torch.tensor(values, dtype=torch.float32)


flat = real(given["parameters"])
weight = {p["name"]: flat[p["offset"] : p["offset"] + p["size"]].view(p["shape"]).clone().requires_grad_() for p in given["table"]}
tokens = whole(given["batch"]["tokens"]).view(batch_size, length)
patch_at = (whole(given["batch"]["patchRows"]) >= 0).nonzero().view(-1)
patches = real(given["batch"]["patches"]).view(-1, shape["patch"])
chosen_at = whole(given["batch"]["mask"]).nonzero().view(-1)
chosen = tokens.view(-1)[chosen_at]
token_weights = real(given["weights"])[chosen_at]
unwritable = torch.zeros(shape["vocabulary"])
unwritable[given["unwritable"]] = given["never"]
future = torch.full((length, length), float("-inf")).triu(1)

optimizer = torch.optim.AdamW(
    [
        {"params": [weight[p["name"]] for p in given["table"] if p["decayed"]], "weight_decay": options["weightDecay"]},
        {"params": [weight[p["name"]] for p in given["table"] if not p["decayed"]], "weight_decay": 0.0},
    ],
    lr=options["learningRate"],
    betas=given["betas"],
    eps=given["epsilon"],
)


def norm(x, gain):
    return gain * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + given["normEpsilon"])


def attention(x, layer):
    q, k, v = ((x @ weight[f"{layer}.attention.{name}"]).view(batch_size, length, heads, -1).transpose(1, 2) for name in ("query", "key", "value"))
    if hasattr(F, "scaled_dot_product_attention"):
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    else:  # PyTorch 1
        y = torch.softmax(q @ k.transpose(-2, -1) * (width // heads) ** -0.5 + future, -1) @ v
    return y.transpose(1, 2).reshape(batch_size, length, width) @ weight[f"{layer}.attention.output"]


def hidden_states():
    content = F.embedding(tokens, weight["embedding"]).view(-1, width).index_add(0, patch_at, patches @ weight["patch"]).view(batch_size, length, width)
    x = content + F.pad(content[:, :-1], (0, 0, 1, 0)) @ weight["previous"] + weight["position"][:length]
    for n in range(shape["layers"]):
        layer = f"layers.{n}"
        x = x + attention(norm(x, weight[f"{layer}.attention.gain"]), layer)
        m = norm(x, weight[f"{layer}.mlp.gain"])
        x = x + F.relu(m @ weight[f"{layer}.mlp.up"]).square() @ weight[f"{layer}.mlp.down"]
    return norm(x, weight["gain"])


def update():
    optimizer.zero_grad(set_to_none=True)
    logits = hidden_states().view(-1, width)[chosen_at - 1] @ weight["embedding"].T + unwritable  # of the model's tokens alone
    loss = (token_weights * F.cross_entropy(logits, chosen, reduction="none")).sum()
    loss.backward()
    grad_norm = torch.nn.utils.clip_grad_norm_(weight.values(), options["clipNorm"])
    optimizer.step()
    return grad_norm.item()


for _ in sys.stdin:
    clock, processor = time.perf_counter(), time.process_time()
    grad_norm = update()
    answer = {"seconds": time.perf_counter() - clock, "processorSeconds": time.process_time() - processor, "gradNorm": grad_norm}
    print(json.dumps({**answer, "version": torch.__version__}), flush=True)
