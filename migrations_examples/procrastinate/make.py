"""Makes a migrail project of a public project's migrations: those of procrastinate, a task queue for PostgreSQL.

    python migrations_examples/procrastinate/make.py FOLDER

downloads the package from PyPI, copies its plain SQL migrations under names of the plain layout, and writes a
configuration for four databases. Nothing of the package is run or kept in this repository.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

PACKAGE = "procrastinate==3.10.0"

CONFIG = """\
[project]
name = "procrastinate"
dialect = "postgres"

[[environment]]
name = "dev"
url = "${env:DEV_DATABASE_URL}"

[[environment]]
name = "qa"
url = "${env:QA_DATABASE_URL}"
gates = [{ type = "evidence", name = "unit-tests" }]

[[environment]]
name = "staging"
url = "${env:STAGING_DATABASE_URL}"

[[environment]]
name = "prod"
url = "${env:PROD_DATABASE_URL}"
gates = [{ type = "approval" }]
"""


def make(folder: Path, migrations: Iterable[tuple[str, bytes]]) -> None:
    """Writes the project. ``migrations`` are names such as ``01.01.01_01_job_id_bigint.sql`` with their bytes."""
    target = folder / "migrations"
    target.mkdir(parents=True)
    for number, (name, content) in enumerate(sorted(migrations), 1):
        words = re.sub(r"^[\d.]+_\d+_", "", name)
        (target / f"{number:04d}_{words}").write_bytes(content)
    (folder / "migrail.toml").write_text(CONFIG, encoding="utf-8")


def download() -> list[tuple[str, bytes]]:
    """The migrations in the package, by name."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as package:
            return [
                (Path(name).name, package.read(name))
                for name in package.namelist()
                if name.startswith("procrastinate/sql/migrations/") and name.endswith(".sql")
            ]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make.py FOLDER")
    make(Path(sys.argv[1]), download())
