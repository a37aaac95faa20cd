"""The replayed catalog against what a real MariaDB made of the same scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pymysql
import pytest
from pymysql.connections import Connection
from sqlalchemy.engine import URL

from migrail.catalog import Catalog
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay
from migrail.dialects import get
from migrail.sql.cursor import Cursor
from migrail.sql.read import read
from migrail.sql.read.mysql.types import read_type
from migrail.sql.split import split
from tests.dialects.reading import catalog_of
from tests.support.mariadb import connect

SCRIPTS = {
    "types": """
        CREATE TABLE t (
          a int(11), b integer unsigned, c bool, d boolean NOT NULL DEFAULT true, e tinyint(4),
          f bigint(20) zerofill,
          g dec(8,2), h numeric(5), i fixed, j real, k double precision, l float(30), m float(7,3), n char,
          o char(5),
          p character varying(20), q national varchar(7), r varbinary(16), s binary, t year(4), u bit, v bit(7),
          w enum('x', 'y''z'), x set('a','b') NOT NULL, y datetime(3), z timestamp(0) NULL,
          aa blob(100), ab blob(70000), ac mediumtext, ad long varchar, ae uuid, af inet6, ag int8, ah middleint,
          ai varchar(10) CHARACTER SET binary, aj date, ak time, al serial, am geometry, an point
        );
    """,
    "keys": """
        CREATE TABLE t (
          id int NOT NULL AUTO_INCREMENT, a int UNIQUE, b varchar(20), c int, d int, e text,
          PRIMARY KEY (id), KEY (c), KEY (c, d), UNIQUE (c), UNIQUE named (d), INDEX (b(5)), FULLTEXT (e),
          CONSTRAINT u UNIQUE (b, c), UNIQUE KEY (a), CONSTRAINT pk2 UNIQUE KEY other (d, c)
        );
        ALTER TABLE t ADD INDEX (a), ADD UNIQUE (b), ADD KEY i (id, d), ADD UNIQUE INDEX j (d, id);
        CREATE INDEX k ON t (a, b);
        CREATE UNIQUE INDEX l ON t (a, d);
        ALTER TABLE t RENAME INDEX k TO kk, DROP KEY i, DROP INDEX u, DROP CONSTRAINT j;
        DROP INDEX l ON t;
    """,
    "foreign keys": """
        CREATE TABLE p (id int PRIMARY KEY, x int, y int, UNIQUE (x, y));
        CREATE TABLE c (
          id int PRIMARY KEY, a int, b int, d int REFERENCES p (id), e int, f int, g int,
          FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT fkb FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL,
          FOREIGN KEY ixe (e) REFERENCES p (id), KEY (f, g), FOREIGN KEY (f) REFERENCES p (id)
        );
        ALTER TABLE c ADD FOREIGN KEY (g) REFERENCES p (id);
        ALTER TABLE c ADD CONSTRAINT two FOREIGN KEY (a, b) REFERENCES p (x, y);
        ALTER TABLE c ADD INDEX covering (b, a);
        ALTER TABLE c DROP FOREIGN KEY fkb;
        ALTER TABLE c RENAME TO cc;
        ALTER TABLE cc ADD h int, ADD FOREIGN KEY (h) REFERENCES p (id);
        RENAME TABLE p TO q;
    """,
    "foreign keys one after the other": """
        CREATE TABLE p (id int PRIMARY KEY, x int, UNIQUE (id, x));
        CREATE TABLE c (id int PRIMARY KEY, a int, b int, d int, INDEX mine (d));
        ALTER TABLE c ADD CONSTRAINT one FOREIGN KEY (a) REFERENCES p (id);
        ALTER TABLE c DROP FOREIGN KEY one;
        ALTER TABLE c ADD CONSTRAINT two FOREIGN KEY (a) REFERENCES p (id);
        ALTER TABLE c DROP FOREIGN KEY two;
        ALTER TABLE c ADD CONSTRAINT two FOREIGN KEY (a) REFERENCES p (id);
        ALTER TABLE c ADD CONSTRAINT three FOREIGN KEY (a) REFERENCES p (id);
        ALTER TABLE c ADD CONSTRAINT four FOREIGN KEY (b, a) REFERENCES p (id, x);
        ALTER TABLE c ADD CONSTRAINT five FOREIGN KEY (b) REFERENCES p (id);
        ALTER TABLE c ADD CONSTRAINT six FOREIGN KEY (d) REFERENCES p (id);
    """,
    "checks": """
        CREATE TABLE t (a int CHECK (a > 0), b int, CHECK (a < b), CONSTRAINT named CHECK (b > 1), CHECK (b > 2));
        ALTER TABLE t ADD CHECK (b > 3), ADD c int CHECK (c > 0);
        ALTER TABLE t DROP CONSTRAINT CONSTRAINT_1;
        ALTER TABLE t ADD CHECK (b > 4);
        ALTER TABLE t MODIFY a bigint;
        ALTER TABLE t MODIFY c int CHECK (c > 1);
    """,
    "modify and change": """
        CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 5, b varchar(10) NOT NULL, c int, KEY ka (a),
          UNIQUE (b));
        ALTER TABLE t MODIFY a bigint, CHANGE b bb varchar(20) DEFAULT 'x' NOT NULL FIRST, MODIFY id int UNSIGNED;
        ALTER TABLE t CHANGE COLUMN c C int NOT NULL, ALTER a SET DEFAULT 7;
        ALTER TABLE t RENAME COLUMN a TO z, ALTER bb DROP DEFAULT;
        ALTER TABLE t MODIFY z int UNIQUE;
    """,
    "columns": """
        CREATE TABLE t (a int, b int, c int, d int, KEY k (a, b), KEY only (c), UNIQUE u (d, c));
        ALTER TABLE t ADD COLUMN x int FIRST, ADD y int AFTER a, ADD (z int, w int UNIQUE);
        ALTER TABLE t DROP COLUMN b, DROP KEY u;
        ALTER TABLE t DROP c, DROP IF EXISTS nothing, ADD COLUMN IF NOT EXISTS a int;
    """,
    "renames": """
        CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, k int, KEY k (k));
        RENAME TABLE a TO tmp, b TO a, tmp TO b;
        ALTER TABLE a RENAME AS Mixed;
        CREATE VIEW v AS SELECT k FROM Mixed;
        RENAME TABLE v TO w;
    """,
    "generated": """
        CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a * 2) STORED,
          d int AS (a) PERSISTENT);
        ALTER TABLE t ADD e timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
          ADD f int DEFAULT (1 + 1);
    """,
    "primary keys": """
        CREATE TABLE t (a int, b int, c int);
        ALTER TABLE t ADD PRIMARY KEY (a, b);
        ALTER TABLE t DROP PRIMARY KEY, ADD CONSTRAINT pk PRIMARY KEY (c);
        CREATE TABLE u (a int KEY, b int);
        ALTER TABLE u DROP PRIMARY KEY;
    """,
    "copies": """
        CREATE TABLE p (id int PRIMARY KEY);
        CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 3, KEY (a),
          FOREIGN KEY (a) REFERENCES p (id), CHECK (a > 0));
        CREATE TABLE u LIKE t;
        CREATE OR REPLACE TABLE p2 (a int);
        CREATE OR REPLACE TABLE p2 (b int);
        DROP TABLE t;
    """,
    "executable comments": """
        /*!40101 SET NAMES utf8mb4 */;
        CREATE TABLE t (a int /*!50100 NOT NULL */, b int /*M!100100 DEFAULT 1 */, c int /*!80000 NOT NULL */)
          /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
        /*!40000 ALTER TABLE t ADD d int */;
        CREATE SEQUENCE s;
        DROP TABLE IF EXISTS t2 /*! , t3 */;
    """,
    "routines": """
        CREATE TABLE t (a int);
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a > 1 THEN SET NEW.a = 1; END IF; END;
        CREATE PROCEDURE p() BEGIN CREATE TABLE hidden (a int); DROP TABLE t; END;
        CREATE FUNCTION f() RETURNS int RETURN 1;
    """,
}


def describe(catalog: Catalog) -> list[str]:
    """One line for each column, constraint, index, view and sequence."""
    lines = []
    for table in catalog.tables.values():
        for position, column in enumerate(table.columns.values(), 1):
            facts = (column.not_null, column.default is not None, column.generation is not None)
            lines.append(f"column {table.name} {position} {column.name} {column.type} {facts}")
        for item in table.constraints.values():
            target = item.references.table if item.references else None
            columns = () if item.kind.value == "check" else item.columns
            lines.append(
                f"constraint {table.name} {(item.name or '').lower()} {item.kind.value} {columns} {target}"
            )
        lines += [
            f"index {table.name} {index.name.lower()} {index.unique} {index.columns}"
            for index in table.indexes.values()
        ]
    lines += [f"view {name}" for name in catalog.views]
    lines += [f"sequence {name}" for name in catalog.sequences]
    return sorted(lines)


COLUMNS = """
SELECT table_name, ordinal_position, lower(column_name), column_type, is_nullable = 'NO',
  column_default IS NOT NULL AND column_default <> 'NULL', coalesce(generation_expression, '') <> ''
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = database() AND table_type = 'BASE TABLE'
"""
CONSTRAINTS = """
SELECT c.table_name, lower(c.constraint_name), lower(c.constraint_type),
  (SELECT group_concat(lower(k.column_name) ORDER BY k.ordinal_position) FROM information_schema.key_column_usage k
   WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.constraint_name = c.constraint_name
   AND (k.referenced_table_name IS NOT NULL) = (c.constraint_type = 'FOREIGN KEY')),
  (SELECT r.referenced_table_name FROM information_schema.referential_constraints r
   WHERE r.constraint_schema = c.table_schema AND r.table_name = c.table_name
   AND r.constraint_name = c.constraint_name AND c.constraint_type = 'FOREIGN KEY')
FROM information_schema.table_constraints c WHERE c.table_schema = database()
"""
INDEXES = """
SELECT table_name, lower(index_name), non_unique = 0, group_concat(lower(column_name) ORDER BY seq_in_index)
FROM information_schema.statistics WHERE table_schema = database() GROUP BY 1, 2, 3
"""
OBJECTS = "SELECT table_type, table_name FROM information_schema.tables WHERE table_schema = database()"


def describe_server(connection: Connection) -> list[str]:
    """The same lines from information_schema."""
    lines = []
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, position, column, kind, *facts in cursor.fetchall():
            written = read_type(Cursor(kind, get("mariadb"))).type
            lines.append(f"column {table} {position} {column} {written} {tuple(bool(fact) for fact in facts)}")
        cursor.execute(CONSTRAINTS)
        for table, name, kind, columns, target in cursor.fetchall():
            found = tuple(columns.split(",")) if columns and kind != "check" else ()
            lines.append(f"constraint {table} {name} {kind} {found} {target}")
        cursor.execute(INDEXES)
        for table, name, unique, columns in cursor.fetchall():
            lines.append(f"index {table} {name} {bool(unique)} {tuple(columns.split(','))}")
        cursor.execute(OBJECTS)
        kinds = {"VIEW": "view", "SEQUENCE": "sequence"}
        lines += [f"{kinds[kind]} {name}" for kind, name in cursor.fetchall() if kind in kinds]
    return sorted(lines)


@pytest.fixture
def connection(mariadb_database: URL) -> Iterator[Connection]:
    made = connect(mariadb_database)
    yield made
    made.close()


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_catalog_equals_the_database(connection: Connection, script: str) -> None:
    with connection.cursor() as cursor:
        for statement in split(script, get("mariadb").lexical).statements:
            cursor.execute(statement.text)
    assert describe(catalog_of([script], "mariadb")) == describe_server(connection)


PARENT = "CREATE TABLE p (id int PRIMARY KEY);"
CHILD = "CREATE TABLE c (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES p (id));"

ACCEPTED_OR_NOT = [
    ("a foreign key and an index of the name that the server would give its own",
     f"{PARENT} CREATE TABLE c (a int, INDEX (a), FOREIGN KEY (a) REFERENCES p (id), INDEX a_2 (a))", ""),
    ("the same in two statements", f"{PARENT}{CHILD} CREATE INDEX a ON c (a, id)", ""),
    ("an index beside it that does not serve the foreign key",
     f"{PARENT}{CHILD} CREATE INDEX a ON c (id)", "index a of table c exists already"),
    ("an index twice", "CREATE TABLE c (a int, INDEX i (a)); CREATE INDEX i ON c (a)",
     "index i of table c exists already"),
    ("a missing table", CHILD, "table p does not exist"),
    ("a missing table, unchecked", f"SET foreign_key_checks = 0; {CHILD}", ""),
    ("a missing table, unchecked as dumps do it",
     f"/*!40014 SET @OLD=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */; {CHILD}", ""),
    ("a missing table, checked again", f"SET foreign_key_checks = OFF; SET foreign_key_checks = ON; {CHILD}",
     "table p does not exist"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "said"), [row[1:] for row in ACCEPTED_OR_NOT], ids=[row[0] for row in ACCEPTED_OR_NOT]
)
def test_what_is_said_to_fail_fails(connection: Connection, script: str, said: str) -> None:
    dialect = get("mariadb")
    *before, last = split(script, dialect.lexical).statements
    replaying = Replay(Catalog.empty(dialect))
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement.text)
            for operation in read(statement, dialect):
                replaying.apply(operation)
        found = []
        for operation in read(last, dialect):
            found.append(conflicts(replaying.catalog, operation))
            replaying.apply(operation)
        assert [item for item in found if item] == ([said] if said else [])
        if said:
            with pytest.raises(pymysql.Error):
                cursor.execute(last.text)
        else:
            cursor.execute(last.text)
