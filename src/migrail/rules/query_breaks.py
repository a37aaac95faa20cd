"""A query that the application runs breaks

## What

A statement behind which one of the queries given by `project.queries` or `--queries` fails, may fail, or means
something else, although no other rule about compatibility speaks about that statement. An error where it fails
for certain, a warning where it depends on data or placeholders, a note where only the result changes.

## Why

The code that is running was written for the structure before. It goes on running while the migration is
applied, until the new code is deployed everywhere, and again after a roll-back of the code.

## Refused

```text
queries/app.sql        SELECT id, note FROM orders JOIN customers USING (customer_id);
0012_customer_note.sql ALTER TABLE customers ADD COLUMN note text;
```

## Accepted

```text
queries/app.sql        SELECT o.id, o.note FROM orders AS o JOIN customers AS c USING (customer_id);
0012_customer_note.sql ALTER TABLE customers ADD COLUMN note text;
```

## Since

0.1.0

## Sources

- Measured: every verdict is compared with a server that runs history, query and migration.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.findings import Category, Severity
from migrail.model.query import BrokenQuery, Certainty, Effect
from migrail.rules._interface import Hit, QueryReview, Rule
from migrail.sql import Script

HELP = """\
Deploy code that works with both structures first, then migrate; or change the structure in steps that leave
the running code alone"""


def _check(review: QueryReview) -> Iterable[tuple[Script, Hit]]:
    scripts = {script.migration.id: script for script in review.scripts}
    by_place: dict[tuple[str, int], list[BrokenQuery]] = {}
    for item in review.broken:
        by_place.setdefault((item.migration, item.statement), []).append(item)
    for (migration, number), broken in by_place.items():
        script = scripts[migration]
        span = next((read.statement.span for read in script.statements if read.statement.number == number), None)
        yield script, Hit(message=_message(broken), help=HELP, span=span, severity=_severity(broken))


def _message(broken: list[BrokenQuery]) -> str:
    places = list(dict.fromkeys(f"{item.query.origin.path}:{item.query.origin.line}" for item in broken))
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    worst = _worst(broken)
    verb = "changes what it returns" if worst.effect is Effect.CHANGES else "fails"
    if worst.effect is Effect.FAILS and worst.certainty is Certainty.POSSIBLE:
        verb = "may fail"
    place = f"{worst.query.origin.path}:{worst.query.origin.line}"
    return f"the application's query at {place}{more} {verb}: {worst.reason}"


def _worst(broken: list[BrokenQuery]) -> BrokenQuery:
    return min(broken, key=lambda item: (item.effect is Effect.CHANGES, item.certainty is Certainty.POSSIBLE))


def _severity(broken: list[BrokenQuery]) -> Severity:
    worst = _worst(broken)
    if worst.effect is Effect.CHANGES:
        return Severity.NOTE
    return Severity.ERROR if worst.certainty is Certainty.CERTAIN else Severity.WARNING


RULE = Rule(
    code="MR150",
    name="query-breaks",
    severity=Severity.ERROR,
    category=Category.COMPATIBILITY,
    dialects=("postgres", "mysql", "mariadb", "sqlite"),
    check_queries=_check,
)
