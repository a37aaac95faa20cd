"""Random statements run on a server one by one, and what is said about them compared with what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy import inspect as look
from sqlalchemy.exc import DBAPIError

from migrail.catalog import Catalog
from migrail.catalog.compare import compare, diff_lines
from migrail.catalog.conflicts import conflicts
from migrail.catalog.dependents import users_of
from migrail.catalog.replay import replay
from migrail.dialects import Version, get
from migrail.model.operations import CreateTable, DropTable, Opaque, Operation
from migrail.runner.inspect import inspect
from tests.catalog.differential.choosing import Maker
from tests.dialects.reading import operations_of


@dataclass
class Story:
    """The statements of one seed, as far as they went, and what was found."""

    seed: int
    done: list[str] = field(default_factory=list)
    accepted: int = 0
    refused: int = 0
    foreseen: int = 0
    """Refused statements of which it was known."""
    missed: list[tuple[str, str]] = field(default_factory=list)
    """Refused statements of which it was not known, each with the server's reason."""
    wrong: str = ""
    """What differs; empty where nothing does."""

    def __str__(self) -> str:
        return "\n".join([f"seed {self.seed}:", *(f"  {text};" for text in self.done), self.wrong])


def tell(connection: Connection, maker: Maker, dialect: str, seed: int, steps: int, *, every: int = 1) -> Story:
    """Runs so many statements; stops at the first that is told wrong."""
    story = Story(seed)
    catalog = Catalog.empty(get(dialect))
    version = get(dialect).default_version
    if dialect == "postgres":
        version = (connection.dialect.server_version_info or version)[:1]  # type: ignore[attr-defined]
    for step in range(1, steps + 1):
        text = maker.statement(catalog)
        operations = operations_of(text, dialect)
        opaque = [item.reason for item in operations if isinstance(item, Opaque)]
        if opaque:
            if run(connection, text) is None:
                story.wrong = f"not understood: {text}\n  {opaque[0]}"
                return story
            story.refused, story.foreseen = story.refused + 1, story.foreseen + 1
            continue
        reason, after = foreseen(catalog, operations, dialect, version)
        error = run(connection, text)
        if error is None:
            story.accepted += 1
            story.done.append(text)
            catalog = after
            if reason is not None:
                story.wrong = f"accepted, although: {reason}"
                return story
        else:
            story.refused += 1
            story.foreseen += reason is not None
            if reason is None and compare(catalog, after):
                story.missed.append((error, text))
            catalog = behind_refused(catalog, operations, connection)
        if step % every == 0 or step == steps:
            lines = diff_lines(compare(catalog.in_new_session(), inspect(connection, get(dialect))))
            if lines:
                story.wrong = "\n".join(lines)
                return story
    return story


def foreseen(
    catalog: Catalog, operations: Sequence[Operation], dialect: str, version: Version
) -> tuple[str | None, Catalog]:
    """Why the statement would fail, if it is known, and the structure behind it."""
    known = get(dialect)
    reason = None
    for operation in operations:
        if reason is None:
            reason = conflicts(catalog, operation) or known.refuses(operation, catalog, version)
            user = next(users_of(catalog, operation), None) if known.name == "postgres" else None
            reason = reason or (f"{user.shown} needs it" if user is not None else None)
        catalog = replay(catalog, [operation], new=True)
    return reason, catalog


def behind_refused(catalog: Catalog, operations: Sequence[Operation], connection: Connection) -> Catalog:
    """A refused statement changes nothing, with two exceptions, both of them MariaDB's.

    CREATE OR REPLACE TABLE may have dropped the old table. A temporary table may be there whose CHECK was refused:
    it is dropped here.
    """
    made = operations[0] if operations else None
    if not isinstance(made, CreateTable):
        return catalog
    table = catalog.place(made.table, temporary=made.temporary)
    if made.temporary and table not in catalog.tables:
        run(connection, f"DROP TEMPORARY TABLE IF EXISTS `{table.name}`")
    elif made.replace and table.name not in look(connection).get_table_names():
        return replay(catalog, [DropTable(table=table)])
    return catalog


def run(connection: Connection, text: str) -> str | None:
    """Runs a statement; the server's reason where it refuses it."""
    try:
        connection.exec_driver_sql(text, execution_options={"no_parameters": True})
    except DBAPIError as error:
        return str(error.orig).splitlines()[0]
    return None
