# ruff: noqa: E501 - one statement is one line
"""Forms that came with PostgreSQL 16, 17 and 18."""

from __future__ import annotations

SINCE_18 = {
    "CREATE TABLE n (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)": "CreateTable n (a integer, b integer virtual [a + 1])",
    "CREATE TABLE n (a int, b int GENERATED ALWAYS AS (a + 1))": "CreateTable n (a integer, b integer virtual [a + 1])",
    "CREATE TABLE n (a int NOT NULL NO INHERIT)": "CreateTable n (a integer not_null)",
    "CREATE TABLE n (a int, CONSTRAINT nn NOT NULL a NO INHERIT)": "CreateTable n (a integer) (not null nn (a) no_inherit)",
    "CREATE TABLE n (a int CHECK (a > 0) NOT ENFORCED, FOREIGN KEY (a) REFERENCES t NOT ENFORCED)": "CreateTable n (a integer (check (a) [a > 0] not valid not enforced)) (foreign key (a) -> t not valid not enforced)",
    "CREATE TABLE n (a int4range, b daterange, PRIMARY KEY (a, b WITHOUT OVERLAPS))": "CreateTable n (a int4range, b daterange) (primary key (a, b))",
    "CREATE TABLE n (LIKE t INCLUDING COMPRESSION EXCLUDING COMMENTS)": "CreateTable n (like t COMPRESSION)",
    "ALTER TABLE t ADD n int GENERATED ALWAYS AS (a) VIRTUAL": "AddColumn t n integer virtual [a]",
    "ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NOT VALID": "AddConstraint t not null nn (a) not valid",
    "ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NO INHERIT": "AddConstraint t not null nn (a) no_inherit",
    "ALTER TABLE t ADD NOT NULL a": "AddConstraint t not null (a)",
    "ALTER TABLE u ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES t NOT ENFORCED": "AddConstraint u foreign key k (x) -> t not valid not enforced",
    "ALTER TABLE u ALTER CONSTRAINT u_t_fkey NOT ENFORCED": "AlterConstraint u u_t_fkey not enforced",
    "ALTER TABLE u ALTER CONSTRAINT u_t_fkey ENFORCED": "AlterConstraint u u_t_fkey enforced",
    "ALTER TABLE t ALTER CONSTRAINT t_c_not_null NO INHERIT": "AlterConstraint t t_c_not_null not inherit",
    "ALTER TABLE t ALTER CONSTRAINT t_c_not_null INHERIT": "AlterConstraint t t_c_not_null inherit",
    "ALTER TABLE t ALTER h SET EXPRESSION AS (a + 2)": "SetExpression t h [a + 2]",
    "ALTER TABLE t ALTER a SET STATISTICS DEFAULT": "AlterColumnOption t a SET STATISTICS DEFAULT",
    "ALTER TABLE t SET ACCESS METHOD DEFAULT": "AlterTableOption t SET ACCESS METHOD DEFAULT",
    "ALTER TABLE t ALTER b SET STORAGE DEFAULT": "AlterColumnOption t b SET STORAGE DEFAULT",
    "ALTER TABLE parted SET ACCESS METHOD heap": "AlterTableOption parted SET ACCESS METHOD heap",
    "ALTER STATISTICS stat SET STATISTICS DEFAULT": "AlterObject STATISTICS stat SET STATISTICS DEFAULT",
    "ALTER DOMAIN price ADD CONSTRAINT nn NOT NULL": "AddDomainConstraint price not null nn",
    "CREATE UNIQUE INDEX i ON t (a) WITH (deduplicate_items = off)": "CreateIndex t i (a) unique WITH (deduplicate_items = off)",
    "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 2 RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a": "Insert t (id)",
    "UPDATE t SET a = 1 RETURNING OLD.a, NEW.a": "Update t (a)",
    "DELETE FROM t RETURNING OLD.*, NEW.id": "Delete t",
    "MERGE INTO t USING u ON u.x = t.id WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED BY TARGET THEN DO NOTHING RETURNING merge_action(), t.*": "Merge t",
    "WITH q AS (MERGE INTO t USING u ON u.x = t.id WHEN MATCHED THEN DELETE RETURNING t.id) SELECT * FROM q": "Merge t; Select",
    "MERGE INTO v USING u ON u.x = v.a WHEN MATCHED THEN UPDATE SET a = 1": "Merge v",
    "GRANT MAINTAIN ON t TO PUBLIC": "Grant GRANT t (MAINTAIN) (public)",
    "GRANT pg_monitor TO pg_signal_backend WITH INHERIT FALSE, SET TRUE, ADMIN OPTION GRANTED BY CURRENT_USER": "Grant GRANT (pg_monitor) (pg_signal_backend)",
    "REVOKE SET OPTION FOR pg_monitor FROM pg_read_all_settings": "Grant REVOKE (pg_monitor) (pg_read_all_settings)",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO PUBLIC": "Grant ALTER DEFAULT PRIVILEGES (SELECT) (public)",
    "ALTER OPERATOR === (integer, integer) SET (HASHES, MERGES)": "AlterObject OPERATOR === SET (HASHES, MERGES) integer, integer",
    "ALTER DATABASE postgres WITH IS_TEMPLATE false": "AlterObject DATABASE postgres WITH IS_TEMPLATE false",
    "CREATE EVENT TRIGGER n ON login EXECUTE FUNCTION fire_event()": "CreateObject EVENT TRIGGER n",
    "ANALYZE (BUFFER_USAGE_LIMIT '1MB') ONLY t": "Maintain ANALYZE t",
    "ANALYZE ONLY t (a)": "Maintain ANALYZE t",
    "EXPLAIN (ANALYZE, SERIALIZE text, MEMORY) SELECT 1": "SessionCommand EXPLAIN; Select",
    "CREATE FOREIGN TABLE n (LIKE t INCLUDING ALL) SERVER srv": "CreateObject FOREIGN TABLE n",
    "CREATE COLLATION n (provider = builtin, locale = 'C.UTF-8')": "CreateObject COLLATION n",
    "CREATE PUBLICATION n FOR TABLE t WITH (publish_generated_columns = stored)": "CreateObject PUBLICATION n (t)",
    "CREATE TABLE n (a int) PARTITION BY LIST (a) USING heap": "CreateTable n (a integer) LIST (a) ((USING, heap))",
    "SET SESSION AUTHORIZATION postgres": "SetVariable session_authorization postgres",
}
"""What 18 runs, and what it means; some of it runs on 15 as well."""

NOT_RUN_SINCE_18 = {
    "VACUUM (ONLY_DATABASE_STATS)": "Maintain VACUUM",
    "VACUUM ONLY t": "Maintain VACUUM t",
    "ALTER SUBSCRIPTION sub SET (failover = true, two_phase = false)": "AlterObject SUBSCRIPTION sub SET (...) failover = true, two_phase = false",
    "ALTER SUBSCRIPTION sub SKIP (lsn = NONE)": "AlterObject SUBSCRIPTION sub SKIP (...) lsn = NONE",
    "COPY t FROM '/x' WITH (ON_ERROR ignore, REJECT_LIMIT 3)": "Insert t",
}
"""What 18 only parses."""
