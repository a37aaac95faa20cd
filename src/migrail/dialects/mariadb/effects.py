"""What an operation locks, scans and rewrites on MariaDB. Measured on 10.11."""

from __future__ import annotations

from functools import partial

from migrail.dialects.mysql.effects import effects_of
from migrail.dialects.mysql.online import MARIADB

effects = partial(effects_of, server=MARIADB)
