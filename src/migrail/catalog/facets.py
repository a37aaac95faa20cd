"""Every object of a catalog as named facets that can be compared one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from migrail.catalog.catalog import Catalog, is_expression
from migrail.catalog.column_order import ColumnOrder
from migrail.catalog.facet import Facet
from migrail.catalog.index_parts import IndexParts, collation_of
from migrail.catalog.local_keys import turns_into_integers
from migrail.catalog.normal import Normal, atoms, normal, words
from migrail.catalog.queries import outline, output_columns
from migrail.catalog.signatures import signature
from migrail.catalog.values import (
    Composite,
    Domain,
    Enum,
    Function,
    OtherType,
    Sequence,
    Table,
    Trigger,
    Type,
    View,
)
from migrail.model.structure import (
    Column,
    Constraint,
    ConstraintKind,
    Expression,
    Generated,
    Index,
    Name,
    PartOptions,
    SqlType,
)


class ObjectKind(StrEnum):
    """What a difference is about, in the order in which differences of one object are shown."""

    SCHEMA = "schema"
    EXTENSION = "extension"
    TABLE = "table"
    COLUMN = "column"
    CONSTRAINT = "constraint"
    INDEX = "index"
    TRIGGER = "trigger"
    VIEW = "view"
    TYPE = "type"
    SEQUENCE = "sequence"
    FUNCTION = "function"
    OPERATOR = "operator"
    OPERATOR_CLASS = "operator class"
    OPERATOR_FAMILY = "operator family"
    CAST = "cast"
    COLLATION = "collation"
    CONVERSION = "conversion"
    TEXT_SEARCH_CONFIGURATION = "text search configuration"
    TEXT_SEARCH_DICTIONARY = "text search dictionary"
    TEXT_SEARCH_PARSER = "text search parser"
    TEXT_SEARCH_TEMPLATE = "text search template"


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """An object with its facets. What is not known of it is left out, and so it is not compared."""

    kind: ObjectKind
    name: str
    """Qualified: ``public.orders.total`` for a column."""
    owner: Name | None = None
    """The table or view that it belongs to: without that, it is not there either."""
    summary: str = ""
    """What to show of it where the whole object is there on one side only."""
    facets: Mapping[str, Facet] = field(default_factory=dict)
    optional: bool = False
    """Whether the other side may lack it without a difference."""

    def alike(self, other: Described) -> bool:
        """Whether they differ in their names only, as far as both are known."""
        return (self.kind, self.owner) == (other.kind, other.owner) and all(
            facet.same(other.facets[what]) for what, facet in self.facets.items() if what in other.facets
        )


Key = tuple[ObjectKind, str]


def describe(catalog: Catalog) -> dict[Key, Described]:
    """All objects of a catalog but temporary ones."""
    found: dict[Key, Described] = {}
    for item in _Describer(catalog).all():
        key, number = (item.kind, item.name), 1
        while key in found:
            number += 1
            key = (item.kind, f"{item.name} ({number})")
        found[key] = item
    return found


_EVERYWHERE = frozenset({"plpgsql"})
"""Extensions that every new PostgreSQL database has."""
_PLAIN_ACTION = "NO ACTION"
_ONE = frozenset({"char", "bit"})
"""Types that are one long where no length is written (manual, table 8.1)."""
_SPECIAL = frozenset({"fulltext", "spatial", "vector"})
"""The kinds of indexes of MySQL; between BTREE and HASH the engine decides."""
_KEYS = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE})
_DEFERRED = _KEYS | {ConstraintKind.FOREIGN_KEY, ConstraintKind.EXCLUDE}
_IDENTITIES = frozenset({Generated.IDENTITY_ALWAYS, Generated.IDENTITY_DEFAULT})


class _Describer:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.dialect = catalog.dialect
        self.usual = catalog.dialect.default_schema
        self.local = catalog.dialect.check_names is not None
        """Whether indexes are named within their table (MySQL)."""

    def all(self) -> Iterator[Described]:
        catalog = self.catalog
        for schema in catalog.schemas:
            yield Described(kind=ObjectKind.SCHEMA, name=schema)
        for extension in catalog.extensions:
            if extension not in _EVERYWHERE:
                yield Described(kind=ObjectKind.EXTENSION, name=extension)
        temporary = catalog.temporary_schema
        for name, table in catalog.tables.items():
            if name.schema != temporary:
                yield from self.table(table)
        for name, view in catalog.views.items():
            if name.schema != temporary:
                yield from self.view(view)
        for type_ in catalog.types.values():
            if not (isinstance(type_, OtherType) and type_.extension):
                yield self.type(type_)
        for sequence in catalog.sequences.values():
            if sequence.name.schema != temporary:
                yield self.sequence(sequence)
        for overloads in catalog.functions.values():
            yield from map(self.function, overloads)
        for key, other in catalog.others.items():
            if other.named_only:
                continue
            listed = f"({', '.join(key.signature)})" if key.signature else ""
            shown = listed if key.kind == "CAST" else f"{key.name}{listed}"
            yield Described(kind=ObjectKind(key.kind.lower()), name=shown)

    # Tables

    def table(self, table: Table) -> Iterator[Described]:
        words = {"strict": table.strict, "without rowid": table.without_rowid}
        facets = {word: Facet(value, word if value else f"not {word}") for word, value in words.items()}
        if "parents" not in table.unread:
            facets["parents"] = Facet(table.parents, ", ".join(map(str, table.parents)) or "none")
        facets["partitioned by"] = self.clause(table.partitioned_by)
        if not table.parents or table.partition_bound is not None:
            facets["partition bound"] = self.clause(table.partition_bound)
        facets |= commented(table.comment) | known_words(
            {"engine": table.engine, "character set": table.charset, "collation": table.collation}
        )
        if table.columns_known:
            order = ColumnOrder(tuple(table.columns))
            facets["column order"] = Facet(order, ", ".join(order.names))
        yield Described(kind=ObjectKind.TABLE, name=str(table.name), facets=facets)
        for column in table.columns.values():
            yield self.column(table, column)
        named = Counter(item.name for item in table.constraints.values() if not self.is_json(item))
        for constraint in table.constraints.values():
            made = self.constraint(table, constraint)
            several = constraint.name is not None and named[constraint.name] > 1
            told_by = " ".join((constraint.kind, *sorted(constraint.columns)))
            yield replace(made, name=f"{made.name} ({told_by})") if several else made
        for index in table.indexes.values():
            if not index.constraint:
                yield self.index(table, index)
        for trigger in table.triggers.values():
            yield self.trigger(table.name, trigger)

    def clause(self, text: str | None) -> Facet:
        """A clause of which only names and literals count."""
        normal = tuple(atoms(text, self.dialect)) if text is not None else None
        return Facet(normal, text or "nothing")

    def column(self, table: Table, column: Column) -> Described:
        boolean = column.type is not None and column.type.name == "boolean" and not column.type.dimensions
        facets = {
            "nullability": Facet(column.not_null, "NOT NULL" if column.not_null else "NULL"),
            "generated": Facet(column.generated, str(column.generated or "no")),
        }
        if table.partition_bound is not None and column.generated in _IDENTITIES:
            del facets["generated"]  # partitions have the identity of their parent from PostgreSQL 17 on
        shown = [str(column.type or "")]
        if (column.type is not None or self.usual is None) and not column.may_be_larger:
            facets["type"] = Facet(self.typed(column.type), str(column.type or "none"))
        if column.generated not in _IDENTITIES:
            facets["default"] = self.default(column.default, boolean=boolean)
            integers = self.integers(table) if column.generation is not None else frozenset()
            facets["generation"] = self.expression(column.generation, boolean=boolean, integers=integers)
        facets |= self.collation(column) | commented(column.comment)
        shown += ["NOT NULL"] if column.not_null else []
        return Described(
            kind=ObjectKind.COLUMN,
            name=f"{table.name}.{column.name}",
            owner=table.name,
            summary=" ".join(filter(None, shown)),
            facets=facets,
        )

    def collation(self, column: Column) -> dict[str, Facet]:
        if self.local:
            return known_words({"character set": column.charset, "collation": column.collation})
        collation = collation_of(column.collation)
        return {"collation": Facet(collation, collation or "default")}

    def typed(self, type_: SqlType | None) -> object:
        """A type that equals the same type in another spelling."""
        if type_ is None:
            return None
        known = self.catalog.kept_type(type_) if self.catalog.types else None
        name = str(known) if known is not None else type_.name.rpartition(".")[2]
        arguments = type_.arguments
        if name in _ONE and not arguments:
            arguments = ("1",)
        if name == "numeric" and len(arguments) == 1:
            arguments = (*arguments, "0")
        return (name, *(argument.replace(" ", "") for argument in arguments), bool(type_.dimensions))

    def expression(
        self, expression: Expression | None, *, boolean: bool = False, integers: frozenset[str] = frozenset()
    ) -> Facet:
        if expression is None:
            return Facet(None, "none")
        found = normal(expression.text, self.dialect, boolean=boolean, integers=integers)
        return Facet(found, _line(expression.text))

    def integers(self, table: Table) -> frozenset[str]:
        """The columns of MySQL that turn what they are compared with into integers."""
        if not self.local:
            return frozenset()
        return frozenset(column.name for column in table.columns.values() if turns_into_integers(column))

    def default(self, default: Expression | None, *, boolean: bool) -> Facet:
        """PostgreSQL keeps NULL where the type has a length or is a domain, and means the same without it."""
        return self.expression(None if default is not None and default.is_null else default, boolean=boolean)

    # Constraints and indexes

    def constraint(self, table: Table, constraint: Constraint) -> Described:
        columns = self.key_columns(table, constraint)
        if constraint.kind is ConstraintKind.CHECK:
            columns = tuple(sorted(columns))
        listed = f"({', '.join(columns)})" if columns else ""
        name = constraint.name or f"{constraint.kind} {listed}".rstrip()
        if constraint.name is None and constraint.expression is not None:
            name = f"check ({' '.join(sorted(atoms(constraint.expression.text, self.dialect)))})"
        facets = {
            "kind": Facet(constraint.kind, str(constraint.kind)),
            "columns": Facet(columns, listed or "none"),
            "validity": Facet(constraint.valid, "valid" if constraint.valid else "not valid"),
        }
        if constraint.kind in _KEYS and self.usual is None:
            backing = table.indexes.get(constraint.name or "")
            options = backing.options if backing is not None and backing.constraint else constraint.options
            facets |= self.parts(table, constraint.columns, options)
        if constraint.expression is not None:
            integers = constraint.integers | self.integers(table)
            facets["condition"] = self.expression(constraint.expression, integers=integers)
        if self.usual is not None and constraint.kind in _DEFERRED and "deferrable" not in table.unread:
            facets["deferrable"] = self.deferring(constraint)
        summary = [str(constraint.kind), listed, _line(constraint.expression.text) if constraint.expression else ""]
        if constraint.references is not None:
            facets |= self.reference(constraint, known="deferrable" not in table.unread)
            summary.append(f"references {constraint.references.table}")
        return Described(
            kind=ObjectKind.CONSTRAINT,
            name=f"{table.name}.{name}",
            owner=table.name,
            summary=" ".join(filter(None, summary)),
            facets=facets,
            optional=constraint.kind is ConstraintKind.NOT_NULL or self.is_json(constraint),
        )

    def key_columns(self, table: Table, constraint: Constraint) -> tuple[str, ...]:
        """MariaDB puts the end of the row into every key of a table with system versioning."""
        ends = {
            name
            for name, column in table.columns.items()
            if self.local and column.generation is not None and column.generation.text.upper() == "ROW END"
        }
        return tuple(name for name in constraint.columns if name not in ends)

    def is_json(self, constraint: Constraint) -> bool:
        """MariaDB gives a column of type json this check; it is longtext otherwise."""
        condition = constraint.expression
        return self.local and condition is not None and condition.text.lower().startswith("json_valid(")

    def reference(self, constraint: Constraint, *, known: bool) -> dict[str, Facet]:
        reference = constraint.references
        assert reference is not None
        facets = {"references": Facet(reference.table, str(reference.table))}
        target = self.catalog.tables.get(reference.table)
        key = target.primary_key if target is not None else None
        columns = reference.columns or (key.columns if key is not None else ())
        if columns:
            facets["referenced columns"] = Facet(columns, f"({', '.join(columns)})")
        some = set(reference.on_delete_columns)
        parts = f" ({', '.join(sorted(some))})" if some and some != set(constraint.columns) else ""
        for event, action, more in (
            ("on delete", reference.on_delete, parts),
            ("on update", reference.on_update, ""),
        ):
            meant = _PLAIN_ACTION if action is None or (self.local and action == "RESTRICT") else action + more
            facets[event] = Facet(meant, meant)
        if known and self.usual is None:
            words = "deferrable" if constraint.deferrable else "not deferrable"
            facets["deferrable"] = Facet(constraint.deferrable, words)
        if self.usual is not None:
            match = "full" if reference.match_full else "simple"
            facets["match"] = Facet(match, match)
        return facets

    def deferring(self, constraint: Constraint) -> Facet:
        words = "deferrable" if constraint.deferrable else "not deferrable"
        words += " initially deferred" if constraint.initially_deferred else ""
        return Facet(words, words)

    def parts(
        self, relation: Table | View, columns: tuple[str, ...], options: tuple[PartOptions, ...]
    ) -> dict[str, Facet]:
        known = relation.columns if isinstance(relation, Table) else {}
        if self.catalog.types:
            effective = {name: self.catalog.collation_of(known[name]) for name in columns if name in known}
            known = {name: replace(known[name], collation=found) for name, found in effective.items()}
        ordered = isinstance(relation, View) or "order" not in relation.unread
        return IndexParts(columns, options, known, self.dialect).facets(ordered=ordered)

    def index(self, relation: Table | View, index: Index) -> Described:
        table = relation.name
        listed = f"({', '.join(map(_line, index.columns))})"
        method = (index.method or "btree").lower()
        method = "btree" if self.local and method not in _SPECIAL else method
        facets = {
            "table": Facet(table, str(table)),
            "columns": Facet(tuple(map(self.part, index.columns)), listed),
            "uniqueness": Facet(index.unique, "unique" if index.unique else "not unique"),
            "include": Facet(index.include, ", ".join(index.include) or "nothing"),
            "condition": self.expression(index.where),
            "method": Facet(method, method),
            "validity": Facet(index.valid, "valid" if index.valid else "invalid"),
            "nulls": Facet(index.nulls_not_distinct, "not distinct" if index.nulls_not_distinct else "distinct"),
        }
        facets |= self.parts(relation, index.columns, index.options)
        where = f" where {_line(index.where.text)}" if index.where is not None else ""
        return Described(
            kind=ObjectKind.INDEX,
            name=f"{table}.{index.name}" if self.local else str(Name(table.schema, index.name)),
            owner=table,
            summary=f"{'unique ' if index.unique else ''}on {table} {listed}{where}",
            facets=facets,
        )

    def part(self, part: str) -> object:
        """A column's name, or an expression."""
        return (
            normal(part, self.dialect) if is_expression(part) else Normal(tree=("column", part), atoms=frozenset())
        )

    def trigger(self, table: Name, trigger: Trigger) -> Described:
        timing, _, events = trigger.timing.partition(" ")
        if timing == "INSTEAD":
            timing, events = "INSTEAD OF", events.removeprefix("OF ")
        facets = {"timing": Facet((timing, *sorted(events.split(" OR "))), trigger.timing)}
        if trigger.function is not None:
            facets["function"] = Facet(trigger.function.rpartition(".")[2], trigger.function)
        if trigger.body is not None:
            facets["body"] = Facet(words(trigger.body, self.dialect), _line(trigger.body))
        return Described(
            kind=ObjectKind.TRIGGER,
            name=f"{table}.{trigger.name}",
            owner=table,
            summary=trigger.timing,
            facets=facets,
        )

    # Views

    def view(self, view: View) -> Iterator[Described]:
        kind = "materialized view" if view.materialized else "view"
        facets = {"kind": Facet(kind, kind)}
        if self.usual is None and not self.local:
            if not view.rewritten:
                facets["query"] = Facet(words(view.query, self.dialect), _line(view.query))
        else:
            facets |= self.printed(view)
        yield Described(kind=ObjectKind.VIEW, name=str(view.name), summary=_line(view.query), facets=facets)
        for index in view.indexes.values():
            yield self.index(view, index)
        for trigger in view.triggers.values():
            yield self.trigger(view.name, trigger)

    def printed(self, view: View) -> dict[str, Facet]:
        """What can be told of a view whose query the server prints in its own way."""
        facets: dict[str, Facet] = {}
        columns = view.columns or (None if view.rewritten else output_columns(view.query, self.dialect))
        if columns:
            facets["columns"] = Facet(columns, ", ".join(columns))
        known = sorted(
            {str(read) for read in view.reads if read in self.catalog.tables or read in self.catalog.views}
        )
        facets["reads"] = Facet(tuple(known), ", ".join(known) or "nothing")
        found = outline(view.query, self.dialect)
        if found is not None:
            facets["query"] = Facet(found, str(found))
        return facets

    # The others

    def type(self, type_: Type) -> Described:
        if isinstance(type_, Enum):
            labels = ", ".join(type_.labels)
            facets = {"form": Facet("enum", "enum"), "labels": Facet(tuple(type_.labels), labels)}
            return Described(kind=ObjectKind.TYPE, name=str(type_.name), summary=f"enum ({labels})", facets=facets)
        if isinstance(type_, Domain):
            return self.domain(type_)
        if isinstance(type_, Composite):
            columns = tuple((column.name, self.typed(column.type)) for column in type_.columns)
            shown = ", ".join(f"{column.name} {column.type}" for column in type_.columns)
            facets = {"form": Facet("composite", "composite"), "attributes": Facet(columns, shown)}
            return Described(kind=ObjectKind.TYPE, name=str(type_.name), summary=f"({shown})", facets=facets)
        facets = {"form": Facet(type_.form, type_.form)}
        return Described(kind=ObjectKind.TYPE, name=str(type_.name), summary=type_.form, facets=facets)

    def domain(self, domain: Domain) -> Described:
        facets = {
            "form": Facet("domain", "domain"),
            "base": Facet(self.typed(domain.base), str(domain.base)),
            "nullability": Facet(domain.not_null, "NOT NULL" if domain.not_null else "NULL"),
            "collation": Facet(collation_of(domain.collation), collation_of(domain.collation) or "default"),
        }
        checks = [item.expression for item in domain.constraints if item.expression is not None]
        if domain.known:
            boolean = domain.base.name == "boolean"
            facets["default"] = self.default(domain.default, boolean=boolean)
            ordered = sorted((normal(check.text, self.dialect) for check in checks), key=_order)
            shown = "; ".join(_line(check.text) for check in checks)
            facets["checks"] = Facet(tuple(ordered), shown or "none")
        return Described(
            kind=ObjectKind.TYPE, name=str(domain.name), summary=f"domain {domain.base}", facets=facets
        )

    def sequence(self, sequence: Sequence) -> Described:
        facets: dict[str, Facet] = {}
        owner = None if sequence.owner is None else f"{sequence.owner}.{sequence.column}"
        facets["owner"] = Facet(owner, owner or "nobody")
        return Described(kind=ObjectKind.SEQUENCE, name=str(sequence.name), owner=sequence.owner, facets=facets)

    def function(self, function: Function) -> Described:
        kind = "aggregate" if function.aggregate else "procedure" if function.procedure else "function"
        facets = {"kind": Facet(kind, kind)}
        if kind == "function" and not self.local:
            facets["volatility"] = Facet(function.volatility, function.volatility)
        if function.language is not None:
            facets["language"] = Facet(function.language.lower(), function.language.lower())
        if function.body is not None and not function.body.upper().startswith(("BEGIN ATOMIC", "RETURN ")):
            facets["body"] = Facet(function.body.strip(), _line(function.body))
        arguments = ", ".join(signature(function.arguments, self.dialect))
        return Described(kind=ObjectKind.FUNCTION, name=f"{function.name}({arguments})", facets=facets)


def _order(item: Normal) -> str:
    return " ".join(sorted(item.atoms))


def commented(comment: str | None) -> dict[str, Facet]:
    """The comment on a table or column."""
    return {} if comment is None else {"comment": Facet(comment, _line(repr(comment)) if comment else "none")}


def known_words(words: Mapping[str, str | None]) -> dict[str, Facet]:
    """What MySQL takes from the table, database or server where it is not written, as far as it is known."""
    return {what: Facet(word, word) for what, word in words.items() if word is not None}


_SHOWN = 200


def _line(text: str) -> str:
    """A text in one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
