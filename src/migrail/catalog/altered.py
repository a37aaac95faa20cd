"""What the forms of ALTER change that have no operation of their own.

Of most of them the reader keeps the words that name the form and no more. What a catalog cannot know then is marked
as unknown, so that it is not compared.
"""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.catalog.values import OtherType
from migrail.model.operations import AlterObject, AlterTableOption
from migrail.model.structure import Constraint, ConstraintKind, Name


def alter_object(draft: Draft, operation: AlterObject) -> None:
    """The forms of ALTER that change what a catalog holds."""
    change = _ALTERED.get(operation.object_type)
    if change is not None and operation.name is not None:
        change(draft, operation.name, operation.option)


def _alter_domain(draft: Draft, name: Name, option: str) -> None:
    """A domain may get or lose NOT NULL and CHECK; which one it loses is not read."""
    domain = draft.catalog.domain(name)
    if domain is None:
        return
    if option.startswith("ADD"):
        added = Constraint(kind=ConstraintKind.CHECK)
        domain = replace(domain, constraints=(*domain.constraints, added), known=False)
    elif option.startswith("SET NOT NULL"):
        domain = replace(domain, not_null=True)
    elif option.startswith("DROP NOT NULL"):
        domain = replace(domain, not_null=False)
    elif option.startswith("DROP DEFAULT"):
        domain = replace(domain, default=None)
    elif option.startswith(("SET DEFAULT", "DROP CONSTRAINT")):
        domain = replace(domain, known=False)
    draft.types[domain.name] = domain


def _alter_type(draft: Draft, name: Name, option: str) -> None:
    """Which attribute a composite type gets or loses is not read."""
    composite = draft.catalog.composite(name)
    if composite is not None and option.endswith("ATTRIBUTE"):
        draft.types[composite.name] = OtherType(name=composite.name, form="composite")


def _alter_sequence(draft: Draft, name: Name, option: str) -> None:
    """Whom a sequence belongs to from now on is not read."""
    known = draft.catalog.sequence(name)
    if known is not None and option == "OWNED BY":
        draft.sequences[known.name] = replace(known, owner=None, column=None, owner_known=False)


def _alter_routine(draft: Draft, name: Name, option: str) -> None:
    """The volatility of a function without overloads; which overload is meant is not read."""
    overloads = draft.catalog.function(name)
    if len(overloads) == 1 and option in {"IMMUTABLE", "STABLE", "VOLATILE"}:
        draft.functions[overloads[0].name] = (replace(overloads[0], volatility=option.lower()),)


def _alter_index(draft: Draft, name: Name, option: str) -> None:
    """The index of a partitioned table becomes valid when every partition has its own (ALTER INDEX, manual)."""
    resolved = draft.catalog.resolve(name)
    table = draft.index_tables.get(resolved)
    known = draft.catalog.index(table, resolved.name) if table is not None else None
    if table is None or known is None or option != "ATTACH PARTITION":
        return
    partitions = (draft.tables[child] for child in draft.catalog.children_of(table))
    if all(any(index.columns == known.columns for index in part.indexes.values()) for part in partitions):
        draft.indexes_of(table)[known.name] = replace(known, valid=True)


_ALTERED = {
    "DOMAIN": _alter_domain,
    "TYPE": _alter_type,
    "SEQUENCE": _alter_sequence,
    "INDEX": _alter_index,
    **dict.fromkeys(("FUNCTION", "PROCEDURE", "ROUTINE"), _alter_routine),
}


_UNREAD = {
    "ALTER TRIGGER": "triggers",
    "INHERIT": "parents",
    "NO INHERIT": "parents",
    "ALTER CONSTRAINT": "deferrable",
}
"""Forms that change what a catalog holds, and of which the reader keeps no more than these words."""


def alter_option(draft: Draft, operation: AlterTableOption) -> None:
    """Notes what is not known any more."""
    table = draft.edit(operation.table)
    unread = _UNREAD.get(operation.option)
    if table is not None and unread is not None:
        draft.tables[operation.table] = replace(table, unread=table.unread | {unread})
