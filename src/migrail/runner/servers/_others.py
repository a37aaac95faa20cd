"""What is told about those who work in the same database."""

from __future__ import annotations

_SHOWN = 100
"""Characters of a statement that are shown."""


def statement_of(query: str, dialect: str) -> str:
    """Somebody else's statement in one line, without its values, which are nobody's business here."""
    from migrail.dialects import get
    from migrail.model.text import visible
    from migrail.sql.masking import masked

    return visible(" ".join(masked(query, get(dialect)).split()))[:_SHOWN]
