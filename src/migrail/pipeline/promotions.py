"""Promotions as ledgers tell them: what a tracker that was away is made equal from."""

from __future__ import annotations

import hashlib

from migrail.model.batch import Promotion, entries_from_json
from migrail.model.ledger import LedgerEntry, LedgerKind, TargetRecord


def promotions_of(environment: str, record: TargetRecord) -> tuple[Promotion, ...]:
    """One promotion for each batch that began in a target, oldest first."""
    return tuple(_promotion(environment, record, row) for row in record.entries if row.kind is LedgerKind.BATCH)


def _promotion(environment: str, record: TargetRecord, row: LedgerEntry) -> Promotion:
    own = [entry for entry in record.entries if entry.batch == row.batch]
    try:
        wanted = {entry.migration for entry in entries_from_json(row.detail)}
    except ValueError:
        wanted = set()
    done = bool(wanted) and wanted <= set(record.applied)
    return Promotion(
        # The same row always gives the same promotion, however often the tracker is made again.
        id=hashlib.sha256(f"{environment}/{record.target}/{row.hash}".encode()).hexdigest()[:32],
        environment=environment,
        batch=row.batch,
        actor=row.actor,
        started_at=row.started_at,
        finished_at=own[-1].finished_at,
        outcome="succeeded" if done else "failed",
        detail="" if done else "as the ledger tells",
    )
