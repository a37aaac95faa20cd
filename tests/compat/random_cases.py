"""Random structures, queries and changes, to find what nobody thought of. Equal seeds give equal cases."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.compat.tables import Asked, Change, Table

_TYPES = (
    *("integer", "bigint", "text", "varchar(8)", "boolean", "numeric(6,2)"),
    *("date", "timestamptz", "jsonb", "uuid", "text[]"),
)
_VALUES = {
    "integer": ("1", "7"),
    "bigint": ("5", "9000000000"),
    "text": ("'a'", "'some text'"),
    "varchar(8)": ("'abc'", "'12345678'"),
    "boolean": ("true", "false"),
    "numeric(6,2)": ("1.5", "1234.25"),
    "date": ("'2020-01-01'", "current_date"),
    "timestamptz": ("now()", "'2021-02-03 04:05'"),
    "jsonb": ("'{\"a\": 1}'", "'[]'"),
    "uuid": ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "gen_random_uuid()"),
    "text[]": ("'{a,b}'", "ARRAY['x']"),
}
_CONDITIONS = {
    "integer": ("{c} > 3", "{c} IN (1, 2)", "{c} BETWEEN 1 AND 9", "{c} % 2 = 0", "{c}::text = '1'"),
    "bigint": ("{c} > 3", "{c} = 5", "abs({c}) < 9"),
    "text": ("{c} LIKE 'a%'", "upper({c}) = 'A'", "length({c}) > 1", "{c} = 'a'", "{c} || 'x' <> 'y'"),
    "varchar(8)": ("{c} = 'abc'", "lower({c}) LIKE '%b%'", "{c} IS NOT NULL"),
    "boolean": ("{c}", "NOT {c}", "{c} IS TRUE", "{c} = true"),
    "numeric(6,2)": ("{c} > 1.5", "round({c}) = 1", "{c} * 2 < 10"),
    "date": ("{c} > '2019-01-01'", "{c} + 1 > current_date", "extract(year FROM {c}) = 2020"),
    "timestamptz": ("{c} < now()", "date_trunc('day', {c}) > '2020-01-01'", "{c} > now() - interval '1 day'"),
    "jsonb": ("{c} ? 'a'", "{c} ->> 'a' = '1'", "{c} @> '{{}}'"),
    "uuid": ("{c} = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "{c} IS NULL"),
    "text[]": ("'a' = ANY ({c})", "{c} && '{{a}}'", "cardinality({c}) = 1"),
}


class _Column:
    def __init__(self, name: str, type_: str, draw: random.Random) -> None:
        self.name, self.type = name, type_
        self.required = draw.random() < 0.4
        self.default = draw.choice(_VALUES[type_]) if draw.random() < 0.4 else None
        self.unique = type_ in ("integer", "text") and draw.random() < 0.2

    @property
    def sql(self) -> str:
        parts = [self.name, self.type]
        parts += ["NOT NULL"] * self.required + ["UNIQUE"] * self.unique
        return " ".join(parts + ([f"DEFAULT {self.default}"] if self.default else []))


class _Case:
    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.tables = {name: list(self._columns(name)) for name in ("a", "b")}

    def _columns(self, table: str) -> Iterator[_Column]:
        """Some names are in both tables."""
        for number in range(self.draw.randint(2, 5)):
            own = self.draw.random() < 0.6
            yield _Column(f"{table if own else 'c'}{number}", self.draw.choice(_TYPES), self.draw)

    def _row(self, columns: list[_Column]) -> str:
        return ", ".join(self.draw.choice(_VALUES[column.type]) for column in columns)

    def history(self) -> str:
        lines = []
        for name, columns in self.tables.items():
            lines.append(f"CREATE TABLE {name} (id integer PRIMARY KEY, {', '.join(c.sql for c in columns)});")
            lines.append(f"INSERT INTO {name} VALUES (1, {self._row(columns)});")
        columns = ", ".join(c.name for c in self.tables["a"][:2])
        lines.append(f"CREATE VIEW v AS SELECT id, {columns} FROM a;")
        return "\n".join(lines)

    def queries(self) -> Iterator[str]:
        draw = self.draw
        for name, columns in self.tables.items():
            for column in columns:
                text = draw.choice(_CONDITIONS[column.type]).format(c=column.name)
                yield f"SELECT id, {draw.choice(columns).name} FROM {name} WHERE {text}"
                yield f"SELECT {column.name}, count(*) FROM {name} GROUP BY {column.name}"
                yield f"UPDATE {name} SET {column.name} = {draw.choice(_VALUES[column.type])} WHERE id = 1"
                yield f"UPDATE {name} SET {column.name} = NULL"
                yield f"SELECT max(x.{column.name}::text) FROM {name} x"
            some = [c for c in columns if (c.required and c.default is None) or draw.random() < 0.5]
            listed = ", ".join(["id", *(c.name for c in some)])
            values = ", ".join(["2", *(draw.choice(_VALUES[c.type]) for c in some)])
            yield f"INSERT INTO {name} ({listed}) VALUES ({values})"
            yield f"INSERT INTO {name} ({listed}) VALUES ({values}) ON CONFLICT (id) DO NOTHING"
            yield f"INSERT INTO {name} VALUES (3, {self._row(columns)})"
            chosen = ", ".join(["id + 10", *(c.name for c in some)])
            yield f"INSERT INTO {name} ({listed}) SELECT {chosen} FROM {name}"
            yield f"SELECT * FROM {name}"
            yield f"SELECT {name}.id FROM {name} ORDER BY {draw.choice(columns).name}::text"
            yield f"SELECT id, {', '.join(c.name for c in columns)} FROM {name} GROUP BY id"
            unique = next((c for c in columns if c.unique), None)
            if unique is not None:
                yield f"INSERT INTO {name} ({listed}) VALUES ({values}) ON CONFLICT ({unique.name}) DO NOTHING"
        one, other = draw.choice(self.tables["a"]).name, draw.choice(self.tables["b"]).name
        yield f"SELECT {one}, {other} FROM a JOIN b ON a.id = b.id"
        yield f"SELECT {one} FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND {other} IS NULL)"
        yield f"WITH x AS (SELECT * FROM a) SELECT {one} FROM x"
        yield f"UPDATE a SET {one} = {one} FROM b WHERE a.id = b.id"
        yield f"DELETE FROM b USING a WHERE a.id = b.id AND a.{one} IS NULL RETURNING b.{other}"
        yield "SELECT * FROM v"
        yield f"SELECT {self.tables['a'][0].name} FROM v WHERE id = 1"
        yield f"SELECT coalesce({one}::text, 'x') AS y FROM a ORDER BY y"

    def changes(self) -> Iterator[tuple[str, str]]:
        draw = self.draw
        for number in range(6):
            name = draw.choice("ab")
            column = draw.choice(self.tables[name])
            yield f"change {number}", self._change(name, column)

    def _change(self, name: str, column: _Column) -> str:
        draw, alter = self.draw, f"ALTER TABLE {name}"
        new = draw.choice(_TYPES)
        return draw.choice((
            f"{alter} DROP COLUMN {column.name} CASCADE;",
            f"{alter} RENAME COLUMN {column.name} TO other;",
            f"{alter} RENAME TO renamed;",
            f"{alter} RENAME TO renamed;\nCREATE VIEW {name} AS SELECT * FROM renamed;",
            f"{alter} RENAME TO renamed;\nCREATE VIEW {name} AS SELECT id, {column.name} FROM renamed;",
            f"DROP VIEW v;\n{alter} ALTER COLUMN {column.name} DROP DEFAULT;\n"
            f"{alter} ALTER COLUMN {column.name} TYPE {new} USING NULL;"
            if not column.required
            else f"{alter} ALTER COLUMN {column.name} DROP NOT NULL;",
            f"{alter} ADD COLUMN fresh {new};",
            f"{alter} ADD COLUMN {self.tables['a'][0].name}x {new} NOT NULL DEFAULT {draw.choice(_VALUES[new])};",
            f"{alter} ADD COLUMN needed integer NOT NULL DEFAULT 1;\n{alter} ALTER COLUMN needed DROP DEFAULT;",
            f"{alter} ALTER COLUMN {column.name} DROP DEFAULT;",
            f"UPDATE {name} SET {column.name} = {draw.choice(_VALUES[column.type])} WHERE {column.name} IS NULL;\n"
            f"{alter} ALTER COLUMN {column.name} SET NOT NULL;",
            f"{alter} DROP CONSTRAINT {name}_pkey;",
            f"{alter} ADD CHECK ({draw.choice(_CONDITIONS[column.type]).format(c=column.name)}) NOT VALID;",
            f"DROP TABLE {name} CASCADE;",
            f"{alter} ADD UNIQUE (id, {column.name});" if column.type != "jsonb" else f"{alter} ADD COLUMN z text;",
        ))  # fmt: skip


def case(seed: int) -> Table:
    """One random case; a change that fails on a database is none of ours."""
    made = _Case(seed)
    history = made.history()
    queries = tuple(Asked(text=text) for text in made.queries())
    changes = tuple(Change(name=f"{name}: {sql}", sql=sql, queries=queries) for name, sql in made.changes())
    return Table(name=f"seed {seed}", history=history, changes=changes)
