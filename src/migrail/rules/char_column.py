"""text instead of char(n)

House style: off unless the configuration sets a severity for MR803.

## What

A column of type char(n).

## Why

Values are filled up with blanks, which comparisons ignore and length() and LIKE do not. It is neither smaller
nor faster than text.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, currency char(3));
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, currency text CHECK (length(currency) = 3));
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 8.3 "Character Types".
"""

from __future__ import annotations

from migrail.rules._house import type_rule

RULE = type_rule(
    code="MR803",
    name="char-column",
    is_meant=lambda type_: type_.name == "char" and not type_.dimensions,
    because="values are filled up with blanks",
    help="Take text, with a CHECK of the length where it matters.",
)
