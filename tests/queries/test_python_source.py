"""Python source: which strings are queries, what they come to, and where they stand."""

from __future__ import annotations

import pytest

from migrail import dialects
from migrail.queries import Found
from migrail.queries.files.python_source import read


def found(code: str, dialect: str = "postgres") -> Found:
    return read(code, "app/db.py", dialects.get(dialect))


def texts(code: str) -> list[str]:
    return [" ".join(query.text.split()) for query in found(code).queries]


CALLS = [
    'cur.execute("SELECT a FROM t WHERE id = %s", (1,))',
    "cursor.executemany('SELECT a FROM t WHERE id = %s', rows)",
    'conn.exec_driver_sql("SELECT a FROM t WHERE id = %s")',
    'await pool.fetch("SELECT a FROM t WHERE id = %s")',
    'await self.db.fetch_all(query="SELECT a FROM t WHERE id = %s")',
    'session.scalars(text("SELECT a FROM t WHERE id = %s"))',
    'x = sa.text("SELECT a FROM t WHERE id = %s").bindparams(id=1)',
    'Model.objects.raw("SELECT a FROM t WHERE id = %s", [1])',
    'RawSQL("SELECT a FROM t WHERE id = %s", [])',
    'execute_batch(cur, "SELECT a FROM t WHERE id = %s", rows)',
    'cur.execute(sql.SQL("SELECT {} FROM t WHERE id = %s").format(sql.Identifier("a")))'.replace("{}", "a"),
    'cur.execute("SELECT a " "FROM t "\n    "WHERE id = %s")',
    'cur.execute("SELECT a " + "FROM t" + " WHERE id = %s")',
    'cur.execute("SELECT a FROM t WHERE {} = %s".format("id"))',
    'cur.execute("SELECT %s FROM t WHERE id = %%s" % "a")',
    'cur.execute("SELECT %(c)s FROM t WHERE id = %%s" % {"c": "a"})',
    'Q = "SELECT a FROM t WHERE id = %s"\ncur.execute(Q)',
    'T = "t"\ncur.execute(f"SELECT a FROM {T} WHERE id = %s")',
    'class A:\n    Q = "SELECT a FROM t WHERE id = %s"\n    def f(self): self.cur.execute(self.Q)',
    'def f(cur):\n    q = "SELECT a FROM t"\n    q += " WHERE id = %s"\n    cur.execute(q)',
    'def f(cur):\n    q = "SELECT a FROM t"\n    q = q + " WHERE id = %s"\n    cur.execute(q)',
    'cur.execute(textwrap.dedent("""\n    SELECT a FROM t WHERE id = %s"""))',
    'if (q := "SELECT a FROM t WHERE id = %s"): cur.execute(q)',
    'QUERIES = {"find": "SELECT a FROM t WHERE id = %s"}',
    'QUERIES = ["SELECT a FROM t WHERE id = %s"]',
    'FIND: Final = "SELECT a FROM t WHERE id = %s"',
]


@pytest.mark.parametrize("code", CALLS)
def test_what_is_a_query(code: str) -> None:
    answer = found(code)
    assert [" ".join(query.text.split()) for query in answer.queries] == ["SELECT a FROM t WHERE id = %s"]
    assert not answer.unreadable
    assert not answer.queries[0].holes


@pytest.mark.parametrize(
    "code",
    [
        '"""SELECT a FROM t"""',
        'def f():\n    """SELECT a FROM t"""\n    execute()',
        'print("SELECT a FROM t")',
        'log("Select an entry FROM the list")',
        'label.text("Select an option")',
        'client.fetch("https://shop.example/select?x=1")',
        'select(User).where(text("a > 5"))',
        'TITLE = "Select one FROM the list"',
        'executor.execute("deploy the shop")',
        "bus.execute(command)",
        'cur.execute("COMMIT")',
        "cur.execute()",
        "cur.execute(*arguments)",
        "cur.execute(b'SELECT a FROM t')",
    ],
)
def test_what_is_none(code: str) -> None:
    assert found(code) == Found()


HOLES = [
    # values: as good as a placeholder
    ('f"SELECT a FROM t WHERE id = {user.id}"', "SELECT a FROM t WHERE id = :id", False),
    (
        "f\"SELECT a FROM t WHERE b = '{name}' AND c LIKE '%{part}%'\"",
        "SELECT a FROM t WHERE b = :name AND c LIKE :part",
        False,
    ),
    ("f\"SELECT a FROM t LIMIT {n} OFFSET {m['off']}\"", "SELECT a FROM t LIMIT :n OFFSET :off", False),
    ("f\"SELECT a FROM t WHERE id IN ({', '.join(ids)})\"", "SELECT a FROM t WHERE id IN (:join)", False),
    ('"SELECT a FROM t WHERE id = %d" % user_id', "SELECT a FROM t WHERE id = :user_id", False),
    (
        '"SELECT a FROM t WHERE id = {0} AND b = {c}".format(x, c=y)',
        "SELECT a FROM t WHERE id = :x AND b = :y",
        False,
    ),
    ('"SELECT a FROM t WHERE id = " + str(x)', "SELECT a FROM t WHERE id = :str", False),
    # anything else: possible only
    ('f"SELECT {columns} FROM t"', "SELECT :columns FROM t", True),
    ('f"SELECT a FROM {table} WHERE b = 1"', 'SELECT a FROM "{table}" WHERE b = 1', True),
    ('f"SELECT a FROM t_{year}"', 'SELECT a FROM "t_{year}"', True),
    ("f'SELECT \"{column}\" FROM t'", 'SELECT "{column}" FROM t', True),
    ('f"SELECT a FROM {schema}.t"', 'SELECT a FROM "{schema}".t', True),
    ('f"SELECT a FROM t {where}"', "SELECT a FROM t /* where */", True),
    ('f"SELECT a FROM t WHERE {condition}"', "SELECT a FROM t WHERE :condition", True),
    ('f"SELECT a FROM t ORDER BY {order}"', "SELECT a FROM t ORDER BY :order", True),
    (
        'f"SELECT a FROM t ORDER BY a {direction} LIMIT 1"',
        "SELECT a FROM t ORDER BY a /* direction */ LIMIT 1",
        True,
    ),
    ('f"INSERT INTO t (a, b) VALUES ({marks})"', "INSERT INTO t (a, b) VALUES (:row_1, :row_2)", True),
    ('f"SELECT * {rest}"', "SELECT * /* rest */", True),
    # braces and percent signs that are none
    ("f\"SELECT '{{}}' FROM t\"", "SELECT '{}' FROM t", False),
    (
        "\"SELECT a FROM t WHERE b LIKE 'x%%' AND c = %s\" % n",
        "SELECT a FROM t WHERE b LIKE 'x%' AND c = :n",
        False,
    ),
]


@pytest.mark.parametrize(("expression", "expected", "holes"), HOLES)
def test_what_is_only_known_when_it_runs(expression: str, expected: str, holes: bool) -> None:
    (query,) = found(f"cur.execute({expression})").queries
    assert (query.text, query.holes) == (expected, holes)


def test_a_name_with_several_values_is_several_queries() -> None:
    code = (
        "def find(cur, flag):\n"
        "    if flag:\n        q = 'SELECT a FROM t'\n    else:\n        q = 'SELECT b FROM t'\n"
        "    cur.execute(q)\n"
        "    cur.execute('SELECT c FROM t' if flag else 'SELECT d FROM t')\n"
    )
    assert texts(code) == [f"SELECT {column} FROM t" for column in "abcd"]


def test_what_may_be_added_is_one_query_more() -> None:
    code = (
        "def find(cur, flag):\n"
        "    q = 'SELECT a FROM t WHERE b = 1'\n"
        "    if flag:\n        q += ' AND c = :c'\n"
        "    q += ' ORDER BY d'\n"
        "    cur.execute(q)\n"
    )
    assert [(" ".join(query.text.split()), query.holes) for query in found(code).queries] == [
        ("SELECT a FROM t WHERE b = 1 ORDER BY d", False),
        ("SELECT a FROM t WHERE b = 1 AND c = :c /* more */ ORDER BY d", True),
    ]


def test_rows_of_psycopg2_are_written_out() -> None:
    assert texts('execute_values(cur, "INSERT INTO t (a, b) VALUES %s RETURNING id", rows)') == [
        "INSERT INTO t (a, b) VALUES (:row_1, :row_2) RETURNING id"
    ]


@pytest.mark.parametrize(
    ("code", "line", "column"),
    [
        ('cur.execute("SELECT 1")', 1, 14),
        ('cur.execute(\n  "SELECT 1")', 2, 4),
        ('cur.execute("""\n\n   SELECT 1""")', 3, 4),
        ('cur.execute(f"""\n  SELECT {x}""")', 2, 3),
        ('cur.execute(f"{{" f"""\n  SELECT 1""")', None, None),
        ('cur.execute("\\n\\n SELECT 1")', 1, 19),
        ('cur.execute("\\\n SELECT 1")', 2, 2),
        ('cur.execute(r"""\n SELECT \'\\d\'""")', 2, 2),
        ('cur.execute("" # first\n  "" "SELECT 1")', 2, 7),
        ('é = "é"; cur.execute("SELECT 1")', 1, 23),
        ('cur.execute("-- why\\n" "SELECT 1")', 1, 25),
        ('cur.execute("SELECT 1" + x)', 1, 14),
        ('\r\ncur.execute("""\r\n SELECT 1""")', 3, 2),
        ('cur.execute(textwrap.dedent("""\n   SELECT 1\n"""))', 2, 4),
        ('Q = """\n  SELECT a FROM t"""\n\n\ncur.execute(Q)', 2, 3),
        ('cur.execute("""/* x\n*/ SELECT 1""")', 2, 4),
        ('W = "WITH x AS (SELECT 1)"\ncur.execute(W + " SELECT 1")', 1, 6),
    ],
)
def test_places(code: str, line: int | None, column: int | None) -> None:
    queries = found(code).queries
    if line is None:
        assert not queries
    else:
        assert [(query.origin.line, query.origin.column) for query in queries] == [(line, column)]


def test_places_of_several_statements() -> None:
    code = (
        "db.executescript('''\n  UPDATE t SET a = 'x\\n';\n\n   DELETE FROM t; -- done\n  SELECT 1''')\n"
        'db.executescript(f"""UPDATE {t}\n  SET a = {a + 1};\n DELETE FROM t;""")\n'
    )
    assert [(query.origin.line, query.origin.column) for query in found(code).queries] == [
        (2, 3),
        (4, 4),
        (5, 3),
        (6, 22),
        (8, 2),
    ]


def test_names_are_those_of_functions_and_constants() -> None:
    code = (
        "Q = 'SELECT a FROM t'\n"
        "class Users:\n"
        "    FIND = 'SELECT b FROM t'\n"
        "    async def find(self):\n"
        "        def inner(): cur.execute('SELECT c FROM t')\n"
        "cur.execute('SELECT d FROM t')\n"
    )
    names = {query.text: query.origin.name for query in found(code).queries}
    assert [names[f"SELECT {column} FROM t"] for column in "abcd"] == ["Q", "Users.FIND", "Users.find.inner", None]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("cursor.execute(build(x))", "put together when it runs"),
        ("session.execute(select(User))", "put together when it runs"),
        ("from app.sql import FIND\ncur.execute(FIND)", "stands in another module: app.sql"),
        ("from . import sql\ndef f(cur): cur.execute(sql.FIND)", "stands in another module: ."),
        ("import app.sql as q\nsession.execute(sa.text(q.FIND))", "stands in another module: app.sql"),
        ("self.db.execute(statement)", "put together when it runs"),
        ("conn.cursor().execute(statement)", "put together when it runs"),
        ('db.execute(f"{verb} FROM t")', "how it begins is only known when it runs"),
        ('cur.execute("SELECT \'a")', "this string never ends"),
        ('cur.execute("CREATE TABLE t (id int)")', "CREATE changes the structure; it is no query"),
        ('cur.execute("SELECT a FROM {{ t }}")', "templated SQL: what it asks is only known when it runs"),
        ("print 'SELECT a FROM t'", "not Python 3: Missing parentheses"),
        ("cur.execute(" + "(" * 300 + "SELECT" + ")" * 300 + ")", "not Python"),
        ("x = " + "-" * 100_000 + "1 # execute(", "not Python"),
        ("execute(\0)", "not Python"),
    ],
)
def test_what_cannot_be_read_is_counted(code: str, reason: str) -> None:
    (item,) = found(code).unreadable
    assert item.reason.startswith(reason)


def test_names_that_double_each_other_are_not_followed_to_their_end() -> None:
    lines = ['x0 = "SELECT a FROM t, "', *(f"x{n} = x{n - 1} + x{n - 1}" for n in range(1, 60)), "cur.execute(x59)"]
    found("\n".join(lines))
    loop = "a = b\nb = a + 'x'\na = f'{b}{a}'\ncur.execute(a)"
    assert not found(loop).queries


def test_long_sums_are_read() -> None:
    code = "cur.execute('SELECT ' + " + " + ".join("'a, '" for _ in range(500)) + " + 'b FROM t')"
    assert texts(code) == [f"SELECT {'a, ' * 500}b FROM t"]
