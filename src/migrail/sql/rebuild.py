"""A table that is made anew and takes its rows along: many statements with one meaning.

SQLite's ALTER TABLE cannot change a type or a constraint, so its manual (``lang_altertable.html``, "Making Other
Kinds Of Table Schema Changes") tells to make a new table, to copy the rows, to drop the old table and to rename the
new one. Others rename the old one first, or park the rows in a table in between. What tells a rebuild is the way of
the rows: at the end a table of the old name, made by the script, holds rows of the one that was there before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrail.dialects import Dialect
from migrail.model.operations import (
    CreateTable,
    DropTable,
    Insert,
    Merge,
    Opaque,
    Operation,
    RenameTable,
    RunCode,
    SessionCommand,
    TableOperation,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.read.queries import take_query_and_relations
from migrail.sql.script import ReadStatement, Script

_MAY_COPY = (Merge, Opaque, RunCode, SessionCommand)
_BEGINS_QUERY = frozenset({"SELECT", "WITH", "TABLE"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuild:
    """A table that is gone in the middle of a script and there again at its end, made by the script."""

    table: Name
    first: int
    """Number of the statement that takes the old table away: by DROP, or by RENAME to an interim name."""
    gone: int | None
    """Number of the statement that drops the old table; ``None`` where it is kept under another name."""
    last_name: Name
    """What the old table is called in the end, or when it is dropped."""
    keeps_rows: bool
    """Whether the new table got rows of the old one, or may have: by code that was not read, for example."""
    operations: tuple[Operation, ...]
    """What is done, from the first statement on, to the table and to those that lend it their name or rows."""


def rebuilds(script: Script, dialect: Dialect) -> tuple[Rebuild, ...]:
    """The rebuilds of a script. Code in functions and DO blocks is not looked into."""
    if not any(isinstance(operation, DropTable) for operation in script.operations):
        return ()
    tracks = _Tracks(dialect)
    for read in script.statements:
        for operation in read.operations:
            tracks.follow(operation, read)
    return tuple(tracks.rebuilt())


@dataclass(slots=True)
class _Relation:
    """A table, whatever its name is at the moment."""

    first_name: Name
    made_here: bool
    origins: set[Name] = field(default_factory=set)
    """The names, at the beginning, of the tables whose rows it holds."""
    names: list[Name] = field(default_factory=list)
    """Its names, the last one last."""
    taken: int = 0
    """The first statement by which it lost its first name; 0: none."""
    dropped: int | None = None


class _Tracks:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.current: dict[Name, _Relation] = {}
        self.all: list[_Relation] = []
        self.done: dict[Name, list[tuple[int, int, Operation]]] = {}
        """Name → place, number of the statement, and operation on what is called so at the time."""
        self.count = 0
        self.sees_all = True

    def follow(self, operation: Operation, read: ReadStatement) -> None:
        if isinstance(operation, _MAY_COPY):
            self.sees_all = False
        if not isinstance(operation, TableOperation):
            return
        number, name = read.statement.number, self.full(operation.table)
        self.count += 1
        match operation:
            case CreateTable():
                self.make(operation, name)
            case Insert():
                if name in self.current:
                    self.copy(self.current[name], _rows_of(read, self.dialect))
            case RenameTable():
                self.rename(name, Name(name.schema, operation.new_name), number)
            case DropTable():
                self.drop(name, number)
        self.done.setdefault(name, []).append((self.count, number, operation))

    def full(self, name: Name) -> Name:
        return Name(self.dialect.default_schema, name.name) if name.schema is None else name

    def make(self, operation: CreateTable, name: Name) -> None:
        made = self.add(name, made_here=True)
        if operation.query is not None:
            self.copy(made, _relations(Cursor(operation.query, self.dialect)))

    def copy(self, made: _Relation, read: tuple[Name, ...]) -> None:
        for name in read:
            made.origins |= self.known(self.full(name)).origins

    def known(self, name: Name) -> _Relation:
        return self.current.get(name) or self.add(name, made_here=False)

    def add(self, name: Name, *, made_here: bool) -> _Relation:
        found = _Relation(name, made_here, set() if made_here else {name}, [name])
        self.current[name] = found
        self.all.append(found)
        return found

    def rename(self, old: Name, new: Name, number: int) -> None:
        moved = self.known(old)
        del self.current[old]
        moved.taken = moved.taken or number
        moved.names.append(new)
        self.current[new] = moved

    def drop(self, name: Name, number: int) -> None:
        gone = self.known(name)
        del self.current[name]
        gone.taken, gone.dropped = gone.taken or number, number

    def rebuilt(self) -> Iterator[Rebuild]:
        for old in self.all:
            new = self.current.get(old.first_name)
            if old.made_here or not old.taken or new is None or not new.made_here:
                continue
            names = {*old.names, *new.names}
            done = sorted((item for name in names for item in self.done.get(name, ())), key=lambda item: item[0])
            yield Rebuild(
                table=old.first_name,
                first=old.taken,
                gone=old.dropped,
                last_name=old.names[-1],
                keeps_rows=old.first_name in new.origins or not self.sees_all,
                operations=tuple(operation for _, number, operation in done if number >= old.taken),
            )


def _rows_of(read: ReadStatement, dialect: Dialect) -> tuple[Name, ...]:
    """The relations from which INSERT ... SELECT takes rows."""
    cursor = Cursor(read.statement.text, dialect)
    try:
        while not cursor.done and cursor.word not in ("VALUES", "DEFAULT"):
            if cursor.word in _BEGINS_QUERY or (cursor.word == "(" and cursor.peek(1).word in _BEGINS_QUERY):
                return _relations(cursor)
            cursor.drop()
    except (NotUnderstood, Unclosed):
        pass
    return ()


def _relations(cursor: Cursor) -> tuple[Name, ...]:
    try:
        return take_query_and_relations(cursor, ())[1]
    except (NotUnderstood, Unclosed):
        return ()
