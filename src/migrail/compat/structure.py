"""A catalog with what judging many queries asks of it again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from migrail import dialects
from migrail.catalog import Catalog
from migrail.catalog.signatures import Argument, arguments_in
from migrail.catalog.values import Composite, Domain, Enum, Function, Table
from migrail.compat.postgres.types import UNKNOWN, Signature, Types
from migrail.model.structure import Name, SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.types import read_type

if TYPE_CHECKING:
    from migrail.compat.scope import Field, Source

_DOMAIN_DEPTH = 32
_PLAIN = "pg_catalog"


class Structure:
    """A catalog as a new session of the application sees it."""

    def __init__(self, catalog: Catalog, search_path: tuple[str, ...] = ()) -> None:
        """``search_path`` is that of the application, where it is known."""
        fresh = catalog.in_new_session()
        self.catalog = replace(fresh, search_path=search_path) if search_path else fresh
        self.dialect = catalog.dialect
        self.typed = catalog.dialect.name == "postgres"
        """Whether types are looked at; those of the other databases take nearly everything for everything."""
        self._signatures: dict[Name, tuple[Signature, ...]] = {}
        self.types = Types(
            enums=frozenset(str(name) for name, item in catalog.types.items() if isinstance(item, Enum)),
            others=frozenset(map(str, catalog.tables))
            | {str(name) for name, item in catalog.types.items() if isinstance(item, Composite)},
            own_operators=self._own_operators() if self.typed else {},
        )
        self.views: dict[Name, tuple[Field, ...] | None] = {}
        """Views whose columns were worked out; ``None`` while that is being done."""
        self.sources: dict[Name, Source] = {}
        """Tables with their columns, as FROM lists have them."""
        self.view_flaws: dict[Name, tuple[tuple[str, bool], ...]] = {}
        """What every query of a view meets: the reason, and whether it is certain."""

    def _own_operators(self) -> dict[str, tuple[Signature, ...]]:
        """Symbol → the operators that migrations made and that the search path finds."""
        found: dict[str, list[Signature]] = {}
        for item in self.catalog.others.values():
            if item.key.kind != "OPERATOR" or item.key.name.schema not in self.catalog.search_path:
                continue
            given = tuple(self._type_of(argument) or "any" for argument in _arguments(item.arguments))
            operands = tuple(type_ for type_ in given if type_ != "none")
            overloads = self.functions(item.function) if item.function is not None else ()
            result = next((known.result for known in overloads if known.arguments == operands), None)
            symbol = item.key.name.name
            found.setdefault(symbol, []).append(Signature(symbol, operands, result))
        return {symbol: tuple(known) for symbol, known in found.items()}

    def spelled(self, type_: SqlType | None) -> str | None:
        """A type as overloads are looked up by it: without length, domains as what they are based on."""
        if type_ is None or not self.typed:
            return None
        for _ in range(_DOMAIN_DEPTH):
            below = self.catalog.domain_base(type_)
            if below is None:
                break
            type_ = below
        resolved = self.catalog.resolve_type(type_.name) if self.catalog.types else None
        name = str(resolved) if resolved is not None else type_.name.removeprefix(f"{_PLAIN}.")
        return name + ("[]" if type_.dimensions else "")

    def domain(self, type_: SqlType | None) -> Domain | None:
        """The domain that a type is, if it is one."""
        if type_ is None or not self.catalog.types:
            return None
        resolved = self.catalog.resolve_type(type_.name)
        found = self.catalog.types.get(resolved) if resolved is not None else None
        return found if isinstance(found, Domain) else None

    def enum(self, type_: str | None) -> Enum | None:
        """The enum of that spelled name."""
        if type_ is None or type_ not in self.types.enums:
            return None
        schema, _, name = type_.rpartition(".")
        found = self.catalog.types.get(Name(schema or None, name))
        return found if isinstance(found, Enum) else None

    def functions(self, name: Name) -> tuple[Signature, ...]:
        """The overloads that migrations made."""
        found = self.catalog.function(name)
        if not found:
            return ()
        key = found[0].name
        if key not in self._signatures:
            self._signatures[key] = tuple(self._signature(item) for item in found)
        return self._signatures[key]

    def _signature(self, function: Function) -> Signature:
        arguments, result = _arguments(function.arguments), function.returns
        given = [item for item in arguments if item.mode != "OUT"]
        out = [item for item in arguments if item.mode in ("OUT", "INOUT", "TABLE")]
        returned = _returned(result)
        columns = [*out, *returned.columns]
        single = self.spelled(returned.type)
        return Signature(
            name=function.name.name,
            arguments=tuple(self._type_of(item) or "any" for item in given),
            result="record" if len(columns) > 1 else self._type_of(columns[0]) if columns else single,
            kind="a" if function.aggregate else "p" if function.procedure else "f",
            defaults=sum(item.default for item in given),
            variadic=bool(given) and given[-1].mode == "VARIADIC",
            set=returned.many,
            columns=tuple((item.name, self._type_of(item) or "any") for item in columns),
            names=tuple(item.name for item in given),
        )

    def _type_of(self, argument: Argument) -> str | None:
        """The type of an argument; that of a column (``t.a%TYPE``) is not followed."""
        return None if argument.type.name.endswith("%type") else self.spelled(argument.type)

    def displayed(self, name: Name) -> str:
        """A name as reasons print it: without the schema where names live unless said otherwise."""
        return name.name if name.schema in (self.dialect.default_schema, "pg_temp", None) else str(name)

    def row_table(self, type_: str | None) -> Table | None:
        """The table whose rows a type describes."""
        if type_ is None or type_ == UNKNOWN:
            return None
        schema, _, name = type_.rpartition(".")
        return self.catalog.tables.get(self.catalog.resolve(Name(schema or None, name)))


class _Returned:
    __slots__ = ("columns", "many", "type")

    def __init__(self, type_: SqlType | None, many: bool, columns: Sequence[Argument] = ()) -> None:
        self.type, self.many, self.columns = type_, many, tuple(columns)


@lru_cache(maxsize=10_000)
def _arguments(text: str) -> tuple[Argument, ...]:
    """Of what cannot be read, nothing is known."""
    try:
        return tuple(arguments_in(Cursor(text, dialects.get("postgres"))))
    except (NotUnderstood, Unclosed):
        return ()


@lru_cache(maxsize=10_000)
def _returned(text: str | None) -> _Returned:
    if not text:
        return _Returned(None, many=False)
    try:
        cursor = Cursor(text, dialects.get("postgres"))
        if cursor.take("TABLE"):
            return _Returned(None, many=True, columns=_arguments(cursor.group()))
        many = bool(cursor.take("SETOF"))
        return _Returned(read_type(cursor), many=many)
    except (NotUnderstood, Unclosed):
        return _Returned(None, many=False)


@lru_cache(maxsize=10_000)
def type_from(text: str, dialect: str) -> SqlType | None:
    """A type as written in a cast."""
    try:
        cursor = Cursor(text, dialects.get(dialect))
        found = read_type(cursor)
    except (NotUnderstood, Unclosed):
        return None
    return found if cursor.done else None
