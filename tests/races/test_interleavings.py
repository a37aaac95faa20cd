"""Two promoters in every order that the specifications name: applied once, no deadlock, no invalid index.

The short version plays the orders that are written out and a few of those that ``every`` stands for; the long one
(``-m long``) all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.races.spec import Outcome, Spec, parse, run
from tests.support.project import Project
from tests.support.servers import fresh_database

SPECS = sorted((Path(__file__).parent / "specs").glob("*.spec"))
SWEPT = [path for path in SPECS if parse(path.read_text()).every]
SHORT = (12,)
"""The points at which the short version lets the first promoter be met: here in the middle."""
LAST = 100
"""No promotion of these has so many points."""


def play(spec: Spec, order: tuple[str, ...], root: Path, server: URL) -> Outcome:
    """Plays one order in a fresh database and looks at everything that must hold."""
    root.mkdir()
    with fresh_database(server) as database:
        return _play(spec, order, root, database)


def _play(spec: Spec, order: tuple[str, ...], root: Path, database: str) -> Outcome:
    project = Project(root, "postgres", {"dev": database}, {})
    project.configure({}, extra='[promote]\nguard_timeout = "60s"\n')
    outcome = run(spec, order, project)
    said = f"{' '.join(order)}: {outcome}"
    assert "Traceback" not in outcome.output, said
    assert "deadlock" not in outcome.output, said
    assert set(outcome.codes) <= {0, 3, 4, 5}, said
    assert (3 in outcome.codes) <= ("is running now" in outcome.output), said
    applied = "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence"
    project.ok("promote", "dev", "--all")
    assert [id for (id,) in project.query("dev", applied)] == list(spec.migrations), said
    invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    assert project.query("dev", invalid) == [], said
    inserted = sum(text.count("INSERT INTO t VALUES (1)") for text in spec.migrations.values())
    found = "SELECT count(*) FROM t WHERE id = 1"
    assert project.query("dev", found) == [(inserted,)], said
    assert project.ok("status", "--format", "json").json["attention"] == [], said
    return outcome


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_orders(path: Path, tmp_path: Path, postgres: URL) -> None:
    spec = parse(path.read_text())
    every = [(f"a*{number}", *moves) for moves in spec.every for number in SHORT]
    for number, order in enumerate([*spec.orders, *every]):
        outcome = play(spec, order, tmp_path / str(number), postgres)
        if "cut" not in order:
            assert outcome.codes == (0, 0), outcome


@pytest.mark.long
@pytest.mark.parametrize("path", SWEPT, ids=lambda path: path.stem)
def test_every_order(path: Path, tmp_path: Path, postgres: URL) -> None:
    spec = parse(path.read_text())
    for part, moves in enumerate(spec.every):
        for number in range(1, LAST):
            outcome = play(spec, (f"a*{number}", *moves), tmp_path / f"{part}-{number}", postgres)
            if len(outcome.points[0]) <= number:
                print(f"{path.stem}, {' '.join(moves)}: {number} orders")
                break
        else:
            pytest.fail("there is no end")


def test_the_language_is_read() -> None:
    spec = parse("# x\nmigration 0001_a\n  SELECT 1;\nstep s app: SELECT 2\norder a>guard s b*2\norders every b.\n")
    assert spec.migrations == {"0001_a": "SELECT 1;\n"}
    assert (spec.steps, spec.orders) == ({"s": ("app", "SELECT 2")}, (("a>guard", "s", "b*2"),))
    with pytest.raises(AssertionError, match=r"what is c\?"):
        parse("order c")
