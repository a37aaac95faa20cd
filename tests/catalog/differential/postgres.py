"""Random statements of PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

from migrail.catalog import Composite, Domain, Enum, Table
from migrail.catalog.rewrite import quoted
from migrail.dialects import get
from migrail.model.structure import ConstraintKind, Name
from tests.catalog.differential.choosing import MISSING, Maker

LONG = "a_name_with_all_of_the_sixty_three_bytes_that_postgres_allows_it"
NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real"})
TEXTS = frozenset({"text", "varchar", "char"})


class PostgresMaker(Maker):
    """Over three schemas and a handful of names, so that they meet."""

    names = ("a", "b", "orders", "Mixed", LONG, "parts", "log")
    columns = ("id", "x", "y", "Z z", "note", LONG[:60], "at")
    types = ("integer", "bigint", "text", "varchar(20)", "numeric(8, 2)", "boolean", "timestamptz", "date", "jsonb",
             "integer[]", "uuid", "char(3)", "smallint", "real")  # fmt: skip
    schemas = ("public", "app", "Other")

    def quoted(self, name: str) -> str:
        return quoted(name, get("postgres"))

    def statements(self) -> dict[Callable[[], str | None], int]:
        return {
            self.create_table: 14,
            self.create_partitioned: 5,
            self.create_partition: 8,
            self.attach: 3,
            self.detach: 2,
            self.alter_columns: 24,
            self.alter_constraints: 16,
            self.alter_table: 10,
            self.inherit: 3,
            self.create_index: 12,
            self.alter_index: 5,
            self.drop_index: 3,
            self.create_view: 8,
            self.alter_view: 4,
            self.drop_view: 3,
            self.create_type: 5,
            self.alter_type: 9,
            self.drop_type: 2,
            self.sequences: 7,
            self.functions: 6,
            self.triggers: 4,
            self.schema: 3,
            self.drop_table: 4,
            self.path: 2,
            self.no_change: 1,
        }

    # Parts

    def new_name(self) -> str:
        name = self.quoted(self.fresh())
        known = [schema for schema in self.catalog.schemas if self.chance(70)] or ["public"]
        return f"{self.quoted(self.one(known))}.{name}" if self.chance(45) else name

    def end(self) -> str:
        return self.one(("", "", " CASCADE", " RESTRICT"))

    def type(self) -> str:
        own = [item.name for item in self.catalog.types.values() if isinstance(item, Enum | Domain | Composite)]
        if own and self.chance(25):
            return self.shown(self.one(own)) + self.maybe("[]", 20)
        return self.one(self.types)

    def literal(self, type_: str) -> str:
        base = type_.partition("(")[0]
        literals = {
            "integer": ("0", "-1", "'7'", "1 + 1"),
            "bigint": ("0", "9000000000", "-5"),
            "smallint": ("3", "'0'"),
            "text": ("''", "'it''s'", "'x' || 'y'", "lower('A')"),
            "varchar": ("'x'", "NULL", "upper('b')"),
            "char": ("'abc'",),
            "numeric": ("0", "1.50", "'2.00'", "round(1.234, 2)"),
            "boolean": ("true", "'f'", "1 > 2"),
            "timestamptz": ("now()", "CURRENT_TIMESTAMP", "'2020-01-05 10:00+00'", "now() - interval '1 day'"),
            "date": ("CURRENT_DATE", "'2020-1-5'", "DATE '2021-02-03'"),
            "jsonb": ("'{}'", '\'{"b":1,"a":[]}\'', "jsonb_build_object('a', 1)"),
            "integer[]": ("'{}'", "ARRAY[1, 2]", "'{1,2}'"),
            "uuid": ("gen_random_uuid()",),
            "real": ("0.5", "1e3"),
        }
        return self.one(literals.get(base, ("NULL",)))

    def condition(self, table: list[tuple[str, str]]) -> str:
        """A condition on columns, given with their types."""
        name, type_ = self.one(table)
        base = type_.partition("(")[0]
        column = self.quoted(name)
        if base in NUMBERS:
            return self.one((f"{column} > 0", f"{column} BETWEEN -5 AND 10", f"{column} IN (1, 2, 3)",
                             f"{column} <> 4 OR {column} IS NULL", f"{column} % 2 = 0 AND NOT {column} = 7"))  # fmt: skip
        if base in TEXTS:
            return self.one((f"{column} <> ''", f"length({column}) < 100", f"{column} IN ('a', 'b')",
                             f"{column} LIKE 'x%'", f"lower({column}) = {column}", f"{column} ~ '^[a-z]+$'"))  # fmt: skip
        return self.one(
            (f"{column} IS NOT NULL", f"({column} IS NULL) = false", f"coalesce({column} IS NULL, true)")
        )

    def typed(self, table: Table) -> list[tuple[str, str]]:
        return [(column.name, str(column.type)) for column in table.columns.values()] or [(MISSING, "text")]

    def definition(self, names: list[str]) -> str:
        """A column with its clauses."""
        name = self.quoted(self.one(names))
        if self.chance(8):
            return f"{name} {self.one(('serial', 'bigserial'))}{self.maybe(' PRIMARY KEY', 30)}"
        type_ = self.type()
        clauses = ""
        if self.chance(6) and type_ in ("integer", "bigint", "smallint"):
            clauses += f" GENERATED {self.one(('ALWAYS', 'BY DEFAULT'))} AS IDENTITY"
        elif self.chance(30):
            clauses += f" DEFAULT {self.literal(type_)}"
        clauses += self.maybe(" NOT NULL", 25) + self.maybe(" UNIQUE", 8)
        if self.chance(12):
            named = self.maybe(f" CONSTRAINT {self.quoted(self.fresh())}", 30)
            clauses += f"{named} CHECK ({self.condition([(self.plain(name), type_)])})"
        if self.chance(5) and type_ in TEXTS | {"varchar(20)"}:
            clauses = ' COLLATE "C"' + clauses
        if self.chance(8) and (target := self.table()) is not None:
            clauses += f" REFERENCES {self.shown(target.name)}{self.maybe(self.action(), 40)}"
        return f"{name} {type_}{clauses}"

    def plain(self, written: str) -> str:
        return written.strip('"').replace('""', '"')

    def action(self) -> str:
        event = self.one(("DELETE", "UPDATE"))
        return f" ON {event} {self.one(('CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION', 'SET DEFAULT'))}"

    def constraint(self, columns: list[tuple[str, str]], *, alter: bool = False) -> str:
        """A constraint of a table with these columns."""
        named = self.maybe(f"CONSTRAINT {self.quoted(self.fresh((*self.names, 'c1', 'c2')))} ", 50)
        listed = ", ".join(self.quoted(name) for name, _ in self.some(columns, 2))
        kind = self.random.randrange(100)
        if kind < 20:
            return f"{named}PRIMARY KEY ({listed})"
        if kind < 45:
            return f"{named}UNIQUE ({listed})"
        if kind < 75:
            late = " NOT VALID" if alter and self.chance(30) else ""
            return f"{named}CHECK ({self.condition(columns)}){late}"
        if kind < 80:
            return f"{named}EXCLUDE USING btree ({self.quoted(columns[0][0])} WITH =)"
        target = self.table()
        if target is None:
            return f"{named}UNIQUE ({listed})"
        column = self.quoted(self.one(columns)[0])
        keys = [key for key in target.constraints.values() if key.kind in (ConstraintKind.PRIMARY_KEY,
                ConstraintKind.UNIQUE) and len(key.columns) == 1]  # fmt: skip
        to = f" ({self.quoted(self.one(keys).columns[0])})" if keys and self.chance(60) else ""
        late = " NOT VALID" if alter and self.chance(20) else ""
        deferred = self.maybe(" DEFERRABLE INITIALLY DEFERRED", 15)
        return (
            f"{named}FOREIGN KEY ({column}) REFERENCES {self.shown(target.name)}{to}"
            f"{self.maybe(self.action(), 30)}{deferred}{late}"
        )

    def elements(self, *, least: int = 1) -> str:
        names = self.random.sample(self.columns, self.random.randint(least, len(self.columns)))
        parts = [self.definition([name]) for name in names]
        plain = [
            (name, part.removeprefix(self.quoted(name)).split()[0]) for name, part in zip(names, parts, strict=True)
        ]
        if self.chance(15):
            parts.append(f"g text GENERATED ALWAYS AS ({self.quoted(names[0])}::text) STORED"
                         if plain[0][1] == "integer" else "g integer GENERATED ALWAYS AS (1 + 1) STORED")  # fmt: skip
        parts += [self.constraint(plain) for _ in range(self.random.choice((0, 0, 1, 1, 2)))]
        return ", ".join(parts)

    # Tables

    def create_table(self) -> str | None:
        exists = self.maybe("IF NOT EXISTS ", 20)
        kind = self.maybe("TEMP ", 4) or self.maybe("UNLOGGED ", 4)
        if kind == "TEMP ":
            return f"CREATE TEMP TABLE {exists}{self.quoted(self.fresh())} ({self.elements()})"
        name = self.new_name()
        source = self.table()
        if source is not None and self.chance(15):
            options = " ".join(
                f"INCLUDING {word}" for word in self.some(("ALL", "DEFAULTS", "CONSTRAINTS", "INDEXES", "IDENTITY",
                                                            "GENERATED", "STORAGE"), 3)
            ) if self.chance(70) else ""  # fmt: skip
            more = self.maybe(", extra integer UNIQUE", 30)
            return f"CREATE TABLE {exists}{name} (LIKE {self.shown(source.name)} {options}{more})"
        if source is not None and self.chance(12):
            own = self.elements() if self.chance(60) else ""
            return f"CREATE TABLE {exists}{name} ({own}) INHERITS ({self.shown(source.name)})"
        if source is not None and self.chance(5):
            return f"CREATE TABLE {exists}{name} AS SELECT * FROM {self.shown(source.name)}"
        return f"CREATE {kind}TABLE {exists}{name} ({self.elements()})"

    def create_partitioned(self) -> str:
        key = self.one(("id", "x"))
        other = [name for name in self.columns if name != key]
        parts = [f"{key} integer{self.maybe(' NOT NULL', 50)}"]
        parts += [self.definition([name]) for name in self.some(other, 3)]
        if self.chance(40):
            parts.append(f"{self.one(('PRIMARY KEY', 'UNIQUE'))} ({key})")
        if self.chance(30):
            parts.append(f"CHECK ({key} > 0)")
        method = self.one(("RANGE", "LIST", "HASH"))
        return f"CREATE TABLE {self.new_name()} ({', '.join(parts)}) PARTITION BY {method} ({key})"

    def bound(self, parent: Table) -> str:
        method = (parent.partitioned_by or "").strip().upper()
        number = self.random.randrange(6)
        if method.startswith("HASH"):
            return f"FOR VALUES WITH (MODULUS 6, REMAINDER {number})"
        if self.chance(15):
            return "DEFAULT"
        if method.startswith("LIST"):
            return f"FOR VALUES IN ({number})"
        return f"FOR VALUES FROM ({number * 10}) TO ({number * 10 + 10})"

    def create_partition(self) -> str | None:
        parent = self.table(lambda table: table.partitioned_by is not None)
        if parent is None:
            return None
        own = ""
        if self.chance(25):
            typed = self.typed(parent)
            own = f" ({self.constraint(typed)})" if self.chance(60) else f" ({self.column(parent)} DEFAULT NULL)"
        deeper = self.maybe(" PARTITION BY RANGE (id)", 10) if "id" in parent.columns else ""
        name = self.new_name()
        return f"CREATE TABLE {name} PARTITION OF {self.shown(parent.name)}{own} {self.bound(parent)}{deeper}"

    def attach(self) -> str | None:
        parent = self.table(lambda table: table.partitioned_by is not None)
        child = self.table()
        if parent is None or child is None:
            return None
        alike = [
            table
            for table in self.catalog.tables.values()
            if set(table.columns) == set(parent.columns) and table is not parent
        ]
        child = self.one(alike) if alike else child
        return (
            f"ALTER TABLE {self.shown(parent.name)} ATTACH PARTITION {self.shown(child.name)} {self.bound(parent)}"
        )

    def detach(self) -> str | None:
        child = self.table(lambda table: table.partition_bound is not None)
        if child is None:
            return None
        return f"ALTER TABLE {self.shown(child.parents[0])} DETACH PARTITION {self.shown(child.name)}"

    def inherit(self) -> str | None:
        child, parent = self.table(), self.table()
        if child is None or parent is None:
            return None
        if child.parents and self.chance(60):
            return f"ALTER TABLE {self.shown(child.name)} NO INHERIT {self.shown(child.parents[0])}"
        fitting = [
            table for table in self.catalog.tables.values() if set(table.columns) <= set(child.columns)
            and table is not child
        ]  # fmt: skip
        parent = self.one(fitting) if fitting else parent
        return f"ALTER TABLE {self.shown(child.name)} INHERIT {self.shown(parent.name)}"

    def alter_columns(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        actions = [self.column_action(table) for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        only, exists = self.maybe("ONLY ", 8), self.maybe("IF EXISTS ", 8)
        name = self.shown(table.name)
        if self.chance(20):
            new = self.quoted(self.fresh(self.columns))
            return (
                f"ALTER TABLE {exists}{only}{name} RENAME {self.maybe('COLUMN ', 60)}{self.column(table)} TO {new}"
            )
        return f"ALTER TABLE {exists}{only}{name} {', '.join(actions)}"

    def column_action(self, table: Table) -> str:
        column = self.column(table)
        word = self.maybe("COLUMN ", 70)
        return self.one((
            lambda: f"ADD {word}{self.maybe('IF NOT EXISTS ', 20)}{self.definition(list(self.columns))}",
            lambda: f"ADD {word}{self.definition(list(self.columns))}",
            lambda: f"DROP {word}{self.maybe('IF EXISTS ', 20)}{column}{self.end()}",
            lambda: f"ALTER {word}{column} TYPE {self.type()}{self.maybe(' USING NULL', 60)}",
            lambda: f"ALTER {word}{column} SET NOT NULL",
            lambda: f"ALTER {word}{column} DROP NOT NULL",
            lambda: f"ALTER {word}{column} SET DEFAULT {self.literal(self.type_of(table, column))}",
            lambda: f"ALTER {word}{column} DROP DEFAULT",
            lambda: f"ALTER {word}{column} ADD GENERATED BY DEFAULT AS IDENTITY",
            lambda: f"ALTER {word}{column} DROP IDENTITY{self.maybe(' IF EXISTS', 30)}",
            lambda: f"ALTER {word}{column} SET GENERATED ALWAYS",
            lambda: f"ALTER {word}{column} DROP EXPRESSION{self.maybe(' IF EXISTS', 30)}",
            lambda: f"ALTER {word}{column} SET STATISTICS 100",
        ))()  # fmt: skip

    def type_of(self, table: Table, column: str) -> str:
        found = table.columns.get(self.plain(column))
        return str(found.type) if found is not None else "text"

    def alter_constraints(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        name = self.maybe("ONLY ", 6) + self.shown(table.name)
        known = [str(key) for key in table.constraints] or [MISSING]
        constraint = self.quoted(self.one(known))
        unique = [index.name for index in table.indexes.values() if index.unique and not index.constraint]
        return self.one((
            lambda: f"ALTER TABLE {name} ADD {self.constraint(self.typed(table), alter=True)}",
            lambda: f"ALTER TABLE {name} ADD {self.constraint(self.typed(table), alter=True)}",
            lambda: f"ALTER TABLE {name} ADD {self.constraint(self.typed(table), alter=True)}",
            lambda: f"ALTER TABLE {name} DROP CONSTRAINT {self.maybe('IF EXISTS ', 20)}{constraint}{self.end()}",
            lambda: f"ALTER TABLE {name} RENAME CONSTRAINT {constraint} TO {self.quoted(self.fresh())}",
            lambda: f"ALTER TABLE {name} VALIDATE CONSTRAINT {constraint}",
            lambda: f"ALTER TABLE {name} ALTER CONSTRAINT {constraint} DEFERRABLE",
            lambda: f"ALTER TABLE {name} ADD {self.maybe(f'CONSTRAINT {self.quoted(self.fresh())} ', 50)}"
                    f"{self.one(('UNIQUE', 'PRIMARY KEY'))} USING INDEX {self.quoted(self.one(unique))}"
                    if unique else "",
        ))() or None  # fmt: skip

    def alter_table(self) -> str | None:
        name = self.table_name()
        if name is None:
            return None
        exists = self.maybe("IF EXISTS ", 15)
        return self.one((
            lambda: f"ALTER TABLE {exists}{name} RENAME TO {self.quoted(self.fresh())}",
            lambda: f"ALTER TABLE {exists}{name} RENAME TO {self.quoted(self.fresh())}",
            lambda: f"ALTER TABLE {exists}{name} SET SCHEMA {self.quoted(self.one(self.schemas))}",
            lambda: f"ALTER TABLE {exists}{name} OWNER TO CURRENT_USER",
            lambda: f"ALTER TABLE {exists}{name} SET (fillfactor = 70)",
            lambda: f"ALTER TABLE {exists}{name} REPLICA IDENTITY FULL",
            lambda: f"ALTER TABLE {exists}{name} ENABLE ROW LEVEL SECURITY",
            lambda: f"ALTER TABLE {exists}{name} SET LOGGED",
        ))()  # fmt: skip

    def drop_table(self) -> str | None:
        name = self.table_name()
        return f"DROP TABLE {self.maybe('IF EXISTS ', 30)}{name}{self.end()}" if name else None

    # Indexes and views

    def create_index(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        typed = self.typed(table)
        parts = []
        for name, type_ in self.some(typed, 3):
            base, column = type_.partition("(")[0], self.quoted(name)
            if base in TEXTS and self.chance(30):
                parts.append(
                    self.one((f"lower({column})", f"({column} || 'x')", f"upper({column}) text_pattern_ops"))
                )
            elif base in NUMBERS and self.chance(20):
                parts.append(f"(({column} + 1) * 2)")
            else:
                parts.append(column + self.one(("", "", " DESC", " NULLS FIRST")))
        name = self.quoted(self.fresh((*self.names, "i1", "i2", "i3"))) if self.chance(60) else ""
        exists = "IF NOT EXISTS " if name and self.chance(15) else ""
        unique, only = self.maybe("UNIQUE ", 25), self.maybe("ONLY ", 10)
        include = self.maybe(f" INCLUDE ({self.column(table)})", 10)
        where = self.maybe(f" WHERE {self.condition(typed)}", 20)
        method = self.maybe(" USING btree", 10)
        concurrently = self.maybe("CONCURRENTLY ", 10)
        return (
            f"CREATE {unique}INDEX {concurrently}{exists}{name} ON {only}{self.shown(table.name)}{method} "
            f"({', '.join(parts)}){include}{where}"
        )

    def index_name(self) -> str:
        known = list(self.catalog.index_tables)
        return self.shown(self.one(known)) if known and not self.chance(4) else MISSING

    def alter_index(self) -> str:
        name = self.index_name()
        if self.chance(25) and (parent := self.table(lambda table: table.partitioned_by is not None)) is not None:
            children = [self.catalog.tables[child] for child in parent.children if child in self.catalog.tables]
            child = self.one(children) if children else None
            if parent.indexes and child is not None and child.indexes:
                one = self.shown(Name(parent.name.schema, self.one(list(parent.indexes))))
                two = self.shown(Name(child.name.schema, self.one(list(child.indexes))))
                return f"ALTER INDEX {one} ATTACH PARTITION {two}"
        return f"ALTER INDEX {self.maybe('IF EXISTS ', 15)}{name} RENAME TO {self.quoted(self.fresh())}"

    def drop_index(self) -> str:
        return f"DROP INDEX {self.maybe('IF EXISTS ', 20)}{self.index_name()}{self.end()}"

    def create_view(self) -> str | None:
        source = self.table()
        views = list(self.catalog.views.values())
        if source is None:
            return None
        name = self.quoted(self.fresh(("v", "w", "m", "a")))
        columns = [self.quoted(column) for column in source.columns] or ["1 AS one"]
        chosen = self.some(columns, 3)
        where = f" WHERE {self.condition(self.typed(source))}" if self.chance(40) else ""
        query = f"SELECT {', '.join(chosen)} FROM {self.shown(source.name)}{where}"
        if views and self.chance(20):
            query = f"SELECT * FROM {self.shown(self.one(views).name)}"
        if self.chance(25):
            return f"CREATE MATERIALIZED VIEW {self.maybe('IF NOT EXISTS ', 20)}{name} AS {query}"
        listed = self.maybe(f" ({', '.join(f'c{number}' for number, _ in enumerate(chosen))})", 10)
        return f"CREATE {self.maybe('OR REPLACE ', 40)}VIEW {name}{listed} AS {query}"

    def view_words(self) -> tuple[str, str] | None:
        views = list(self.catalog.views.values())
        if not views:
            return None
        view = self.one(views)
        return ("MATERIALIZED VIEW" if view.materialized else "VIEW"), self.shown(view.name)

    def alter_view(self) -> str | None:
        found = self.view_words()
        if found is None:
            return None
        words, name = found
        return self.one((
            f"ALTER {words} {name} RENAME TO {self.quoted(self.fresh(('v', 'w', 'm', 'a')))}",
            f"ALTER {words} {name} RENAME COLUMN {self.quoted(self.fresh(self.columns))} TO renamed",
            f"ALTER {words} {name} SET SCHEMA {self.quoted(self.one(self.schemas))}",
            f"CREATE INDEX ON {name} ({self.quoted(self.fresh(self.columns))})",
        ))  # fmt: skip

    def drop_view(self) -> str | None:
        found = self.view_words()
        return f"DROP {found[0]} {self.maybe('IF EXISTS ', 20)}{found[1]}{self.end()}" if found else None

    # Types

    def create_type(self) -> str:
        name = self.new_name() if self.chance(50) else self.quoted(self.one(("mood", "pair", "positive", "Kind")))
        return self.one((
            lambda: f"CREATE TYPE {name} AS ENUM ({', '.join(repr(label) for label in self.some(('a', 'b', 'C'), 3))})",
            lambda: f"CREATE TYPE {name} AS ({', '.join(f'{self.quoted(c)} {self.one(self.types)}' for c in self.some(self.columns, 3))})",
            lambda: f"CREATE DOMAIN {name} AS {self.domain_base()}{self.maybe(' NOT NULL', 20)}"
                    f"{self.maybe(' CHECK (VALUE IS NOT NULL)', 40)}",
        ))()  # fmt: skip

    def domain_base(self) -> str:
        base = self.type() if self.chance(30) else self.one(self.types)
        return base + self.maybe(f" DEFAULT {self.literal(base)}", 30)

    def alter_type(self) -> str | None:
        found = [item for item in self.catalog.types.values() if isinstance(item, Enum | Domain | Composite)]
        if not found:
            return None
        chosen = self.one(found)
        name = self.shown(chosen.name)
        word = "DOMAIN" if isinstance(chosen, Domain) else "TYPE"
        if self.chance(15):
            return f"ALTER {word} {name} RENAME TO {self.quoted(self.one(('mood', 'pair', 'positive', 'Kind')))}"
        if self.chance(10):
            return f"ALTER {word} {name} SET SCHEMA {self.quoted(self.one(self.schemas))}"
        if isinstance(chosen, Enum):
            return self.alter_enum(chosen, name)
        if isinstance(chosen, Domain):
            return self.alter_domain(chosen, name)
        attribute = self.quoted(self.one([column.name for column in chosen.columns] or [MISSING]))
        return self.one((
            f"ALTER TYPE {name} ADD ATTRIBUTE {self.quoted(self.fresh(self.columns))} {self.one(self.types)}",
            f"ALTER TYPE {name} DROP ATTRIBUTE {self.maybe('IF EXISTS ', 20)}{attribute}",
            f"ALTER TYPE {name} ALTER ATTRIBUTE {attribute} TYPE {self.one(self.types)}",
            f"ALTER TYPE {name} RENAME ATTRIBUTE {attribute} TO {self.quoted(self.fresh(self.columns))}",
        ))  # fmt: skip

    def alter_enum(self, enum: Enum, name: str) -> str:
        label, known = self.one(("a", "b", "C", "d", "e")), self.one([*enum.labels, MISSING])
        if self.chance(25):
            return f"ALTER TYPE {name} RENAME VALUE '{known}' TO '{label}'"
        place = self.one(("", "", f" BEFORE '{known}'", f" AFTER '{known}'"))
        return f"ALTER TYPE {name} ADD VALUE {self.maybe('IF NOT EXISTS ', 20)}'{label}'{place}"

    def alter_domain(self, domain: Domain, name: str) -> str:
        known = [item.name for item in domain.constraints if item.name] or [MISSING]
        return self.one((
            f"ALTER DOMAIN {name} SET DEFAULT {self.literal(str(domain.base))}",
            f"ALTER DOMAIN {name} DROP DEFAULT",
            f"ALTER DOMAIN {name} SET NOT NULL",
            f"ALTER DOMAIN {name} DROP NOT NULL",
            f"ALTER DOMAIN {name} ADD CHECK (VALUE IS NOT NULL)",
            f"ALTER DOMAIN {name} ADD CONSTRAINT c{self.random.randrange(3)} CHECK (VALUE IS NULL){self.maybe(' NOT VALID')}",
            f"ALTER DOMAIN {name} DROP CONSTRAINT {self.maybe('IF EXISTS ')}{self.quoted(self.one(known))}",
            f"ALTER DOMAIN {name} RENAME CONSTRAINT {self.quoted(self.one(known))} TO c{self.random.randrange(3)}",
            f"ALTER DOMAIN {name} VALIDATE CONSTRAINT {self.quoted(self.one(known))}",
        ))  # fmt: skip

    def drop_type(self) -> str | None:
        found = [item for item in self.catalog.types.values() if isinstance(item, Enum | Domain | Composite)]
        if not found:
            return None
        chosen = self.one(found)
        word = "DOMAIN" if isinstance(chosen, Domain) else "TYPE"
        return f"DROP {word} {self.maybe('IF EXISTS ', 20)}{self.shown(chosen.name)}{self.end()}"

    # The others

    def sequences(self) -> str | None:
        known = list(self.catalog.sequences)
        name = self.shown(self.one(known)) if known else MISSING
        table = self.table()
        owner = f"{self.shown(table.name)}.{self.column(table)}" if table is not None else "NONE"
        default = (
            f"ALTER TABLE {self.shown(table.name)} ALTER {self.column(table)} SET DEFAULT nextval('{name}')"
            if table is not None
            else None
        )
        return self.one((
            f"CREATE SEQUENCE {self.maybe('IF NOT EXISTS ', 20)}{self.quoted(self.fresh(('s', 'a', 'Seq')))}"
            f"{self.maybe(f' OWNED BY {owner}', 30)}",
            f"ALTER SEQUENCE {name} RENAME TO {self.quoted(self.fresh(('s', 'a', 'Seq')))}",
            f"ALTER SEQUENCE {name} OWNED BY {self.one((owner, 'NONE'))}",
            f"ALTER SEQUENCE {name} SET SCHEMA {self.quoted(self.one(self.schemas))}",
            f"DROP SEQUENCE {self.maybe('IF EXISTS ', 20)}{name}{self.end()}",
            default,
        ))  # fmt: skip

    def functions(self) -> str | None:
        known = [item for overloads in self.catalog.functions.values() for item in overloads if not item.procedure]
        arguments = self.one(("", "a integer", "a text, b integer DEFAULT 1", "a integer[]", "VARIADIC a text[]"))
        name = self.quoted(self.fresh(("f", "g", "F")))
        create = (
            f"CREATE {self.maybe('OR REPLACE ', 50)}FUNCTION {name}({arguments}) RETURNS integer "
            f"LANGUAGE sql {self.one(('', 'IMMUTABLE', 'STABLE'))} AS 'SELECT 1'"
        )
        if not known:
            return create
        chosen = self.one(known)
        from migrail.catalog.signatures import signature

        listed = ", ".join(signature(chosen.arguments, get("postgres")))
        whole = f"{self.shown(chosen.name)}({listed})" if self.chance(80) else self.shown(chosen.name)
        return self.one((
            create,
            create,
            f"DROP FUNCTION {self.maybe('IF EXISTS ', 20)}{whole}",
            f"ALTER FUNCTION {whole} RENAME TO {self.quoted(self.fresh(('f', 'g', 'F')))}",
            f"ALTER FUNCTION {whole} SET SCHEMA {self.quoted(self.one(self.schemas))}",
            f"ALTER FUNCTION {whole} {self.one(('IMMUTABLE', 'STABLE', 'VOLATILE'))}",
        ))  # fmt: skip

    def triggers(self) -> str | None:
        table = self.table()
        if table is None:
            return None
        if Name("public", "stamp") not in self.catalog.functions:
            return "CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        name = self.quoted(self.one(("t1", "T2")))
        known = self.quoted(self.one([*table.triggers, MISSING]))
        return self.one((
            f"CREATE TRIGGER {name} {self.one(('BEFORE', 'AFTER'))} {self.one(('INSERT', 'UPDATE OR DELETE'))} ON "
            f"{self.shown(table.name)} FOR EACH ROW EXECUTE FUNCTION public.stamp()",
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {self.column(table)} ON {self.shown(table.name)} "
            "FOR EACH ROW EXECUTE FUNCTION public.stamp()",
            f"DROP TRIGGER {self.maybe('IF EXISTS ', 30)}{known} ON {self.shown(table.name)}{self.end()}",
            f"ALTER TRIGGER {known} ON {self.shown(table.name)} RENAME TO {name}",
            f"ALTER TABLE {self.shown(table.name)} DISABLE TRIGGER ALL",
        ))  # fmt: skip

    def schema(self) -> str:
        name, other = self.quoted(self.one(self.schemas[1:])), self.quoted(self.one(self.schemas))
        return self.one((
            f"CREATE SCHEMA {name}", f"CREATE SCHEMA IF NOT EXISTS {name}",
            f"DROP SCHEMA {self.maybe('IF EXISTS ')}{name}{self.end()}", f"ALTER SCHEMA {name} RENAME TO {other}",
        ))  # fmt: skip

    def path(self) -> str:
        return self.one((
            "SET search_path TO app, public", 'SET search_path = "Other"', "SET search_path = DEFAULT",
            "RESET search_path", "SET search_path TO public",
        ))  # fmt: skip

    def no_change(self) -> str | None:
        name = self.table_name()
        return self.one((
            f"COMMENT ON TABLE {name} IS 'x'", f"ANALYZE {name}", f"TRUNCATE {name} CASCADE",
            f"GRANT SELECT ON {name} TO PUBLIC",
        )) if name else None  # fmt: skip
