"""What tools and guides claim about locks, and what servers answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import psycopg
import pymysql
import pytest
from sqlalchemy.engine import URL

from migrail.model.locks import Blocked, Duration
from tests.dialects.postgres.comparing import compare, declared, prepared
from tests.dialects.postgres.forms import Form
from tests.dialects.postgres.forms.setup import DEFAULT
from tests.dialects.postgres.measure import measure
from tests.support.mariadb import connect

INSTANT, SCAN, REWRITE = Duration.INSTANT, Duration.SCAN, Duration.REWRITE
S, SUX, SRX, AX = "SHARE", "SHARE UPDATE EXCLUSIVE", "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE"
Locks = Mapping[str, tuple[str, Duration]]


class Claim(NamedTuple):
    """One claim and the form that answers it."""

    said: str
    statement: str
    locks: Locks
    """The answer; other relations may be locked as well."""
    before: str = ""
    since: int = 10


def widening(old: str, new: str) -> Claim:
    return Claim(
        "every type change is a rewrite",
        f"ALTER TABLE w ALTER COLUMN c TYPE {new}",
        {"w": (AX, INSTANT)},
        f"CREATE TABLE w (c {old}); INSERT INTO w VALUES (NULL)",
    )


ATTACH = "ALTER TABLE parted ATTACH PARTITION lone FOR VALUES FROM (20) TO (30)"
COLLATED = 'ALTER TABLE w ALTER COLUMN c TYPE text COLLATE "POSIX"'

CLAIMS = [
    Claim(
        "ADD FOREIGN KEY takes ACCESS EXCLUSIVE",
        "ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p",
        {"t": (SRX, SCAN), "p": (SRX, SCAN)},
    ),
    Claim("ADD CHECK takes SHARE ROW EXCLUSIVE", "ALTER TABLE t ADD CHECK (a > 0)", {"t": (AX, SCAN)}),
    Claim("ADD UNIQUE takes SHARE ROW EXCLUSIVE", "ALTER TABLE t ADD UNIQUE (p_id)", {"t": (AX, SCAN)}),
    Claim(
        "ADD EXCLUDE takes SHARE ROW EXCLUSIVE",
        "ALTER TABLE t ADD EXCLUDE USING btree (a WITH =)",
        {"t": (AX, SCAN)},
    ),
    Claim(
        "UNIQUE USING INDEX takes SHARE UPDATE EXCLUSIVE",
        "ALTER TABLE t ADD CONSTRAINT n UNIQUE USING INDEX t_a_unique",
        {"t": (AX, INSTANT)},
    ),
    Claim(
        "a CHECK on a new column has nothing to check",
        "ALTER TABLE t ADD COLUMN n integer CHECK (n > 0)",
        {"t": (AX, SCAN)},
    ),
    Claim(
        "DEFAULT now() rewrites",
        "ALTER TABLE t ADD COLUMN n timestamptz DEFAULT now()",
        {"t": (AX, INSTANT)},
        since=11,
    ),
    Claim(
        "a virtual generated column rewrites",
        "ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) VIRTUAL",
        {"t": (AX, INSTANT)},
        since=18,
    ),
    Claim(
        "a change of collation rewrites the table",
        COLLATED,
        {"w": (AX, INSTANT)},
        "CREATE TABLE w (c text); INSERT INTO w VALUES ('x')",
    ),
    Claim(
        "a change of collation rewrites the table",
        COLLATED,
        {"w": (AX, SCAN)},
        "CREATE TABLE w (c text); INSERT INTO w VALUES ('x'); CREATE INDEX w_c ON w (c)",
    ),
    Claim(
        "ADD COLUMN ... REFERENCES scans",
        "ALTER TABLE t ADD COLUMN n integer REFERENCES p",
        {"t": (AX, INSTANT), "p": (SRX, INSTANT)},
    ),
    Claim(
        "ATTACH PARTITION needs ACCESS EXCLUSIVE",
        ATTACH,
        {"parted": (SUX, INSTANT), "lone": (AX, SCAN), "others": (AX, SCAN)},
        DEFAULT,
        since=12,
    ),
    Claim("REINDEX needs ACCESS EXCLUSIVE on the table", "REINDEX TABLE t", {"t": (S, SCAN), "t_a": (AX, SCAN)}),
    Claim(
        "DISABLE TRIGGER only keeps DDL waiting", "ALTER TABLE t DISABLE TRIGGER t_noticed", {"t": (SRX, INSTANT)}
    ),
    Claim("RENAME COLUMN is instant from 14 on", "ALTER TABLE t RENAME COLUMN a TO n", {"t": (AX, INSTANT)}),
    Claim("ADD VALUE does not go into a transaction", "ALTER TYPE mood ADD VALUE 'calm'", {}, since=12),
    widening("varchar(10)", "varchar(20)"),
    widening("varchar(10)", "varchar"),
    widening("varchar(10)", "text"),
    widening("text", "varchar"),
    widening("numeric(8,2)", "numeric(10,2)"),
    widening("numeric(8,2)", "numeric"),
    widening("timestamp(3)", "timestamp"),
    widening("varbit(5)", "varbit(9)"),
]


@pytest.fixture(scope="module", params=["postgres", "postgres_18"])
def server(request: pytest.FixtureRequest) -> URL:
    found: URL = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def connection(server: URL) -> Iterator[psycopg.Connection]:
    with prepared(server) as opened:
        yield opened


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.said}: {claim.statement}")
def test_claim(connection: psycopg.Connection, claim: Claim) -> None:
    """The declared effects are the answer, and the server gives it."""
    major = connection.info.server_version // 10000
    if major < claim.since:
        return
    form = Form(claim.statement, claim.before)
    said = {relation.removeprefix("public."): lock for relation, lock in declared(form, (major,)).items()}
    assert {name: (said[name].mode, said[name].duration) for name in claim.locks} == dict(claim.locks)
    connection.execute(claim.before or "SELECT 1")
    connection.commit()
    assert compare(connection, form) == []
    connection.execute("DROP TABLE IF EXISTS w, others")
    connection.commit()


def test_add_unique_keeps_reads_waiting() -> None:
    """Claimed to block writes only."""
    lock = declared(Form("ALTER TABLE t ADD UNIQUE (p_id)"), (15,))["public.t"]
    assert Blocked.READS in lock.blocks


def test_reads_go_on_while_a_foreign_key_is_added() -> None:
    lock = declared(Form("ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p"), (15,))["public.t"]
    assert (Blocked.READS in lock.blocks, Blocked.WRITES in lock.blocks) == (False, True)


def test_a_changed_collation_leaves_the_rows(server: URL) -> None:
    before = "CREATE TABLE w (c text); INSERT INTO w VALUES ('x'); CREATE INDEX w_c ON w (c)"
    with prepared(server, before) as opened:
        assert measure(opened, COLLATED).rewritten == {"public.w_c"}


def test_an_inline_reference_is_honoured_by_mariadb(mariadb_database: URL) -> None:
    """Claimed to be ignored, as MySQL before 9 has it."""
    with connect(mariadb_database) as opened, opened.cursor() as cursor:
        cursor.execute("CREATE TABLE p (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE t (p_id integer REFERENCES p (id))")
        with pytest.raises(pymysql.err.IntegrityError):
            cursor.execute("INSERT INTO t VALUES (1)")
