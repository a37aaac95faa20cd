"""The parts that database structures consist of: names, types, columns, constraints.

The same values appear in operations (what a statement asks for) and in the catalog (what is there).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol


class Name(NamedTuple):
    """The name of a table, index or other object, folded as the server folds it.

    A tuple, because catalogs are mappings by name, and tuples are made, hashed and compared fast.
    """

    schema: str | None
    """``None`` where the author wrote no schema."""
    name: str

    def __str__(self) -> str:
        return self.name if self.schema is None else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class ColumnName:
    """The name of a column together with that of its table."""

    table: Name
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartOptions:
    """What stands behind a column or expression of an index."""

    collation: Name | None = None
    operator_class: Name | None = None
    """``None`` for the usual one of the type."""
    usual: bool = False
    """Whether the operator class is the usual one, which need not be written, or may be it."""
    parameters: str = ""
    """Of the operator class, as written."""
    descending: bool = False
    nulls_first: bool = False
    """As written; otherwise as DESC has it (PostgreSQL)."""
    length: int | None = None
    """Of the prefix that is indexed (MySQL)."""


def options_of(parts: Sequence[PartOptions]) -> tuple[PartOptions, ...]:
    """The options of all parts of an index; nothing where none has any."""
    plain = PartOptions()
    return tuple(parts) if any(part != plain for part in parts) else ()


@dataclass(frozen=True, slots=True)
class Like:
    """A table whose columns another one copies."""

    table: Name
    including: frozenset[str] = frozenset()
    """What is copied beside names, types and NOT NULL, in capitals: ``DEFAULTS``, ``INDEXES``, ``IDENTITY``, ..."""
    behind: int = 0
    """How many columns are written before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SqlType:
    """A data type in the dialect's canonical spelling.

    ``int4`` and ``integer`` are the same value, and so are ``character varying(10)`` and ``varchar(10)``.
    """

    name: str
    """Canonical and lower case, for example ``integer`` or ``timestamptz``; user types as ``schema.name``."""
    arguments: tuple[str, ...] = ()
    """What stands in parentheses: ``("10",)``, ``("10", "2")``."""
    dimensions: int = 0
    """Number of array dimensions; servers treat every number above 0 alike."""
    serial: bool = False
    """``serial`` and its sisters: an integer with a sequence of its own as default."""

    def __str__(self) -> str:
        arguments = f"({','.join(self.arguments)})" if self.arguments else ""
        return f"{self.name}{arguments}{'[]' * self.dimensions}"


class Generated(StrEnum):
    """How a column gets its value when it is not written."""

    IDENTITY_ALWAYS = "identity always"
    IDENTITY_DEFAULT = "identity by default"
    STORED = "stored"
    VIRTUAL = "virtual"


class ConstraintKind(StrEnum):
    """The kinds of table constraints."""

    PRIMARY_KEY = "primary key"
    UNIQUE = "unique"
    FOREIGN_KEY = "foreign key"
    CHECK = "check"
    EXCLUDE = "exclude"
    NOT_NULL = "not null"


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """A SQL expression as the author wrote it, with what can be said about it without a server."""

    text: str
    functions: tuple[str, ...] = ()
    """Folded names of the functions it calls, ``schema.name`` where qualified; ``current_timestamp`` too."""
    columns: tuple[str, ...] = ()
    """Folded bare names in it that may be columns; a superset."""

    @property
    def is_null(self) -> bool:
        """Whether it is the literal NULL, with or without a cast."""
        head = self.text.strip().partition("::")[0].strip()
        return head.upper() == "NULL"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What a foreign key points to."""

    table: Name
    columns: tuple[str, ...] = ()
    """Empty: the primary key of the table."""
    on_delete: str | None = None
    on_delete_columns: tuple[str, ...] = ()
    """Those that SET NULL or SET DEFAULT sets; all of the key where none are written (PostgreSQL)."""
    on_update: str | None = None
    match_full: bool = False
    """Whether either all columns of the key are NULL or none (PostgreSQL)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraint:
    """A constraint of a table, from a column definition or a table clause."""

    kind: ConstraintKind
    name: str | None = None
    """``None`` until the catalog gives it the server's default name."""
    columns: tuple[str, ...] = ()
    references: Reference | None = None
    expression: Expression | None = None
    """The condition of a CHECK."""
    integers: frozenset[str] = field(default=frozenset(), compare=False)
    """The columns of a CHECK that were bigint since it was made: what it compares them with is kept as an integer
    (MariaDB)."""
    of_column: str | None = field(default=None, compare=False)
    """The column that it is written in, where it goes with that definition of it (MariaDB)."""
    using_index: str | None = None
    """Name of the existing index that becomes this constraint."""
    options: tuple[PartOptions, ...] = ()
    """Those of the columns of a key, as in :attr:`Index.options`; in the catalog of MySQL its index has them."""
    valid: bool = True
    """False for NOT VALID: existing rows are not checked yet. False for NOT ENFORCED as well."""
    enforced: bool = True
    """False for NOT ENFORCED: no row is ever checked."""
    deferrable: bool = False
    initially_deferred: bool = False
    no_inherit: bool = False
    nulls_not_distinct: bool = False
    """UNIQUE takes NULLs for equal."""
    include: tuple[str, ...] = ()
    """What the index of a key holds beside its columns."""
    written_in: str | None = field(default=None, compare=False)
    """The column in whose definition it stands, in a catalog."""
    exclusion: str = field(default="", compare=False)
    """How an EXCLUDE compares: method, columns with operators and condition, as written but for case and spaces."""
    local: bool = field(default=True, compare=False)
    """False where its table has it from a parent only (PostgreSQL)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column as defined or as it stands in the catalog."""

    name: str
    type: SqlType | None = None
    """``None`` where no type was written (SQLite) or it is not known."""
    not_null: bool = False
    default: Expression | None = None
    generated: Generated | None = None
    generation: Expression | None = None
    """The expression of a generated column."""
    collation: str | None = None
    charset: str | None = None
    """The character set, where it is known (MySQL)."""
    comment: str | None = ""
    """``None`` where it is not known."""
    constraints: tuple[Constraint, ...] = ()
    """Written inside the column definition; the catalog moves them to the table."""
    new: bool = field(default=False, compare=False)
    """Whether the migrations under judgement add it to its table."""
    may_be_larger: bool = field(default=False, compare=False)
    """Whether its type may be the next larger text since its character set became another one (MySQL)."""
    more: bool = field(default=False, compare=False)
    """Whether its definition says what is not held here, such as ON UPDATE (MySQL)."""
    local: bool = field(default=True, compare=False)
    """False where its table has it from a parent only (PostgreSQL)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """An index as it stands in the catalog."""

    name: str
    columns: tuple[str, ...] = ()
    """Folded column names; the text of the expression for an expression."""
    options: tuple[PartOptions, ...] = ()
    """One for each column; empty where none has any."""
    unique: bool = False
    method: str | None = None
    """``None`` where none was written: the server's usual one."""
    include: tuple[str, ...] = ()
    where: Expression | None = None
    nulls_not_distinct: bool = False
    """A unique index takes NULLs for equal."""
    made_of: tuple[str, ...] = ()
    """What its columns and included columns were called when it was made; copies of it are named after that."""
    valid: bool = True
    constraint: bool = False
    """Whether it belongs to a UNIQUE, PRIMARY KEY or EXCLUDE constraint of the same name."""
    storage: str = field(default="", compare=False)
    """``WITH (...) TABLESPACE ...`` as written when it was made."""
    implicit: bool = False
    """Whether the server made it for a foreign key; it goes when another index takes its place (MySQL)."""


class Structure(Protocol):
    """What a dialect may ask about the database when it works out effects. The catalog answers."""

    @property
    def in_utc(self) -> bool:
        """Whether the session's time zone is UTC."""

    def display(self, name: Name) -> str:
        """The name as findings print it: qualified where the dialect has schemas."""

    def is_new(self, table: Name) -> bool:
        """Whether the table is created by the migrations under judgement, so that nobody uses it yet."""

    def column(self, table: Name, column: str) -> Column | None:
        """The column as it is before the statement; ``None`` when the table or column is not known."""

    def column_names(self, table: Name) -> tuple[str, ...]:
        """The names of the columns that are known, in their order."""

    def charset_of(self, table: Name) -> str | None:
        """The character set that new definitions of columns get (MySQL), when known."""

    def constraint(self, table: Name, name: str) -> Constraint | None:
        """The constraint as it is before the statement."""

    def table_of_index(self, index: Name) -> Name | None:
        """The table of an index, when known."""

    def indexes_on(self, table: Name, column: str | None = None) -> tuple[str, ...]:
        """Names of the table's indexes, or of those that mention the column."""

    def checks_on(self, table: Name, column: str) -> tuple[Constraint, ...]:
        """The CHECK constraints that may mention the column."""

    def foreign_keys_of(self, table: Name) -> tuple[Constraint, ...]:
        """The foreign keys of the table itself."""

    def referencing(self, table: Name) -> tuple[Name, ...]:
        """The tables whose foreign keys point to the table."""

    def constraints_of(self, table: Name) -> tuple[Constraint, ...]:
        """All constraints of the table, in the order in which they came."""

    def index(self, table: Name, name: str) -> Index | None:
        """The index of that table, when known."""

    def is_partitioned(self, table: Name) -> bool:
        """Whether the table is known to be declared with PARTITION BY."""

    def children_of(self, table: Name) -> tuple[Name, ...]:
        """The partitions of the table and the tables that inherit from it, at every depth."""

    def parents_of(self, table: Name) -> tuple[Name, ...]:
        """The table that it is a partition of, or those that it inherits from."""

    def default_partition_of(self, table: Name) -> Name | None:
        """The DEFAULT partition of the table, when known."""

    def views_reading(self, relation: Name) -> tuple[Name, ...]:
        """The views that read the relation, directly or through other views."""

    def domain_has_constraint(self, type: SqlType) -> bool:
        """Whether the type is a known domain with NOT NULL or CHECK."""

    def domain_base(self, type: SqlType) -> SqlType | None:
        """The type below a known domain, or ``None``."""

    def enum_labels(self, type: str) -> tuple[str, ...]:
        """The labels of a known enum; empty for other types."""

    def tables_with_type(self, type: Name) -> tuple[Name, ...]:
        """The tables with a column of that enum, domain or composite type, or of a domain over it."""

    def exists(self, name: Name) -> bool:
        """Whether a relation of that name is known."""

    def is_absent(self, name: Name) -> bool:
        """Whether it is known that there is no relation of that name."""

    def partition_key_of(self, table: Name) -> str | None:
        """The text of PARTITION BY, when known."""

    def views_mentioning(self, relation: Name, column: str) -> tuple[Name, ...]:
        """The views that may read the column of the relation, directly or through other views."""

    def read_by_view(self, view: Name) -> tuple[Name, ...]:
        """The relations that the view reads; nothing for anything else."""

    def relations_in(self, schema: str) -> tuple[Name, ...]:
        """The known tables, views and sequences of the schema."""

    def owner_of_sequence(self, sequence: Name) -> Name | None:
        """The table whose column the sequence belongs to, when known."""

    def function_volatility(self, name: str) -> str | None:
        """``volatile``, ``stable`` or ``immutable`` for a function that a migration created."""
