"""``migrail.impact/1``."""

from __future__ import annotations

from migrail.checker.impact import Impact
from migrail.model.text import visible
from migrail.report.json.check import not_checkable, origin


def document(impact: Impact) -> dict[str, object]:
    """What uses the object; queries with their places."""
    return {
        "schema": "migrail.impact/1",
        "object": impact.object,
        "kind": impact.kind,
        "queries": [{**origin(query.origin), "sql": visible(query.text)} for query in impact.queries],
        "dependents": [
            {"kind": item.kind, "name": visible(item.name), "how": visible(item.how)} for item in impact.dependents
        ],
        "not_checkable": [not_checkable(item) for item in impact.not_checkable],
        "summary": {
            "queries": impact.known,
            "using": len(impact.queries),
            "dependents": len(impact.dependents),
            "not_checkable": len(impact.not_checkable),
        },
    }
