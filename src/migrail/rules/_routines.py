"""What several rules ask about functions."""

from __future__ import annotations

from migrail.model.structure import Name
from migrail.rules._interface import Context

_TRIGGERS = frozenset({"trigger", "event_trigger"})


def only_triggers_call(function: Name, context: Context) -> bool:
    """Whether it is a trigger function, which no query can call."""
    found = context.catalog.function(function)
    return bool(found) and all((item.returns or "").lower() in _TRIGGERS for item in found)
