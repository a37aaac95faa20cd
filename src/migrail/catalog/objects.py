"""What operations on indexes, views, sequences, functions, triggers, schemas and settings change."""

from __future__ import annotations

import re
from dataclasses import replace

from migrail.catalog import extensions, kept, others, routines
from migrail.catalog.columns import drop_sequence
from migrail.catalog.constraints import add_index, drop_index, rename_index
from migrail.catalog.dependents import columns_used
from migrail.catalog.draft import Draft
from migrail.catalog.naming import index_columns
from migrail.catalog.partition_indexes import likeness
from migrail.catalog.possible import DISCARDS
from migrail.catalog.rewrite import words_in
from migrail.catalog.tables import forget_foreign, move_relation, remove_table, remove_view, rename_relation
from migrail.catalog.types import drop_type, move_type, rename_type
from migrail.catalog.values import Bound, Sequence, Trigger, View
from migrail.model.operations import (
    CreateIndex,
    CreateObject,
    CreateSchema,
    CreateSequence,
    CreateTrigger,
    CreateView,
    DropIndex,
    DropObject,
    DropTrigger,
    DropView,
    MoveObject,
    RenameIndex,
    RenameObject,
    SessionCommand,
    SetVariable,
)
from migrail.model.structure import Index, Name

_PATH_LIMIT = 64
"""Schemas in a search path that are looked at; nobody has as many."""
_TYPES = frozenset({"TYPE", "DOMAIN"})
_NAMED_ONLY = frozenset({"FOREIGN TABLE", "VIRTUAL TABLE"})
"""Tables of which no more than the name is known."""
_RELATIONS = frozenset({"VIEW", "MATERIALIZED VIEW", "SEQUENCE", "INDEX", "TABLE", "FOREIGN TABLE"})


def create_index(draft: Draft, operation: CreateIndex) -> None:
    """CREATE INDEX, with the name that the server gives where none is written."""
    table = operation.table
    if table not in draft.tables and table not in draft.views:
        return
    schema = table.schema
    name = operation.index
    if name is None:
        name = draft.relation_name(
            schema, table.name, index_columns((*operation.columns, *operation.include)), "idx"
        )
    if draft.catalog.has_relation(Name(schema, name)):
        return
    index = Index(
        name=name,
        columns=_parts(draft, operation),
        options=operation.options,
        unique=operation.unique,
        method=operation.method,
        include=operation.include,
        where=operation.where,
        nulls_not_distinct=operation.nulls_not_distinct,
        storage=operation.storage,
        valid=not (operation.only and draft.catalog.is_partitioned(table) and draft.catalog.children_of(table)),
    )
    add_index(draft, table, index)


def _parts(draft: Draft, operation: CreateIndex) -> tuple[str, ...]:
    """The columns, and in double quotes what SQLite takes for a string."""
    known = draft.tables.get(operation.table)
    if not operation.quoted or known is None or not known.columns_known:
        return operation.columns
    return tuple(
        f'"{part}"' if part in operation.quoted and part not in known.columns else part
        for part in operation.columns
    )


def remove_index(draft: Draft, operation: DropIndex) -> None:
    """DROP INDEX."""
    name = draft.catalog.resolve_index(operation.name)
    table = draft.index_tables.get(name)
    dropped = draft.indexes_of(table).get(name.name) if table is not None else None
    if table is None or dropped is None:
        return
    drop_index(draft, table, name.name)
    for child in draft.catalog.children_of(table) if draft.catalog.is_partitioned(table) else ():
        alike = [index for index in draft.tables[child].indexes.values() if index.columns == dropped.columns]
        alike.sort(key=lambda index: likeness(index) != likeness(dropped))
        found = next((index for index in alike if not index.constraint), None)
        if found is not None:
            drop_index(draft, child, found.name)


def index_renamed(draft: Draft, operation: RenameIndex) -> None:
    """ALTER INDEX ... RENAME."""
    name = draft.catalog.resolve(operation.name)
    table = draft.index_tables.get(name)
    if table is not None and not draft.catalog.has_relation(Name(name.schema, operation.new_name)):
        rename_index(draft, table, name.name, operation.new_name)


def create_view(draft: Draft, operation: CreateView) -> None:
    """CREATE [OR REPLACE] [MATERIALIZED] VIEW."""
    name = draft.catalog.place_of_view(operation.name, operation.reads, temporary=operation.temporary)
    known = draft.views.get(name)
    if draft.catalog.has_relation(name) and (known is None or not operation.replace):
        return
    found = ((read, _meant(draft, read, name)) for read in operation.reads)
    bound = tuple(bind(read, relation, draft) for read, relation in found)
    reads = tuple(item.relation for item in bound if item.relation != name)
    draft.views[name] = View(
        name=name,
        query=operation.query,
        reads=reads,
        uses=tuple(columns_used(operation.query, reads, draft.catalog)),
        columns=operation.columns,
        bound=bound,
        materialized=operation.materialized,
        triggers=known.triggers if known is not None else {},
    )
    if known is None:
        draft.created(name)
    for read in reads:
        draft.depend(read, name)


def _meant(draft: Draft, read: Name, view: Name) -> Name:
    """The relation that a name in the query of a view means."""
    return draft.catalog.resolve_in(read, view.schema) if kept.holds(draft) else draft.catalog.resolve(read)


def bind(read: Name, resolved: Name, draft: Draft) -> Bound:
    """What a name in the query of a view means from now on."""
    table = draft.tables.get(resolved)
    known = table is not None and table.columns_known and draft.catalog.dialect.name != "sqlite"
    columns = tuple((column, column) for column in table.columns) if table is not None and known else None
    return Bound(written=read, relation=resolved, columns=columns)


def drop_view(draft: Draft, operation: DropView) -> None:
    """DROP VIEW."""
    remove_view(draft, draft.catalog.resolve(operation.name))


def create_sequence(draft: Draft, operation: CreateSequence) -> None:
    """CREATE SEQUENCE."""
    name = draft.catalog.place(operation.name, temporary=operation.temporary)
    if draft.catalog.has_relation(name):
        return
    owner, column = None, None
    if operation.owned_by is not None:
        owner, column = draft.catalog.resolve(operation.owned_by.table), operation.owned_by.column
        draft.depend(owner, name)
    draft.sequences[name] = Sequence(name=name, owner=owner, column=column)
    draft.created(name)


def create_schema(draft: Draft, operation: CreateSchema) -> None:
    """CREATE SCHEMA."""
    schema = operation.name.name
    if schema not in draft.schemas:
        draft.schemas[schema] = None
        draft.created(Name(None, schema))
        if operation.if_not_exists and not draft.catalog.complete:
            draft.new.pop(Name(None, schema), None)


def create_trigger(draft: Draft, operation: CreateTrigger) -> None:
    """CREATE TRIGGER."""
    if operation.table not in draft.tables and operation.table not in draft.views:
        return
    if not draft.has_schemas:
        name = draft.catalog.place_of_trigger(operation.trigger, operation.schema, operation.table)
        if name in draft.trigger_tables:
            return
        draft.trigger_tables[name] = operation.table
        if name.schema != operation.table.schema:
            return  # of the session only, on a table that stays
    function, body = operation.function, operation.body
    made = Trigger(
        name=operation.trigger,
        timing=operation.timing,
        function=function,
        columns=operation.columns,
        when=operation.when,
        body=body,
    )
    draft.triggers_of(operation.table)[operation.trigger] = made
    for word in words_in(body, draft.catalog.dialect) if body is not None else ():
        mentioned = Name(None, word)
        if mentioned in draft.tables or mentioned in draft.views:
            draft.depend(mentioned, operation.table)


def drop_trigger(draft: Draft, operation: DropTrigger) -> None:
    """DROP TRIGGER; SQLite finds the table itself."""
    name = draft.catalog.resolve_trigger(operation.trigger, operation.schema)
    found = draft.trigger_tables.pop(name, None)
    if found is not None and name.schema != found.schema:
        return
    table = found if operation.table is None else draft.catalog.resolve(operation.table)
    if table is not None:
        draft.triggers_of(table).pop(operation.trigger, None)


def create_object(draft: Draft, operation: CreateObject) -> None:
    """CREATE of foreign tables, aggregates, operators and the like."""
    if operation.object_type == "AGGREGATE":
        routines.create_aggregate(draft, operation)
    elif operation.object_type in others.KINDS:
        others.create(draft, operation)
    if operation.object_type in _NAMED_ONLY and operation.name is not None:
        name = draft.catalog.place(operation.name)
        draft.catalog = replace(draft.catalog, foreign=draft.catalog.foreign | {name})


def drop_object(draft: Draft, operation: DropObject) -> None:
    """DROP of types, sequences, schemas, extensions and routines."""
    kind, name = operation.object_type, operation.name
    if kind in _TYPES:
        drop_type(draft, draft.catalog.resolve_type(name))
    elif kind == "SEQUENCE":
        drop_sequence(draft, draft.catalog.resolve(name))
    elif kind == "SCHEMA":
        _drop_schema(draft, name.name)
    elif kind == "FOREIGN TABLE":
        forget_foreign(draft, draft.catalog.resolve(name))
    elif kind == "EXTENSION":
        extensions.drop(draft, name.name)
    elif kind in routines.KINDS:
        routines.drop_routine(draft, operation)
    elif kind in others.KINDS:
        others.drop(draft, operation)


def _drop_schema(draft: Draft, schema: str) -> None:
    """With everything in it: without CASCADE it would have to be empty."""
    if schema not in draft.schemas:
        return
    draft.schemas.pop(schema, None)
    draft.new.pop(Name(None, schema), None)
    for table in [name for name in draft.tables if name.schema == schema]:
        remove_table(draft, table)
    for view in [name for name in draft.views if name.schema == schema]:
        remove_view(draft, view)
    for type_ in [name for name in draft.types if name.schema == schema]:
        drop_type(draft, type_)
    for sequence in [name for name in draft.sequences if name.schema == schema]:
        del draft.sequences[sequence]
        draft.forget(sequence)
    for function in [name for name in draft.functions if name.schema == schema]:
        del draft.functions[function]
    others.drop_schema(draft, schema)
    extensions.drop_schema(draft, schema)


def rename_object(draft: Draft, operation: RenameObject) -> None:
    """RENAME of views, sequences, types, schemas and routines."""
    kind = operation.object_type
    old = draft.catalog.resolve(operation.name)
    if kind == "FOREIGN TABLE" and old in draft.catalog.foreign:
        forget_foreign(draft, old, Name(old.schema, operation.new_name))
    elif kind in _RELATIONS:
        rename_relation(draft, draft.catalog.resolve(operation.name), operation.new_name)
    elif kind in _TYPES:
        rename_type(draft, draft.catalog.resolve_type(operation.name), operation.new_name)
    elif kind == "SCHEMA":
        _rename_schema(draft, operation.name.name, operation.new_name)
    elif kind in routines.KINDS:
        routines.rename_routine(draft, operation)
    elif kind in others.KINDS:
        others.rename(draft, operation)


def move_object(draft: Draft, operation: MoveObject) -> None:
    """SET SCHEMA of types, routines and extensions."""
    if operation.object_type in routines.KINDS:
        routines.move_routine(draft, operation)
    elif operation.object_type in others.KINDS:
        others.move(draft, operation)
    elif operation.object_type in _RELATIONS:
        old = draft.catalog.resolve(operation.name)
        if not draft.catalog.has_relation(Name(operation.new_schema, old.name)):
            move_relation(draft, old, Name(operation.new_schema, old.name))
    elif operation.object_type in _TYPES:
        known = draft.catalog.resolve_type(operation.name)
        new = Name(operation.new_schema, operation.name.name)
        if known is not None and known != new and new not in draft.types:
            move_type(draft, known, new)
    elif operation.object_type == "EXTENSION":
        extensions.move(draft, operation)


def _rename_schema(draft: Draft, old: str, new: str) -> None:
    if old not in draft.schemas or new in draft.schemas:
        return
    draft.schemas.rename(old, new, None)
    draft.carry(Name(None, old), Name(None, new))
    moved = [name for name in (*draft.tables, *draft.views, *draft.sequences) if name.schema == old]
    for name in moved:
        move_relation(draft, name, Name(new, name.name))
    for name in [name for name in draft.types if name.schema == old]:
        move_type(draft, name, Name(new, name.name))
    for name in [name for name in draft.functions if name.schema == old]:
        target = Name(new, name.name)
        draft.functions[target] = tuple(replace(item, name=target) for item in draft.functions.pop(name))
    others.rename_schema(draft, old, new)
    extensions.rename_schema(draft, old, new)


_SWITCHES = frozenset({"legacy_alter_table", "foreign_keys"})
_ON = frozenset({"1", "on", "yes", "true"})
_UTC = frozenset({"utc", "uct", "zulu", "universal", "gmt", "gmt0", "gmt+0", "gmt-0", "greenwich", "0"})
"""Names of the zone without the offset; behind ``Etc/`` as well."""


def set_variable(draft: Draft, operation: SetVariable) -> None:
    """SET search_path, SET TIME ZONE, SET foreign_key_checks and RESET ALL."""
    if operation.variable == "foreign_key_checks":
        off = (operation.value or "").strip().strip("'\"").lower() in {"0", "off", "false"}
        draft.catalog = replace(draft.catalog, checks_references=not off)
    if operation.variable in _SWITCHES and operation.value is not None:
        kept = draft.catalog.switched_on - {operation.variable}
        on = operation.value.strip("'\"").lower() in _ON
        draft.catalog = replace(draft.catalog, switched_on=kept | {operation.variable} if on else kept)
    if operation.variable in {"timezone", "all"}:
        draft.catalog = replace(draft.catalog, in_utc=_is_utc(operation.value))
    if operation.variable not in {"search_path", "all"} or not draft.has_schemas:
        return
    default = draft.catalog.dialect.default_schema
    written = operation.value
    if written is None or written.strip().upper() == "DEFAULT":
        path: tuple[str, ...] = (default,) if default is not None else ()
    else:
        path = tuple(_schemas(written, draft))
    draft.catalog = replace(draft.catalog, search_path=path)


def discard(draft: Draft, operation: SessionCommand) -> None:
    """DISCARD TEMP and DISCARD ALL, which resets the settings as well."""
    if operation.verb not in DISCARDS:
        return
    for name in list(draft.temporary):
        remove_table(draft, name)
        remove_view(draft, name)
        drop_sequence(draft, name)
    if operation.verb == "DISCARD ALL":
        set_variable(draft, SetVariable(variable="all", value=None))


def _is_utc(value: str | None) -> bool:
    """Whether it is a zone that is always at 0. RESET and DEFAULT bring back the server's, which is not known."""
    return value is not None and value.strip().strip("'\"").lower().removeprefix("etc/") in _UTC


def _schemas(written: str, draft: Draft) -> list[str]:
    """The schemas of a search path, without ``"$user"``, which names no schema of the application."""
    fold = draft.catalog.dialect.fold
    found = []
    for part in re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^,\s]+", written)[:_PATH_LIMIT]:
        quoted = part[0] in "'\""
        name = part[1:-1] if quoted else part
        if name and name != "$user":
            found.append(fold(name, quoted))
    return found
