"""Findings and explanations as text: shape, width, and safety against hostile files."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from migrail import dialects
from migrail.checker import explain
from migrail.model.findings import Category, Severity
from migrail.report import render
from migrail.rules import find, rules
from tests.rules.checking import judge, script

HISTORY = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _check(sql: str | list[str], *, color: bool = False, width: int = 100, history: str = HISTORY) -> str:
    return render(judge(sql, history=history), format="text", color=color, width=width)


def _explain(sql: str, *, width: int = 100) -> str:
    postgres = dialects.get("postgres")
    explanation = explain([script(HISTORY)], [script(sql, number=2)], dialect=postgres, version=(15,))
    return render(explanation, format="text", color=False, width=width)


def test_a_finding() -> None:
    assert _check("SELECT 1;\n\n  CREATE INDEX i ON orders (note);") == (
        "MR201 error  CREATE INDEX holds SHARE on public.orders: reads go on, every write waits until the index is "
        "built  migrations/0002_change.sql:3:3\n"
        "   3 │   CREATE INDEX i ON orders (note);\n"
        "     │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "     = lock   SHARE on public.orders while every row is read: reads go on, every write waits\n"
        "     = fix    Build it CONCURRENTLY, alone in a file, because that cannot run inside a transaction:\n"
        "     │        -- migrail: transaction=off\n"
        "     │        CREATE INDEX CONCURRENTLY i ON orders (note);\n"
        "     = more   migrail rule MR201\n"
        "\n"
        "Checked 1 new migration (1 older one read as context): 1 error, 0 warnings, 0 notes. "
        "`--fix` can rewrite 1 of them. 2 statements, 0 not understood."
    )


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "SELECT 1;",
            "Checked 1 new migration (1 older one read as context): 0 errors, 0 warnings, 0 notes. "
            "1 statement, 0 not understood.",
        ),
        (
            ["UPDATE orders SET note = '';", "FROBNICATE; DROP TABLE orders;"],
            "Checked 2 new migrations (1 older one read as context): 1 error, 2 warnings, 0 notes. "
            "3 statements, 1 not understood.",
        ),
        (
            "DO $$ BEGIN EXECUTE 'DROP ' || x; END $$; DO $$ BEGIN FROBNICATE; END $$; SELECT 1;",
            "Checked 1 new migration (1 older one read as context): 0 errors, 2 warnings, 0 notes. "
            "3 statements, 2 not understood.",
        ),
    ],
)
def test_the_last_line_is_honest(sql: str | list[str], expected: str) -> None:
    assert _check(sql).split("\n")[-1] == expected


def test_nothing_new() -> None:
    assert _check([]) == (
        "Checked 0 new migrations (1 older one read as context): 0 errors, 0 warnings, 0 notes. "
        "0 statements, 0 not understood."
    )


def test_long_statements_are_cut_and_counted() -> None:
    columns = ",\n".join(f"  ADD COLUMN c{number} serial" for number in range(9))
    shown = _check(f"ALTER TABLE orders\n{columns};").split("\n")
    assert shown[1:8] == [
        "   1 │ ALTER TABLE orders",
        "     │ ^^^^^^^^^^^^^^^^^^",
        "   2 │   ADD COLUMN c0 serial,",
        "   3 │   ADD COLUMN c1 serial,",
        "   4 │   ADD COLUMN c2 serial,",
        "   5 │   ADD COLUMN c3 serial,",
        "     │ (5 more lines)",
    ]


@pytest.mark.parametrize("width", [1, 40, 80, 200])
@pytest.mark.parametrize(
    "sql",
    [
        f"CREATE INDEX i ON orders (note) WHERE note <> '{'x' * 500}';",
        f"{' ' * 300}CREATE INDEX i ON orders (note);",
        f"CREATE INDEX i ON orders (note) WHERE note <> '{'漢' * 100}';",
        f"CREATE INDEX i ON orders (note) WHERE note <> '{chr(27) * 100}';",
        f"SELECT '{'x' * 100_000}'; CREATE INDEX i ON orders (note);",
    ],
    ids=["long", "indented", "wide", "escapes", "far right"],
)
def test_excerpts_fit_the_width(sql: str, width: int) -> None:
    lines = _check(sql, width=width).split("\n")
    excerpt = [line for line in lines if re.match(r" *[0-9]* │ (?! {7})", line) or "^^" in line]
    assert any("│" in line for line in excerpt)
    assert all(cell_len(line) <= max(width, 30) for line in lines[1:3])


def test_what_is_cut_off_is_marked() -> None:
    sql = f"CREATE INDEX i ON orders (note) WHERE note <> '{'x' * 500}';"
    assert _check(sql, width=60).split("\n")[1].endswith("x…")
    exact = "CREATE INDEX i ON orders (note);"
    assert _check(exact, width=len(exact) + 7).split("\n")[1].endswith(exact)


def test_carets_stand_below_wide_characters() -> None:
    lines = _check("/* 漢字 */ CREATE INDEX i ON orders (note);").split("\n")
    sql, carets = lines[1:3]
    assert cell_len(sql[: sql.index("CREATE")]) == carets.index("^")
    assert cell_len(sql.rstrip(";")) == cell_len(carets)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_ends(ends: str) -> None:
    lines = _check(f"SELECT 1;{ends}CREATE INDEX i{ends}ON orders (note);").split("\n")
    assert lines[1:4] == [
        "   2 │ CREATE INDEX i",
        "     │ ^^^^^^^^^^^^^^",
        "   3 │ ON orders (note);",
    ]


HOSTILE = [
    'DROP TABLE "x\n::error::injected"',
    'DROP TABLE "x ::error::injected' + " y" * 100 + '"',
    "CREATE INDEX i ON orders (note) WHERE note <> '\n::error::injected\n'",
    'CREATE INDEX i ON "\x1b[31mred\x1b[0m" (note)',
    "CREATE INDEX i ON orders (note) /* \x1b]0;title\x07 */",
    'DROP TABLE "\u202egnp.exe\u2066"',
    'DROP TABLE "a\u2028::error::x"',
    'DROP TABLE "a\rb\x0b\x0c\x85c"',
    "ALTER TABLE orders ADD COLUMN x text DEFAULT f('\n::warning file=a::b\n')",
    "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> '\n::error::x')",
    "[red]DROP TABLE orders",
]


@pytest.mark.parametrize("sql", HOSTILE)
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [30, 100])
def test_hostile_files_cannot_command_terminal_or_log(sql: str, color: bool, width: int) -> None:
    for text in (_check(sql, color=color, width=width), _explain(sql, width=width)):
        plain = ANSI.sub("", text) if color else text
        assert all(char.isprintable() or char == "\n" for char in plain)
        assert not [line for line in plain.splitlines() if line.lstrip().startswith("::")]


def test_a_hostile_path_is_visible() -> None:
    result = judge("DROP TABLE orders;")
    (finding,) = result.findings
    object.__setattr__(finding, "path", "migrations/\x1b[31m\n::error::x.sql")
    shown = render(result, format="text")
    assert "\x1b" not in shown
    assert "\\x1b[31m\\x0a::error::x.sql" in shown


def test_colour_only_adds_escapes() -> None:
    sql = "CREATE INDEX i ON orders (note); UPDATE orders SET note = '';"
    colored = _check(sql, color=True)
    assert "\x1b[" in colored
    assert ANSI.sub("", colored) == _check(sql)


def test_markup_is_not_obeyed() -> None:
    assert "[red]x[/red] :smile:" in _check('DROP TABLE "[red]x[/red] :smile:"')


def test_findings_without_a_file_have_no_excerpt() -> None:
    old = script("SELECT 1;").migration
    result = judge([], history=[], base={old.id: old})
    assert render(result, format="text").split("\n")[0] == (
        "MR604 error  0001_change is in the base and missing now: databases that applied it keep what it made  "
        "migrations/0001_change.sql:1:1"
    )
    assert "│" not in render(result, format="text").split("\n")[1]


def test_an_explanation() -> None:
    sql = (
        "-- migrail: transaction=off\nCREATE INDEX CONCURRENTLY i ON orders (note);\nALTER TABLE orders DROP note;"
    )
    assert _explain(sql).split("\n")[:8] == [
        "migrations/0002_change.sql:2:1  statement 1  expand: the running application keeps working",
        "   2 │ CREATE INDEX CONCURRENTLY i ON orders (note)",
        "     │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "     = does   create index i: public.orders",
        "     = lock   SHARE UPDATE EXCLUSIVE on public.orders while every row is read: reads and writes go on",
        "     = reads  every row of public.orders",
        "     = needs  no transaction around it: promote runs it outside of the migration's",
        "",
    ]
    assert "     = safer  First deploy a version" in _explain(sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("CREATE TABLE fresh (id int)", "= lock   nothing that exists: nobody waits"),
        ("ALTER TABLE orders DROP note", "= does   drop column note: public.orders"),
        ("ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0)", "= does   add constraint c: public.orders"),
        ("DROP TABLE orders", "= does   drop table: public.orders"),
        ("ALTER TABLE orders DROP note", "= waits  at most 2 s for a lock; then it gives up"),
        (
            "SET lock_timeout = 0; ALTER TABLE orders DROP note",
            "= waits  for a lock without end, and all that come later queue behind it",
        ),
        (
            "-- migrail: lock_timeout=500ms\nALTER TABLE orders DROP note",
            "= waits  at most 0.5 s for a lock; then it gives up",
        ),
        (
            "ALTER TABLE orders DROP note; SELECT 1",
            "= holds  ACCESS EXCLUSIVE on public.orders since line 1, until the transaction ends: "
            "every read and write waits",
        ),
    ],
)
def test_what_an_explanation_says(sql: str, said: str) -> None:
    assert said in _explain(sql)


def test_what_holds_nothing() -> None:
    assert "= holds" not in _explain("-- migrail: transaction=off\nALTER TABLE orders DROP note; SELECT 1")
    assert "= waits" not in _explain("CREATE TABLE fresh (id int)")


def test_an_explanation_of_what_was_not_understood() -> None:
    assert "     = does   not understood: " in _explain("ALTER TABLE orders FROBNICATE;")


def test_a_rule_page() -> None:
    lines = render(find("MR201"), format="text").split("\n")
    assert lines[0] == "MR201 index-blocks-writes  error  locking  (postgres)"
    assert lines[2] == "Building an index keeps every write to the table waiting"
    assert "## Accepted" in lines


def test_the_list_of_rules_has_one_line_for_each() -> None:
    written = render(tuple(rules().values()), format="text")
    lines = [line for line in written.split("\n") if line.startswith("  ")]
    for line, rule in zip(lines, rules().values(), strict=True):
        assert line.startswith(f"  {rule.code}  {rule.name} ")
        assert f" {rule.severity.value if rule.enabled else 'off'} " in line
    headings = [line for line in written.split("\n") if line and not line.startswith("  ")]
    assert headings == [category.value for category in Category]


def test_severities_have_styles() -> None:
    from migrail.report.text._lines import STYLES

    assert set(STYLES) == set(Severity)
