"""OR REPLACE cannot change what callers rely on

## What

CREATE OR REPLACE VIEW that leaves out, renames or reorders columns of the view that is there, and CREATE OR
REPLACE FUNCTION with the same types of arguments that returns another type, names an argument differently or takes
a default away, as far as migrations tell.

## Why

PostgreSQL refuses both (42P16 and 42P13), in every environment that has the old one. A view may only get more
columns at its end.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE VIEW open_orders AS SELECT id, note FROM orders;
-- migration:
CREATE OR REPLACE VIEW open_orders AS SELECT id, total FROM orders;
```

```sql
-- history:
CREATE FUNCTION order_total(n bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION order_total(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
```

```sql
-- history:
CREATE FUNCTION order_total(n bigint, tax numeric DEFAULT 0) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION order_total(id bigint, tax numeric DEFAULT 0) RETURNS integer LANGUAGE sql
  AS 'SELECT 1';
```

```sql
-- history:
CREATE FUNCTION order_total(n bigint, tax numeric DEFAULT 0) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION order_total(n bigint, tax numeric) RETURNS integer LANGUAGE sql AS 'SELECT 1';
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
CREATE VIEW open_orders AS SELECT id, note FROM orders;
-- migration:
CREATE OR REPLACE VIEW open_orders AS SELECT id, note, total FROM orders;
```

```sql
-- history:
CREATE FUNCTION order_total(n bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION order_total(n int8) RETURNS integer LANGUAGE sql AS 'SELECT 2';
```

```sql
-- history:
CREATE FUNCTION order_total(bigint, tax numeric) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION order_total(n bigint, tax numeric DEFAULT 0) RETURNS integer LANGUAGE sql
  AS 'SELECT 1';
```

## Since

0.2.0

## Sources

- Measured on PostgreSQL 15 and 18: 42P16 (invalid_table_definition) and 42P13 (invalid_function_definition).
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.queries import output_columns
from migrail.catalog.signatures import as_named, signature
from migrail.model.findings import Category, Severity
from migrail.model.operations import CreateFunction, CreateView
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_table
from migrail.rules._remade import other_arguments, other_return_type

VIEW = """\
Keep the columns and add new ones at the end, or make it anew in the same migration:
DROP VIEW {view};
CREATE VIEW {view} AS ...;"""

FUNCTION = """\
Give the new one another name, and drop the old one when no deployed version calls it; or make it anew in the same
migration:
DROP FUNCTION {function}({arguments});"""


def _check(operation: CreateView | CreateFunction, context: Context) -> Iterable[Hit]:
    if not operation.replace or not context.certain:
        return
    name = operation.name
    shown = context.display(name)
    if isinstance(operation, CreateView):
        problem = _view_problem(operation, context)
        if problem is not None:
            message = f"PostgreSQL refuses to replace the view {shown} (42P16): {problem}"
            yield Hit(object=shown, message=message, help=VIEW.format(view=sql_table(name, context.dialect)))
        return
    problem = _function_problem(operation, context)
    if problem is not None:
        arguments = as_named(operation.arguments, context.dialect)
        yield Hit(
            object=shown,
            message=f"PostgreSQL refuses to replace the function {shown} (42P13): {problem}",
            help=FUNCTION.format(function=sql_table(name, context.dialect), arguments=arguments),
        )


def _view_problem(operation: CreateView, context: Context) -> str | None:
    known = context.catalog.view(operation.name)
    if known is None or known.rewritten or operation.temporary:
        return None
    old = known.columns or output_columns(known.query, context.dialect)
    new = operation.columns or output_columns(operation.query, context.dialect)
    if old is None or new is None or new[: len(old)] == old:
        return None
    place = next((i for i, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), None)
    if place is None:
        return f"it loses {', '.join(old[len(new) :])}"
    return f"column {place + 1} is {old[place]}, and would be {new[place]}"


def _function_problem(operation: CreateFunction, context: Context) -> str | None:
    """What is different from the function with the same types of arguments that callers rely on."""
    wanted = signature(operation.arguments, context.dialect)
    for known in context.catalog.function(operation.name):
        if signature(known.arguments, context.dialect) == wanted:
            returns = other_return_type(known, operation, context.dialect)
            if returns is not None:
                return f"it returns {known.returns}, and the new one {returns}"
            return other_arguments(known, operation, context.dialect)
    return None


RULE = Rule(
    code="MR411",
    name="replace-refused",
    severity=Severity.ERROR,
    category=Category.WILL_FAIL,
    dialects=("postgres",),
    on=(CreateView, CreateFunction),
    check_operation=_check,
)
