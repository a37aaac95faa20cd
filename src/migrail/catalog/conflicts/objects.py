"""Why operations on types, sequences, schemas, routines and triggers would fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrail.catalog import others
from migrail.catalog.catalog import Catalog
from migrail.catalog.conflicts import domains, extensions
from migrail.catalog.conflicts.parts import first, has_schemas, missing, needs_column, needs_table, no_schema, taken
from migrail.catalog.signatures import signature
from migrail.catalog.values import Composite, Domain, Enum, Function
from migrail.model import operations as ops
from migrail.model.structure import Name

_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"})
_TYPES = frozenset({"TYPE", "DOMAIN"})
_RELATIONS = frozenset({"VIEW", "MATERIALIZED VIEW", "SEQUENCE", "INDEX", "TABLE", "FOREIGN TABLE"})


# Types


def create_type(catalog: Catalog, operation: ops.CreateType | ops.CreateDomain) -> str | None:
    """CREATE TYPE and CREATE DOMAIN."""
    name = catalog.place(operation.name)
    labels = operation.labels if isinstance(operation, ops.CreateType) else ()
    twice = next((label for label in labels if labels.count(label) > 1), None) if len(labels) < 1000 else None
    if twice is not None:
        return f"label {twice} is there twice"
    composite = isinstance(operation, ops.CreateType) and operation.form == "composite"
    relation = taken(catalog, name) if composite else None
    return _type_taken(catalog, name) or relation or no_schema(catalog, name)


def _type_taken(catalog: Catalog, name: Name) -> str | None:
    """Tables and views are types as well."""
    known = catalog.types.get(name)
    if known is not None and getattr(known, "form", "") != "shell":
        return f"type {name} exists already"
    return f"type {name} exists already" if name in catalog.tables or name in catalog.views else None


def add_label(catalog: Catalog, operation: ops.AddEnumValue) -> str | None:
    """ALTER TYPE ... ADD VALUE."""
    known = catalog.enum(operation.name)
    if known is None:
        return _not_of(catalog, operation.name, "enum")
    if operation.label in known.labels:
        return None if operation.if_not_exists else f"label {operation.label} of enum {known.name} exists already"
    beside = operation.before or operation.after
    if beside is not None and beside not in known.labels:
        return f"label {beside} of enum {known.name} does not exist"
    return None


def rename_label(catalog: Catalog, operation: ops.RenameEnumValue) -> str | None:
    """ALTER TYPE ... RENAME VALUE."""
    known = catalog.enum(operation.name)
    if known is None:
        return _not_of(catalog, operation.name, "enum")
    if operation.label not in known.labels:
        return f"label {operation.label} of enum {known.name} does not exist"
    if operation.new_label in known.labels:
        return f"label {operation.new_label} of enum {known.name} exists already"
    return None


def _not_of(catalog: Catalog, name: Name, form: str) -> str | None:
    known = catalog.type_named(name)
    if isinstance(known, Enum | Domain | Composite):
        return f"type {known.name} is not {'an' if form == 'enum' else 'a'} {form}"
    return missing(catalog, "type", name, known)


def domain(catalog: Catalog, operation: Any) -> str | None:
    """ALTER DOMAIN."""
    known = catalog.domain(operation.name)
    if known is None:
        return _not_of(catalog, operation.name, "domain")
    return domains.altered(catalog, known, operation)


def attribute(catalog: Catalog, operation: Any) -> str | None:
    """ALTER TYPE of a composite type."""
    known = catalog.composite(operation.name)
    if known is None:
        return _not_of(catalog, operation.name, "composite type")
    names = {column.name for column in known.columns}
    adds = isinstance(operation, ops.AddAttribute)
    named = operation.attribute.name if not isinstance(operation.attribute, str) else operation.attribute
    if adds or isinstance(operation, ops.RenameAttribute):
        new = named if adds else operation.new_name
        if new in names:
            return f"attribute {new} of type {known.name} exists already"
    if not adds and named not in names and not getattr(operation, "if_exists", False):
        return f"attribute {named} of type {known.name} does not exist"
    users = catalog.tables_with_type(known.name)
    if isinstance(operation, ops.AlterAttribute) and users:
        return f"table {catalog.display(users[0])} has a column of the type {known.name}"
    return None


# Sequences and schemas


def create_sequence(catalog: Catalog, operation: ops.CreateSequence) -> str | None:
    """CREATE SEQUENCE."""
    name = catalog.place(operation.name, temporary=operation.temporary)
    if operation.if_not_exists and catalog.has_relation(name):
        return None
    owner = operation.owned_by
    problem = taken(catalog, name) or no_schema(catalog, name)
    return problem or (_owner(catalog, name, owner.table, owner.column) if owner is not None else None)


def own_sequence(catalog: Catalog, operation: ops.OwnSequence) -> str | None:
    """ALTER SEQUENCE ... OWNED BY."""
    known = catalog.sequence(operation.name)
    if known is None:
        return missing(catalog, "sequence", operation.name, known)
    if known.identity:
        return f"sequence {catalog.display(known.name)} belongs to an identity column"
    owner = operation.owned_by
    return _owner(catalog, known.name, owner.table, owner.column) if owner is not None else None


def _owner(catalog: Catalog, sequence: Name, table: Name, column: str) -> str | None:
    if catalog.resolve(table) in catalog.tables and catalog.resolve(table).schema != sequence.schema:
        return f"sequence {catalog.display(sequence)} is in another schema than {catalog.display(table)}"
    return needs_table(catalog, table) or needs_column(catalog, table, column)


def create_schema(catalog: Catalog, operation: ops.CreateSchema) -> str | None:
    """CREATE SCHEMA."""
    exists = operation.name.name in catalog.schemas and not operation.if_not_exists
    return f"schema {operation.name.name} exists already" if exists else None


def _drop_schema(catalog: Catalog, operation: ops.DropObject) -> str | None:
    schema = operation.name.name
    if schema not in catalog.schemas:
        return f"schema {schema} does not exist"
    if operation.cascade:
        return None
    kinds = (catalog.tables, catalog.views, catalog.sequences, catalog.types, catalog.functions)
    inside = next((name for kind in kinds for name in kind if name.schema == schema), None)
    return None if inside is None else f"schema {schema} holds {inside.name}"


# Routines and triggers


def create_function(catalog: Catalog, operation: ops.CreateFunction) -> str | None:
    """CREATE FUNCTION."""
    if catalog.dialect.default_schema is None:
        return None
    return _routine_taken(catalog, operation.name, operation.arguments, replaces=operation.replace)


def _routine_taken(catalog: Catalog, written: Name, arguments: str, *, replaces: bool) -> str | None:
    name = catalog.place(written)
    wanted = signature(arguments, catalog.dialect)
    same = next(
        (f for f in catalog.functions.get(name, ()) if signature(f.arguments, catalog.dialect) == wanted), None
    )
    if same is not None and not replaces:
        return f"function {name}({', '.join(wanted)}) exists already"
    return no_schema(catalog, name)


def routines(catalog: Catalog, name: Name, written: str | None) -> tuple[Function, ...]:
    """The overloads that a statement means."""
    if written is None:
        return catalog.function(name)
    wanted = signature(written, catalog.dialect)
    places = [catalog.resolve_function(name, wanted)]
    known = (f for place in places if place is not None for f in catalog.functions.get(place, ()))
    return tuple(f for f in known if signature(f.arguments, catalog.dialect) == wanted)


def routine(catalog: Catalog, operation: Any) -> str | None:
    """A routine that is dropped, renamed, moved or altered: the message where it is missing or not unique."""
    found = routines(catalog, operation.name, operation.signature)
    if len(found) > 1:
        return f"function {operation.name} is not unique"
    if found or getattr(operation, "if_exists", False):
        return None
    known = bool(catalog.extensions) or catalog.dialect.default_schema is None
    return missing(catalog, "function", operation.name, known)


def _new_routine(catalog: Catalog, operation: Any, target: Callable[[Function], Name]) -> str | None:
    problem = routine(catalog, operation)
    for found in routines(catalog, operation.name, operation.signature) if problem is None else ():
        wanted, name = signature(found.arguments, catalog.dialect), target(found)
        others = (signature(f.arguments, catalog.dialect) for f in catalog.functions.get(name, ()))
        if name != found.name and wanted in others:
            return f"function {name}({', '.join(wanted)}) exists already"
    return problem


def create_object(catalog: Catalog, operation: ops.CreateObject) -> str | None:
    """CREATE of aggregates, operators, casts, collations and the like."""
    kind, name = operation.object_type, operation.name
    if name is None:
        return None
    if kind == "AGGREGATE":
        return _routine_taken(catalog, name, operation.signature or "", replaces=operation.replace)
    if kind not in others.KINDS or operation.if_not_exists:
        return None
    key = others.place(catalog, kind, name, operation.signature)
    known = catalog.others.get(key)
    if known is not None and not known.named_only:
        return f"{_other(catalog, kind, key.name, operation.signature)} exists already"
    return no_schema(catalog, key.name)


def _other(catalog: Catalog, kind: str, name: Name, written: str | None) -> str:
    """An operator, cast and the like in words."""
    types = f"({', '.join(signature(written, catalog.dialect))})" if written else ""
    return f"{kind.lower()} {'' if kind == 'CAST' else catalog.display(name)}{types}"


def _needs_other(catalog: Catalog, operation: Any) -> str | None:
    """Whether an operator, cast and the like is missing; those of extensions are not known."""
    kind, name = operation.object_type, operation.name
    known = others.find(catalog, kind, name, operation.signature) or catalog.extensions
    problem = missing(catalog, kind.lower(), name, known)
    return problem and f"{_other(catalog, kind, name, operation.signature)} does not exist"


def create_trigger(catalog: Catalog, operation: ops.CreateTrigger) -> str | None:
    """CREATE TRIGGER."""
    owner = catalog.table(operation.table) or catalog.view(operation.table)
    if owner is None:
        return needs_table(catalog, operation.table)
    name = catalog.place_of_trigger(operation.trigger, operation.schema, owner.name)
    known = name in catalog.trigger_tables if not has_schemas(catalog) else operation.trigger in owner.triggers
    if known and not operation.replace and not operation.if_not_exists:
        return f"trigger {operation.trigger} on {catalog.display(operation.table)} exists already"
    if catalog.dialect.name == "sqlite":
        return None  # it does not look whether the columns of UPDATE OF are there
    return first(needs_column(catalog, operation.table, column) for column in operation.columns)


def drop_trigger(catalog: Catalog, operation: ops.DropTrigger) -> str | None:
    """DROP TRIGGER."""
    if operation.if_exists or not catalog.complete:
        return None
    if operation.table is not None:
        return _needs_trigger(catalog, operation.table, operation.trigger)
    known = catalog.resolve_trigger(operation.trigger, operation.schema) in catalog.trigger_tables
    return None if known else f"trigger {operation.trigger} does not exist"


def _needs_trigger(catalog: Catalog, table: Name, trigger: str) -> str | None:
    owner = catalog.table(table) or catalog.view(table)
    if owner is None:
        return needs_table(catalog, table)
    known = trigger in owner.triggers or not catalog.complete
    return None if known else f"trigger {trigger} on {catalog.display(table)} does not exist"


def rename_trigger(catalog: Catalog, operation: ops.RenameTrigger) -> str | None:
    """ALTER TRIGGER ... RENAME."""
    owner = catalog.table(operation.table) or catalog.view(operation.table)
    kept = operation.new_name == operation.trigger  # which PostgreSQL lets pass, for triggers only
    if owner is not None and operation.new_name in owner.triggers and not kept:
        return f"trigger {operation.new_name} on {catalog.display(operation.table)} exists already"
    return _needs_trigger(catalog, operation.table, operation.trigger)


# By the words for the kind of object


def drop_object(catalog: Catalog, operation: ops.DropObject) -> str | None:
    """DROP of anything without an operation of its own."""
    kind, name = operation.object_type, operation.name
    if not catalog.complete or (operation.if_exists and not _there(catalog, operation)):
        return None
    if kind in _TYPES:
        known = catalog.type_named(name)
        if kind == "DOMAIN" and isinstance(known, Enum | Composite):
            return f"type {known.name} is not a domain"
        return missing(catalog, kind.lower(), name, known) or extensions.owner(catalog, name)
    if kind == "SEQUENCE":
        sequence = catalog.sequence(name)
        if sequence is not None and sequence.identity:
            return f"sequence {catalog.display(name)} belongs to an identity column"
        return missing(catalog, "sequence", name, sequence)
    if kind == "SCHEMA":
        return _drop_schema(catalog, operation)
    if kind in others.KINDS:
        return _needs_other(catalog, operation)
    return _drop_routine(catalog, operation) if kind in _ROUTINES else None


def _drop_routine(catalog: Catalog, operation: ops.DropObject) -> str | None:
    """Each kind of routine has a DROP of its own; DROP ROUTINE takes all."""
    kind, found = operation.object_type, routines(catalog, operation.name, operation.signature)
    if len(found) == 1 and has_schemas(catalog):
        real = "AGGREGATE" if found[0].aggregate else "PROCEDURE" if found[0].procedure else "FUNCTION"
        if kind not in (real, "ROUTINE"):
            article = "an" if found[0].aggregate else "a"
            return f"{catalog.display(found[0].name)} is no {kind.lower()} but {article} {real.lower()}"
    return routine(catalog, operation) or _operator_uses(catalog, operation, found)


def _operator_uses(catalog: Catalog, operation: ops.DropObject, found: tuple[Function, ...]) -> str | None:
    if operation.cascade or len(found) != 1:
        return None
    name, types = found[0].name, signature(found[0].arguments, catalog.dialect)
    for item in catalog.others.values():
        if item.function == name and tuple(type_ for type_ in item.key.signature if type_ != "none") == types:
            return f"{_other(catalog, 'OPERATOR', item.key.name, item.arguments)} uses {catalog.display(name)}"
    return None


def _there(catalog: Catalog, operation: Any) -> bool:
    """Whether the object of the operation is known."""
    kind, name = operation.object_type, operation.name
    if kind in _TYPES:
        return catalog.type_named(name) is not None
    if kind == "SCHEMA":
        return name.name in catalog.schemas
    if kind in _ROUTINES:
        return bool(routines(catalog, name, operation.signature))
    if kind in others.KINDS:
        return others.find(catalog, kind, name, operation.signature) is not None
    return kind not in _RELATIONS or catalog.has_relation(catalog.resolve(name))


def rename_object(catalog: Catalog, operation: ops.RenameObject) -> str | None:
    """RENAME of anything without an operation of its own."""
    kind, name, new = operation.object_type, operation.name, operation.new_name
    if kind in _RELATIONS:
        resolved = catalog.resolve(name)
        known = catalog.has_relation(resolved)
        typed = resolved in catalog.views or resolved in catalog.tables
        return missing(catalog, kind.lower(), name, known) or taken(
            catalog, Name(resolved.schema, new), row_type=typed
        )
    if kind in _TYPES:
        type_ = catalog.resolve_type(name)
        if type_ is None:
            return missing(catalog, kind.lower(), name, known=None)
        return _type_taken(catalog, Name(type_.schema, new))
    if kind == "SCHEMA":
        if catalog.complete and name.name not in catalog.schemas:
            return f"schema {name.name} does not exist"
        return f"schema {new} exists already" if new in catalog.schemas else None
    if kind in _ROUTINES:
        return _new_routine(catalog, operation, lambda found: Name(found.name.schema, new))
    if kind in others.KINDS:
        return _needs_other(catalog, operation)
    return None


def move_object(catalog: Catalog, operation: ops.MoveObject) -> str | None:
    """SET SCHEMA of types and routines."""
    kind, schema = operation.object_type, operation.new_schema
    problem = no_schema(catalog, Name(schema, ""))
    if kind in _TYPES:
        type_ = catalog.resolve_type(operation.name)
        if type_ is None:
            return missing(catalog, kind.lower(), operation.name, known=None) or problem
        target = Name(schema, type_.name)
        return problem or (None if type_ == target else _type_taken(catalog, target))
    if kind in _ROUTINES:
        return _new_routine(catalog, operation, lambda found: Name(schema, found.name.name)) or problem
    if kind in others.KINDS:
        return _needs_other(catalog, operation) or problem
    return problem if kind == "EXTENSION" else None


def alter_object(catalog: Catalog, operation: ops.AlterObject) -> str | None:
    """The other forms of ALTER."""
    if operation.name is None:
        return None
    if operation.object_type in _ROUTINES:
        return routine(catalog, operation)
    if operation.object_type in others.KINDS:
        return _needs_other(catalog, operation)
    if operation.object_type == "SEQUENCE":
        return missing(catalog, "sequence", operation.name, catalog.sequence(operation.name))
    if operation.object_type == "INDEX":
        return missing(catalog, "index", operation.name, catalog.has_relation(catalog.resolve(operation.name)))
    return None
