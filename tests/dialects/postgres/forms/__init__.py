"""The forms whose effects are compared with servers. One file for each kind of object."""

from __future__ import annotations

from tests.dialects.postgres.forms._form import Form
from tests.dialects.postgres.forms.columns import COLUMNS
from tests.dialects.postgres.forms.constraints import CONSTRAINTS
from tests.dialects.postgres.forms.exceptions import CAUTIOUS, UNSEEN
from tests.dialects.postgres.forms.indexes import INDEXES
from tests.dialects.postgres.forms.objects import OTHERS, SEQUENCES, TRIGGERS, TYPES, VIEWS
from tests.dialects.postgres.forms.partitions import PARTITIONS
from tests.dialects.postgres.forms.setup import ROWS, SETUP
from tests.dialects.postgres.forms.tables import TABLES
from tests.dialects.postgres.forms.transactions import FORBIDDEN, WATCHED, Watched

FORMS = {
    "columns": COLUMNS,
    "constraints": CONSTRAINTS,
    "indexes": INDEXES,
    "tables": TABLES,
    "partitions": PARTITIONS,
    "views": VIEWS,
    "triggers": TRIGGERS,
    "types": TYPES,
    "sequences": SEQUENCES,
    "others": OTHERS,
}

__all__ = ["CAUTIOUS", "FORBIDDEN", "FORMS", "ROWS", "SETUP", "UNSEEN", "WATCHED", "Form", "Watched"]
