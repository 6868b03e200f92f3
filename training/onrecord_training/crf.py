"""A linear-chain CRF over padded batches, its partition function by a tree of small matrix products."""

from __future__ import annotations

import torch

NEVER = -1e4


def transition_mask(labels: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """What BIO forbids: I-x after anything but B-x and I-x, and at the start. 0 where allowed, NEVER where not."""
    n = len(labels)
    move, start = torch.zeros(n, n), torch.zeros(n)
    for j, b in enumerate(labels):
        if b[0] == "I":
            start[j] = NEVER
            for i, a in enumerate(labels):
                if a not in (b, "B" + b[1:]):
                    move[i, j] = NEVER
    return move, start


def log_partition(emissions: torch.Tensor, move: torch.Tensor, start: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """[batch] log Z for emissions [batch, time, labels]; move[i, j] scores label j after label i."""
    b, t, n = emissions.shape
    steps = move + emissions[:, 1:, None, :]  # [b, t-1, n, n]
    identity = torch.full((n, n), NEVER).fill_diagonal_(0.0)
    live = torch.arange(1, t)[None, :] < lengths[:, None]
    steps = torch.where(live[:, :, None, None], steps, identity)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, identity.expand(b, 1, n, n)], 1)
        steps = torch.logsumexp(steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :], 3)
    first = start + emissions[:, 0]
    if steps.shape[1] == 0:
        return torch.logsumexp(first, 1)
    return torch.logsumexp(first[:, :, None] + steps[:, 0], (1, 2))


def score(emissions, labels, move, start, lengths) -> torch.Tensor:
    """[batch] score of the given label sequences [batch, time]."""
    t = emissions.shape[1]
    live = (torch.arange(t)[None, :] < lengths[:, None]).float()
    s = (emissions.gather(2, labels[:, :, None])[:, :, 0] * live).sum(1) + start[labels[:, 0]]
    return s + (move[labels[:, :-1], labels[:, 1:]] * live[:, 1:]).sum(1)


def viterbi(emissions: torch.Tensor, move: torch.Tensor, start: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """[batch, time] best labels; 0 past each length."""
    b, t, n = emissions.shape
    best = start + emissions[:, 0]
    back = []
    for i in range(1, t):
        value, arg = (best[:, :, None] + move).max(1)
        live = (i < lengths)[:, None]
        back.append(torch.where(live, arg, torch.arange(n)[None, :]))
        best = torch.where(live, value + emissions[:, i], best)
    labels = torch.zeros(b, t, dtype=torch.long)
    labels[:, -1] = best.argmax(1)
    for i in range(t - 2, -1, -1):
        labels[:, i] = back[i].gather(1, labels[:, i + 1, None])[:, 0]
    return labels * (torch.arange(t)[None, :] < lengths[:, None])
