"""Forms where what is declared is not what the server does, and why. Everything else has to agree."""

from __future__ import annotations

CAUTIOUS = {
    "ALTER FOREIGN TABLE far ALTER COLUMN id TYPE bigint": "foreign tables are not in the catalog",
    "ALTER INDEX IF EXISTS missing RENAME TO n": "the operation does not keep IF EXISTS",
    "ALTER TABLE IF EXISTS missing RENAME TO n": "the operation does not keep IF EXISTS",
    "ALTER TABLE lone SET LOGGED": "the catalog does not know which tables are UNLOGGED",
    "ALTER TABLE t SET ACCESS METHOD heap": "the catalog does not know access methods",
    "ALTER TABLE t SET TABLESPACE pg_default": "the catalog does not know tablespaces",
    "TRUNCATE ONLY base": "the operation does not keep ONLY",
    "LOCK TABLE ONLY base": "the operation does not keep ONLY",
    "CREATE TRIGGER n AFTER INSERT ON parted FOR EACH STATEMENT EXECUTE PROCEDURE noticed()": (
        "the operation does not keep FOR EACH"
    ),
    "CREATE MATERIALIZED VIEW n AS SELECT id FROM t WITH NO DATA": "WITH NO DATA is not kept",
    "ALTER TRIGGER t_noticed ON t DEPENDS ON EXTENSION plpgsql": "nobody does this to a table that is used",
    "DROP TRIGGER IF EXISTS missing ON t": "triggers are not asked for",
    "DROP POLICY IF EXISTS missing ON t": "policies are not in the catalog",
}
"""The server does less: it never does more."""

UNSEEN = {
    "DROP FUNCTION noticed() CASCADE": "its triggers go as well",
    "DROP SERVER elsewhere CASCADE": "its foreign tables are not in the catalog",
    "DROP STATISTICS n": "statistics are not in the catalog",
    "ALTER PUBLICATION n SET TABLE lone": "what a publication held before is not in the catalog",
}
"""The server locks what nobody can see in the files."""
