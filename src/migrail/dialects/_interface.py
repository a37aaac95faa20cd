"""What a dialect is: the facts about one database server that the inner rings read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from sys import intern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrail.model.locks import Effects
    from migrail.model.operations import AlterColumnType, Operation
    from migrail.model.structure import Expression, Structure


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def lower_ascii(name: str) -> str:
    """The name with the letters A to Z in lower case; other letters keep theirs, as servers have it in UTF-8.

    Equal names are one string: the same few stand in all statements of a big file.
    """
    return intern(name.lower() if name.isascii() else name.translate(_ASCII_LOWER))


Version = tuple[int, ...]
"""A server version: ``(15,)`` or ``(3, 40, 1)``."""


def version_text(version: Version) -> str:
    """``15`` or ``3.40.1``."""
    return ".".join(map(str, version))


class Volatility(StrEnum):
    """How often an expression may give another value. Only volatile ones are evaluated for each row."""

    IMMUTABLE = "immutable"
    STABLE = "stable"
    VOLATILE = "volatile"
    UNKNOWN = "unknown"


class TypeChange(StrEnum):
    """What changing the type of an existing column costs."""

    FREE = "free"
    """Catalog entries only."""
    INDEXES = "indexes"
    """The rows stay, but indexes on the column are built again."""
    SCAN = "scan"
    """The rows stay, but all are read to check constraints again."""
    REWRITE = "rewrite"
    """Every row is written again."""
    UNKNOWN = "unknown"
    """The old type is not known, or the pair was never measured: expect a rewrite."""
    UNSUPPORTED = "unsupported"
    """The server has no such statement."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Lexical:
    """How a server cuts text into tokens, where servers differ.

    Told apart by identity, which caches look up fast.
    """

    dollar_quotes: bool = False
    """``$tag$ ... $tag$``."""
    escape_strings: bool = False
    """``E'...'`` with backslash escapes."""
    backslash_escapes: bool = False
    """Backslash escapes in every string."""
    backticks: bool = False
    brackets: bool = False
    """``[name]``."""
    double_quoted_strings: bool = False
    """``"..."`` is a string, not a name."""
    hash_comments: bool = False
    nested_comments: bool = False
    dashes_need_space: bool = False
    """``--`` starts a comment only before white space."""
    comment_ends_at_cr: bool = True
    """A lone carriage return ends a ``--`` comment."""
    trigger_bodies: bool = False
    """CREATE TRIGGER ... BEGIN ...; END holds semicolons."""
    atomic_bodies: bool = False
    """BEGIN ATOMIC ...; END holds semicolons."""
    copy_data: bool = False
    """COPY ... FROM stdin is followed by data in client scripts."""
    executable_comments: tuple[tuple[int, int], ...] = ()
    """The versions N, from and to, of ``/*!N ... */`` whose content the server reads; no number counts as 0."""
    mariadb_comments: bool = False
    """``/*M!N ... */`` is read like ``/*!N ... */``."""
    block_bodies: bool = False
    """Routines, triggers and events hold nested blocks: BEGIN, IF, CASE, LOOP, ... with END."""
    delimiter_command: bool = False
    """The client's DELIMITER sets what ends a statement in scripts."""
    client: str = ""
    """The server's own client program, whose commands stand in scripts."""
    client_commands: str = ""
    """A regular expression for its commands that fill a line where a statement could begin."""
    inline_commands: str = ""
    """A regular expression for its commands that stand anywhere outside of quotes and begin with a backslash."""
    digits_begin_names: bool = False
    """``2fa`` is a name without quotes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """What an extension brings along."""

    types: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Dialect:
    """Everything that is known about one database server. There is one of each, told apart by identity."""

    name: str
    """The word used in the configuration."""
    title: str
    """The server's own spelling, for messages."""
    sqlglot: str
    """sqlglot's name of the dialect."""
    default_schema: str | None
    """Where unqualified names live unless said otherwise; ``None`` where schemas are not part of names."""
    temporary_schema: str
    """Where temporary tables live; empty where no name can say so."""
    default_version: Version
    """Assumed where the configuration names none."""
    lexical: Lexical
    fold: Callable[[str, bool], str]
    """``fold(name, quoted)`` → the name as the server stores or compares it."""
    type_aliases: Mapping[str, str]
    """Spelling (lower case, single blanks) → canonical type name."""
    serial_types: Mapping[str, str]
    """``bigserial`` → ``bigint``; empty where there are none."""
    transactional_ddl: bool
    effects: Callable[[Operation, Structure, Version], Effects]
    """What an operation locks, scans and rewrites on a server of that version."""
    type_change: Callable[[AlterColumnType, Structure, Version], TypeChange]
    """What a change of type costs, given the structure before it."""
    volatility: Callable[[Expression, Structure], Volatility]
    """Of an expression used as a default."""
    refuses: Callable[[Operation, Structure, Version], str | None]
    """Why the server refuses the operation whatever the data, or ``None``. A sentence without full stop."""
    fold_inner: Callable[[str], str] = str
    """Applied behind ``fold`` to names that live in a table: columns, indexes, constraints."""
    lock_timeout: tuple[str, float] | None = None
    """The setting that says how long a statement waits for a lock, and the seconds that a bare number counts."""
    check_names: str | None = None
    """The names of unnamed CHECKs where indexes are named within their table, as MySQL has it; else ``None``."""
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    """By name; of others is not known what they bring along."""
