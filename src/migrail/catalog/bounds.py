"""Which rows the bound of a partition takes (PostgreSQL), as far as its constants tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from migrail.catalog.catalog import Catalog
from migrail.catalog.normal import words
from migrail.catalog.values import Table
from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Kind, Unclosed
from migrail.sql.types import read_type

Value = tuple[int, object]
"""A constant, behind what it is sorted by first: below MINVALUE and above MAXVALUE is nothing."""

_NULL: Value = (2, None)
_ENDS: dict[str, Value] = {"MINVALUE": (-1, None), "MAXVALUE": (1, None)}
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric"})
_TEXTS = frozenset({"text", "varchar", "char", "uuid"})
_DEEPEST = 32
"""Domains over domains are followed this far."""


@dataclass(frozen=True, slots=True)
class Listed:
    """``IN (...)``."""

    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Ranged:
    """``FROM (...) TO (...)``: with the first row, without the last."""

    low: tuple[Value, ...]
    high: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Hashed:
    """``WITH (MODULUS ..., REMAINDER ...)``."""

    modulus: int
    remainder: int


Bound = Listed | Ranged | Hashed
_WORDS = {"LIST": "IN", "RANGE": "FROM", "HASH": "WITH"}
"""What a bound begins with, by how the table is partitioned."""


def conflict(catalog: Catalog, parent: Table, text: str) -> str | None:
    """Why a partition with that bound cannot be one of a partitioned table."""
    shown, method = catalog.display(parent.name), _method(parent)
    if text == "DEFAULT":
        if method == "HASH":
            return f"{shown} is partitioned by hash and cannot have a default partition"
    elif not _begins_with(text, _WORDS.get(method, ""), catalog):
        return f"{shown} is partitioned by {method.lower()}, which {text} is no bound of"
    made = read_bound(catalog, parent, text)
    if isinstance(made, Ranged) and _is_before(made.low, made.high) is False:
        return f"no row lies in {text}"
    for name in parent.children:
        child = catalog.tables.get(name)
        other = child.partition_bound if child is not None else None
        if other is None:
            continue
        known = read_bound(catalog, parent, other)
        if made == known if made is not None else words(text, catalog.dialect) == words(other, catalog.dialect):
            return f"partition {catalog.display(name)} holds the same rows"
        if made is not None and overlap(made, known):
            return f"partition {catalog.display(name)} holds some of the same rows"
    return None


def overlap(one: Bound, other: Bound | None) -> bool:
    """Whether some rows are certainly in both."""
    match one, other:
        case Listed(), Listed():
            return bool(one.values & other.values)
        case Ranged(), Ranged():
            return bool(_is_before(one.low, other.high) and _is_before(other.low, one.high))
        case Hashed(), Hashed():
            # A modulus is a factor of the next larger one.
            smaller = min(one.modulus, other.modulus)
            return one.remainder % smaller == other.remainder % smaller
    return False


def _is_before(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool | None:
    """``None`` where that cannot be told: of two texts, the collation decides."""
    for left, right in zip(one, other, strict=False):
        if left == right:
            continue
        if left[0] != right[0]:
            return left[0] < right[0]
        if type(left[1]) is not type(right[1]) or not isinstance(left[1], Decimal | date):
            return None
        try:
            return bool(left[1] < right[1])  # type: ignore[operator]
        except TypeError:
            return None  # one with a time zone, one without
    return False


# Reading


def _method(parent: Table) -> str:
    return (parent.partitioned_by or "").strip().partition("(")[0].strip().upper()


def _begins_with(text: str, word: str, catalog: Catalog) -> bool:
    return Cursor(text, catalog.dialect).at("FOR", "VALUES", word)


def read_bound(catalog: Catalog, parent: Table, text: str) -> Bound | None:
    """The bound; ``None`` where it is made of anything but constants, and for DEFAULT."""
    cursor = Cursor(text, catalog.dialect)
    types = _key_types(catalog, parent)
    try:
        cursor.take("FOR", "VALUES")
        if cursor.take("IN"):
            values = cursor.listed(lambda inner: _value(inner, types[0] if types else None, catalog))
            return Listed(frozenset(values))
        if cursor.take("FROM"):
            low = _row(cursor, types, catalog)
            cursor.expect("TO")
            return Ranged(low, _row(cursor, types, catalog))
        cursor.expect("WITH", "(", "MODULUS")
        modulus = int(cursor.number())
        cursor.expect(",", "REMAINDER")
        remainder = int(cursor.number())
    except (NotUnderstood, Unclosed, ValueError):
        return None
    return Hashed(modulus, remainder) if modulus > 0 else None


def _row(cursor: Cursor, types: Sequence[SqlType | None], catalog: Catalog) -> tuple[Value, ...]:
    left = list(types)
    return tuple(cursor.listed(lambda inner: _value(inner, left.pop(0) if left else None, catalog)))


def _value(cursor: Cursor, type_: SqlType | None, catalog: Catalog) -> Value:
    if end := cursor.take_one(_ENDS):
        return _ENDS[end]
    if cursor.take("NULL"):
        return _NULL
    if cursor.take("DATE"):
        type_ = SqlType(name="date")
    token = cursor.peek()
    if token.kind is Kind.STRING:
        text = cursor.string()
    elif word := cursor.take_one(("TRUE", "FALSE")):
        return (0, word == "TRUE")
    else:
        text, type_ = cursor.number(), type_ or SqlType(name="numeric")
    while cursor.take(":", ":"):
        read_type(cursor)
    if cursor.word not in (",", ")"):
        cursor.unexpected()
    return (0, _constant(text, type_, in_utc=catalog.in_utc))


def _constant(text: str, type_: SqlType | None, *, in_utc: bool) -> object:
    """
    Raises:
        ValueError: it is not known what the text stands for.
    """
    name = type_.name if type_ is not None and not type_.dimensions else ""
    if name in _NUMBERS:
        whole = type_ is not None and (name != "numeric" or bool(type_.arguments))
        return _number(text, whole=whole)
    if name == "date":
        return date.fromisoformat(text)
    if name == "timestamptz":
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if in_utc and moment.tzinfo is None else moment
    if name == "timestamp":
        return datetime.fromisoformat(text).replace(tzinfo=None)  # the zone is passed over
    if name in _TEXTS:
        return text
    raise ValueError(text)


def _number(text: str, *, whole: bool) -> Decimal:
    """A number; where ``whole`` is asked for, the server would round all others."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        raise ValueError(text)
    return number


def _key_types(catalog: Catalog, parent: Table) -> list[SqlType | None]:
    """The types of the columns that a table is partitioned by, below domains; ``None`` for an expression."""
    cursor = Cursor((parent.partitioned_by or "").strip(), catalog.dialect)
    try:
        cursor.next()
        return cursor.listed(lambda inner: _key_type(inner, catalog, parent))
    except (NotUnderstood, Unclosed):
        return []


def _key_type(cursor: Cursor, catalog: Catalog, parent: Table) -> SqlType | None:
    name = cursor.identifier() if cursor.at_name() and cursor.peek(1).word != "(" else ""
    while cursor.word not in (",", ")"):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    column = parent.columns.get(name)
    type_ = column.type if column is not None else None
    for _ in range(_DEEPEST):
        below = catalog.domain_base(type_) if type_ is not None else None
        if below is None:
            break
        type_ = below
    return type_
