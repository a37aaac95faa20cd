"""Globs that mean the same on disk and in a git revision.

``*``, ``?`` and ``[...]`` stay within one part of a path, ``**`` crosses folders; a folder's name means every file
in it. Hidden files, hidden folders and folders that hold other people's code are found where the glob names them.
Symbolic links are not followed: behind them is a file that lies elsewhere, or a loop.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages"})

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Glob:
    """A glob, cut into the folder where the search begins and what has to match below it."""

    text: str
    base: Path
    """Absolute; the part before the first wildcard."""
    pattern: re.Pattern[str]
    """Matches whole paths relative to the base, with ``/``."""
    depth: int | None
    """How many parts a path below the base may have; ``None`` where it may have any number."""
    hidden: bool
    """Whether the wildcards name hidden files."""

    @classmethod
    def of(cls, text: str, root: Path) -> Glob:
        """The glob that is written ``text`` and starts in a folder."""
        parts = PurePosixPath(text).parts
        wild = next((index for index, part in enumerate(parts) if _WILD.search(part)), len(parts))
        literal = wild == len(parts)
        base = Path(os.path.normpath(root.joinpath(*parts[: wild - 1 if literal else wild])))
        rest = parts[wild - 1 :] if literal else parts[wild:]
        return cls(
            text=text,
            base=base,
            pattern=re.compile(_translated(rest) + (r"(?:/.*)?" if literal else ""), re.DOTALL),
            depth=None if literal or "**" in rest else len(rest),
            hidden=any(part.startswith(".") for part in rest),
        )

    def matches(self, relative: str) -> bool:
        """Whether it means a file, given its path relative to the base, with ``/``."""
        if not self.pattern.fullmatch(relative):
            return False
        return not any(self._skips(part) for part in relative.split("/"))

    def files(self) -> Iterator[Path]:
        """The files that it means, in the order of their paths. What cannot be entered is passed over."""
        return self._below(self.base, "")

    def _below(self, folder: Path, before: str) -> Iterator[Path]:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            relative = before + entry.name
            if self._skips(entry.name) or entry.is_symlink():
                continue
            if entry.is_dir():
                if self.depth is None or relative.count("/") + 1 < self.depth:
                    yield from self._below(folder / entry.name, relative + "/")
            elif entry.is_file() and self.pattern.fullmatch(relative):
                yield folder / entry.name

    def _skips(self, name: str) -> bool:
        return name in SKIPPED or (name.startswith(".") and not self.hidden)


def _translated(parts: tuple[str, ...]) -> str:
    found: list[str] = []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            found.append(".*" if last else "(?:[^/]+/)*")
        else:
            found.append(_part(part) + ("" if last else "/"))
    return "".join(found)


def _part(part: str) -> str:
    return re.sub(r"\[(!?)([^\]]+)\]|\*+|\?|[^*?\[]+|\[", _piece, part)


def _piece(found: re.Match[str]) -> str:
    text = found[0]
    if found[2]:
        inside = re.sub(r"[\\\[&~|^]", r"\\\g<0>", found[2])
        return f"(?!/)[{'^' if found[1] else ''}{inside}]"
    if text[0] == "*":
        return "[^/]*"
    return "[^/]" if text == "?" else re.escape(text)
