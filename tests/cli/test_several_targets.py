"""Environments of several targets: what is known about one of them says nothing about the others."""

from __future__ import annotations

import re
import signal
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path

import psycopg
import pytest
from tests.cli.test_promote import ITEMS, LATER
from tests.cli.test_promote_safety import HALF_WAY, slow, wait_for
from tests.support.project import SHOP, Project, project_of, query
from tests.support.servers import libpq

from migrail.actions.observe import addresses, tracker_of
from migrail.actions.promotion import PromotionRun
from migrail.actions.workspace import Workspace
from migrail.model.batch import Promotion
from migrail.pipeline.wanted import Wanted
from migrail.runner import Limits, guarded

ENDED = "1 promotion that nobody works at any more ended"


@pytest.fixture(params=["sqlite", "postgres"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """A project whose environment dev has the targets ``first`` and ``second``, of which the second is slow."""
    project = project_of(request.param, tmp_path, request, {})
    project.write_all(SHOP)
    first, second = project.urls["prod"], project.urls["dev"]
    project.urls = {"dev": second}
    project.configure({}, extra='[promote]\nguard_timeout = "200ms"\n')
    text = (tmp_path / "migrail.toml").read_text()
    both = f'targets = [{{ name = "first", url = "{first}" }}, {{ name = "second", url = "{second}" }}]'
    (tmp_path / "migrail.toml").write_text(text.replace(f'url = "{second}"', both))
    return project


@pytest.mark.parametrize("ending", [None, signal.SIGKILL])
def test_reconcile_ends_only_what_works_on_no_target(two: Project, ending: signal.Signals | None) -> None:
    two.write(LATER, f"-- migrail: transaction=off\n{ITEMS}\n{slow(two)};\nINSERT INTO items VALUES (1);")
    running = two.start("promote", "dev")
    wait_for(two, "started")
    if ending:
        config = two.root / "migrail.toml"  # the server may take its time to notice
        config.write_text(config.read_text().replace("200ms", "30s"))
        running.send_signal(ending)
        running.communicate(timeout=60)
    result = two.run("reconcile", "dev")
    if ending is None:
        assert (result.code, "another promotion is running" in result.out + result.err) == (5, True), result
        assert ENDED not in result.out
        assert "promotion running" in two.ok("history", "dev").out
        running.communicate(timeout=60)
        assert "promotion succeeded" in two.ok("history", "dev").out
    else:
        assert (result.code, ENDED in result.out) == (0, True), result
        assert "promotion failed" in two.ok("history", "dev").out


@pytest.mark.parametrize("busy", [True, False])
def test_a_promotion_ends_only_what_works_on_no_target(two: Project, busy: bool) -> None:
    two.ok("promote", "dev", "--to", "0001")
    workspace = Workspace.open(two.root / "migrail.toml", actor="ben")
    with tracker_of(workspace) as tracker, ExitStack() as guards:
        run = PromotionRun(workspace, tracker, dry_run=False, progress=lambda _: None)
        other = Promotion(
            id="0" * 32, environment="dev", batch="sha256-batch:other", actor="ana", started_at=workspace.clock()
        )
        tracker.save_promotion(other)
        if busy:
            _, second = addresses(workspace, workspace.settings.named("dev"))
            guards.enter_context(guarded(second, Limits()))
        (step,) = run.into("dev", Wanted(), everything=False)
        found = next(p.outcome for p in tracker.promotions() if p.id == other.id)
        assert (step.outcome.value, found) == (("unreachable", "running") if busy else ("succeeded", "failed"))


@contextmanager
def unwritable(project: Project, url: str) -> Iterator[None]:
    """The ledger of a target can be read and not be written."""
    if project.dialect == "sqlite":
        with closing(sqlite3.connect(project.root / url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(libpq(url)) as connection:
            connection.execute("LOCK TABLE migrail_ledger IN EXCLUSIVE MODE")
            yield


@pytest.mark.parametrize(("locked", "code"), [(None, 0), ("first", 4), ("second", 5)])
def test_a_decision_says_where_it_stands(two: Project, locked: str | None, code: int) -> None:
    config = two.root / "migrail.toml"
    first, second = (target["url"] for target in tomllib.loads(config.read_text())["environment"][0]["targets"])
    two.write(LATER, HALF_WAY)
    assert two.run("promote", "dev").code == 4
    two.ok("resolve", "dev", LATER, "--retry", "--reason", "on the first")
    config.write_text(re.sub(r"({ name = .first.*?}), ({.*?})", r"\2, \1", config.read_text()))
    assert two.run("promote", "dev").code == 4, "on the second, which comes first now"
    urls = {"first": first, "second": second}
    with unwritable(two, urls[locked]) if locked else nullcontext():
        result = two.run("resolve", "dev", LATER, "--retry", "--reason", "both")
    assert result.code == code, result
    if code == 4:
        assert "recorded on dev/second, not on the others" in result.err
        assert f"migrail resolve dev {LATER} --retry --reason ..." in result.err
    rows = "SELECT count(*) FROM migrail_ledger WHERE kind = 'retried'"
    counts = {name: query(url, two.root, rows)[0][0] for name, url in urls.items()}
    assert counts == {"first": 1 + (code == 0), "second": int(code != 5)}
