"""Random statements of MariaDB."""

from __future__ import annotations

from collections.abc import Callable

from migrail.catalog import Table
from tests.catalog.differential.choosing import MISSING, Maker

NUMBERS = ("int", "bigint", "decimal(8, 2)", "smallint unsigned")
TEXTS = ("varchar(20)", "char(5)")


class MariadbMaker(Maker):
    """A handful of names, some in capitals or with blanks."""

    names = ("a", "b", "orders", "Mixed", "odd name")
    columns = ("id", "x", "Y", "z z", "note")
    types = (
        *NUMBERS,
        *TEXTS,
        "text",
        "datetime",
        "tinyint(1)",
        "date",
        "enum('a','b')",
        "double",
        "json",
        "boolean",
    )

    def quoted(self, name: str) -> str:
        return name if name.isidentifier() and self.chance(70) else f"`{name}`"

    def statements(self) -> dict[Callable[[], str | None], int]:
        return {
            self.create_table: 20,
            self.columns_changed: 30,
            self.keys_changed: 25,
            self.rename_table: 8,
            self.drop_table: 5,
            self.create_index: 10,
            self.create_view: 5,
            self.drop_view: 2,
            self.trigger: 3,
        }

    def definition(self, name: str) -> str:
        type_ = self.one(self.types)
        text = f"{self.quoted(name)} {type_}"
        if type_ in NUMBERS and self.chance(8):
            return f"{text} AS ({self.one(('1 + 2', 'abs(-3)'))}) {self.one(('STORED', 'VIRTUAL'))}"
        if self.chance(35) and (values := self.literals(type_)):
            text += f" DEFAULT {self.one(values)}"
        text += self.one((" NOT NULL", "", "", " NULL"))
        if type_ not in ("text", "json"):
            text += self.maybe(" UNIQUE", 10)
        if self.chance(10) and (target := self.table(self.has_key)) is not None and type_ in ("int",):
            key = target.primary_key
            assert key is not None
            text += f" REFERENCES {self.shown(target.name)} ({self.quoted(key.columns[0])})"
        elif self.chance(12):
            text += f" CHECK ({self.condition([name])})"
        return text

    def literals(self, type_: str) -> tuple[str, ...]:
        if type_ in NUMBERS:
            return ("0", "'5'", "1", "(1 + 1)")
        if type_ in TEXTS:
            return ("''", "'it''s'", "'x'")
        return {"datetime": ("CURRENT_TIMESTAMP", "now()", "'2020-01-05 10:00:00'"), "double": ("1.50", "0"),
                "tinyint(1)": ("1",), "boolean": ("TRUE", "false"), "enum('a','b')": ("'a'",)}.get(type_, ())  # fmt: skip

    def has_key(self, table: Table) -> bool:
        key = table.primary_key
        column = table.columns.get(key.columns[0]) if key is not None and len(key.columns) == 1 else None
        return column is not None and str(column.type) == "int"

    def condition(self, columns: list[str]) -> str:
        column = self.quoted(self.one(columns))
        return self.one((
            f"{column} > 0", f"{column} BETWEEN 1 AND 5", f"{column} IN ('a', 'b')", f"{column} IS NOT NULL",
            f"length({column}) < 10 AND {column} <> ''", f"{column} LIKE 'x%' OR NOT {column} = 3", f"{column} % 2 != 1",
        ))  # fmt: skip

    def key(self, columns: list[str]) -> str:
        listed = ", ".join(map(self.quoted, self.some(columns, 2)))
        name = self.maybe(self.quoted(self.fresh(("k1", "K2", "k3", *self.columns))), 50)
        named = self.maybe(f"CONSTRAINT {self.quoted(self.fresh(('c1', 'c2', 'C3')))} ", 40)
        target = self.table(self.has_key)
        if target is not None and self.chance(20):
            key = target.primary_key
            assert key is not None
            return (f"{named}FOREIGN KEY ({self.quoted(self.one(columns))}) REFERENCES {self.shown(target.name)} "
                    f"({self.quoted(key.columns[0])}){self.maybe(' ON DELETE CASCADE', 40)}")  # fmt: skip
        return self.one((
            f"PRIMARY KEY ({listed})", f"{named}UNIQUE {self.maybe('KEY ', 50)}{name} ({listed})",
            f"{self.one(('KEY', 'INDEX'))} {name} ({listed})", f"{named}CHECK ({self.condition(columns)})",
        ))  # fmt: skip

    def create_table(self) -> str:
        exists, name = self.maybe("IF NOT EXISTS ", 20), self.quoted(self.fresh())
        source = self.table()
        if source is not None and self.chance(10):
            return f"CREATE TABLE {exists}{name} LIKE {self.shown(source.name)}"
        columns = self.random.sample(self.columns, self.random.randint(1, len(self.columns)))
        parts = [self.definition(column) for column in columns]
        if self.chance(40):
            parts[0] = f"{self.quoted(columns[0])} int{self.maybe(' AUTO_INCREMENT', 40)} PRIMARY KEY"
        parts += [self.key(columns) for _ in range(self.random.choice((0, 0, 1, 2)))]
        replace = "OR REPLACE " if not exists and self.chance(8) else ""
        return f"CREATE {replace}{self.maybe('TEMPORARY ', 3)}TABLE {exists}{name} ({', '.join(parts)})"

    def columns_changed(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        actions = [self.column_action(table) for _ in range(self.random.choice((1, 1, 1, 2)))]
        return f"ALTER TABLE {self.maybe('IF EXISTS ', 8)}{self.shown(table.name)} {', '.join(actions)}"

    def column_action(self, table: Table) -> str:
        column, name = self.column(table), self.one(self.columns)
        place = self.one(("", "", " FIRST", f" AFTER {self.column(table)}"))
        return self.one((
            lambda: f"ADD {self.maybe('COLUMN ', 60)}{self.maybe('IF NOT EXISTS ', 15)}{self.definition(name)}{place}",
            lambda: f"DROP {self.maybe('COLUMN ', 60)}{self.maybe('IF EXISTS ', 15)}{column}",
            lambda: f"MODIFY {self.definition(self.one(list(table.columns)))}{place}",
            lambda: f"CHANGE {column} {self.definition(name)}",
            lambda: f"RENAME COLUMN {column} TO {self.quoted(name)}",
            lambda: f"ALTER {column} SET DEFAULT {self.one(('1', chr(39) + 'x' + chr(39)))}",
            lambda: f"ALTER {column} DROP DEFAULT",
        ))()  # fmt: skip

    def keys_changed(self) -> str | None:
        table = self.table()
        if table is None or not table.columns:
            return None
        keys = [str(key) for key in table.constraints if isinstance(key, str) and key != "PRIMARY"] or [MISSING]
        indexes = [name for name in table.indexes if name != "PRIMARY"] or [MISSING]
        foreign = [key.name or "" for key in table.foreign_keys] or [MISSING]
        return f"ALTER TABLE {self.shown(table.name)} " + self.one((
            f"ADD {self.key(list(table.columns))}", f"ADD {self.key(list(table.columns))}",
            f"DROP KEY {self.maybe('IF EXISTS ', 15)}{self.quoted(self.one(indexes))}",
            f"DROP CONSTRAINT {self.maybe('IF EXISTS ', 15)}{self.quoted(self.one(keys))}",
            f"DROP FOREIGN KEY {self.quoted(self.one(foreign))}", "DROP PRIMARY KEY",
            f"RENAME INDEX {self.quoted(self.one(indexes))} TO {self.quoted(self.fresh(('k1', 'K2', 'n')))}",
        ))  # fmt: skip

    def rename_table(self) -> str | None:
        name, new = self.table_name(), self.quoted(self.fresh())
        return self.one((f"ALTER TABLE {name} RENAME TO {new}", f"RENAME TABLE {name} TO {new}")) if name else None

    def drop_table(self) -> str | None:
        name = self.table_name()
        return f"DROP TABLE {self.maybe('IF EXISTS ', 40)}{name}" if name else None

    def create_index(self) -> str | None:
        table = self.table()
        if table is None or not table.columns:
            return None
        name = self.quoted(self.fresh(("k1", "K2", "k3", "n")))
        if [*table.indexes][-1:] not in ([], ["PRIMARY"]) and self.chance(25):
            return f"DROP INDEX {self.quoted(self.one([*table.indexes][-1:]))} ON {self.shown(table.name)}"
        return (f"CREATE {self.maybe('UNIQUE ', 30)}INDEX {self.maybe('IF NOT EXISTS ', 15)}{name} ON "
                f"{self.shown(table.name)} ({self.columns_of(table)})")  # fmt: skip

    def create_view(self) -> str | None:
        table = self.table()
        if table is None or not table.columns:
            return None
        columns = ", ".join(map(self.quoted, self.some(list(table.columns), 2)))
        return (f"CREATE {self.maybe('OR REPLACE ', 40)}VIEW {self.one(('v', 'w', 'a'))} AS SELECT {columns} FROM "
                f"{self.shown(table.name)}")  # fmt: skip

    def drop_view(self) -> str | None:
        known = list(self.catalog.views)
        return f"DROP VIEW {self.maybe('IF EXISTS ', 30)}{self.shown(self.one(known))}" if known else None

    def trigger(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        return self.one((
            f"CREATE TRIGGER {self.one(('t1', 't2'))} BEFORE INSERT ON {self.shown(table.name)} FOR EACH ROW SET @a = 1",
            f"DROP TRIGGER {self.maybe('IF EXISTS ', 30)}{self.one(('t1', 't2'))}",
        ))  # fmt: skip
