"""``migrail.history/1``, ``migrail.approval/1``, ``migrail.doctor/1`` and other short documents."""

from __future__ import annotations

from migrail.report.json._values import batch, decision, moment
from migrail.results.files import Written
from migrail.results.records import Approved, History, Reconciliation, Recorded, Resolved
from migrail.results.targets import Diagnosis


def history(result: History) -> dict[str, object]:
    """The audit trail."""
    return {
        "schema": "migrail.history/1",
        "project": result.project,
        "environment": result.environment,
        "events": [
            {
                "at": moment(event.at),
                "environment": event.environment,
                "target": event.target,
                "actor": event.actor,
                "what": event.what,
                "subject": event.subject,
                "batch": event.batch,
                "detail": event.detail,
            }
            for event in result.events
        ],
        "missing": list(result.missing),
    }


def approval(result: Approved) -> dict[str, object]:
    """A recorded approval."""
    return {
        "schema": "migrail.approval/1",
        "environment": result.approval.environment,
        "batch": batch(result.batch),
        "state": result.approval.state,
        "actor": result.approval.actor,
        "at": moment(result.approval.approved_at),
        "reason": result.approval.reason,
        "recorded": result.recorded,
        "decision": decision(result.decision),
    }


def evidence(result: Recorded) -> dict[str, object]:
    """Recorded evidence."""
    fact = result.evidence
    return {
        "schema": "migrail.evidence/1",
        "name": fact.name,
        "environment": fact.environment,
        "batch": batch(result.batch),
        "passed": fact.passed,
        "actor": fact.actor,
        "at": moment(fact.recorded_at),
        "detail": fact.detail,
        "recorded": result.recorded,
    }


def resolution(result: Resolved) -> dict[str, object]:
    """A decision about a migration that had stopped half-way."""
    return {
        "schema": "migrail.resolution/1",
        "environment": result.environment,
        "migration": result.migration,
        "choice": result.choice,
        "recorded": result.recorded,
        "entries": [
            {
                "sequence": entry.sequence,
                "at": moment(entry.finished_at),
                "actor": entry.actor,
                "reason": entry.detail,
            }
            for entry in result.entries
        ],
    }


def reconciliation(result: Reconciliation) -> dict[str, object]:
    """What reconciling found and settled."""
    return {
        "schema": "migrail.reconciliation/1",
        "project": result.project,
        "environments": list(result.environments),
        "recorded": result.recorded,
        "settled": [
            {
                "environment": item.environment,
                "target": item.target,
                "migration": item.migration,
                "what": item.what,
                "open": item.open,
                "next": item.next or None,
            }
            for item in result.settled
        ],
        "errors": [error.message for error in result.errors],
        "exit_code": result.exit_code,
    }


def doctor(result: Diagnosis) -> dict[str, object]:
    """The doctor's verdicts."""
    return {
        "schema": "migrail.doctor/1",
        "examinations": [
            {
                "subject": e.subject,
                "what": e.what,
                "verdict": e.health.value,
                "said": e.said,
                "help": e.help or None,
            }
            for e in result.examinations
        ],
        "exit_code": result.exit_code,
    }


def written(result: Written) -> dict[str, object]:
    """A file that was written."""
    return {
        "schema": "migrail.written/1",
        "path": result.path,
        "content": result.content,
        "written": result.written,
        "remarks": list(result.remarks),
        "next": result.next,
    }
