"""Forms about partitioned tables."""

from __future__ import annotations

from tests.dialects.postgres.forms._form import Form
from tests.dialects.postgres.forms.setup import DEFAULT, INDEXED, KEYED, PRIMARY, REFERENCED

NEW = "CREATE TABLE n PARTITION OF parted FOR VALUES FROM (20) TO (30)"
LONE = "ALTER TABLE parted ATTACH PARTITION lone FOR VALUES FROM (20) TO (30)"
CHECKED = "ALTER TABLE parted ATTACH PARTITION lone_checked FOR VALUES FROM (20) TO (30)"
DETACH = "ALTER TABLE parted DETACH PARTITION parted_1"
LISTED = (
    "CREATE TABLE listed (region text) PARTITION BY LIST (region); CREATE TABLE lone_listed (region text {check});"
    " INSERT INTO lone_listed VALUES ('eu')"
)
REST = (
    LISTED.replace("{check}", "CHECK (region IS NOT NULL AND region IN ('eu', 'Us'))") + ";"
    " CREATE TABLE listed_rest PARTITION OF listed DEFAULT; INSERT INTO listed_rest VALUES ('as');"
    " ALTER TABLE listed_rest ADD CHECK ({check})"
)
EU_US = "ALTER TABLE listed ATTACH PARTITION lone_listed FOR VALUES IN ('eu', 'Us')"
EU_NULL = "ALTER TABLE listed ATTACH PARTITION lone_listed FOR VALUES IN ('eu', NULL, 'Us')"
SPARED = f"{DEFAULT}; ALTER TABLE others ADD CHECK (id IS NOT NULL AND (id < 20 OR id >= 30))"

PARTITIONS = [
    Form("CREATE TABLE n (id integer) PARTITION BY RANGE (id)"),
    Form(NEW),
    Form(NEW, DEFAULT, since=11),
    Form(NEW, SPARED, since=11),
    Form(NEW, KEYED, since=11),
    Form(NEW, INDEXED, since=11),
    Form(NEW, REFERENCED, since=12),
    Form("CREATE TABLE n PARTITION OF parted DEFAULT", since=11),
    Form("CREATE TABLE n PARTITION OF parted FOR VALUES FROM (20) TO (30) PARTITION BY LIST (x)"),
    Form(LONE),
    Form(CHECKED),
    Form(LONE, DEFAULT, since=11),
    Form(CHECKED, DEFAULT, since=11),
    Form(CHECKED, SPARED, since=11),
    Form(CHECKED, KEYED, since=11),
    Form(CHECKED, INDEXED, since=11),
    Form(CHECKED, f"{INDEXED}; CREATE INDEX lone_x ON lone_checked (x)", since=11),
    Form(CHECKED, f"{INDEXED}; CREATE INDEX lone_id ON lone_checked (id)", since=11),
    Form(CHECKED, REFERENCED, since=12),
    Form(CHECKED, PRIMARY, since=11),
    Form("ALTER TABLE parted ATTACH PARTITION lone DEFAULT", since=11),
    Form(
        "ALTER TABLE parted ATTACH PARTITION n FOR VALUES FROM (20) TO (30)",
        "CREATE TABLE n (id integer, x integer, CHECK (id >= 20 AND id < 30)); INSERT INTO n VALUES (20, 1);"
        " ALTER TABLE n ALTER COLUMN id SET NOT NULL",
    ),
    Form(
        "ALTER TABLE parted ATTACH PARTITION n FOR VALUES FROM (20) TO (30)",
        "CREATE TABLE n (id integer NOT NULL, x integer, CHECK (id > 5)); INSERT INTO n VALUES (20, 1)",
    ),
    Form(DETACH),
    Form(DETACH, DEFAULT, since=11),
    Form(DETACH, KEYED, since=11),
    Form(DETACH, INDEXED, since=11),
    Form("DROP TABLE parted_1"),
    Form("DROP TABLE parted_1", DEFAULT, since=11),
    Form("DROP TABLE others", DEFAULT, since=11),
    Form("DROP TABLE parted_1", KEYED, since=11),
    Form("DROP TABLE parted"),
    Form("DROP TABLE parted", KEYED, since=11),
    Form("ALTER TABLE parted_1 ADD CHECK (x > 0)"),
    Form("TRUNCATE parted_1"),
    Form(
        "ALTER TABLE listed ATTACH PARTITION lone_listed FOR VALUES IN ('eu')",
        "CREATE TABLE listed (region text NOT NULL) PARTITION BY LIST (region);"
        " CREATE TABLE lone_listed (region text NOT NULL CHECK (region = 'eu'));"
        " INSERT INTO lone_listed VALUES ('eu')",
    ),
    *(
        Form(attach, LISTED.format(check=check))
        for attach in (EU_US, EU_NULL)
        for check in (
            "",
            "CHECK (region IN ('eu'))",
            "CHECK (region IN ('eu', 'Us'))",
            "NOT NULL CHECK (region IN ('eu', 'Us'))",
            "NOT NULL CHECK (region IN ('eu', 'us'))",
            "CHECK (region IS NOT NULL AND region IN ('Us', 'eu'))",
            "CHECK (region IS NOT NULL) CHECK (region = 'Us' OR region IN ('eu'))",
            "CHECK (region IS NULL OR region IN ('eu', 'Us'))",
            "CHECK (region = ANY (ARRAY['eu'::text, 'Us'::text])) NOT NULL",
            "CHECK (region IN ('eu', 'Us', 'as')) NOT NULL",
        )
    ),
    *(
        Form(attach, REST.format(check=check), since=11)
        for attach in (EU_US, EU_NULL)
        for check in (
            "region <> 'x'",
            "region NOT IN ('eu', 'Us')",
            "region NOT IN ('eu', 'us') AND region IS NOT NULL",
            "region IS NOT NULL AND region NOT IN ('eu', 'Us', 'x')",
            "region <> 'eu' AND region <> 'Us' AND region IS NOT NULL",
            "region IS NOT NULL AND (region <> ALL (ARRAY['eu'::text, 'Us'::text]))",
        )
    ),
    *(
        Form(
            "ALTER TABLE words ATTACH PARTITION word FOR VALUES FROM ('a b') TO ('c')",
            'CREATE TABLE words ("Word" text NOT NULL) PARTITION BY RANGE ("Word");'
            " CREATE TABLE word (\"Word\" text NOT NULL); INSERT INTO word VALUES ('b');"
            f' ALTER TABLE word ADD CHECK ("Word" >= {low} AND "Word" < \'c\')',
        )
        for low in ("'a b'", "'A b'", "'a  b'")
    ),
    Form(
        "ALTER TABLE days ATTACH PARTITION day FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)",
        "CREATE TABLE days (at date NOT NULL) PARTITION BY RANGE (at);"
        " CREATE TABLE day (at date NOT NULL); INSERT INTO day VALUES ('2026-02-01');"
        " ALTER TABLE day ADD CONSTRAINT d CHECK (at >= DATE '2026-01-01')",
    ),
    Form(
        "ALTER TABLE days ATTACH PARTITION day FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE TABLE days (at date NOT NULL) PARTITION BY RANGE (at);"
        " CREATE TABLE day (at date NOT NULL); INSERT INTO day VALUES ('2026-02-01');"
        " ALTER TABLE day ADD CONSTRAINT d CHECK (at >= '2026-01-01'::date AND at < '2027-01-01'::date)",
    ),
    Form(
        "ALTER TABLE days ATTACH PARTITION day FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE TABLE days (at date NOT NULL) PARTITION BY RANGE (at);"
        " CREATE TABLE day (at date NOT NULL); INSERT INTO day VALUES ('2026-02-01');"
        " ALTER TABLE day ADD CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID",
    ),
    Form("DROP TABLE parted", DEFAULT, since=11),
    Form("DROP TABLE parted CASCADE", REFERENCED, since=12),
    Form("ALTER TABLE parted_1 RENAME TO n"),
    Form("ALTER TABLE parted RENAME TO n"),
    Form("ALTER TABLE parted OWNER TO current_user"),
    Form("ALTER TABLE parted SET SCHEMA other", "CREATE SCHEMA other"),
    Form("ALTER TABLE parted ENABLE ROW LEVEL SECURITY"),
    Form("ALTER TABLE parted REPLICA IDENTITY FULL"),
    Form(
        "ALTER TABLE parted DISABLE TRIGGER ALL",
        "CREATE TRIGGER n AFTER INSERT ON parted FOR EACH ROW EXECUTE PROCEDURE noticed()",
        since=11,
    ),
    Form("CREATE TRIGGER n AFTER INSERT ON parted FOR EACH ROW EXECUTE PROCEDURE noticed()", since=11),
    Form("CREATE TRIGGER n AFTER INSERT ON parted FOR EACH STATEMENT EXECUTE PROCEDURE noticed()"),
    Form(
        "DROP TRIGGER n ON parted",
        "CREATE TRIGGER n AFTER INSERT ON parted FOR EACH ROW EXECUTE PROCEDURE noticed()",
        since=11,
    ),
    Form("COMMENT ON TABLE parted IS 'x'"),
    Form("UPDATE parted SET x = 2"),
    Form("DELETE FROM parted"),
    Form("INSERT INTO parted VALUES (2, 2)"),
    Form("CREATE STATISTICS n ON id, x FROM parted"),
]
