"""Why ALTER DOMAIN would fail."""

from __future__ import annotations

from typing import Any

from migrail.catalog.catalog import Catalog
from migrail.catalog.values import Composite, Domain
from migrail.model import operations as ops
from migrail.model.structure import Name, SqlType


def altered(catalog: Catalog, known: Domain, operation: Any) -> str | None:
    """ALTER DOMAIN of a domain that is there."""
    names = {item.name for item in known.constraints}
    match operation:
        case ops.AddDomainConstraint() if operation.constraint.name in names - {None}:
            return f"constraint {operation.constraint.name} of domain {known.name} exists already"
        case ops.RenameDomainConstraint() if operation.new_name in names:
            return f"constraint {operation.new_name} of domain {known.name} exists already"
        case ops.DropDomainConstraint() if operation.if_exists:
            return None
        case ops.DropDomainConstraint() | ops.RenameDomainConstraint() | ops.ValidateDomainConstraint():
            if known.known and operation.constraint not in names and not operation.constraint.endswith("_not_null"):
                return f"constraint {operation.constraint} of domain {known.name} does not exist"
    return _hidden(catalog, known) if _looks_at_rows(operation, known) else None


def _looks_at_rows(operation: Any, known: Domain) -> bool:
    match operation:
        case ops.AddDomainConstraint():
            return operation.constraint.valid
        case ops.SetDomainNotNull():
            return operation.not_null and not known.not_null
    return isinstance(operation, ops.ValidateDomainConstraint)


def _hidden(catalog: Catalog, domain: Domain) -> str | None:
    """The server does not look for values of a domain in arrays and composite types, and refuses."""
    plain, holding = _made_of(catalog, domain.name)
    for type_ in sorted(plain | holding, key=str):
        for name in sorted(catalog.dependents.get(type_, ()), key=str):
            table = catalog.tables.get(name)
            for column in table.columns.values() if table is not None else ():
                inside = holding | plain if column.type is not None and column.type.dimensions else holding
                if _is(catalog, column.type, inside):
                    return (
                        f"column {column.name} of {catalog.display(name)} holds {domain.name} inside other values"
                    )
    return None


def _made_of(catalog: Catalog, domain: Name) -> tuple[set[Name], set[Name]]:
    """The domain with those over it, and the types whose values hold values of them."""
    plain, holding = {domain}, set[Name]()
    before = 0
    while before < len(plain) + len(holding):
        before = len(plain) + len(holding)
        for name, known in catalog.types.items():
            both = plain | holding
            if isinstance(known, Composite) and any(_is(catalog, item.type, both) for item in known.columns):
                holding.add(name)
            elif isinstance(known, Domain) and _is(catalog, known.base, both):
                deeper = bool(known.base.dimensions) or _is(catalog, known.base, holding)
                (holding if deeper else plain).add(name)
    return plain, holding


def _is(catalog: Catalog, type_: SqlType | None, names: set[Name]) -> bool:
    return type_ is not None and catalog.kept_type(type_) in names
