"""What a configuration may say, and how mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrail.config import find_config, load, parse, resolve
from migrail.model.errors import ConfigError
from migrail.model.redact import redact

GOOD = """\
[project]
name = "shop"
dialect = "sqlite"

[[environment]]
name = "dev"
url = "sqlite:///dev.db"

[[environment]]
name = "qa"
url = "sqlite:///qa.db"
gates = [
  { type = "evidence", name = "unit-tests" },
  { type = "approval", count = 2 },
]
"""


def test_a_good_configuration_is_read() -> None:
    settings = parse(GOOD, Path("migrail.toml"))
    qa = settings.environment[1]
    assert [gate.name for gate in qa.all_gates] == ["lower-environment", "evidence unit-tests", "approval"]
    assert settings.project.tracker == "sqlite:///.migrail/tracker.db"
    assert settings.promote.lock_timeout == 2.0
    assert [target.name for target in qa.all_targets] == ["default"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('name = "shop"', 'nam = "shop"'), "migrail.toml:2: unknown key 'nam'; did you mean 'name'?"),
        (('dialect = "sqlite"', 'dialect = "oracle"'), "migrail.toml:3: project.dialect: there is no dialect"),
        (('dialect = "sqlite"', ""), "migrail.toml:1: 'dialect' is missing"),
        (("[project]", "[projct]"), "migrail.toml:1: unknown key 'projct'; did you mean 'project'?"),
        (
            ("count = 2", "cuont = 2"),
            "migrail.toml:14: environment[1].gates[1]: unknown key 'cuont'; did you mean 'count'?",
        ),
        (("count = 2", "count = 0"), "migrail.toml:14: environment[1].gates[1]: count: Input should be greater"),
        (
            ('type = "approval"', 'type = "aproval"'),
            "migrail.toml:14: environment[1].gates[1]: there is no gate type",
        ),
        (
            ('{ type = "approval", count = 2 }', "{ count = 2 }"),
            "migrail.toml:14: environment[1].gates[1]: a gate needs",
        ),
        (('name = "qa"', 'name = "dev"'), "migrail.toml:10: there are two environments called 'dev'"),
        (
            ('url = "sqlite:///qa.db"', ""),
            "migrail.toml:9: environment[1]: environment 'qa' needs either url or targets",
        ),
        (
            ('name = "qa"', 'name = "qa"\nafter = ["dve"]'),
            "migrail.toml:11: there is no environment 'dve'; did you mean",
        ),
        (('name = "dev"', 'name = "dev"\nafter = ["qa"]'), "environment 'dev' comes after itself"),
        (('name = "dev"', 'name = "d e"'), "migrail.toml:6: environment[0].name: use 1 to 60 letters"),
        (("[project]", '[check.rules]\nMR999 = "off"\n[project]'), "migrail.toml:2: there is no rule 'MR999'"),
        (("[project]", '[check.rules]\nMR20 = "off"\n[project]'), "there is no rule 'MR20'; did you mean 'MR201'?"),
        (
            ("[project]", '[check.rules]\nMR201 = "loud"\n[project]'),
            "migrail.toml:2: check.rules.MR201: Input should be",
        ),
        (
            ("[project]", '[promote]\nlock_timeout = "2 sec"\n[project]'),
            "migrail.toml:2: promote.lock_timeout: write a",
        ),
        (("[project]", "[project"), "migrail.toml: is not valid TOML"),
    ],
)
def test_mistakes_are_named_with_line_and_key(change: tuple[str, str], message: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(ConfigError) as caught:
        parse(GOOD.replace(*change, 1), Path("migrail.toml"))
    assert message in caught.value.message


def test_all_mistakes_are_listed() -> None:
    text = GOOD.replace('name = "shop"', 'nam = "shop"').replace("count = 2", "count = 0")
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("migrail.toml"))
    assert [line.split(":")[1] for line in caught.value.message.splitlines()] == ["1", "2", "14"]


@pytest.mark.parametrize(
    ("written", "size"), [("0", 0), ("'50 MB'", 52_428_800), ("'2GB'", 2**31), ("'800'", 800), ("'1 kB'", 1024)]
)
def test_sizes(written: str, size: int) -> None:
    settings = parse(f"{GOOD}\n[check]\nsmall_table_size = {written}\n", Path("migrail.toml"))
    assert settings.check.small_table_size == size


@pytest.mark.parametrize("written", ["'50 megabytes'", "'-1 MB'", "-1", "'1.5 GB'", "true_"])
def test_sizes_that_are_none(written: str) -> None:
    with pytest.raises(ConfigError, match=r"migrail\.toml"):
        parse(f"{GOOD}\n[check]\nsmall_table_size = {written}\n", Path("migrail.toml"))


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("2s", 2.0), ("10min", 600.0), ("24h", 86400.0), ("7d", 604800.0)]
)
def test_durations(text: str, seconds: float) -> None:
    settings = parse(f'{GOOD}\n[promote]\nlock_timeout = "{text}"\n', Path("migrail.toml"))
    assert settings.promote.lock_timeout == seconds


def test_the_nearest_configuration_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "migrail.toml").write_text(GOOD)
    monkeypatch.chdir(below)
    assert load().root == tmp_path.resolve()
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.migrail.project]\nname = "x"\ndialect = "postgres"\n')
    assert load().project.name == "x"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_config(below) == tmp_path / "migrail.toml"


def test_pyproject_lines_are_right(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.migrail.project]\nname = "x"\ndialect = "postgres"\nmigratons = "m"\n')
    with pytest.raises(ConfigError, match=r"pyproject.toml:4: unknown key 'migratons'"):
        load(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), (b"\xff\xfe", "is not UTF-8"), (b"", "'project' is missing")],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "migrail.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        load(path)


def test_no_configuration_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"there is no migrail\.toml") as caught:
        load()
    assert caught.value.help == "migrail init"


def test_references_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "db.example")
    (tmp_path / "secret").write_text("from-file\n")
    value = "postgresql://u:${file:secret}@${env:HOST}/${cmd:printf %s shop}"
    resolved = resolve(value, root=tmp_path, key="url")
    assert resolved == "postgresql://u:from-file@db.example/shop"
    assert redact(f"no {resolved} here") == "no postgresql://u:***@db.example/shop here"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("${env:NOT_SET_AT_ALL}", "the environment variable NOT_SET_AT_ALL is not set"),
        ("${env:EMPTY}", "the environment variable EMPTY is empty"),
        ("${file:nowhere}", "cannot be read: No such file"),
        ("${cmd:false}", "the command 'false' failed with exit code 1"),
        ("${cmd:no-such-program-here}", "the command 'no-such-program-here' did not run: FileNotFoundError"),
        ("${cmd:}", "did not run"),
        ("${vault:x}", "is not known"),
        ("${NAME}", "is not known"),
    ],
)
def test_references_that_lead_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    monkeypatch.setenv("EMPTY", "")
    with pytest.raises(ConfigError) as caught:
        resolve(value, root=tmp_path, key="url of environment prod")
    assert caught.value.message.startswith("url of environment prod: ")
    assert message in caught.value.message
