"""Sequences, schemas, extensions, and everything without operations of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrail.model.migration import Phase
from migrail.model.operations._base import Operation
from migrail.model.operations.code import Inner, Unread
from migrail.model.structure import ColumnName, Name


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateSequence(Operation):
    """CREATE SEQUENCE."""

    name: Name
    if_not_exists: bool = False
    temporary: bool = False
    unlogged: bool = False
    owned_by: ColumnName | None = None
    options: tuple[tuple[str, str], ...] = ()
    """In the order of the text, for example ``("INCREMENT BY", "2")`` or ``("NO CYCLE", "")``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnSequence(Operation):
    """ALTER SEQUENCE ... OWNED BY."""

    name: Name
    owned_by: ColumnName | None
    """``None`` for OWNED BY NONE."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateSchema(Operation):
    """CREATE SCHEMA."""

    name: Name
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateExtension(Operation):
    """CREATE EXTENSION."""

    name: Name
    schema: str | None = None
    """Where its objects go; ``None`` where it is not written."""
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateObject(Operation):
    """CREATE of anything without an operation of its own: EVENT TRIGGER, RULE, PUBLICATION, ROLE, ..."""

    object_type: str
    name: Name | None
    table: Name | None = None
    """The table that it is on: of a RULE, of STATISTICS."""
    tables: tuple[Name, ...] = ()
    """The tables of a PUBLICATION."""
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What the body of an EVENT or the commands of a RULE do when they run, with places."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of the body could not be read."""
    signature: str | None = None
    """What tells objects of one name apart: the arguments of an aggregate, the operands of an operator (``NONE``
    for one that is not there), the two types of a cast, the access method of an operator class or family."""
    function: Name | None = None
    """The function behind an operator."""
    shells: tuple[tuple[Name, str], ...] = ()
    """The commutator and negator that an operator names, with their operands: made by their name where they are not
    there yet."""
    returns: str | None = None
    """The type that an aggregate gives, where the statement says so."""
    family: Name | None = None
    """The operator family that an operator class goes into, where one is written."""
    replace: bool = False
    if_not_exists: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RenameObject(Operation):
    """ALTER <object> ... RENAME TO for views, types, sequences, schemas and the like."""

    phase = Phase.CONTRACT
    object_type: str
    """In capitals: ``VIEW``, ``TYPE``, ``SEQUENCE``, ``SCHEMA``, ``FUNCTION``, ..."""
    name: Name
    new_name: str
    signature: str | None = None
    """The argument list of a function as written, or what else tells objects of one name apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveObject(Operation):
    """ALTER <object> ... SET SCHEMA for everything that is not a relation: types, functions, extensions, ..."""

    phase = Phase.CONTRACT
    object_type: str
    """In capitals: ``TYPE``, ``DOMAIN``, ``FUNCTION``, ..."""
    name: Name
    new_schema: str
    signature: str | None = None
    """The argument list of a function as written, or what else tells objects of one name apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropObject(Operation):
    """DROP of anything that has no operation of its own: TYPE, DOMAIN, SEQUENCE, SCHEMA, FUNCTION, ..."""

    phase = Phase.CONTRACT
    object_type: str
    name: Name
    if_exists: bool = False
    cascade: bool = False
    signature: str | None = None
    """The argument list of a function as written, or what else tells objects of one name apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlterObject(Operation):
    """An ALTER of something other than a table that changes no name that queries use: OWNER TO, SET, ..."""

    object_type: str
    name: Name | None
    option: str
    """The words that name the form, in capitals."""
    argument: str = ""
    """What stands behind these words, as written."""
    tables: tuple[Name, ...] = ()
    """The tables that ALTER PUBLICATION names."""
    signature: str | None = None
    """The argument list of a function as written, or what else tells objects of one name apart."""
