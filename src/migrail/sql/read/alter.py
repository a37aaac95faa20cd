"""ALTER: finds the reader of the object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from migrail.model.operations import Operation
from migrail.sql.cursor import Cursor
from migrail.sql.read.alter_table import read_alter_foreign_table, read_alter_table
from migrail.sql.read.indexes import read_alter_index
from migrail.sql.read.objects import (
    FORMS,
    alter_named,
    alter_other,
    read_alter_large_object,
    read_alter_role,
    read_alter_system,
    read_alter_user_mapping,
)
from migrail.sql.read.privileges import read_default_privileges
from migrail.sql.read.publications import read_alter_publication
from migrail.sql.read.routines import read_alter_function, read_alter_trigger
from migrail.sql.read.types import read_alter_domain, read_alter_sequence, read_alter_type
from migrail.sql.read.views import read_alter_view

_READERS: dict[str, Callable[[Cursor], list[Operation]]] = {
    "TABLE": read_alter_table,
    "FOREIGN TABLE": read_alter_foreign_table,
    "INDEX": read_alter_index,
    "VIEW": partial(read_alter_view, object_type="VIEW"),
    "MATERIALIZED VIEW": partial(read_alter_view, object_type="MATERIALIZED VIEW"),
    "TYPE": read_alter_type,
    "DOMAIN": read_alter_domain,
    "SEQUENCE": read_alter_sequence,
    "FUNCTION": partial(read_alter_function, object_type="FUNCTION"),
    "PROCEDURE": partial(read_alter_function, object_type="PROCEDURE"),
    "ROUTINE": partial(read_alter_function, object_type="ROUTINE"),
    "AGGREGATE": partial(read_alter_function, object_type="AGGREGATE"),
    "TRIGGER": partial(read_alter_trigger, object_type="TRIGGER"),
    "RULE": partial(read_alter_trigger, object_type="RULE"),
    "POLICY": partial(read_alter_trigger, object_type="POLICY"),
    "DEFAULT PRIVILEGES": read_default_privileges,
    "PUBLICATION": read_alter_publication,
    "ROLE": read_alter_role,
    "USER MAPPING": read_alter_user_mapping,
    "USER": read_alter_role,
    "GROUP": read_alter_role,
    "SYSTEM": read_alter_system,
    "LARGE OBJECT": read_alter_large_object,
    "OPERATOR CLASS": alter_other("OPERATOR CLASS"),
    "OPERATOR FAMILY": alter_other("OPERATOR FAMILY"),
    "OPERATOR": alter_other("OPERATOR"),
    **{object_type: alter_named(object_type, forms) for object_type, forms in FORMS.items()},
}


def read_alter(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER. IF EXISTS holds for everything that the statement does."""
    reader = _READERS[cursor.expect_phrase(_READERS)]
    if_there = cursor.at("IF", "EXISTS")
    found = reader(cursor)
    return [replace(operation, if_there=True) for operation in found] if if_there else found
