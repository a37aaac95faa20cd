"""The answer to COMMIT, or to a statement outside of a transaction, is lost: what happened is looked up, never done
again.

A proxy loses the answer to the n-th such message, or the message itself. The long version (``-m long``) takes every
message there is; over both servers these are 90.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.faults.proxy import Proxy
from tests.faults.sweeps import BEFORE, STEPS, WHOLE, finished, project_on, rows_of, shows
from tests.support.forking import Forks
from tests.support.project import Project

COMMIT = {"postgres": b"COMMIT\x00", "mariadb": b"\x03COMMIT"}
STEP = {"postgres": b"CONCURRENTLY", "mariadb": b"t0 "}
"""In every statement of ours that runs outside of a transaction, and in nothing of migrail's."""


def write(project: Project) -> list[str]:
    """Migrations that are a transaction each, and one that cannot be."""
    if project.dialect == "postgres":
        project.write("0001_a", WHOLE["postgres"].format(t="a"))
        project.write("0002_b", WHOLE["postgres"].format(t="b"))
    project.write("0003_before", BEFORE[project.dialect].format(t="t0"))
    project.write("0004_steps", STEPS[project.dialect].format(t="t0"))
    return sorted(path.stem for path in (project.root / "migrations").iterdir())


def resolves(project: Project, forks: Forks, proxy: Proxy, pattern: bytes, number: int, *, delivered: bool) -> bool:
    """Whether there was an n-th message; then what became of it was found out, and the next run goes on."""
    written = write(project)
    direct = project.urls["dev"]
    proxy.lose(pattern, number, delivered=delivered)
    done = forks.run(project.root, "promote", "dev", "--all")
    where = f"message {number}, delivered {delivered}: {done}"
    assert "Traceback" not in done.said, where
    if not proxy.lost:
        assert done.code == 0, where
        return False
    said = [id for id in written if rows_of(project, id, "applied")]
    assert done.code != 0 or said == written, where
    if project.dialect == "postgres":
        for id, table in (("0001_a", "a"), ("0002_b", "b")):
            assert shows(project, table) == (id in said), where
    again = forks.run(project.root, "promote", "dev", "--all")
    assert again.code == 0, (where, again)
    assert all(len(rows_of(project, id, "applied")) == 1 for id in written), where
    assert all(finished(project, "t0")), where
    assert project.urls["dev"] == direct
    return True


def case(
    dialect: str,
    what: str,
    number: int,
    delivered: bool,
    root: Path,
    request: pytest.FixtureRequest,
    forks: Forks,
) -> bool:
    root.mkdir()
    pattern = (COMMIT if what == "commit" else STEP)[dialect]
    with project_on(dialect, root, request) as project, Proxy(make_url(project.urls["dev"])) as proxy:
        config = root / "migrail.toml"
        through = proxy.url.render_as_string(hide_password=False)
        config.write_text(config.read_text().replace(project.urls["dev"], through))
        return resolves(project, forks, proxy, pattern, number, delivered=delivered)


@pytest.mark.parametrize("delivered", [True, False])
@pytest.mark.parametrize(
    ("dialect", "what", "number"),
    [("postgres", "commit", 4), ("mariadb", "commit", 5), ("postgres", "step", 1), ("mariadb", "step", 3)],
)
def test_an_answer_is_lost(
    dialect: str,
    what: str,
    number: int,
    delivered: bool,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    forks: Forks,
) -> None:
    assert case(dialect, what, number, delivered, tmp_path / "one", request, forks)


@pytest.mark.long
@pytest.mark.parametrize("delivered", [True, False])
@pytest.mark.parametrize("what", ["commit", "step"])
@pytest.mark.parametrize("dialect", list(COMMIT))
def test_every_answer_is_lost(
    dialect: str, what: str, delivered: bool, tmp_path: Path, request: pytest.FixtureRequest, forks: Forks
) -> None:
    number = 1
    while case(dialect, what, number, delivered, tmp_path / str(number), request, forks):
        number += 1
    print(f"{dialect}, {what}, delivered {delivered}: {number - 1} messages")
    assert number > 3
