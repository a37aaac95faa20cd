"""CREATE TABLE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from migrail.model.operations import CreateObject, CreateTable, Operation
from migrail.model.structure import Column, Constraint, Like, Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.read.columns import at_table_constraint, read_column, table_constraint
from migrail.sql.read.queries import take_query

_LIKE_OPTIONS = (
    *("COMMENTS", "COMPRESSION", "CONSTRAINTS", "DEFAULTS"),
    *("GENERATED", "IDENTITY", "INDEXES", "STATISTICS", "STORAGE"),
)


@dataclass(slots=True)
class _Draft:
    """A table while its clauses are read."""

    columns: list[Column] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    like: list[Like] = field(default_factory=list)
    untyped: bool = False
    """A column has no type, which PostgreSQL allows in CREATE TABLE ... AS only."""
    partition_of: Name | None = None
    partition_bound: str | None = None
    partitioned_by: str | None = None
    inherits: tuple[Name, ...] = ()
    of_type: Name | None = None
    options: list[tuple[str, str]] = field(default_factory=list)
    query: str | None = None
    strict: bool = False
    without_rowid: bool = False


def read_create_table(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... TABLE."""
    if_not_exists = cursor.if_not_exists()
    table = cursor.name()
    draft = _Draft()
    if cursor.take("PARTITION", "OF"):
        draft.partition_of = cursor.name()
        _elements(cursor, draft, typed=False)
        draft.partition_bound = partition_bound(cursor)
    elif cursor.take("OF"):
        draft.of_type = cursor.name()
        _elements(cursor, draft, typed=False)
    elif cursor.take("(", ")"):
        pass
    elif cursor.at("("):
        _elements(cursor, draft, typed=True)
    elif not _as_follows(cursor):
        cursor.unexpected()
    clauses = _SQLITE if cursor.dialect.name == "sqlite" else _POSTGRES
    while clause := cursor.take_phrase(clauses):
        start = cursor.offset
        clauses[clause](cursor, draft)
        if clause in _OPTIONS:
            draft.options.append((clause, cursor.since(start)))
    if draft.untyped and draft.query is None:
        cursor.unexpected("behind columns without types")
    return [
        CreateTable(
            table=table,
            columns=tuple(draft.columns),
            constraints=tuple(draft.constraints),
            if_not_exists=if_not_exists,
            temporary="TEMPORARY" in modifiers,
            unlogged="UNLOGGED" in modifiers,
            partition_of=draft.partition_of,
            partition_bound=draft.partition_bound,
            partitioned_by=draft.partitioned_by,
            inherits=draft.inherits,
            like=tuple(draft.like),
            of_type=draft.of_type,
            options=tuple(draft.options),
            query=draft.query,
            strict=draft.strict,
            without_rowid=draft.without_rowid,
        )
    ]


def read_virtual_table(cursor: Cursor) -> list[Operation]:
    """Takes what follows SQLite's CREATE VIRTUAL TABLE; its module decides which columns there are."""
    if cursor.dialect.name != "sqlite":
        raise NotUnderstood("only SQLite has virtual tables")
    cursor.if_not_exists()
    table = cursor.name()
    cursor.expect("USING")
    cursor.identifier()
    if cursor.at("("):
        cursor.group()
    return [CreateObject(object_type="VIRTUAL TABLE", name=table)]


def _as_follows(cursor: Cursor) -> bool:
    """Whether the clauses of CREATE TABLE name AS ... come next."""
    return cursor.word in ("AS", "USING", "WITH", "WITHOUT", "ON", "TABLESPACE")


def partition_bound(cursor: Cursor) -> str:
    """Takes FOR VALUES ... or DEFAULT; its text."""
    if cursor.take("DEFAULT"):
        return "DEFAULT"
    start = cursor.offset
    cursor.expect("FOR", "VALUES")
    if cursor.take("FROM"):
        cursor.group()
        cursor.expect("TO")
    else:
        cursor.expect_phrase(("IN", "WITH"))
    cursor.group()
    return cursor.since(start)


def _elements(cursor: Cursor, draft: _Draft, *, typed: bool) -> None:
    if not cursor.take("("):
        return
    _element(cursor, draft, typed=typed)
    while not cursor.take(")"):
        # SQLite does not ask for a comma between table constraints (parse.y, tconscomma).
        bare = cursor.dialect.name == "sqlite" and bool(draft.constraints) and at_table_constraint(cursor)
        if not bare:
            cursor.expect(",")
        _element(cursor, draft, typed=typed)


def _element(cursor: Cursor, draft: _Draft, *, typed: bool) -> None:
    if at_table_constraint(cursor):
        draft.constraints.append(table_constraint(cursor))
    elif cursor.word == "LIKE" and cursor.dialect.name != "sqlite":
        cursor.next()
        draft.like.append(_like(cursor, len(draft.columns)))
    elif typed and cursor.dialect.name != "sqlite" and cursor.at_name() and cursor.peek(1).word in (",", ")"):
        draft.columns.append(Column(name=cursor.identifier()))
        draft.untyped = True
    else:
        draft.columns.append(read_column(cursor, typed=typed))


def _like(cursor: Cursor, behind: int) -> Like:
    table = cursor.name()
    including: frozenset[str] = frozenset()
    while word := cursor.take_one(("INCLUDING", "EXCLUDING")):
        option = cursor.expect_phrase(("ALL", *_LIKE_OPTIONS))
        options = frozenset(_LIKE_OPTIONS if option == "ALL" else (option,))
        including = including | options if word == "INCLUDING" else including - options
    return Like(table, including, behind)


def _inherits(cursor: Cursor, draft: _Draft) -> None:
    draft.inherits = tuple(cursor.listed(Cursor.name))


def _partition_by(cursor: Cursor, draft: _Draft) -> None:
    start = cursor.offset
    cursor.identifier()
    cursor.group()
    draft.partitioned_by = cursor.since(start)


def _as(cursor: Cursor, draft: _Draft) -> None:
    draft.query = take_query(cursor, ("WITH NO DATA", "WITH DATA"))


def _identifier(cursor: Cursor, draft: _Draft) -> None:
    cursor.identifier()


def _group(cursor: Cursor, draft: _Draft) -> None:
    cursor.group()


def _nothing(cursor: Cursor, draft: _Draft) -> None:
    """The clause says nothing that operations hold."""


def _on_commit(cursor: Cursor, draft: _Draft) -> None:
    cursor.expect_phrase(("PRESERVE ROWS", "DELETE ROWS", "DROP"))


def _without_rowid(cursor: Cursor, draft: _Draft) -> None:
    draft.without_rowid = True
    _more_sqlite_options(cursor, draft)


def _strict(cursor: Cursor, draft: _Draft) -> None:
    draft.strict = True
    _more_sqlite_options(cursor, draft)


def _more_sqlite_options(cursor: Cursor, draft: _Draft) -> None:
    if cursor.take(","):
        _SQLITE[cursor.expect_phrase(("WITHOUT ROWID", "STRICT"))](cursor, draft)


_Clauses = dict[str, Callable[[Cursor, _Draft], None]]

_EVERYWHERE: _Clauses = {"AS": _as, "INHERITS": _inherits, "PARTITION BY": _partition_by}
_SQLITE: _Clauses = {**_EVERYWHERE, "WITHOUT ROWID": _without_rowid, "STRICT": _strict}
_POSTGRES: _Clauses = {
    **_EVERYWHERE,
    "USING": _identifier,
    "WITH": _group,
    "WITHOUT OIDS": _nothing,
    "ON COMMIT": _on_commit,
    "TABLESPACE": _identifier,
}
"""The clauses behind the columns. Their order is the server's business."""

_OPTIONS = frozenset({"USING", "WITH", "ON COMMIT", "TABLESPACE"})
