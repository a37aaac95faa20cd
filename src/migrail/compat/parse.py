"""The text of a query → sqlglot's tree, or the reason why there is none.

Before sqlglot reads it, the text is changed where sqlglot would lose something: a statement that holds or stands
for a query becomes that query, placeholders of every style become one, ``OVERRIDING SYSTEM VALUE`` is taken out and
remembered, and on PostgreSQL the name of every function call gets a prefix, so that a call keeps its name and
arguments instead of becoming one of sqlglot's own functions.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from migrail import dialects
from migrail.compat.postgres.types import categories, operators
from migrail.dialects import Dialect
from migrail.dialects.postgres.names import TYPE_ALIASES
from migrail.model.migration import Statement
from migrail.model.operations import Opaque, Operation
from migrail.model.text import Lines, words_of
from migrail.sql.lexer import Kind, Token, Unclosed, tokens
from migrail.sql.placeholders import readable
from migrail.sql.read import read
from migrail.sql.shallow import is_shallow
from migrail.sql.words import words
from migrail.sql.wrapped import asked

logging.getLogger("sqlglot").setLevel(logging.CRITICAL + 1)

CALL = "f__"
"""What stands before the name of a function that is called, in trees of PostgreSQL's queries."""

LONGEST = 200_000
"""Characters; longer queries are lists of values that a program wrote."""

_KEPT = words(
    """
    ALL AND ANY ARRAY AS BETWEEN BY CALL CASE CAST COALESCE COLLATE CUBE DISTINCT ELSE EXCEPT EXISTS EXTRACT FILTER
    FROM GREATEST GROUP GROUPING HAVING ILIKE IN INTERSECT INTO IS JOIN LATERAL LEAST LIKE LIMIT MATERIALIZED NOT
    NULLIF OFFSET ON OPERATOR OR OVER OVERLAY PARTITION POSITION RETURNING ROLLUP ROW ROWS SELECT SET SETS SIMILAR
    SOME SUBSTRING THEN TO TRIM UNION USING VALUES WHEN WHERE WITH WITHIN WINDOW CONFLICT KEY RECURSIVE ONLY
    TABLESAMPLE SYSTEM BERNOULLI REPEATABLE FOR END DO UPDATE INTERVAL BIT CHAR CHARACTER VARCHAR VARYING NUMERIC
    DECIMAL DEC FLOAT TIME TIMESTAMP TIMESTAMPTZ TIMETZ PRECISION VARBIT BPCHAR NCHAR CURRENT_TIMESTAMP CURRENT_TIME
    LOCALTIME LOCALTIMESTAMP XMLELEMENT XMLFOREST XMLPARSE XMLPI XMLROOT XMLSERIALIZE XMLEXISTS XMLTABLE TREAT
    NORMALIZE INSERT DELETE MATCHED JSON_TABLE JSON_VALUE JSON_QUERY JSON_EXISTS JSON_OBJECT JSON_ARRAY
    """
)
"""Words that may stand before a parenthesis without being the name of a function."""

_UTILITIES = frozenset({"TRUNCATE", "REFRESH", "LOCK", "ANALYZE", "VACUUM", "COPY", "CLUSTER", "REINDEX"})
_OVERRIDING = re.compile(r"\bOVERRIDING\s+(SYSTEM|USER)\s+VALUE\b", re.IGNORECASE)
_SESSION = words(
    """
    BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE SHOW LISTEN UNLISTEN NOTIFY DISCARD DEALLOCATE RESET
    """
)
"""First words of statements that need nothing of the structure."""
_QUERIES = (exp.Query, exp.Values, exp.Insert, exp.Update, exp.Delete, exp.Merge)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as a tree, which must not be changed."""

    tree: exp.Expr | None
    """``None`` for a statement that is no query: then it has operations."""
    overriding: bool = False
    """Whether it says OVERRIDING SYSTEM VALUE or OVERRIDING USER VALUE."""
    words: frozenset[str] = frozenset()
    """All words in it in lower case; what does not stand here is not named by it."""
    procedure: bool = False
    """Whether it is a CALL."""
    operations: tuple[Operation, ...] = ()
    """What a statement does that is no query, such as TRUNCATE."""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A text of which there is no tree."""

    reason: str
    """A phrase without full stop."""


def parse(text: str, dialect: Dialect) -> Parsed | Unparsed:
    """The tree of a query's text; each text is parsed once."""
    return _parsed(text, dialect.name)


@lru_cache(maxsize=10_000)
def _parsed(text: str, name: str) -> Parsed | Unparsed:
    dialect = dialects.get(name)
    if len(text) > LONGEST:
        return Unparsed(f"longer than {LONGEST:,} characters")
    normal = readable(asked(text, dialect), dialect)
    try:
        found = list(tokens(normal, dialect.lexical))
    except Unclosed as unclosed:
        return Unparsed(f"a {unclosed.what} never ends")
    if not found:
        return Unparsed("is empty")
    if not is_shallow(found, dialect.sqlglot):
        return Unparsed("is nested too deeply")
    if found[0].word in _SESSION:
        return Parsed(tree=None, words=frozenset())
    overriding = False
    if found[0].word == "REPLACE" and len(found) > 1 and dialect.name != "postgres":
        into = "" if found[1].word == "INTO" else " INTO"
        normal = f"{normal[: found[0].start]}INSERT{into}{normal[found[0].end :]}"
    symbols: frozenset[str] = frozenset()
    if dialect.name == "postgres":
        symbols = frozenset(symbol for _, symbol in _operators(found))
        normal = _with_marked_calls(normal, found)
        normal, overridings = _OVERRIDING.subn("", normal)
        overriding = bool(overridings)
    tree = _tree(normal, dialect)
    if isinstance(tree, Unparsed):
        return _utility(text, found[0].word, dialect) or tree
    return Parsed(
        tree=tree, overriding=overriding, words=words_of(text) | symbols, procedure=found[0].word == "CALL"
    )


def _utility(text: str, word: str, dialect: Dialect) -> Parsed | None:
    """A statement that is no query and that applications run."""
    if word not in _UTILITIES:
        return None
    statement = Statement(number=1, text=text, span=Lines(text).span(0, len(text)))
    operations = read(statement, dialect)
    if any(isinstance(operation, Opaque) for operation in operations):
        return None
    return Parsed(tree=None, words=words_of(text), operations=operations)


def _with_marked_calls(text: str, found: Sequence[Token]) -> str:
    parts: list[str] = []
    copied = 0
    own = {first: symbol for first, symbol in _operators(found) if symbol not in operators()}
    for index, token in enumerate(found):
        if index in own:
            # sqlglot knows the operators of the server only, but takes any in this form.
            parts += (text[copied : token.start], f" OPERATOR({own[index]}) ")
            copied = found[index + len(own[index]) - 1].end
            continue
        if _is_type(found, index):
            parts += (text[copied : token.start], f'"{token.text.lower()}"')
            copied = token.end
        if index + 1 == len(found):
            break
        if token.kind not in (Kind.WORD, Kind.NAME) or found[index + 1].text != "(" or token.word in _KEPT:
            continue
        inside = token.start + (1 if token.kind is Kind.NAME else 0)
        parts += (text[copied:inside], CALL)
        copied = inside
    if found[0].word == "CALL":
        parts.insert(0, "SELECT")
        parts[1] = parts[1][len("CALL") :] if len(parts) > 1 else text[copied:]
    return "".join((*parts, text[copied:]))


_OPERATOR = frozenset("+-*/<>=~!@#%^&|`?")
_ODD = frozenset("~!@#%^&|`?")
"""With one of these in it, an operator may end in ``+`` or ``-`` (manual, 4.1.3)."""
_NO_OPERATORS = frozenset({"=>", "!="})
"""Written like operators: an argument by name, and another spelling of ``<>``."""


def _operators(found: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The operators of more than one character, as PostgreSQL cuts them, each with the index of its first token."""
    index = 0
    while index < len(found):
        first = index
        while index < len(found) and found[index].text in _OPERATOR:
            if index > first and found[index].start != found[index - 1].end:
                break
            index += 1
        symbol = "".join(token.text for token in found[first:index])
        if not _ODD & set(symbol):
            symbol = symbol.rstrip("+-") or symbol
        if len(symbol) > 1 and symbol not in _NO_OPERATORS and found[first - 1].text != "(":
            yield first, symbol
        index = max(index, first + 1)


def _is_type(found: Sequence[Token], index: int) -> bool:
    """Whether it is the name of a type of the user's, behind ``::``: some of these are words to sqlglot."""
    token = found[index]
    if token.kind is not Kind.WORD or index < 2 or [item.text for item in found[index - 2 : index]] != [":", ":"]:
        return False
    known = token.text.lower() in TYPE_ALIASES or token.text.lower() in categories() or token.word in _KEPT
    behind = found[index + 1].text if index + 1 < len(found) else ""
    return not known and behind not in (".", "(")


def _tree(text: str, dialect: Dialect) -> exp.Expr | Unparsed:
    try:
        trees = [tree for tree in sqlglot.parse(text, read=dialect.sqlglot) if tree is not None]
    except RecursionError:
        return Unparsed("is nested too deeply")
    except Exception as error:  # the text is anybody's and the parser somebody else's
        return Unparsed(_short(error))
    if len(trees) != 1:
        return Unparsed("is more than one statement" if trees else "is empty")
    tree = trees[0]
    while isinstance(tree, (exp.Subquery, exp.Paren)) and isinstance(tree.this, exp.Query):
        tree = tree.this
    for function in list(tree.find_all(exp.Lambda)):
        _as_arrow(function)
    if not isinstance(tree, _QUERIES) or tree.find(exp.Command) is not None:
        return Unparsed("is not a query that is understood")
    return tree


def _as_arrow(function: exp.Lambda) -> None:
    """``a -> 'key'`` as an argument of a call is a function of ``a`` to sqlglot; here it is the operator."""
    if len(function.expressions) != 1 or not isinstance(function.expressions[0], exp.Identifier):
        return
    body = leaf = function.this
    while isinstance(leaf, exp.Binary):
        leaf = leaf.this
    arrow = exp.JSONExtract(this=exp.Column(this=function.expressions[0].copy()), expression=leaf.copy())
    if leaf is body:
        function.replace(arrow)
    else:
        leaf.replace(arrow)
        function.replace(body)


def _short(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    if errors:
        first = errors[0]
        near = str(first.get("highlight") or "").replace(CALL, "").strip()[:40]
        where = f"line {first.get('line')}, column {first.get('col')}"
        return f"cannot be read at {where}" + (f", near {near!r}" if near else "")
    return "cannot be read"


def is_marked(name: str) -> bool:
    """Whether it is the name of a call."""
    return name.startswith(CALL)


def bare(name: str) -> str:
    """A name without the mark of a call: aliases with a list of columns look like calls."""
    return name.removeprefix(CALL)
