"""The tracker: the same suite on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import URL, Engine, inspect, make_url, text

from migrail.model.batch import Approval, Batch, BatchEntry, Evidence, Promotion
from migrail.model.errors import ConfigError, GuardBusy, TargetUnreachable
from migrail.model.ledger import Identity, LedgerEntry, LedgerKind, TargetRecord
from migrail.model.migration import Digests
from migrail.runner import Address, DriverDatabase, Limits
from migrail.tracker import Tracker, open_tracker
from migrail.tracker import upgrade as upgrading
from migrail.tracker.tables import metadata
from migrail.tracker.upgrade import _GUARD_KEY, upgrade
from migrail.tracker.version import HEAD, VERSION_TABLE

NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
DIGESTS = Digests(raw="sha256-raw:1", text="sha256-text:1")


def batch(*names: str) -> Batch:
    return Batch(
        project="shop", entries=tuple(BatchEntry(migration=name, digests=DIGESTS) for name in names or ("0001_a",))
    )


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tracker.db'}"
    found: str | URL = request.getfixturevalue(f"{request.param}_database")
    return found if isinstance(found, str) else found.render_as_string(hide_password=False)


@pytest.fixture
def open_it(url: str, tmp_path: Path) -> Iterator[Callable[..., Tracker]]:
    address = Address.parse(url, environment="tracker", target="default", root=tmp_path)
    database = DriverDatabase(address, Limits())
    yield lambda project="shop": open_tracker(database, project)
    database.close()


@pytest.fixture
def tracker(open_it: Callable[..., Tracker]) -> Tracker:
    return open_it()


def test_batches_get_numbers_and_keep_them(tracker: Tracker) -> None:
    first = tracker.add_batch(batch("0001_a"), author="ana", now=NOW)
    second = tracker.add_batch(batch("0002_b", "0003_c"), author="ben", now=NOW)
    again = tracker.add_batch(batch("0001_a"), author="eva", now=NOW + timedelta(hours=1))
    assert (first.number, second.number) == (1, 2)
    assert again == first
    assert again.created_by == "ana"
    assert again.created_at == NOW
    assert tracker.batches() == (first, second)


def test_the_author_is_who_first_promotes(tracker: Tracker) -> None:
    assert tracker.add_batch(batch(), author=None, now=NOW).created_by is None
    assert tracker.add_batch(batch(), author="ana", now=NOW).created_by == "ana"
    assert tracker.add_batch(batch(), author="ben", now=NOW).created_by == "ana"


def test_a_batch_that_gave_way_can_come_back(tracker: Tracker) -> None:
    first = tracker.add_batch(batch("0001_a"), author="ana", now=NOW)
    tracker.supersede(first, actor="ben", now=NOW)
    assert tracker.batches() == ()
    assert tracker.batch_digests() == {first.digest}
    assert tracker.add_batch(batch("0002_b"), author="ana", now=NOW).number == 2
    assert tracker.add_batch(batch("0001_a"), author="ana", now=NOW) == first
    assert [b.number for b in tracker.batches()] == [1, 2]


def test_decisions_are_kept_in_order(tracker: Tracker) -> None:
    facts = [
        Evidence(
            name="tests", environment="dev", batch="b", passed=passed, actor="ci", recorded_at=NOW, detail="é 'x'"
        )
        for passed in (False, True)
    ]
    consents = [
        Approval(environment="prod", batch="b", state="s", actor=actor, approved_at=NOW, reason="")
        for actor in ("ana", "ben")
    ]
    for fact in facts:
        tracker.add_evidence(fact)
    for consent in consents:
        tracker.add_approval(consent)
    assert list(tracker.evidence()) == facts
    assert list(tracker.approvals()) == consents


def test_a_promotion_begins_and_ends(tracker: Tracker) -> None:
    begun = Promotion(id="p1", environment="dev", batch="b", actor="ana", started_at=NOW)
    tracker.save_promotion(begun)
    assert tracker.promotions() == (begun,)
    ended = replace(begun, finished_at=NOW + timedelta(seconds=1), outcome="succeeded", detail="")
    tracker.save_promotion(ended)
    assert tracker.promotions() == (ended,)


def record(count: int) -> TargetRecord:
    entry = LedgerEntry(
        sequence=1,
        kind=LedgerKind.APPLIED,
        migration="0001_a",
        digests=DIGESTS,
        batch="b",
        actor="ana",
        tool_version="0",
        started_at=NOW,
        finished_at=NOW,
        statements=2,
        detail="",
        previous_hash="",
        hash="",
    )
    entries = tuple(replace(entry, sequence=number, hash=f"h{number}") for number in range(1, count + 1))
    identity = Identity(project="shop", environment="dev", target="default", id="i")
    return TargetRecord(target="default", identity=identity, entries=entries, empty=False)


def test_the_last_observation_counts(tracker: Tracker) -> None:
    assert tracker.observation("dev", "default") is None
    tracker.save_observation("dev", record(1), now=NOW)
    assert tracker.observation("dev", "default") == (record(1), NOW)
    tracker.save_observation("dev", record(1), now=NOW + timedelta(minutes=1))
    assert tracker.observation("dev", "default") == (record(1), NOW + timedelta(minutes=1))
    tracker.save_observation("dev", record(2), now=NOW + timedelta(minutes=2))
    assert tracker.observation("dev", "default") == (record(2), NOW + timedelta(minutes=2))
    assert tracker.observation("qa", "default") is None


def test_an_empty_target_is_an_observation_too(tracker: Tracker) -> None:
    empty = TargetRecord(target="default", identity=None, entries=(), empty=True)
    tracker.save_observation("dev", record(1), now=NOW)
    tracker.save_observation("dev", empty, now=NOW + timedelta(minutes=1))
    assert tracker.observation("dev", "default") == (empty, NOW + timedelta(minutes=1))


def test_projects_do_not_see_each_other(open_it: Callable[..., Tracker]) -> None:
    shop, crm = open_it(), open_it("crm")
    shop.add_batch(batch(), author="ana", now=NOW)
    shop.save_observation("dev", record(1), now=NOW)
    assert crm.batches() == ()
    assert crm.observation("dev", "default") is None
    assert crm.add_batch(replace(batch(), project="crm"), author="ana", now=NOW).number == 1


def structure(engine: Engine) -> object:
    """Everything that SQLAlchemy reflects."""
    inspector = inspect(engine)
    with engine.connect() as connection:
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return version, {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_unique_constraints(name), key=str),
            sorted(inspector.get_indexes(name), key=str),
        )
        for name in inspector.get_table_names()
    }


def test_a_new_tracker_is_what_all_upgrades_make(open_it: Callable[..., Tracker]) -> None:
    engine = open_it()._database.engine()
    made = structure(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    with engine.begin() as connection:
        upgrade(connection)
    assert structure(engine) == made
    assert made[0] == HEAD  # type: ignore[index]


def test_a_newer_tracker_is_refused(open_it: Callable[..., Tracker]) -> None:
    engine = open_it()._database.engine()
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="9999, which this version of migrail does not know"):
        open_it()


def test_first_users_race_without_harm(url: str, tmp_path: Path) -> None:
    address = Address.parse(url, environment="tracker", target="default", root=tmp_path)
    barrier, errors = Barrier(6), []

    def first_use() -> None:
        database = DriverDatabase(address, Limits())
        try:
            barrier.wait()
            open_tracker(database, "shop").add_batch(batch(), author="ana", now=NOW)
        except Exception as error:
            errors.append(error)
        finally:
            database.close()

    threads = [Thread(target=first_use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with closing(DriverDatabase(address, Limits())) as database:
        assert [b.number for b in open_tracker(database, "shop").batches()] == [1]


def test_a_tracker_that_is_away_is_named(tmp_path: Path) -> None:
    address = Address.parse(
        "postgresql://u:hunter2@127.0.0.1:1/x", environment="tracker", target="default", root=tmp_path
    )
    with pytest.raises(TargetUnreachable, match="the tracker cannot be used") as caught:
        open_tracker(DriverDatabase(address, Limits(connect=1)), "shop")
    assert "hunter2" not in caught.value.message


@pytest.mark.parametrize(
    ("dialect", "take", "holder", "end"),
    [
        (
            "postgres",
            f"SELECT pg_advisory_lock({_GUARD_KEY})",
            "SELECT pg_backend_pid()",
            "pg_terminate_backend({})",
        ),
        (
            "mariadb",
            "SELECT GET_LOCK(CONCAT('migrail.tracker.', LEFT(SHA2(DATABASE(), 256), 12)), 0)",
            "SELECT CONNECTION_ID()",
            "KILL {}",
        ),
    ],
)
def test_whoever_makes_the_tables_is_waited_for_and_named(
    dialect: str,
    take: str,
    holder: str,
    end: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upgrading, "SECONDS", 0.3)
    url = str(make_url(request.getfixturevalue(f"{dialect}_database")).render_as_string(hide_password=False))
    address = Address.parse(url, environment="tracker", target="default", root=tmp_path)
    with closing(DriverDatabase(address, Limits())) as database:
        with database.engine().connect() as other:
            other.exec_driver_sql(take)
            number = other.exec_driver_sql(holder).scalar()
            with pytest.raises(GuardBusy, match=re.escape(end.format(number))):
                open_tracker(database, "shop")
            other.invalidate()
        assert open_tracker(database, "shop").batches() == ()
