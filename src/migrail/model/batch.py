"""Batches and the decisions about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from migrail.model.migration import Digests

BATCH = "sha256-batch"


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchEntry:
    """A migration in a batch: its id and what it contained when the batch was formed."""

    migration: str
    digests: Digests


@dataclass(frozen=True, kw_only=True)
class Batch:
    """An immutable, ordered list of migrations that moves through the environments as one."""

    project: str
    entries: tuple[BatchEntry, ...]
    number: int | None = None
    """Given by the tracker, counts from 1; ``None`` for a batch that is only planned."""
    created_at: datetime | None = None
    created_by: str | None = None
    """Who first promoted it, its author; ``None`` as long as nobody did."""

    @cached_property
    def digest(self) -> str:
        """``sha256-batch:<hex>`` over project, migration ids and text digests in order: the batch's address."""
        return batch_digest(self.project, self.entries)

    @property
    def migrations(self) -> tuple[str, ...]:
        return tuple(entry.migration for entry in self.entries)

    @property
    def label(self) -> str:
        """``batch 3 (1f0c2a9b44d7)``."""
        number = "new batch" if self.number is None else f"batch {self.number}"
        return f"{number} ({self.digest.partition(':')[2][:12]})"


def batch_digest(project: str, entries: Sequence[BatchEntry]) -> str:
    """The address of a batch: SHA-256 of canonical JSON of its manifest, without the raw digests."""
    manifest = {
        "project": project,
        "migrations": [[entry.migration, entry.digests.text] for entry in entries],
    }
    text = json.dumps(manifest, separators=(",", ":"), sort_keys=True)
    return f"{BATCH}:{hashlib.sha256(text.encode()).hexdigest()}"


def manifest_to_json(batch: Batch) -> str:
    """The manifest as stored in ledgers and the tracker."""
    return json.dumps(
        {
            "project": batch.project,
            "migrations": [
                {"id": entry.migration, "text": entry.digests.text, "raw": entry.digests.raw}
                for entry in batch.entries
            ],
        },
        separators=(",", ":"),
    )


def entries_from_json(text: str) -> tuple[BatchEntry, ...]:
    """The entries of a stored manifest.

    Raises:
        ValueError: the text is not a manifest.
    """
    try:
        rows = json.loads(text)["migrations"]
        return tuple(
            BatchEntry(migration=row["id"], digests=Digests(raw=row["raw"], text=row["text"])) for row in rows
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a batch manifest: {text[:80]!r}") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A recorded fact about a batch in an environment."""

    name: str
    environment: str
    """Where it was observed."""
    batch: str
    """The batch's digest; evidence about one batch says nothing about another."""
    passed: bool
    actor: str
    recorded_at: datetime
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A person's consent to a batch entering an environment whose state was looked at."""

    environment: str
    batch: str
    state: str
    """Digest of the state that the person saw; when it changes, the approval is void."""
    actor: str
    approved_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """One attempt to bring one batch into one environment."""

    id: str
    environment: str
    batch: str
    actor: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str = "running"
    """``running``, ``succeeded``, ``failed``, ``refused`` or ``unreachable``."""
    detail: str = ""
