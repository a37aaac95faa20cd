"""PostgreSQL cuts names that are longer than 63 bytes

## What

A name of more than 63 bytes in a statement.

## Why

The server cuts it and only says so in a NOTICE, which nobody reads in a migration. Two long names that begin
alike become one: the second CREATE fails, or IF NOT EXISTS finds the first and does nothing. A tool that
compares names finds another one than the file says. Letters outside ASCII count more than one byte.

## Refused

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total integer,
  CONSTRAINT invoices_total_must_be_positive_and_below_the_limit_of_the_customer CHECK (total > 0));
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, total integer,
  CONSTRAINT invoices_total_within_limit CHECK (total > 0));
```

## Since

0.2.0

## Sources

- PostgreSQL manual, 4.1.1 "Identifiers and Key Words": NAMEDATALEN is 64, with its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrail.dialects.postgres.names import IDENTIFIER_BYTES
from migrail.model.findings import Category, Severity
from migrail.model.operations import Operation
from migrail.rules._interface import Context, Hit, Rule
from migrail.sql import names_in

HELP = "Choose a shorter one, such as {short}."

_LONG = re.compile(r"\w{22}")
"""Shorter names cannot have 64 bytes: a letter has four at most, and most names are looked at no further."""


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    if operation is not context.operations[0] and context.inside is None:
        return
    text = context.statement.text
    if not _LONG.search(text):
        return
    for name in dict.fromkeys(names_in(text, context.dialect)):
        size = len(name.encode("utf-8", "surrogatepass"))
        if size > IDENTIFIER_BYTES:
            cut = context.dialect.fold(name, True)
            yield Hit(
                object=cut,
                message=f"the name {name} has {size} bytes, and PostgreSQL cuts it to {cut}",
                help=HELP.format(short=cut[:40].rstrip("_")),
            )


RULE = Rule(
    code="MR509",
    name="name-too-long",
    severity=Severity.WARNING,
    category=Category.RELIABILITY,
    dialects=("postgres",),
    on=(Operation,),
    check_operation=_check,
)
