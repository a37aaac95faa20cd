"""Row-level security without a policy shows nobody a row

## What

ENABLE ROW LEVEL SECURITY on a table that has no policy, where this change makes none either; and DISABLE ROW
LEVEL SECURITY on a table that exists before this change. On a new table it is a note.

## Why

Without a policy every role but the owner and superusers sees no row and writes none: queries of the running
application come back empty, without an error. Switched off, it shows every row that it hid.

## Refused

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
```

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
```

## Accepted

```sql
-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON orders USING (owner = current_user);
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 5.9 "Row Security Policies": a default-deny policy is used where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import AlterTableOption, CreatePolicy
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table

POLICY = """\
Make the policies in the same migration:
CREATE POLICY {name} ON {table} USING (...) WITH CHECK (...);"""
OFF = "Make sure that every role with privileges on the table may see every row."


def _check(operation: AlterTableOption, context: Context) -> Iterable[Hit]:
    table = context.catalog.table(operation.table)
    on = table is not None and table.row_security
    shown = context.display(operation.table)
    if operation.option == "ENABLE ROW LEVEL SECURITY":
        protected = table is not None and bool(table.policies)
        if on or protected or context.outline.makes(CreatePolicy, operation.table):
            return
        yield Hit(
            object=shown,
            severity=Severity.NOTE if context.catalog.is_new(operation.table) else None,
            message=f"{shown} gets row-level security without a policy: every role but its owner sees no row and "
            "writes none",
            help=POLICY.format(
                name=sql_name(f"{operation.table.name}_access", context.dialect),
                table=sql_table(operation.table, context.dialect),
            ),
        )
    elif operation.option == "DISABLE ROW LEVEL SECURITY":
        if context.catalog.is_new(operation.table) or (table is not None and not on):
            return
        yield Hit(
            object=shown,
            message=f"{shown} loses row-level security: every role with privileges on it sees and writes every row",
            help=OFF,
        )


RULE = Rule(
    code="MR703",
    name="row-security-without-policy",
    severity=Severity.WARNING,
    category=Category.SECURITY,
    dialects=("postgres",),
    on=(AlterTableOption,),
    check_operation=_check,
)
