"""timestamptz instead of timestamp

House style: off unless the configuration sets a severity for MR805.

## What

A column of type timestamp without time zone.

## Why

It does not say which moment it is: that depends on the time zone of whoever reads it. Arithmetic across a
change of the clocks is wrong.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamp);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamptz);
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", timestamp.
"""

from __future__ import annotations

from migrail.rules._house import type_rule

RULE = type_rule(
    code="MR805",
    name="timestamp-column",
    is_meant=lambda type_: type_.name == "timestamp",
    because="which moment that is depends on who reads it",
    help="Take timestamptz.",
)
