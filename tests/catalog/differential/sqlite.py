"""Random statements of SQLite."""

from __future__ import annotations

from collections.abc import Callable

from migrail.catalog import Table
from tests.catalog.differential.choosing import MISSING, Maker


class SqliteMaker(Maker):
    """A handful of names with and without quotes, in several cases."""

    names = ("a", "B", "orders", "odd name", "log")
    columns = ("id", "x", "Y", "z z", "note")
    types = ("INTEGER", "TEXT", "VARCHAR(20)", "NUMERIC(8, 2)", "REAL", "BLOB", "DATETIME", "")

    def quoted(self, name: str) -> str:
        return name if name.isidentifier() and name != "select" and self.chance(80) else '"' + name + '"'

    def statements(self) -> dict[Callable[[], str | None], int]:
        return {
            self.create_table: 20,
            self.add_column: 15,
            self.drop_column: 8,
            self.rename_column: 14,
            self.rename_table: 8,
            self.drop_table: 5,
            self.create_index: 15,
            self.drop_index: 4,
            self.create_view: 6,
            self.drop_view: 3,
            self.create_trigger: 4,
            self.drop_trigger: 2,
            self.switch: 1,
            self.no_change: 1,
        }

    def definition(self, name: str, *, alter: bool = False) -> str:
        text = f"{self.quoted(name)} {self.one(self.types)}"
        if self.chance(30):
            values = ("0", "-1.50", "'it''s'", "NULL", "(1 + 2)", "CURRENT_TIMESTAMP", "x'00ff'", "TRUE")
            text += f" DEFAULT {self.one(values)}"
        text += self.maybe(" NOT NULL", 20)
        if not alter or self.chance(5):
            text += self.maybe(" UNIQUE", 10)
        named = self.maybe(f" CONSTRAINT {self.quoted(self.fresh())}", 30)
        if self.chance(15):
            text += f"{named} CHECK ({self.condition([name])})"
        text += self.maybe(" COLLATE NOCASE", 8)
        if self.chance(10) and (target := self.table()) is not None:
            text += f" REFERENCES {self.shown(target.name)}{self.maybe(' ON DELETE CASCADE', 50)}"
        return text

    def condition(self, columns: list[str]) -> str:
        column = self.quoted(self.one(columns))
        return self.one((
            f"{column} > 0", f"{column} BETWEEN 1 AND 5", f"{column} IN ('a', 'b')", f"{column} IS NOT NULL",
            f"length({column}) < 10 AND {column} <> ''", f"{column} LIKE 'x%' OR NOT {column} = 3",
        ))  # fmt: skip

    def create_table(self) -> str:
        exists, kind = self.maybe("IF NOT EXISTS ", 20), self.maybe("TEMP ", 4)
        columns = self.random.sample(self.columns, self.random.randint(1, len(self.columns)))
        parts = [self.definition(name) for name in columns]
        if self.chance(30):
            parts[0] = f"{self.quoted(columns[0])} INTEGER PRIMARY KEY{self.maybe(' AUTOINCREMENT', 30)}"
        elif self.chance(30):
            parts.append(f"PRIMARY KEY ({', '.join(map(self.quoted, self.some(columns, 2)))})")
        if self.chance(15):
            parts.insert(
                1,
                f"g {self.one(('INTEGER ', ''))}AS (abs({self.quoted(columns[0])})) {self.one(('STORED', 'VIRTUAL'))}",
            )
        named = self.maybe(f"CONSTRAINT {self.quoted(self.fresh())} ", 30)
        if self.chance(20):
            parts.append(f"{named}UNIQUE ({', '.join(map(self.quoted, self.some(columns, 2)))})")
        if self.chance(20):
            parts.append(f"{named}CHECK ({self.condition(columns)})")
        if self.chance(20) and (target := self.table()) is not None:
            action = self.maybe(" ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", 30)
            parts.append(f"{named}FOREIGN KEY ({self.quoted(self.one(columns))}) REFERENCES "
                         f"{self.shown(target.name)}{self.maybe(f' ({self.column(target)})', 60)}{action}")  # fmt: skip
        if self.chance(5) and (source := self.table()) is not None:
            return (
                f"CREATE {kind}TABLE {exists}{self.quoted(self.fresh())} AS SELECT * FROM {self.shown(source.name)}"
            )
        return f"CREATE {kind}TABLE {exists}{self.quoted(self.fresh())} ({', '.join(parts)})"

    def on_table(self) -> tuple[Table, str] | None:
        table = self.table()
        return (table, self.shown(table.name)) if table is not None else None

    def add_column(self) -> str | None:
        found = self.on_table()
        definition = self.definition(self.one(self.columns), alter=True)
        return f"ALTER TABLE {found[1]} ADD {self.maybe('COLUMN ', 60)}{definition}" if found else None

    def drop_column(self) -> str | None:
        found = self.on_table()
        return f"ALTER TABLE {found[1]} DROP {self.maybe('COLUMN ', 60)}{self.column(found[0])}" if found else None

    def rename_column(self) -> str | None:
        found = self.on_table()
        new = self.quoted(self.fresh((*self.columns, "select", "new")))
        if found is None:
            return None
        return f"ALTER TABLE {found[1]} RENAME {self.maybe('COLUMN ', 60)}{self.column(found[0])} TO {new}"

    def rename_table(self) -> str | None:
        name = self.table_name()
        return f"ALTER TABLE {name} RENAME TO {self.quoted(self.fresh())}" if name else None

    def drop_table(self) -> str | None:
        name = self.table_name()
        return f"DROP TABLE {self.maybe('IF EXISTS ', 40)}{name}" if name else None

    def create_index(self) -> str | None:
        found = self.on_table()
        if found is None:
            return None
        columns = list(found[0].columns)
        parts = [
            self.one((f"lower({self.quoted(name)})", f"{self.quoted(name)} + 1")) if self.chance(20)
            else self.quoted(name) + self.one(("", "", " DESC", " COLLATE NOCASE"))
            for name in (self.some(columns, 2) if columns else [MISSING])
        ]  # fmt: skip
        where = self.maybe(f" WHERE {self.condition(columns or [MISSING])}", 25)
        name = self.quoted(self.fresh((*self.names, "i1", "I2", "i3")))
        exists = self.maybe("IF NOT EXISTS ", 20)
        return f"CREATE {self.maybe('UNIQUE ', 30)}INDEX {exists}{name} ON {found[1]} ({', '.join(parts)}){where}"

    def drop_index(self) -> str:
        known = [name for name in self.catalog.index_tables if not name.name.startswith("sqlite_")]
        name = self.shown(self.one(known)) if known else MISSING
        return f"DROP INDEX {self.maybe('IF EXISTS ', 30)}{name}"

    def create_view(self) -> str | None:
        found = self.on_table()
        if found is None:
            return None
        exists = self.maybe("IF NOT EXISTS ", 30)
        return f"CREATE {self.maybe('TEMP ', 5)}VIEW {exists}{self.one(('v', 'w', 'a'))} AS {self.query(*found)}"

    def query(self, table: Table, shown: str) -> str:
        other = self.table() or table
        one, two, three = (self.column(item) for item in (table, table, other))
        view = self.shown(self.one(list(self.catalog.views))) if self.catalog.views else MISSING
        return self.one((
            f"SELECT {one}, {two} FROM {shown}",
            f"SELECT {one} FROM {shown} WHERE {two} > 1 ORDER BY {one}",
            f"SELECT k.{one}, o.{three} AS x FROM {shown} AS k JOIN {self.shown(other.name)} o ON k.{two} = o.{three}",
            f"SELECT * FROM {shown}",
            f"SELECT {one} FROM {shown} WHERE {two} IN (SELECT {three} FROM {self.shown(other.name)})",
            f"SELECT {self.quoted(table.name.name)}.{one} AS n FROM {shown}",
            f"SELECT {one} FROM {shown} UNION SELECT {three} FROM {self.shown(other.name)}",
            f"SELECT x FROM (SELECT {one} AS x FROM {shown}) AS s",
            f"SELECT x FROM {view}",
        ))  # fmt: skip

    def drop_view(self) -> str | None:
        known = list(self.catalog.views)
        return f"DROP VIEW {self.maybe('IF EXISTS ', 30)}{self.shown(self.one(known))}" if known else None

    def create_trigger(self) -> str | None:
        found = self.on_table()
        if found is None:
            return None
        event = self.one(("INSERT", "DELETE", "UPDATE", f"UPDATE OF {self.columns_of(found[0])}"))
        row = "OLD" if event == "DELETE" else "NEW"
        when = self.maybe(f"WHEN {row}.{self.column(found[0])} > 1 ", 20)
        return (
            f"CREATE {self.maybe('TEMP ', 5)}TRIGGER {self.maybe('IF NOT EXISTS ', 30)}{self.one(('t1', 'T2'))} "
            f"AFTER {event} ON {found[1]} {when}BEGIN {self.step(found[0], row)}; END"
        )

    def step(self, table: Table, row: str) -> str:
        target = self.table() or table
        shown, one, two = self.quoted(target.name.name), self.column(target), self.column(target)
        old = self.column(table)
        return self.one((
            f"DELETE FROM {shown} WHERE {one} = 1",
            f"UPDATE {shown} SET {one} = {row}.{old} WHERE {two} > 1",
            f"INSERT INTO {shown} ({one}) VALUES ({row}.{old})",
            f"INSERT INTO {shown} ({one}) SELECT {two} FROM {shown}",
            f"SELECT RAISE(ABORT, 'no') WHERE {row}.{old} = 1",
        ))  # fmt: skip

    def drop_trigger(self) -> str:
        return f"DROP TRIGGER {self.maybe('IF EXISTS ', 30)}{self.one(('t1', 'T2'))}"

    def switch(self) -> str:
        return f"PRAGMA {self.one(('legacy_alter_table', 'foreign_keys'))} = {self.one(('ON', 'OFF'))}"

    def no_change(self) -> str | None:
        name = self.table_name()
        return f"DELETE FROM {name}" if name else None
