"""The one loop: every rule on every operation of every new migration. Pure: equal input gives equal answers."""

from __future__ import annotations

from migrail.checker.explanation import explain
from migrail.checker.judge import check
from migrail.checker.results import CheckResult, ExplainedStatement, Explanation, MigrationSummary
from migrail.checker.rewriting import Draft, Rewritten, rewritten

__all__ = [
    "CheckResult",
    "Draft",
    "ExplainedStatement",
    "Explanation",
    "MigrationSummary",
    "Rewritten",
    "check",
    "explain",
    "rewritten",
]
