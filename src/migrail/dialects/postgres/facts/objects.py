"""Views, triggers, types, domains, sequences, publications, comments, schemas."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddAttribute,
    AddDomainConstraint,
    AlterAttribute,
    AlterObject,
    CommentOn,
    CreateObject,
    CreatePolicy,
    CreateTrigger,
    CreateView,
    DropAttribute,
    DropObject,
    DropTrigger,
    DropView,
    Operation,
    OwnSequence,
    RefreshView,
    RenameAttribute,
    RenameObject,
    RenameTrigger,
    SetDomainNotNull,
    ValidateDomainConstraint,
)

SCAN, REWRITE = Duration.SCAN, Duration.REWRITE
AS, S, X = Mode.ACCESS_SHARE, Mode.SHARE, Mode.EXCLUSIVE
SUX, SRX, AX = Mode.SHARE_UPDATE_EXCLUSIVE, Mode.SHARE_ROW_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_RELATIONS = ("VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE")
_COMMENTED = ("TABLE", "COLUMN", "INDEX", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE")
_DOMAIN = "ALTER DOMAIN"


def _alter(object_type: str, *options: str, mode: Mode) -> Fact:
    conditions = (when.of_type(object_type), *((when.option(*options),) if options else ()))
    return Fact(AlterObject, f"ALTER {object_type}", where.NAMED, mode, when=conditions, last=True)


def _attribute(operation: type[Operation], form: str, work: Duration = Duration.INSTANT) -> Fact:
    return Fact(operation, f"ALTER TYPE ... {form}", where.TYPED, AX, work)


VIEWS = (
    Fact(CreateView, "CREATE VIEW", where.NAMED, AX, when=(when.REPLACES,)),
    Fact(CreateView, "CREATE VIEW", where.READ, AS),
    Fact(CreateView, "CREATE MATERIALIZED VIEW", when=(when.MATERIALIZED, when.TABLE_EXISTS), last=True),
    Fact(CreateView, "CREATE MATERIALIZED VIEW", where.READ, AS, SCAN, when=(when.MATERIALIZED,)),
    Fact(DropView, "DROP VIEW", when=(when.IS_ABSENT,), last=True),
    Fact(DropView, "DROP VIEW", where.NAMED, AX),
    Fact(DropView, "DROP VIEW", where.VIEWS, AX, when=(when.CASCADE,)),
    Fact(RefreshView, "REFRESH MATERIALIZED VIEW", where.NAMED, X, SCAN, when=(when.HAS_CONCURRENTLY,)),
    Fact(
        RefreshView, "REFRESH MATERIALIZED VIEW", where.NAMED, AX, REWRITE, when=(but_not(when.HAS_CONCURRENTLY),)
    ),
)

ON_TABLES = (
    Fact(CreateTrigger, "CREATE TRIGGER", where.PARTITIONED, SRX),
    Fact(DropTrigger, "DROP TRIGGER", where.PARTITIONED, AX),
    Fact(RenameTrigger, "ALTER TRIGGER ... RENAME TO", where.TABLE, AX),
    Fact(CreatePolicy, "CREATE POLICY", where.TABLE, AX),
    Fact(CreateObject, "CREATE RULE", where.TABLE, AX, when=(when.of_type("RULE"),)),
    Fact(CreateObject, "CREATE STATISTICS", where.TABLE, SUX, when=(when.of_type("STATISTICS"),)),
    Fact(
        CreateObject, "CREATE PUBLICATION ... FOR TABLE", where.PUBLISHED, SUX, when=(when.of_type("PUBLICATION"),)
    ),
    Fact(
        AlterObject,
        "ALTER PUBLICATION ... ADD, SET, DROP TABLE",
        where.PUBLISHED,
        SUX,
        when=(when.of_type("PUBLICATION"),),
        last=True,
    ),
    Fact(CommentOn, "COMMENT ON", where.NAMED, SUX, when=(when.of_type(*_COMMENTED),)),
)

TYPES = (
    Fact(AddDomainConstraint, f"{_DOMAIN} ... ADD CONSTRAINT", where.TYPED, S, SCAN, when=(when.IS_VALID,)),
    Fact(ValidateDomainConstraint, f"{_DOMAIN} ... VALIDATE CONSTRAINT", where.TYPED, S, SCAN),
    Fact(SetDomainNotNull, f"{_DOMAIN} ... SET NOT NULL", where.TYPED, S, SCAN, when=(when.REQUIRED,)),
    _attribute(AddAttribute, "ADD ATTRIBUTE"),
    _attribute(DropAttribute, "DROP ATTRIBUTE"),
    _attribute(RenameAttribute, "RENAME ATTRIBUTE"),
    _attribute(AlterAttribute, "ALTER ATTRIBUTE", REWRITE),
)

OTHERS = (
    Fact(RenameObject, "ALTER ... RENAME TO", where.NAMED, AX, when=(when.of_type(*_RELATIONS),)),
    Fact(OwnSequence, "ALTER SEQUENCE ... OWNED BY", where.NAMED, SRX),
    _alter("VIEW", mode=AX),
    _alter("MATERIALIZED VIEW", "SET (", "RESET (", "CLUSTER ON", "SET WITHOUT CLUSTER", mode=SUX),
    _alter("MATERIALIZED VIEW", mode=AX),
    _alter("SEQUENCE", "OWNER TO", "SET LOGGED", "SET UNLOGGED", mode=AX),
    _alter("SEQUENCE", mode=SRX),
    Fact(
        AlterObject,
        "ALTER INDEX ... ATTACH PARTITION",
        where.ATTACHED_INDEX,
        AX,
        when=(when.of_type("INDEX"), when.option("ATTACH PARTITION")),
    ),
    Fact(
        AlterObject,
        "ALTER INDEX ... ATTACH PARTITION",
        where.NAMED,
        AX,
        when=(when.of_type("INDEX"), when.option("ATTACH PARTITION")),
        until=12,
    ),
    _alter("INDEX", "DEPENDS", "NO DEPENDS", "SET TABLESPACE", mode=AX),
    _alter("INDEX", mode=SUX),
    Fact(DropObject, "DROP", when=(when.IS_ABSENT, when.of_type(*_RELATIONS)), last=True),
    Fact(DropObject, "DROP", where.NAMED, AX, when=(when.of_type(*_RELATIONS),)),
    Fact(DropObject, "DROP SEQUENCE", where.SEQUENCE_OWNER, AX, when=(when.of_type("SEQUENCE"), when.CASCADE)),
    Fact(
        DropObject, "DROP TYPE, DROP DOMAIN", where.TYPED, AX, when=(when.of_type("TYPE", "DOMAIN"), when.CASCADE)
    ),
    Fact(DropObject, "DROP SCHEMA", where.INSIDE_SCHEMA, AX, when=(when.of_type("SCHEMA"), when.CASCADE)),
)

FACTS = (*VIEWS, *ON_TABLES, *TYPES, *OTHERS)
