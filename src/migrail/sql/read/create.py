"""CREATE: finds the reader of the object."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from migrail.model.operations import (
    CreateIndex,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateView,
    Operation,
)
from migrail.sql.cursor import Cursor
from migrail.sql.read.create_table import read_create_table, read_virtual_table
from migrail.sql.read.indexes import read_create_index
from migrail.sql.read.objects import (
    create_named,
    read_create_extension,
    read_create_role,
    read_create_statistics,
    read_create_unnamed,
)
from migrail.sql.read.privileges import read_grant
from migrail.sql.read.publications import read_create_publication
from migrail.sql.read.routines import (
    read_create_function,
    read_create_policy,
    read_create_rule,
    read_create_trigger,
)
from migrail.sql.read.schemas import read_create_schema
from migrail.sql.read.signed import (
    read_create_aggregate,
    read_create_cast,
    read_create_operator,
    read_create_operator_class,
    read_create_operator_family,
)
from migrail.sql.read.types import read_create_domain, read_create_sequence, read_create_type
from migrail.sql.read.views import read_create_materialized_view, read_create_view

Reader = Callable[[Cursor, frozenset[str]], list[Operation]]

_MODIFIERS = {
    "OR REPLACE": "REPLACE",
    "GLOBAL TEMPORARY": "TEMPORARY",
    "GLOBAL TEMP": "TEMPORARY",
    "LOCAL TEMPORARY": "TEMPORARY",
    "LOCAL TEMP": "TEMPORARY",
    "TEMPORARY": "TEMPORARY",
    "TEMP": "TEMPORARY",
    "UNLOGGED": "UNLOGGED",
    "UNIQUE": "UNIQUE",
    "RECURSIVE": "RECURSIVE",
    "CONSTRAINT": "CONSTRAINT",
    "TRUSTED": "TRUSTED",
}

_ALLOWED = {
    "TABLE": {"TEMPORARY", "UNLOGGED"},
    "INDEX": {"UNIQUE"},
    "VIEW": {"REPLACE", "TEMPORARY", "RECURSIVE"},
    "SEQUENCE": {"TEMPORARY", "UNLOGGED"},
    "FUNCTION": {"REPLACE"},
    "PROCEDURE": {"REPLACE"},
    "AGGREGATE": {"REPLACE"},
    "RULE": {"REPLACE"},
    "TRIGGER": {"REPLACE", "CONSTRAINT", "TEMPORARY"},
    "LANGUAGE": {"REPLACE", "TRUSTED"},
    "PROCEDURAL LANGUAGE": {"REPLACE", "TRUSTED"},
    "TRANSFORM": {"REPLACE"},
}
"""The words that may stand between CREATE and the object."""

_UNKNOWN = {"sqlite": {"UNLOGGED", "RECURSIVE"}}
"""Those that a dialect does not have."""

_READERS: dict[str, Reader] = {
    "TABLE": read_create_table,
    "VIRTUAL TABLE": lambda cursor, modifiers: read_virtual_table(cursor),
    "INDEX": read_create_index,
    "VIEW": read_create_view,
    "MATERIALIZED VIEW": read_create_materialized_view,
    "TYPE": read_create_type,
    "DOMAIN": read_create_domain,
    "SEQUENCE": read_create_sequence,
    "SCHEMA": lambda cursor, modifiers: read_create_schema(cursor, _read_element),
    "EXTENSION": read_create_extension,
    "FUNCTION": partial(read_create_function, procedure=False),
    "PROCEDURE": partial(read_create_function, procedure=True),
    "AGGREGATE": read_create_aggregate,
    "TRIGGER": read_create_trigger,
    "EVENT TRIGGER": create_named("EVENT TRIGGER", "ON", needs="EXECUTE"),
    "RULE": read_create_rule,
    "POLICY": read_create_policy,
    "PUBLICATION": read_create_publication,
    "SUBSCRIPTION": create_named("SUBSCRIPTION", "CONNECTION", needs="PUBLICATION"),
    "STATISTICS": read_create_statistics,
    "USER MAPPING": read_create_unnamed("USER MAPPING", needs="SERVER"),
    "ROLE": read_create_role,
    "USER": read_create_role,
    "GROUP": read_create_role,
    "DATABASE": create_named("DATABASE"),
    "TABLESPACE": create_named("TABLESPACE", "LOCATION", "OWNER", needs="LOCATION"),
    "FOREIGN TABLE": create_named("FOREIGN TABLE", "(", "PARTITION", needs="SERVER"),
    "FOREIGN DATA WRAPPER": create_named("FOREIGN DATA WRAPPER"),
    "SERVER": create_named("SERVER", "TYPE", "VERSION", "FOREIGN", needs="WRAPPER"),
    "ACCESS METHOD": create_named("ACCESS METHOD", "TYPE", needs="HANDLER"),
    "CAST": read_create_cast,
    "OPERATOR CLASS": read_create_operator_class,
    "OPERATOR FAMILY": read_create_operator_family,
    "OPERATOR": read_create_operator,
    "COLLATION": create_named("COLLATION", "(", "FROM"),
    "CONVERSION": create_named("CONVERSION", "FOR"),
    "DEFAULT CONVERSION": create_named("CONVERSION", "FOR"),
    "LANGUAGE": create_named("LANGUAGE"),
    "PROCEDURAL LANGUAGE": create_named("LANGUAGE"),
    "TRANSFORM": read_create_unnamed("TRANSFORM", needs="LANGUAGE"),
    "TEXT SEARCH CONFIGURATION": create_named("TEXT SEARCH CONFIGURATION", "("),
    "TEXT SEARCH DICTIONARY": create_named("TEXT SEARCH DICTIONARY", "("),
    "TEXT SEARCH PARSER": create_named("TEXT SEARCH PARSER", "("),
    "TEXT SEARCH TEMPLATE": create_named("TEXT SEARCH TEMPLATE", "("),
}


_ELEMENTS = (CreateTable, CreateIndex, CreateView, CreateSequence, CreateTrigger)


def _read_element(cursor: Cursor) -> list[Operation]:
    """Takes one of the statements that may stand in CREATE SCHEMA (gram.y, schema_stmt)."""
    if cursor.take("GRANT"):
        return read_grant(cursor)
    cursor.expect("CREATE")
    found = read_create(cursor)
    if not all(isinstance(operation, _ELEMENTS) for operation in found):
        cursor.unexpected("behind what CREATE SCHEMA cannot create")
    return found


def read_create(cursor: Cursor) -> list[Operation]:
    """Takes what follows CREATE."""
    modifiers: set[str] = set()
    while phrase := cursor.take_phrase(_MODIFIERS):
        modifiers.add(_MODIFIERS[phrase])
    object_type = cursor.expect_phrase(_READERS)
    if not modifiers <= _ALLOWED.get(object_type, set()) - _UNKNOWN.get(cursor.dialect.name, set()):
        cursor.unexpected(f"behind CREATE {' '.join(sorted(modifiers))}")
    return _READERS[object_type](cursor, frozenset(modifiers))
