"""What MariaDB refuses whatever the data."""

from __future__ import annotations

from functools import partial

from migrail.dialects.mysql.online import MARIADB
from migrail.dialects.mysql.refusals import refused_by

refuses = partial(refused_by, server=MARIADB)
