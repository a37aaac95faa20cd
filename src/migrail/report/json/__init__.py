"""JSON for programs. Every document starts with the name of its schema; what is in them only grows."""

from __future__ import annotations

import json
from typing import Any

from migrail.report._interface import Format, function_for

FUNCTIONS = {
    "CheckResult": "check:document",
    "Explanation": "explain:document",
    "Rule": "rule:document",
    "tuple": "rule:document_of_list",
    "Status": "status:document",
    "Plan": "promotion:plan",
    "PromotionReport": "promotion:promotion",
    "History": "records:history",
    "Diagnosis": "records:doctor",
    "Drift": "drift:document",
    "Approved": "records:approval",
    "Recorded": "records:evidence",
    "Resolved": "records:resolution",
    "Reconciliation": "records:reconciliation",
    "Written": "records:written",
    "Fixes": "fixes:document",
    "Impact": "impact:document",
}
"""Type of a result → ``module:function``, called with the result; answers what JSON can hold."""


def _render(result: Any, *, color: bool, width: int) -> str:
    """Plain ASCII: control and bidirectional characters stay escapes wherever the document is printed."""
    document = function_for(result, __name__, FUNCTIONS)(result)
    return json.dumps(document, indent=2, ensure_ascii=True)


FORMAT = Format(name="json", render=_render)
