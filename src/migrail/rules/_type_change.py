"""What the rules about changes of type share: how a change is named, and what it does to values."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.operations import AlterColumnType
from migrail.model.structure import SqlType
from migrail.rules._interface import Context


def change(operation: AlterColumnType, context: Context) -> str:
    """``public.orders.total from integer to bigint``."""
    column = context.catalog.column(operation.table, operation.column)
    old = f" from {column.type}" if column is not None and column.type is not None else ""
    return f"{context.display(operation.table)}.{operation.column}{old} to {operation.type}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """What happens to values that the new type does not hold."""

    what: str
    """``rounds ...``: a phrase behind the change."""
    silent: bool
    """Whether the server converts them; else it refuses the statement when it meets one."""


_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}
"""Digits that the largest value has."""
_BITS = {"smallint": 15, "integer": 31, "bigint": 63}
_EXACT = {"real": 6, "double precision": 15}
"""Decimal digits that survive (manual, 8.1.3)."""
_TEXTS = frozenset({"text", "varchar", "char", "citext"})
_MOMENTS = frozenset({"timestamp", "timestamptz"})
_NO_LIMIT = 1 << 30


def loss(old: SqlType, new: SqlType, *, casts: bool) -> Loss | None:
    """What a change of type does to values that do not fit; ``None`` where all do, or it is not known.

    Args:
        old: the type before.
        new: the type behind.
        casts: whether USING converts, in which the author may cast explicitly.
    """
    if old.dimensions or new.dimensions or old == new:
        return None
    if old.name in _TEXTS:
        return _of_text(old, new, casts=casts)
    if old.name in _DIGITS or old.name in _EXACT or old.name == "numeric":
        return _of_number(old, new)
    if old.name in _MOMENTS:
        return _of_moment(old, new)
    if (old.name, new.name) == ("timetz", "time"):
        return Loss(what="forgets the time zone", silent=True)
    return None


def limit(type_: SqlType) -> int | None:
    """The first whole number that is too large for it."""
    if type_.name in _BITS:
        return 1 << _BITS[type_.name]
    if type_.name == "numeric" and type_.arguments:
        precision, scale = _numeric(type_)
        return int(10 ** max(0, precision - scale))
    return None


def _of_text(old: SqlType, new: SqlType, *, casts: bool) -> Loss | None:
    if new.name not in _TEXTS:
        return Loss(what="meets texts that cannot be read as that type", silent=False)
    if _length(new) >= _length(old):
        return None
    if casts:
        return Loss(what=f"cuts texts that are longer than {_length(new)}", silent=True)
    return Loss(what=f"meets texts that are longer than {_length(new)}", silent=False)


def _length(type_: SqlType) -> int:
    if type_.name in {"varchar", "char"} and type_.arguments and type_.arguments[0].isdigit():
        return int(type_.arguments[0])
    return 1 if type_.name == "char" and not type_.arguments else _NO_LIMIT


def _of_number(old: SqlType, new: SqlType) -> Loss | None:
    whole, scale = _size(old)
    if new.name in _EXACT:
        exact = _EXACT.get(old.name, whole + scale)
        return Loss(what="keeps fewer digits", silent=True) if exact > _EXACT[new.name] else None
    if new.name not in _DIGITS and (new.name != "numeric" or not new.arguments):
        return None
    new_whole, new_scale = _size(new)
    if new_scale < scale:
        return Loss(what=f"rounds to {new_scale} decimals" if new_scale else "rounds to whole numbers", silent=True)
    if new_whole < whole:
        return Loss(what="meets numbers that are too large for it", silent=False)
    return None


def _size(type_: SqlType) -> tuple[int, int]:
    """Digits before and behind the decimal point; no limit is a large number."""
    if type_.name in _DIGITS:
        return _DIGITS[type_.name], 0
    if type_.name == "numeric" and type_.arguments:
        precision, scale = _numeric(type_)
        return precision - scale, scale
    return _NO_LIMIT, _NO_LIMIT


def _numeric(type_: SqlType) -> tuple[int, int]:
    precision, *scale = (int(part) if part.lstrip("-").isdigit() else 0 for part in type_.arguments)
    return precision, scale[0] if scale else 0


def _of_moment(old: SqlType, new: SqlType) -> Loss | None:
    if new.name == "date":
        return Loss(what="forgets the time of day", silent=True)
    if new.name in {"time", "timetz"}:
        return Loss(what="forgets the date", silent=True)
    if new.name not in _MOMENTS:
        return None
    if _fraction(new) < _fraction(old):
        return Loss(what=f"rounds to {_fraction(new)} digits of a second", silent=True)
    if (old.name, new.name) == ("timestamptz", "timestamp"):
        return Loss(what="forgets the time zone", silent=True)
    return None


def _fraction(type_: SqlType) -> int:
    return int(type_.arguments[0]) if type_.arguments and type_.arguments[0].isdigit() else 6
