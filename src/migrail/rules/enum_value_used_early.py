"""An enum value is used in the transaction that adds it

## What

A statement behind ALTER TYPE ... ADD VALUE, in the same transaction, that uses the new value: in a table with a
column of that enum, or in a cast to it. From version 17 on, an enum that the same transaction makes is left alone.

## Why

The value is there after COMMIT only: PostgreSQL answers "unsafe use of new value" (55P04), in every
environment, and also where all statements of a file are sent in one message. Before version 12 ADD VALUE itself
cannot run in a transaction.

## Refused

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood);
-- migration:
ALTER TYPE mood ADD VALUE 'mixed';
ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'mixed';
```

## Accepted

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood);
-- migration:
ALTER TYPE mood ADD VALUE 'mixed';
```

```sql
CREATE TYPE mood AS ENUM ('good', 'bad', 'mixed');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood DEFAULT 'mixed');
```

## Since

0.2.0

## Sources

- Measured on PostgreSQL 12.22, 14.23, 15, 16.14, 17.10 and 18: 55P04; on 17 and 18 not for an enum of the same
  transaction, unless a savepoint was open when it was made or got the value (measured on 18). PostgreSQL manual,
  ALTER TYPE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrail.model.findings import Category, Severity
from migrail.model.migration import Statement
from migrail.model.operations import (
    AddEnumValue,
    Certainty,
    CreateType,
    MoveObject,
    Operation,
    RenameObject,
    RunCode,
    TransactionControl,
)
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._rewrites import step
from migrail.rules._words import brief
from migrail.sql import ReadStatement, words_and_strings

_MADE_HERE = (17,)
"""From here on the server knows that nobody else can have seen an enum of the same transaction."""

HELP = "Put ADD VALUE into a migration of its own, before this one"


def _check(operation: AddEnumValue, context: Context) -> Iterable[Hit]:
    if not context.in_transaction:
        return
    if context.version >= _MADE_HERE and _is_made_here(operation, context):
        return
    known = context.catalog.enum(operation.name)
    if known is not None and operation.label in known.labels:
        return
    user = next(_users(operation, context), None)
    if user is None:
        return
    enum = context.display(operation.name)
    yield Hit(
        object=enum,
        message=f"the value {operation.label} of {enum} cannot be used in the transaction that adds it: "
        f"PostgreSQL refuses {brief(user.text)} in line {user.span.line} (55P04)",
        help=HELP,
        rewrite=Rewrite(
            steps=(step(f"add_{operation.label}", Stage.EXPAND, context.statement.text, off=True),),
            applicability=Applicability.MANUAL if context.inside is not None else Applicability.SAFE,
        ),
    )


def _is_made_here(operation: AddEnumValue, context: Context) -> bool:
    """Whether the transaction makes the enum and adds the value, both outside of savepoints: of others the server
    does not remember it (pg_enum.c, ``EnumValuesCreate`` and ``AddEnumLabel``)."""
    shared = {statement.number for statement in context.transaction_statements}
    made: set[Name] = set()
    depth = 0
    for read in context.script.statements:
        if read.statement.number >= context.statement.number:
            break
        for item in _reached(read) if read.statement.number in shared else ():
            match item:
                case TransactionControl(verb="SAVEPOINT"):
                    depth += 1
                case TransactionControl(verb="RELEASE"):
                    depth = max(0, depth - 1)
                case CreateType() if depth == 0:
                    made.add(context.catalog.place(item.name))
                case RenameObject(object_type="TYPE") if (old := context.catalog.place(item.name)) in made:
                    made.add(Name(old.schema, item.new_name))
                case MoveObject(object_type="TYPE") if context.catalog.place(item.name) in made:
                    made.add(Name(item.new_schema, item.name.name))
    return depth == 0 and context.catalog.place(operation.name) in made


def _reached(read: ReadStatement) -> Iterator[Operation]:
    """The operations, and those of code that are always reached; a block that catches errors is a savepoint."""
    for operation in read.operations:
        yield operation
        if isinstance(operation, RunCode) and "EXCEPTION" not in (operation.body or "").upper():
            yield from (inner.operation for inner in operation.operations if inner.certainty is Certainty.CERTAIN)


def _users(operation: AddEnumValue, context: Context) -> Iterator[Statement]:
    """The later statements of the transaction that have the value as a string and have to do with the enum."""
    names = {operation.name.name, *(table.name for table in context.catalog.tables_with_type(operation.name))}
    for statement in context.transaction_statements:
        if statement.text.upper().startswith("ALTER TYPE"):
            continue  # RENAME VALUE and BEFORE name it, which the server allows
        if statement.number > context.statement.number and f"'{operation.label}'" in statement.text:
            words, strings = words_and_strings(statement.text, context.dialect)
            if operation.label in strings and not names.isdisjoint(words):
                yield statement


RULE = Rule(
    code="MR408",
    name="enum-value-used-early",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(AddEnumValue,),
    check_operation=_check,
)
