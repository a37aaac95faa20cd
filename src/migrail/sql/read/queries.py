"""Queries inside other statements, and the relations that they read."""

from __future__ import annotations

import logging

from migrail.dialects import Dialect
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, Token
from migrail.sql.read.tails import anything
from migrail.sql.shallow import is_shallow

_QUERY_WORDS = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "EXECUTE", "("})


def take_query(cursor: Cursor, endings: tuple[str, ...] = ()) -> str:
    """Takes a query up to the end of the statement; its text without one of these endings."""
    return _take(cursor, endings)[0]


def take_query_and_relations(cursor: Cursor, endings: tuple[str, ...]) -> tuple[str, tuple[Name, ...]]:
    """Takes a query up to the end of the statement; its text without an ending, and what it reads."""
    text, found = _take(cursor, endings)
    return text, relations(text, found, cursor)


def _take(cursor: Cursor, endings: tuple[str, ...]) -> tuple[str, list[Token]]:
    if cursor.word not in _QUERY_WORDS:
        cursor.unexpected("where a query should stand")
    start, first = cursor.offset, cursor.index
    anything(cursor)
    found = cursor.between(first, cursor.index)
    for ending in endings:
        words = ending.split()
        if [token.word for token in found[-len(words) :]] == words:
            found = found[: -len(words)]
            break
    if not found:
        cursor.unexpected("where a query should stand")
    return cursor.text[start : found[-1].end], found


def relations(text: str, found: list[Token], cursor: Cursor) -> tuple[Name, ...]:
    """The relations that a query reads, without its own WITH names; by sqlglot where that can read it."""
    if len(text) <= _LONGEST_PARSED and is_shallow(found, cursor.dialect.sqlglot):
        parsed = _parsed_relations(text, cursor.dialect)
        if parsed is not None:
            return parsed
    return scanned_relations(found, cursor)


_LONGEST_PARSED = 200_000


def _parsed_relations(text: str, dialect: Dialect) -> tuple[Name, ...] | None:
    import sqlglot
    from sqlglot import exp

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL + 1)
    try:
        trees = sqlglot.parse(text, read=dialect.sqlglot)
    except Exception:
        # The text is anybody's and the parser somebody else's; the scan below reads everything.
        return None
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Query) or tree.find(exp.Command):
        return None

    def folded(identifier: exp.Expression) -> str:
        return dialect.fold(identifier.name, bool(identifier.args.get("quoted")))

    own = {folded(cte.args["alias"].this) for cte in tree.find_all(exp.CTE)}
    read: dict[Name, None] = {}
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            continue
        schema = table.args.get("db")
        name = Name(folded(schema) if schema else None, folded(table.this))
        if schema or name.name not in own:
            read[name] = None
    return tuple(read)


_ENDS_FROM = frozenset(
    {
        *("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT"),
        *("WINDOW", "OFFSET", "FETCH", "SELECT", "FOR", "RETURNING", "SET", "VALUES"),
    }
)
_OWN_FROM = frozenset({"EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION"})
"""Functions whose arguments are separated by FROM."""


def scanned_relations(found: list[Token], cursor: Cursor) -> tuple[Name, ...]:
    """The names behind FROM, JOIN and the commas of a FROM list."""
    scan = _Scan(found, cursor)
    while scan.index < len(found):
        scan.step()
    return tuple(name for name in scan.read if name.schema or name.name not in scan.own)


class _Scan:
    def __init__(self, found: list[Token], cursor: Cursor) -> None:
        self.found = found
        self.cursor = cursor
        self.index = 0
        self.read: dict[Name, None] = {}
        self.own: set[str] = set()
        """Names that WITH defines."""
        self.expected = False
        """A relation may come next."""
        self.listing = False
        """Inside a FROM list, where a comma brings the next relation."""
        self.outer: list[tuple[bool, bool]] = []
        """``listing`` and "has a FROM of its own" of the parentheses around."""
        self.own_from = False

    def word(self, ahead: int) -> str:
        index = self.index + ahead
        return self.found[index].word if 0 <= index < len(self.found) else ""

    def step(self) -> None:
        token = self.found[self.index]
        word = token.word
        if word == "(":
            self.outer.append((self.listing, self.own_from))
            self.own_from = self.word(-1) in _OWN_FROM
            self.listing = self.expected
        elif word == ")" and self.outer:
            self.listing, self.own_from = self.outer.pop()
            self.expected = False
        elif (word == "FROM" and self.word(-1) != "DISTINCT" and not self.own_from) or word == "JOIN":
            self.expected = self.listing = True
        elif word == ",":
            self.expected = self.listing
        elif word in _ENDS_FROM:
            self.expected = self.listing = False
        elif word in ("ONLY", "LATERAL", "TABLE"):
            pass
        elif token.kind in (Kind.WORD, Kind.NAME):
            self._name(token)
        self.index += 1

    def _name(self, token: Token) -> None:
        following = self.word(1)
        if following in ("AS", "(") and self.word(-1) in ("WITH", "RECURSIVE", ",") and not self.expected:
            self.own.add(self.cursor.folded(token))
        if not self.expected:
            return
        parts = [token]
        while self.word(1) == "." and self.index + 2 < len(self.found):
            self.index += 2
            parts.append(self.found[self.index])
        if self.word(1) != "(":
            names = [self.cursor.folded(part) for part in parts[-2:]]
            self.read[Name(names[0] if len(names) > 1 else None, names[-1])] = None
        self.expected = False
