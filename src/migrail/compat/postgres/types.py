"""Which operator, function or cast PostgreSQL finds for values of given types (manual, chapter 10).

Types are written as ``integer``, ``text[]`` or ``app.mood``. :data:`UNKNOWN` is the type of a string literal, of
NULL and of a placeholder, which become what is wanted; ``None`` stands for a type that is not known, of which
nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

UNKNOWN = "unknown"

_ANY = frozenset({"any", "anyelement", "anycompatible"})
_ANY_ARRAY = frozenset({"anyarray", "anycompatiblearray"})
_ANY_NOT_ARRAY = frozenset({"anynonarray", "anycompatiblenonarray"})
_ANY_RANGE = frozenset({"anyrange", "anycompatiblerange"})
_ANY_MULTIRANGE = frozenset({"anymultirange", "anycompatiblemultirange"})
_POLYMORPHIC = _ANY | _ANY_ARRAY | _ANY_NOT_ARRAY | _ANY_RANGE | _ANY_MULTIRANGE | {"anyenum"}

RANGES = {
    "int4range": "integer",
    "int8range": "bigint",
    "numrange": "numeric",
    "tsrange": "timestamp",
    "tstzrange": "timestamptz",
    "daterange": "date",
}
"""Range → the type of its bounds."""
_MULTIRANGES = {name.replace("range", "multirange"): name for name in RANGES}
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


@dataclass(frozen=True, slots=True)
class Signature:
    """One overload of an operator or function."""

    name: str
    arguments: tuple[str, ...]
    """The last one stands for any number of arguments where it is variadic."""
    result: str | None
    kind: str = "f"
    """``f`` function, ``a`` aggregate, ``w`` window function, ``p`` procedure."""
    defaults: int = 0
    variadic: bool = False
    set: bool = False
    """Whether it gives any number of rows."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of a result that is a row: name and type."""
    names: tuple[str, ...] = ()
    """Of the arguments, where they are known."""


class NoMatch(Exception):
    """No overload takes such arguments."""


@dataclass(frozen=True, slots=True)
class Types:
    """The types of one structure: those that PostgreSQL brings along and those that migrations made."""

    enums: frozenset[str] = frozenset()
    """``schema.name``."""
    others: frozenset[str] = frozenset()
    """Composite types and tables, which are types as well."""
    own_operators: Mapping[str, tuple[Signature, ...]] = field(default_factory=dict, compare=False)
    """Symbol → the overloads that migrations made."""
    _operators: dict[tuple[str, str | None, str | None], str | NoMatch | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was found so far: queries compare the same types again and again."""

    def knows(self, type_: str) -> bool:
        """Whether it is a type of which everything is known."""
        element = type_.removesuffix("[]")
        return element == UNKNOWN or element in categories() or element in self.enums or element in self.others

    def category(self, type_: str) -> str:
        """As in ``pg_type.typcategory``."""
        if type_.endswith("[]"):
            return "A"
        if type_ in self.enums:
            return "E"
        return categories().get(type_, ("U", False))[0]

    def implicit(self, source: str, target: str) -> bool:
        """Whether a value of one type stands for the other without being asked."""
        return self._casts(source, target, "i")

    def assignable(self, source: str, target: str) -> bool:
        """Whether a value of one type can be written into a column of the other."""
        if source.endswith("[]") and target.endswith("[]"):
            return self.assignable(source[:-2], target[:-2])
        return self._casts(source, target, "ia") or (
            self.category(target) == "S" and self.category(source) != "P" and target != "name"
        )

    def castable(self, source: str, target: str) -> bool:
        """Whether CAST takes it."""
        return self._casts(source, target, "iae") or "S" in (self.category(source), self.category(target))

    def _casts(self, source: str, target: str, contexts: str) -> bool:
        if UNKNOWN in (source, target) or source == target or target == "any":
            return True
        if target in _POLYMORPHIC:
            return self._fits(source, target)
        if source.endswith("[]") and target.endswith("[]"):
            return self._casts(source[:-2], target[:-2], contexts)
        if target == "record" and source in self.others:
            return True
        return casts().get((source, target), "-") in contexts

    def _fits(self, source: str, target: str) -> bool:
        if target in _ANY_ARRAY:
            return source.endswith("[]")
        if target in _ANY_NOT_ARRAY:
            return not source.endswith("[]")
        if target in _ANY_RANGE:
            return source in RANGES
        if target in _ANY_MULTIRANGE:
            return source in _MULTIRANGES
        return target != "anyenum" or source in self.enums

    # Overloads

    def operator(self, symbol: str, left: str | None, right: str | None) -> str | None:
        """The type of ``left symbol right``; ``left`` is empty for a prefix operator.

        Raises:
            NoMatch: there is no such operator.
        """
        key = (symbol, left, right)
        if key not in self._operators:
            try:
                self._operators[key] = self._operator(symbol, left, right)
            except NoMatch as nothing:
                self._operators[key] = nothing.with_traceback(None)
        known = self._operators[key]
        if isinstance(known, NoMatch):
            raise NoMatch
        return known

    def _operator(self, symbol: str, left: str | None, right: str | None) -> str | None:
        found = (*self.own_operators.get(symbol, ()), *operators().get(symbol, ()))
        if not found:
            return None
        if left == "":
            return self._best([item for item in found if len(item.arguments) == 1], [right])
        return self._best([item for item in found if len(item.arguments) == 2], [left, right])

    def call(self, overloads: Iterable[Signature], arguments: Sequence[str | None]) -> Signature | None:
        """The overload that a call means; ``None`` where that cannot be told.

        Raises:
            NoMatch: none takes such arguments.
        """
        fitting = [spread for item in overloads if (spread := _spread(item, len(arguments))) is not None]
        if not fitting:
            raise NoMatch
        return self._choose(fitting, arguments)

    def _best(self, found: Sequence[Signature], arguments: Sequence[str | None]) -> str | None:
        chosen = self._choose(found, arguments)
        return None if chosen is None else self.result_of(chosen, arguments)

    def _choose(self, found: Sequence[Signature], arguments: Sequence[str | None]) -> Signature | None:
        if any(argument is None or not self.knows(argument) for argument in arguments):
            same = {item.result for item in found}
            return found[0] if len(same) == 1 and not same & _POLYMORPHIC else None
        known = [argument for argument in arguments if argument is not None]
        assumed = _assumed(known)
        for wanted in (known, assumed):
            exact = [item for item in found if list(item.arguments) == wanted]
            if exact:
                return exact[0]
        fitting = [item for item in found if all(map(self.implicit, known, item.arguments))]
        fitting = [item for item in fitting if _agree(item.arguments, known)]
        if not fitting:
            raise NoMatch
        return self._narrowed(fitting, known)

    def _narrowed(self, fitting: list[Signature], known: Sequence[str]) -> Signature | None:
        def most(count: Callable[[Signature], int]) -> None:
            best = max(map(count, fitting))
            fitting[:] = [item for item in fitting if count(item) == best]

        most(lambda item: sum(a == b for a, b in zip(item.arguments, known, strict=True)))
        if len(fitting) > 1:
            most(
                lambda item: sum(b != UNKNOWN and _preferred(a) for a, b in zip(item.arguments, known, strict=True))
            )
        if len(fitting) > 1:
            most(
                lambda item: sum(
                    b == UNKNOWN and self.category(a) == "S" for a, b in zip(item.arguments, known, strict=True)
                )
            )
        if len(fitting) > 1:
            others = {b for b in known if b != UNKNOWN}
            most(lambda item: sum(a in others for a in item.arguments))
        results = {item.result for item in fitting}
        return fitting[0] if len(results) == 1 or len(fitting) == 1 else None

    def result_of(self, chosen: Signature, arguments: Sequence[str | None]) -> str | None:
        """The type that a call gives, where the overload says so or it follows from the arguments."""
        if chosen.result not in _POLYMORPHIC:
            return chosen.result
        for wanted, given in zip(chosen.arguments, arguments, strict=False):
            if wanted not in _POLYMORPHIC or given in (None, UNKNOWN):
                continue
            element = _element(wanted, str(given))
            if element is not None:
                return _made(str(chosen.result), element, str(given))
        return None


def common(types: Types, found: Sequence[str | None]) -> str | None:
    """The type of CASE, COALESCE, UNION and ARRAY over these (manual, 10.5).

    Raises:
        NoMatch: they have none in common.
    """
    known = [item for item in found if item != UNKNOWN]
    if not known:
        return UNKNOWN if found else None
    chosen = known[0]
    for item in known[1:]:
        if item is None or chosen is None:
            return None
        if item == chosen:
            continue
        if not types.knows(item) or not types.knows(chosen):
            return None
        if types.category(item) != types.category(chosen):
            raise NoMatch
        if types.implicit(chosen, item) and not (_preferred(chosen) and not _preferred(item)):
            chosen = item
        elif not types.implicit(item, chosen):
            raise NoMatch
    return chosen


def _assumed(arguments: Sequence[str]) -> list[str]:
    """Of two arguments, one literal is taken for the other's type."""
    known = {item for item in arguments if item != UNKNOWN}
    if len(arguments) != 2 or len(known) != 1:
        return list(arguments)
    (only,) = known
    return [only, only]


def _spread(item: Signature, count: int) -> Signature | None:
    """The overload with as many arguments as a call has; ``None`` where it does not take that many."""
    wanted = len(item.arguments)
    if item.variadic and count >= wanted:
        last = item.arguments[-1]
        element = last.removesuffix("[]") if last.endswith("[]") else {"anyarray": "anyelement"}.get(last, last)
        arguments = (*item.arguments[:-1], *[element] * (count - wanted + 1))
    elif wanted - item.defaults - item.variadic <= count <= wanted:
        arguments = item.arguments[:count]
    else:
        return None
    return Signature(
        name=item.name,
        arguments=arguments,
        result=item.result,
        kind=item.kind,
        set=item.set,
        columns=item.columns,
    )


def _agree(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Whether arguments that have to be of one type are; ``anycompatible`` and its family may differ."""
    elements: set[str] = set()
    for one, other in zip(wanted, given, strict=True):
        if one in _POLYMORPHIC and not one.startswith("anycompatible") and one != "any" and other != UNKNOWN:
            element = _element(one, other)
            if element is not None:
                elements.add(element)
    return len(elements) < 2


def _element(wanted: str, given: str) -> str | None:
    if wanted in _ANY_ARRAY:
        return given.removesuffix("[]")
    if wanted in _ANY_RANGE:
        return RANGES.get(given)
    if wanted in _ANY_MULTIRANGE:
        return RANGES.get(_MULTIRANGES.get(given, ""))
    return given


def _made(result: str, element: str, given: str) -> str | None:
    if result in _ANY_ARRAY:
        return element if element.endswith("[]") else f"{element}[]"
    if result in _ANY_RANGE:
        return given if given in RANGES else None
    if result in _ANY_MULTIRANGE:
        return given if given in _MULTIRANGES else None
    return element


def _preferred(type_: str) -> bool:
    return categories().get(type_, ("U", False))[1]


# Tables


def _lines(table: str) -> list[list[str]]:
    from migrail.compat.postgres import signatures

    text: str = getattr(signatures, table)
    return [line.split(";") for line in text.split("\n") if line]


@cache
def categories() -> dict[str, tuple[str, bool]]:
    """Type → category, and whether it is the preferred one of it."""
    return {name: (category, preferred == "t") for name, category, preferred in _lines("TYPES")}


@cache
def casts() -> dict[tuple[str, str], str]:
    """Source and target → ``i``, ``a`` or ``e``."""
    return {(source, target): context for source, target, context in _lines("CASTS")}


@cache
def operators() -> dict[str, tuple[Signature, ...]]:
    """Symbol → overloads."""
    found: dict[str, list[Signature]] = {}
    for symbol, left, right, result in _lines("OPERATORS"):
        arguments = (left, right) if left else (right,)
        found.setdefault(symbol, []).append(Signature(symbol, arguments, result))
    return {symbol: tuple(overloads) for symbol, overloads in found.items()}


@cache
def _function_lines() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for fields in _lines("FUNCTIONS"):
        found.setdefault(fields[0], []).append(fields)
    return found


@cache
def functions(name: str) -> tuple[Signature, ...]:
    """The overloads of a function that PostgreSQL brings along."""
    return tuple(_signature(fields) for fields in _function_lines().get(name, ()))


def _signature(fields: Sequence[str]) -> Signature:
    name, kind, arguments, defaults, variadic, many, result, columns = fields
    pairs = (part.partition(" ") for part in columns.split(",") if part)
    return Signature(
        name=name,
        arguments=tuple(arguments.split(",")) if arguments else (),
        result=result or None,
        kind=kind,
        defaults=int(defaults),
        variadic=variadic == "t",
        set=many == "t",
        columns=tuple((column, type_) for column, _, type_ in pairs),
    )
