"""Migrations and the statements they consist of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from migrail.model.text import Span

RAW = "sha256-raw"
TEXT = "sha256-text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Digests:
    """What a migration's content is known by. The algorithm's name is part of each string.

    The text digest is the identity: a checkout with other line ends or an editor that adds a byte order mark
    does not make another migration. The raw digest is kept to be able to say that the bytes differ.
    """

    raw: str
    """``sha256-raw:<hex>`` of the file's bytes."""
    text: str
    """``sha256-text:<hex>`` of the text as UTF-8 without byte order mark, with LF line ends."""

    @classmethod
    def of(cls, content: bytes, text: str) -> Digests:
        """Digests of a file's bytes and of the text that was decoded from them."""
        normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return cls(
            raw=f"{RAW}:{hashlib.sha256(content).hexdigest()}",
            text=f"{TEXT}:{hashlib.sha256(normal.encode()).hexdigest()}",
        )


def short(digest: str) -> str:
    """The first twelve hexadecimal digits: enough to tell two apart by eye."""
    return digest.partition(":")[2][:12]


class TransactionMode(StrEnum):
    """How a migration is wrapped when it is applied."""

    MIGRATION = "migration"
    """All statements and the ledger row in one transaction. Statements that the server refuses there, or that would
    end it, run outside, with what stands between them together."""
    BATCH = "batch"
    """A whole batch in one transaction: all of it or nothing."""
    OFF = "off"
    """Each statement by itself."""


class Phase(StrEnum):
    """What a migration means to the application that is running now."""

    EXPAND = "expand"
    """The running application keeps working."""
    BACKFILL = "backfill"
    """Data only."""
    CONTRACT = "contract"
    """The running application may break."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Migration:
    """One authored unit of change, as it lies in its file."""

    id: str
    """Unique in the project; for the plain layout the file name without ``.sql``."""
    order: tuple[int | str, ...]
    """Sorts migrations of one project; equal orders of two migrations are a mistake to report."""
    path: str
    """The file as the user would type it, with ``/``."""
    text: str = field(repr=False)
    """The decoded content without byte order mark; line ends as they are."""
    digests: Digests
    source: str
    """The layout that found it, for example ``plain``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment with its delimiters."""

    text: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One SQL statement, exactly as the author wrote it."""

    number: int
    """Position in the file, from 1."""
    text: str
    """From its first token to its last, without the terminating semicolon."""
    span: Span
    comments: tuple[Comment, ...] = ()
    """The comments before it, after the previous statement."""
    inner_comments: tuple[Comment, ...] = ()
    """The comments inside it and behind it on its last line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suppression:
    """``-- migrail: ignore CODE reason="..."``."""

    code: str
    reason: str
    span: Span
    statement: int | None
    """The number of the statement it stands before; ``None`` for the whole file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Directives:
    """What ``-- migrail:`` comments at the top of a file say."""

    transaction: TransactionMode | None = None
    """``None`` takes the configured mode."""
    lock_timeout: float | None = None
    """Seconds; ``None`` takes the configured value."""
    phase: Phase | None = None
    """What the author says it is, to be compared with what is computed."""
    suppressions: tuple[Suppression, ...] = ()
