"""What ``check`` and ``explain`` answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from migrail.dialects import Version
from migrail.model.findings import Finding, Severity
from migrail.model.locks import Duration, Held, InTransaction, LockEffect
from migrail.model.migration import Phase
from migrail.model.query import BrokenQuery, Effect, NotCheckable
from migrail.model.rewrites import Applicability
from migrail.model.statistics import Measure
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
    """Statements that were not understood in full: dynamic SQL in a DO block counts."""


class DeployOrder(StrEnum):
    """What comes first: the migrations, or the code that comes with them."""

    MIGRATE_FIRST = "migrate first"
    """The new code fails on the structure before."""
    DEPLOY_FIRST = "deploy first"
    """The running code fails on the structure after."""
    EITHER = "either"
    SPLIT = "needs a split"
    """Both."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compatibility:
    """What the new migrations do to the application's queries."""

    queries: int = 0
    """How many were given."""
    broken: tuple[BrokenQuery, ...] = ()
    """By migration, then in the order of the queries."""
    not_checkable: tuple[NotCheckable, ...] = ()

    @property
    def checked(self) -> int:
        """How many queries were judged."""
        return self.queries - len(self.not_checkable)

    def besides(self, unreadable: Sequence[NotCheckable]) -> Compatibility:
        """With what could not be read as queries at all."""
        return replace(
            self, queries=self.queries + len(unreadable), not_checkable=(*unreadable, *self.not_checkable)
        )

    def settled(self, summary: MigrationSummary) -> MigrationSummary:
        """What a migration means to the application, where its queries are known."""
        if not self.queries or summary.opaque:
            return summary
        fails = any(item.migration == summary.id and item.effect is Effect.FAILS for item in self.broken)
        compatible = not fails and (summary.backward_compatible or not self.not_checkable)
        return replace(summary, backward_compatible=compatible)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCode:
    """What the queries of the new code would do on the structure before the new migrations."""

    order: DeployOrder
    queries: int
    """How many queries the change brings."""
    failing: tuple[BrokenQuery, ...]
    """Those that fail before the migrations; each names the migration that it waits for."""
    not_checkable: tuple[NotCheckable, ...] = ()
    """Those about which nothing can be said: they name what is not there after the migrations either."""


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
    environments: Mapping[str, Version] = field(default_factory=dict)
    """The environments that it speaks for, with the versions of their servers; empty where none is named."""
    queries: int = 0
    """How many of the application's queries were looked at."""
    broken: tuple[BrokenQuery, ...] = ()
    """Those that break, by migration."""
    not_checkable: tuple[NotCheckable, ...] = ()
    """Queries about which nothing can be said."""
    new_code: NewCode | None = None
    """``None`` unless it was asked for."""

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings a machine may mend; some of them may still be withheld when it tries."""
        rewrites = (finding.rewrite for finding in self.findings)
        return sum(rewrite is not None and rewrite.applicability is Applicability.SAFE for rewrite in rewrites)

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
    held: tuple[Held, ...]
    """What earlier statements of the same transaction have locked, so that it stays locked while this one works."""
    lock_timeout: float | None
    """Seconds that it waits for a lock; 0: for ever; ``None`` where the file sets it to what cannot be read."""
    rewrites: tuple[str, ...]
    scans: tuple[str, ...]
    in_transaction: InTransaction
    phase: Phase
    safer: str | None
    """What the rules propose instead; ``None`` where they have nothing to say."""
    environments: tuple[ExplainedThere, ...] = ()
    """Where it costs what, if that is not the same in all environments of the project."""
    sizes: tuple[Measure, ...] = ()
    """How big the tables are whose rows it reads or writes, where that is known."""

    @property
    def worked(self) -> tuple[str, ...]:
        """The relations whose rows it reads or writes."""
        named = (lock.relation for lock in self.locks if lock.duration is not Duration.INSTANT)
        return tuple(dict.fromkeys((*self.rewrites, *self.scans, *named)))


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedThere:
    """What a statement costs on the servers of one version."""

    names: tuple[str, ...]
    """The environments."""
    version: Version
    locks: tuple[LockEffect, ...]
    rewrites: tuple[str, ...]
    scans: tuple[str, ...]
    in_transaction: InTransaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Statements of some migrations, in order."""

    statements: tuple[ExplainedStatement, ...]
