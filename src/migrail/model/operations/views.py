"""Views and materialized views."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.migration import Phase
from migrail.model.operations._base import Operation
from migrail.model.structure import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateView(Operation):
    """CREATE VIEW and CREATE MATERIALIZED VIEW."""

    name: Name
    query: str
    """The text of the query."""
    reads: tuple[Name, ...] = ()
    """The relations that the query reads."""
    columns: tuple[str, ...] = ()
    """Written behind the name; empty where the query names them."""
    materialized: bool = False
    replace: bool = False
    if_not_exists: bool = False
    temporary: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DropView(Operation):
    """DROP VIEW and DROP MATERIALIZED VIEW."""

    phase = Phase.CONTRACT
    name: Name
    materialized: bool = False
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RefreshView(Operation):
    """REFRESH MATERIALIZED VIEW."""

    name: Name
    concurrently: bool = False
