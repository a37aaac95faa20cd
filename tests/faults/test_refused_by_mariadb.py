"""What MariaDB refuses: the answer names the error's number, cause and next step, and what is there is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.faults.sweeps import SIX
from tests.support.disk import small_disk
from tests.support.mariadb import PrivateMariadb, connect, fresh_mariadb
from tests.support.project import Project, mariadb_project

PROMISES = [
    ("ALTER TABLE t MODIFY n bigint, ALGORITHM=INSTANT", 1846, "Try ALGORITHM=COPY"),
    ("ALTER TABLE t MODIFY n bigint, ALGORITHM=INPLACE", 1846, "Try ALGORITHM=COPY"),
    ("ALTER TABLE t MODIFY n bigint, LOCK=NONE", 1846, "Try LOCK=SHARED"),
    ("ALTER TABLE t ADD COLUMN a int, MODIFY n bigint, ALGORITHM=NOCOPY", 1846, "Try ALGORITHM=COPY"),
    ("ALTER TABLE t ADD FULLTEXT INDEX t_s (s), LOCK=NONE", 1846, "Try LOCK=SHARED"),
    ("CREATE INDEX t_n ON t (n) ALGORITHM=INSTANT", 1846, "Try ALGORITHM=NOCOPY"),
]
"""The statement, whose ALGORITHM or LOCK is not to be had, the error's number, and what the server says."""

KEPT = [
    "ALTER TABLE t ADD COLUMN a int DEFAULT 5, ALGORITHM=INSTANT, LOCK=NONE",
    "ALTER TABLE t ADD INDEX t_n (n), ALGORITHM=NOCOPY, LOCK=NONE",
    "CREATE INDEX t_s ON t (s) ALGORITHM=INPLACE LOCK=NONE",
    "ALTER TABLE t MODIFY n bigint, ALGORITHM=COPY, LOCK=SHARED",
]

TABLE = "CREATE TABLE t (id integer PRIMARY KEY, n integer, s varchar(20));"
COLUMNS = (
    "SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = database() "
    "AND table_name = 't' ORDER BY ordinal_position"
)


@pytest.fixture
def project(tmp_path: Path, mariadb_database: URL) -> Project:
    return project_in(tmp_path, mariadb_database)


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    """A server whose users and settings are ours to change."""
    with closing(PrivateMariadb()) as made:
        yield made.url


def project_in(root: Path, url: URL) -> Project:
    made = Project(root, "mariadb", {"dev": url.render_as_string(hide_password=False)}, {})
    made.write("0001_t", TABLE)
    made.ok("promote", "dev")
    return made


def run_as_admin(url: URL, *statements: str) -> None:
    with closing(connect(url)) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refused(project: Project, error: int, said: str, *, code: int = 4) -> None:
    """The second migration is refused in these words."""
    result = project.run("promote", "dev")
    assert (result.code, f"(error {error})" in result.err, said in result.err) == (code, True, True), result
    assert "→ " in result.err


def test_an_algorithm_or_lock_that_cannot_be_had(project: Project) -> None:
    """The server copies no table and keeps nobody waiting where the file says so: nothing is done, and nobody is
    asked what to do."""
    before = project.query("dev", COLUMNS)
    for statement, error, said in PROMISES:
        project.write("0002_more", f"{statement};")
        refused(project, error, said)
        assert (project.states()["0002_more"]["dev"], project.query("dev", COLUMNS)) == ("next", before)


def test_an_algorithm_and_lock_that_can_be_had(project: Project) -> None:
    project.write("0002_more", ";\n".join(KEPT))
    project.ok("promote", "dev")
    types = dict(project.query("dev", COLUMNS))
    assert (types["a"], types["n"]) == ("int(11)", "bigint(20)")


@pytest.mark.parametrize("row", ["(2)", "(1)"], ids=["succeeds", "fails"])
def test_the_last_of_several_results_counts(row: str, project: Project) -> None:
    """An error behind the first result of CALL comes with a later one."""
    body = f"BEGIN SELECT 1; SELECT 2; INSERT INTO t (id) VALUES {row}; SELECT 3; END"
    project.write("0002_p", f"CREATE PROCEDURE p() {body};\nINSERT INTO t (id) VALUES (1);")
    project.ok("promote", "dev")
    project.write("0003_call", "CALL p();")
    if row == "(2)":
        project.ok("promote", "dev")
    else:
        refused(project, 1062, "Duplicate entry '1' for key 'PRIMARY'")
        assert project.states()["0003_call"]["dev"] == "failed"


def test_a_timeout_that_the_file_sets_itself(project: Project) -> None:
    text = "INSERT INTO t (id) VALUES (1);\nSET max_statement_time = 0.05;\nSELECT SLEEP(5) FROM t;"
    project.write("0002_more", text)
    refused(project, 1969, "max_statement_time exceeded", code=4)
    assert (project.states()["0002_more"]["dev"], project.query("dev", "SELECT * FROM t")) == ("failed", [])
    project.write("0002_more", text.replace("0.05", "60").replace("SLEEP(5)", "SLEEP(0)"))
    project.ok("promote", "dev")


def test_a_privilege_that_is_missing(tmp_path: Path, server: URL) -> None:
    with fresh_mariadb(server) as url:
        user = url.database
        run_as_admin(
            url, f"CREATE USER {user}", f"GRANT CREATE, INSERT, SELECT, UPDATE, DELETE ON {user}.* TO {user}"
        )
        project = project_in(tmp_path, url.set(username=user))
        project.write("0002_more", "INSERT INTO t (id) VALUES (1);\nALTER TABLE t ADD COLUMN a int;")
        refused(project, 1142, "ALTER command denied to user")
        assert project.states()["0002_more"]["dev"] == "failed"
        run_as_admin(url, f"GRANT ALTER ON {user}.* TO {user}")
        project.ok("resolve", "dev", "0002_more", "--retry", "--reason", "granted")
        project.ok("promote", "dev")
        assert project.query("dev", "SELECT id, a FROM t") == [(1, None)]
        run_as_admin(url, f"DROP USER {user}")


def test_connections_that_are_exhausted(tmp_path: Path, server: URL) -> None:
    with fresh_mariadb(server) as url:
        user = url.database
        run_as_admin(url, f"CREATE USER {user}", f"GRANT ALL ON {user}.* TO {user}")
        project = project_in(tmp_path, url.set(username=user))
        project.write("0002_more", "ALTER TABLE t ADD COLUMN a int;")
        run_as_admin(url, f"ALTER USER {user} WITH MAX_USER_CONNECTIONS 1")
        refused(project, 1226, "max_user_connections", code=5)
        assert project.states()["0002_more"]["dev"] == "next"
        run_as_admin(url, f"ALTER USER {user} WITH MAX_USER_CONNECTIONS 0")
        project.ok("promote", "dev")
        run_as_admin(url, f"DROP USER {user}")


def test_a_disk_that_is_full(tmp_path: Path, server: URL) -> None:
    filling = "INSERT INTO big SELECT seq, repeat(md5(seq), 30) FROM seq_1_to_{};"
    with small_disk() as disk, fresh_mariadb(server) as url:
        project = project_in(tmp_path, url)
        project.write("0002_big", f"CREATE TABLE big (id integer, n text) DATA DIRECTORY = '{disk}';")
        project.ok("promote", "dev")
        project.write("0003_fill", f"INSERT INTO t (id) VALUES (1);\n{filling.format(40000)}")
        refused(project, 1114, "The table 'big' is full")
        assert project.states()["0003_fill"]["dev"] == "failed"
        assert project.query("dev", "SELECT count(*) FROM big UNION ALL SELECT count(*) FROM t") == [(0,), (0,)]
        project.write("0003_fill", f"INSERT INTO t (id) VALUES (1);\n{filling.format(100)}")
        project.ok("promote", "dev")
        project.query("dev", "DROP TABLE big")


SEEN = (
    "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = 't'",
    "SELECT count(*) FROM t",
    "SELECT count(*) FROM information_schema.columns WHERE table_schema = database() AND column_name = 'late'",
    "SELECT count(*) FROM information_schema.statistics WHERE table_schema = database() AND index_name = 't_n'",
    "SELECT count(*) FROM t WHERE late = 7",
    "SELECT 1 - count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = 'first'",
)


@pytest.mark.parametrize("place", range(1, 7))
def test_a_statement_that_fails_in_mariadb(place: int, tmp_path: Path, new_mariadb: object) -> None:
    project = mariadb_project(tmp_path, new_mariadb)  # type: ignore[arg-type]
    project.write("0001_first", "CREATE TABLE first (id integer PRIMARY KEY);")
    project.ok("promote", "dev")
    broken = [*SIX[: place - 1], "ALTER TABLE missing ADD COLUMN n integer", *SIX[place:]]
    project.write("0002_six", ";\n".join(broken))
    result = project.run("promote", "dev")
    assert (result.code, f"failed at statement {place} of 6" in result.err) == (4, True), result
    for sql in SEEN[: place - 1]:
        assert project.query("dev", sql) == [(1,)], sql
    state = project.states()["0002_six"]["dev"]
    assert state == ("next" if place == 1 else "failed"), result
    rows = project.query(
        "dev", "SELECT kind, statements FROM migrail_ledger WHERE migration = '0002_six' ORDER BY sequence"
    )
    assert rows == [("started", 0), ("undone" if place == 1 else "failed", place - 1)]
    project.write("0002_six", ";\n".join(SIX))
    if place > 1:
        project.ok("resolve", "dev", "0002_six", "--accept-edit", "--reason", "mended")
    project.ok("promote", "dev")
    assert [project.query("dev", sql) for sql in SEEN] == [[(1,)]] * 6
