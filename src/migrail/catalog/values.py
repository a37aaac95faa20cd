"""What a catalog holds. Names in these values are resolved: on PostgreSQL they always carry a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from migrail.model.structure import Column, ColumnName, Constraint, ConstraintKind, Expression, Index, Name, SqlType

ConstraintKey = str | int
"""A constraint's name, or a number where the server leaves it without one (SQLite)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """A trigger of a table or view."""

    name: str
    timing: str
    function: str | None = None
    columns: tuple[str, ...] = ()
    """Those of UPDATE OF."""
    when: Expression | None = None
    """The condition."""
    body: str | None = None
    """What stands between BEGIN and END (SQLite); ``None`` where the server has rewritten it since."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """A policy of row-level security."""

    name: str
    columns: tuple[str, ...] = ()
    """Bare names in its conditions that may be columns; a superset."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table. The mappings are in the order of creation and must not be changed."""

    name: Name
    columns: Mapping[str, Column] = field(default_factory=dict)
    columns_known: bool = True
    """False where columns come from a query or from a table that is not known."""
    constraints: Mapping[ConstraintKey, Constraint] = field(default_factory=dict)
    indexes: Mapping[str, Index] = field(default_factory=dict)
    """With those behind PRIMARY KEY, UNIQUE and EXCLUDE."""
    triggers: Mapping[str, Trigger] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    row_security: bool = False
    """Whether row-level security is switched on."""
    parents: tuple[Name, ...] = ()
    """The table it is a partition of, or those that it inherits from."""
    children: Mapping[Name, None] = field(default_factory=dict)
    """Its partitions, or the tables that inherit from it; only the keys count."""
    of_type: Name | None = None
    """The composite type of CREATE TABLE ... OF, when known."""
    partitioned_by: str | None = None
    partition_bound: str | None = None
    """``DEFAULT`` or the text of FOR VALUES, where it is a partition and the text is known."""
    comment: str | None = ""
    """``None`` where it is not known."""
    engine: str | None = None
    charset: str | None = None
    """What new columns get where they do not say otherwise (MySQL); ``None`` where it is not known."""
    collation: str | None = None
    strict: bool = False
    without_rowid: bool = False
    unread: frozenset[str] = frozenset()
    """What a statement changed whose words are not all read: ``triggers``, ``parents``, ``deferrable``; and
    ``order``, where the server does not keep that of indexes."""

    @property
    def foreign_keys(self) -> tuple[Constraint, ...]:
        """Its own foreign keys."""
        return tuple(constraint for constraint in self.constraints.values() if constraint.references is not None)

    @property
    def primary_key(self) -> Constraint | None:
        """Its primary key, if it has one."""
        kinds = ConstraintKind.PRIMARY_KEY
        return next((item for item in self.constraints.values() if item.kind is kinds), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A relation as the query of a view names it, and what servers that bind names once made of that."""

    written: Name
    """As the query names it, folded."""
    relation: Name
    """What it meant when the view was made, by the name that this has now."""
    columns: tuple[tuple[str, str], ...] | None = None
    """The columns that it had then, each with its name now; ``None`` where they are not known."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Of a view: what its columns were called then, and what they are called now, where that is another name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A view or materialized view."""

    name: Name
    query: str
    reads: tuple[Name, ...] = ()
    """The relations that the query reads."""
    uses: tuple[ColumnName, ...] = ()
    """The columns of these that it certainly uses."""
    columns: tuple[str, ...] = ()
    """As written behind the name; empty where the query names them."""
    bound: tuple[Bound, ...] = ()
    """What the names in the query mean, where they do not mean something else after a rename."""
    renamed: tuple[tuple[str, str], ...] = ()
    """What its own columns were called, and what they are called since; behind ``columns``."""
    materialized: bool = False
    rewritten: bool = False
    """Whether the server has put other names into the query since it was written."""
    indexes: Mapping[str, Index] = field(default_factory=dict)
    triggers: Mapping[str, Trigger] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Enum:
    """An enum type."""

    name: Name
    labels: Mapping[str, None]
    """In their sorting order; only the keys count."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain:
    """A domain."""

    name: Name
    base: SqlType
    collation: str | None = None
    """Where it is not that of the base."""
    not_null: bool = False
    default: Expression | None = None
    constraints: tuple[Constraint, ...] = ()
    known: bool = True
    """False behind an ALTER whose words say what became of default and constraints, but were not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Composite:
    """A composite type."""

    name: Name
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherType:
    """A range, base or shell type, or one of an extension, of which no more is known."""

    name: Name
    form: str
    extension: str | None = None
    """The extension that it belongs to."""


Type = Enum | Domain | Composite | OtherType


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """A sequence."""

    name: Name
    owner: Name | None = None
    """The table that it goes with."""
    column: str | None = None
    identity: bool = False
    """Whether it is the sequence of an identity column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """One overload of a function or procedure."""

    name: Name
    arguments: str
    volatility: str
    procedure: bool = False
    aggregate: bool = False
    returns: str | None = None
    language: str | None = None
    body: str | None = None
    new: bool = field(default=False, compare=False)
    """Whether the migrations under judgement make it."""


class ObjectKey(NamedTuple):
    """What an object that is no relation, type or routine is found by."""

    kind: str
    """As in :attr:`migrail.model.operations.CreateObject.object_type`: ``OPERATOR``, ``COLLATION``, ..."""
    name: Name
    signature: tuple[str, ...] = ()
    """What tells objects of one name apart: types without schemas, or the access method."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherObject:
    """An operator, operator class or family, cast, collation, conversion or object of text search."""

    key: ObjectKey
    arguments: str = ""
    """What tells it apart, as written."""
    function: Name | None = None
    """The function behind an operator, resolved where it is one of the migrations'."""
    named_only: bool = False
    """An operator that another one has named, and of which no more is known yet."""
