"""What hangs on a column, made again on the column that takes its place: numbers, indexes, keys and checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from migrail.catalog.catalog import is_expression
from migrail.catalog.naming import object_name
from migrail.catalog.rewrite import rename_column
from migrail.dialects import Dialect
from migrail.model.rewrites import Stage, Step
from migrail.model.structure import Constraint, ConstraintKind, Generated, Index, Name, PartOptions
from migrail.rules._interface import Context
from migrail.rules._names import sql_columns, sql_literal, sql_name, sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import step

_IDENTITIES = {Generated.IDENTITY_ALWAYS: "ALWAYS", Generated.IDENTITY_DEFAULT: "BY DEFAULT"}
_WORDS = {ConstraintKind.UNIQUE: "UNIQUE", ConstraintKind.PRIMARY_KEY: "PRIMARY KEY"}


@dataclass(kw_only=True)
class Followers:
    """The statements that bring what hangs on one column to another, and what they leave to a person."""

    added: list[str] = field(default_factory=list)
    """Constraints NOT VALID, before the rows are filled."""
    built: list[str] = field(default_factory=list)
    """Indexes CONCURRENTLY, when the rows are filled."""
    unproven: list[str] = field(default_factory=list)
    """Names of the constraints to validate then."""
    kept: list[str] = field(default_factory=list)
    """What must be taken from the old column before it goes."""
    taken: list[str] = field(default_factory=list)
    """Old names and keys for the new ones, when the old column is gone."""
    left: list[str] = field(default_factory=list)
    """What a person has to make again."""

    def steps(self, table: Name, column: str, context: Context) -> Iterator[Step]:
        """What comes between filling the rows and the swap."""
        if self.built:
            yield step(f"index_{column}", Stage.EXPAND, *self.built, off=True)
        if self.unproven:
            yield validation(table, self.unproven, context)


def followers(table: Name, old: str, new: str, context: Context, *, finally_: str) -> Followers:
    """What has to follow from one column to another of the same table.

    Args:
        table: as the author wrote it.
        old: the column that will go; the server drops its indexes and constraints with it.
        new: the folded name of the column that stays.
        context: of the operation.
        finally_: the name that it has from ``taken`` on.
    """
    return _Following(table, old, new, finally_, context).all()


class _Following:
    def __init__(self, table: Name, old: str, new: str, last: str, context: Context) -> None:
        self.table, self.old, self.new, self.last, self.context = table, old, new, last, context
        self.dialect = context.dialect
        self.shown = sql_table(table, context.dialect)
        self.found = Followers()

    def all(self) -> Followers:
        catalog = self.context.catalog
        self.numbers()
        constraints = {str(each.name): each for each in catalog.constraints_of(self.table)}
        for name in catalog.indexes_on(self.table, self.old):
            index = catalog.index(self.table, name)
            if index is not None:
                self.index(index, constraints.get(name))
        for name, constraint in constraints.items():
            self.constraint(name, constraint)
        views = catalog.views_mentioning(self.table, self.old)
        self.found.left += [f"the view {catalog.display(view)}" for view in views]
        for other in catalog.referencing(self.table):
            self.found.left += [
                f"{key.name} of {catalog.display(other)}"
                for key in catalog.constraints_of(other)
                if key.references is not None
                and catalog.resolve(key.references.table) == catalog.resolve(self.table)
                and self.old in (key.references.columns or self.key())
            ]
        return self.found

    def numbers(self) -> None:
        """Default, sequence or identity."""
        known = self.context.catalog.column(self.table, self.old)
        if known is None:
            return
        target = self.context.catalog.resolve(self.table)
        for sequence in self.context.catalog.sequences.values():
            if (sequence.owner, sequence.column) == (target, self.old):
                self.sequence(sequence.name.name, known.generated)
        if known.default is not None:
            column = sql_name(self.last, self.dialect)
            self.found.taken.append(
                f"ALTER TABLE {self.shown} ALTER COLUMN {column} SET DEFAULT {known.default.text}"
            )
        if known.generated is not None and known.generated not in _IDENTITIES:
            self.found.left.append(f"the expression of {self.old}")

    def sequence(self, name: str, generated: Generated | None) -> None:
        """The sequence of a serial column moves over; an identity gets another that goes on where it stopped."""
        new, old = sql_name(self.new, self.dialect), sql_table(self.table._replace(name=name), self.dialect)
        if generated is None:
            self.found.kept.append(f"ALTER SEQUENCE {old} OWNED BY {self.shown}.{new}")
            return
        made = sql_table(self.table._replace(name=object_name(self.table.name, self.new, "seq")), self.dialect)
        self.found.kept += [
            f"ALTER TABLE {self.shown} ALTER COLUMN {new} ADD GENERATED {_IDENTITIES[generated]} AS IDENTITY",
            f"SELECT setval({sql_literal(made)}, nextval({sql_literal(old)}), false)",
        ]
        self.found.taken.append(f"ALTER SEQUENCE {made} RENAME TO {sql_name(name, self.dialect)}")

    def key(self) -> tuple[str, ...]:
        known = self.context.catalog.table(self.table)
        return known.primary_key.columns if known is not None and known.primary_key is not None else ()

    def index(self, index: Index, constraint: Constraint | None) -> None:
        word = _WORDS.get(constraint.kind) if constraint is not None else ""
        if word is None or self.context.catalog.is_partitioned(self.table) or not index.valid:
            self.found.left.append(index.name)
            return
        if constraint is not None:
            nulls = constraint.nulls_not_distinct
            index = replace(index, include=constraint.include, nulls_not_distinct=nulls)
        second = self.second(index.name)
        unique = "UNIQUE " if index.unique or word else ""
        self.found.built.append(
            f"CREATE {unique}INDEX CONCURRENTLY {second} ON {self.shown} {self.definition(index)}"
        )
        name = sql_name(index.name, self.dialect)
        if constraint is None:
            place = sql_table(self.table._replace(name=self.second_name(index.name)), self.dialect)
            self.found.taken.append(f"ALTER INDEX {place} RENAME TO {name}")
        else:
            made = f"ALTER TABLE {self.shown} ADD CONSTRAINT {name} {word} USING INDEX {second}"
            self.found.taken.append(made + _deferred(constraint))

    def definition(self, index: Index) -> str:
        method = f"USING {index.method} " if index.method else ""
        options = index.options or (PartOptions(),) * len(index.columns)
        parts = [
            " ".join((self.part(part), *self.behind(option)))
            for part, option in zip(index.columns, options, strict=True)
        ]
        include = f" INCLUDE {self.columns(index.include)}" if index.include else ""
        nulls = " NULLS NOT DISTINCT" if index.nulls_not_distinct else ""
        where = f" WHERE {self.moved(index.where.text)}" if index.where is not None else ""
        storage = f" {index.storage}" if index.storage else ""
        return f"{method}({', '.join(parts)}){include}{nulls}{storage}{where}"

    def behind(self, options: PartOptions) -> Iterator[str]:
        if options.collation is not None:
            yield f"COLLATE {sql_table(options.collation, self.dialect)}"
        if options.operator_class is not None:
            yield sql_table(options.operator_class, self.dialect)
        if options.parameters:
            yield f"({options.parameters})"
        if options.descending:
            yield "DESC"
        if options.nulls_first != options.descending:
            yield "NULLS FIRST" if options.nulls_first else "NULLS LAST"

    def part(self, part: str) -> str:
        return f"({self.moved(part)})" if is_expression(part) else self.columns((part,))[1:-1]

    def constraint(self, name: str, constraint: Constraint) -> None:
        """A CHECK or a foreign key; the keys that stand on an index follow with it."""
        expression = constraint.expression
        if constraint.kind is ConstraintKind.CHECK and expression is not None:
            if self.old not in expression.columns:
                return
            text: str | None = f"CHECK ({self.moved(expression.text)}){' NO INHERIT' * constraint.no_inherit}"
        elif constraint.kind is ConstraintKind.FOREIGN_KEY and self.old in constraint.columns:
            text = foreign_key_text(constraint, self.dialect, self.columns(constraint.columns))
        else:
            return
        if text is None or not constraint.enforced or self.context.catalog.is_partitioned(self.table):
            self.found.left.append(name)
            return
        second, shown = self.second(name), sql_name(name, self.dialect)
        self.found.added.append(f"ALTER TABLE {self.shown} ADD CONSTRAINT {second} {text} NOT VALID")
        if constraint.valid:
            self.found.unproven.append(self.second_name(name))
        self.found.taken.append(f"ALTER TABLE {self.shown} RENAME CONSTRAINT {second} TO {shown}")

    # Names

    def second_name(self, name: str) -> str:
        """What it is called as long as the old one is there."""
        return object_name(name, "", "new")

    def second(self, name: str) -> str:
        return sql_name(self.second_name(name), self.dialect)

    def moved(self, expression: str) -> str:
        return rename_column(expression, self.old, self.new, self.dialect)

    def columns(self, columns: tuple[str, ...]) -> str:
        return sql_columns(tuple(self.new if each == self.old else each for each in columns), self.dialect)


def foreign_key_text(key: Constraint, dialect: Dialect, columns: str | None = None) -> str | None:
    """A foreign key as a constraint of its table; ``None`` for other constraints.

    Args:
        key: as the catalog knows it.
        dialect: for the quotes.
        columns: other columns than its own, in parentheses.
    """
    reference = key.references
    if reference is None:
        return None
    table = reference.table
    shown = sql_table(table._replace(schema=None) if table.schema == "public" else table, dialect)
    target = f" {sql_columns(reference.columns, dialect)}" if reference.columns else ""
    some = f" {sql_columns(reference.on_delete_columns, dialect)}" if reference.on_delete_columns else ""
    rules = [
        f" ON {event} {action}{more}"
        for event, action, more in (("DELETE", reference.on_delete, some), ("UPDATE", reference.on_update, ""))
        if action
    ]
    match = " MATCH FULL" if reference.match_full else ""
    own = columns or sql_columns(key.columns, dialect)
    return f"FOREIGN KEY {own} REFERENCES {shown}{target}{match}{''.join(rules)}{_deferred(key)}"


def _deferred(constraint: Constraint) -> str:
    later = " INITIALLY DEFERRED" if constraint.initially_deferred else ""
    return f" DEFERRABLE{later}" if constraint.deferrable else ""
