"""Files of very many statements: everything is there, and each statement costs little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.project import Project

SERVERS = ("postgres", "mariadb", "sqlite")

MEASURED = """
import re, sys
from pathlib import Path
from migrail.__main__ import main
try:
    main()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""
"""Says at the end how many kB it took at most."""

ROW = "INSERT INTO t (id, name, n) VALUES ({}, 'some text that stands in a row of the file', {});\n"


@pytest.fixture(params=SERVERS)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells the peak of a process")
    kind = request.param
    url = "sqlite:///dev.db" if kind == "sqlite" else request.getfixturevalue(f"new_{kind}")()
    made = Project(tmp_path, kind, {"dev": url}, {})
    made.write("0001_t", "CREATE TABLE t (id integer, name varchar(100), n integer);")
    made.ok("promote", "dev")
    return made


def peak(project: Project, count: int, *, head: str = "") -> float:
    """Megabytes that applying so many statements, which end in the table, takes at most."""
    number = len(list((project.root / "migrations").iterdir())) + 1
    path = project.root / "migrations" / f"{number:04}_rows.sql"
    with path.open("w") as file:
        file.write(head)
        file.writelines(ROW.format(place, place % 1000) for place in range(count))
    before = project.query("dev", "SELECT count(*) FROM t")[0][0]
    command = [sys.executable, "-c", MEASURED, "promote", "dev"]
    ended = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended
    assert project.query("dev", "SELECT count(*) FROM t") == [(before + count,)]
    return int(ended.stderr.splitlines()[-1]) / 1024


def test_in_one_transaction(project: Project) -> None:
    """A statement of a hundred bytes costs less than 1 kB beside itself."""
    few, many = peak(project, 10), peak(project, 10_010)
    assert many - few < 15


def test_in_steps(project: Project) -> None:
    head = "-- migrail: transaction=off\n"
    few, many = peak(project, 10, head=head), peak(project, 160, head=head)
    assert many - few < 6


@pytest.mark.long
def test_a_file_of_100_megabytes(project: Project) -> None:
    most = peak(project, 10**8 // len(ROW.format(10**6, 500)))
    print(f"\n{project.dialect}: {most:.0f} MB")
    assert most < 1000
