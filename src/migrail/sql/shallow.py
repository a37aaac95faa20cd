"""Whether a recursive parser reads a text without coming near its limits, or near the end of anybody's patience.

sqlglot tries a call whose name is that of a type as a type first and then once more as a call, at every level: ten
calls of ``date`` in each other cost a thousand times as much as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from migrail.sql.lexer import Kind, Token

DEEPEST = 30
"""Parentheses, brackets and CASEs in each other."""
_LONGEST_RUN = 400
"""Words and operators without a comma, parenthesis or clause between them: each may be one level of a tree."""
_LEVEL = 4
"""How many times as much one more level costs; up to 13 were measured, for ``binary`` in MySQL, mostly 3."""
_WORK = 20_000
"""What all such calls of a statement may cost together, in calls on the first level."""
_ENDS_RUN = frozenset(
    {",", "(", ")", "]", "AND", "OR", "FROM", "WHERE", "JOIN", "SELECT", "UNION", "THEN", "ELSE", ";"}
)


def is_shallow(found: Iterable[Token], sqlglot_dialect: str) -> bool:
    """Whether sqlglot can be given these tokens. Linear in their number."""
    types = _type_words(sqlglot_dialect)
    stack: list[bool] = []
    typed = run = work = 0
    before = ""
    for token in found:
        word = token.word
        if word in ("(", "[", "CASE"):
            stack.append(before in types)
            typed += stack[-1]
            work += _LEVEL**typed if typed else 0
        elif word in (")", "]", "END") and stack:
            typed -= stack.pop()
        run = 0 if word in _ENDS_RUN else run + 1
        if len(stack) > DEEPEST or run > _LONGEST_RUN or work > _WORK:
            return False
        before = word if token.kind is Kind.WORD else ""
    return True


@cache
def _type_words(dialect: str) -> frozenset[str]:
    """The words that sqlglot takes for types."""
    from sqlglot.dialects.dialect import Dialect as Sqlglot
    from sqlglot.parser import Parser

    words = Sqlglot.get_or_raise(dialect).tokenizer_class.KEYWORDS.items()
    return frozenset({*(word.upper() for word, kind in words if kind in Parser.TYPE_TOKENS), "ARRAY", "ROW", "SET"})
