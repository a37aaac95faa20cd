"""Casts and the types that they name."""

from __future__ import annotations

from sqlglot import exp

from migrail.compat import constants
from migrail.compat.domains import domain_takes, known_value
from migrail.compat.expressions.walk import NOTHING, Value, handles, value, values
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.relations import composite_fields
from migrail.compat.scope import Scope
from migrail.compat.structure import type_from
from migrail.compat.work import Work
from migrail.model.structure import Name, SqlType

_REGISTERED = {"regclass": "relation", "regtype": "type", "regproc": "function", "regprocedure": "function"}


@handles(exp.Cast, exp.TryCast)
def _cast(node: exp.Expr, scope: Scope, work: Work) -> Value:
    wanted = cast_type(node.args["to"], work)
    if isinstance(node.this, exp.Array) and wanted is not None and wanted.dimensions and work.structure.typed:
        return _array_cast(node.this, wanted, scope, work)
    found = value(node.this, scope, work)
    if wanted is None or not work.structure.typed:
        return NOTHING
    spelled = work.structure.spelled(wanted)
    if spelled is None or not _type_exists(wanted, spelled, work):
        return NOTHING
    if found.type == UNKNOWN and found.literal is not None:
        if spelled in _REGISTERED:
            constants.registered(found.literal, _REGISTERED[spelled], work)
        else:
            constants.must_fit(found.literal, spelled, work)
    elif found.type == "record" and found.width is not None:
        _row_cast(found.width, spelled, work)
    elif found.type is not None and not _may_cast(found.type, spelled, work):
        work.flaw(f"cannot cast {found.type} to {spelled}")
    elif found.type in ("text", "varchar", "char") and work.structure.types.category(spelled) != "S":
        work.flaw(f"a text may be no {spelled}", certain=False)
    domain_takes(wanted, known_value(found.literal, number=found.type != UNKNOWN, null=found.null), "a value", work)
    return Value(type=spelled, null=found.null, placeholder=found.placeholder)


def _row_cast(width: int, spelled: str, work: Work) -> None:
    fields = composite_fields(spelled, work)
    if fields is not None and len(fields) != width:
        work.flaw(f"cannot cast a row of {width} to {spelled}, which has {len(fields)} columns")


def _array_cast(node: exp.Array, wanted: SqlType, scope: Scope, work: Work) -> Value:
    """The elements become the type that the array is cast to."""
    spelled = work.structure.spelled(wanted)
    if spelled is None or not _type_exists(wanted, spelled, work):
        values(node.expressions, scope, work)
        return NOTHING
    element = spelled.removesuffix("[]")
    for item in values(node.expressions, scope, work):
        if item.type == UNKNOWN and item.literal is not None:
            constants.must_fit(item.literal, element, work)
        elif item.type is not None and item.type != UNKNOWN and not _may_cast(item.type, element, work):
            work.flaw(f"cannot cast {item.type} to {element}")
    return Value(type=spelled)


def _may_cast(source: str, target: str, work: Work) -> bool:
    types = work.structure.types
    return not (types.knows(source) and types.knows(target)) or types.castable(source, target)


def cast_type(node: exp.Expr, work: Work) -> SqlType | None:
    """The type that a cast names."""
    return type_from(node.sql(dialect=work.structure.dialect.sqlglot), work.structure.dialect.name)


def _type_exists(wanted: SqlType, spelled: str, work: Work) -> bool:
    """Notes a type that is not there; types of extensions are not known one by one."""
    structure = work.structure
    schema, _, bare = wanted.name.rpartition(".")
    resolved = structure.catalog.resolve_type(wanted.name)
    if resolved is not None:
        work.use("type", resolved)
        return True
    if structure.types.knows(spelled) or schema in ("pg_catalog", "information_schema"):
        return True
    name = Name(schema or None, bare)
    if structure.catalog.resolve(name) in structure.catalog.tables:
        return True
    work.flaw(f"type {name} does not exist", certain=not structure.catalog.extensions)
    return False


@handles(exp.Collate)
def _collated(node: exp.Collate, scope: Scope, work: Work) -> Value:
    return Value(type=value(node.this, scope, work).type)


@handles(exp.Interval)
def _interval(node: exp.Interval, scope: Scope, work: Work) -> Value:
    if node.this is not None:
        value(node.this, scope, work)
    return Value(type="interval" if work.structure.typed else None)
