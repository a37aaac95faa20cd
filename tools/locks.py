"""The reference page of PostgreSQL's locks, made from the facts."""

from __future__ import annotations

from itertools import groupby

from migrail.dialects import TypeChange
from migrail.dialects.postgres.facts import FACTS, MEASURED, REFUSALS, Fact
from migrail.dialects.postgres.facts.type_changes import CHANGES, Change
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

TYPES = """\
Every other change between two types of the server writes each row again, and so does USING with anything but the
column or its cast. A valid CHECK over the column is checked again, an index over an expression or with WHERE is
built again. Domains count as the type below them; one with a constraint makes the server write every row."""

_TYPES_HEAD = ("| from | to | when | indexes |", "|---|---|---|---|")
_COST = {TypeChange.FREE: "stay", TypeChange.INDEXES: "are built again"}

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
    parts += _type_changes()
    parts += ["## Not inside a transaction", "", "| form | versions |", "|---|---|"]
    parts += [
        f"| {refusal.form} | {'all' if refusal.until is None else f'before {refusal.until}'} |"
        for refusal in REFUSALS
    ]
    return "\n".join(parts)


def _type_changes() -> list[str]:
    rows = [
        f"| {_types(change.old)} | {_types(change.new)} | {_when(change)} | {_COST[change.cost]} |"
        for change in CHANGES
    ]
    return ["## ALTER COLUMN ... TYPE without writing rows again", "", TYPES, "", *_TYPES_HEAD, *rows, ""]


def _types(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _when(change: Change) -> str:
    zone = ["the session's time zone is UTC"] if change.in_utc else []
    since = [f"PostgreSQL {change.since[0]} or later"] if change.since else []
    return ", ".join([change.when.words, *zone, *since])


def _row(fact: Fact) -> str:
    when = " and ".join(condition.words for condition in fact.when) or "always"
    source = "" if fact.source == MEASURED else f" ({fact.source})"
    if fact.where is None:
        return f"| | {when} | the rows below do not count | | | {fact.versions}{source} |"
    work = "" if fact.work is Duration.INSTANT else fact.work.value
    end = "; the rows below do not count" if fact.last else ""
    waits = _WAITING[BLOCKS[fact.mode]]
    return f"| {fact.where.words} | {when}{end} | {fact.mode} | {waits} | {work} | {fact.versions}{source} |"
