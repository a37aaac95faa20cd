"""Objects that are no relations, types or routines: operators and their sets, casts, collations, text search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from migrail.catalog.signatures import signature
from migrail.catalog.values import ObjectKey, OtherObject
from migrail.model.operations import CreateObject, DropObject, MoveObject, RenameObject
from migrail.model.structure import Name

if TYPE_CHECKING:
    from migrail.catalog.catalog import Catalog
    from migrail.catalog.draft import Draft

KINDS = frozenset(
    {
        *("OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "CAST", "COLLATION", "CONVERSION"),
        *("TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"),
    }
)
_CAST = Name(None, "")
"""Casts have no names."""


def find(catalog: Catalog, kind: str, name: Name, written: str | None) -> OtherObject | None:
    """The object that a statement names."""
    types = signature(written or "", catalog.dialect)
    if kind == "CAST":
        return catalog.others.get(ObjectKey(kind, _CAST, types))
    if name.schema is not None:
        return catalog.others.get(ObjectKey(kind, name, types))
    places = (ObjectKey(kind, Name(schema, name.name), types) for schema in catalog.search_path)
    return next((catalog.others[key] for key in places if key in catalog.others), None)


def place(catalog: Catalog, kind: str, name: Name, written: str | None) -> ObjectKey:
    """Under which key a new object is found."""
    placed = _CAST if kind == "CAST" else catalog.place(name)
    return ObjectKey(kind, placed, signature(written or "", catalog.dialect))


def create(draft: Draft, operation: CreateObject) -> None:
    """CREATE; an operator class without a family makes one of its name."""
    if operation.name is None:
        return
    made = OtherObject(
        key=place(draft.catalog, operation.object_type, operation.name, operation.signature),
        arguments=operation.signature or "",
        function=_function(draft.catalog, operation.function),
    )
    draft.others[made.key] = made
    for name, operands in operation.shells:
        if find(draft.catalog, "OPERATOR", name, operands) is None and not _is_built_in(
            draft.catalog, name, operands
        ):
            key = place(draft.catalog, "OPERATOR", name, operands)
            draft.others.setdefault(key, OtherObject(key=key, arguments=operands, named_only=True))
    if operation.object_type == "OPERATOR CLASS" and operation.family is None:
        family = made.key._replace(kind="OPERATOR FAMILY")
        draft.others[family] = replace(made, key=family)


_BUILT_IN = frozenset(
    {
        *("=", "<>", "!=", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"),
        *("&&", "@>", "<@", "+", "-", "*", "/"),
    }
)
"""Operators that the server brings along for most of its types."""


def _is_built_in(catalog: Catalog, name: Name, operands: str) -> bool:
    if name.schema is not None:
        return name.schema == "pg_catalog"
    own = any(catalog.resolve_type(type_) is not None for type_ in signature(operands, catalog.dialect))
    return name.name in _BUILT_IN and not own


def _function(catalog: Catalog, name: Name | None) -> Name | None:
    known = catalog.function(name) if name is not None else ()
    return known[0].name if known else name


def drop(draft: Draft, operation: DropObject) -> None:
    """DROP; an operator family takes the class of its name with it."""
    known = find(draft.catalog, operation.object_type, operation.name, operation.signature)
    if known is not None:
        draft.others.pop(known.key, None)
        if known.key.kind == "OPERATOR FAMILY":
            draft.others.pop(known.key._replace(kind="OPERATOR CLASS"), None)


def rename(draft: Draft, operation: RenameObject) -> None:
    """ALTER ... RENAME TO."""
    known = find(draft.catalog, operation.object_type, operation.name, operation.signature)
    if known is not None:
        _carry(draft, known, Name(known.key.name.schema, operation.new_name))


def move(draft: Draft, operation: MoveObject) -> None:
    """ALTER ... SET SCHEMA."""
    known = find(draft.catalog, operation.object_type, operation.name, operation.signature)
    if known is not None:
        _carry(draft, known, Name(operation.new_schema, known.key.name.name))


def _carry(draft: Draft, known: OtherObject, name: Name) -> None:
    key = known.key._replace(name=name)
    if key not in draft.others:
        draft.others.pop(known.key, None)
        draft.others[key] = replace(known, key=key)


def forget_function(draft: Draft, function: Name) -> None:
    """Operators go with their function, as with CASCADE: else the server would have refused."""
    if function not in draft.functions:
        for known in [item for item in draft.others.values() if item.function == function]:
            draft.others.pop(known.key, None)


def forget_type(draft: Draft, type_: Name) -> None:
    """Operators and casts go with a type that they take."""
    for known in [item for item in draft.others.values() if item.key.kind in ("OPERATOR", "CAST")]:
        if type_.name in known.key.signature:
            draft.others.pop(known.key, None)


def drop_schema(draft: Draft, schema: str) -> None:
    """With everything in it."""
    for key in [key for key in draft.others if key.name.schema == schema]:
        draft.others.pop(key, None)


def rename_schema(draft: Draft, old: str, new: str) -> None:
    """What is in a schema follows its new name."""
    for known in [item for key, item in draft.others.items() if key.name.schema == old]:
        _carry(draft, known, Name(new, known.key.name.name))
