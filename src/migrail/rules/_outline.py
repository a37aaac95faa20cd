"""What stands where in a script, looked up instead of searched: a file may hold thousands of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrail.dialects import Dialect
from migrail.model.operations import (
    AddConstraint,
    Certainty,
    CreateFunction,
    CreateView,
    Operation,
    RenameTable,
    RunCode,
    ValidateConstraint,
)
from migrail.model.structure import Name
from migrail.sql import Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """Made once for each script. Names are compared as if the search path were the usual one."""

    default_schema: str | None
    made: Mapping[tuple[type[Operation], Name], int]
    """Kind and name of each view and function → the last statement that makes it. A table that gets a name by
    RENAME counts as made under that name."""
    unproven: Mapping[tuple[Name, str], tuple[int, AddConstraint]]
    """Table and name of each constraint that is added NOT VALID → the first statement that does so."""

    @classmethod
    def of(cls, script: Script, dialect: Dialect) -> Outline:
        """The outline of a script."""
        schema = dialect.default_schema
        made: dict[tuple[type[Operation], Name], int] = {}
        unproven: dict[tuple[Name, str], tuple[int, AddConstraint]] = {}
        for read in script.statements:
            for operation in _with_inner(read.operations):
                match operation:
                    case CreateView() if operation.temporary:
                        continue
                    case RenameTable():
                        name = Name(operation.table.schema or schema, operation.new_name)
                        made[RenameTable, name] = read.statement.number
                    case CreateView() | CreateFunction():
                        made[type(operation), _full(operation.name, schema)] = read.statement.number
                    case AddConstraint() if operation.constraint.name and not operation.constraint.valid:
                        place = (_full(operation.table, schema), operation.constraint.name)
                        unproven.setdefault(place, (read.statement.number, operation))
        return cls(default_schema=schema, made=made, unproven=unproven)

    def makes_later(self, kind: type[Operation], name: Name, statement: int) -> bool:
        """Whether something of that kind and name is made after the statement of that number."""
        return self.made.get((kind, _full(name, self.default_schema)), 0) > statement

    def added_before(self, operation: ValidateConstraint, statement: int) -> AddConstraint | None:
        """The ADD CONSTRAINT ... NOT VALID of that constraint, by this statement or one before it.

        Within one ALTER TABLE the server validates last, whatever the order in which the actions are written.
        """
        found = self.unproven.get((_full(operation.table, self.default_schema), operation.constraint))
        return found[1] if found is not None and found[0] <= statement else None


def _with_inner(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    """The operations, and those inside code that are always reached."""
    for operation in operations:
        yield operation
        if isinstance(operation, RunCode):
            for inner in operation.operations:
                if inner.certainty is Certainty.CERTAIN:
                    yield inner.operation


def _full(name: Name, schema: str | None) -> Name:
    return Name(schema, name.name) if name.schema is None else name
