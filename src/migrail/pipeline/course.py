"""Which statements of a migration run in one transaction, and which have to run outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from migrail.catalog import Catalog
from migrail.dialects import Dialect
from migrail.model.locks import InTransaction
from migrail.model.migration import TransactionMode
from migrail.model.operations import (
    Opaque,
    Operation,
    RunCode,
    SessionCommand,
    SetVariable,
)
from migrail.sql import ReadStatement, Script


class Manner(StrEnum):
    """How statements run."""

    TOGETHER = "together"
    """In one transaction, with the note or the row that says so: all of it or nothing, exactly once."""
    ALONE = "alone"
    """Outside of any transaction. If the connection is lost, the structure tells whether it took effect."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Statements that run in one go."""

    manner: Manner
    statements: tuple[ReadStatement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """How a migration runs."""

    steps: tuple[Step, ...]
    whole: bool
    """Everything and the ledger's row are one transaction."""

    @property
    def outside(self) -> tuple[ReadStatement, ...]:
        """The statements that no transaction holds."""
        return tuple(read for step in self.steps if step.manner is Manner.ALONE for read in step.statements)


def course(script: Script, dialect: Dialect, configured: TransactionMode) -> Course:
    """How a migration runs, by what its file asks for, else by what is configured."""
    mode = script.directives.transaction or configured
    manners = [(_manner(read, dialect, mode), read) for read in script.statements]
    if mode is TransactionMode.OFF:
        return Course(steps=tuple(Step(manner=manner, statements=(read,)) for manner, read in manners), whole=False)
    steps = tuple(_grouped(manners))
    whole = len(steps) == 1 and steps[0].manner is Manner.TOGETHER
    return Course(steps=steps, whole=whole)


def _grouped(manners: list[tuple[Manner, ReadStatement]]) -> Iterator[Step]:
    for manner, group in groupby(manners, key=lambda pair: pair[0]):
        statements = tuple(read for _, read in group)
        if manner is Manner.TOGETHER:
            yield Step(manner=manner, statements=statements)
        else:
            yield from (Step(manner=manner, statements=(read,)) for read in statements)


def _manner(read: ReadStatement, dialect: Dialect, mode: TransactionMode) -> Manner:
    """What is not understood stays in the transaction, unless the author or the server will have none."""
    structure = Catalog.empty(dialect, complete=False)
    facts = [
        dialect.effects(operation, structure, dialect.default_version).in_transaction
        for operation in read.operations
    ]
    if any(fact is not InTransaction.ALLOWED for fact in facts):
        return Manner.ALONE
    if mode is TransactionMode.OFF or not dialect.transactional_ddl:
        unknown = any(isinstance(operation, Opaque | RunCode) for operation in read.operations)
        return Manner.ALONE if unknown or _needs_none(read, dialect) else Manner.TOGETHER
    return Manner.TOGETHER


def _needs_none(read: ReadStatement, dialect: Dialect) -> bool:
    """PRAGMAs that are passed over in a transaction without a word, such as foreign_keys."""
    return dialect.name == "sqlite" and any(isinstance(operation, SetVariable) for operation in read.operations)


def sets_up_session(read: ReadStatement) -> bool:
    """Whether the statement changes nothing but the session, so that a new session needs it again."""
    return bool(read.operations) and all(_is_of_session(operation) for operation in read.operations)


def _is_of_session(operation: Operation) -> bool:
    if isinstance(operation, SessionCommand):
        return operation.sets_up_session
    return isinstance(operation, SetVariable)
