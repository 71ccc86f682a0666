"""Arc scores of a sentence -> one dependency tree: a single root, no cycles (Chu & Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9


def decode(scores: NDArray[np.float32]) -> list[int]:
    """Heads of the best tree: ``scores[dependent, head]``, the diagonal scoring roots; the root is its own head."""
    n = len(scores)
    best: list[int] = scores.argmax(1).tolist()
    roots = [i for i, h in enumerate(best) if h == i]
    if len(roots) == 1 and _cycle(best, roots[0]) is None:
        return best
    # One root: the word whose diagonal gains most over its best other head.
    margin = scores.diagonal() - np.where(np.eye(n, dtype=bool), NEVER, scores).max(1) if n > 1 else np.zeros(1)
    among = roots or range(n)
    return _tree(scores, max(among, key=lambda i: (float(margin[i]), -i)))


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
    c = len(rest)
    members, others = np.array(cycle), np.array(rest)
    small = np.full((c + 1, c + 1), NEVER)
    small[:c, :c] = scores[others[:, None], others]
    gain = scores[members[:, None], others] - scores[members, [heads[i] for i in cycle]][:, None]  # (cycle, rest): heads outside for the cycle's words
    enter = gain.argmax(0)
    small[c, :c] = gain[enter, np.arange(c)]
    into = scores[others[:, None], members]  # (rest, cycle): heads inside the cycle for the others
    leave = into.argmax(1)
    at = rest.index(root)
    small[:c, c] = np.where(others == root, NEVER, into[np.arange(c), leave])
    below = _contract(small, at)
    out = list(heads)
    for k, i in enumerate(rest):
        if i != root:
            out[i] = cycle[leave[k]] if below[k] == c else rest[below[k]]
    out[cycle[enter[below[c]]]] = rest[below[c]]
    return out
