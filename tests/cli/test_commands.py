"""The everyday commands: start, look, help, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.project import SHOP, Project, run, sqlite_project

from migrail.cli import SECTIONS, main

COMMANDS = sorted(name for names in SECTIONS.values() for name in names)


def python(*arguments: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_every_command_is_in_the_help() -> None:
    import click

    assert main.list_commands(click.Context(main)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(command: str, tmp_path: Path) -> None:
    inner = {"evidence": ["add"], "capture": ["queries"]}.get(command, [])
    arguments = [command, *inner, "--help"]
    result = run(tmp_path, *arguments)
    assert result.code == 0
    assert f"migrail {command}" in result.out.split("Usage:")[1].split("\n", 1)[1]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["promote", "--help"], ["rule", "--help"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    heavy = ["sqlalchemy", "alembic", "sqlglot", "pydantic", "rich", "psycopg"]
    script = (
        f"import sys; sys.argv = ['migrail', *{arguments!r}]\n"
        "from migrail.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('\\nLOADED', [name for name in {heavy!r} if name in sys.modules])"
    )
    assert python("-c", script).splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize(
    "arguments", [["check"], ["explain"], ["check", "--format", "json"], ["rule", "--all"], ["new", "x"]]
)
def test_commands_without_a_database_import_no_database_library(shop: Project, arguments: list[str]) -> None:
    script = (
        f"import sys\nfrom migrail.cli import run\nrun({arguments!r})\n"
        "print('\\nLOADED', [name for name in ('sqlalchemy', 'alembic', 'psycopg', 'sqlite3')"
        " if name in sys.modules])"
    )
    assert python("-c", script, cwd=shop.root).splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("arguments", [["promote", "dev"], ["promote", "--auto"], ["status"], ["plan", "dev"]])
@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_where_there_is_nothing_to_apply_the_driver_alone_is_imported(
    dialect: str, arguments: list[str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "sqlite:///dev.db" if dialect == "sqlite" else request.getfixturevalue("postgres_database")
    project = Project(tmp_path, dialect, {"dev": url}, {})
    project.write("0001_a", "CREATE TABLE a (id integer);")
    script = (
        f"import sys\nfrom migrail.cli import run\nrun({arguments!r})\n"
        "print('\\nLOADED', [name for name in ('sqlalchemy', 'alembic', 'sqlglot') if name in sys.modules])"
    )
    assert "'sqlalchemy'" in python("-c", script.replace(repr(arguments), "['promote', 'dev']"), cwd=tmp_path)
    assert python("-c", script, cwd=tmp_path).splitlines()[-1] == "LOADED []"


def test_check_opens_no_connection(shop: Project) -> None:
    script = (
        "import socket, sys\n"
        "def closed(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = closed\nsocket.create_connection = closed\n"
        "from migrail.cli import run\nsys.exit(run(['check']))"
    )
    python("-c", script, cwd=shop.root)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["promote"], "Name an environment, or use --auto."),
        (["promote", "dev", "--auto"], "Name an environment, or use --auto."),
        (["promote", "--auto", "--all"], "--auto goes as far as it can"),
        (["promote", "nowhere"], "there is no environment 'nowhere'; there is dev, qa, staging, prod"),
        (["promote", "dev", "--to", "0009"], "no batch or migration is called '0009'"),
        (["promote", "qa", "--to", "0001"], "is in no batch yet"),
        (["plan", "nowhere"], "there is no environment 'nowhere'"),
        (["status", "nowhere"], "no environment or migration is called 'nowhere'"),
        (["history", "nowhere"], "there is no environment 'nowhere'"),
        (["approve", "nowhere"], "there is no environment 'nowhere'"),
        (["approve", "dev", "--batch", "77"], "there is no batch '77'"),
        (["evidence", "add", "qa", "tests"], "qa has no batch yet"),
        (["rule", "MR9999"], "there is no rule 'MR9999'"),
        (["rule", "index-blocks-write"], "did you mean index-blocks-writes?"),
        (["rule"], "Name a rule, or use --all."),
        (["check", "nowhere.sql"], "nowhere.sql: does not exist"),
        (["check", "--since", "main"], "is not in a git repository"),
        (
            ["check", "--dialect", "oracle", "x.sql"],
            "'oracle' is not supported; there is mariadb, mysql, postgres, sqlite",
        ),
        (["check", "--dialect", "postgres"], "name the files to check"),
        (["check", "--server-version", "fifteen"], "write a version such as 15"),
        (["--config", "x"], "No such option"),
        (["status", "--config", "nowhere.toml"], "nowhere.toml: cannot be read: No such file"),
        (["new", "!!!"], "needs a letter or a digit"),
    ],
)
def test_wrong_usage_is_explained(shop: Project, arguments: list[str], said: str) -> None:
    result = shop.run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err.replace("\n", " ")
    assert "Traceback" not in result.err


BAD = {
    "nothing": (b"", "holds no statement"),
    "only comments": (b"-- nothing\n/* here */\n", "holds no statement"),
    "open quote": (b"SELECT 1;\nSELECT 'a;\n", ":2:8: "),
    "open comment": (b"SELECT 1;\n\n/* a;\n", ":3:1: "),
    "open name": (b'SELECT "a;\n', ":1:8: "),
    "not UTF-8": (b"SELECT '\xff';", ":1:9: is not UTF-8"),
    "NUL": (b"SELECT 1;\0", ":1:10: holds a NUL byte"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("command", [["check"], ["explain"], ["promote", "dev"], ["plan", "dev"]])
def test_bad_files_are_explained_and_nothing_is_applied(shop: Project, command: list[str], case: str) -> None:
    content, said = BAD[case]
    (shop.root / "migrations" / "0004_bad.sql").write_bytes(content)
    before = shop.dump()
    result = shop.run(*command)
    assert result.code == 2, result
    assert f"migrations/0004_bad.sql{said}" in result.err or said in result.err
    assert "Traceback" not in result.err
    assert shop.dump() == before


def test_numbers_taken_twice(shop: Project) -> None:
    shop.write("0003_other", "SELECT 1;")
    result = shop.run("promote", "dev")
    assert (result.code, "has the same number as migrations/0003_add_phone.sql" in result.err) == (2, True)
    found = shop.run("check", "--format", "json")
    assert found.code == 1
    assert {finding["code"] for finding in found.json["findings"]} == {"MR603"}


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        ("empty", "migrations: holds no migration"),
        ("gone", "migrations: does not exist"),
        ("file", "migrations: is not a folder"),
    ],
)
def test_folders_that_cannot_be_used(tmp_path: Path, prepare: str, said: str) -> None:
    project = sqlite_project(tmp_path)
    if prepare != "empty":
        (tmp_path / "migrations").rmdir()
    if prepare == "file":
        (tmp_path / "migrations").write_text("")
    for command in (["check"], ["status"], ["promote", "dev"]):
        result = project.run(*command)
        assert (result.code, said in result.err) == (2, True), result


def test_init_looks_at_the_folder(tmp_path: Path) -> None:
    (tmp_path / "db" / "migrations").mkdir(parents=True)
    (tmp_path / "db" / "migrations" / "0001_a.sql").write_text(
        "CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT);"
    )
    dry = run(tmp_path, "init", "--dry-run")
    assert not (tmp_path / "migrail.toml").exists()
    result = run(tmp_path, "init")
    assert (result.code, result.out) == (0, "migrail.toml\n")
    written = (tmp_path / "migrail.toml").read_text()
    assert dry.out == f"migrail.toml\n{written}"
    assert 'dialect = "sqlite"' in written
    assert 'migrations = "db/migrations"' in written
    assert run(tmp_path, "doctor").code == 0
    assert run(tmp_path, "promote", "--auto").code == 0
    assert (run(tmp_path, "init").code, run(tmp_path, "init").err.splitlines()[0]) == (
        2,
        "error: migrail.toml is there already",
    )


def test_init_for_postgres_needs_its_variables(tmp_path: Path) -> None:
    result = run(tmp_path, "init", "--dialect", "postgres", "--name", "crm")
    assert result.code == 0
    assert (tmp_path / "migrations").is_dir()
    assert run(tmp_path, "new", "create", "people").out == "migrations/0001_create_people.sql\n"
    (tmp_path / "migrations" / "0001_create_people.sql").write_text("CREATE TABLE people (id int);")
    doctor = run(tmp_path, "doctor")
    assert doctor.code == 2
    assert "the environment variable DEV_DATABASE_URL is not set" in doctor.out


@pytest.mark.parametrize(
    ("sql", "options", "dialect"),
    [
        ("CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;", [], "mysql"),
        ("CREATE TABLE a (id int) engine = InnoDB;", ["--dialect", "mariadb"], "mariadb"),
        ("CREATE TABLE engine (charset text);", [], "postgres"),
    ],
)
def test_init_knows_every_dialect(tmp_path: Path, sql: str, options: list[str], dialect: str) -> None:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001_a.sql").write_text(sql)
    assert run(tmp_path, "init", *options).code == 0
    assert f'dialect = "{dialect}"' in (tmp_path / "migrail.toml").read_text()
    assert run(tmp_path, "check").code == 0


def test_usage_says_which_environment_may_be_left_out(tmp_path: Path) -> None:
    for command, said in (("doctor", "[OPTIONS] [ENV]"), ("drift", "[OPTIONS] [ENV]"), ("plan", "[OPTIONS] ENV")):
        assert said in run(tmp_path, command, "--help").out


def test_new_takes_the_next_number(shop: Project) -> None:
    assert shop.ok("new", "add", "a", "phone!").out == "migrations/0004_add_a_phone.sql\n"
    assert (shop.root / "migrations" / "0004_add_a_phone.sql").read_text() == "-- add a phone!\n"
    assert shop.ok("new", "x", "--dry-run").out == "migrations/0005_x.sql\n-- x\n"
    assert not (shop.root / "migrations" / "0005_x.sql").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(tmp_path: Path, shell: str) -> None:
    result = run(tmp_path, "completion", shell)
    assert (result.code, "_MIGRAIL_COMPLETE" in result.out) == (0, True)


def test_environments_are_completed(shop: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "migrail"],
        cwd=shop.root,
        env={
            **os.environ,
            "_MIGRAIL_COMPLETE": "bash_complete",
            "COMP_WORDS": "migrail promote s",
            "COMP_CWORD": "2",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "plain,staging\n"


def test_plan_shows_sql_transactions_and_gates(shop: Project) -> None:
    shop.write("0004_off", "-- migrail: transaction=off\nVACUUM;")
    text = shop.ok("plan", "dev").out
    for wanted in (
        "BEGIN",
        "CREATE TABLE customers",
        "+ ledger row, COMMIT",
        "outside of a transaction, with a journal",
        "VACUUM",
    ):
        assert wanted in text
    plan = shop.ok("plan", "dev", "--to", "0002", "--format", "json").json
    assert plan["schema"] == "migrail.plan/1"
    assert [m["id"] for m in plan["migrations"]] == list(SHOP)[:2]
    assert shop.run("plan", "dev", "--exit-code").code == 1
    shop.ok("promote", "dev", "--to", "0003")
    assert "VACUUM" in shop.ok("plan", "dev").out
    shop.ok("promote", "dev")
    assert "nothing to do" in shop.ok("plan", "dev", "--exit-code").out


def test_status_can_drive_a_script(shop: Project) -> None:
    assert shop.run("status", "--exit-code").code == 1
    shop.ok("promote", "--auto")
    assert shop.run("status", "--exit-code").code == 0
    status = shop.ok("status", "qa", "--format", "json").json
    assert [place["name"] for place in status["environments"]] == ["qa"]
    assert list(status["migrations"][0]["cells"]) == ["qa"]
    assert "sha256-text:" in shop.ok("status", "0002").out
    assert "0002_create_orders" in shop.ok("status", "--all").out


def test_status_json_has_the_keys_of_the_contract(shop: Project) -> None:
    shop.ok("promote", "dev")
    status = shop.ok("status", "--format", "json").json
    assert status["schema"] == "migrail.status/1"
    assert status["project"] == "shop"
    qa = status["environments"][1]
    assert {key: qa[key] for key in ("name", "reachable", "targets", "applied", "pending", "drift")} == {
        "name": "qa",
        "reachable": True,
        "targets": 1,
        "applied": 0,
        "pending": 3,
        "drift": "none",
    }
    row = status["migrations"][0]
    assert row["digest"].startswith("sha256:")
    assert row["batch"] == 1
    assert set(row["cells"]["dev"]) >= {"state", "since", "detail"}
    assert status["attention"] == [
        {
            "environment": "qa",
            "migration": "0001_create_customers",
            "what": status["attention"][0]["what"],
            "next": "migrail promote qa",
        }
    ]


def test_history_tells_who_did_what(shop: Project) -> None:
    shop.ok("promote", "dev")
    shop.ok("evidence", "add", "dev", "tests", "--detail", "run 7")
    shop.ok("approve", "qa", "--reason", "fine")
    events = shop.ok("history", "--format", "json").json["events"]
    assert [(event["what"], event["actor"]) for event in events] == [
        ("batch formed", "ana"),
        ("applied", "ana"),
        ("applied", "ana"),
        ("applied", "ana"),
        ("promotion succeeded", "ana"),
        ("evidence passed", "ana"),
        ("approved", "ana"),
    ]
    assert [event["what"] for event in shop.ok("history", "qa", "--format", "json").json["events"]] == ["approved"]


def test_an_internal_error_is_no_traceback(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrail.actions.status.read_status", lambda *a, **k: 1 / 0)
    result = shop.run("status")
    assert (result.code, result.out) == (2, "")
    assert "internal error: ZeroDivisionError" in result.err
    assert "Traceback" not in result.err
    assert "Traceback" in shop.run("status", environ={"MIGRAIL_DEBUG": "1"}).err


def test_standard_output_holds_one_format_only(shop: Project) -> None:
    (shop.root / "migrations" / "seed.csv").write_text("")
    result = shop.run("check", "--format", "json", "-v")
    assert json.loads(result.out)["schema"] == "migrail.check/1"
    assert "seed.csv is not a migration" in result.err
    assert "seed.csv" not in shop.run("check", "-q").err


def test_the_tour_ends_well(tmp_path: Path) -> None:
    shown = run(tmp_path, "demo")
    assert shown.code == 0, shown
    for wanted in (
        "MR104",
        "[exit 1]",
        "nothing recorded for this batch",
        "✓ 3 migrations are everywhere",
        "0005_backfill_phone",
    ):
        assert wanted in shown.out
    kept = run(tmp_path, "demo", "--dir", "shop")
    assert kept.code == 0
    assert run(tmp_path / "shop", "status").out.startswith("shop · read ")
    again = run(tmp_path, "demo", "--dir", "shop")
    assert (again.code, "is there already" in again.err) == (2, True)


def test_one_decision_at_a_time(shop: Project) -> None:
    for arguments in (
        ["--retry", "--mark-applied", "--reason", "x"],
        ["--reason", "x"],
        ["--retry", "--reason", " "],
    ):
        assert shop.run("resolve", "dev", "0001_create_customers", *arguments).code == 2


def test_numbers_are_counted_over_all_folders(shop: Project) -> None:
    (shop.root / "more").mkdir()
    (shop.root / "more" / "0007_other.sql").write_text("SELECT 1;")
    shop.configure({}, extra='migrations = ["migrations", "more"]\n')
    assert shop.ok("new", "x").out == "migrations/0008_x.sql\n"


def test_init_leaves_a_configured_pyproject_alone(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.migrail.project]\nname = "x"\ndialect = "sqlite"\n')
    assert run(tmp_path, "init").code == 2
    assert not (tmp_path / "migrail.toml").exists()


def test_without_environments_nothing_can_be_promoted(shop: Project) -> None:
    (shop.root / "migrail.toml").write_text('[project]\nname = "shop"\ndialect = "sqlite"\n')
    for command in (["promote", "--auto"], ["promote", "dev"], ["status"]):
        result = shop.run(*command)
        assert (result.code, "no environment is configured" in result.err) == (2, True)
    assert shop.run("check").code == 0


@pytest.mark.parametrize("width", ["30", "60", "100", "200"])
def test_the_matrix_keeps_its_states_however_narrow(shop: Project, width: str) -> None:
    from migrail.actions.status import read_status
    from migrail.actions.workspace import Workspace
    from migrail.report import render

    shop.write("0004_" + "long_name_" * 6, "SELECT 1;")
    status = read_status(Workspace.open(shop.root / "migrail.toml"))
    text = render(status, format="text", width=int(width))
    assert "next" in text
    assert "prod" in text


def test_a_closed_pipe_is_no_answer(shop: Project) -> None:
    command = f"{sys.executable} -m migrail rule --all | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=shop.root, capture_output=True, text=True, check=True)
    assert (done.stdout, "Traceback" in done.stderr) == ("0\n", False)


def test_standard_error_has_no_colours_where_nobody_sees_them(shop: Project) -> None:
    assert "\x1b" not in shop.run("promote", "nowhere").err


def test_an_index_that_the_file_ends_in_is_not_understood(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("CREATE INDEX i ON a (")
    result = run(tmp_path, "check", "x.sql", "--dialect", "postgres", "--format", "json")
    assert [finding["code"] for finding in result.json["findings"]] == ["MR501"]
