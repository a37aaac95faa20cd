"""A migration with everything that can be read from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from migrail.dialects import Dialect, Lexical
from migrail.model.errors import InputError, Problem
from migrail.model.migration import Directives, Migration, Statement
from migrail.model.operations import (
    CreateIndex,
    DetachPartition,
    DropIndex,
    Opaque,
    Operation,
    Reindex,
    RowChange,
    RunCode,
)
from migrail.sql.code.prepared import Prepared
from migrail.sql.code.texts import Texts
from migrail.sql.directives import read_directives
from migrail.sql.read import read
from migrail.sql.source import Source
from migrail.sql.split import Flaw, Split
from migrail.sql.split import split as cut

_CONCURRENT = (CreateIndex, DetachPartition, DropIndex, Reindex)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadStatement:
    """A statement and what it means."""

    statement: Statement
    operations: tuple[Operation, ...]
    """In the order in which they take effect. One :class:`Opaque` where it was not understood."""

    @property
    def concurrent(self) -> bool:
        """Whether it is a CONCURRENTLY form, which a lock timeout would cut short and leave half-done."""
        return any(isinstance(operation, _CONCURRENT) and operation.concurrently for operation in self.operations)

    @property
    def opaque(self) -> Opaque | None:
        """The reason why it, or something in the code that it runs, was not understood, if so."""
        for operation in self.operations:
            if isinstance(operation, Opaque):
                return operation
            for inner in operation.operations if isinstance(operation, RunCode) else ():
                if isinstance(inner.operation, Opaque):
                    return inner.operation
        return None

    @property
    def understood(self) -> bool:
        """Whether everything that it does is known; what CALL and EXECUTE run is not in sight, which they say."""
        return self.opaque is None and not any(
            isinstance(operation, RunCode) and operation.unread for operation in self.operations
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A migration, its statements and its directives."""

    migration: Migration
    statements: tuple[ReadStatement, ...]
    directives: Directives

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All operations of all statements, in order."""
        return tuple(operation for read in self.statements for operation in read.operations)


def read_script(migration: Migration, dialect: Dialect) -> Script:
    """Reads a migration.

    Raises:
        InputError: the text cannot be cut into statements (a quote, dollar quote or comment that never ends, a
            command of the client, COPY data), a comment goes on behind the line on which editors show it, there is
            no statement at all, or a directive is malformed. All problems that were found are listed with line and
            column.
    """
    split = cut(migration.text, dialect.lexical)
    flaws = [*split.flaws, *_hiding(split, migration.text, dialect.lexical)]
    directives = Directives()
    if not flaws:
        directives, flaws = read_directives(split)
    problems = [
        Problem(message=flaw.message, path=migration.path, line=flaw.line, column=flaw.column) for flaw in flaws
    ]
    if not split.statements and not problems:
        problems.append(Problem(message="holds no statement", path=migration.path))
    if problems:
        raise InputError(problems)
    same: dict[tuple[Operation, ...], tuple[Operation, ...]] = {}
    prepared = Prepared()
    statements: list[ReadStatement] = []
    for statement in split.statements:
        operations = read(statement, dialect)
        if all(isinstance(operation, RowChange) for operation in operations):
            # A file of data says the same a million times over. Code is told apart by the places of what is in it.
            operations = same.setdefault(operations, operations)
        else:
            operations = tuple(map(prepared.follow, operations))
        statements.append(ReadStatement(statement=statement, operations=operations))
    if dialect.lexical.block_bodies:
        statements = _with_texts(statements, dialect)
    return Script(migration=migration, statements=tuple(statements), directives=directives)


_HIDING = re.compile(r"(?:--|#)[^\r]*\r\s*\S")


def _hiding(split: Split, text: str, lexical: Lexical) -> Iterator[Flaw]:
    """Comments with text behind a CR, which editors show on the next line and these servers do not run."""
    if lexical.comment_ends_at_cr or "\r" not in text:
        return
    inside = (comment for one in split.statements for comment in (*one.comments, *one.inner_comments))
    for comment in (*inside, *split.tail):
        if _HIDING.match(comment.text):
            said = (
                "this comment goes on behind a carriage return, to the next line feed: end lines with a line feed"
            )
            yield Flaw(said, comment.span.line, comment.span.column)


def _with_texts(statements: Sequence[ReadStatement], dialect: Dialect) -> list[ReadStatement]:
    """The statements, of which EXECUTE says what it runs, as far as the statements before it tell."""
    texts = Texts(dialect)
    found: list[ReadStatement] = []
    for item in statements:
        running = texts.follow(Source.of(item.statement))
        operations = item.operations
        if running is not None and len(operations) == 1 and isinstance(operations[0], RunCode):
            from migrail.sql.code.mysql import run_now  # only such a dialect needs it

            operations = (run_now(operations[0], *running, texts),)
        found.append(replace(item, operations=operations))
    return found
