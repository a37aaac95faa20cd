"""sqlglot is given the queries of views, to see what they read. Everything else is read by migrail itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlglot.dialects.dialect import Dialect as Sqlglot

from migrail.dialects import get
from migrail.model.operations import CreateView, Opaque, Operation, RunCode
from migrail.sql.read import read
from migrail.sql.split import split
from tests.sql.mysql.forms import ACCEPTED
from tests.sql.mysql.meanings import MYSQL
from tests.sql.sqlite.forms import FORMS as SQLITE

POSTGRES = (Path(__file__).parent / "pglast_forms.sql").read_text(encoding="utf-8")
STATEMENTS = {
    "postgres": [POSTGRES],
    "mariadb": ACCEPTED,
    "mysql": [sql for sql, meaning in MYSQL.items() if "Opaque" not in meaning],
    "sqlite": list(SQLITE),
}
ENTRANCES = ("parse", "parse_into", "tokenize")
"""Whatever is called of sqlglot comes through one of these."""


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that sqlglot gets."""
    texts: list[str] = []

    def watch(entrance: str) -> None:
        original = getattr(Sqlglot, entrance)

        def watched(self: Sqlglot, *arguments: object, **options: object) -> object:
            texts.append(next(item for item in (*arguments, *options.values()) if isinstance(item, str)))
            return original(self, *arguments, **options)

        monkeypatch.setattr(Sqlglot, entrance, watched)

    for entrance in ENTRANCES:
        watch(entrance)
    return texts


def views(operations: Iterable[Operation]) -> Iterator[CreateView]:
    """The views that are created, those in code too."""
    for operation in operations:
        if isinstance(operation, CreateView):
            yield operation
        elif isinstance(operation, RunCode):
            yield from views(inner.operation for inner in operation.operations)


@pytest.mark.parametrize("dialect", STATEMENTS)
def test_sqlglot_gets_queries_of_views_only(dialect: str, given: list[str]) -> None:
    known = get(dialect)
    count = created = 0
    for text in STATEMENTS[dialect]:
        for statement in split(text, known.lexical).statements:
            given.clear()
            operations = read(statement, known)
            assert not any(isinstance(operation, Opaque) for operation in operations), statement.text
            made = list(views(operations))
            assert set(given) <= {view.query for view in made}, statement.text
            count += 1
            created += bool(given)
    assert count > 40
    assert created >= 1, "the watch sees nothing"
    assert created < count / 10
