"""``migrail.fixes/1``."""

from __future__ import annotations

from migrail.report._patch import patch
from migrail.results.files import Fixes


def document(result: Fixes) -> dict[str, object]:
    """What becomes of which file, and what was left as it is."""
    return {
        "schema": "migrail.fixes/1",
        "files": [
            {
                "path": change.path,
                "origin": change.origin,
                "new": change.before is None,
                "text": change.text,
                "patch": patch(change),
            }
            for change in result.changes
        ],
        "applied": list(result.applied),
        "withheld": list(result.withheld),
    }
