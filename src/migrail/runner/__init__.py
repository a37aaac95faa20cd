"""Connections to targets, the guard, and applying migrations."""

from __future__ import annotations

from migrail.runner.apply import Applier, Progress
from migrail.runner.connect import Address, Limits, engine_for, exists, reading, reason_of, unreachable
from migrail.runner.guard import guarded

__all__ = [
    "Address",
    "Applier",
    "Limits",
    "Progress",
    "engine_for",
    "exists",
    "guarded",
    "reading",
    "reason_of",
    "unreachable",
]
