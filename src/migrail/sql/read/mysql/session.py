"""Settings, transactions, privileges, maintenance and other statements of MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Callable

from migrail.model.operations import (
    Grant,
    LockTable,
    Maintain,
    Operation,
    RunCode,
    SessionCommand,
    SetVariable,
    TransactionControl,
)
from migrail.model.structure import Name
from migrail.sql.code import read_code
from migrail.sql.code.mysql import run_now
from migrail.sql.code.texts import Texts
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read.mysql.accounts import account
from migrail.sql.read.mysql.alter_table import renamed_table, wait
from migrail.sql.read.mysql.types import charset_name, take_charset
from migrail.sql.read.tails import anything

Reader = Callable[[Cursor], list[Operation]]

# SET

_SCOPES = ("GLOBAL", "SESSION", "LOCAL", "PERSIST_ONLY", "PERSIST")


def read_set(cursor: Cursor) -> list[Operation]:
    """Takes what follows SET; one operation for each variable."""
    start = cursor.index
    scope = cursor.take_one(_SCOPES)
    if cursor.take("TRANSACTION"):
        cursor.commas(_mode)
        return [TransactionControl(verb="SET TRANSACTION")]
    cursor.index = start
    if verb := cursor.take_phrase(("PASSWORD", "DEFAULT ROLE", "RESOURCE GROUP")):
        if cursor.done:
            cursor.unexpected()
        anything(cursor)
        return [SessionCommand(verb=f"SET {verb}")]
    if cursor.at("ROLE") and cursor.peek(1).word != "=":
        cursor.next()
        return [SetVariable(variable="role", value=_value(cursor))]
    found: list[Operation] = [_variable(cursor, scope)]
    while cursor.take(","):
        found.append(_variable(cursor, scope))
    return found


def _mode(cursor: Cursor) -> None:
    cursor.expect_phrase(
        (
            *("ISOLATION LEVEL SERIALIZABLE", "ISOLATION LEVEL REPEATABLE READ", "ISOLATION LEVEL READ COMMITTED"),
            *("ISOLATION LEVEL READ UNCOMMITTED", "READ WRITE", "READ ONLY"),
        )
    )


def _variable(cursor: Cursor, scope: str) -> Operation:
    if cursor.take("NAMES"):
        value = charset_name(cursor)
        if cursor.take("COLLATE"):
            charset_name(cursor)
        return SetVariable(variable="names", value=value)
    if take_charset(cursor):
        cursor.take("=")
        return SetVariable(variable="character set", value=charset_name(cursor))
    if cursor.take("@", "@"):
        name = _path(cursor)
    elif cursor.take("@"):
        token = cursor.peek()
        name = "@" + (cursor.string() if token.kind is Kind.STRING else _path(cursor))
    else:
        scope = cursor.take_one(_SCOPES) or scope
        name = _path(cursor)
        if scope == "GLOBAL":
            name = f"global.{name}"
    if not cursor.take("="):
        cursor.expect(":", "=")
    return SetVariable(variable=name.lower(), value=_value(cursor))


def _path(cursor: Cursor) -> str:
    parts = [cursor.label()]
    while cursor.take("."):
        parts.append(cursor.label())
    return ".".join(part for part in parts if part.upper() not in ("SESSION", "LOCAL"))


def _value(cursor: Cursor) -> str:
    start, first = cursor.offset, cursor.index
    while not cursor.done and cursor.word != ",":
        if cursor.at("("):
            cursor.group()
        elif cursor.at(")"):
            cursor.unexpected()
        else:
            cursor.next()
    if cursor.index == first:
        cursor.unexpected("where a value should stand")
    return cursor.since(start)


# Transactions


def _control(verb: str) -> list[Operation]:
    return [TransactionControl(verb=verb)]


def read_begin(cursor: Cursor) -> list[Operation]:
    """Takes what follows BEGIN: WORK, nothing, or NOT ATOMIC and a whole block (MariaDB)."""
    if cursor.at("NOT", "ATOMIC"):
        return read_block(cursor, "BEGIN NOT ATOMIC")
    cursor.take("WORK")
    return _control("BEGIN")


def read_block(cursor: Cursor, verb: str) -> list[Operation]:
    """Takes the rest of a compound statement outside of routines, whose first word was taken."""
    start = cursor.peek(-1).start
    while not cursor.done:
        cursor.next()
    body = cursor.source.part(start, cursor.peek(-1).end)
    code = read_code(body, "sql", cursor.dialect)
    return [
        RunCode(verb=verb, language="sql", body=body.text, operations=code.operations, unread=code.unread),
    ]


def _block(word: str) -> Reader:
    """MariaDB alone takes these outside of routines, without labels."""

    def read(cursor: Cursor) -> list[Operation]:
        if cursor.dialect.name != "mariadb":
            cursor.index -= 1
            cursor.unexpected("outside of a routine")
        return read_block(cursor, word)

    return read


def read_start(cursor: Cursor) -> list[Operation]:
    """Takes what follows START: a transaction or replication."""
    if not cursor.take("TRANSACTION"):
        return _command("START", "SLAVE", "REPLICA", "GROUP_REPLICATION", "ALL")(cursor)
    while not cursor.done:
        cursor.expect_phrase(("WITH CONSISTENT SNAPSHOT", "READ ONLY", "READ WRITE"))
        if cursor.take(",") and cursor.done:
            cursor.unexpected()
    return _control("BEGIN")


def _end(verb: str) -> Reader:
    def read(cursor: Cursor) -> list[Operation]:
        cursor.take("WORK")
        if verb == "ROLLBACK" and cursor.take("TO"):
            cursor.take("SAVEPOINT")
            cursor.inner()
            return _control("ROLLBACK TO")
        chain = cursor.take_phrase(("AND NO CHAIN", "AND CHAIN")) == "AND CHAIN"
        cursor.take_phrase(("NO RELEASE", "RELEASE"))
        return _control(f"{verb} AND CHAIN" if chain else verb)

    return read


def _savepoint(cursor: Cursor) -> list[Operation]:
    cursor.inner()
    return _control("SAVEPOINT")


def _release(cursor: Cursor) -> list[Operation]:
    cursor.expect("SAVEPOINT")
    cursor.inner()
    return _control("RELEASE")


def _xa(cursor: Cursor) -> list[Operation]:
    verb = cursor.expect_phrase(("START", "BEGIN", "END", "PREPARE", "COMMIT", "ROLLBACK", "RECOVER"))
    anything(cursor)
    return _control(f"XA {verb}")


# Tables


def _lock(cursor: Cursor) -> list[Operation]:
    if cursor.take("INSTANCE", "FOR", "BACKUP"):
        return [SessionCommand(verb="LOCK INSTANCE")]
    cursor.expect_phrase(("TABLES", "TABLE"))
    found: list[Operation] = list(cursor.commas(_locked))
    wait(cursor)
    return found


def _locked(cursor: Cursor) -> LockTable:
    table = cursor.name()
    if cursor.take("AS") or cursor.at_name():
        cursor.identifier()
    mode = cursor.expect_phrase(
        ("READ LOCAL", "READ", "WRITE CONCURRENT", "LOW_PRIORITY WRITE", "CONCURRENT WRITE", "WRITE")
    )
    return LockTable(table=table, mode=mode)


def _rename(cursor: Cursor) -> list[Operation]:
    if cursor.take("USER"):
        if cursor.done:
            cursor.unexpected()
        anything(cursor)
        return [SessionCommand(verb="RENAME USER")]
    cursor.expect_phrase(("TABLES", "TABLE"))
    cursor.if_exists()
    return [operation for pair in cursor.commas(_renamed) for operation in pair]


def _renamed(cursor: Cursor) -> list[Operation]:
    table = cursor.name()
    wait(cursor)
    cursor.expect("TO")
    return renamed_table(table, cursor.name())


def _maintain(verb: str) -> Reader:
    def read(cursor: Cursor) -> list[Operation]:
        cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
        if not cursor.take_one(("TABLES", "TABLE", "VIEW")):
            cursor.unexpected("where TABLE should stand")
        tables = cursor.commas(Cursor.name)
        anything(cursor)
        return [Maintain(verb=verb, table=table) for table in tables]

    return read


# Privileges


def _grant(verb: str, direction: str) -> Reader:
    def read(cursor: Cursor) -> list[Operation]:
        if verb == "REVOKE":
            cursor.if_exists()
        names: list[Name | None] = []
        while not cursor.at(direction):
            if cursor.take("ON"):
                names.append(_granted_on(cursor))
            elif cursor.at("("):
                cursor.group()
            else:
                cursor.next()
        cursor.next()
        if cursor.done:
            cursor.unexpected()
        anything(cursor)
        return [Grant(verb=verb, name=name) for name in names] or [Grant(verb=verb)]

    return read


def _granted_on(cursor: Cursor) -> Name | None:
    """Takes what is granted on; ``*`` and ``*.*`` have no name."""
    if cursor.take_one(("TABLE", "FUNCTION", "PROCEDURE", "PACKAGE")):
        cursor.take("BODY")
    if cursor.take("*"):
        cursor.take(".", "*")
        return None
    first = account(cursor).name if cursor.peek().kind is Kind.STRING else cursor.identifier()
    if cursor.take(".", "*"):
        return Name(None, first)
    if cursor.take("."):
        return Name(first, cursor.label())
    return Name(None, first)


# Code


def _call(cursor: Cursor) -> list[Operation]:
    name = cursor.name(function=True)
    if cursor.at("("):
        cursor.group()
    return [RunCode(verb="CALL", name=name)]


def _execute(cursor: Cursor) -> list[Operation]:
    """Texts that went through variables, and prepared statements, are known to the reader of the migration."""
    if cursor.take("IMMEDIATE"):
        start = cursor.offset
        texts = Texts(cursor.dialect)
        value = texts.value(cursor, "USING")
        place = cursor.source.part(start, start + len(cursor.since(start)))
        anything(cursor)
        return [run_now(RunCode(verb="EXECUTE IMMEDIATE", language="sql"), value, place, texts)]
    name = cursor.identifier()
    if cursor.take("USING"):
        anything(cursor)
    return [RunCode(verb="EXECUTE", name=Name(None, name))]


def _prepare(cursor: Cursor) -> list[Operation]:
    cursor.identifier()
    cursor.expect("FROM")
    if cursor.done:
        cursor.unexpected()
    anything(cursor)
    return [SessionCommand(verb="PREPARE")]


def _deallocate(cursor: Cursor) -> list[Operation]:
    cursor.expect("PREPARE")
    cursor.identifier()
    return [SessionCommand(verb="DEALLOCATE")]


def _use(cursor: Cursor) -> list[Operation]:
    cursor.identifier()
    return [SessionCommand(verb="USE")]


def _command(verb: str, *follow: str) -> Reader:
    """A reader of a command that changes no structure; one of ``follow`` has to come next, if any are given."""

    def read(cursor: Cursor) -> list[Operation]:
        if (follow and cursor.word not in follow) or cursor.done:
            cursor.unexpected()
        anything(cursor)
        return [SessionCommand(verb=verb)]

    return read


def _flush(cursor: Cursor) -> list[Operation]:
    """Takes what follows FLUSH. Without names of tables, the read lock is one of the whole server."""
    start = cursor.index
    cursor.take_one(("NO_WRITE_TO_BINLOG", "LOCAL"))
    if cursor.take_one(("TABLES", "TABLE")) and cursor.take("WITH", "READ", "LOCK"):
        anything(cursor)
        return [SessionCommand(verb="FLUSH TABLES WITH READ LOCK")]
    cursor.index = start
    return _command("FLUSH")(cursor)


def _shutdown(cursor: Cursor) -> list[Operation]:
    anything(cursor)
    return [SessionCommand(verb="SHUTDOWN")]


READERS: dict[str, Reader] = {
    "SET": read_set,
    **{word: _block(word) for word in ("IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR")},
    "BEGIN": read_begin,
    "START": read_start,
    "COMMIT": _end("COMMIT"),
    "ROLLBACK": _end("ROLLBACK"),
    "SAVEPOINT": _savepoint,
    "RELEASE": _release,
    "XA": _xa,
    "LOCK": _lock,
    "UNLOCK": _command("UNLOCK TABLES", "TABLES", "TABLE", "INSTANCE"),
    "RENAME": _rename,
    "ANALYZE": _maintain("ANALYZE"),
    "OPTIMIZE": _maintain("OPTIMIZE"),
    "CHECK": _maintain("CHECK"),
    "REPAIR": _maintain("REPAIR"),
    "CHECKSUM": _maintain("CHECKSUM"),
    "GRANT": _grant("GRANT", "TO"),
    "REVOKE": _grant("REVOKE", "FROM"),
    "CALL": _call,
    "EXECUTE": _execute,
    "PREPARE": _prepare,
    "DEALLOCATE": _deallocate,
    "USE": _use,
    "SHOW": _command("SHOW"),
    "HELP": _command("HELP"),
    "FLUSH": _flush,
    "RESET": _command("RESET"),
    "KILL": _command("KILL"),
    "PURGE": _command("PURGE", "BINARY", "MASTER"),
    "CHANGE": _command("CHANGE", "MASTER", "REPLICATION"),
    "STOP": _command("STOP", "SLAVE", "REPLICA", "GROUP_REPLICATION", "ALL"),
    "INSTALL": _command("INSTALL", "PLUGIN", "SONAME", "COMPONENT"),
    "UNINSTALL": _command("UNINSTALL", "PLUGIN", "SONAME", "COMPONENT"),
    "CACHE": _command("CACHE", "INDEX"),
    "HANDLER": _command("HANDLER"),
    "SIGNAL": _command("SIGNAL"),
    "RESIGNAL": lambda cursor: [SessionCommand(verb="RESIGNAL")] if cursor.done else _command("RESIGNAL")(cursor),
    "GET": _command("GET", "DIAGNOSTICS", "CURRENT", "STACKED"),
    "BACKUP": _command("BACKUP", "STAGE", "LOCK", "UNLOCK"),
    "BINLOG": _command("BINLOG"),
    "SHUTDOWN": _shutdown,
}
"""By first word."""
