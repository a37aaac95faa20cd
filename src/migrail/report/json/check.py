"""``migrail.check/1``."""

from __future__ import annotations

from migrail.checker import CheckResult, MigrationSummary, NewCode
from migrail.dialects import version_text
from migrail.model.findings import Finding, Severity
from migrail.model.query import BrokenQuery, NotCheckable, Origin
from migrail.model.text import visible
from migrail.report.json._values import fix, lock, measure

_SHOWN = 200
"""Characters that are shown of a query that is not checkable."""


def document(result: CheckResult) -> dict[str, object]:
    """The findings as the contract has them."""
    return {
        "schema": "migrail.check/1",
        "migrations": [_migration(migration) for migration in result.migrations],
        "findings": [_finding(finding) for finding in result.findings],
        "broken_queries": [_broken(item) for item in result.broken],
        "not_checkable": [not_checkable(item) for item in result.not_checkable],
        "new_code": _new_code(result.new_code),
        "environments": [
            {"name": name, "server_version": version_text(version)} for name, version in result.environments.items()
        ],
        "summary": {
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "notes": result.count(Severity.NOTE),
            "fixable": result.fixable,
            "migrations": len(result.migrations),
            "history": result.history,
            "statements": result.statements,
            "opaque_statements": result.opaque,
            "queries": result.queries,
            "queries_not_checkable": len(result.not_checkable),
        },
    }


def _migration(migration: MigrationSummary) -> dict[str, object]:
    return {
        "id": migration.id,
        "path": migration.path,
        "phase": migration.phase.value,
        "backward_compatible": migration.backward_compatible,
        "statements": migration.statements,
        "opaque": migration.opaque,
    }


def origin(origin: Origin) -> dict[str, object]:
    """Where a query stands."""
    return {
        "path": visible(origin.path),
        "line": origin.line,
        "column": origin.column,
        "name": None if origin.name is None else visible(origin.name),
        "source": origin.kind.value,
        "calls": origin.calls,
    }


def _broken(item: BrokenQuery) -> dict[str, object]:
    return {
        **origin(item.query.origin),
        "sql": visible(item.query.text),
        "migration": item.migration,
        "migration_path": item.path,
        "migration_line": item.line,
        "reason": visible(item.reason),
        "certainty": item.certainty.value,
        "effect": item.effect.value,
    }


def not_checkable(item: NotCheckable) -> dict[str, object]:
    """A query that could not be checked, with the reason."""
    short = item.text if len(item.text) <= _SHOWN else f"{item.text[:_SHOWN]}…"
    return {**origin(item.origin), "sql": visible(short), "reason": visible(item.reason)}


def _new_code(found: NewCode | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "order": found.order.value,
        "queries": found.queries,
        "failing_before": [_broken(item) for item in found.failing],
        "not_checkable": [not_checkable(item) for item in found.not_checkable],
    }


def _finding(finding: Finding) -> dict[str, object]:
    span = finding.span
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "category": finding.category.value,
        "migration": finding.migration,
        "path": finding.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "object": finding.object,
        "message": finding.message,
        "help": finding.help,
        "fix": fix(finding.rewrite),
        "queries": [_broken(item) for item in finding.queries],
        "locks": [lock(item) for item in finding.locks],
        "environments": list(finding.environments) or None,
        "sizes": [measure(size) for size in finding.sizes],
    }
