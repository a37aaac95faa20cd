"""The reader against PostgreSQL's own parser, which comes with pglast.

pglast is under the GPL and no dependency of any kind: where it is not installed, the forms are only checked to be
understood, and the test says so.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from migrail.dialects import get
from migrail.model.operations import Opaque
from migrail.sql.read import read
from migrail.sql.split import split
from tests.sql.support import ops

FORMS = (Path(__file__).parent / "pglast_forms.sql").read_text(encoding="utf-8")
STATEMENTS = [statement.text for statement in split(FORMS, get("postgres").lexical).statements]
ENOUGH = 750


def test_forms_are_understood_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    postgres = get("postgres")
    found = split(FORMS, postgres.lexical)
    assert not found.flaws
    assert len(found.statements) >= ENOUGH
    assert [text for text, times in Counter(STATEMENTS).items() if times > 1] == []
    operations = [(statement.text, read(statement, postgres)) for statement in found.statements]
    assert [text for text, meaning in operations if any(isinstance(one, Opaque) for one in meaning)] == []
    if find_spec("pglast") is None:
        with capsys.disabled():
            print(f"\npglast is not installed: {len(STATEMENTS)} forms not compared")


if find_spec("pglast") is not None:
    from pglast import parse_sql

    from tests.sql.pglast_oracle.matching import differences
    from tests.sql.pglast_oracle.statements import facts

    def test_pglast_sees_as_many_statements() -> None:
        assert len(parse_sql(FORMS)) == len(STATEMENTS)

    @pytest.mark.parametrize("sql", STATEMENTS)
    def test_says_what_pglast_says(sql: str) -> None:
        assert differences(facts(sql), ops(sql)) == []

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("DROP TABLE a", "DROP TABLE a CASCADE"),
            ("DROP TABLE a", "DROP TABLE a, b"),
            ("DROP TABLE s.a", "DROP TABLE a"),
            ("ALTER TABLE a ADD CHECK (b > 0) NOT VALID", "ALTER TABLE a ADD CHECK (b > 0)"),
            ("ALTER TABLE a ADD CHECK (b > 0)", "ALTER TABLE a ADD CHECK (b > 1)"),
            ("ALTER TABLE a RENAME b TO c", "ALTER TABLE a RENAME TO c"),
            ("CREATE INDEX i ON a (b)", "CREATE INDEX CONCURRENTLY i ON a (b)"),
            ("CREATE TABLE a (b int)", "CREATE TABLE a (b int NOT NULL)"),
            ("CREATE TABLE a (b varchar(5))", "CREATE TABLE a (b varchar(6))"),
            ("CREATE VIEW a AS SELECT * FROM b", "CREATE VIEW a AS SELECT * FROM s.b"),
            ("DELETE FROM a", "DELETE FROM a WHERE b"),
        ],
    )
    def test_comparison_notices(said: str, meant: str) -> None:
        assert differences(facts(meant), ops(said)) != []
