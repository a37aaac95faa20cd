"""Statement → operations. One module for each family of statements; this one finds the right one."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import Opaque, Operation, SessionCommand
from migrail.model.text import visible
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import BLANKS, Unclosed
from migrail.sql.read.alter import read_alter
from migrail.sql.read.create import read_create
from migrail.sql.read.data import read_copy, read_data, read_truncate
from migrail.sql.read.drop import read_drop
from migrail.sql.read.indexes import read_reindex
from migrail.sql.read.maintenance import (
    read_analyze,
    read_checkpoint,
    read_cluster,
    read_lock,
    read_vacuum,
)
from migrail.sql.read.privileges import read_comment, read_grant, read_revoke, read_security_label
from migrail.sql.read.session import (
    read_attach,
    read_begin,
    read_call,
    read_close,
    read_commit,
    read_deallocate,
    read_declare,
    read_detach,
    read_discard,
    read_do,
    read_execute,
    read_fetch,
    read_import,
    read_listen,
    read_load,
    read_notify,
    read_pragma,
    read_prepare,
    read_reassign,
    read_release,
    read_reset,
    read_rollback,
    read_savepoint,
    read_set,
    read_show,
    read_start,
    read_unlisten,
)
from migrail.sql.read.tails import is_on, options
from migrail.sql.read.views import read_refresh
from migrail.sql.source import Source
from migrail.sql.words import words

__all__ = ["read", "read_source"]

Reader = Callable[[Cursor], list[Operation]]

_DATA = ("SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE")

_EVERYWHERE: dict[str, Reader] = {
    "CREATE": read_create,
    "ALTER": read_alter,
    "DROP": read_drop,
    "TRUNCATE": read_truncate,
    "REFRESH": read_refresh,
    "REINDEX": read_reindex,
    "VACUUM": read_vacuum,
    "ANALYZE": read_analyze,
    "BEGIN": read_begin,
    "COMMIT": read_commit,
    "END": read_commit,
    "ROLLBACK": read_rollback,
    "SAVEPOINT": read_savepoint,
    "RELEASE": read_release,
    "GRANT": read_grant,
    "REVOKE": read_revoke,
    "COMMENT": read_comment,
    "LOCK": read_lock,
    "DO": read_do,
    "CALL": read_call,
}
"""What every dialect knows, or refuses in words of its own."""

_POSTGRES: dict[str, Reader] = {
    **_EVERYWHERE,
    "COPY": read_copy,
    "ANALYSE": read_analyze,
    "CLUSTER": read_cluster,
    "CHECKPOINT": read_checkpoint,
    "SECURITY": read_security_label,
    "SET": read_set,
    "RESET": read_reset,
    "SHOW": read_show,
    "START": read_start,
    "ABORT": read_rollback,
    "EXECUTE": read_execute,
    "PREPARE": read_prepare,
    "DEALLOCATE": read_deallocate,
    "LISTEN": read_listen,
    "UNLISTEN": read_unlisten,
    "NOTIFY": read_notify,
    "DISCARD": read_discard,
    "LOAD": read_load,
    "DECLARE": read_declare,
    "FETCH": read_fetch,
    "MOVE": read_fetch,
    "CLOSE": read_close,
    "IMPORT": read_import,
    "REASSIGN": read_reassign,
}

_SQLITE: dict[str, Reader] = {
    **_EVERYWHERE,
    "PRAGMA": read_pragma,
    "ATTACH": read_attach,
    "DETACH": read_detach,
}

_READERS: dict[str, dict[str, Reader]] = {"postgres": _POSTGRES, "sqlite": _SQLITE}
_DATA_WORDS: dict[str, frozenset[str]] = {
    "postgres": frozenset({*_DATA, "MERGE", "TABLE", "("}),
    "sqlite": frozenset({*_DATA, "REPLACE"}),
}


def read(statement: Statement, dialect: Dialect) -> tuple[Operation, ...]:
    """What a statement means: one :class:`Opaque` where any part of it is not understood."""
    return read_source(Source.of(statement), dialect)


def read_source(source: Source, dialect: Dialect) -> tuple[Operation, ...]:
    """The same for a statement that may stand in code."""
    cursor = Cursor(source.text, dialect, source)
    try:
        found = _read(cursor)
        if not cursor.done:
            cursor.unexpected()
    except NotUnderstood as failure:
        return (Opaque(keyword=_keyword(source.text), reason=failure.reason),)
    except Unclosed as unclosed:
        return (Opaque(keyword=_keyword(source.text), reason=f"a {unclosed.what} never ends"),)
    return tuple(found)


def _read(cursor: Cursor) -> list[Operation]:
    word = cursor.word
    if cursor.dialect.name in ("mysql", "mariadb"):
        from migrail.sql.read.mysql.statements import read_statement  # a fifth of all readers

        return read_statement(cursor)
    if word in _DATA_WORDS[cursor.dialect.name]:
        return read_data(cursor)
    if word == "EXPLAIN":
        return _read_explain(cursor)
    reader = _READERS[cursor.dialect.name].get(word)
    if reader is None:
        cursor.unexpected("where a statement should begin")
    cursor.next()
    return reader(cursor)


_EXPLAINED = _DATA_WORDS["postgres"] | {"DECLARE", "CREATE", "REFRESH", "EXECUTE"}
"""First words of what EXPLAIN of PostgreSQL takes (gram.y, ExplainableStmt)."""


def _read_explain(cursor: Cursor) -> list[Operation]:
    """EXPLAIN ANALYZE runs its statement, and so means what that means."""
    cursor.next()
    runs = False
    if cursor.dialect.name == "sqlite":
        cursor.take("QUERY", "PLAN")
    elif cursor.at("("):
        runs = is_on(options(cursor), "ANALYZE")
    else:
        runs = bool(cursor.take_one(("ANALYZE", "ANALYSE")))
        cursor.take("VERBOSE")
    if cursor.at("EXPLAIN"):
        cursor.unexpected()
    if cursor.dialect.name == "postgres" and cursor.word not in _EXPLAINED:
        cursor.unexpected("where a statement that can be explained should stand")
    found = _read(cursor)
    return [SessionCommand(verb="EXPLAIN"), *(found if runs else ())]


_KEYWORDS = words(
    """
    ACCESS AGGREGATE ALTER ANALYZE ATTACH BEGIN CALL CAST CLUSTER COLLATION COMMENT COMMIT CONFIGURATION
    CONSTRAINT CONVERSION COPY CREATE DATA DATABASE DEFAULT DELETE DETACH DICTIONARY DISCARD DO DOMAIN DROP
    EVENT EXECUTE EXPLAIN EXTENSION FOREIGN FROM FULLTEXT FUNCTION GLOBAL GRANT INDEX INSERT INTO LANGUAGE
    LOCAL LOCK MATERIALIZED MERGE METHOD ON OPERATOR OR PARSER POLICY PRAGMA PREPARE PRIVILEGES PROCEDURAL
    PROCEDURE PUBLICATION RECURSIVE REFRESH REINDEX RELEASE RENAME REPLACE RESET REVOKE ROLE ROLLBACK
    ROUTINE RULE SAVEPOINT SCHEMA SEARCH SELECT SEQUENCE SERVER SET SHOW START STATISTICS SUBSCRIPTION
    SYSTEM TABLE TABLES TABLESPACE TEMP TEMPLATE TEMPORARY TEXT TRANSACTION TRIGGER TRUNCATE TYPE UNIQUE
    UNLOGGED UPDATE USE USER VACUUM VALUES VIEW VIRTUAL WITH WRAPPER
    """
)


_FIRST = re.compile(f"[{BLANKS}]")
_LEADING = re.compile(r"(?:\s|/\*M?![0-9]*|\*/)*+([A-Za-z]+)\b")


def _keyword(text: str) -> str:
    """The leading words of a statement, in capitals."""
    found: list[str] = []
    position = 0
    while (word := _LEADING.match(text, position)) and word[1].upper() in _KEYWORDS and len(found) < 4:
        found.append(word[1].upper())
        position = word.end()
    return " ".join(found) or visible(_FIRST.split(text[:20])[0].upper())
