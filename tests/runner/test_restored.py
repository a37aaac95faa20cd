"""Databases that are not what they were: restored from a backup, moved, copied; and a tracker that was lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url
from tests.support.project import SHOP, Project, sqlite_project

MORE = "0004_more"


def copy_of(url: str, name: str) -> str:
    """A copy of a PostgreSQL database in the same server, under that name."""
    original = make_url(url)
    server = original.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as admin:
        identifiers = sql.Identifier(name), sql.Identifier(str(original.database))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*identifiers))
    return original.set(database=name).render_as_string(hide_password=False)


def drop(url: str) -> None:
    parsed = make_url(url)
    server = parsed.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as admin:
        name = sql.Identifier(str(parsed.database))
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


class Backup:
    """Takes a backup of an environment's database and puts it back."""

    def __init__(self, project: Project, environment: str) -> None:
        self._project, self._environment = project, environment
        url = project.urls[environment]
        if project.dialect == "sqlite":
            self._file = project.root / url.removeprefix("sqlite:///")
            shutil.copy(self._file, f"{self._file}-backup")
        else:
            self._kept = copy_of(url, f"{make_url(url).database}_b")

    def restore(self) -> None:
        if self._project.dialect == "sqlite":
            shutil.copy(f"{self._file}-backup", self._file)
            return
        url = self._project.urls[self._environment]
        drop(url)
        copy_of(self._kept, str(make_url(url).database))

    def close(self) -> None:
        if self._project.dialect != "sqlite":
            drop(self._kept)


@pytest.fixture(params=["sqlite", "postgres"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    if request.param == "sqlite":
        made = sqlite_project(tmp_path)
    else:
        new: Callable[[], str] = request.getfixturevalue("new_postgres")
        made = Project(tmp_path, "postgres", {"dev": new(), "qa": new()}, {})
    made.urls = {name: made.urls[name] for name in ("dev", "qa")}
    made.configure({})
    made.write_all(SHOP)
    return made


def test_a_backup_that_is_older_stops_promotion_upward(project: Project) -> None:
    project.ok("promote", "dev", "--to", "0002")
    project.ok("promote", "qa")
    backup = Backup(project, "dev")
    try:
        project.ok("promote", "dev")
        project.ok("status")
        backup.restore()
    finally:
        backup.close()
    moved = project.dialect == "postgres"  # the restored database is another one to the server
    if moved:
        refused = project.run("promote", "dev")
        assert (refused.code, "this is a copy" in refused.err) == (2, True), refused
        project.ok("reconcile", "dev", "--moved", "--reason", "restored from the nightly backup")
    assert project.states()["0003_add_phone"]["dev"] == "regressed"
    stopped = project.run("promote", "qa")
    assert stopped.code == 3, stopped
    assert project.states()["0003_add_phone"]["qa"] != "applied"
    project.ok("promote", "dev")
    assert project.states()["0003_add_phone"]["dev"] == "applied"
    project.ok("promote", "qa")
    assert project.states()["0003_add_phone"] == {"dev": "applied", "qa": "applied"}


def test_a_lost_tracker_gets_its_promotions_back(project: Project) -> None:
    project.ok("promote", "--auto")
    (project.root / ".migrail" / "tracker.db").unlink()
    settled = project.ok("reconcile", "--format", "json").json["settled"]
    assert [item["environment"] for item in settled if "put into the tracker" in item["what"]] == ["dev", "qa"]
    assert project.ok("reconcile", "--format", "json").json["settled"] == []
    project.write(MORE, "CREATE TABLE more (id integer PRIMARY KEY);")
    project.ok("promote", "--auto")
    assert project.states()[MORE] == {"dev": "applied", "qa": "applied"}


def test_a_move_is_said_once(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    project = Project(tmp_path, "postgres", {"dev": new_postgres()}, {})
    project.write_all(SHOP)
    project.ok("promote", "dev")
    project.write(MORE, "CREATE TABLE more (id integer PRIMARY KEY);")
    moved = copy_of(project.urls["dev"], f"{make_url(project.urls['dev']).database}_m")
    try:
        project.urls["dev"] = moved
        project.configure({})
        before = project.dump()
        refused = project.run("promote", "dev")
        assert (refused.code, "this is a copy: the ledger was made in" in refused.err) == (2, True), refused
        assert project.dump() == before
        project.ok("reconcile", "dev", "--moved", "--reason", "a bigger machine", "--dry-run")
        assert project.dump() == before
        project.ok("reconcile", "dev", "--moved", "--reason", "a bigger machine")
        again = project.ok("reconcile", "dev", "--moved", "--reason", "once more", "--format", "json").json
        assert again["settled"] == []
        rows = project.query("dev", "SELECT kind FROM migrail_ledger WHERE kind = 'moved'")
        assert rows == [("moved",)]
        project.ok("promote", "dev")
        assert project.states()[MORE]["dev"] == "applied"
    finally:
        drop(moved)


def test_a_copy_on_another_server(tmp_path: Path, new_postgres: Callable[[], str], postgres_18: object) -> None:
    """Structure and ledger are the same; the server is not."""
    from tests.support.servers import fresh_database

    project = Project(tmp_path, "postgres", {"dev": new_postgres()}, {})
    project.write_all(SHOP)
    project.ok("promote", "dev")
    tables = ("migrail_identity", "migrail_ledger", "migrail_journal")
    with fresh_database(postgres_18) as url:  # type: ignore[arg-type]
        original = project.connect("dev")
        project.urls["dev"] = url
        project.configure({})
        (tmp_path / ".migrail" / "tracker.db").unlink()
        project.ok("promote", "dev")
        with original, psycopg.connect(url.replace("+psycopg", "")) as copy:
            for table in tables:
                copy.execute(f"DELETE FROM {table}".encode())
                with (
                    original.cursor().copy(f"COPY {table} TO STDOUT".encode()) as out,
                    copy.cursor().copy(f"COPY {table} FROM STDIN".encode()) as into,
                ):
                    for data in out:
                        into.write(data)
        (tmp_path / ".migrail" / "tracker.db").unlink()
        project.write(MORE, "CREATE TABLE more (id integer PRIMARY KEY);")
        refused = project.run("promote", "dev")
        assert (refused.code, "this is a copy: the ledger was made in" in refused.err) == (2, True), refused
        project.ok("reconcile", "dev", "--moved", "--reason", "a new server")
        project.ok("promote", "dev")
        assert project.states()[MORE]["dev"] == "applied"
