"""``migrail.promotion/1`` and ``migrail.plan/1``."""

from __future__ import annotations

from migrail.report.json._values import batch, decision, sha256
from migrail.results.promotion import Plan, PromotionReport


def promotion(report: PromotionReport) -> dict[str, object]:
    """What promote did, step by step."""
    return {
        "schema": "migrail.promotion/1",
        "project": report.project,
        "steps": [
            {
                "environment": step.environment,
                "batch": batch(step.batch),
                "outcome": step.outcome.value,
                "decision": decision(step.decision),
                "applied": [
                    {
                        "migration": done.migration,
                        "target": done.target,
                        "statements": done.statements,
                        "seconds": round(done.seconds, 6),
                        "locks": list(done.locks),
                    }
                    for done in step.applied
                ],
                "error": step.error.message if step.error else None,
            }
            for step in report.steps
        ],
        "exit_code": report.exit_code,
    }


def plan(result: Plan) -> dict[str, object]:
    """What promote would do."""
    locks = {}
    if result.explanation:
        locks = {(s.migration, s.number): s for s in result.explanation.statements}
    return {
        "schema": "migrail.plan/1",
        "project": result.project,
        "environment": result.environment,
        "batch": batch(result.batch),
        "decision": decision(result.decision),
        "note": result.note or None,
        "migrations": [
            {
                "id": planned.script.migration.id,
                "path": planned.script.migration.path,
                "digest": sha256(planned.script.migration.digests.text),
                "targets": list(planned.targets),
                "transaction": planned.transaction,
                "statements_done": planned.done,
                "statements": [
                    {
                        "number": read.statement.number,
                        "line": read.statement.span.line,
                        "sql": read.statement.text,
                        "locks": [
                            {
                                "relation": lock.relation,
                                "mode": lock.mode,
                                "blocks": list(lock.blocks),
                                "duration": lock.duration.value,
                            }
                            for lock in locks[planned.script.migration.id, read.statement.number].locks
                        ],
                    }
                    for read in planned.script.statements
                ],
            }
            for planned in result.migrations
        ],
    }
