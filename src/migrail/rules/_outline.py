"""What stands where in a change, looked up instead of searched: a file may hold thousands of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrail.dialects import Dialect
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnOption,
    Certainty,
    CommentOn,
    CreateDomain,
    CreateFunction,
    CreateIndex,
    CreatePolicy,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateType,
    CreateView,
    DropIndex,
    DropObject,
    Operation,
    RenameTable,
    SetDefault,
    TableOperation,
    ValidateConstraint,
    unfolded,
)
from migrail.model.structure import Column, Name
from migrail.sql import Place, Rebuild, Script, rebuilds

Key = tuple[object, ...]
"""The kind of an operation and the names that tell which one."""

_PREFIX = 8
"""Leading columns of an index under which it is found; no foreign key has more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """Made once for each script. Names are compared as if the search path were the usual one."""

    default_schema: str | None
    made: Mapping[Key, int]
    """What a statement of the script makes → the last statement that does. A table that gets a name by RENAME
    counts as made under that name."""
    unproven: Mapping[tuple[Name, str], tuple[int, AddConstraint]]
    """Table and name of each constraint that is added NOT VALID → the first statement that does so."""
    position: int = 0
    """The place of the script among those under judgement."""
    batch: Mapping[Key, int] = field(default_factory=dict)
    """What the scripts under judgement make → the place of the last one that does."""
    columns: Mapping[Key, Column] = field(default_factory=dict)
    """Table and name of each column that they add to a table → the column."""
    makers: Mapping[Key, Sequence[tuple[int, Operation]]] = field(default_factory=dict)
    """The functions, types and domains that the script makes → number of each statement, and what it asks for."""
    rebuilt: Mapping[tuple[Place, Name], Rebuild] = field(default_factory=dict)
    """Statement and table where a table that is made anew goes away → the whole of it."""

    @classmethod
    def of(cls, script: Script, dialect: Dialect) -> Outline:
        """The outline of a script alone."""
        return cls.of_all([script], dialect)[0]

    @classmethod
    def of_all(cls, scripts: Sequence[Script], dialect: Dialect) -> list[Outline]:
        """The outlines of scripts that are judged together, in their order."""
        schema = dialect.default_schema
        batch: dict[Key, int] = {}
        columns: dict[Key, Column] = {}
        rebuilt = _rebuilt(scripts, dialect)
        found = []
        for position, script in enumerate(scripts):
            makers: dict[Key, list[tuple[int, Operation]]] = {}
            made, unproven = _read(script, schema, columns, makers)
            batch |= dict.fromkeys(made, position)
            found.append(
                cls(
                    default_schema=schema,
                    made=made,
                    unproven=unproven,
                    position=position,
                    batch=batch,
                    columns=columns,
                    makers=makers,
                    rebuilt=rebuilt,
                )
            )
        return found

    def makes_later(self, kind: type[Operation], name: Name, statement: int, *parts: object) -> bool:
        """Whether something of that kind and name is made in the script after the statement of that number.

        Args:
            kind: of the operation that makes it.
            name: of the object, or of the table that it belongs to.
            statement: where to look from.
            parts: what else tells which one: the columns of an index, the name of a trigger.
        """
        return self.made.get((kind, _full(name, self.default_schema), *parts), 0) > statement

    def made_later(self, kind: type[Operation], name: Name, statement: int) -> list[Operation]:
        """What makes functions, types or domains of that name in the script after the statement of that number."""
        made = self.makers.get((kind, _full(name, self.default_schema)), ())
        return [operation for number, operation in made if number > statement]

    def renamed_before(self, name: Name, statement: int) -> bool:
        """Whether a table of that name got another one in the script before the statement of that number."""
        return 0 < self.made.get((RenameTable, _full(name, self.default_schema), "away"), 0) < statement

    def makes_ahead(self, kind: type[Operation], name: Name, statement: int, *parts: object) -> bool:
        """The same, where a later script that is judged together counts as well."""
        key = (kind, _full(name, self.default_schema), *parts)
        return self.batch.get(key, -1) > self.position or self.made.get(key, 0) > statement

    def makes(self, kind: type[Operation], name: Name, *parts: object) -> bool:
        """Whether the scripts that are judged together make it anywhere."""
        return (kind, _full(name, self.default_schema), *parts) in self.batch

    def added_column(self, table: Name, column: str) -> Column | None:
        """The column as one of the scripts that are judged together adds it to its table."""
        return self.columns.get((_full(table, self.default_schema), column))

    def rebuild(self, operation: TableOperation, statement: int) -> Rebuild | None:
        """The rebuild in which this statement takes the old table away, by RENAME or by DROP, if there is one."""
        return self.rebuilt.get(((self.position, statement), _full(operation.table, self.default_schema)))

    def rebuild_with_rows(self, operation: TableOperation, statement: int) -> Rebuild | None:
        """The rebuild that keeps the rows, if it is this statement by which the old table loses its name."""
        found = self.rebuild(operation, statement)
        begins = found is not None and found.keeps_rows and found.first == (self.position, statement)
        return found if begins else None

    def added_before(self, operation: ValidateConstraint, statement: int) -> AddConstraint | None:
        """The ADD CONSTRAINT ... NOT VALID of that constraint, by this statement or one before it.

        Within one ALTER TABLE the server validates last, whatever the order in which the actions are written.
        """
        found = self.unproven.get((_full(operation.table, self.default_schema), operation.constraint))
        return found[1] if found is not None and found[0] <= statement else None


def _read(
    script: Script,
    schema: str | None,
    columns: dict[Key, Column],
    makers: dict[Key, list[tuple[int, Operation]]],
) -> tuple[dict[Key, int], dict[tuple[Name, str], tuple[int, AddConstraint]]]:
    made: dict[Key, int] = {}
    unproven: dict[tuple[Name, str], tuple[int, AddConstraint]] = {}
    for read in script.statements:
        for operation in _with_inner(read.operations):
            made |= dict.fromkeys(_keys(operation, schema), read.statement.number)
            if isinstance(operation, CreateFunction | CreateType | CreateDomain):
                place = (read.statement.number, operation)
                makers.setdefault((type(operation), _full(operation.name, schema)), []).append(place)
            elif isinstance(operation, AddColumn):
                columns[_full(operation.table, schema), operation.column.name] = operation.column
            elif (
                isinstance(operation, AddConstraint)
                and operation.constraint.name
                and not operation.constraint.valid
            ):
                constraint = (_full(operation.table, schema), operation.constraint.name)
                unproven.setdefault(constraint, (read.statement.number, operation))
    return made, unproven


def _rebuilt(scripts: Sequence[Script], dialect: Dialect) -> dict[tuple[Place, Name], Rebuild]:
    found: dict[tuple[Place, Name], Rebuild] = {}
    for rebuild in rebuilds(scripts, dialect):
        found[rebuild.first, rebuild.table] = rebuild
        if rebuild.gone is not None:
            found[rebuild.gone, rebuild.last_name] = rebuild
    return found


def _keys(operation: Operation, schema: str | None) -> Iterator[Key]:
    """Under what the operation is found."""
    match operation:
        case CreateView() if operation.temporary:
            return
        case RenameTable():
            yield RenameTable, Name(operation.table.schema or schema, operation.new_name)
            yield RenameTable, _full(operation.table, schema), "away"
        case CreateView() | CreateFunction() | CreateType() | CreateDomain() | CreateSequence():
            yield type(operation), _full(operation.name, schema)
        case DropObject() | DropIndex():
            yield type(operation), _full(operation.name, schema)
        case CommentOn(object_type="TABLE"):
            yield CommentOn, _full(operation.name, schema)
        case CreateTable():
            yield CreateTable, _full(operation.table, schema)
        case CreateTrigger():
            yield CreateTrigger, _full(operation.table, schema), operation.trigger
        case CreatePolicy():
            yield CreatePolicy, _full(operation.table, schema)
        case AddColumn():
            yield AddColumn, _full(operation.table, schema), operation.column.name
        case AlterColumnOption() if operation.option.startswith("ADD GENERATED"):
            yield SetDefault, _full(operation.table, schema), operation.column
        case SetDefault():
            yield SetDefault, _full(operation.table, schema), operation.column
        case AddConstraint():
            constraint = operation.constraint
            yield AddConstraint, _full(operation.table, schema), constraint.kind, constraint.columns
            yield AddConstraint, _full(operation.table, schema), constraint.name
            yield AddConstraint, _full(operation.table, schema), constraint.kind
        case CreateIndex():
            for count in range(1, min(len(operation.columns), _PREFIX) + 1):
                yield CreateIndex, _full(operation.table, schema), frozenset(operation.columns[:count])


def _with_inner(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    """The operations, and those inside code that are always reached."""
    for operation, inside in unfolded(operations):
        if inside is None or inside.certainty is Certainty.CERTAIN:
            yield operation


def _full(name: Name, schema: str | None) -> Name:
    return Name(schema, name.name) if name.schema is None else name
