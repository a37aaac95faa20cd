"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrail.model.locks import LockEffect
from migrail.model.query import BrokenQuery
from migrail.model.rewrites import Rewrite
from migrail.model.statistics import Measure
from migrail.model.text import Span


class Severity(StrEnum):
    """How much a finding matters; ``--fail-on`` compares with it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """2 for errors, 1 for warnings, 0 for notes."""
        return {"error": 2, "warning": 1, "note": 0}[self.value]


class Category(StrEnum):
    """What would go wrong."""

    COMPATIBILITY = "compatibility"
    LOCKING = "locking"
    DATA_LOSS = "data-loss"
    WILL_FAIL = "will-fail"
    RELIABILITY = "reliability"
    PARITY = "parity"
    SECURITY = "security"
    CONVENTION = "convention"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that a rule has to say about one place."""

    code: str
    name: str
    severity: Severity
    category: Category
    migration: str
    path: str
    span: Span
    object: str | None
    """The relation or other object that it is about, qualified where the dialect has schemas."""
    message: str
    """What happens, to whom and for how long. One sentence or two, without a full stop at the end."""
    help: str
    """What to write instead; may hold several lines of SQL, those of the rewrite among them."""
    rewrite: Rewrite | None = None
    """The same as migrations; its SQL is as raw as that of the file that the finding points into."""
    queries: tuple[BrokenQuery, ...] = ()
    """The application's queries that break by it."""
    locks: tuple[LockEffect, ...] = ()
    """What the operation locks; empty for findings that are not about one operation."""
    environments: tuple[str, ...] = ()
    """The environments that it is about; empty where it is about all of them."""
    sizes: tuple[Measure, ...] = ()
    """How big the relations are that it reads or writes, where that is known."""
