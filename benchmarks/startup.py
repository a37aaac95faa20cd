"""How long the command line takes to say something, as ratios to importing click and sqlglot."""

from __future__ import annotations

import tempfile
from pathlib import Path

from _timing import IMPORT_BOTH, PYTHON, REFERENCE, compare

CONFIG = '[project]\nname = "shop"\ndialect = "sqlite"\n[[environment]]\nname = "dev"\nurl = "sqlite:///dev.db"\n'


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "migrations").mkdir()
        (root / "migrations" / "0001_a.sql").write_text("CREATE TABLE a (id integer PRIMARY KEY);\n")
        (root / "migrail.toml").write_text(CONFIG)
        migrail = [PYTHON, "-m", "migrail"]
        commands = {
            REFERENCE: IMPORT_BOTH,
            "python -c pass": [PYTHON, "-c", "pass"],
            "migrail --version": [*migrail, "--version"],
            "migrail --help": [*migrail, "--help"],
            "migrail check (1 file)": [*migrail, "check"],
            "migrail status (1 file, SQLite)": [*migrail, "status"],
        }
        compare(REFERENCE, commands, cwd=root)


if __name__ == "__main__":
    main()
