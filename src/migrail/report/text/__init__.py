"""Text for people, on a terminal or in a log."""

from __future__ import annotations

from typing import Any

from migrail.report._interface import Format, function_for

FUNCTIONS = {
    "CheckResult": "check:render",
    "Explanation": "explain:render",
    "Rule": "rule:render",
    "tuple": "rule:render_list",
    "Status": "status:render",
    "Plan": "plan:render",
    "PromotionReport": "promotion:render",
    "History": "history:render",
    "Diagnosis": "diagnosis:render",
    "Drift": "drift:render",
    "Approved": "decisions:approved",
    "Recorded": "decisions:recorded",
    "Resolved": "decisions:resolved",
    "Reconciliation": "reconciliation:render",
    "Written": "written:render",
    "Fixes": "fixes:render",
    "Impact": "impact:render",
}
"""Type of a result → ``module:function``, called as ``function(result, color=..., width=...)``."""


def _render(result: Any, *, color: bool, width: int) -> str:
    text: str = function_for(result, __name__, FUNCTIONS)(result, color=color, width=width)
    return text


FORMAT = Format(name="text", render=_render)
