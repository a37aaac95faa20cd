"""MariaDB 10.6 to 11. What differs from MySQL stands here; the rest is that of :mod:`migrail.dialects.mysql`."""

from __future__ import annotations

from dataclasses import replace

from migrail.dialects.mariadb.effects import effects
from migrail.dialects.mariadb.refusals import refuses
from migrail.dialects.mysql import DIALECT as MYSQL
from migrail.dialects.mysql.names import MARIADB_LEXICAL, MARIADB_TYPE_ALIASES

DIALECT = replace(
    MYSQL,
    name="mariadb",
    title="MariaDB",
    default_version=(10, 11),
    lexical=MARIADB_LEXICAL,
    type_aliases=MARIADB_TYPE_ALIASES,
    effects=effects,
    refuses=refuses,
    check_names="constraint_{number}",
)
