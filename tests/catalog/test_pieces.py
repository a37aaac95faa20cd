"""What the splitter cuts makes the same structure as the whole file, which the server itself cuts."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from pymysql.constants import CLIENT
from sqlalchemy.engine import make_url

from migrail.catalog.compare import compare, diff_lines
from migrail.sql.split import split
from tests.catalog.comparing import connected, dialect_of, looked_at, run, run_at_once
from tests.catalog.test_histories import fresh, procrastinate

ROUTINES = r"""
CREATE TABLE t (id integer PRIMARY KEY, "a;b" text DEFAULT 'x;y',
  c text DEFAULT E'it\'s; 1', d text DEFAULT U&'\0061;');
/* one; /* two; */ three; */ CREATE VIEW v AS SELECT id -- no; end
  FROM t;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN EXECUTE $$SELECT 1;$$; RETURN new; END; $body$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
CREATE RULE r AS ON DELETE TO t DO ALSO (NOTIFY a; NOTIFY b);
COMMENT ON TABLE t IS 'a;
b' ;;
"""
TRIGGERS = """
CREATE TABLE t (id integer PRIMARY KEY, [a;b] text DEFAULT 'x;y', `c;d` text, "e;f" text);
CREATE TRIGGER g AFTER INSERT ON t BEGIN
  UPDATE t SET id = CASE WHEN new.id > 1 THEN 2 ELSE 3 END; -- end;
  DELETE FROM t WHERE id = 4;
END;
/* ; */ CREATE INDEX i ON t ([a;b]); CREATE VIEW v AS SELECT "e;f" FROM t;;
"""
BLOCKS = """
CREATE TABLE t (id int PRIMARY KEY, `a;b` varchar(20) DEFAULT 'it\\'s; 1', c varchar(20) DEFAULT "x;""y",
  d int); # a; b
CREATE INDEX i ON t (c) -- no; end
;
/* ; */ CREATE VIEW v AS SELECT `a;b` /*!40000 , id */ /*!50701 , d; */ FROM t WHERE d > 1--1;
CREATE PROCEDURE p(x int) l: BEGIN
  DECLARE done int DEFAULT 0;
  IF x > 1 THEN CASE x WHEN 1 THEN SELECT 1; ELSE SELECT ';'; END CASE; ELSE SELECT REPEAT('a;', 2); END IF;
  WHILE done < 1 DO SET done = 1; END WHILE; LEAVE l;
END l;
CREATE FUNCTION f() RETURNS int RETURN CASE WHEN 1 THEN 2 END;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.d > 1 THEN SET NEW.d = 2; END IF; END;
CREATE TRIGGER h AFTER DELETE ON t FOR EACH ROW INSERT INTO t (id) VALUES (1);
ALTER TABLE t COMMENT 'a;
b' ;
"""
FILES = {
    "postgres": [[ROUTINES], procrastinate()],
    "postgres_18": [[ROUTINES], procrastinate()],
    "sqlite": [[TRIGGERS]],
    "mariadb": [[BLOCKS]],
}


@pytest.mark.parametrize(
    ("server", "number"), [(server, number) for server, files in FILES.items() for number in range(len(files))]
)
def test_pieces_and_whole(server: str, number: int, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found = []
    for cut in (False, True):
        (tmp_path / str(cut)).mkdir()
        with ExitStack() as stack:
            url = stack.enter_context(fresh(server, request, tmp_path / str(cut)))
            several = {} if cut or server != "mariadb" else {"client_flag": str(CLIENT.MULTI_STATEMENTS)}
            connection = stack.enter_context(connected(make_url(url).update_query_dict(several)))
            for text in FILES[server][number]:
                pieces = split(text, dialect_of(connection).lexical).statements
                for script in [piece.text for piece in pieces] if cut else [text]:
                    (run_at_once if several else run)(connection, script)
            found.append(looked_at(connection))
    assert found[0].tables
    assert diff_lines(compare(*found)) == []
