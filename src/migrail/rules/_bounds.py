"""Bounds of partitions as conditions, and the checks that prove them before they are needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrail.dialects.postgres.lists import LONGEST, NULL, values_of_bound
from migrail.model.structure import Name
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table

_BY = re.compile(r"(RANGE|LIST)\s*\(\s*(\"[^\"]+\"|[^\s(),]+)\s*\)", re.IGNORECASE)
_RANGE = re.compile(r"FOR\s+VALUES\s+FROM\s*\((.*?)\)\s*TO\s*\((.*?)\)", re.IGNORECASE | re.DOTALL)
_OPEN = {"MINVALUE", "MAXVALUE"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """What holds for the rows of a partition, and for all others, as SQL."""

    inside: str
    outside: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A CHECK that spares the server a scan."""

    table: Name
    name: str
    condition: str

    def add(self, context: Context) -> str:
        """The statement that adds it NOT VALID."""
        table, name = sql_table(self.table, context.dialect), sql_name(self.name, context.dialect)
        return f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({self.condition}) NOT VALID"

    def drop(self, context: Context) -> str:
        """The statement that takes it away when it has served."""
        table, name = sql_table(self.table, context.dialect), sql_name(self.name, context.dialect)
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"


def bound_of(parent: Name, text: str | None, context: Context) -> Bound | None:
    """A bound of a partitioned table as conditions.

    Returns:
        ``None`` for anything but one plain column, by range or by a list of constants, and for bounds with calls.
    """
    known = context.catalog.table(parent)
    by = _BY.fullmatch((known.partitioned_by or "").strip()) if known is not None else None
    if by is None or text is None:
        return None
    return _listed(by[2], text) if by[1].upper() == "LIST" else _ranged(by[2], text)


def _listed(column: str, text: str) -> Bound | None:
    """A list compares as ``= ANY``, into which the server looks up to a length; NULL is asked for by itself."""
    values = values_of_bound(text)
    if values is None or len(values) > LONGEST:
        return None
    others = ", ".join(value for value in values if value != NULL)
    if NULL not in values:
        return Bound(
            inside=f"{column} IS NOT NULL AND {column} IN ({others})",
            outside=f"{column} IS NOT NULL AND {column} NOT IN ({others})",
        )
    if not others:
        return Bound(inside=f"{column} IS NULL", outside=f"{column} IS NOT NULL")
    return Bound(
        inside=f"{column} IS NULL OR {column} IN ({others})",
        outside=f"{column} IS NOT NULL AND {column} NOT IN ({others})",
    )


def _ranged(column: str, text: str) -> Bound | None:
    ends = _RANGE.fullmatch(text.strip())
    if ends is None or any(char in f"{ends[1]}{ends[2]}" for char in ",("):
        return None
    low, high = ends[1].strip(), ends[2].strip()
    inside, outside = [f"{column} IS NOT NULL"], []
    if low.upper() not in _OPEN:
        inside.append(f"{column} >= {low}")
        outside.append(f"{column} < {low}")
    if high.upper() not in _OPEN:
        inside.append(f"{column} < {high}")
        outside.append(f"{column} >= {high}")
    if not outside:
        return None
    others = outside[0] if len(outside) == 1 else f"({' OR '.join(outside)})"
    return Bound(inside=" AND ".join(inside), outside=f"{column} IS NOT NULL AND {others}")


def default_proof(parent: Name, partition: Name, bound: Bound, context: Context) -> Proof | None:
    """What proves that no row of the DEFAULT partition belongs into a new one; ``None`` where there is none."""
    default = context.catalog.default_partition_of(parent)
    if default is None:
        return None
    home = context.catalog.resolve(parent).schema
    shown = Name(parent.schema if default.schema == home else default.schema, default.name)
    return Proof(table=shown, name=f"{default.name}_not_{partition.name}", condition=bound.outside)
