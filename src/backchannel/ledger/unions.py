"""Union-find: things joined pair by pair -> groups. The root of a group is its least member, whatever the order of joining."""

from __future__ import annotations

from collections import defaultdict
from typing import Any


class Unions:
    """Groups of hashable, comparable things."""

    def __init__(self) -> None:
        self._parent: dict[Any, Any] = {}

    def root(self, thing: Any) -> Any:
        """The least member of the thing's group."""
        parent = self._parent
        top = thing
        while (above := parent.get(top, top)) != top:
            top = above
        while thing != top:
            parent[thing], thing = top, parent.get(thing, top)
        return top

    def join(self, a: Any, b: Any) -> None:
        """Makes the groups of a and b one."""
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a
        self._parent.setdefault(a, a)

    def same(self, a: Any, b: Any) -> bool:
        """Whether both are in one group."""
        return bool(self.root(a) == self.root(b))

    def groups(self) -> dict[Any, list[Any]]:
        """Root -> members, of everything that was ever joined."""
        found = defaultdict(list)
        for thing in self._parent:
            found[self.root(thing)].append(thing)
        return dict(found)
