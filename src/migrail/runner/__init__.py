"""Connections to targets, the guard, and applying migrations."""

from __future__ import annotations

from migrail.runner.apply import Applier, Progress
from migrail.runner.connect import TRACKER, Address, Limits, engine_for, exists, reading, reason_of, unreachable
from migrail.runner.guard import guarded, is_held

__all__ = [
    "TRACKER",
    "Address",
    "Applier",
    "Limits",
    "Progress",
    "engine_for",
    "exists",
    "guarded",
    "is_held",
    "reading",
    "reason_of",
    "unreachable",
]
