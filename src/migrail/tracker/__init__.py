"""What is remembered: the ledger inside each target, and the tracker that all environments share."""

from __future__ import annotations

from migrail.tracker.access import LedgerAccess
from migrail.tracker.ledger import Ledger
from migrail.tracker.store import Tracker, open_tracker

__all__ = ["Ledger", "LedgerAccess", "Tracker", "open_tracker"]
