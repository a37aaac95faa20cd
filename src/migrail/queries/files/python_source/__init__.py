"""Python source: the strings that are handed to calls which run SQL. Nothing of it is imported or run.

Taken are the first arguments of ``execute``, ``fetch``, ``text`` and their like, and constants of modules and
classes that hold a whole statement. Strings may be concatenated, interpolated and formatted: what is known of a
value is put in, what is not is a hole. A hole where a value stands is a placeholder; any other makes what follows
possible only.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from migrail.dialects import Dialect
from migrail.model.query import NotCheckable, Origin, OriginKind, Query
from migrail.queries import rows, statements
from migrail.queries._interface import FileSource, Found
from migrail.queries.files.python_source._holes import without_holes
from migrail.queries.files.python_source._literals import PythonText
from migrail.queries.files.python_source._pieces import HOLE, Assembled
from migrail.queries.files.python_source._scopes import Scope, scopes
from migrail.queries.files.python_source._values import Values, called
from migrail.sql.lexer import Unclosed
from migrail.sql.split import split

RUNS = frozenset(
    # DB-API and its wrappers
    {"execute", "executemany", "executescript", "exec_driver_sql", "mogrify", "copy_expert", "copy"}
    # asyncpg, databases, aiosqlite, psycopg
    | {"fetch", "fetchrow", "fetchval", "fetchmany", "fetch_all", "fetch_one", "fetch_val", "fetch_row", "iterate"}
    | {"execute_fetchall", "execute_insert", "prepare", "cursor", "stream"}
    # SQLAlchemy, Django, pandas
    | {
        "text",
        "scalar",
        "scalars",
        "stream_scalars",
        "raw",
        "RawSQL",
        "read_sql",
        "read_sql_query",
        "from_statement",
    }
)
"""Calls whose first argument is SQL, if it looks like SQL."""
CURSOR_FIRST = frozenset({"execute_values", "execute_batch"})
"""Calls of psycopg2 whose second argument is SQL."""
KEYWORDS = frozenset({"query", "sql", "statement", "operation", "stmt", "text"})
MUST_BE_SQL = frozenset({"execute", "executemany", "executescript", "exec_driver_sql"})
"""Calls on a cursor, connection or session that run SQL and nothing else: what they run must be known."""

_RECEIVER = re.compile(r"(?:^|_)(?:cur|cursor|conn|connection|db|database|session|tx|transaction|engine|pool)s?$")
_COMMENTS = r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*"
_BEGINS = re.compile(
    rf"{_COMMENTS}(?:{'|'.join(statements.VERBS | statements.STRUCTURE | statements.SESSION)})\b", re.I | re.S
)
_LOOKS_LIKE_SQL = re.compile(
    rf"{_COMMENTS}(?:{'|'.join(statements.VERBS)}|select|insert|update|delete|with|merge|call|values)\b", re.S
)
"""What an argument must look like where calls of that name may mean something else: no ``Select an option``."""
_WHOLE = re.compile(
    rf"{_COMMENTS}(?:SELECT\s.*\sFROM\s|INSERT\s+INTO\s|UPDATE\s.*\sSET\s|DELETE\s+FROM\s|WITH\s.*\sAS\s|MERGE\s+INTO\s"
    r"|select\s.*\sfrom\s|insert\s+into\s|update\s.*\sset\s|delete\s+from\s|with\s.*\sas\s|merge\s+into\s)",
    re.S,
)
"""What a constant must look like to count as a statement although nobody is seen running it."""
_WORTH_READING = re.compile(
    r"\bexec(?:ute|utemany|utescript|_driver_sql)\s*\(|\b(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\b"
    r"|\b(?:select\s|insert\s+into|delete\s+from|update\s+\S+\s+set|merge\s+into|with\s+\w+\s+as\s*\()"
)
"""What a module must hold to be parsed, which takes the most time."""


def read(text: str, shown: str, dialect: Dialect) -> Found:
    """The queries of a module."""
    if not _WORTH_READING.search(text):
        return Found()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except SyntaxError as error:
        origin = Origin(kind=OriginKind.SOURCE, path=shown, line=error.lineno or 1)
        return Found(unreadable=(statements.refused("", origin, f"not Python 3: {error.msg}"),))
    except (RecursionError, MemoryError, ValueError):
        origin = Origin(kind=OriginKind.SOURCE, path=shown, line=1)
        return Found(unreadable=(statements.refused("", origin, "not Python that can be read: nested too deeply"),))
    reader = _Module(text, shown, dialect)
    return statements.collected(reader.queries(scopes(module)))


class _Module:
    def __init__(self, text: str, shown: str, dialect: Dialect) -> None:
        self.shown = shown
        self.dialect = dialect
        self.source = PythonText(text)
        self.values = Values(self.source)
        self.seen: set[tuple[int, int, str]] = set()

    def queries(self, found: list[Scope]) -> Iterator[Query | NotCheckable | None]:
        for scope in found:
            for call in scope.calls:
                yield from self._call(call, scope)
        constants = [
            (assigned.value, f"{scope.name}.{name}".lstrip("."), scope)
            for scope in found
            if scope.kind in (ast.Module, ast.ClassDef)
            for name, values in scope.names.items()
            for assigned in values
        ]
        for value, _, scope in constants:
            self.values.texts(value, scope)
        for value, name, scope in constants:
            if value not in self.values.used:
                yield from self._constant(value, name, scope)

    def _call(self, call: ast.Call, scope: Scope) -> Iterator[Query | NotCheckable | None]:
        name = called(call)
        argument = _argument(call, name)
        if argument is None:
            return
        texts = self.values.texts(argument, scope)
        must = name in MUST_BE_SQL and _on_a_connection(call)
        if not texts and must and not isinstance(argument, ast.Constant):
            module = _imported(argument, scope)
            reason = f"stands in another module: {module}" if module else "put together when it runs"
            yield self._unknown(argument, scope, reason)
        for text in texts:
            whole = Assembled(text)
            if (_BEGINS if must else _LOOKS_LIKE_SQL).match(whole.text):
                yield from self._statements(whole, scope.name or None)
            elif must and HOLE.match(whole.text.lstrip()):
                yield self._unknown(argument, scope, "how it begins is only known when it runs")

    def _unknown(self, node: ast.expr, scope: Scope, reason: str) -> NotCheckable:
        line, column = self.source.place(node)
        origin = self._origin(line, column, scope.name or None)
        return statements.refused(" ".join(ast.unparse(node).split()), origin, reason)

    def _constant(self, node: ast.expr, name: str, scope: Scope) -> Iterator[Query | NotCheckable | None]:
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                label = str(key.value) if isinstance(key, ast.Constant) else "?"
                yield from self._constant(value, f"{name}[{label}]", scope)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            for item in node.elts:
                yield from self._constant(item, name, scope)
        else:
            for text in self.values.texts(node, scope):
                whole = Assembled(text)
                if _WHOLE.match(whole.text):
                    yield from self._statements(whole, name)

    def _statements(self, whole: Assembled, name: str | None) -> Iterator[Query | NotCheckable | None]:
        cut = split(whole.text, self.dialect.lexical)
        for statement in cut.statements:
            line, column = whole.place(statement.span.start)
            if (line, column, statement.text) in self.seen:
                continue
            self.seen.add((line, column, statement.text))
            origin = self._origin(line, column, name)
            try:
                text, more = without_holes(statement.text, whole, self.dialect)
            except Unclosed as unclosed:
                yield statements.refused(HOLE.sub("…", statement.text), origin, f"this {unclosed.what} never ends")
                continue
            behind = HOLE.search(whole.text, statement.span.end)
            yield statements.read(rows.written_out(text), origin, self.dialect, holes=more or behind is not None)
        for flaw in cut.flaws:
            line, column = whole.place(0)
            yield statements.refused(HOLE.sub("…", whole.text), self._origin(line, column, name), flaw.message)

    def _origin(self, line: int, column: int, name: str | None) -> Origin:
        return Origin(kind=OriginKind.SOURCE, path=self.shown, line=line, column=column, name=name)


def _argument(call: ast.Call, name: str) -> ast.expr | None:
    """The argument that is SQL."""
    index = 1 if name in CURSOR_FIRST else 0
    if name not in RUNS and not index:
        return None
    if len(call.args) > index:
        argument = call.args[index]
        return None if isinstance(argument, ast.Starred) else argument
    return next((keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS), None)


def _imported(node: ast.expr, scope: Scope) -> str | None:
    """The module in which a constant stands that is used as ``FIND``, ``queries.FIND`` or ``text(FIND)``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
            return scope.imported(name)
        case ast.Call(args=[first, *_]) if called(node) == "text":
            return _imported(first, scope)
    return None


def _on_a_connection(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    if isinstance(owner, ast.Call):
        return bool(_RECEIVER.search(called(owner)))
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return bool(_RECEIVER.search(name))


SOURCE = FileSource(name="python", title="Python source", suffixes=(".py",), read=read)
