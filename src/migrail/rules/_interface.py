"""What a rule is and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from migrail.catalog import Catalog
from migrail.dialects import Dialect, Version
from migrail.model.findings import Category, Severity
from migrail.model.locks import Effects, Held
from migrail.model.migration import Migration, Phase, Statement, Suppression, TransactionMode
from migrail.model.operations import AddColumn, Certainty, Inner, Operation
from migrail.model.query import BrokenQuery
from migrail.model.rewrites import Rewrite
from migrail.model.structure import Name
from migrail.model.text import Span
from migrail.rules._outline import Outline
from migrail.sql import ReadStatement, Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """What a rule found; the checker adds code, severity and place and makes a Finding of it."""

    message: str
    """What happens, to whom, for how long. No full stop at the end."""
    help: str
    """What to do instead. With a rewrite, one or two sentences; else it may hold SQL with the author's names."""
    rewrite: Rewrite | None = None
    """What to write instead: the migrations that do the same without the harm, with the author's own names."""
    object: str | None = None
    span: Span | None = None
    """``None``: the whole statement, or the first line of the file for a history rule."""
    severity: Severity | None = None
    """``None``: that of the rule."""

    @property
    def advice(self) -> str:
        """The help and, below it, the SQL of the rewrite."""
        return self.help if self.rewrite is None else f"{self.help}:\n{self.rewrite.text}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """One operation of a new migration and everything around it."""

    script: Script
    statement: Statement
    operations: tuple[Operation, ...]
    """All operations of the statement."""
    catalog: Catalog
    """The structure before the operation. It knows which tables are new (``catalog.is_new``)."""
    before: Catalog
    """The structure before all migrations that are applied together: what the running application knows of it."""
    effects: Effects
    """Of the operation, on this dialect and version."""
    dialect: Dialect
    version: Version
    in_transaction: bool
    """Whether the statement runs inside a transaction block."""
    outline: Outline
    """What stands elsewhere in the script."""
    inside: Inner | None = None
    """Its place in the DO block that it stands in; ``statement`` is then the one inside the block."""
    held: Mapping[str, Held] = field(default_factory=dict)
    """Relation as displayed → the lock that the transaction has on it already. New relations are left out."""
    lock_timeout: float | None = None
    """Seconds that the statement waits for a lock; 0: for ever; ``None`` where the file sets it to what cannot be
    read. What promote sets counts, and what the file sets."""
    transaction: TransactionMode = TransactionMode.MIGRATION
    """What one transaction of promote holds where the file says nothing else."""
    transaction_statements: tuple[Statement, ...] = ()
    """The statements that share its transaction, itself included; it alone where each runs by itself."""

    @property
    def migration(self) -> Migration:
        return self.script.migration

    def is_new_column(self, table: Name, column: str) -> bool:
        """Whether the migrations under judgement add the column to its table."""
        known = self.catalog.column(table, column)
        return known.new if known is not None else self.outline.makes(AddColumn, table, column)

    @property
    def certain(self) -> bool:
        """Whether the operation is reached whenever the statement runs."""
        return self.inside is None or self.inside.certainty is Certainty.CERTAIN

    def display(self, name: Name) -> str:
        """The name as messages print it."""
        return self.catalog.display(name)

    def display_column(self, table: Name, column: str) -> str:
        """``public.orders.note``: a column as messages print it and as ``object`` of findings about columns."""
        return f"{self.display(table)}.{column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """All migrations of a check, for rules about files and their order."""

    history: tuple[Script, ...]
    """Older migrations: context, not judged."""
    new: tuple[Script, ...]
    """The migrations under judgement, in order."""
    base: Mapping[str, Migration] | None
    """What the base of the change (a git revision) holds, by migration id; ``None`` where there is no base."""
    dialect: Dialect
    upstream: tuple[Migration, ...] = ()
    """Migrations that came to the git revision since this change left it: not here yet, but there after a merge."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Staged:
    """A new migration with what its statements mean to the application that is running."""

    script: Script
    statements: tuple[tuple[ReadStatement, Phase | None], ...]
    """Each statement with its phase. Expand stands for what adds something that the next version may need;
    ``None`` for what neither adds nor breaks, such as an index."""
    phase: Phase
    """Of the whole."""
    additions: frozenset[int] = frozenset()
    """Numbers of the statements that add something that the next version may need, whatever else they do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseReview:
    """The phases of all migrations of a check."""

    staged: tuple[Staged, ...]
    """The migrations under judgement, in order."""
    dialect: Dialect


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryReview:
    """The application's queries that break, as far as no other rule speaks about the statement that does it."""

    scripts: tuple[Script, ...]
    """The migrations under judgement, in order."""
    broken: tuple[BrokenQuery, ...]
    dialect: Dialect


@dataclass(frozen=True, kw_only=True, slots=True)
class UnusedSuppression:
    """A suppression that silenced nothing."""

    script: Script
    suppression: Suppression


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A check. Exactly one of the five functions is given.

    The module's docstring is the rule's page: what, why, refused and accepted SQL, since, sources.
    """

    code: str
    """``MR`` and three digits, grouped by category; never used again for another rule."""
    name: str
    severity: Severity
    category: Category
    dialects: tuple[str, ...]
    """Names of the dialects it speaks about."""
    enabled: bool = True
    """Whether it speaks without being asked for in the configuration; house style does not."""
    on: tuple[type[Operation], ...] = ()
    """The operations that ``check_operation`` is called with."""
    check_operation: Callable[..., Iterable[Hit]] | None = None
    """``(operation, context)`` → hits."""
    check_history: Callable[[Review], Iterable[tuple[Script | Migration, Hit]]] | None = None
    """``(review)`` → hits, each with its script, or with a migration that has no script any more."""
    check_phases: Callable[[PhaseReview], Iterable[tuple[Script, Hit]]] | None = None
    """``(review)`` → hits, each with its script."""
    check_queries: Callable[[QueryReview], Iterable[tuple[Script, Hit]]] | None = None
    """``(review)`` → hits, each with its script and span."""
    check_suppressions: Callable[[Iterable[UnusedSuppression]], Iterable[tuple[Script, Hit]]] | None = None
