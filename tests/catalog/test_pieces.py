"""What the splitter cuts makes the same structure as the whole file, which the server itself cuts."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from migrail.catalog.compare import compare, diff_lines
from migrail.sql.split import split
from tests.catalog.comparing import connected, dialect_of, looked_at, run
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
FILES = {
    "postgres": [[ROUTINES], procrastinate()],
    "postgres_18": [[ROUTINES], procrastinate()],
    "sqlite": [[TRIGGERS]],
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
            connection = stack.enter_context(connected(url))
            for text in FILES[server][number]:
                pieces = split(text, dialect_of(connection).lexical).statements
                for script in [piece.text for piece in pieces] if cut else [text]:
                    run(connection, script)
            found.append(looked_at(connection))
    assert found[0].tables
    assert diff_lines(compare(*found)) == []
