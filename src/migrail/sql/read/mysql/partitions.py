"""The partitions of tables of MySQL and MariaDB."""

from __future__ import annotations

from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.tails import Tail


def partition_by(cursor: Cursor) -> str:
    """Takes PARTITION BY and all that belongs to it; the method with its columns or expression."""
    cursor.expect("PARTITION", "BY")
    text = "LINEAR " if cursor.take("LINEAR") else ""
    method = cursor.expect_phrase(("HASH", "KEY", "RANGE", "LIST", "SYSTEM_TIME"))
    text += method
    if method == "KEY" and cursor.take("ALGORITHM"):
        cursor.expect("=")
        cursor.number()
    if cursor.take("COLUMNS"):
        text += " COLUMNS"
    if method == "SYSTEM_TIME":
        _system_time(cursor)
    else:
        text += f" ({cursor.group()})"
    if cursor.take("PARTITIONS"):
        cursor.number()
    if cursor.take("SUBPARTITION", "BY"):
        cursor.take("LINEAR")
        cursor.expect_phrase(("HASH", "KEY"))
        if cursor.take("ALGORITHM"):
            cursor.expect("=")
            cursor.number()
        cursor.group()
        if cursor.take("SUBPARTITIONS"):
            cursor.number()
    if cursor.at("(", "PARTITION"):
        cursor.group()
    return text


def _system_time(cursor: Cursor) -> None:
    if cursor.take("INTERVAL"):
        cursor.next()
        cursor.next()
        if cursor.take("STARTS"):
            cursor.next()
            if cursor.peek().kind is Kind.STRING:
                cursor.next()
    elif cursor.take("LIMIT"):
        cursor.number()
    cursor.take("AUTO")


# ALTER TABLE


def added(cursor: Cursor) -> None:
    """Takes what follows ADD PARTITION."""
    cursor.if_not_exists()
    cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
    if cursor.take("PARTITIONS"):
        cursor.number()
    else:
        cursor.group()


def dropped(cursor: Cursor) -> None:
    """Takes what follows DROP PARTITION."""
    cursor.if_exists()
    cursor.commas(Cursor.identifier)


def named(cursor: Cursor) -> None:
    """Takes the names of partitions, or ALL, and the options of maintenance."""
    cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
    if not cursor.take("ALL"):
        cursor.commas(Cursor.identifier)
    while cursor.take_one(("QUICK", "FAST", "MEDIUM", "EXTENDED", "CHANGED", "USE_FRM")) or cursor.take(
        "FOR", "UPGRADE"
    ):
        pass


def _tablespace(cursor: Cursor) -> None:
    if not cursor.take("ALL"):
        cursor.commas(Cursor.identifier)
    cursor.expect("TABLESPACE")


def _coalesce(cursor: Cursor) -> None:
    cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
    cursor.number()


def _reorganize(cursor: Cursor) -> None:
    cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
    if cursor.done:
        return
    cursor.commas(Cursor.identifier)
    cursor.expect("INTO")
    cursor.group()


def _exchange(cursor: Cursor) -> None:
    cursor.identifier()
    cursor.expect("WITH", "TABLE")
    cursor.name()
    cursor.take_phrase(("WITH VALIDATION", "WITHOUT VALIDATION"))


FORMS: dict[str, Tail] = {
    "DISCARD PARTITION": _tablespace,
    "IMPORT PARTITION": _tablespace,
    "COALESCE PARTITION": _coalesce,
    "REORGANIZE PARTITION": _reorganize,
    "EXCHANGE PARTITION": _exchange,
    "ANALYZE PARTITION": named,
    "CHECK PARTITION": named,
    "OPTIMIZE PARTITION": named,
    "REBUILD PARTITION": named,
    "REPAIR PARTITION": named,
    "REMOVE PARTITIONING": tails.nothing,
    "UPGRADE PARTITIONING": tails.nothing,
}
"""Forms without an operation of their own, and what follows their words."""
