"""What is remembered: the ledger inside each target, and the tracker that all environments share."""

from __future__ import annotations

from migrail.tracker.access import LedgerAccess
from migrail.tracker.reading import LedgerReader
from migrail.tracker.store import Tracker, open_tracker

__all__ = ["LedgerAccess", "LedgerReader", "Tracker", "open_tracker"]
