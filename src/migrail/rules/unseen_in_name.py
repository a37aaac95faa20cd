"""A name must not hold a character that nobody sees

## What

A name with a zero-width space or joiner, a no-break space, a mark that turns the direction of the text, or another
character that leaves no ink.

## Why

Outside of quotes a server takes such a character for a part of the name beside it: what reads as `orders`
becomes another table, without an error, and the application does not find it. They come along when text is
copied from a web page or a chat, and marks of direction can make a statement read otherwise than it runs.
`promote` refuses a file that has one outside of quotes. In quotes it is taken, since a name that is there already
has to be written as it is.

## Refused

```sql
CREATE TABLE invoi\u200bces (id bigint PRIMARY KEY);
```

```sql
CREATE TABLE "invoices\u202e" (id bigint PRIMARY KEY);
```

## Accepted

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```

## Since

0.2.0

## Sources

- Unicode Standard Annex 31, 2.3 "Layout and Format Control Characters".
- "Trojan Source: Invisible Vulnerabilities", N. Boucher and R. Anderson, 2021 (CVE-2021-42574).
- Measured on PostgreSQL 15, MariaDB 10.11 and SQLite 3.40: a zero-width space becomes part of the name.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.operations import Operation
from migrail.model.text import visible
from migrail.rules._interface import Context, Hit, Rule
from migrail.sql import names_in

HELP = "Type the name anew, and rename what has it already: ALTER TABLE ... RENAME TO {plain}"


def _check(operation: Operation, context: Context) -> Iterable[Hit]:
    if operation is not context.operations[0] and context.inside is None:
        return
    text = context.statement.text
    if text.isascii():
        return
    for name in dict.fromkeys(names_in(text, context.dialect)):
        if (shown := visible(name)) != name:
            plain = "".join(char for char in name if visible(char) == char).strip()
            yield Hit(
                object=shown,
                message=f"the name {shown} holds a character that cannot be seen",
                help=HELP.format(plain=plain or "..."),
            )


RULE = Rule(
    code="MR512",
    name="unseen-in-name",
    severity=Severity.ERROR,
    category=Category.RELIABILITY,
    dialects=("postgres", "mysql", "mariadb", "sqlite"),
    on=(Operation,),
    check_operation=_check,
)
