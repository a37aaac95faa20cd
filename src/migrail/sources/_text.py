"""Reads a migration file's bytes as text, or says what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from migrail.model.decode import decode, problem

__all__ = ["decode", "problem", "read_text"]


def read_text(path: Path, shown: str) -> tuple[bytes, str]:
    """A file's bytes, and its text without byte order mark.

    Raises:
        InputError: it cannot be read or is not text that every server reads alike.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise problem(f"cannot be read: {error.strerror}", shown) from None
    return content, decode(content, shown)
