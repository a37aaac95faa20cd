"""The safe way to write what a finding is about, as migrations that can be written down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MANY = 1
"""A rewrite of more steps than this numbers them."""


class Applicability(StrEnum):
    """Who may put a rewrite in the place of the statement."""

    SAFE = "safe"
    """A machine: the database is the same afterwards, whatever is in it and whoever uses it."""
    MANUAL = "manual"
    """A person, who has to decide something, or to wait for something between the steps."""


class Stage(StrEnum):
    """What a step is for. Steps of one rewrite come in this order."""

    EXPAND = "expand"
    """Adds what is wanted in a way that keeps nobody waiting."""
    BACKFILL = "backfill"
    """Brings existing rows in line."""
    VALIDATE = "validate"
    """Lets the server look at existing rows while they are used. Nothing else in the file waits for it."""
    CONTRACT = "contract"
    """Takes away what is not needed any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One migration of a rewrite."""

    name: str
    """Words for its file name, such as ``validate_orders_total_check``."""
    stage: Stage
    sql: str
    """Statements with the author's own names, each ended by a semicolon; as raw as the migration they come from."""
    directives: tuple[str, ...] = ()
    """What follows ``-- migrail:`` at the top of its file, such as ``transaction=off``."""
    alone: bool = False
    """Whether it shares its file with nothing, though it runs in a transaction like others."""
    remark: str | None = None
    """What a person has to know or do before it is applied; a phrase without full stop."""

    @property
    def text(self) -> str:
        """The content of its file."""
        head = "".join(f"-- migrail: {directive}\n" for directive in self.directives)
        return f"{head}{self.sql}\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewrite:
    """Migrations that together stand in the place of one statement."""

    steps: tuple[Step, ...]
    """In order, each applied before the next one begins."""
    applicability: Applicability = Applicability.SAFE
    whole_file: bool = False
    """Whether the steps stand in the place of the whole migration, comments included, and not of one statement."""

    @property
    def text(self) -> str:
        """All steps as SQL to paste, each below a comment that says which migration it is."""
        return "\n".join(_titled(number, step, len(self.steps)) for number, step in enumerate(self.steps, 1))


def _titled(number: int, step: Step, count: int) -> str:
    """The step below its number, stage and remark; a step that is alone needs no number."""
    words = [f"migration {number} of {count}, {step.stage.value}"] if count > MANY else []
    title = ": ".join([*words, *([step.remark] if step.remark else [])])
    return (f"-- {title}\n" if title else "") + step.text.rstrip("\n")
