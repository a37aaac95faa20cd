"""Column types that read back the same on every database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from migrail.model.ledger import moment


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as ISO 8601 text in UTC with microseconds, so that it hashes the same everywhere."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else moment(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)
