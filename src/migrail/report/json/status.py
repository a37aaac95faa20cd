"""``migrail.status/1``."""

from __future__ import annotations

from migrail.pipeline.matrix import Status
from migrail.report.json._values import batch, moment, sha256, verdict


def document(status: Status) -> dict[str, object]:
    """The matrix as the contract has it."""
    return {
        "schema": "migrail.status/1",
        "project": status.project,
        "read_at": moment(status.read_at),
        "environments": [
            {
                "name": place.name,
                "reachable": place.reachable,
                "observed_at": moment(place.observed_at),
                "targets": place.targets,
                "applied": place.applied,
                "pending": place.pending,
                "drift": place.drift,
                "error": place.error,
                "next_batch": batch(place.next_batch),
                "gates": [verdict(answer) for answer in place.verdicts],
            }
            for place in status.places
        ],
        "migrations": [
            {
                "id": row.id,
                "digest": sha256(row.digest),
                "digests": [digest for digest in (row.digest, row.raw_digest) if digest],
                "batch": row.batch,
                "cells": {
                    name: {"state": cell.state.value, "since": moment(cell.since), "detail": cell.detail}
                    for name, cell in row.cells.items()
                },
            }
            for row in status.rows
        ],
        "attention": [
            {
                "environment": entry.environment,
                "migration": entry.migration,
                "what": entry.what,
                "next": entry.next,
            }
            for entry in status.attention
        ],
    }
