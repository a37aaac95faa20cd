"""What a git revision holds. Runs ``git`` without a shell; names never become options."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from migrail.model.errors import UsageError
from migrail.model.text import visible

TIMEOUT = 60.0
"""Seconds that one call of git may take."""

_SYMBOLIC_LINK = b"120000"


def commits(revision: str, folder: Path) -> tuple[str, str]:
    """The commit where HEAD and the revision parted, and the revision's own commit.

    Raises:
        UsageError: git is missing, this is no repository, or there is no such revision.
    """
    found = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found is None:
        raise UsageError(
            f"git knows no revision {visible(revision)!r} here",
            help="fetch it first, for example git fetch origin main",
        )
    tip = found.decode().strip()
    parted = _run(folder, "merge-base", tip, "HEAD")
    return parted.decode().strip() if parted else tip, tip


def files_at(commit: str, folder: Path) -> dict[str, bytes]:
    """The files directly in a folder as they are in a commit, by name."""
    listing = _run(folder, "ls-tree", "-z", commit, "./")
    blobs: dict[str, str] = {}
    for line in (listing or b"").split(b"\0"):
        head, _, path = line.partition(b"\t")
        parts = head.split()
        if len(parts) == 3 and parts[1] == b"blob":
            blobs[Path(path.decode("utf-8", "surrogateescape")).name] = parts[2].decode()
    return contents(folder, blobs)


def top(folder: Path) -> Path | None:
    """The folder of the repository that a folder, which need not exist any more, lies in; ``None``: in none."""
    existing = next(place for place in (folder, *folder.parents) if place.is_dir())
    try:
        found = _run(existing, "rev-parse", "--show-toplevel")
    except UsageError:
        return None
    return Path(os.fsdecode(found.rstrip(b"\n"))) if found else None


def blobs_below(commit: str, repository: Path, folder: Path) -> dict[str, str]:
    """The regular files below a folder as they are in a commit: path relative to the folder → blob."""
    prefix = "" if folder == repository else f"{folder.relative_to(repository).as_posix()}/"
    listing = _run(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *filter(None, [prefix]))
    blobs: dict[str, str] = {}
    for line in (listing or b"").split(b"\0"):
        head, _, path = line.partition(b"\t")
        mode, _, blob = head.partition(b" blob ")
        if blob and mode != _SYMBOLIC_LINK:
            blobs[os.fsdecode(path).removeprefix(prefix)] = blob.decode()
    return blobs


def contents(folder: Path, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """What blobs of the folder's repository hold, by the name that each is given.

    Raises:
        UsageError: git does not have one of them, as in a clone with a filter.
    """
    if not blobs:
        return {}
    output = _run(folder, "cat-file", "--batch", stdin="\n".join(blobs.values()).encode() + b"\n") or b""
    found: dict[str, bytes] = {}
    position = 0
    for name in blobs:
        end = output.find(b"\n", position)
        head = output[position:end].split()
        if end < 0 or len(head) != 3:
            raise UsageError(f"git does not have the content of {visible(name)}; fetch without a filter")
        size = int(head[2])
        found[name] = output[end + 1 : end + 1 + size]
        position = end + 1 + size + 1
    return found


def unfinished(path: Path) -> str | None:
    """Why a file is in the middle of something: ``half merged`` or ``half staged``; ``None`` where it is not.

    Outside a repository, or without git, nothing is in the middle of anything.
    """
    try:
        found = _run(path.parent, "status", "--porcelain=v1", "-z", "--", path.name)
    except UsageError:
        return None
    state = (found or b"")[:2].decode(errors="replace")
    if "U" in state or state in {"AA", "DD"}:
        return "half merged"
    return "half staged" if state[:1] in set("MARC") and state[1:] == "M" else None


def export(commit: str, repository: Path, into: Path) -> None:
    """Writes the regular files of a commit into a folder; the repository itself is not touched.

    Raises:
        UsageError: git cannot.
    """
    with tempfile.TemporaryDirectory(prefix="migrail-export-") as place:
        archive = Path(place) / "commit.tar"
        if _run(repository, "archive", "--format=tar", f"--output={archive}", commit) is None:
            raise UsageError(f"git cannot export the files of {commit[:12]}; fetch without a filter")
        with tarfile.open(archive) as tar:
            for member in tar:
                target = Path(os.path.normpath(into / member.name))
                content = tar.extractfile(member) if member.isfile() and target.is_relative_to(into) else None
                if content is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.read())


def _run(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes | None:
    """What git prints; ``None`` when it says no."""
    command: Sequence[str] = ("git", "-C", str(folder), "--literal-pathspecs", *arguments)
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except FileNotFoundError:
        raise UsageError("git is not installed, but --since needs it") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"git did not answer within {TIMEOUT:.0f} seconds") from None
    if done.returncode == 128 and b"not a git repository" in done.stderr:
        raise UsageError(f"{visible(str(folder))} is not in a git repository, but --since needs one")
    return done.stdout if done.returncode == 0 else None
