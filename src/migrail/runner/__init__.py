"""Connections to targets, the guard, applying migrations, and finding out what a crash left."""

from __future__ import annotations

from migrail.runner.address import TRACKER, Address, Limits
from migrail.runner.connect import asking, engine_for, exists, reading, writing
from migrail.runner.events import Happening, Progress, Show
from migrail.runner.faults import reason_of
from migrail.runner.guard import guarded, is_held
from migrail.runner.plain import DriverDatabase
from migrail.runner.servers import Guard, server_of
from migrail.runner.stopping import Stopping

__all__ = [
    "TRACKER",
    "Address",
    "DriverDatabase",
    "Guard",
    "Happening",
    "Limits",
    "Progress",
    "Show",
    "Stopping",
    "asking",
    "engine_for",
    "exists",
    "guarded",
    "is_held",
    "reading",
    "reason_of",
    "server_of",
    "writing",
]
