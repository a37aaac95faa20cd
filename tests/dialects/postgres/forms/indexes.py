"""Forms about indexes."""

from __future__ import annotations

from tests.dialects.postgres.forms._form import Form
from tests.dialects.postgres.forms.setup import INDEXED

PART = "CREATE INDEX parted_x ON ONLY parted (x); CREATE INDEX parted_1_x ON parted_1 (x)"

INDEXES = [
    Form("CREATE INDEX n ON t (b)"),
    Form("CREATE INDEX ON t (b)"),
    Form("CREATE UNIQUE INDEX n ON t (b)"),
    Form("CREATE INDEX n ON t (b) INCLUDE (v)", since=11),
    Form("CREATE INDEX n ON t (lower(s))"),
    Form("CREATE INDEX n ON t (b) WHERE a > 0"),
    Form("CREATE INDEX n ON t USING hash (b)"),
    Form("CREATE INDEX n ON t USING brin (b)"),
    Form("CREATE INDEX n ON t (b DESC NULLS LAST) WITH (fillfactor = 50)"),
    Form("CREATE INDEX IF NOT EXISTS t_a ON t (a)"),
    Form("CREATE INDEX IF NOT EXISTS n ON t (a)"),
    Form("CREATE INDEX n ON kept (b)"),
    Form("CREATE INDEX n ON base (id)"),
    Form("CREATE INDEX n ON parted (x)", since=11),
    Form("CREATE UNIQUE INDEX n ON parted (id)", since=11),
    Form("CREATE INDEX n ON ONLY parted (x)", since=11),
    Form("CREATE INDEX n ON parted_1 (x)"),
    Form("ALTER INDEX parted_x ATTACH PARTITION parted_1_x", PART, since=11),
    Form("DROP INDEX t_a"),
    Form("DROP INDEX t_a, t_b_unique"),
    Form("DROP INDEX IF EXISTS missing"),
    Form("DROP INDEX kept_id"),
    Form("DROP INDEX parted_x", INDEXED, since=11),
    Form(
        "DROP INDEX i CASCADE",
        "CREATE UNIQUE INDEX i ON p (code); CREATE TABLE x (c varchar(10) REFERENCES p (code))",
    ),
    Form("ALTER INDEX t_a RENAME TO n"),
    Form("ALTER INDEX IF EXISTS missing RENAME TO n"),
    Form("ALTER TABLE t_a RENAME TO n"),
    Form("ALTER INDEX t_a SET (fillfactor = 70)"),
    Form("ALTER INDEX t_a RESET (fillfactor)"),
    Form("ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100", "CREATE INDEX i ON t ((a + 1))", since=11),
    Form("ALTER INDEX t_a DEPENDS ON EXTENSION plpgsql"),
    Form("REINDEX INDEX t_a"),
    Form("REINDEX INDEX t_pkey"),
    Form("REINDEX TABLE t"),
    Form("REINDEX TABLE kept"),
    Form("COMMENT ON INDEX t_a IS 'x'"),
]
