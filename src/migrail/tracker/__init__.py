"""What is remembered: the ledger inside each target, and the tracker that all environments share."""

from __future__ import annotations

from migrail.tracker.ledger import Ledger
from migrail.tracker.store import Tracker, open_tracker

__all__ = ["Ledger", "Tracker", "open_tracker"]
