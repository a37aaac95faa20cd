"""The reference page of PostgreSQL's locks, made from the facts."""

from __future__ import annotations

from itertools import groupby

from migrail.dialects.postgres.facts import FACTS, MEASURED, REFUSALS, Fact
from migrail.dialects.postgres.locks import BLOCKS
from migrail.model.locks import Blocked, Duration

HEAD = """\
# What statements lock on PostgreSQL

Every row is compared with servers by the tests: 15 and 18 always, 10 to 14, 16 and 17 on 26 November 2026,
without a difference. Rows that cannot be measured inside a transaction name their source. Several rows may hold for
one statement: their locks add up, and the strongest on each relation counts. A partitioned table has no rows of its
own, so that work counts on its partitions.

*reads* and *writes* wait while the lock is held; *scan* reads every row, *rewrite* writes every row again, both
while the lock is held.
"""

_WAITING = {
    (Blocked.READS, Blocked.WRITES, Blocked.DDL): "reads, writes",
    (Blocked.WRITES, Blocked.DDL): "writes",
    (Blocked.DDL,): "DDL",
}


def page() -> str:
    """In Markdown."""
    parts = [HEAD]
    for form, facts in groupby(FACTS, key=lambda fact: fact.form):
        parts += [f"## {form}", "", "| relation | when | lock | who waits | work | versions |"]
        parts += ["|---|---|---|---|---|---|", *(_row(fact) for fact in facts), ""]
    parts += ["## Not inside a transaction", "", "| form | versions |", "|---|---|"]
    parts += [
        f"| {refusal.form} | {'all' if refusal.until is None else f'before {refusal.until}'} |"
        for refusal in REFUSALS
    ]
    return "\n".join(parts)


def _row(fact: Fact) -> str:
    when = " and ".join(condition.words for condition in fact.when) or "always"
    source = "" if fact.source == MEASURED else f" ({fact.source})"
    if fact.where is None:
        return f"| | {when} | the rows below do not count | | | {fact.versions}{source} |"
    work = "" if fact.work is Duration.INSTANT else fact.work.value
    end = "; the rows below do not count" if fact.last else ""
    waits = _WAITING[BLOCKS[fact.mode]]
    return f"| {fact.where.words} | {when}{end} | {fact.mode} | {waits} | {work} | {fact.versions}{source} |"
