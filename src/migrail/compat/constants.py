"""Constants: which types take them, and which objects they name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from migrail.compat.postgres.types import UNKNOWN
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed

if TYPE_CHECKING:
    from migrail.compat.expressions import Value
    from migrail.compat.work import Work

_INTEGERS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63, "oid": 2**32}
_INTEGER = re.compile(r"\s*[+-]?\d+\s*")
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.IGNORECASE)
_SPECIAL_NUMBERS = frozenset({"nan", "infinity", "-infinity", "inf", "-inf", "+inf", "+infinity"})
_TRUTHS = ("true", "false", "yes", "no")
_UUID = re.compile(r"\{?([0-9a-f]{4}-?){7}[0-9a-f]{4}\}?", re.IGNORECASE)
_DAY = re.compile(r"\d|\b(now|today|tomorrow|yesterday|epoch|infinity|allballs)\b", re.IGNORECASE)
_ISO = re.compile(r"\s*\d{4}(?:-(\d\d)-(\d\d)|(\d\d)(\d\d))(?!\d)")
_SPAN = re.compile(r"\d", re.IGNORECASE)
_ADDRESS = re.compile(r"[0-9a-f.:]+(/\d+)?", re.IGNORECASE)


def type_of_number(text: str) -> str:
    """The type of a number as it is written (manual, 4.1.2.6)."""
    if not _INTEGER.fullmatch(text):
        return "numeric"
    number = abs(int(text))
    return "integer" if number < _INTEGERS["integer"] else "bigint" if number < _INTEGERS["bigint"] else "numeric"


def must_fit(literal: str, type_: str, work: Work) -> None:
    """Notes a constant that the type does not take."""
    enum = work.structure.enum(type_)
    if enum is not None:
        if literal not in enum.labels:
            work.flaw(f"{_shown(literal)} is no value of enum {work.shown(enum.name)}")
        return
    if not fits(literal, type_):
        work.flaw(f"{_shown(literal)} is no {type_}")


def _shown(literal: str) -> str:
    return repr(literal if len(literal) <= 40 else literal[:37] + "...")


def fits(literal: str, type_: str) -> bool:
    """Whether a constant may be a value of the type; only what is refused for certain is not."""
    if type_ in _INTEGERS:
        return bool(_INTEGER.fullmatch(literal)) and abs(int(literal)) <= _INTEGERS[type_]
    check = _FITS.get("[]" if type_.endswith("[]") else type_)
    return check is None or check(literal)


def _is_number(literal: str) -> bool:
    return bool(_NUMBER.fullmatch(literal)) or literal.strip().lower() in _SPECIAL_NUMBERS


def _is_boolean(literal: str) -> bool:
    word = literal.strip().lower()
    return word in ("on", "off", "of", "1", "0") or (bool(word) and any(full.startswith(word) for full in _TRUTHS))


def _is_json(literal: str) -> bool:
    try:
        json.loads(literal, parse_constant=_refused)
    except (ValueError, RecursionError):
        return False
    return True


def _refused(constant: str) -> None:
    raise ValueError(constant)


_ARRAY = re.compile(r"\s*(?:\[[^\]]*\]\s*=\s*)?\{.*\}\s*", re.DOTALL)
_BROKEN_ELEMENT = re.compile(r'"(?:[^"\\]|\\.)*"\s*[^\s,}]', re.DOTALL)


def _is_moment(literal: str) -> bool:
    """A date with or without a time; its month and day are looked at where it is written as ISO 8601 has it."""
    found = _ISO.match(literal)
    if found is not None:
        return 1 <= int(found[1] or found[3]) <= 12 and 1 <= int(found[2] or found[4]) <= 31
    return bool(_DAY.search(literal)) and not _UUID.fullmatch(literal.strip())


def _is_array(literal: str) -> bool:
    """Braces around, and behind a quoted element a comma or the end."""
    return bool(_ARRAY.fullmatch(literal)) and not _BROKEN_ELEMENT.search(literal)


_FITS: dict[str, Callable[[str], bool]] = {
    "numeric": _is_number,
    "real": _is_number,
    "double precision": _is_number,
    "boolean": _is_boolean,
    "uuid": lambda literal: bool(_UUID.fullmatch(literal.strip())),
    "date": _is_moment,
    "timestamp": _is_moment,
    "timestamptz": _is_moment,
    "time": lambda literal: bool(_DAY.search(literal)),
    "timetz": lambda literal: bool(_DAY.search(literal)),
    "interval": lambda literal: bool(_SPAN.search(literal)),
    "inet": lambda literal: bool(_ADDRESS.fullmatch(literal.strip())),
    "cidr": lambda literal: bool(_ADDRESS.fullmatch(literal.strip())),
    "json": _is_json,
    "jsonb": _is_json,
    "[]": _is_array,
}


def compared(left: Value, right: Value, work: Work) -> None:
    """A constant beside an operator takes the type of the other side."""
    for one, other in ((left, right), (right, left)):
        if one.literal is not None and one.type == UNKNOWN and other.type not in (None, UNKNOWN):
            must_fit(one.literal, str(other.type), work)


def named_sequence(function: str, literal: str, work: Work) -> None:
    """``nextval('orders_id_seq')`` names a sequence."""
    if function in ("nextval", "currval", "setval"):
        registered(literal, "relation", work)


def registered(literal: str, kind: str, work: Work) -> None:
    """A name in a string, as in ``'orders'::regclass``."""
    structure = work.structure
    try:
        cursor = Cursor(literal, structure.dialect)
        name = cursor.name()
    except (NotUnderstood, Unclosed):
        return
    if kind == "relation":
        resolved = structure.catalog.resolve(name)
        if structure.catalog.has_relation(resolved):
            work.use("relation", resolved)
        elif not _of_the_server(name):
            work.flaw(f"relation {name} does not exist", missing=True)


def _of_the_server(name: Name) -> bool:
    return name.schema in ("pg_catalog", "information_schema") or name.name.startswith("pg_")
