"""MySQL 5.7 to 9."""

from __future__ import annotations

from migrail.dialects._interface import Dialect, lower_ascii
from migrail.dialects.mysql.effects import effects
from migrail.dialects.mysql.names import LEXICAL, TYPE_ALIASES, fold
from migrail.dialects.mysql.refusals import refuses
from migrail.dialects.mysql.types import type_change, volatility

DIALECT = Dialect(
    name="mysql",
    title="MySQL",
    sqlglot="mysql",
    default_schema=None,
    temporary_schema="",
    default_version=(8, 4),
    lexical=LEXICAL,
    fold=fold,
    type_aliases=TYPE_ALIASES,
    serial_types={},
    transactional_ddl=False,
    effects=effects,
    type_change=type_change,
    volatility=volatility,
    refuses=refuses,
    lock_timeout=("lock_wait_timeout", 1.0),
    fold_inner=lower_ascii,
    check_names="{table}_chk_{number}",
)
