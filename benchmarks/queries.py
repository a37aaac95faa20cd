"""How long reading queries takes: 1,000 Python files, and 50,000 queries in SQL files and in a capture."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

from _timing import IMPORT_BOTH, PYTHON, REFERENCE, compare

MODULES, STATEMENTS = 1000, 50_000

READ = """
import sys
from pathlib import Path
from migrail.actions.context import CheckContext
from migrail.actions.queries import named, with_queries
from migrail import dialects
dialect = dialects.get('postgres')
context = CheckContext(dialect=dialect, version=(15,), history=(), new=())
found = with_queries(context, named([sys.argv[1]]))
assert len(found.queries) == int(sys.argv[2]), (len(found.queries), found.unreadable[:3])
"""

MODULE = '''"""Module {number}."""

import logging

log = logging.getLogger(__name__)

FIND = """
    SELECT id, email, phone
    FROM customers
    WHERE id = %s
"""


class Repository{number}:
    """Reads and writes customers."""

    def find(self, cursor, id):
        cursor.execute(FIND, (id,))
        row = cursor.fetchone()
        if row is None:
            log.warning("no customer %s", id)
        return row
'''

METHOD = """
    def method_{n}(self, cursor, value, order="id"):
        \"\"\"Does {n}.\"\"\"
        query = "SELECT a.id, a.total_{n} FROM orders AS a JOIN customers AS b ON b.id = a.customer_id"
        query += f" WHERE a.state_{n} = '{{value}}' ORDER BY {{order}}"
        cursor.execute(query)
        for item in cursor.fetchall():
            total = sum(part.price * part.count for part in item.parts if part.count > {n})
            self.note(item, total, {{"kind": "order", "number": {n}}})
"""


def statement(choose: random.Random, number: int) -> str:
    """A query as applications have them."""
    table = choose.choice(("customers", "orders", "order_items", "products"))
    return (
        f"SELECT t.id, t.name_{number}, count(*) AS n FROM {table} AS t LEFT JOIN tags ON tags.owner_id = t.id "
        f"WHERE t.state = $1 AND t.created_at > $2::timestamptz GROUP BY t.id ORDER BY n DESC LIMIT $3"
    )


def write_files(root: Path, seed: int = 1) -> None:
    """The files, the same for the same seed."""
    choose = random.Random(seed)
    for folder in ("app", "sql"):
        (root / folder).mkdir()
    for number in range(MODULES):
        methods = "".join(METHOD.format(n=n) for n in range(9))
        (root / "app" / f"module_{number}.py").write_text(MODULE.format(number=number) + methods)
    texts = [statement(choose, number) for number in range(STATEMENTS)]
    for start in range(0, STATEMENTS, 500):
        named = (
            f"-- name: Query{start + n} :many\n{text};\n\n" for n, text in enumerate(texts[start : start + 500])
        )
        (root / "sql" / f"{start}.sql").write_text("".join(named))
    rows = [{"query": text, "calls": number} for number, text in enumerate(texts)]
    (root / "capture.json").write_text(json.dumps({"schema": "migrail.queries/1", "queries": rows}))


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_files(root)

        def reading(glob: str, count: int) -> list[str]:
            return [PYTHON, "-c", READ, glob, str(count)]

        commands = {
            REFERENCE: IMPORT_BOTH,
            f"queries of {MODULES} Python files": reading("app/*.py", MODULES * 10),
            f"{STATEMENTS} queries in SQL files": reading("sql/*.sql", STATEMENTS),
            f"{STATEMENTS} queries in a capture": reading("capture.json", STATEMENTS),
        }
        compare(REFERENCE, commands, rounds=3, cwd=root)


if __name__ == "__main__":
    main()
