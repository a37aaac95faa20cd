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


_DOMAIN_DEPTH = 32
"""Domains over domains are followed this far; a migration can build a longer chain only on purpose."""


def base_type(type_: SqlType, structure: Structure) -> SqlType:
    """The type below all domains."""
    for _ in range(_DOMAIN_DEPTH):
        below = structure.domain_base(type_)
        if below is None:
            break
        type_ = below
    return type_


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


def compares(key: SqlType, column: SqlType, structure: Structure) -> bool | None:
    """Whether a foreign key may tie the column to a key of that type; ``None`` where that is not known.

    Arrays and enums go with their own kind alone, and a domain over an enum with nothing, not even itself.
    """
    one, two = base_type(key, structure), base_type(column, structure)
    if not (_is_known(one, structure) and _is_known(two, structure)):
        return None
    if one.name in COMPARED and two.name in COMPARED and not (one.dimensions or two.dimensions):
        return two.name in COMPARED[one.name]
    if one.name.rpartition(".")[2] != two.name.rpartition(".")[2] or bool(one.dimensions) != bool(two.dimensions):
        return False
    return None if one.name != two.name else (one, two) == (key, column)


def _is_known(type_: SqlType, structure: Structure) -> bool:
    """Whether it is one of the server's, or an enum; also in an array, or a domain in one."""
    below = structure.domain_base(SqlType(name=type_.name))
    return type_.name in COMPARED or below is not None or bool(structure.enum_labels(type_.name))
