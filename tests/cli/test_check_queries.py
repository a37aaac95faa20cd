"""check with queries: where they come from on the command line, and input that is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.support.project import Project, run

PEACEFUL = "CREATE TABLE t (id bigint PRIMARY KEY);"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is no project."""
    (tmp_path / "change.sql").write_text(PEACEFUL)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "app.sql").write_text("SELECT id FROM customers;")
    return tmp_path


def checked(folder: Path, *arguments: str) -> tuple[int, str]:
    result = run(folder, "check", "--dialect", "postgres", "change.sql", *arguments)
    assert "Traceback" not in result.err
    return result.code, result.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--queries", "queries/*.sql"], 0, ""),
        (["--queries", "queries"], 0, ""),
        (["--queries", "queries/**", "--queries", "queries/app.sql"], 0, ""),
        (["--queries", "nowhere/*.sql"], 2, "--queries: no file matches 'nowhere/*.sql'"),
        (["--queries", "\x1b[31m*"], 2, "no file matches '\\x1b[31m*'"),
        (["--queries", ""], 2, "no file matches ''"),
        (["--queries", "queries", "--new-code"], 2, "--new-code needs a git revision"),
    ],
)
def test_globs(folder: Path, arguments: list[str], code: int, said: str) -> None:
    found, err = checked(folder, *arguments)
    assert (found, said in err) == (code, True), err


BAD: dict[str, bytes] = {
    "prose.sql": b"It's a letter, not a query.",
    "binary.sql": bytes(range(256)) * 50,
    "latin.sql": b"SELECT '\xe9'",
    "jinja.sql": b"SELECT {{ x }} FROM {% if y %}t{% endif %}",
    "format.sql": b"SELECT {} FROM {table}",
    "mysql.sql": b"SELECT `id` FROM `t` # comment\nWHERE \"x\" = 'it\\'s'",
    "long.sql": b"SELECT " + b"a, " * 400_000 + b"a FROM t",
    "deep.sql": b"SELECT " + b"(" * 20_000 + b"1" + b")" * 20_000,
    "empty.sql": b"",
    "huge_name_" + "x" * 200 + ".sql": b"SELECT 1",
    "new\nline \x1b[31m.sql": b"SELECT 'a",
    "python2.py": b"cursor.execute('SELECT 1'); print 'x'",
    "null.py": b"execute(\0)",
    "config.json": b'{"a": 1}',
    "broken.json": b'{"schema": "migrail.queries/1", "queries": [',
    "table.csv": b"a,b\n1,2\n",
    "picture.png": b"\x89PNG",
    "README": b"read me",
}


def test_input_that_is_none_changes_no_exit_code(folder: Path) -> None:
    for name, content in BAD.items():
        (folder / "queries" / name).write_bytes(content)
    (folder / "queries" / "loop").symlink_to(folder)
    os.mkfifo(folder / "queries" / "pipe.sql")
    code, err = checked(folder, "--queries", "queries/**")
    assert code == 0, err
    assert "\x1b" not in err
    assert "1 file .png left out" in err


def test_many_queries(folder: Path) -> None:
    rows = [{"query": f"SELECT c{number} FROM customers"} for number in range(5_000)]
    document = {"schema": "migrail.queries/1", "queries": rows}
    (folder / "queries" / "many.json").write_text(json.dumps(document))
    assert checked(folder, "--queries", "queries")[0] == 0


def test_queries_of_the_configuration(shop: Project) -> None:
    shop.configure({}, extra='queries = ["app/**/*.py"]\n')
    result = shop.run("check", "--fail-on", "never")
    assert (result.code, "migrail.toml:4: project.queries: no file matches 'app/**/*.py'" in result.err) == (
        2,
        True,
    )
    (shop.root / "app").mkdir()
    (shop.root / "app" / "db.py").write_text("cur.execute('SELECT email FROM customers')")
    shop.ok("check", "--fail-on", "never")
    shop.ok("explain", "migrations/0003_add_phone.sql")


LONG = "SELECT {}, phone FROM customers WHERE ".format(", ".join(f"note{number}" for number in range(200)))


@pytest.mark.parametrize(
    ("query", "unused"),
    [
        ("SELECT email FROM customers", True),
        ("SELECT total FROM orders WHERE {{ x }}", True),
        ("SELECT phone FROM customers WHERE {{ x }}", False),
        (LONG + "{{ x }}", False),  # it is named behind everything that is shown of the query
        ("SELECT " + "email, " * 100 + "phone FROM nowhere", False),
    ],
    ids=["other column", "other table, not read", "not read", "not read, long", "unknown table, long"],
)
def test_a_rule_says_unused_only_where_no_unread_query_names_it(shop: Project, query: str, unused: bool) -> None:
    shop.write("0004_drop_phone", "ALTER TABLE customers DROP COLUMN phone;")
    (shop.root / "app.sql").write_text(f"SELECT id FROM orders;\n{query};")
    arguments = ["check", "migrations/0004_drop_phone.sql", "--queries", "app.sql", "--fail-on", "never"]
    document = shop.ok(*arguments, "--format", "json").json
    messages = [item["message"] for item in document["findings"] if item["category"] == "compatibility"]
    assert ["none of" in message for message in messages] == [unused]
    assert all(len(item["sql"]) <= 201 for item in document["not_checkable"])
