"""What changes of type do to values, against the server: MR305 and MR406."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.rules.checking import codes, judge
from tests.support.servers import libpq

CASES = [
    ("numeric(12,4)", "1.2345", "numeric(10,2)", None, "MR305"),
    ("numeric", "1.25", "numeric(10,1)", None, "MR305"),
    ("numeric(10,2)", "12345678.25", "numeric(4,2)", None, "MR406"),
    ("numeric(10,2)", "1.25", "numeric(12,2)", None, None),
    ("numeric(10,2)", "1.25", "numeric", None, None),
    ("numeric(10,2)", "1.25", "integer", None, "MR305"),
    ("numeric(12,0)", "9999999999", "integer", None, "MR406"),
    ("bigint", "3000000000", "integer", None, "MR406"),
    ("integer", "70000", "smallint", None, "MR406"),
    ("integer", "70000", "bigint", None, None),
    ("bigint", "9007199254740993", "double precision", None, "MR305"),
    ("integer", "16777217", "real", None, "MR305"),
    ("integer", "5", "numeric(12,2)", None, None),
    ("integer", "2000000000", "numeric(5,2)", None, "MR406"),
    ("double precision", "1.5", "integer", None, "MR305"),
    ("double precision", "1.23456789012", "real", None, "MR305"),
    ("text", "'longer than ten'", "varchar(10)", None, "MR406"),
    ("text", "'longer than ten'", "varchar(10)", "x::varchar(10)", "MR305"),
    ("varchar(20)", "'longer than ten'", "varchar(10)", None, "MR406"),
    ("varchar(10)", "'short'", "varchar(20)", None, None),
    ("varchar(10)", "'short'", "text", None, None),
    ("text", "'no number'", "integer", "x::integer", "MR406"),
    ("text", "'no moment'", "timestamptz", "x::timestamptz", "MR406"),
    ("timestamptz", "'2026-01-02 03:04:05+00'", "date", None, "MR305"),
    ("timestamp", "'2026-01-02 03:04:05'", "date", None, "MR305"),
    ("timestamp", "'2026-01-02 03:04:05.123456'", "timestamp(3)", None, "MR305"),
    ("timestamp(3)", "'2026-01-02 03:04:05.123'", "timestamp", None, None),
    ("timestamptz", "'2026-01-02 03:04:05+00'", "time", None, "MR305"),
    ("timetz", "'03:04:05+05'", "time", None, "MR305"),
    ("date", "'2026-01-02'", "timestamp", None, None),
]


@pytest.mark.parametrize(("old", "value", "new", "using", "code"), CASES)
def test_a_value_is_kept_changed_or_refused(
    old: str, value: str, new: str, using: str | None, code: str | None, postgres_database: str
) -> None:
    alter = f"ALTER TABLE t ALTER x TYPE {new}" + (f" USING {using}" if using else "")
    said = {"MR305", "MR406"} & set(codes(judge(alter, history=f"CREATE TABLE t (x {old});")))
    assert said == ({code} if code else set())
    url = make_url(postgres_database)
    with psycopg.connect(libpq(url), autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        connection.execute(f"CREATE TABLE t (x {old}); INSERT INTO t VALUES ({value})")  # type: ignore[call-overload]
        if code == "MR406":
            with pytest.raises(psycopg.DataError):
                connection.execute(alter)  # type: ignore[call-overload]
            return
        connection.execute(alter)  # type: ignore[call-overload]
        same = f"x::{old} = {value}::{old}" if code is None else f"x::text = ({value}::{old})::text"
        back = f"SELECT {same} FROM t"
        row = connection.execute(back).fetchone()  # type: ignore[call-overload]
        assert row == (code is None,)
