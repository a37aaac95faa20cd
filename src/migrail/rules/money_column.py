"""numeric instead of money

House style: off unless the configuration sets a severity for MR806.

## What

A column of type money.

## Why

How it is read and printed, and how many decimals it has, depends on the lc_monetary of the server, and it knows
no currency.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total money);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total numeric(12,2));
```

## Since

0.2.0

## Sources

- PostgreSQL wiki, "Don't Do This", money.
"""

from __future__ import annotations

from migrail.rules._house import type_rule

RULE = type_rule(
    code="MR806",
    name="money-column",
    is_meant=lambda type_: type_.name == "money",
    because="its meaning depends on a setting of the server",
    help="Take numeric, and a column for the currency.",
)
