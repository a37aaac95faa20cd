"""A mapping whose copies are free: copies share what neither of them has changed.

Catalogs are values, and a history of thousands of migrations makes one after the other. With dictionaries, every
new one would cost as much as everything that it holds. Here a copy costs nothing and a change costs a few small
nodes, whatever the size: a hash trie (P. Bagwell, "Ideal Hash Trees", 2001) with small dictionaries as its leaves.
"""

from __future__ import annotations

from collections.abc import Hashable, ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from typing import Any, TypeVar, overload

D = TypeVar("D")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_BITS = 4
_FAN = 1 << _BITS
_LEAF = 16
"""Entries of a leaf before it is split."""
_DEEPEST = 12
"""Behind so many levels, keys of the same hash share one leaf."""

Node = Any
"""A leaf, ``{key: (order, value)}``, or a tuple of 16 nodes. Neither is changed once it is made."""

_EMPTY: Node = {}


class Shared(MutableMapping[K, V]):
    """A mapping in the order of insertion. ``Shared(other)`` is a copy: free where the other one is Shared too."""

    __slots__ = ("_count", "_next", "_root")

    def __init__(self, content: Mapping[K, V] | None = None) -> None:
        self._root: Node = _EMPTY
        self._count = 0
        self._next = 0
        """The order of the next new key."""
        if isinstance(content, Shared):
            self._root, self._count, self._next = content._root, content._count, content._next
        elif content:
            entries = {key: (order, value) for order, (key, value) in enumerate(content.items())}
            self._root = _node(entries, 0)
            self._count = self._next = len(entries)

    def _leaf(self, key: object) -> dict[Any, tuple[int, V]]:
        node, rest = self._root, hash(key)
        while type(node) is tuple:
            node = node[rest & (_FAN - 1)]
            rest >>= _BITS
        leaf: dict[Any, tuple[int, V]] = node
        return leaf

    def __getitem__(self, key: K) -> V:
        return self._leaf(key)[key][1]

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, /, default: V | D) -> V | D: ...

    def get(self, key: K, /, default: Any = None) -> Any:
        """The value of a key, or the default."""
        found = self._leaf(key).get(key)
        return default if found is None else found[1]

    def __contains__(self, key: object) -> bool:
        return key in self._leaf(key)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[K]:
        return iter([key for _, key, _ in sorted(self._entries(), key=_order)])

    def items(self) -> ItemsView[K, V]:
        """The pairs, in one walk."""
        return {key: value for _, key, value in sorted(self._entries(), key=_order)}.items()

    def values(self) -> ValuesView[V]:
        """The values, in one walk."""
        return {key: value for _, key, value in sorted(self._entries(), key=_order)}.values()

    def _entries(self) -> Iterator[tuple[int, K, V]]:
        pending = [self._root]
        while pending:
            node = pending.pop()
            if type(node) is tuple:
                pending.extend(node)
            else:
                for key, (order, value) in node.items():
                    yield order, key, value

    def __setitem__(self, key: K, value: V) -> None:
        known = self._leaf(key).get(key)
        if known is None:
            self._put(key, (self._next, value))
            self._next += 1
            self._count += 1
        else:
            self._put(key, (known[0], value))

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        self._root = _without(self._root, hash(key), key)
        self._count -= 1

    def rename(self, old: K, new: K, value: V) -> None:
        """Puts a value under another key in the place of the old one, which must be there."""
        order = self._leaf(old)[old][0]
        del self[old]
        self._count += new not in self
        self._put(new, (order, value))

    def _put(self, key: K, entry: tuple[int, V]) -> None:
        self._root = _with(self._root, 0, hash(key), key, entry)

    def __eq__(self, other: object) -> bool:
        """Two of them are the same when they hold the same in the same order."""
        if isinstance(other, Shared):
            return self._root is other._root or list(self.items()) == list(other.items())
        return bool(dict(self) == other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Shared({dict(self)!r})"


def _order(entry: tuple[int, object, object]) -> int:
    return entry[0]


def _node(entries: dict[Any, Any], depth: int) -> Node:
    """A leaf, or a branch where there are too many entries."""
    if len(entries) <= _LEAF or depth == _DEEPEST:
        return entries
    parts: list[dict[Any, Any]] = [{} for _ in range(_FAN)]
    for key, entry in entries.items():
        parts[hash(key) >> (_BITS * depth) & (_FAN - 1)][key] = entry
    return tuple(_node(part, depth + 1) for part in parts)


def _with(node: Node, depth: int, rest: int, key: object, entry: object) -> Node:
    """The node with one more or one other entry."""
    if type(node) is dict:
        return _node({**node, key: entry}, depth)
    slot = rest & (_FAN - 1)
    return (*node[:slot], _with(node[slot], depth + 1, rest >> _BITS, key, entry), *node[slot + 1 :])


def _without(node: Node, rest: int, key: object) -> Node:
    """The node without an entry. Branches stay: what grew once may grow again."""
    if type(node) is dict:
        return {known: entry for known, entry in node.items() if known != key}
    slot = rest & (_FAN - 1)
    return (*node[:slot], _without(node[slot], rest >> _BITS, key), *node[slot + 1 :])
