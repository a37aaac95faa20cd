"""Something depends on it, and the server refuses

## What

DROP COLUMN and changes of type for a column that a view, a policy, a trigger or a generated column uses; DROP
of a view, function, type, sequence or unique constraint that something else needs; each without CASCADE, as far
as migrations tell.

## Why

It fails in every environment that has the dependent object (2BP01, for a type 0A000), and each has those that
the migrations made.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;
-- migration:
ALTER TABLE orders DROP COLUMN note;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, net integer, gross integer GENERATED ALWAYS AS (net * 2) STORED);
-- migration:
ALTER TABLE orders ALTER COLUMN net TYPE numeric;
```

```sql
-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood);
-- migration:
DROP TYPE mood;
```

## Accepted

The dependent object is dropped and made again in the same migration:

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(20));
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;
-- migration:
DROP VIEW noted;
ALTER TABLE orders ALTER COLUMN note TYPE text;
CREATE VIEW noted AS SELECT id FROM orders WHERE note IS NOT NULL;
```

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15 and 18: 2BP01 (dependent_objects_still_exist) and 0A000 (feature_not_supported), in
  `tests/rules/test_will_fail.py`. Functions with a string body are not among them: MR118.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.dependents import users_of
from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterColumnType, DropColumn, DropConstraint, DropObject, DropView
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._words import listed

HELP = """\
In the same migration, take away what depends on it first, and make it again afterwards where it is needed:
{drops}"""

Refused = DropColumn | AlterColumnType | DropConstraint | DropObject | DropView


def _check(operation: Refused, context: Context) -> Iterable[Hit]:
    if not context.certain:
        return
    found = list(users_of(context.catalog, operation))
    if not found:
        return
    target = operation.target
    shown = context.display(target) if target is not None else ""
    part = getattr(operation, "column", None) or getattr(operation, "constraint", None)
    thing = f"{shown}.{part}" if part is not None else shown
    code, verb = ("0A000", "change") if isinstance(operation, AlterColumnType) else ("2BP01", "drop")
    code = next((item.state for item in found if item.state is not None), code)
    drops = "\n".join(f"{item.drop};" for item in found if item.drop is not None)
    yield Hit(
        object=thing,
        severity=None if context.catalog.complete else Severity.WARNING,
        message=f"PostgreSQL refuses to {verb} {thing} ({code}): {listed(item.shown for item in found)} "
        f"depend{'s' if len(found) == 1 else ''} on it",
        help=HELP.format(drops=drops) if drops else HELP.format(drops="").rstrip(":\n") + ".",
    )


RULE = Rule(
    code="MR407",
    name="dependents-refuse",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(DropColumn, AlterColumnType, DropConstraint, DropObject, DropView),
    check_operation=_check,
)
