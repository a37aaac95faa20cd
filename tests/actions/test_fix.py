"""Everything that a machine may rewrite, rewritten until nothing is left, and run on a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from migrail import dialects
from migrail.actions.context import CheckContext
from migrail.actions.fix import Surroundings, fixes
from migrail.catalog.compare import compare, diff_lines
from migrail.model.migration import Migration
from migrail.model.rewrites import Applicability
from migrail.results.files import Fixes
from tests.catalog.comparing import connected
from tests.rules.case_files import Case, cases
from tests.rules.checking import migration
from tests.rules.test_rewrites import STOCK, applied

POSTGRES = [case for case in cases() if case.dialect == "postgres"]

MIXED = [
    """ALTER TABLE orders ADD CHECK (total > 0), ADD UNIQUE (number), ALTER note SET NOT NULL, ADD z int""",
    """ALTER TABLE orders ADD COLUMN a text UNIQUE CHECK (a <> ''), ADD b int DEFAULT 1 REFERENCES customers;""",
    """ALTER TABLE orders ADD COLUMN a int; CREATE INDEX i ON orders (a); ALTER TABLE orders RENAME a TO c;""",
    """CREATE INDEX i ON orders (note); CREATE INDEX ON orders (total); COMMENT ON INDEX i IS 'x'; DROP INDEX i;""",
    """ALTER TABLE bare ADD PRIMARY KEY (id, code); ALTER TABLE bare ADD COLUMN x int NOT NULL DEFAULT 1;""",
    """ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; ALTER TABLE orders DROP net;""",
    """ALTER TABLE orders ALTER note SET NOT NULL; CREATE UNIQUE INDEX i ON orders (note);
       ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i; REINDEX INDEX u;""",
    """ALTER TABLE "Order 'Lines'" ADD CHECK (note <> ''); CREATE INDEX "an ""index" ON "Order 'Lines'" (note);""",
    """CREATE TABLE new (id int REFERENCES customers); CREATE INDEX ON new (id); CREATE INDEX ON bare (code);""",
    """ALTER TABLE orders ADD COLUMN a int; CREATE INDEX CONCURRENTLY i ON orders (a);""",
]


def fixed(new: list[Migration], history: list[Migration], version: tuple[int, ...]) -> Fixes:
    context = CheckContext(
        dialect=dialects.get("postgres"), version=version, history=tuple(history), new=tuple(new)
    )
    return fixes(context, Surroundings())


def numbered(texts: list[str], first: int) -> list[Migration]:
    return [migration(text, number=number) for number, text in enumerate(texts, first)]


@pytest.mark.parametrize("case", POSTGRES, ids=lambda case: f"{case.code}-{case.line}")
def test_nothing_that_a_machine_may_rewrite_is_left_without_a_reason(case: Case) -> None:
    count = len(case.history)
    history, new = case.migrations[:count], case.migrations[count:]
    answer = fixed(new, history, case.version or (15,))
    left = [
        finding.code
        for finding in answer.left.findings
        if finding.rewrite is not None and finding.rewrite.applicability is Applicability.SAFE
    ]
    assert len(left) <= len(answer.withheld)
    assert all(change.path.startswith("migrations/") for change in answer.changes)
    again = {change.path: change.text for change in answer.changes}
    assert len(again) == len(answer.changes)


@pytest.mark.parametrize("sql", MIXED, ids=lambda sql: sql[:60])
def test_rewritten_files_do_the_same(sql: str, new_postgres: Callable[[], str]) -> None:
    history, new = numbered([STOCK], 1), numbered([sql], 2)
    answer = fixed(new, history, (15,))
    assert answer.applied
    assert answer.withheld == ()
    texts = {item.path: item.text for item in new} | {change.path: change.text for change in answer.changes}
    rewritten = [texts[path] for path in sorted(texts)]
    refused = "-- migrail: transaction=off\n" if "CONCURRENTLY" in sql else ""
    with connected(new_postgres()) as connection:
        wanted = applied(connection, STOCK, [refused + sql])
        made = applied(connection, STOCK, rewritten)
    assert diff_lines(compare(wanted[0], made[0])) == []
    assert wanted[1] == made[1]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (
            "ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0); ALTER TABLE orders RENAME CONSTRAINT c TO d;",
            "it would bring MR405",
        ),
        (
            "ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0); DROP TABLE orders;",
            "it would bring MR405",
        ),
    ],
)
def test_what_would_not_work_any_more_is_withheld(sql: str, why: str) -> None:
    """The validation comes last, when the constraint has another name or is gone."""
    answer = fixed(numbered([sql], 2), numbered([STOCK], 1), (15,))
    assert (answer.changes, answer.applied) == ((), ())
    assert why in answer.withheld[0]
