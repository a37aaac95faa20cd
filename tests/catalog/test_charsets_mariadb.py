"""Character sets, collations and engines that columns and tables get without saying so, held against MariaDB."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from migrail.model.structure import Name
from tests.catalog.comparing import connected, diff, run
from tests.dialects.reading import catalog_of

SAID = "a varchar(9), b text CHARACTER SET latin1, c varchar(9) COLLATE utf8mb3_bin"
UNSAID = f"CREATE TABLE t ({SAID})"
LATIN = f"{UNSAID} CHARSET latin1"

CASES = [
    # What is written, what is known of the columns, what is known of the table.
    (UNSAID, "a varchar(9), b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", ""),
    (LATIN, "a varchar(9) latin1, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", "latin1"),
    (f"{UNSAID} COLLATE latin1_bin",
     "a varchar(9) latin1 latin1_bin, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", "latin1 latin1_bin"),
    ("CREATE TABLE t (a char(3)) COLLATE latin1_general_ci CHARSET latin1",
     "a char(3) latin1 latin1_general_ci", "latin1 latin1_general_ci"),
    ("CREATE TABLE t (a enum('x'), b set('x'), c longtext, d int, e blob) DEFAULT CHARACTER SET = utf8",
     "a enum('x') utf8mb3, b set('x') utf8mb3, c longtext utf8mb3, d int, e blob", "utf8mb3"),
    ("CREATE TABLE t (a json, b nchar(5), c char(5) UNICODE, d char(5) ASCII, e json NOT NULL) CHARSET latin2",
     "a longtext utf8mb4 utf8mb4_bin, b char(5) utf8mb3, c char(5) ucs2, d char(5) latin1, "
     "e longtext utf8mb4 utf8mb4_bin", "latin2"),
    ("CREATE TABLE t (a char(5) BINARY, b text BINARY CHARACTER SET latin1, c varchar(5) BINARY) CHARSET latin2",
     "a char(5) latin2 latin2_bin, b text latin1 latin1_bin, c varchar(5) latin2 latin2_bin", "latin2"),
    ("CREATE TABLE t (a varchar(5), b text, c char(4), e varchar(5) CHARACTER SET latin1) CHARSET binary",
     "a varbinary(5), b blob, c binary(4), e varchar(5) latin1", "binary"),
    ("CREATE TABLE t (a varchar(5) COLLATE uca1400_ai_ci, b varchar(5)) CHARSET utf8mb3",
     "a varchar(5) utf8mb3 utf8mb3_uca1400_ai_ci, b varchar(5) utf8mb3", "utf8mb3"),
    ("CREATE TABLE t (a varchar(5)) CHARSET utf8mb4 COLLATE uca1400_as_cs",
     "a varchar(5) utf8mb4 utf8mb4_uca1400_as_cs", "utf8mb4 utf8mb4_uca1400_as_cs"),
    ("CREATE TABLE s (a varchar(5)) ENGINE=Aria CHARSET latin1 COLLATE latin1_bin; CREATE TABLE t LIKE s",
     "a varchar(5) latin1 latin1_bin", "aria latin1 latin1_bin"),
    # ALTER changes what comes, not what is there.
    (f"{LATIN}; ALTER TABLE t CHARSET utf8mb4",
     "a varchar(9) latin1, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", "utf8mb4"),
    (f"{LATIN}; ALTER TABLE t ADD d char(2), MODIFY c text, CHARSET utf8mb4",
     "a varchar(9) latin1, b text latin1, c text utf8mb4, d char(2) utf8mb4", "utf8mb4"),
    (f"{LATIN}; ALTER TABLE t COLLATE utf8mb4_bin, CHANGE a z varchar(8) FIRST",
     "z varchar(8) utf8mb4 utf8mb4_bin, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", "utf8mb4 utf8mb4_bin"),
    (f"{LATIN}; ALTER TABLE t ADD d char(2) CHARACTER SET ucs2, DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin",
     "a varchar(9) latin1, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin, d char(2) ucs2", "utf8mb4 utf8mb4_bin"),
    (f"{LATIN} COLLATE latin1_bin; ALTER TABLE t CHARSET latin1; ALTER TABLE t ADD d char(2)",
     "a varchar(9) latin1 latin1_bin, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin, d char(2) latin1", "latin1"),
    (f"{LATIN}; ALTER TABLE t COLLATE latin1_general_ci CHARSET latin1",
     "a varchar(9) latin1, b text latin1, c varchar(9) utf8mb3 utf8mb3_bin", "latin1 latin1_general_ci"),
    (f"{LATIN}; ALTER TABLE t MODIFY c varchar(9), MODIFY b text, RENAME COLUMN a TO d",
     "d varchar(9) latin1, b text latin1, c varchar(9) latin1", "latin1"),
    # CONVERT TO changes all, and makes texts larger that could not hold what they hold.
    (f"{LATIN}; ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
     "a varchar(9) utf8mb4, b mediumtext utf8mb4, c varchar(9) utf8mb4", "utf8mb4"),
    (f"{LATIN}; ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; ALTER TABLE t ADD d text",
     "a varchar(9) utf8mb4 utf8mb4_bin, b mediumtext utf8mb4 utf8mb4_bin, c varchar(9) utf8mb4 utf8mb4_bin, "
     "d text utf8mb4 utf8mb4_bin", "utf8mb4 utf8mb4_bin"),
    ("CREATE TABLE t (a tinytext, b text, c mediumtext, d longtext, e json, f blob) CHARSET utf8; "
     "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
     "a text utf8mb4, b mediumtext utf8mb4, c longtext utf8mb4, d longtext utf8mb4, e longtext utf8mb4, f blob",
     "utf8mb4"),
    ("CREATE TABLE t (a tinytext, b text) CHARSET utf8mb4; ALTER TABLE t CONVERT TO CHARACTER SET latin1",
     "a tinytext latin1, b text latin1", "latin1"),
    ("CREATE TABLE t (a tinytext, b text) CHARSET ucs2; ALTER TABLE t CONVERT TO CHARACTER SET utf8mb3",
     "a text utf8mb3, b mediumtext utf8mb3", "utf8mb3"),
    (f"{LATIN}; ALTER TABLE t MODIFY b text, CONVERT TO CHARACTER SET utf8mb4, ADD d text CHARACTER SET latin2",
     "a varchar(9) utf8mb4, b text utf8mb4, c varchar(9) utf8mb4, d text utf8mb4", "utf8mb4"),
    (f"{LATIN}; ALTER TABLE t CONVERT TO CHARACTER SET binary",
     "a varbinary(9), b blob, c varbinary(9)", "binary"),
    (f"{LATIN}; ALTER TABLE t CONVERT TO CHARACTER SET DEFAULT", "a varchar(9), b text, c varchar(9)", ""),
    ("CREATE TABLE t (a text, b longtext); ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
     "a text utf8mb4, b longtext utf8mb4", "utf8mb4"),
    # Engines.
    ("CREATE TABLE t (a int) ENGINE = 'MyISAM'", "a int", "myisam"),
    ("CREATE TABLE t (a int) ENGINE heap", "a int", "memory"),
    ("CREATE TABLE t (a int) ENGINE=Aria; ALTER TABLE t ENGINE=InnoDB, ADD b int", "a int, b int", "innodb"),
]  # fmt: skip


@pytest.fixture
def database(mariadb_database: URL) -> Iterator[Connection]:
    url = mariadb_database.set(drivername="mariadb+pymysql").render_as_string(hide_password=False)
    with connected(url) as connection:
        yield connection


@pytest.mark.parametrize(("script", "columns", "table"), CASES)
def test_what_is_known_is_there(database: Connection, script: str, columns: str, table: str) -> None:
    known = catalog_of([script], "mariadb").tables[Name(None, "t")]
    told = (" ".join(filter(None, (c.name, str(c.type), c.charset, c.collation))) for c in known.columns.values())
    assert ", ".join(told) == columns
    assert " ".join(filter(None, (known.engine, known.charset, known.collation))) == table
    run(database, script)
    assert diff(database, script) == []


BASE = f"{LATIN} ENGINE=InnoDB"
CHANGES = [
    ("ALTER TABLE t CHARSET utf8mb4", ["- table t: character set latin1", "+ table t: character set utf8mb4"]),
    ("ALTER TABLE t ENGINE=Aria", ["- table t: engine innodb", "+ table t: engine aria"]),
    ("ALTER TABLE t MODIFY a varchar(9) CHARACTER SET latin2",
     ["- column t.a: character set latin1", "+ column t.a: character set latin2"]),
    ("ALTER TABLE t MODIFY c varchar(9) CHARACTER SET utf8mb3",
     ["- column t.c: collation utf8mb3_bin", "+ column t.c: collation utf8mb3_general_ci"]),
    ("ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
     ["- table t: character set latin1", "+ table t: character set utf8mb4",
      "- column t.a: character set latin1", "+ column t.a: character set utf8mb4",
      "- column t.b: character set latin1", "+ column t.b: character set utf8mb4",
      "- column t.b: type text", "+ column t.b: type mediumtext",
      "- column t.c: character set utf8mb3", "+ column t.c: character set utf8mb4",
      "- column t.c: collation utf8mb3_bin", "+ column t.c: collation utf8mb4_general_ci"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), CHANGES)
def test_a_change_is_found(database: Connection, change: str, lines: list[str]) -> None:
    run(database, BASE)
    assert diff(database, BASE) == []
    run(database, change)
    assert diff(database, BASE) == lines
