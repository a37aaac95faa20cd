"""What PREPARE and EXECUTE of MySQL and MariaDB run, where the text is written down, not put together at run time.

A text may go through variables on its way, and there may be several of which one runs:
``SET @x = IF(found, 'SELECT 1', 'ALTER TABLE t ADD x int'); PREPARE s FROM @x; EXECUTE s``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product

from migrail.dialects import Dialect
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Kind, Unclosed
from migrail.sql.source import Source

Parts = tuple[tuple[str, Source], ...]
"""A text in pieces, each with its place; the places of all pieces lie in one statement."""

_MOST = 16
"""More texts of which one runs are taken for one that is not known."""
_LONGEST = 4_000
"""A text that is put together of variables is followed up to this number of characters."""
_DEEPEST = 30
_BUDGET = 200_000
"""Characters of texts that are read for one migration, however often they run: what is read stays linear."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression may be."""

    texts: tuple[Parts, ...] = ()
    complete: bool = False
    """Whether it is one of these, or NULL."""

    def or_else(self, other: Value) -> Value:
        """One of the two."""
        texts = tuple(dict.fromkeys(self.texts + other.texts))
        return Value(texts, self.complete and other.complete) if len(texts) <= _MOST else UNKNOWN


UNKNOWN = Value()
NULL = Value((), True)


@dataclass(slots=True)
class Texts:
    """The variables and prepared statements of a session, as far as the statements up to here tell."""

    dialect: Dialect
    variables: dict[str, Value] = field(default_factory=dict)
    """``@x`` for a user variable and ``x`` for one of a routine, in lower case."""
    unsure: set[str] = field(default_factory=set)
    """Variables that something sets at a moment that is not known."""
    _prepared: dict[str, Value] = field(default_factory=dict)
    _left: int = _BUDGET

    def assign(self, name: str, value: Value, *, possible: bool = False) -> None:
        """Notes what a variable holds from here on; ``possible`` is whether it may have kept what it held."""
        if possible or name in self.unsure:
            value = self.variables.get(name, UNKNOWN).or_else(value)
        self.variables[name] = value

    def doubt(self) -> None:
        """From here on, everything may hold something else: a loop comes again, a procedure sets variables."""
        for known in (self.variables, self._prepared):
            known.update({name: Value(value.texts, complete=False) for name, value in known.items()})

    def spend(self, value: Value) -> bool:
        """Whether these texts are still to be read."""
        self._left -= sum(len(text) for parts in value.texts for text, _ in parts)
        return self._left >= 0

    # Statements

    def follow(self, source: Source, *, possible: bool = False) -> tuple[Value, Source] | None:
        """Takes note of what a statement sets and prepares.

        What it runs, if it runs a text, and the expression that this text is.
        """
        found = _FIRST.match(source.text)
        take = _STATEMENTS.get(found[1].upper()) if found else None
        if take is None and not ("@" in source.text and self.variables):
            return None
        cursor = Cursor(source.text, self.dialect, source)
        try:
            if take is None:
                self._mentioned(cursor)
                return None
            cursor.next()
            return take(self, cursor, possible)
        except (NotUnderstood, Unclosed):
            self.doubt()
            return None

    def _set(self, cursor: Cursor, possible: bool) -> None:
        while not cursor.done:
            name = _variable(cursor)
            if not name and cursor.peek(1).word in ("=", ":") and cursor.at_name():
                name = cursor.inner()
            if name:
                if not cursor.take("=") and not cursor.take(":", "="):
                    cursor.unexpected()
                self.assign(name, self.value(cursor, ","), possible=possible)
            else:
                skip(cursor, ",")
            cursor.take(",")

    def _prepare(self, cursor: Cursor, possible: bool) -> None:
        name = cursor.inner()
        cursor.expect("FROM")
        value = self.value(cursor)
        if possible:
            value = self._prepared.get(name, UNKNOWN).or_else(value)
        self._prepared[name] = value

    def _execute(self, cursor: Cursor, possible: bool) -> tuple[Value, Source]:
        start = cursor.offset
        if cursor.take("IMMEDIATE"):
            start = cursor.offset
            value = self.value(cursor, "USING")
        else:
            value = self._prepared.get(cursor.inner(), UNKNOWN)
        return value, cursor.source.part(start, start + len(cursor.since(start)))

    def _call(self, cursor: Cursor, possible: bool) -> None:
        self.doubt()

    def _select(self, cursor: Cursor, possible: bool) -> None:
        """SELECT value INTO @x."""
        value = _Expression(cursor, self.variables).value()
        if cursor.take("INTO") and (name := _variable(cursor)) and not cursor.at(","):
            self.assign(name, value or UNKNOWN, possible=possible)
        else:
            self._mentioned(cursor)

    def _mentioned(self, cursor: Cursor) -> None:
        """Behind ``INTO`` or before ``:=``, a variable holds from here on what is not known."""
        text = cursor.text
        if ":=" in text or (not _WRITES.match(text) and _INTO.search(text)):
            for name in {found.lower() for found in _USER_VARIABLE.findall(text)} & self.variables.keys():
                self.variables[name] = UNKNOWN

    # Expressions

    def value(self, cursor: Cursor, *ends: str) -> Value:
        """Takes an expression up to one of the words or the end; what it may be."""
        first = cursor.index
        skip(cursor, *ends)
        end, cursor.index = cursor.index, first
        if end == first:
            cursor.unexpected("where a value should stand")
        value = _Expression(cursor, self.variables).value()
        whole = cursor.index == end
        cursor.index = end
        return value if whole and value is not None else UNKNOWN


_FIRST = re.compile(r"(?:\s|/\*M?![0-9]*)*+([A-Za-z]+)\b")
_WRITES = re.compile(r"\s*(?:INSERT|REPLACE)\b", re.IGNORECASE)
_INTO = re.compile(r"\bINTO\b|\bDIAGNOSTICS\b", re.IGNORECASE)
_USER_VARIABLE = re.compile(r"@[\w$.]+")
_STATEMENTS = {
    "SET": Texts._set,
    "PREPARE": Texts._prepare,
    "EXECUTE": Texts._execute,
    "CALL": Texts._call,
    "GET": Texts._call,
    "SELECT": Texts._select,
}


def skip(cursor: Cursor, *ends: str) -> None:
    """Takes everything up to one of the words outside parentheses, or to the end."""
    while not cursor.done and cursor.word not in ends:
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()


def _variable(cursor: Cursor) -> str:
    """Takes a user variable; empty where none comes next."""
    if not cursor.at("@") or cursor.at("@", "@"):
        return ""
    cursor.next()
    token = cursor.peek()
    return "@" + (cursor.string() if token.kind is Kind.STRING else cursor.label()).lower()


class _Expression:
    """Reads an expression that is a text; ``None`` stands for every other."""

    def __init__(self, cursor: Cursor, variables: dict[str, Value]) -> None:
        self.cursor = cursor
        self.variables = variables
        self.depth = 0

    def value(self, *, alone: bool = True) -> Value | None:
        """Takes an operand; ``alone`` is whether it is the whole text."""
        cursor = self.cursor
        if self.depth > _DEEPEST:
            return None
        self.depth += 1
        if cursor.take("("):
            selected = cursor.take("SELECT")
            found = self.value(alone=alone)
            if selected:
                skip(cursor, ")")
            if not cursor.take(")"):
                found = None
        elif cursor.take("CONCAT", "("):
            found = self._joined()
        elif cursor.take("IF", "("):
            found = self._chosen(alone)
        elif cursor.take("CASE"):
            found = self._case(alone)
        elif cursor.take("NULL"):
            found = NULL
        else:
            found = self._literal() or self._held(alone)
        self.depth -= 1
        return found

    def _literal(self) -> Value | None:
        """A number, or a string with those that follow it, which are one with it."""
        cursor = self.cursor
        token = cursor.peek()
        if token.kind is Kind.NUMBER:
            cursor.next()
            return Value((((token.text, cursor.source.part(token.start, token.end)),),), True)
        if token.text.startswith("_") and cursor.peek(1).kind is Kind.STRING:
            cursor.next()
        parts: list[tuple[str, Source]] = []
        while cursor.peek().kind is Kind.STRING:
            text = cursor.quoted()
            parts.append((text.text, text))
        return Value((tuple(parts),), True) if parts else None

    def _held(self, alone: bool) -> Value | None:
        """A variable."""
        cursor = self.cursor
        start = cursor.offset
        name = _variable(cursor)
        if not name:
            if not cursor.at_name() or cursor.peek(1).word in ("(", "."):
                return None
            name = cursor.identifier().lower()
        value = self.variables.get(name)
        if value is None or alone:
            return value
        if any(sum(len(text) for text, _ in parts) > _LONGEST for parts in value.texts):
            return UNKNOWN
        place = cursor.source.part(start, cursor.peek(-1).end)
        texts = tuple((("".join(text for text, _ in parts), place),) for parts in value.texts)
        return Value(texts, value.complete)

    def _joined(self) -> Value | None:
        cursor = self.cursor
        operands: list[Value] = []
        while True:
            found = self.value(alone=False)
            if found is None:
                return None
            operands.append(found)
            if not cursor.take(","):
                break
        if not cursor.take(")"):
            return None
        count = length = 1
        for operand in operands:
            count *= len(operand.texts)
            length += max((sum(len(text) for text, _ in parts) for parts in operand.texts), default=0)
        if count > _MOST or length > max(_LONGEST, len(cursor.text)):
            return UNKNOWN
        texts = tuple(sum(parts, start=()) for parts in product(*(operand.texts for operand in operands)))
        return Value(texts, all(operand.complete for operand in operands))

    def _chosen(self, alone: bool) -> Value | None:
        """Behind ``IF (``."""
        cursor = self.cursor
        skip(cursor, ",", ")")
        if not cursor.take(","):
            return None
        one = self.value(alone=alone)
        two = self.value(alone=alone) if cursor.take(",") else None
        return one.or_else(two) if one is not None and two is not None and cursor.take(")") else None

    def _case(self, alone: bool) -> Value | None:
        cursor = self.cursor
        skip(cursor, "WHEN", "CASE")
        found = Value((), True)
        while cursor.take("WHEN"):
            skip(cursor, "THEN", "CASE")
            one = self.value(alone=alone) if cursor.take("THEN") else None
            if one is None:
                return None
            found = found.or_else(one)
        if cursor.take("ELSE"):
            last = self.value(alone=alone)
            if last is None:
                return None
            found = found.or_else(last)
        return found if cursor.take("END") else None
