"""Values as JSON has them."""

from __future__ import annotations

from datetime import UTC, datetime

from migrail.model.batch import Batch
from migrail.model.gates import Verdict
from migrail.model.locks import LockEffect
from migrail.model.rewrites import Rewrite
from migrail.model.statistics import Measure
from migrail.pipeline.decision import Decision


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with seconds."""
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def batch(value: Batch | None) -> dict[str, object] | None:
    """A batch by number, digest and content."""
    if value is None:
        return None
    return {
        "number": value.number,
        "digest": value.digest,
        "migrations": [{"id": entry.migration, "digest": sha256(entry.digests.text)} for entry in value.entries],
    }


def verdict(value: Verdict) -> dict[str, object]:
    """A gate's answer."""
    return {
        "gate": value.gate,
        "outcome": value.outcome.value,
        "reason": value.reason,
        "until": moment(value.until),
        "used": list(value.used),
        "next": value.next,
    }


def decision(value: Decision | None) -> dict[str, object] | None:
    """All gates' answers, and what contradicts the files."""
    if value is None:
        return None
    return {
        "allowed": value.allowed,
        "state": value.state,
        "gates": [verdict(answer) for answer in value.verdicts],
        "mismatches": [
            {"kind": m.kind.value, "migration": m.migration, "message": m.message, "next": m.next}
            for m in value.mismatches
        ],
    }


def sha256(digest: str | None) -> str | None:
    """A digest as the contract writes it: ``sha256:<hex>``, whichever of our algorithms made it."""
    return None if digest is None else f"sha256:{digest.partition(':')[2]}"


def lock(value: LockEffect) -> dict[str, object]:
    """A lock, whom it keeps waiting and what for."""
    return {
        "relation": value.relation,
        "mode": str(value.mode),
        "blocks": [blocked.value for blocked in value.blocks],
        "duration": value.duration.value,
    }


def fix(value: Rewrite | None) -> dict[str, object] | None:
    """A rewrite: who may apply it, and its migrations in order."""
    if value is None:
        return None
    return {
        "applicability": value.applicability.value,
        "steps": [
            {
                "name": step.name,
                "stage": step.stage.value,
                "directives": list(step.directives),
                "remark": step.remark,
                "sql": step.sql,
            }
            for step in value.steps
        ],
    }


def measure(value: Measure) -> dict[str, object]:
    """How big a relation is somewhere."""
    return {
        "environment": value.environment,
        "relation": value.relation,
        "rows": value.size.rows,
        "bytes": value.size.bytes,
        "index_bytes": value.size.index_bytes,
        "captured_at": value.captured_at,
    }
