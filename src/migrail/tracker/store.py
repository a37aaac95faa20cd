"""The tracker: decisions about batches, and dated observations of the targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from migrail.model.batch import (
    Approval,
    Batch,
    Evidence,
    Promotion,
    entries_from_json,
    manifest_to_json,
)
from migrail.model.errors import TargetUnreachable
from migrail.model.ledger import TargetRecord, moment
from migrail.model.redact import redact
from migrail.model.rows import Database, DuplicateRow, QueryError, Row, Rows
from migrail.model.text import visible
from migrail.tracker import record as records
from migrail.tracker.version import HEAD, version_of

T = TypeVar("T")

TRIES = 10
"""How often a change is tried that another promotion keeps overtaking."""


def open_tracker(database: Database, project: str) -> Tracker:
    """The tracker of a project in a database; makes or migrates its tables.

    Raises:
        TargetUnreachable: the tracker's database cannot be reached.
        ConfigError: the tracker belongs to a newer program.
    """
    with _usable():
        with database.rows() as rows:
            version = version_of(rows)
        if version != HEAD:
            from migrail.tracker.upgrade import ensure_schema

            ensure_schema(database.engine())
    return Tracker(database, project)


@contextmanager
def _usable() -> Iterator[None]:
    """Turns a driver's errors into ours; what another try may get past is the caller's to handle."""
    try:
        yield
    except DuplicateRow:
        raise
    except QueryError as error:
        if _is_deadlock(error.original):
            raise _Deadlock("the tracker cannot be used: the server broke a deadlock; try again") from None
        lines = str(error).strip().splitlines() or [""]
        message = f"the tracker cannot be used: {visible(redact(lines[0]))}"
        raise TargetUnreachable(message, help="migrail doctor") from None


class _Deadlock(TargetUnreachable):
    """The server undid a transaction because two waited for each other."""


def _is_deadlock(error: BaseException) -> bool:
    """MySQL reports one between two inserts behind updates that found no row; the number is the first argument."""
    return getattr(error, "sqlstate", None) == "40P01" or error.args[:1] == (1213,)


def _again(work: Callable[[], T]) -> T:
    """Does it, once more whenever somebody else was faster with the same row."""
    for _ in range(TRIES):
        try:
            return work()
        except (DuplicateRow, _Deadlock):
            continue
    raise TargetUnreachable("other promotions keep changing the tracker; try again")


_BATCH = "SELECT id, manifest, number, created_at, created_by FROM migrail_batch WHERE project = ?"
_THERE = "project = ? AND environment = ? AND target = ?"


class Tracker:
    """What one project decided. Every method is one transaction."""

    def __init__(self, database: Database, project: str) -> None:
        self._database = database
        self._project = project

    def batches(self) -> tuple[Batch, ...]:
        """All batches that still count, in the order in which they were formed."""
        return tuple(map(self._batch, self._all(f"{_BATCH} AND superseded_at IS NULL ORDER BY number")))

    def batch_digests(self) -> frozenset[str]:
        """Digests of all batches that ever were, those that gave way to others included."""
        return frozenset(row["digest"] for row in self._all("SELECT digest FROM migrail_batch WHERE project = ?"))

    def add_batch(self, batch: Batch, *, author: str | None, now: datetime) -> Batch:
        """Keeps a batch and gives it its number. A batch that is there already is returned as it is.

        Args:
            author: who promotes it; ``None`` for somebody who only decides about it. The first author stays.
        """
        # Somebody else may have taken the number or kept the same batch.
        return _again(lambda: self._add_batch(batch, author, now))

    def _add_batch(self, batch: Batch, author: str | None, now: datetime) -> Batch:
        this = f"{_BATCH} AND digest = ?", self._project, batch.digest
        with self._begin() as rows:
            found = rows.all(*this)
            if found:
                change = "superseded_at = NULL, superseded_by = NULL, created_by = ?"
                known = found[0]["created_by"] or author or ""
                rows.run(f"UPDATE migrail_batch SET {change} WHERE id = ?", known, found[0]["id"])
            else:
                highest = "SELECT coalesce(max(number), 0) AS number FROM migrail_batch WHERE project = ?"
                self._insert(
                    rows,
                    "migrail_batch",
                    number=rows.all(highest, self._project)[0]["number"] + 1,
                    digest=batch.digest,
                    manifest=manifest_to_json(batch),
                    created_at=now,
                    created_by=author or "",
                )
            return self._batch(rows.all(*this)[0])

    def supersede(self, batch: Batch, *, actor: str, now: datetime) -> None:
        """Notes that a batch that never got anywhere gives way to one with mended content."""
        change = "UPDATE migrail_batch SET superseded_at = ?, superseded_by = ? WHERE project = ? AND digest = ?"
        with self._rows() as rows:
            rows.run(change, moment(now), actor, self._project, batch.digest)

    def add_evidence(self, fact: Evidence) -> None:
        """Records a fact."""
        with self._rows() as rows:
            self._insert(rows, "migrail_evidence", **asdict(fact))

    def evidence(self) -> tuple[Evidence, ...]:
        """All facts, oldest first."""
        query = (
            "SELECT name, environment, batch, passed, actor, recorded_at, detail FROM migrail_evidence "
            "WHERE project = ? ORDER BY id"
        )
        return tuple(
            Evidence(**row | {"passed": bool(row["passed"]), "recorded_at": _time(row["recorded_at"])})
            for row in self._all(query)
        )

    def add_approval(self, approval: Approval) -> None:
        """Records a person's consent."""
        with self._rows() as rows:
            self._insert(rows, "migrail_approval", **asdict(approval))

    def approvals(self) -> tuple[Approval, ...]:
        """All approvals, oldest first."""
        query = (
            "SELECT environment, batch, state, actor, approved_at, reason FROM migrail_approval "
            "WHERE project = ? ORDER BY id"
        )
        return tuple(Approval(**row | {"approved_at": _time(row["approved_at"])}) for row in self._all(query))

    def save_promotion(self, promotion: Promotion) -> None:
        """Records a promotion that begins, or how it ended."""
        _again(lambda: self._save_promotion(promotion))

    def _save_promotion(self, promotion: Promotion) -> None:
        ended = _kept(promotion.finished_at), promotion.outcome, promotion.detail
        change = "UPDATE migrail_promotion SET finished_at = ?, outcome = ?, detail = ? WHERE id = ?"
        with self._begin() as rows:
            if not rows.run(change, *ended, promotion.id):
                self._insert(rows, "migrail_promotion", **asdict(promotion))

    def promotions(self) -> tuple[Promotion, ...]:
        """All promotions, oldest first."""
        query = (
            "SELECT id, environment, batch, actor, started_at, finished_at, outcome, detail FROM migrail_promotion "
            "WHERE project = ? ORDER BY started_at"
        )
        return tuple(
            Promotion(
                **row
                | {
                    "started_at": _time(row["started_at"]),
                    "finished_at": _time(row["finished_at"]) if row["finished_at"] else None,
                }
            )
            for row in self._all(query)
        )

    def save_observation(self, environment: str, found: TargetRecord, *, now: datetime) -> None:
        """Keeps what was read from a target. The record is written only where it changed."""
        _again(lambda: self._save_observation(environment, found, now))

    def _save_observation(self, environment: str, found: TargetRecord, now: datetime) -> None:
        head, this = found.head[1], (self._project, environment, found.target)
        with self._begin() as rows:
            known = rows.all(f"SELECT head FROM migrail_observation WHERE {_THERE}", *this)
            if not known:
                self._insert(
                    rows,
                    "migrail_observation",
                    environment=environment,
                    target=found.target,
                    observed_at=now,
                    head=head,
                    record=records.dump(found),
                )
            elif known[0]["head"] != head or not head:
                change = f"UPDATE migrail_observation SET observed_at = ?, head = ?, record = ? WHERE {_THERE}"
                rows.run(change, moment(now), head, records.dump(found), *this)
            else:
                rows.run(f"UPDATE migrail_observation SET observed_at = ? WHERE {_THERE}", moment(now), *this)

    def observed_again(self, environment: str, found: TargetRecord, *, now: datetime) -> bool:
        """Notes that a target's ledger is the one that was observed last, from which nothing was lost.

        Returns:
            Whether that is so; otherwise nothing is noted.
        """
        head, whole = found.head[1], records.NOTHING_LOST
        change = (
            f"UPDATE migrail_observation SET observed_at = ? WHERE {_THERE} AND head = ? "
            f"AND substr(record, 1, {len(whole)}) = ?"
        )
        if not head:
            return False
        with self._rows() as rows:
            return bool(rows.run(change, moment(now), self._project, environment, found.target, head, whole))

    def observation(self, environment: str, target: str) -> tuple[TargetRecord, datetime] | None:
        """The last observation of a target and its time, if there ever was one."""
        query = f"SELECT record, observed_at FROM migrail_observation WHERE {_THERE}"
        for row in self._all(query, environment, target):
            return records.load(row["record"]), _time(row["observed_at"])
        return None

    def _all(self, query: str, *values: Any) -> Sequence[Row]:
        """What a query finds whose first value is the project."""
        with self._rows() as rows:
            return rows.all(query, self._project, *values)

    @contextmanager
    def _rows(self) -> Iterator[Rows]:
        """For statements that are a transaction each."""
        with _usable(), self._database.rows() as rows:
            yield rows

    @contextmanager
    def _begin(self) -> Iterator[Rows]:
        """A transaction; through ``_again`` wherever a row may be there already."""
        with _usable(), self._database.begin() as rows:
            yield rows

    def _insert(self, rows: Rows, table: str, **values: Any) -> None:
        """Adds a row of this project."""
        values["project"] = self._project
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        rows.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *map(_kept, values.values()))

    def _batch(self, row: Row) -> Batch:
        return Batch(
            project=self._project,
            entries=entries_from_json(row["manifest"]),
            number=row["number"],
            created_at=_time(row["created_at"]),
            created_by=row["created_by"] or None,
        )


def _kept(value: Any) -> Any:
    """A value as it stands in a table."""
    return moment(value) if isinstance(value, datetime) else value


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
