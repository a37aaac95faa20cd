"""Constants that MySQL, MariaDB and SQLite refuse, where PostgreSQL's rules about types do not hold.

MySQL and MariaDB in their strict mode, which is the usual one; SQLite in STRICT tables: elsewhere it takes
anything.
"""

from __future__ import annotations

import re

from migrail.compat.targets import Target
from migrail.compat.work import Work
from migrail.model.structure import SqlType

_BITS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}
_NUMBERS = frozenset({*_BITS, "decimal", "float", "double"})
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.IGNORECASE)


def refuses(type_: SqlType | None, literal: str, target: Target, work: Work) -> str | None:
    """Why a constant cannot be written, or ``None``."""
    if type_ is None:
        return None
    if work.structure.dialect.name == "sqlite":
        wanted = type_.name.lower() in ("integer", "int", "real")
        strict = target.table.strict and wanted and not _NUMBER.fullmatch(literal)
        return f"{literal[:40]!r} is no {type_.name}" if strict else None
    if work.structure.dialect.name not in ("mysql", "mariadb"):
        return None
    name, _, sign = type_.name.partition(" ")
    if name == "enum":
        labels = {item.strip("'\"").rstrip().lower() for item in type_.arguments}
        known = literal.isdigit() or literal.rstrip().lower() in labels
        return None if known else f"{literal[:40]!r} is no value of the enum"
    if name in _NUMBERS and not _NUMBER.fullmatch(literal):
        return f"{literal[:40]!r} is no number"
    return _out_of_range(name, sign, literal) if name in _BITS else None


def _out_of_range(name: str, sign: str, literal: str) -> str | None:
    whole = literal.strip().partition(".")[0]
    if not whole.lstrip("+-").isdigit() or len(whole) > 40:
        return None
    bits, value = _BITS[name], int(whole)
    low, high = (0, 2**bits) if "unsigned" in sign else (-(2 ** (bits - 1)), 2 ** (bits - 1))
    return None if low <= value < high else f"{literal[:40]} is out of range for {name} {sign}".rstrip()
