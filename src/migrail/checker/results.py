"""What ``check`` and ``explain`` answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrail.model.findings import Finding, Severity
from migrail.model.locks import InTransaction, LockEffect
from migrail.model.migration import Phase
from migrail.model.text import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class MigrationSummary:
    """What a new migration means to the application that is running."""

    id: str
    path: str
    phase: Phase
    backward_compatible: bool
    """False when the running application may break; also by a statement that was not understood."""
    statements: int
    opaque: int
    """Statements that were not understood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckResult:
    """The findings about some new migrations, and how much was looked at."""

    findings: tuple[Finding, ...]
    """Ordered by migration, line, column and code. Suppressed ones are not among them."""
    migrations: tuple[MigrationSummary, ...]
    """The new migrations, in order."""
    history: int
    """Older migrations that were read as context."""
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Path → text of the files that findings point into."""

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def statements(self) -> int:
        """Statements of all new migrations."""
        return sum(migration.statements for migration in self.migrations)

    @property
    def opaque(self) -> int:
        """Those of them that were not understood."""
        return sum(migration.opaque for migration in self.migrations)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedStatement:
    """One statement and what it does."""

    migration: str
    path: str
    number: int
    """Position in the file, from 1."""
    span: Span
    sql: str
    """As the author wrote it."""
    understood: bool
    reason: str | None
    """Why it was not understood."""
    operations: tuple[Mapping[str, object], ...]
    """Each with ``kind``, ``object`` and its own fields, as JSON can hold them."""
    locks: tuple[LockEffect, ...]
    """Each relation once, with its strongest lock and longest work; relations that are new are left out."""
    rewrites: tuple[str, ...]
    scans: tuple[str, ...]
    in_transaction: InTransaction
    phase: Phase
    safer: str | None
    """What the rules propose instead; ``None`` where they have nothing to say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Statements of some migrations, in order."""

    statements: tuple[ExplainedStatement, ...]
