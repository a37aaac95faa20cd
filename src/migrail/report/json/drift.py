"""``migrail.drift/1``."""

from __future__ import annotations

from migrail.catalog.compare import Difference
from migrail.results.targets import ComparedTarget, Drift, StructureComparison


def document(result: Drift) -> dict[str, object]:
    """What differs, by environment and target."""
    return {
        "schema": "migrail.drift/1",
        "project": result.project,
        "environments": [_environment(environment) for environment in result.environments],
    }


def _environment(environment: StructureComparison) -> dict[str, object]:
    return {
        "name": environment.environment,
        "targets": [_target(target) for target in environment.targets],
    }


def _target(target: ComparedTarget) -> dict[str, object]:
    return {
        "name": target.target,
        "compared": target.error is None,
        "error": target.error.message if target.error is not None else None,
        "drifted": target.drifted,
        "migrations": target.migrations,
        "missing": list(target.missing),
        "edited": list(target.edited),
        "respelled": list(target.respelled),
        "unfinished": list(target.unfinished),
        "unread": list(target.unread),
        "differences": [_difference(item) for item in target.differences],
    }


def _difference(item: Difference) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "object": item.name,
        "what": item.what,
        "expected": item.expected,
        "found": item.found,
        "certainty": item.certainty.value,
    }
