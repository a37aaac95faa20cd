"""Expressions as trees in which each of PostgreSQL's ways to write the same thing has one form.

See :mod:`migrail.catalog.normal` for what counts as the same. The grammar is that of PostgreSQL (gram.y, a_expr),
which holds most of SQLite's. Both texts of a comparison go through it, so that it does no harm where another server
has another precedence.
"""

from __future__ import annotations

from collections.abc import Callable

from migrail.catalog.literals import canonical_literal, canonical_number
from migrail.catalog.mysql_forms import canonical
from migrail.catalog.rewrite import sequence_name
from migrail.dialects import lower_ascii
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.types import read_type

Node = tuple[object, ...]

_DEEPEST = 50
"""Deeper nesting is made on purpose; it is compared by names and literals."""

_COMPARISONS = frozenset({"=", "<", ">", "<=", ">=", "<>", "!=", "=="})
_LOOSEST, _AND, _NOT, _IS, _COMPARISON, _LIKE, _OTHER, _SUM, _PRODUCT, _POWER, _SIGN = range(11)
"""How tightly operators bind on PostgreSQL (manual, 4.1.6), loosest first."""
_BINDING = {
    **dict.fromkeys(_COMPARISONS, _COMPARISON),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/%", _PRODUCT),
    "^": _POWER,
    **dict.fromkeys(("MOD", "DIV"), _PRODUCT),
    "XOR": _LOOSEST,
    **dict.fromkeys(("REGEXP", "RLIKE"), _COMPARISON),
}
_SPELLED = {"!=": "<>", "==": "="}
_CONNECTIVES = {"AND": ("&", "&"), "OR": ("|", "|")}
"""What MySQL has beside the words."""
_WORDS = frozenset({"MOD", "DIV", "XOR", "REGEXP", "RLIKE"})
"""Operators of MySQL that are words."""
_SYMBOLS = frozenset("+-*/<>=~!@#%^&|`?")
_SPECIAL = frozenset("~!@#%^&|`?")

NOW = frozenset({"now", "transaction_timestamp", "current_timestamp"})
"""The start of the transaction."""
VALUES = frozenset(
    {
        *("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "USER"),
        *("CURRENT_CATALOG", "CURRENT_ROLE", "CURRENT_SCHEMA", "CURRENT_USER", "SESSION_USER"),
    }
)
"""Functions that are called without parentheses."""
_PATTERNS = {"LIKE": "~~", "ILIKE": "~~*", "SIMILAR TO": "~", "GLOB": "GLOB", "REGEXP": "REGEXP", "MATCH": "MATCH"}
_TRUTHS = ("NULL", "TRUE", "FALSE", "UNKNOWN")
_SPOKEN = {
    "EXTRACT": "FROM",
    "SUBSTRING": "FROM FOR SIMILAR ESCAPE",
    "OVERLAY": "PLACING FROM FOR",
    "POSITION": "IN",
}
"""Functions with words where others have commas."""
_TRIMS = {"BOTH": "btrim", "LEADING": "ltrim", "TRAILING": "rtrim"}
_SEQUENCES = frozenset({"nextval", "currval", "setval"})


class Parser:
    """A recursive descent over one expression, with a limit to its depth."""

    def __init__(self, cursor: Cursor, *, boolean: bool, integers: frozenset[str]) -> None:
        self.cursor = cursor
        self.boolean = boolean
        self.integers = integers
        self.mysql = cursor.dialect.check_names is not None
        self.depth = 0

    def whole(self) -> tuple[str, ...]:
        """Takes the whole text; its tree, written as a row of words."""
        tree = self.expression(_LOOSEST)
        if not self.cursor.done:
            self.cursor.unexpected()
        if self.boolean and tree[0] == "literal":
            tree = ("literal", canonical_literal(str(tree[1]), boolean=True))
        if self.mysql:
            tree = canonical(tree, self.integers)
        return _row_of_words(tree)

    def expression(self, loosest: int) -> Node:
        """Takes an expression whose operators bind at least that tightly."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.cursor.unexpected("in an expression that is too deep")
        left = self._suffixes(self._operand())
        while (more := self._infix(left, loosest)) is not None:
            left = more
        self.depth -= 1
        return left

    # Operators

    def _infix(self, left: Node, loosest: int) -> Node | None:
        cursor = self.cursor
        for word, binding in (("OR", _LOOSEST), ("AND", _AND)):
            if binding >= loosest and self._at_connective(word):
                return self._connected(word, left, binding + 1)
        if loosest <= _IS and (cursor.word in ("IS", "ISNULL", "NOTNULL")):
            return self._is(left)
        if loosest <= _LIKE and (made := self._worded(left)) is not None:
            return made
        start = cursor.index
        operator = self._operator()
        if not operator:
            return None
        binding = _BINDING.get(operator, _OTHER)
        if binding < loosest:
            cursor.index = start
            return None
        operator = _SPELLED.get(operator, operator)
        if cursor.word in ("ANY", "SOME", "ALL") and cursor.at(cursor.word, "("):
            return self._quantified(left, operator)
        return ("operator", operator, left, self.expression(binding + 1))

    def _connected(self, word: str, left: Node, loosest: int) -> Node:
        """A whole chain of AND or OR at once."""
        parts = [left]
        while self._at_connective(word):
            if not self.cursor.take(word):
                self.cursor.take(*_CONNECTIVES[word])
            parts.append(self.expression(loosest))
        return _flat(word, parts)

    def _at_connective(self, word: str) -> bool:
        return self.cursor.at(word) or (self.mysql and self.cursor.at(*_CONNECTIVES[word]))

    def _operator(self) -> str:
        """Takes an operator by the rules of PostgreSQL (manual, 4.1.3); nothing where none comes next."""
        cursor = self.cursor
        if self.mysql and cursor.word in _WORDS:
            return cursor.next().word
        if self.mysql and any(cursor.at(*symbols) for symbols in _CONNECTIVES.values()):
            return ""
        if cursor.at("OPERATOR", "("):
            cursor.next()
            return cursor.group().rpartition(".")[2].strip()
        found = ""
        end = cursor.peek().start
        while cursor.word in _SYMBOLS and cursor.peek().start == end:
            end = cursor.peek().end
            found += cursor.next().word
        while len(found) > 1 and found[-1] in "+-" and not _SPECIAL.intersection(found):
            found = found[:-1]
            cursor.index -= 1
        return found

    def _is(self, left: Node) -> Node:
        cursor = self.cursor
        if cursor.take("ISNULL"):
            return ("is", "NULL", left)
        if cursor.take("NOTNULL"):
            return ("is not", "NULL", left)
        cursor.expect("IS")
        negated = cursor.take("NOT")
        if cursor.take("DISTINCT", "FROM"):
            made: Node = ("distinct", left, self.expression(_COMPARISON))
            return ("not", made) if negated else made
        truth = cursor.take_one(_TRUTHS)
        if truth:
            return ("is not" if negated else "is", truth, left)
        made = ("is", left, self.expression(_COMPARISON))
        return ("not", made) if negated else made

    def _worded(self, left: Node) -> Node | None:
        """BETWEEN, IN and the patterns, with or without NOT."""
        cursor, start = self.cursor, self.cursor.index
        negated = cursor.take("NOT")
        if cursor.take("BETWEEN"):
            low = self.expression(_OTHER)
            cursor.expect("AND")
            high = self.expression(_OTHER)
            if negated:
                return _flat("OR", [("operator", "<", left, low), ("operator", ">", left, high)])
            return _flat("AND", [("operator", ">=", left, low), ("operator", "<=", left, high)])
        if cursor.take("IN"):
            items = tuple(cursor.listed(lambda _: self.expression(_LOOSEST)))
            return _member(left, items, negated=negated)
        if negated and cursor.take("NULL"):
            return ("is not", "NULL", left)
        pattern = cursor.take_phrase(_PATTERNS)
        if pattern:
            return self._pattern(left, pattern, negated=negated)
        cursor.index = start
        return None

    def _pattern(self, left: Node, word: str, *, negated: bool) -> Node:
        right = self.expression(_OTHER)
        if self.cursor.take("ESCAPE"):
            escape = self.expression(_OTHER)
            right = ("call", "like_escape", right, escape)
        if word == "SIMILAR TO":
            right = ("call", "similar_to_escape", right)
        return ("operator", ("!" if negated else "") + _PATTERNS[word], left, right)

    def _quantified(self, left: Node, operator: str) -> Node:
        word = self.cursor.next().word.replace("SOME", "ANY")
        self.cursor.expect("(")
        right = self.expression(_LOOSEST)
        self.cursor.expect(")")
        if right[0] == "array" and (operator, word) in (("=", "ANY"), ("<>", "ALL")):
            return _member(left, right[1:], negated=word == "ALL")
        return ("quantified", operator, word, left, right)

    # Operands

    def _operand(self) -> Node:
        cursor = self.cursor
        token, word = cursor.peek(), cursor.word
        if token.kind is Kind.STRING:
            return ("literal", canonical_literal(cursor.string()))
        if token.kind is Kind.NUMBER:
            return ("literal", canonical_literal(cursor.next().text))
        if token.kind is Kind.PARAMETER:
            return ("parameter", cursor.next().text)
        if word == "(":
            return self._parenthesised()
        if word == "[":
            return self._array()
        if word in _SYMBOLS:
            return self._prefixed()
        if token.kind is Kind.WORD and word in _OPERANDS:
            cursor.next()
            return _OPERANDS[word](self)
        return self._named()

    def _parenthesised(self) -> Node:
        parts = tuple(self.cursor.listed(lambda _: self.expression(_LOOSEST)))
        return parts[0] if len(parts) == 1 else ("row", *parts)

    def _prefixed(self) -> Node:
        operator = self._operator()
        operand = self.expression(_SIGN)
        if operator == "+":
            return operand
        if operator == "-" and operand[0] == "literal":
            text = str(operand[1])
            return ("literal", canonical_number(text[1:] if text.startswith("-") else f"-{text}"))
        return ("prefix", operator, operand)

    def _negation(self) -> Node:
        return ("not", self.expression(_NOT))

    def _case(self) -> Node:
        cursor = self.cursor
        parts: list[Node] = []
        if not cursor.at("WHEN"):
            parts.append(("of", self.expression(_LOOSEST)))
        while cursor.take("WHEN"):
            condition = self.expression(_LOOSEST)
            cursor.expect("THEN")
            parts.append(("when", condition, self.expression(_LOOSEST)))
        otherwise: Node = ("null",)
        if cursor.take("ELSE"):
            otherwise = self.expression(_LOOSEST)
        cursor.expect("END")
        return ("case", *parts, otherwise)

    def _cast(self) -> Node:
        self.cursor.expect("(")
        inner = self.expression(_LOOSEST)
        self.cursor.expect("AS")
        if self.mysql:
            while not self.cursor.at(")"):
                self._part_of_type()
        else:
            read_type(self.cursor)
        self.cursor.expect(")")
        return inner

    def _part_of_type(self) -> None:
        if self.cursor.at("("):
            self.cursor.group()
        else:
            self.cursor.next()

    def _array(self) -> Node:
        """The rest of ARRAY, or an array inside one."""
        self.cursor.expect("[")
        if self.cursor.take("]"):
            return ("array",)
        parts = self.cursor.commas(lambda _: self.expression(_LOOSEST))
        self.cursor.expect("]")
        return ("array", *parts)

    def _row(self) -> Node:
        return ("row", *self.cursor.listed(lambda _: self.expression(_LOOSEST)))

    def _named(self) -> Node:
        """A column, a call, a function without parentheses or a literal with its type in front."""
        cursor = self.cursor
        word = cursor.word
        if word in VALUES and (word in cursor.reserved or word.startswith("CURRENT_")):
            name = cursor.next().text.lower()
            precision = cursor.group() if cursor.at("(") else ""
            return ("now",) if name in NOW and not precision else ("value", name, precision)
        start = cursor.index
        name = cursor.name(function=True).name
        while cursor.take("."):
            name = cursor.label()
        opened = cursor.index
        if cursor.at("("):
            cursor.group()
        if cursor.peek().kind is Kind.STRING or cursor.word in ("WITH", "WITHOUT"):
            cursor.index = start
            return self._typed_literal()
        if cursor.index == opened:
            return ("column", name)
        cursor.index = opened
        folds = cursor.dialect.default_schema is None  # elsewhere the cursor has folded it
        return self._call(lower_ascii(name) if folds else name)

    def _typed_literal(self) -> Node:
        interval = self.cursor.word == "INTERVAL"
        read_type(self.cursor)
        text = self.cursor.string()
        if interval and not self.cursor.done:
            field = self.cursor.take_one(("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"))
            text = f"{text} {field}" if field else text
        return ("literal", canonical_literal(text))

    def _call(self, name: str) -> Node:
        cursor = self.cursor
        cursor.expect("(")
        if name == "trim":
            return self._trim()
        words = _SPOKEN.get(name.upper(), "").split()
        parts: list[Node] = []
        while not cursor.take(")"):
            if parts and not cursor.take_one(words):
                cursor.expect(",")
            elif cursor.take("*"):
                parts.append(("all",))
            cursor.take("VARIADIC")
            if not cursor.at(")"):
                parts.append(self._argument(name, first=not parts))
        if cursor.word in ("FILTER", "OVER", "WITHIN"):
            cursor.unexpected()
        if name == "position" and len(parts) == 2:
            parts.reverse()
        if name in NOW and not parts:
            return ("now",)
        return ("call", "date_part" if name == "extract" else name, *parts)

    def _argument(self, function: str, *, first: bool) -> Node:
        if first and function == "extract" and self.cursor.peek().kind is Kind.WORD:
            return ("literal", self.cursor.label())
        if first and function in _SEQUENCES and self.cursor.peek().kind is Kind.STRING:
            return self._sequence()
        return self.expression(_OTHER if function == "position" else _LOOSEST)

    def _sequence(self) -> Node:
        """The name of a sequence, which the server qualifies."""
        name = self.cursor.string()
        if self.cursor.take(":", ":"):
            read_type(self.cursor)
        return ("literal", sequence_name(name, self.cursor.dialect))

    def _trim(self) -> Node:
        cursor = self.cursor
        function = _TRIMS[cursor.take_one(_TRIMS) or "BOTH"]
        parts = [] if cursor.at("FROM") else [self.expression(_LOOSEST)]
        if cursor.take("FROM"):
            parts.insert(0, self.expression(_LOOSEST))
        while cursor.take(","):
            parts.append(self.expression(_LOOSEST))
        cursor.expect(")")
        return ("call", function, *parts)

    def _suffixes(self, left: Node) -> Node:
        """Casts, subscripts, fields, time zones and collations bind more tightly than operators."""
        cursor = self.cursor
        while True:
            if cursor.take(":", ":"):
                kind = read_type(cursor)
                if kind.name == "boolean" and left[0] == "literal":
                    left = ("literal", canonical_literal(str(left[1]), boolean=True))
            elif cursor.at("["):
                left = ("item", left, cursor.group())
            elif cursor.take("."):
                left = ("field", left, cursor.label())
            elif cursor.take("AT", "TIME", "ZONE"):
                left = ("call", "timezone", self.expression(_SIGN), left)
            elif cursor.take("COLLATE"):
                left = ("collate", left, cursor.name().name)
            else:
                return left


_OPERANDS: dict[str, Callable[[Parser], Node]] = {
    "NOT": Parser._negation,
    "CASE": Parser._case,
    "CAST": Parser._cast,
    "ARRAY": Parser._array,
    "ROW": Parser._row,
    "TRUE": lambda _: ("literal", "true"),
    "FALSE": lambda _: ("literal", "false"),
    "NULL": lambda _: ("null",),
}


def _row_of_words(tree: Node) -> tuple[str, ...]:
    """Long chains of operators nest deeply; a row of words can be compared without recursion."""
    found: list[str] = []
    pending: list[object] = [tree]
    while pending:
        item = pending.pop()
        if isinstance(item, tuple):
            pending.append(")")
            pending.extend(reversed(item))
            found.append("(")
        else:
            found.append(str(item))
    return tuple(found)


def _flat(word: str, parts: list[Node]) -> Node:
    flat: list[object] = []
    for part in parts:
        flat.extend(part[1:] if part[0] == word else (part,))
    return (word, *flat)


def _member(left: Node, items: tuple[object, ...], *, negated: bool) -> Node:
    """One item makes a comparison."""
    if len(items) == 1:
        return ("operator", "<>" if negated else "=", left, items[0])
    return ("not", ("in", left, *items)) if negated else ("in", left, *items)
