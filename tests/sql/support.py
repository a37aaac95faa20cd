"""Short ways to read SQL in tests and to write what is expected."""

from __future__ import annotations

from migrail.dialects import get
from migrail.model.errors import InputError
from migrail.model.migration import Digests, Migration
from migrail.model.operations import Opaque, Operation
from migrail.model.structure import Column, Constraint, ConstraintKind, Expression, Name, SqlType
from migrail.sql import Script, read_script
from migrail.sql.read import read
from migrail.sql.split import Split, split


def cut(text: str, dialect: str = "postgres") -> Split:
    return split(text, get(dialect).lexical)


def ops(sql: str, dialect: str = "postgres") -> list[Operation]:
    """The operations of exactly one statement."""
    found = cut(sql, dialect)
    assert not found.flaws
    [statement] = found.statements
    return list(read(statement, get(dialect)))


def opaque(sql: str, dialect: str = "postgres") -> Opaque:
    """The one opaque operation of a statement."""
    [operation] = ops(sql, dialect)
    assert isinstance(operation, Opaque), operation
    return operation


def migration(text: str) -> Migration:
    return Migration(
        id="0001_x",
        order=(1,),
        path="m/0001_x.sql",
        text=text,
        digests=Digests.of(text.encode("utf-8", "surrogatepass"), text.encode(errors="replace").decode()),
        source="plain",
    )


def script(text: str, dialect: str = "postgres") -> Script:
    return read_script(migration(text), get(dialect))


def problems(text: str, dialect: str = "postgres") -> list[str]:
    """The problems of a migration as lines, or nothing."""
    try:
        script(text, dialect)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def n(name: str) -> Name:
    """``s.t`` or ``t``."""
    schema, _, last = name.rpartition(".")
    return Name(schema or None, last)


def behind(words: str, option: str) -> str:
    """What stands behind the words of a form; for ``SET (...)`` in the parentheses."""
    if option.endswith("(...)"):
        return words[words.index("(") + 1 : words.rindex(")")]
    return words[words.index(option) + len(option) :].strip()


def ty(name: str, *arguments: str, dimensions: int = 0, serial: bool = False) -> SqlType:
    return SqlType(name=name, arguments=arguments, dimensions=dimensions, serial=serial)


def ex(text: str, functions: str = "", columns: str = "") -> Expression:
    return Expression(text=text, functions=tuple(functions.split()), columns=tuple(columns.split()))


INT = ty("integer")
TEXT = ty("text")
A = Column(name="a", type=INT)
CHECK_A = Constraint(kind=ConstraintKind.CHECK, expression=ex("a > 0", columns="a"))
