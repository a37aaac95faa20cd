"""What a form is."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A statement, what stands before it, and the servers that take it."""

    statement: str
    before: str = ""
    since: int = 10
    until: int = 99
    """The first version that refuses it."""
