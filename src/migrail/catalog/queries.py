"""What can be compared of a query although a server prints it in its own way.

PostgreSQL prints a view with every column qualified, ``*`` spelled out, casts and aliases of its own. What stays
are the literals, the functions that are called and the names of the columns that come out.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrail.catalog.literals import canonical_literal, canonical_number, is_number
from migrail.catalog.mysql_forms import SYNONYMS
from migrail.catalog.values import View
from migrail.dialects import Dialect
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.expressions import functions_in
from migrail.sql.lexer import Kind, Token, Unclosed
from migrail.sql.types import read_type

_RENAMED = {
    "current_timestamp": "now",
    "transaction_timestamp": "now",
    "extract": "date_part",
    "trim": "btrim",
}
_CONSTRUCTS = frozenset({"timezone", "like_escape", "similar_to_escape", "similar_escape", "coalesce", "nullif"})
"""Functions that stand for operators, or that the server writes where the author had none."""
_ENDS_LIST = frozenset(
    {
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
        "HAVING",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "WINDOW",
        "ORDER",
        "GROUP",
        "ROWS",
    }
)
_TRUTHS = frozenset({"true", "false", "t", "f"})


@dataclass(frozen=True, slots=True)
class QueryOutline:
    """What stays of a query when a server rewrites it."""

    literals: frozenset[str]
    functions: frozenset[str]

    def __str__(self) -> str:
        return ", ".join([*sorted(self.functions), *(repr(item) for item in sorted(self.literals))]) or "-"


def outline(query: str, dialect: Dialect) -> QueryOutline | None:
    """The outline of a query, or ``None`` where it cannot be read."""
    cursor = Cursor(query, dialect)
    try:
        literals = frozenset(_Literals(cursor).found())
        named = functions_in(cursor, [token for token in cursor.between(0, cursor.index) if token.word != ";"])
    except (NotUnderstood, Unclosed):
        return None
    functions = (name.rpartition(".")[2] for name in named)
    if dialect.check_names is not None:
        functions = (SYNONYMS.get(name, name) for name in functions)
    return QueryOutline(
        literals=literals,
        functions=frozenset(_RENAMED.get(name, name) for name in functions if name not in _CONSTRUCTS),
    )


class _Literals:
    """Walks over a query. Positions in ORDER BY and GROUP BY are no literals: the server replaces them."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.lists: list[bool] = [False]
        """Inside each parenthesis: whether a list behind BY is being read."""

    def found(self) -> list[str]:
        literals: list[str] = []
        while not self.cursor.done:
            literal = self._step()
            if literal:
                literals.append(literal)
        return literals

    def _step(self) -> str:
        cursor = self.cursor
        if cursor.take(":", ":"):
            read_type(cursor)
            return ""
        token = cursor.next()
        if token.word == "AS":
            _type_of_cast(cursor)
        elif token.word == "(":
            self.lists.append(False)
        elif token.word == ")" and len(self.lists) > 1:
            self.lists.pop()
        elif token.word == "BY":
            self.lists[-1] = True
        elif token.word in _ENDS_LIST:
            self.lists[-1] = False
        elif token.kind is Kind.STRING:
            cursor.index -= 1
            literal = canonical_literal(cursor.string())
            literal = literal.removeprefix("-") if is_number(literal) else literal
            return "" if literal.lower() in _TRUTHS else literal or "''"
        elif token.kind is Kind.NUMBER and not self.lists[-1]:
            return canonical_number(token.text)
        return ""


def _type_of_cast(cursor: Cursor) -> None:
    """Takes the type of ``CAST(a AS varchar(5))``, whose length is no literal; nothing where AS names something."""
    start = cursor.index
    try:
        read_type(cursor)
    except NotUnderstood:
        cursor.index = start
        return
    if not cursor.at(")"):
        cursor.index = start


def output_columns(query: str, dialect: Dialect) -> tuple[str, ...] | None:
    """The names of the columns that come out of a query, or ``None`` where ``*`` or the server decides them."""
    cursor = Cursor(query, dialect)
    try:
        if not cursor.take("SELECT") or cursor.word in ("DISTINCT", "ALL"):
            return None
        names: list[str] = []
        item: list[Token] = []
        while not cursor.done and cursor.word not in ("FROM", "UNION", ";", "WHERE"):
            if cursor.take(","):
                names.append(_output(item, cursor))
                item = []
                continue
            if cursor.at("("):
                cursor.group()
                item.append(Token(Kind.SYMBOL, "()", 0, 0, "()"))
            else:
                item.append(cursor.next())
        names.append(_output(item, cursor))
    except (NotUnderstood, Unclosed):
        return None
    return tuple(names) if all(names) else None


def view_columns(view: View, dialect: Dialect) -> tuple[str, ...] | None:
    """The names of a view's columns as queries see them, or ``None`` where the server decides them."""
    columns = view.columns or output_columns(view.query, dialect) or _of_star(view, dialect)
    if columns is None:
        return None
    renamed = dict(view.renamed)
    return tuple(renamed.get(column, column) for column in columns)


def _of_star(view: View, dialect: Dialect) -> tuple[str, ...] | None:
    """The columns behind ``SELECT * FROM a``, which are those that the table had when the view was made."""
    cursor = Cursor(view.query, dialect)
    if len(view.bound) != 1 or not cursor.take("SELECT", "*", "FROM"):
        return None
    columns = view.bound[0].columns
    return None if columns is None else tuple(written for written, _ in columns)


def _output(item: list[Token], cursor: Cursor) -> str:
    """``a``, ``t.a`` and ``... AS a`` name themselves; the rest is left to the server."""
    last = item[-1] if item else None
    if last is None or last.kind not in (Kind.WORD, Kind.NAME):
        return ""
    path = len(item) % 2 == 1 and all(token.word == "." for token in item[1::2])
    if len(item) > 1 and item[-2].word == "AS":
        return cursor.folded(last)
    return cursor.folded(last) if path and last.word not in cursor.reserved else ""
