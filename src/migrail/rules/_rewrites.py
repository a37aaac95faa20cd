"""How rules put together the migrations that they propose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from migrail.catalog.replay import replay
from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnType,
    DropColumn,
    DropConstraint,
    Operation,
    TableOperation,
    ValidateConstraint,
)
from migrail.model.rewrites import Applicability, Rewrite, Stage, Step
from migrail.model.structure import Constraint
from migrail.rules._interface import Context
from migrail.rules._names import sql_name
from migrail.sql import actions, column_text

NO_TRANSACTION = ("transaction=off",)
"""Directives of a step that the server refuses inside a transaction."""

BATCHES = "on a big table in batches, such as id BETWEEN 1 AND 10000, each in a transaction of its own"
"""The remark of a step that changes many rows."""

DEFAULT = re.compile(r"(CONSTRAINT\s+\S+\s+)?DEFAULT\b", re.IGNORECASE)
REQUIRED = re.compile(r"(CONSTRAINT\s+\S+\s+)?(NOT\s+NULL|PRIMARY\s+KEY)\b", re.IGNORECASE)
KEY = re.compile(r"(CONSTRAINT\s+\S+\s+)?(UNIQUE|PRIMARY\s+KEY)\b", re.IGNORECASE)
GENERATED = re.compile(r"(CONSTRAINT\s+\S+\s+)?GENERATED\b", re.IGNORECASE)
"""How clauses of a column begin."""

_ENDED = re.compile(r"\s*;[ \t]*(?:\r\n|\n)?")
"""What ends a statement, with the end of its line."""

_VALUE = re.compile(r"""('(?:[^']|'')*')|(?<![\w."])VALUE(?![\w"])""", re.IGNORECASE)
"""A text, or the value that a domain tests."""

_ORDER: tuple[tuple[type[Operation], ...], ...] = (
    (DropColumn, DropConstraint),
    (AlterColumnType,),
    (AddColumn,),
    (),
    (AddConstraint,),
    (ValidateConstraint,),
)
"""The order in which PostgreSQL takes the actions of one ALTER TABLE, however they are written
(``AlterTablePass`` in tablecmds.c, in short); the empty place stands for all others."""


def step(
    name: str, stage: Stage, *sql: str, off: bool = False, alone: bool = False, remark: str | None = None
) -> Step:
    """A step of these statements, each without its semicolon.

    Args:
        name: words for the file name.
        stage: what it is for.
        sql: the statements.
        off: whether it cannot run inside a transaction.
        alone: whether it shares its file with nothing all the same.
        remark: what a person has to know or do before.
    """
    text = "\n".join(f"{statement};" for statement in sql)
    return Step(
        name=name, stage=stage, sql=text, directives=NO_TRANSACTION if off else (), alone=alone, remark=remark
    )


def instead(
    operation: Operation, context: Context, *steps: Step, applicability: Applicability = Applicability.SAFE
) -> Rewrite:
    """The steps in the place of the operation; what else its statement does stays, in front of them or behind.

    Where that cannot be told apart, or the operation stands inside code, a person has to put them in.
    """
    others = _others(operation, context)
    if others is None or context.inside is not None:
        return Rewrite(steps=steps, applicability=Applicability.MANUAL)
    return Rewrite(steps=_surrounded(*others, steps), applicability=applicability)


def apart(operation: Operation, context: Context) -> Rewrite:
    """The statement as it is, in a migration of its own. What was one transaction is several then."""
    target = operation.target
    name = f"{operation.kind}_{target.name}" if target is not None else operation.kind
    own = step(name, Stage.EXPAND, context.statement.text, alone=True)
    return Rewrite(steps=(own,), applicability=Applicability.MANUAL)


def edited(
    name: str,
    context: Context,
    *edits: tuple[Statement, str | None],
    applicability: Applicability = Applicability.MANUAL,
) -> Rewrite | None:
    """The whole file with other SQL in the place of some of its statements.

    Args:
        name: words for the file name, as far as one is needed.
        context: of a statement of the file.
        edits: statements with what takes their place, without semicolon; ``None``: nothing. Comments stay.
        applicability: who may do it.

    Returns:
        ``None`` for statements inside code.
    """
    if context.inside is not None:
        return None
    text = context.script.migration.text
    for statement, sql in sorted(edits, key=lambda edit: -edit[0].span.start):
        end = statement.span.end
        if sql is None:
            found = _ENDED.match(text, end)
            end = found.end() if found else end
        text = text[: statement.span.start] + (sql or "") + text[end:]
    whole = Step(name=name, stage=Stage.EXPAND, sql=text.rstrip())
    return Rewrite(steps=(whole,), applicability=applicability, whole_file=True)


def for_column(condition: str, column: str, dialect: Dialect) -> str:
    """The condition of a domain as one of a column. A text in it that says VALUE stays as it is."""
    name = sql_name(column, dialect)
    return _VALUE.sub(lambda found: found[1] or name, condition)


def own_text(operation: Operation, context: Context) -> str | None:
    """The operation as a statement of its own, in the author's words; ``None`` where it cannot be cut out."""
    if len(context.operations) == 1:
        return context.statement.text
    own = [
        action.text
        for action in actions(context.statement.text, context.dialect)
        if action.operations == (operation,)
    ]
    return own[0] if len(own) == 1 else None


def without(operation: AddColumn, context: Context, *unwanted: re.Pattern[str]) -> str | None:
    """The author's ADD COLUMN as a statement of its own, without the clauses that begin in one of these ways."""
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    if found is None:
        return None
    kept = [clause for clause in found.clauses if not any(pattern.match(clause) for pattern in unwanted)]
    return " ".join([found.head, *kept])


def new_constraints(operation: TableOperation, context: Context) -> tuple[Constraint, ...]:
    """The constraints that the operation makes, with the names that the server gives them.

    Nothing for a table that is not known.
    """
    before = context.catalog.constraints_of(operation.table)
    after = replay(context.catalog, [operation]).constraints_of(operation.table)
    return tuple(constraint for constraint in after if constraint not in before)


def _others(operation: Operation, context: Context) -> tuple[list[str], list[str]] | None:
    """The statements that do what the statement does before and after the operation."""
    if len(context.operations) == 1:
        return [], []
    found = actions(context.statement.text, context.dialect)
    own = [action for action in found if operation in action.operations]
    if len(own) != 1 or len(own[0].operations) != 1:
        return None
    ordered = sorted(found, key=lambda action: min(map(_turn, action.operations)))
    place = ordered.index(own[0])
    return [action.text for action in ordered[:place]], [action.text for action in ordered[place + 1 :]]


def _turn(operation: Operation) -> int:
    usual = _ORDER.index(())
    return next((turn for turn, kinds in enumerate(_ORDER) if isinstance(operation, kinds)), usual)


def _surrounded(before: Sequence[str], after: Sequence[str], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Others join a step that runs in a transaction and is not only there to validate."""
    first, *middle = steps
    if not first.directives and first.stage is not Stage.VALIDATE:
        return (replace(first, sql=_joined([*_ended(before), first.sql, *_ended(after)])), *middle)
    last = steps[-1]
    ahead = [step(first.name + "_before", Stage.EXPAND, *before)] if before else []
    if after and not last.directives and last.stage is not Stage.VALIDATE:
        return (*ahead, *steps[:-1], replace(last, sql=_joined([last.sql, *_ended(after)])))
    behind = [step(first.name + "_after", Stage.EXPAND, *after)] if after else []
    return (*ahead, *steps, *behind)


def _ended(statements: Iterable[str]) -> list[str]:
    return [f"{statement};" for statement in statements]


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)
