"""Which version of the tracker's schema this program needs, and which one is there."""

from __future__ import annotations

from migrail.model.rows import Rows

HEAD = "0001"
"""The newest revision in ``schema/versions``; a test compares."""

VERSION_TABLE = "migrail_tracker_version"

_THERE = {
    "postgresql": f"SELECT 1 FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass('{VERSION_TABLE}')",
    "sqlite": f"SELECT 1 FROM main.sqlite_master WHERE name = '{VERSION_TABLE}'",
}
_MYSQL = (
    f"SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{VERSION_TABLE}'"
)


def version_of(rows: Rows) -> str | None:
    """The revision at which a tracker is; ``None`` where there is none yet."""
    if not rows.all(_THERE.get(rows.backend, _MYSQL)):
        return None
    found = rows.all(f"SELECT version_num FROM {VERSION_TABLE}")
    return str(found[0]["version_num"]) if found else None
