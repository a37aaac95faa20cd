"""text instead of varchar(n)

House style: off unless the configuration sets a severity for MR804.

## What

A column of type varchar(n).

## Why

The limit is part of the type: making it smaller writes the table again. A CHECK can be changed while the table
is in use.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, number varchar(20));
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, number text CHECK (length(number) <= 20));
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", varchar(n).
"""

from __future__ import annotations

from migrail.rules._house import type_rule

RULE = type_rule(
    code="MR804",
    name="varchar-column",
    is_meant=lambda type_: type_.name == "varchar" and bool(type_.arguments),
    because="its limit is hard to change",
    help="Take text, with a CHECK of the length where it matters.",
)
