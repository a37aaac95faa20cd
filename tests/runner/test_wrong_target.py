"""Wrong targets on MariaDB and SQLite: each is refused before the first write, with words of its own."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from tests.support.disk import small_disk
from tests.support.mariadb import PrivateMariadb, connect, fresh_mariadb
from tests.support.project import SHOP, Project, dump

MORE = {"0004_more": "CREATE TABLE more (id integer PRIMARY KEY);"}
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"


@pytest.fixture(params=["mariadb", "sqlite"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Two environments and nothing in them."""
    urls = {name: f"sqlite:///{name}.db" for name in ("dev", "qa")}
    if request.param == "mariadb":
        urls = {name: request.getfixturevalue("new_mariadb")() for name in urls}
    return Project(tmp_path, request.param, urls, {})


def points_to(project: Project, **urls: str) -> None:
    project.urls = urls
    project.configure({})


def refused(project: Project, said: str, *, code: int = 2) -> None:
    """Promoting is refused in these words and leaves everything as it was."""
    before = dump(project.urls["dev"], project.root)
    result = project.run("promote", "dev")
    assert (result.code, said in result.err, "→ " in result.err) == (code, True, True), result
    assert dump(project.urls["dev"], project.root) == before


def test_a_swapped_url(project: Project) -> None:
    project.write_all(SHOP)
    project.ok("promote", "--auto")
    project.write_all(MORE)
    dev, qa = project.urls["dev"], project.urls["qa"]
    points_to(project, dev=qa)
    refused(project, "the database says it is qa/default of project shop, not dev/default of shop")
    points_to(project, dev=dev)
    project.ok("promote", "dev")


def test_unknown_content(project: Project) -> None:
    _run(project.urls["dev"], project.root, "CREATE TABLE somebody_elses (id integer)")
    project.write_all(SHOP)
    refused(project, "holds tables but no ledger of migrail")


def _run(url: str, root: Path, sql: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(root / url.removeprefix("sqlite:///"))) as connection:
            connection.execute(sql)
        return
    with closing(connect(make_url(url))) as connection, connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_copy_in_the_same_server(tmp_path: Path, mariadb: object, new_mariadb: object) -> None:
    original = new_mariadb()  # type: ignore[operator]
    project = Project(tmp_path, "mariadb", {"dev": original}, {})
    project.write_all(SHOP)
    project.ok("promote", "dev")
    project.write_all(MORE)
    with fresh_mariadb(mariadb) as copy:  # type: ignore[arg-type]
        for (table,) in project.query("dev", TABLES):
            source = f"`{make_url(original).database}`.`{table}`"
            _run(str(copy), tmp_path, f"CREATE TABLE `{table}` LIKE {source}")
            _run(str(copy), tmp_path, f"INSERT INTO `{table}` SELECT * FROM {source}")
        points_to(project, dev=copy.render_as_string(hide_password=False))
        refused(project, "this is a copy: the ledger was made in")
        project.ok("reconcile", "dev", "--moved", "--reason", "we moved")
        project.ok("promote", "dev")


def test_a_server_that_is_read_only(tmp_path: Path) -> None:
    """As replicas are; whoever may write there nevertheless does not."""
    with closing(PrivateMariadb()) as server, fresh_mariadb(server.url) as url:
        project = Project(tmp_path, "mariadb", {"dev": url.render_as_string(hide_password=False)}, {})
        project.write_all(SHOP)
        for first in (True, False):
            _run(project.urls["dev"], tmp_path, "SET GLOBAL read_only = 1")
            refused(project, "the server is read-only, as replicas are")
            _run(project.urls["dev"], tmp_path, "SET GLOBAL read_only = 0")
            if first:
                project.ok("promote", "dev")
                project.write_all(MORE)


def test_a_file_on_a_read_only_disk(tmp_path: Path) -> None:
    with small_disk() as disk:
        project = Project(tmp_path, "sqlite", {"dev": f"sqlite:///{disk}/dev.db"}, {})
        project.write_all(SHOP)
        project.ok("promote", "dev")
        project.write_all(MORE)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        refused(project, "dev.db-guard cannot be made: Read-only file system", code=5)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        project.ok("promote", "dev")
