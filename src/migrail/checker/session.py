"""What the statements of a file find in the session that runs them: locks that are held, and how long they wait."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from migrail.dialects import Dialect
from migrail.model.locks import Effects, Held, InTransaction
from migrail.model.migration import Statement, TransactionMode
from migrail.model.operations import Operation, SetVariable, TransactionControl
from migrail.pipeline.course import course
from migrail.sql import ReadStatement, Script

_TIME = re.compile(r"\s*(?:(?P<quote>')\s*)?(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*(?(quote)')\s*")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_FOR_EVER = 0.0
_BEGINS = {"BEGIN", "START TRANSACTION"}


class Session:
    """Runs along with the statements of one file, as promote runs them.

    With ``transaction=off`` each statement is a transaction of its own, and promote sets the timeout anew before
    each of them: to none for those that are CONCURRENTLY, which must not be interrupted.
    """

    def __init__(self, script: Script, dialect: Dialect, lock_timeout: float) -> None:
        self._setting, self._unit = dialect.lock_timeout or ("", 0.0)
        given = script.directives.lock_timeout
        self._given = lock_timeout if given is None else given
        self._in_steps = script.directives.transaction is TransactionMode.OFF
        self._outside = _outside(script, dialect)
        self._transactions = _transactions(script, self._outside)
        self.lock_timeout: float | None = self._given
        """As :attr:`migrail.rules.Context.lock_timeout` has it."""
        self.held: Mapping[str, Held] = {}
        """Not changed in place: contexts keep it."""
        self.statements: tuple[Statement, ...] = ()
        """Those of the transaction that is open."""
        self.outside = self._in_steps
        """Whether no transaction is open around the statement."""

    def begin(self, read: ReadStatement) -> None:
        """The statement comes next."""
        statements = self._transactions[read.statement.number]
        if statements is not self.statements:
            self.held = {}
        self.statements = statements
        self.outside = read.statement.number in self._outside
        if self._in_steps or self.outside:
            self.lock_timeout = _FOR_EVER if read.concurrent else self._given

    def ran(self, operation: Operation, effects: Effects, statement: Statement) -> None:
        """The operation has taken effect."""
        if isinstance(operation, SetVariable) and operation.variable in (self._setting, "all"):
            self.lock_timeout = self._read(operation.value)
        elif effects.in_transaction is InTransaction.IMPLICIT_COMMIT:
            self.held = {}
        elif effects.locks:
            held = dict(self.held)
            for lock in effects.locks:
                known = held.get(lock.relation)
                joined = lock if known is None else known.lock.joined(lock)
                if known is None or joined != known.lock:
                    held[lock.relation] = Held(lock=joined, statement=statement)
            self.held = held

    def _read(self, value: str | None) -> float | None:
        """RESET and DEFAULT bring back the server's own, which is none."""
        if value is None or value.strip().upper() == "DEFAULT":
            return _FOR_EVER
        found = _TIME.fullmatch(value)
        if found is None:
            return None
        return float(found[2]) * (_SECONDS[found[3]] if found[3] else self._unit)


def _outside(script: Script, dialect: Dialect) -> frozenset[int]:
    """Numbers of the statements that run by themselves."""
    if script.directives.transaction is TransactionMode.OFF:
        return frozenset(read.statement.number for read in script.statements)
    if not dialect.transactional_ddl:
        return frozenset()
    return frozenset(read.statement.number for read in course(script, dialect, TransactionMode.MIGRATION).outside)


def _transactions(script: Script, outside: frozenset[int]) -> Mapping[int, tuple[Statement, ...]]:
    """Number of each statement → the statements of its transaction."""
    numbers: dict[int, int] = {}
    current = 0
    for read in script.statements:
        controls = [item for item in read.operations if isinstance(item, TransactionControl)]
        begins = any(control.verb in _BEGINS for control in controls)
        apart = read.statement.number in outside
        current += begins or apart
        numbers[read.statement.number] = current
        current += apart or (not begins and any(control.ends_transaction for control in controls))
    found: dict[int, tuple[Statement, ...]] = {}
    for _, group in groupby(script.statements, key=lambda read: numbers[read.statement.number]):
        statements = tuple(read.statement for read in group)
        found |= dict.fromkeys((statement.number for statement in statements), statements)
    return found
