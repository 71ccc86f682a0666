"""Arc scores of a sentence -> one dependency tree: a single root, no cycles (Chu & Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9


def decode(scores: NDArray[np.float32]) -> list[int]:
    """Heads of the best tree: ``scores[dependent, head]``, the diagonal scoring roots; the root is its own head."""
    n = len(scores)
    best = [int(h) for h in scores.argmax(1)]
    roots = [i for i, h in enumerate(best) if h == i]
    if len(roots) == 1 and _cycle(best, roots[0]) is None:
        return best
    # One root: the candidate whose diagonal gains most over its best other head.
    margin = scores.diagonal() - np.where(np.eye(n, dtype=bool), NEVER, scores).max(1) if n > 1 else np.zeros(1)
    candidates = sorted(set(roots) or {int(margin.argmax())}, key=lambda i: (-float(margin[i]), i))[:4]
    found = [(_tree(scores, root), root) for root in candidates]
    heads, _ = max(found, key=lambda x: (float(scores[np.arange(n), x[0]].sum()), -x[1]))
    return heads


def _cycle(heads: list[int], root: int) -> list[int] | None:
    """The words of a cycle that does not hold the root, if there is one."""
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path, i = [], start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if state[i] == 1:
            return path[path.index(i) :]
        for j in path:
            state[j] = 2
    return None


def _tree(scores: NDArray[np.float32], root: int) -> list[int]:
    """The best tree with this root."""
    work = scores.astype(np.float64).copy()
    np.fill_diagonal(work, NEVER)
    work[root] = NEVER
    work[root, root] = 0.0
    return _contract(work, root)


def _contract(scores: NDArray[np.float64], root: int) -> list[int]:
    heads = [int(h) for h in scores.argmax(1)]
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(len(heads)) if i not in inside]
    place = {i: k for k, i in enumerate(rest)}
    c = len(rest)
    small = np.full((c + 1, c + 1), NEVER)
    small[:c, :c] = scores[np.ix_(rest, rest)]
    enter, leave = {}, {}
    gain = scores[cycle][:, rest] - scores[cycle, [heads[i] for i in cycle]][:, None]
    for k, i in enumerate(rest):
        j = int(gain[:, k].argmax())
        small[c, k], enter[k] = gain[j, k], cycle[j]
        if i != root:
            j = int(scores[i, cycle].argmax())
            small[k, c], leave[k] = scores[i, cycle[j]], cycle[j]
    below = _contract(small, place[root])
    out = list(heads)
    for k, i in enumerate(rest):
        if i != root:
            out[i] = leave[k] if below[k] == c else rest[below[k]]
    out[enter[below[c]]] = rest[below[c]]
    return out
