"""PostgreSQL 12 to 18."""

from __future__ import annotations

from migrail.dialects._interface import Dialect
from migrail.dialects.postgres.effects import effects
from migrail.dialects.postgres.extensions import EXTENSIONS
from migrail.dialects.postgres.names import LEXICAL, SERIAL_TYPES, TYPE_ALIASES, fold
from migrail.dialects.postgres.refusals import refuses
from migrail.dialects.postgres.types import type_change
from migrail.dialects.postgres.volatility import volatility

DIALECT = Dialect(
    name="postgres",
    title="PostgreSQL",
    sqlglot="postgres",
    default_schema="public",
    temporary_schema="pg_temp",
    default_version=(15,),
    lexical=LEXICAL,
    fold=fold,
    type_aliases=TYPE_ALIASES,
    serial_types=SERIAL_TYPES,
    transactional_ddl=True,
    effects=effects,
    type_change=type_change,
    volatility=volatility,
    refuses=refuses,
    lock_timeout=("lock_timeout", 0.001),
    extensions=EXTENSIONS,
)
