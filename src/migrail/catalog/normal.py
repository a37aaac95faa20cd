"""Expressions in a normal form, so that what an author wrote equals what a server made of it.

PostgreSQL keeps a default, a CHECK or an index expression as a tree and prints it in its own way. The normal form
takes away what that changes (ruleutils.c, gram.y):

- casts are left out: the server adds its own and does not say which; ``int '1'`` and ``CAST('1' AS int)`` too;
- parentheses and white space do not count, ``a AND (b AND c)`` is ``a AND b AND c``;
- names are folded, without quotes, schema and table; functions and keywords have no case;
- literals have one spelling: see :mod:`migrail.catalog.literals`;
- ``now()``, ``transaction_timestamp()`` and ``CURRENT_TIMESTAMP`` are one;
- ``x BETWEEN a AND b`` is ``x >= a AND x <= b``; ``x IN (a, b)`` is ``x = ANY (ARRAY[a, b])``; ``x NOT IN (...)``
  and ``x <> ALL (...)`` are the negation; ``IS NOT DISTINCT FROM`` is the negation of ``IS DISTINCT FROM``;
- ``LIKE`` and ``ILIKE`` are ``~~`` and ``~~*``, ``!=`` is ``<>``, ``ISNULL`` is ``IS NULL``;
- ``x AT TIME ZONE z`` is ``timezone(z, x)``, ``EXTRACT(f FROM x)`` is ``date_part(f, x)``, ``TRIM(BOTH c FROM x)``
  is ``btrim(x, c)``, and the same for other functions with words between their arguments.

What the small parser here does not know (subqueries, window functions) is compared by its names and literals.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrail.catalog.literals import canonical_literal, canonical_number
from migrail.catalog.mysql_forms import SYNONYMS
from migrail.catalog.tree import NOW, VALUES, Parser
from migrail.dialects import Dialect
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Kind, Unclosed
from migrail.sql.types import read_type


@dataclass(frozen=True, slots=True)
class Normal:
    """An expression in its normal form."""

    tree: tuple[str, ...] | None
    """``None`` where it was not understood."""
    atoms: frozenset[str]
    """Its names and literals."""

    def same(self, other: Normal) -> bool:
        """Whether both mean the same, as far as can be told."""
        if self.tree is None or other.tree is None:
            return self.atoms == other.atoms
        return self.tree == other.tree


def normal(text: str, dialect: Dialect, *, boolean: bool = False, integers: frozenset[str] = frozenset()) -> Normal:
    """The normal form of an expression.

    Args:
        boolean: whether its value becomes a boolean, so that the literal ``'t'`` is ``true``.
        integers: the columns for whose sake MySQL turns what they are compared with into integers.
    """
    tree: tuple[str, ...] | None
    try:
        tree = Parser(Cursor(text, dialect), boolean=boolean, integers=integers).whole()
    except (NotUnderstood, Unclosed):
        tree = None
    return Normal(tree=tree, atoms=frozenset(atoms(text, dialect)))


_NOISE = frozenset({"BETWEEN", "COALESCE", "ROW", "EXISTS", "VALUES", "PRECISION", "OPERATOR"})


def atoms(text: str, dialect: Dialect) -> list[str]:
    """The names and canonical literals of a text, in order, without casts."""
    cursor = Cursor(text, dialect)
    found: list[str] = []
    try:
        while not cursor.done:
            found.extend(_atom(cursor))
    except (NotUnderstood, Unclosed):
        return [" ".join(text.split())]
    return found


def words(text: str, dialect: Dialect) -> tuple[str, ...]:
    """A text that a server keeps as it was written, without blanks, comments and the case and quotes of names."""
    cursor = Cursor(text, dialect)
    found: list[str] = []
    try:
        while not cursor.done:
            token = cursor.next()
            named = token.kind in (Kind.WORD, Kind.NAME)
            found.append(cursor.folded(token) if named else token.text)
    except Unclosed:
        return (text,)
    return tuple(found)


def _atom(cursor: Cursor) -> list[str]:
    if cursor.take(":", ":"):
        read_type(cursor)
        return []
    token = cursor.next()
    if token.kind is Kind.STRING:
        cursor.index -= 1
        return [canonical_literal(cursor.string())]
    if token.kind is Kind.NUMBER:
        return [canonical_number(token.text)]
    if token.kind not in (Kind.WORD, Kind.NAME) or cursor.at("."):
        return []
    word = token.word
    if token.kind is Kind.WORD and (word in _NOISE or (word in cursor.reserved and word not in VALUES)):
        return []
    name = cursor.folded(token)
    if cursor.dialect.check_names is not None:
        name = SYNONYMS.get(name.lower(), name.lower())
    return ["now" if name.lower() in NOW else name]
