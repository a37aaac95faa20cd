"""The tracker: decisions about batches, and dated observations of the targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, Table, and_, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from migrail.model.batch import (
    Approval,
    Batch,
    Evidence,
    Promotion,
    entries_from_json,
    manifest_to_json,
)
from migrail.model.errors import TargetUnreachable
from migrail.model.ledger import TargetRecord
from migrail.model.redact import redact
from migrail.model.text import visible
from migrail.tracker import record as records
from migrail.tracker.tables import approvals, batches, evidence, observations, promotions
from migrail.tracker.upgrade import ensure_schema

T = TypeVar("T")

TRIES = 10
"""How often a change is tried that another promotion keeps overtaking."""


def open_tracker(engine: Engine, project: str) -> Tracker:
    """The tracker of a project in the database that the engine reaches; makes or migrates its tables.

    Raises:
        TargetUnreachable: the tracker's database cannot be reached.
        ConfigError: the tracker belongs to a newer program.
    """
    with _usable():
        ensure_schema(engine)
    return Tracker(engine, project)


@contextmanager
def _usable() -> Iterator[None]:
    """Turns a driver's errors into ours; what another try may get past is the caller's to handle."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        if _is_deadlock(error):
            raise _Deadlock("the tracker cannot be used: the server broke a deadlock; try again") from None
        lines = str(error.orig or error).strip().splitlines() or [""]
        message = f"the tracker cannot be used: {visible(redact(lines[0]))}"
        raise TargetUnreachable(message, help="migrail doctor") from None


class _Deadlock(TargetUnreachable):
    """The server undid a transaction because two waited for each other."""


def _is_deadlock(error: DBAPIError) -> bool:
    """MySQL reports one between two inserts behind updates that found no row; the number is the first argument."""
    original = error.orig
    return getattr(original, "sqlstate", None) == "40P01" or getattr(original, "args", ())[:1] == (1213,)


def _again(work: Callable[[], T]) -> T:
    """Does it, once more whenever somebody else was faster with the same row."""
    for _ in range(TRIES):
        try:
            return work()
        except (IntegrityError, _Deadlock):
            continue
    raise TargetUnreachable("other promotions keep changing the tracker; try again")


class Tracker:
    """What one project decided. Every method is one transaction."""

    def __init__(self, engine: Engine, project: str) -> None:
        self._engine = engine
        self._project = project

    def batches(self) -> tuple[Batch, ...]:
        """All batches that still count, in the order in which they were formed."""
        query = self._mine(batches).where(batches.c.superseded_at.is_(None)).order_by(batches.c.number)
        return tuple(self._batch(row) for row in self._all(query))

    def batch_digests(self) -> frozenset[str]:
        """Digests of all batches that ever were, those that gave way to others included."""
        return frozenset(row.digest for row in self._all(self._mine(batches)))

    def add_batch(self, batch: Batch, *, author: str | None, now: datetime) -> Batch:
        """Keeps a batch and gives it its number. A batch that is there already is returned as it is.

        Args:
            author: who promotes it; ``None`` for somebody who only decides about it. The first author stays.
        """
        # Somebody else may have taken the number or kept the same batch.
        return _again(lambda: self._add_batch(batch, author, now))

    def _add_batch(self, batch: Batch, author: str | None, now: datetime) -> Batch:
        mine = batches.c.project == self._project
        this = select(batches).where(mine, batches.c.digest == batch.digest)
        with self._begin() as connection:
            row = connection.execute(this).first()
            if row is None:
                highest = connection.execute(select(func.max(batches.c.number)).where(mine)).scalar() or 0
                values = {
                    "project": self._project,
                    "number": highest + 1,
                    "digest": batch.digest,
                    "manifest": manifest_to_json(batch),
                    "created_at": now,
                    "created_by": author or "",
                }
                connection.execute(insert(batches).values(**values))
            else:
                changed = {
                    "superseded_at": None,
                    "superseded_by": None,
                    "created_by": row.created_by or author or "",
                }
                connection.execute(update(batches).where(batches.c.id == row.id).values(**changed))
            return self._batch(connection.execute(this).one())

    def supersede(self, batch: Batch, *, actor: str, now: datetime) -> None:
        """Notes that a batch that never got anywhere gives way to one with mended content."""
        with self._begin() as connection:
            this = and_(batches.c.project == self._project, batches.c.digest == batch.digest)
            connection.execute(update(batches).where(this).values(superseded_at=now, superseded_by=actor))

    def add_evidence(self, fact: Evidence) -> None:
        """Records a fact."""
        self._insert(
            evidence,
            environment=fact.environment,
            batch=fact.batch,
            name=fact.name,
            passed=fact.passed,
            actor=fact.actor,
            recorded_at=fact.recorded_at,
            detail=fact.detail,
        )

    def evidence(self) -> tuple[Evidence, ...]:
        """All facts, oldest first."""
        rows = self._all(self._mine(evidence).order_by(evidence.c.id))
        return tuple(
            Evidence(
                name=row.name,
                environment=row.environment,
                batch=row.batch,
                passed=row.passed,
                actor=row.actor,
                recorded_at=row.recorded_at,
                detail=row.detail,
            )
            for row in rows
        )

    def add_approval(self, approval: Approval) -> None:
        """Records a person's consent."""
        self._insert(
            approvals,
            environment=approval.environment,
            batch=approval.batch,
            state=approval.state,
            actor=approval.actor,
            approved_at=approval.approved_at,
            reason=approval.reason,
        )

    def approvals(self) -> tuple[Approval, ...]:
        """All approvals, oldest first."""
        return tuple(
            Approval(
                environment=row.environment,
                batch=row.batch,
                state=row.state,
                actor=row.actor,
                approved_at=row.approved_at,
                reason=row.reason,
            )
            for row in self._all(self._mine(approvals).order_by(approvals.c.id))
        )

    def save_promotion(self, promotion: Promotion) -> None:
        """Records a promotion that begins, or how it ended."""
        _again(lambda: self._save_promotion(promotion))

    def _save_promotion(self, promotion: Promotion) -> None:
        values = {
            "finished_at": promotion.finished_at,
            "outcome": promotion.outcome,
            "detail": promotion.detail,
        }
        with self._begin() as connection:
            this = promotions.c.id == promotion.id
            if not connection.execute(update(promotions).where(this).values(**values)).rowcount:
                connection.execute(
                    insert(promotions).values(
                        id=promotion.id,
                        project=self._project,
                        environment=promotion.environment,
                        batch=promotion.batch,
                        actor=promotion.actor,
                        started_at=promotion.started_at,
                        **values,
                    )
                )

    def promotions(self) -> tuple[Promotion, ...]:
        """All promotions, oldest first."""
        return tuple(
            Promotion(
                id=row.id,
                environment=row.environment,
                batch=row.batch,
                actor=row.actor,
                started_at=row.started_at,
                finished_at=row.finished_at,
                outcome=row.outcome,
                detail=row.detail,
            )
            for row in self._all(self._mine(promotions).order_by(promotions.c.started_at))
        )

    def save_observation(self, environment: str, found: TargetRecord, *, now: datetime) -> None:
        """Keeps what was read from a target. The record is written only where it changed."""
        _again(lambda: self._save_observation(environment, found, now))

    def _save_observation(self, environment: str, found: TargetRecord, now: datetime) -> None:
        head = found.head[1]
        table = observations.c
        key = {"project": self._project, "environment": environment, "target": found.target}
        this = and_(*(table[name] == value for name, value in key.items()))
        with self._begin() as connection:
            known = connection.execute(select(table.head).where(this)).scalar()
            values: dict[str, Any] = {"observed_at": now}
            if known is None or known != head or not head:
                values |= {"head": head, "record": records.dump(found)}
            if known is None:
                connection.execute(insert(observations).values(**key, **values))
            else:
                connection.execute(update(observations).where(this).values(**values))

    def is_as_observed(self, environment: str, found: TargetRecord) -> bool:
        """Whether a target's ledger is the one that was observed last, from which nothing was lost."""
        table = observations.c
        query = select(table.head).where(
            table.project == self._project,
            table.environment == environment,
            table.target == found.target,
            table.head == found.head[1],
            table.record.startswith(records.NOTHING_LOST, autoescape=True),
        )
        return bool(found.head[1]) and any(True for _ in self._all(query))

    def observation(self, environment: str, target: str) -> tuple[TargetRecord, datetime] | None:
        """The last observation of a target and its time, if there ever was one."""
        table = observations.c
        query = self._mine(observations).where(table.environment == environment, table.target == target)
        for row in self._all(query):
            return records.load(row.record), row.observed_at
        return None

    def _mine(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.project == self._project)

    def _all(self, query: Select[Any]) -> Iterable[Row[Any]]:
        with _usable(), self._engine.connect() as connection:
            return connection.execute(query).all()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        """A transaction; through ``_again`` wherever a row may be there already."""
        with _usable(), self._engine.begin() as connection:
            yield connection

    def _insert(self, table: Table, **values: Any) -> None:
        with self._begin() as connection:
            connection.execute(insert(table).values(project=self._project, **values))

    def _batch(self, row: Row[Any]) -> Batch:
        return Batch(
            project=row.project,
            entries=entries_from_json(row.manifest),
            number=row.number,
            created_at=row.created_at,
            created_by=row.created_by or None,
        )
