"""Statements that read and change rows: SELECT, INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY, also behind WITH.

Only their heads, the columns of SET and the WHERE of UPDATE and DELETE are read; the rest goes by token after
token, so that an INSERT of many megabytes takes no memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from migrail.model.operations import (
    CreateTable,
    Delete,
    Insert,
    Merge,
    Operation,
    Select,
    SetVariable,
    Truncate,
    Update,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.expressions import functions_in
from migrail.sql.lexer import Kind, Token, tokens
from migrail.sql.read.tails import anything

_ENDS_SET = frozenset({"FROM", "WHERE", "RETURNING", "ORDER", "LIMIT"})
_BEHIND_DELETE = ("WHERE", "RETURNING", "ORDER", "LIMIT", ")")
_BEGINS_QUERY = frozenset({"SELECT", "VALUES", "TABLE", "WITH", "("})
_BEHIND_TABLE = frozenset(
    {"UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "ON", "RETURNING", ")"}
)
"""What may follow ``TABLE name``, also as the rows of an INSERT."""
_CALL = re.compile(r"(?<![\w\"])(?!(?:VALUES|IN|AS|INTO|AND|OR|CONFLICT|INSERT)\b)[\w\"]++\s*+\(", re.IGNORECASE)
"""What may be a call; also where it stands in a string."""
_DANGLING = re.compile(
    r"(?:[^\w\".])(AS\s+)?(?:WHERE|FROM|RETURNING|ON|ON\s+CONFLICT|GROUP|ORDER|HAVING|LIMIT|UNION|INTERSECT|EXCEPT)\s*\Z",
    re.IGNORECASE,
)
"""Words of PostgreSQL that begin a clause, and are no name but behind AS (kwlist.h), at the end of a text."""
_BEGINS_ROWS = frozenset({"VALUES", "SELECT", "WITH", "DEFAULT", "OVERRIDING", "TABLE", "("})


def read_data(cursor: Cursor) -> list[Operation]:
    """Takes a statement from its first word on: WITH, SELECT, INSERT and the like.

    Data-modifying WITH queries give operations of their own, before that of the statement. Functions called in
    other WITH queries count as called by the SELECT behind them.
    """
    if cursor.index == 0 and ";" in cursor.text:
        _refuse_semicolons(cursor)
    found: list[Operation] = []
    functions: dict[str, None] = {}
    depth = 0
    while True:
        if cursor.take("WITH"):
            cursor.take("RECURSIVE")
            depth += _with_query(cursor)
            continue
        operation = _main(cursor, inner=depth > 0)
        if isinstance(operation, Select):
            functions |= dict.fromkeys(operation.functions)
            if not depth:
                found.append(Select(functions=tuple(functions)))
        else:
            found.append(operation)
        if not depth:
            _complete(cursor)
            return found
        cursor.expect(")")
        depth -= 1
        _behind_with_query(cursor)
        if cursor.take(","):
            depth += _with_query(cursor)


def _refuse_semicolons(cursor: Cursor) -> None:
    """One in parentheses ends no statement for the splitter, as for psql, and is an error for every server."""
    for token in tokens(cursor.text, cursor.dialect.lexical):
        if token.word == ";":
            raise NotUnderstood(f"unexpected ; (line {cursor.source.line(token.start)})")


def _complete(cursor: Cursor) -> None:
    """A statement of PostgreSQL does not end with the first word of a clause."""
    if cursor.dialect.name == "postgres":
        cut = _DANGLING.search(cursor.text, max(0, len(cursor.text) - _LONGEST_ENDING))
        if cut is not None and not cut[1]:
            cursor.unexpected("behind the first word of a clause")


_LONGEST_ENDING = 40


def _with_query(cursor: Cursor) -> int:
    """Takes the head of a WITH query up to its opening parenthesis; how many are open more."""
    cursor.identifier()
    if cursor.at("("):
        cursor.names()
    cursor.expect("AS")
    cursor.take_phrase(("NOT MATERIALIZED", "MATERIALIZED"))
    cursor.expect("(")
    return 1


def _behind_with_query(cursor: Cursor) -> None:
    if cursor.take("SEARCH"):
        cursor.expect_phrase(("BREADTH FIRST BY", "DEPTH FIRST BY"))
        cursor.commas(Cursor.identifier)
        cursor.expect("SET")
        cursor.identifier()
    if cursor.take("CYCLE"):
        cursor.commas(Cursor.identifier)
        cursor.expect("SET")
        cursor.identifier()
        if cursor.take("TO"):
            cursor.value()
            cursor.expect("DEFAULT")
            cursor.value()
        cursor.expect("USING")
        cursor.identifier()


def _main(cursor: Cursor, *, inner: bool) -> Operation:
    """Takes a statement; ``inner`` ones end at a parenthesis, the outermost at the end of the text."""
    word = cursor.word
    if word in ("SELECT", "VALUES", "TABLE", "("):
        return _select(cursor, inner=inner)
    change = _CHANGES.get(word)
    if change is None:
        cursor.unexpected()
    cursor.next()
    operation = change(cursor)
    if inner:
        for _ in _body(cursor):
            pass
    elif word not in ("UPDATE", "DELETE"):
        cursor.rest()
    return operation


def _body(cursor: Cursor) -> Iterator[tuple[Token, int]]:
    """Takes token after token up to the parenthesis that closes what is around them, each with its depth."""
    depth = 0
    while not cursor.done:
        word = cursor.word
        if word == ")":
            if not depth:
                return
            depth -= 1
        yield cursor.drop(), depth
        if word == "(":
            depth += 1
    if depth:
        cursor.unexpected("before a parenthesis is closed")


def _select(cursor: Cursor, *, inner: bool) -> Operation:
    if cursor.take("TABLE"):
        table_of_list(cursor)
        if not cursor.done and cursor.word not in _BEHIND_TABLE:
            cursor.unexpected()
    elif cursor.at("(") and cursor.peek(1).word not in _BEGINS_QUERY:
        cursor.unexpected()
    target: list[CreateTable] = []

    def watched() -> Iterator[Token]:
        for token, depth in _body(cursor):
            yield token
            if token.word == "INTO" and not inner and not depth and cursor.dialect.name == "postgres":
                target.append(_into(cursor))

    setting = None if inner else _setting(cursor)
    if setting is not None:
        return setting
    functions = functions_in(cursor, watched())
    if target:
        return target[0]
    return Select(functions=functions)


_SET_CONFIG = re.compile(
    r"\s*SELECT\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'([\w.]+)'\s*,\s*'((?:[^']|'')*)'\s*,"
    r"\s*(true|false|'[a-z]+')\s*\)\s*(?:AS\s+\w+\s*)?",
    re.IGNORECASE,
)


_PATH_COMPUTED = re.compile(
    r"\s*SELECT\s+(?:pg_catalog\s*\.\s*)?set_config\s*\(\s*'search_path'\s*,\s*[^'\s(][^'(]*\)\s*$", re.IGNORECASE
)
"""Gives a search path back that was put into a variable."""


def _setting(cursor: Cursor) -> SetVariable | None:
    """``SELECT set_config('search_path', 'app', false)`` alone is as good as SET; pg_dump writes it so."""
    found = _SET_CONFIG.fullmatch(cursor.text) if cursor.dialect.name == "postgres" else None
    if found is None and cursor.dialect.name == "postgres" and _PATH_COMPUTED.match(cursor.text):
        cursor.rest()
        return SetVariable(variable="search_path", value=None)
    if found is None:
        return None
    cursor.rest()
    value = found[2].replace("''", "'")
    if found[1].lower() != "search_path":
        value = f"'{found[2]}'"
    local = found[3].strip("'").lower() in ("true", "t", "on", "yes")
    return SetVariable(variable=found[1].lower(), value=value or "''", local=local)


def _into(cursor: Cursor) -> CreateTable:
    """SELECT ... INTO makes a table (PostgreSQL)."""
    temporary = bool(cursor.take_phrase(("LOCAL TEMPORARY", "LOCAL TEMP", "TEMPORARY", "TEMP")))
    unlogged = cursor.take("UNLOGGED")
    cursor.take("TABLE")
    return CreateTable(table=cursor.name(), temporary=temporary, unlogged=unlogged, query=cursor.text)


def _or_conflict(cursor: Cursor) -> None:
    if cursor.dialect.name == "sqlite" and cursor.take("OR"):
        cursor.expect_phrase(("REPLACE", "ROLLBACK", "ABORT", "FAIL", "IGNORE"))


def _insert(cursor: Cursor) -> Operation:
    _or_conflict(cursor)
    cursor.expect("INTO")
    table = cursor.name()
    if cursor.take("AS"):
        cursor.identifier()
    columns = None
    if cursor.at("(") and cursor.peek(1).word not in ("SELECT", "WITH", "VALUES", "TABLE", "("):
        columns = tuple(cursor.listed(_target_column))
    if cursor.word not in _BEGINS_ROWS:
        cursor.unexpected()
    return Insert(table=table, columns=columns, functions=_called(cursor))


def _called(cursor: Cursor) -> tuple[str, ...]:
    """The functions that the rest calls; rows of constants, however many, are not looked at one by one."""
    if not _CALL.search(cursor.text, cursor.offset):
        return ()
    return functions_in(cursor, (token for token, _ in _body(cursor)))


def _target_column(cursor: Cursor) -> str:
    """Takes a column, and the field or element of it that is written (PostgreSQL)."""
    column = cursor.identifier()
    while True:
        if cursor.take("."):
            cursor.label()
        elif cursor.at("["):
            cursor.group()
        else:
            return column


def _changed_table(cursor: Cursor) -> Name:
    """Takes the table of an UPDATE, DELETE or MERGE with its alias."""
    only = cursor.dialect.name != "sqlite" and cursor.take("ONLY")
    parenthesis = only and cursor.take("(")
    table = cursor.name()
    if parenthesis:
        cursor.expect(")")
    cursor.take("*")
    sqlite = cursor.dialect.name == "sqlite"
    if cursor.take("AS") or (not sqlite and cursor.at_name() and cursor.word != "SET"):
        cursor.identifier()
    if sqlite and cursor.take("INDEXED", "BY"):
        cursor.identifier()
    elif sqlite:
        cursor.take("NOT", "INDEXED")
    return table


def _update(cursor: Cursor) -> Operation:
    _or_conflict(cursor)
    table = _changed_table(cursor)
    cursor.expect("SET")
    setting = _Setting(cursor)
    functions = functions_in(cursor, setting.watched())
    if not setting.columns or setting.open:
        cursor.unexpected()
    return Update(table=table, columns=tuple(setting.columns), has_where=setting.has_where, functions=functions)


class _Setting:
    """Goes through what follows SET, and finds the columns on the left sides."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.columns: dict[str, None] = {}
        self.has_where = False
        self.open = False
        """A column was named without a value."""
        self._assigning = self._target = True
        self._brackets = 0
        self._previous = ""

    def watched(self) -> Iterator[Token]:
        """All tokens up to the end of the statement."""
        for token, depth in _body(self.cursor):
            self._look(token, top=not depth and not self._brackets)
            self._previous = token.word
            yield token
        self.open = self.open or (self._assigning and self._target)

    def _look(self, token: Token, *, top: bool) -> None:
        word = token.word
        if word in ("[", "]"):
            self._brackets += 1 if word == "[" else -1
        elif top and word in _ENDS_SET and (word, self._previous) != ("FROM", "DISTINCT"):
            if self._assigning:
                self.open = self._target
            self._assigning = False
            if word in ("ORDER", "LIMIT") and self.cursor.dialect.name == "postgres":
                self.cursor.unexpected(f"behind {word}, which UPDATE of PostgreSQL does not have")
            self.has_where = self.has_where or word == "WHERE"
        elif self._assigning and top and word == ",":
            self._target = True
        elif top and word == "=":
            self._target = False
        elif self._at_target(token):
            self.columns[self.cursor.folded(token)] = None

    def _at_target(self, token: Token) -> bool:
        """Whether the token names a column on a left side, and no field or element of one."""
        open_ = self._assigning and self._target and not self._brackets
        return open_ and token.kind in (Kind.WORD, Kind.NAME) and self._previous != "."


def _delete(cursor: Cursor) -> Operation:
    cursor.expect("FROM")
    table = _changed_table(cursor)
    follow = ("USING", "WHERE", "RETURNING", ")") if cursor.dialect.name == "postgres" else _BEHIND_DELETE
    if not cursor.done and cursor.word not in follow:
        cursor.unexpected()
    found: list[bool] = []

    def watched() -> Iterator[Token]:
        for token, depth in _body(cursor):
            if not depth and token.word == "WHERE":
                found.append(True)
            yield token

    functions = functions_in(cursor, watched())
    return Delete(table=table, has_where=bool(found), functions=functions)


def _merge(cursor: Cursor) -> Operation:
    cursor.take("INTO")
    table = _changed_table(cursor)
    if not cursor.at("USING"):
        cursor.unexpected("where USING should stand")
    return Merge(table=table, functions=_called(cursor))


_CHANGES: dict[str, Callable[[Cursor], Operation]] = {
    "INSERT": _insert,
    "REPLACE": _insert,
    "UPDATE": _update,
    "DELETE": _delete,
    "MERGE": _merge,
}


def read_truncate(cursor: Cursor) -> list[Operation]:
    """Takes what follows TRUNCATE."""
    cursor.take("TABLE")
    tables = cursor.commas(table_of_list)
    cursor.take_phrase(("RESTART IDENTITY", "CONTINUE IDENTITY"))
    cascade = cursor.cascade()
    return [Truncate(table=table, cascade=cascade) for table in tables]


def table_of_list(cursor: Cursor) -> Name:
    """Takes ``[ONLY] name [*]``."""
    cursor.take("ONLY")
    table = cursor.name()
    cursor.take("*")
    return table


def _copied(cursor: Cursor) -> list[Operation]:
    """Takes the query of COPY (...) TO, which may change rows and return them."""
    if cursor.at("WITH"):
        for _ in _body(cursor):
            pass
        return [Select()]
    return [_main(cursor, inner=True)]


def read_copy(cursor: Cursor) -> list[Operation]:
    """Takes what follows COPY. COPY ... TO only reads."""
    if cursor.take("("):
        found = _copied(cursor)
        cursor.expect(")")
        cursor.expect("TO")
        anything(cursor)
        return found
    cursor.take("BINARY")
    table = cursor.name()
    columns = cursor.names() if cursor.at("(") else None
    direction = cursor.expect_phrase(("FROM", "TO"))
    if cursor.done:
        cursor.unexpected()
    anything(cursor)
    return [Insert(table=table, columns=columns) if direction == "FROM" else Select()]
