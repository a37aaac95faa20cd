"""Names inside kept texts, which servers change with a rename: columns in expressions, sequences in defaults."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from migrail.dialects import Dialect
from migrail.model.structure import Expression, Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Kind, Token, Unclosed, tokens
from migrail.sql.words import RESERVED

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)


def quoted(name: str, dialect: Dialect) -> str:
    """A name as it must be written: in quotes unless it is plain."""
    if _PLAIN.fullmatch(name) and name.upper() not in RESERVED.get(dialect.name, frozenset()):
        return name
    mark = "`" if dialect.lexical.double_quoted_strings else '"'
    return mark + name.replace(mark, mark * 2) + mark


def rename_column(text: str, old: str, new: str, dialect: Dialect) -> str:
    """An expression after a column of its table got another name; functions and types keep theirs."""
    return _with_columns(text, {old: quoted(new, dialect)}, dialect)


def columns_of_row(text: str, columns: Iterable[str], row: str, dialect: Dialect) -> str:
    """An expression whose columns, as far as they stand alone, are those of a row: ``NEW.total``."""
    return _with_columns(text, {name: f"{row}.{quoted(name, dialect)}" for name in columns}, dialect, bare=True)


def _with_columns(text: str, wanted: Mapping[str, str], dialect: Dialect, *, bare: bool = False) -> str:
    """The text with SQL in the place of columns; ``bare``: those behind a table's name and a dot stay."""

    def written(cursor: Cursor, found: list[Token], index: int) -> str | None:
        token = found[index]
        name = dialect.fold_inner(cursor.folded(token)) if token.kind in (Kind.WORD, Kind.NAME) else ""
        if name in wanted and _is_column(found, index) and not (bare and index and found[index - 1].word == "."):
            return wanted[name]
        return None

    return _rewritten(text, written, dialect)


def strings_marked(text: str, known: Container[str], mark: Callable[[str], str], dialect: Dialect) -> str:
    """The text with another in the place of names in double quotes that are not known."""

    def written(cursor: Cursor, found: list[Token], index: int) -> str | None:
        token = found[index]
        behind = index and found[index - 1].word in (".", "COLLATE")
        string = token.kind is Kind.NAME and token.text[0] == '"' and _is_column(found, index) and not behind
        return mark(token.text) if string and cursor.folded(token) not in known else None

    return _rewritten(text, written, dialect)


def _rewritten(text: str, written: Callable[[Cursor, list[Token], int], str | None], dialect: Dialect) -> str:
    """The text with others in the place of tokens: ``written`` says what is to stand there, if anything else."""
    cursor = Cursor(text, dialect)
    try:
        found = list(tokens(text, dialect.lexical))
    except Unclosed:
        return text
    pieces: list[str] = []
    end = 0
    for index, token in enumerate(found):
        new = written(cursor, found, index)
        if new is not None:
            pieces += (text[end : token.start], new)
            end = token.end
    return "".join((*pieces, text[end:]))


def columns_in(text: str, dialect: Dialect) -> frozenset[str]:
    """The folded names in an expression that may be columns of its table."""
    cursor = Cursor(text, dialect)
    try:
        found = list(tokens(text, dialect.lexical))
    except Unclosed:
        return frozenset()
    return frozenset(
        dialect.fold_inner(cursor.folded(token))
        for index, token in enumerate(found)
        if token.kind in (Kind.WORD, Kind.NAME) and _is_column(found, index)
    )


def _is_column(found: list[Token], index: int) -> bool:
    before = [token.word for token in found[max(0, index - 2) : index]]
    after = found[index + 1].word if index + 1 < len(found) else ""
    if after in ("(", ".") or before[-1:] == ["AS"] or before == [":", ":"]:
        return False
    return before[-1:] != ["."] or before[:1] != [")"]


def rename_function(text: str, old: str, new: str, dialect: Dialect) -> str:
    """A text after a function got another name."""
    cursor = Cursor(text, dialect)
    try:
        found = list(tokens(text, dialect.lexical))
    except Unclosed:
        return text
    pieces: list[str] = []
    end = 0
    for token, after in pairwise(found):
        if token.kind in (Kind.WORD, Kind.NAME) and after.word == "(" and cursor.folded(token) == old:
            pieces += (text[end : token.start], quoted(new, dialect))
            end = token.end
    return "".join((*pieces, text[end:]))


def calling(expression: Expression | None, old: str, new: str, dialect: Dialect) -> Expression | None:
    """An expression after a function got another name."""
    if expression is None or all(name.rpartition(".")[2] != old for name in expression.functions):
        return expression
    return replace(expression, text=rename_function(expression.text, old, new, dialect))


def rename_in(expression: Expression | None, old: str, new: str, dialect: Dialect) -> Expression | None:
    """An expression of a table after a column got another name."""
    if expression is None or old not in expression.columns:
        return expression
    return Expression(
        text=rename_column(expression.text, old, new, dialect),
        functions=expression.functions,
        columns=tuple(new if name == old else name for name in expression.columns),
    )


def sequence_of(default: Expression | None, dialect: Dialect) -> Name | None:
    """The sequence that a default takes its values from, as written: ``nextval('app.t_id_seq'::regclass)``."""
    if default is None or not any(name.rpartition(".")[2] == "nextval" for name in default.functions):
        return None
    cursor = Cursor(default.text, dialect)
    try:
        while not cursor.done:
            if cursor.next().text.lower() == "nextval" and cursor.take("("):
                return Cursor(cursor.string(), dialect).name()
    except (NotUnderstood, Unclosed):
        return None
    return None


def words_in(text: str, dialect: Dialect) -> frozenset[str]:
    """The folded words of a text that may be names."""
    cursor = Cursor(text, dialect)
    try:
        return frozenset(
            cursor.folded(token) for token in tokens(text, dialect.lexical) if token.kind in (Kind.WORD, Kind.NAME)
        )
    except Unclosed:
        return frozenset()


def next_value(sequence: Name, dialect: Dialect) -> Expression:
    """The default that takes its values from a sequence, as the server prints it."""
    parts = (sequence.schema, sequence.name) if sequence.schema is not None else (sequence.name,)
    name = ".".join(quoted(part, dialect) for part in parts if part is not None).replace("'", "''")
    return Expression(text=f"nextval('{name}'::regclass)", functions=("nextval",))


def sequence_name(text: str, dialect: Dialect) -> str:
    """A sequence as ``nextval`` names it, without the schema where that is the usual one or the session's own."""
    cursor = Cursor(text, dialect)
    try:
        name = cursor.name()
    except (NotUnderstood, Unclosed):
        return text
    return name.name if name.schema in (dialect.default_schema, "pg_temp") else str(name)
