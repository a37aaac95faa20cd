"""The one loop: every rule on every operation of every new migration. Pure: equal input gives equal answers."""

from __future__ import annotations

from migrail.checker.explanation import explain
from migrail.checker.judge import check
from migrail.checker.results import (
    CheckResult,
    DeployOrder,
    ExplainedStatement,
    Explanation,
    MigrationSummary,
    NewCode,
)
from migrail.checker.rewriting import Draft, Rewritten, rewritten

__all__ = [
    "CheckResult",
    "DeployOrder",
    "Draft",
    "ExplainedStatement",
    "Explanation",
    "MigrationSummary",
    "NewCode",
    "Rewritten",
    "check",
    "explain",
    "rewritten",
]
