"""Expressions: where they end and what can be said about them."""

from __future__ import annotations

from collections.abc import Iterable

from migrail.model.structure import Expression
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, Token
from migrail.sql.types import read_type
from migrail.sql.words import FUNCTION_NAMES, words

_VALUE_FUNCTIONS = words(
    """
    CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER
    LOCALTIME LOCALTIMESTAMP SESSION_USER USER
    """
)
"""Functions that are called without parentheses."""

_CONSTRUCTS = words(
    """
    ALL AND ANY ARRAY AS BETWEEN BY CASE CAST CHECK COALESCE COLLATE CONFLICT DISTINCT ELSE EXCEPT EXISTS FILTER
    FROM GREATEST GROUPING HAVING ILIKE IN INSERT INTERSECT IS JOIN KEY LATERAL LEAST LIKE MATERIALIZED NOT
    NULLIF ON OPERATOR OR OVER PARTITION RETURNING ROLLUP CUBE ROW SELECT SETS SOME THEN TREAT UNION UNIQUE
    USING VALUES WHEN WHERE WITHIN GROUP WITH
    """
)
"""Words that may stand before a parenthesis without being a function of any volatility of their own."""

_NAMES = (Kind.WORD, Kind.NAME)
_OPERATORS = frozenset("+-*/<>=~!@#%^&|`?")
_LITERALS = frozenset({"NULL", "TRUE", "FALSE"})
_TIGHT_CONNECTIVES = ("IS NOT DISTINCT FROM", "IS DISTINCT FROM", "AT TIME ZONE")
_CONNECTIVES = (
    *_TIGHT_CONNECTIVES,
    "AND",
    "OR",
    "NOT LIKE",
    "LIKE",
    "NOT ILIKE",
    "ILIKE",
    "NOT IN",
    "IN",
    "NOT BETWEEN",
    "BETWEEN",
    "NOT SIMILAR TO",
    "SIMILAR TO",
    "ESCAPE",
    "OVERLAPS",
)
"""Operators of several letters (gram.y, a_expr)."""

_SUFFIXES = (
    "IS NOT NULL",
    "IS NULL",
    "IS NOT TRUE",
    "IS TRUE",
    "IS NOT FALSE",
    "IS FALSE",
    "IS NOT UNKNOWN",
    "IS UNKNOWN",
    "ISNULL",
    "NOTNULL",
    "AT LOCAL",
)
_TYPE_TAILS = frozenset({"PRECISION", "VARYING", "WITH", "WITHOUT", "TIME", "ZONE"})
"""Words that follow the first word of a type."""
_TYPE_WORDS = words("TIMESTAMP TIME INTERVAL DOUBLE CHARACTER NATIONAL BIT CHAR NCHAR")


def expression(cursor: Cursor, first: int) -> Expression:
    """The expression from the token of an index up to the cursor."""
    found = cursor.between(first, cursor.index)
    if not found:
        cursor.unexpected("where an expression should stand")
    functions, columns = _mentions(cursor, found)
    text = cursor.text[found[0].start : found[-1].end]
    return Expression(text=text, functions=functions, columns=columns)


def group_expression(cursor: Cursor) -> Expression:
    """Takes an expression in parentheses, which are not part of its text."""
    cursor_index = cursor.index
    text = cursor.group()
    if not text:
        cursor.unexpected("behind an expression that is empty")
    functions, columns = _mentions(cursor, cursor.between(cursor_index + 1, cursor.index - 1))
    return Expression(text=text, functions=functions, columns=columns)


def remaining_expression(cursor: Cursor) -> Expression:
    """Takes everything up to the end as one expression."""
    first = cursor.index
    while not cursor.done:
        if cursor.at("(") or cursor.at("["):
            cursor.group()
        elif cursor.word in (")", "]"):
            cursor.unexpected()
        else:
            cursor.next()
    return expression(cursor, first)


def column_default(cursor: Cursor) -> Expression:
    """Takes the expression behind DEFAULT in a column definition: NOT, AND, IS NULL and COLLATE end it (b_expr)."""
    first = cursor.index
    _operand(cursor)
    while _operator(cursor) or cursor.take_phrase(_TIGHT_CONNECTIVES):
        _operand(cursor)
    return expression(cursor, first)


def value_expression(cursor: Cursor) -> Expression:
    """Takes an expression that nothing encloses, up to a comma, a closing parenthesis or the end."""
    first = cursor.index
    while True:
        while cursor.take("NOT"):
            pass
        _operand(cursor)
        while cursor.take_phrase(_SUFFIXES) or _collation(cursor):
            pass
        if not (_operator(cursor) or cursor.take_phrase(_CONNECTIVES)):
            return expression(cursor, first)


def functions_in(cursor: Cursor, found: Iterable[Token]) -> tuple[str, ...]:
    """Names of the functions that are called in a stretch of tokens."""
    return _mentions(cursor, found)[0]


def _collation(cursor: Cursor) -> bool:
    if not cursor.take("COLLATE"):
        return False
    cursor.name()
    return True


def _operator(cursor: Cursor) -> bool:
    if cursor.at("OPERATOR", "("):
        cursor.next()
        cursor.group()
        return True
    start = cursor.index
    while cursor.word in _OPERATORS:
        cursor.next()
    return cursor.index > start


def _operand(cursor: Cursor) -> None:
    while cursor.word in _OPERATORS:
        cursor.next()
    kind, word = cursor.peek().kind, cursor.word
    if kind is Kind.STRING:
        while cursor.peek().kind is Kind.STRING:
            cursor.next()
    elif kind in (Kind.NUMBER, Kind.PARAMETER):
        cursor.next()
    elif word == "(":
        cursor.group()
    elif word == "CASE":
        _case(cursor)
    elif word in _LITERALS or (word in _VALUE_FUNCTIONS and word in cursor.reserved):
        cursor.next()
        if cursor.at("("):
            cursor.group()
    elif word in ("ARRAY", "EXISTS", "ROW", "ANY", "ALL", "SOME", "CAST"):
        cursor.next()
        cursor.group()
    else:
        _word_operand(cursor)
    _suffixes(cursor)


def _word_operand(cursor: Cursor) -> None:
    """A function call, a column, or a literal with its type in front."""
    start = cursor.index
    if cursor.word in _TYPE_WORDS and cursor.dialect.name == "postgres":
        interval = cursor.word == "INTERVAL"
        read_type(cursor)
        if cursor.peek().kind is Kind.STRING:
            cursor.next()
            if interval:
                _interval_fields(cursor)
            return
        cursor.index = start
    cursor.name(function=True)
    while cursor.take("."):
        cursor.label()
    if cursor.at("("):
        cursor.group()
    if cursor.peek().kind is Kind.STRING:
        cursor.next()


def _interval_fields(cursor: Cursor) -> None:
    fields = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    if cursor.take_one(fields):
        if cursor.take("TO"):
            cursor.take_one(fields)
        if cursor.at("("):
            cursor.group()


def _suffixes(cursor: Cursor) -> None:
    while True:
        if cursor.take(":", ":"):
            read_type(cursor)
        elif cursor.at("["):
            cursor.group()
        elif cursor.take("."):
            if not cursor.take("*"):
                cursor.label()
        elif cursor.at("FILTER", "(") or cursor.at("OVER", "("):
            cursor.next()
            cursor.group()
        else:
            return


def _case(cursor: Cursor) -> None:
    depth = 0
    while True:
        if cursor.at("(") or cursor.at("["):
            cursor.group()
            continue
        depth += {"CASE": 1, "END": -1}.get(cursor.next().word, 0)
        if not depth:
            return


def _mentions(cursor: Cursor, found: Iterable[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The functions and the names that may be columns in a stretch of tokens."""
    mentions = _Mentions(cursor)
    for token in found:
        mentions.see(token)
    mentions.see(Token(Kind.END, "", 0, 0, ""))
    return tuple(mentions.functions), tuple(mentions.columns)


class _Mentions:
    """Looks at one token after the other. Dictionaries keep the names in order and once."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.functions: dict[str, None] = {}
        self.columns: dict[str, None] = {}
        self.path: list[Token] = []
        """The words of a name so far: ``a``, ``.b``."""
        self.dotted = False
        self.colons = 0
        self.typed = False
        """The next name is that of a type."""
        self.before = ""
        """The word of the token before."""
        self.alias = False
        """The name so far stands behind a closing parenthesis, as ``t`` in ``f() t (a int)``."""

    def see(self, token: Token) -> None:
        if token.kind in _NAMES and (self.dotted or not self.path):
            self._start(token)
        elif token.word == "." and self.path:
            self.dotted = True
        elif self.typed and token.word in _TYPE_TAILS:
            if token.word == "ZONE":
                self.path, self.typed = [], False
        else:
            self._end_of_name(token)
            if token.kind in _NAMES:
                self._start(token)
        self.before = token.word
        self.colons = self.colons + 1 if token.word == ":" else 0
        if self.colons > 1:
            self.typed = True

    def _start(self, token: Token) -> None:
        self.dotted = False
        if token.word == "AS" and not self.path:
            self.typed = True
            return
        self.alias = not self.path and self.before == ")"
        self.path.append(token)

    def _end_of_name(self, token: Token) -> None:
        path, self.path, self.dotted = self.path, [], False
        typed, self.typed = self.typed, False
        if not path or typed:
            return
        last = path[-1]
        if len(path) == 1 and last.word == "AT" and token.word == "TIME":
            self.typed = True
        elif len(path) == 1 and self._is_value(last.word):
            self.functions[last.text.lower()] = None
        elif token.word == "(":
            if len(path) > 1 or not (self.alias or self._is_construct(last.word)):
                self.functions[".".join(self._name(part) for part in path[-2:])] = None
        elif token.kind is not Kind.STRING and (len(path) > 1 or last.word not in self.cursor.reserved):
            self.columns[self._name(last)] = None

    def _is_construct(self, word: str) -> bool:
        if word in _CONSTRUCTS:
            return True
        callable_words = FUNCTION_NAMES.get(self.cursor.dialect.name, frozenset())
        return word in self.cursor.reserved and word not in callable_words

    def _is_value(self, word: str) -> bool:
        """Other servers have names where PostgreSQL has ``user``."""
        return word in _VALUE_FUNCTIONS and (word.startswith("CURRENT_") or word in self.cursor.reserved)

    def _name(self, token: Token) -> str:
        return self.cursor.dialect.fold_inner(self.cursor.folded(token))
