"""A table that is made anew and takes its rows along: many statements with one meaning.

SQLite's ALTER TABLE cannot change a type or a constraint, so its manual (``lang_altertable.html``, "Making Other
Kinds Of Table Schema Changes") tells to make a new table, to copy the rows, to drop the old table and to rename the
new one. Others rename the old one first, or park the rows in a table in between. What tells a rebuild is the way of
the rows: at the end a table of the old name, made by the change, holds rows of the one that was there before.

The new table may be filled in an earlier script, but it takes the name in the script in which the old one loses it:
else there is a time at which no table has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    Update,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.read.queries import take_query_and_relations
from migrail.sql.script import ReadStatement, Script

Place = tuple[int, int]
"""The place of a script among those that run together, and the number of a statement in it."""

_MAY_COPY = (Merge, Opaque, RunCode, SessionCommand)
_BEGINS_QUERY = frozenset({"SELECT", "WITH", "TABLE"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuild:
    """A table that is gone in the middle of a script and there again at its end, made by the change."""

    table: Name
    first: Place
    """The statement that takes the old table away: by DROP, or by RENAME to an interim name."""
    gone: Place | None
    """The statement that drops the old table; ``None`` where it is kept under another name."""
    last_name: Name
    """What the old table is called in the end, or when it is dropped."""
    keeps_rows: bool
    """Whether the new table got rows of the old one, or may have: by code that was not read, for example."""
    filled: frozenset[str] | None
    """The columns of the new table that got values with these rows or later; ``None``: all, or it is not known."""
    operations: tuple[Operation, ...]
    """What is done, from the first statement on, to the table and to those that lend it their name or rows."""


def rebuilds(scripts: Sequence[Script], dialect: Dialect) -> tuple[Rebuild, ...]:
    """The rebuilds of scripts that run in this order. Code in functions and DO blocks is not looked into."""
    if not any(isinstance(operation, DropTable) for script in scripts for operation in script.operations):
        return ()
    tracks = _Tracks(dialect)
    for position, script in enumerate(scripts):
        tracks.begin_session()
        for read in script.statements:
            for operation in read.operations:
                tracks.follow(operation, read, (position, read.statement.number))
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
    since: Place | None = None
    """The statement by which it got the last one."""
    taken: Place | None = None
    """The first statement by which it lost its first name."""
    dropped: Place | None = None
    filled: set[str] | None = field(default_factory=set)
    """As in :class:`Rebuild`."""
    temporary: bool = False

    def fill(self, columns: Iterable[str] | None) -> None:
        self.filled = None if columns is None or self.filled is None else {*self.filled, *columns}


class _Tracks:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.current: dict[Name, _Relation] = {}
        self.all: list[_Relation] = []
        self.done: dict[Name, list[tuple[int, Place, Operation]]] = {}
        """Name → place among all, statement, and operation on what is called so at the time."""
        self.count = 0
        self.sees_all = True

    def begin_session(self) -> None:
        """Temporary tables are gone."""
        self.current = {name: table for name, table in self.current.items() if not table.temporary}

    def follow(self, operation: Operation, read: ReadStatement, place: Place) -> None:
        if isinstance(operation, _MAY_COPY):
            self.sees_all = False
        if not isinstance(operation, TableOperation):
            return
        name = self.full(operation.table)
        self.count += 1
        match operation:
            case CreateTable():
                self.make(operation, name, place)
            case Insert():
                if name in self.current:
                    self.copy(self.current[name], _rows_of(read, self.dialect), operation.columns)
            case Update():
                if name in self.current:
                    self.current[name].fill(operation.columns)
            case RenameTable():
                self.rename(name, Name(name.schema, operation.new_name), place)
            case DropTable():
                self.drop(name, place)
        self.done.setdefault(name, []).append((self.count, place, operation))

    def full(self, name: Name) -> Name:
        return Name(self.dialect.default_schema, name.name) if name.schema is None else name

    def make(self, operation: CreateTable, name: Name, place: Place) -> None:
        made = self.add(name, made_here=True)
        made.since, made.temporary = place, operation.temporary
        if operation.query is not None:
            self.copy(made, _relations(Cursor(operation.query, self.dialect)), None)

    def copy(self, made: _Relation, read: tuple[Name, ...], columns: Iterable[str] | None) -> None:
        for name in read:
            made.origins |= self.known(self.full(name)).origins
        if read:
            made.fill(columns)

    def known(self, name: Name) -> _Relation:
        return self.current.get(name) or self.add(name, made_here=False)

    def add(self, name: Name, *, made_here: bool) -> _Relation:
        found = _Relation(name, made_here, set() if made_here else {name}, [name])
        self.current[name] = found
        self.all.append(found)
        return found

    def rename(self, old: Name, new: Name, place: Place) -> None:
        moved = self.known(old)
        del self.current[old]
        moved.taken, moved.since = moved.taken or place, place
        moved.names.append(new)
        self.current[new] = moved

    def drop(self, name: Name, place: Place) -> None:
        gone = self.known(name)
        del self.current[name]
        gone.taken, gone.dropped = gone.taken or place, place

    def rebuilt(self) -> Iterator[Rebuild]:
        for old in self.all:
            new = self.current.get(old.first_name)
            if old.made_here or old.taken is None or new is None or not new.made_here:
                continue
            if new.since is None or new.since[0] != old.taken[0]:
                continue
            names = {*old.names, *new.names}
            done = sorted((item for name in names for item in self.done.get(name, ())), key=lambda item: item[0])
            yield Rebuild(
                table=old.first_name,
                first=old.taken,
                gone=old.dropped,
                last_name=old.names[-1],
                keeps_rows=old.first_name in new.origins or not self.sees_all,
                filled=None if new.filled is None or not self.sees_all else frozenset(new.filled),
                operations=tuple(operation for _, place, operation in done if place >= old.taken),
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
