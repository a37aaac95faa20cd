"""How long checking 1,000 files takes, as ratios to importing click and sqlglot, and to sqlglot parsing them."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from _timing import IMPORT_BOTH, PYTHON, REFERENCE, compare

FILES = 1000

PARSE = """
import logging, pathlib, sqlglot
logging.disable(logging.CRITICAL)
for path in sorted(pathlib.Path('migrations').iterdir()):
    sqlglot.parse(path.read_text(), dialect='postgres')
"""


def write_files(folder: Path, seed: int = 1) -> None:
    """A thousand migrations as a busy team writes them, the same for the same seed."""
    choose = random.Random(seed)
    tables: list[str] = []
    for number in range(1, FILES + 1):
        if not tables or number % 5 == 0:
            table = f"table_{number}"
            tables.append(table)
            columns = ",\n".join(f"    c{i} {choose.choice(TYPES)} NOT NULL DEFAULT {i}" for i in range(8))
            text = f"-- table {number}\nCREATE TABLE {table} (\n    id bigint PRIMARY KEY,\n{columns}\n);\n"
        else:
            table = choose.choice(tables)
            text = choose.choice(CHANGES).format(table=table, number=number)
        (folder / f"{number:04d}_change.sql").write_text(text)


TYPES = ("integer", "bigint", "numeric(10, 2)")

CHANGES = (
    "ALTER TABLE {table} ADD COLUMN added_{number} text;\n",
    "ALTER TABLE {table} ADD COLUMN added_{number} integer DEFAULT 0, ADD CHECK (added_{number} >= 0) NOT VALID;\n",
    "CREATE INDEX {table}_{number}_idx ON {table} (c1, c2) WHERE c3 > 0;\n",
    "UPDATE {table} SET c1 = c2 + 1 WHERE c3 = {number};\n",
    "COMMENT ON TABLE {table} IS 'change {number}';\nANALYZE {table};\n",
)


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "migrations").mkdir()
        write_files(root / "migrations")
        (root / "migrail.toml").write_text('[project]\nname = "shop"\ndialect = "postgres"\n')
        commands = {
            REFERENCE: IMPORT_BOTH,
            f"sqlglot.parse of {FILES} files": [PYTHON, "-c", PARSE],
            f"migrail check of {FILES} files": [PYTHON, "-m", "migrail", "check", "--fail-on", "never"],
            "migrail check of the last, others as history": [
                *(PYTHON, "-m", "migrail", "check", "--fail-on", "never"),
                f"migrations/{FILES:04d}_change.sql",
            ],
        }
        compare(REFERENCE, commands, rounds=5, cwd=root)


if __name__ == "__main__":
    main()
