"""Which types PostgreSQL converts by itself, and which it compares."""

from __future__ import annotations

from collections.abc import Mapping

from migrail.model.structure import SqlType, Structure

_TEXTS = frozenset({"text", "varchar", "char"})
_EXACT = frozenset({"smallint", "integer", "bigint", "numeric"})
_NUMBERS = _EXACT | {"real", "double precision"}
_DATES = frozenset({"date", "timestamp", "timestamptz"})
_BITS = frozenset({"bit", "varbit"})
_NETWORKS = frozenset({"inet", "cidr"})
_JSONS = frozenset({"json", "jsonb"})

ASSIGNED: Mapping[str, frozenset[str]] = {
    "smallint": _NUMBERS | {"oid"},
    **dict.fromkeys(("integer", "bigint"), _NUMBERS | {"oid", "money"}),
    "numeric": _NUMBERS | {"money"},
    **dict.fromkeys(("real", "double precision"), _NUMBERS),
    "boolean": frozenset({"boolean"}),
    "date": _DATES,
    "timestamp": _DATES | {"time"},
    "timestamptz": _DATES | {"time", "timetz"},
    "time": frozenset({"time", "timetz", "interval"}),
    "timetz": frozenset({"time", "timetz"}),
    "interval": frozenset({"time", "interval"}),
    **dict.fromkeys(_JSONS, _JSONS),
    **dict.fromkeys(_NETWORKS, _NETWORKS),
    **dict.fromkeys(_BITS, _BITS),
    **{name: frozenset({name}) for name in ("uuid", "bytea", "macaddr", "xml")},
    "money": frozenset({"money", "numeric"}),
    "oid": frozenset({"oid", "integer", "bigint"}),
    **dict.fromkeys(_TEXTS, _TEXTS),
}
"""Type → those that a column of it becomes without USING (assignment casts). Every type becomes a text besides.
Measured on 15 and 18."""

COMPARED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("smallint", "integer", "bigint"), frozenset({"smallint", "integer", "bigint"})),
    "numeric": _EXACT,
    **dict.fromkeys(("real", "double precision"), _NUMBERS),
    **dict.fromkeys(_DATES, _DATES),
    "timetz": frozenset({"time", "timetz"}),
    "interval": frozenset({"time", "interval"}),
    **dict.fromkeys(_NETWORKS, _NETWORKS),
    **dict.fromkeys(_BITS, _BITS),
    **dict.fromkeys(_TEXTS, _TEXTS),
    **{name: frozenset({name}) for name in ("boolean", "time", "uuid", "jsonb", "bytea", "macaddr", "money")},
    "oid": frozenset({"oid", "smallint", "integer", "bigint"}),
}
"""Type of a key → types of columns that a foreign key may point to it from. Measured on 15 and 18."""


def converts(old: SqlType, new: SqlType, structure: Structure) -> bool | None:
    """Whether a column of one type becomes the other without USING; ``None`` where that is not known."""
    if old.dimensions or new.dimensions or old.name == new.name:
        return None
    targets = ASSIGNED.get(old.name)
    if new.name in _TEXTS:
        return True if targets is not None else None
    if targets is not None and new.name in ASSIGNED:
        return new.name in targets
    if structure.enum_labels(new.name) and (targets is not None or structure.enum_labels(old.name)):
        return False
    return None


def compares(key: SqlType, column: SqlType) -> bool | None:
    """Whether a foreign key may tie the column to a key of that type; ``None`` where that is not known."""
    if key.dimensions or column.dimensions or key.name not in COMPARED or column.name not in COMPARED:
        return None
    return column.name in COMPARED[key.name]
