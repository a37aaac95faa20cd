"""SQLite 3.35 and later."""

from __future__ import annotations

from migrail.dialects._interface import Dialect
from migrail.dialects.sqlite.effects import effects
from migrail.dialects.sqlite.names import LEXICAL, TYPE_ALIASES, fold
from migrail.dialects.sqlite.refusals import refuses
from migrail.dialects.sqlite.types import type_change, volatility

DIALECT = Dialect(
    name="sqlite",
    title="SQLite",
    sqlglot="sqlite",
    default_schema=None,
    temporary_schema="temp",
    default_version=(3, 40, 1),
    lexical=LEXICAL,
    fold=fold,
    type_aliases=TYPE_ALIASES,
    serial_types={},
    transactional_ddl=True,
    effects=effects,
    type_change=type_change,
    volatility=volatility,
    refuses=refuses,
)
