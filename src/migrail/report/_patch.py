"""Changes of files as git takes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from migrail.results.files import FileChange

_NO_END = "\\ No newline at end of file"


def patch(change: FileChange) -> str:
    """The change for ``git apply``; each line ends as it does in the file."""
    return "".join(_lines(change))


def _lines(change: FileChange) -> Iterator[str]:
    old = change.origin or change.path
    yield f"diff --git a/{old} b/{change.path}\n"
    if change.before is None:
        yield "new file mode 100644\n"
    elif change.origin is not None:
        yield f"rename from {change.origin}\nrename to {change.path}\n"
    mark = "\ufeff" if change.mark else ""
    before = _split("" if change.before is None else mark + change.before)
    after = _split(mark + change.text)
    source = "/dev/null" if change.before is None else f"a/{old}"
    for line in difflib.unified_diff(before, after, source, f"b/{change.path}"):
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}\n"


def _split(text: str) -> list[str]:
    """Lines as git sees them: only a line feed ends one."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
