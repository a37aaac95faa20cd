"""The ledger inside a target: the same suite on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from migrail.model.errors import GuardBusy
from migrail.model.ledger import Draft, JournalEvent, LedgerEntry, LedgerKind, Note, Standing, TargetRecord
from migrail.model.migration import Digests
from migrail.pipeline.state import broken_chain
from migrail.runner import Address, Limits, engine_for
from migrail.tracker.ledger import Ledger
from migrail.tracker.reading import TABLES

NOW = datetime(2026, 11, 23, 12, 0, 0, 1, tzinfo=UTC)
DIGESTS = Digests(raw="sha256-raw:1", text="sha256-text:1")


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    url = f"sqlite:///{tmp_path / 'dev.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    elif request.param == "mariadb":
        url = request.getfixturevalue("mariadb_database").render_as_string(hide_password=False)
    return Address.parse(url, environment="dev", target="default", root=tmp_path)


@pytest.fixture
def connection(address: Address) -> Iterator[Connection]:
    with engine_for(address, Limits()).connect() as connection:
        yield connection


def ledger_of(connection: Connection, address: Address) -> Ledger:
    return Ledger(connection, address.ledger_schema)


def append(
    ledger: Ledger, kind: LedgerKind, after: tuple[int, str], migration: str | None = "0001_a", minute: int = 0
) -> LedgerEntry:
    draft = Draft(
        kind=kind,
        batch="sha256-batch:1",
        actor="ana",
        tool_version="0.1",
        migration=migration,
        digests=DIGESTS if migration else None,
        statements=1,
        detail="é",
    )
    return ledger.append(draft, after=after, started_at=NOW, finished_at=NOW + timedelta(minutes=minute))


def test_a_new_database_is_empty(connection: Connection, address: Address) -> None:
    record = ledger_of(connection, address).read("default")
    assert (record.identity, record.entries, record.empty) == (None, (), True)


def test_a_database_with_tables_is_not_empty(connection: Connection, address: Address) -> None:
    connection.execute(text("CREATE TABLE users (id integer)"))
    assert not ledger_of(connection, address).read("default").empty


def test_what_is_written_is_read_back(connection: Connection, address: Address) -> None:
    ledger = ledger_of(connection, address)
    identity = ledger.create(project="shop", environment="dev", target="default", now=NOW)
    assert set(TABLES) <= set(inspect(connection).get_table_names())
    first = append(ledger, LedgerKind.BATCH, (0, ""), migration=None)
    second = append(ledger, LedgerKind.APPLIED, (first.sequence, first.hash))
    record = ledger.read("default")
    assert record.identity == identity
    assert record.entries == (first, second)
    assert ledger.head() == (2, second.hash)
    assert broken_chain(record.entries) is None
    assert record.applied == {"0001_a": DIGESTS}


def test_a_row_goes_behind_the_row_that_was_seen(connection: Connection, address: Address) -> None:
    ledger = ledger_of(connection, address)
    ledger.create(project="shop", environment="dev", target="default", now=NOW)
    first = append(ledger, LedgerKind.APPLIED, (0, ""))
    for stale in [(0, ""), (1, "other"), (2, first.hash)]:
        with pytest.raises(GuardBusy, match="another promotion changed this target"):
            append(ledger, LedgerKind.APPLIED, stale)
    assert ledger.head() == (1, first.hash)


def test_a_temporary_table_cannot_stand_in(connection: Connection, address: Address) -> None:
    ledger = ledger_of(connection, address)
    ledger.create(project="shop", environment="dev", target="default", now=NOW)
    connection.commit()
    columns = ", ".join(f"{name} varchar(99)" for name in ledger_columns(connection, address))
    connection.execute(text(f"CREATE TEMPORARY TABLE migrail_ledger ({columns})"))
    append(ledger, LedgerKind.APPLIED, (0, ""))
    connection.commit()
    with engine_for(address, Limits()).connect() as other:
        found = other.execute(text(f"SELECT count(*) FROM {address.ledger_schema}.migrail_ledger")).scalar()
    # On MariaDB it can, whatever the name says, so a session looks from outside behind its COMMIT.
    assert found == (0 if address.backend == "mysql" else 1)


def ledger_columns(connection: Connection, address: Address) -> list[str]:
    return [c["name"] for c in inspect(connection).get_columns("migrail_ledger", schema=address.ledger_schema)]


def test_the_journal_is_read_back(connection: Connection, address: Address) -> None:
    ledger = ledger_of(connection, address)
    ledger.create(project="shop", environment="dev", target="default", now=NOW)
    notes = [
        Note(event=event, migration="0001_a", attempt=attempt, statement=number, digest=f"d{number}")
        for number, event, attempt in [
            (1, JournalEvent.INTENT, 1),
            (1, JournalEvent.DONE, 2),
            (2, JournalEvent.INTENT, 3),
            (3, JournalEvent.DONE, 9),
        ]
    ]
    ledger.note(notes, after=(0, ""), now=NOW)
    assert ledger.notes("0001_a", 0) == tuple(notes)
    assert ledger.notes("0001_a", 5) == (notes[3],)
    assert ledger.notes("0002_b", 0) == ()
    with pytest.raises(GuardBusy, match="another promotion changed this target"):
        ledger.note(notes, after=(1, "other"), now=NOW)


def test_tables_of_an_older_program_are_brought_up_to_date(connection: Connection, address: Address) -> None:
    ledger = ledger_of(connection, address)
    ledger.create(project="shop", environment="dev", target="default", now=NOW, server="one")
    schema = address.ledger_schema
    connection.execute(text(f"ALTER TABLE {schema}.migrail_identity DROP COLUMN server"))
    connection.execute(text(f"UPDATE {schema}.migrail_identity SET format = 1"))
    before = ledger.identity()
    assert before is not None
    assert before.server is None
    ledger.upgrade("two")
    ledger.upgrade("three")
    assert ledger.identity() == replace(before, server="two")


ROW = LedgerEntry(
    sequence=1,
    kind=LedgerKind.APPLIED,
    migration="0001_a",
    digests=DIGESTS,
    batch="b",
    actor="ana",
    tool_version="0",
    started_at=NOW,
    finished_at=NOW,
    statements=1,
    detail="",
    previous_hash="",
    hash="",
)


def chain(*changes: dict[str, object]) -> list[LedgerEntry]:
    """Rows that follow each other rightly."""
    rows: list[LedgerEntry] = []
    for number, change in enumerate(changes, 1):
        previous = rows[-1].hash if rows else ""
        row = replace(ROW, sequence=number, previous_hash=previous, **change)  # type: ignore[arg-type]
        rows.append(replace(row, hash=row.computed_hash()))
    return rows


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (lambda rows: rows, None),
        (lambda rows: [], None),
        (lambda rows: [rows[0], replace(rows[1], actor="eve"), rows[2]], 2),
        (lambda rows: [rows[0], rows[2]], 3),
        (lambda rows: rows[1:], 2),
        (lambda rows: [rows[1], rows[0], rows[2]], 2),
        (lambda rows: [rows[0], replace(rows[1], digests=Digests(raw="x", text="y")), rows[2]], 2),
    ],
)
def test_the_chain_shows_tampering(tamper: object, broken: int | None) -> None:
    rows = tamper(chain({}, {"migration": "0002_b"}, {"migration": "0003_c"}))  # type: ignore[operator]
    found = broken_chain(rows)
    assert (found.sequence if found else None) == broken


@pytest.mark.parametrize(
    ("kinds", "standing"),
    [
        (["started"], Standing.STARTED),
        (["started", "failed"], Standing.FAILED),
        (["started", "failed", "retried"], Standing.RETRY),
        (["started", "failed", "retried", "started", "applied"], Standing.APPLIED),
        (["started", "failed", "marked-applied"], Standing.APPLIED),
        (["started", "failed", "marked-reverted"], Standing.REVERTED),
        (["started", "failed", "accepted-edit"], Standing.RETRY),
        (["started", "settled"], Standing.RETRY),
        (["started", "undone"], Standing.REVERTED),
    ],
)
def test_the_newest_row_counts(kinds: list[str], standing: Standing) -> None:
    rows = chain(*({"kind": LedgerKind(kind)} for kind in kinds))
    record = TargetRecord(target="default", identity=None, entries=tuple(rows), empty=False)
    assert record.facts["0001_a"].standing is standing


@pytest.mark.parametrize("address", ["postgres", "mariadb"], indirect=True)
def test_a_ledger_that_appears_between_two_looks_is_seen(
    address: Address, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's first promotion makes it, and its first table; readers of a file see one moment."""
    is_empty = Ledger._is_empty

    def meanwhile(ledger: Ledger) -> bool:
        with engine_for(address, Limits()).begin() as other:
            Ledger(other, address.ledger_schema).create(
                project="shop", environment="dev", target="default", now=NOW
            )
            other.execute(text("CREATE TABLE orders (id integer)"))
        return is_empty(ledger)

    monkeypatch.setattr(Ledger, "_is_empty", meanwhile)
    record = Ledger(connection, address.ledger_schema).read("default")
    assert record.identity is not None
    assert not record.empty
