"""The one loop: every rule on every operation of every new migration. Pure: equal input gives equal answers."""

from __future__ import annotations

from migrail.checker.environments import (
    CheckedEnvironment,
    Profile,
    SmallTable,
    check_everywhere,
    explain_everywhere,
)
from migrail.checker.explanation import explain
from migrail.checker.judge import check
from migrail.checker.results import (
    CheckResult,
    DeployOrder,
    ExplainedStatement,
    ExplainedThere,
    Explanation,
    MigrationSummary,
    NewCode,
)
from migrail.checker.rewriting import Draft, Rewritten, rewritten

__all__ = [
    "CheckResult",
    "CheckedEnvironment",
    "DeployOrder",
    "Draft",
    "ExplainedStatement",
    "ExplainedThere",
    "Explanation",
    "MigrationSummary",
    "NewCode",
    "Profile",
    "Rewritten",
    "SmallTable",
    "check",
    "check_everywhere",
    "explain",
    "explain_everywhere",
    "rewritten",
]
