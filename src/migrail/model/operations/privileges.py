"""Privileges and comments."""

from __future__ import annotations

from dataclasses import dataclass

from migrail.model.operations._base import Operation
from migrail.model.structure import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant(Operation):
    """GRANT, REVOKE and ALTER DEFAULT PRIVILEGES."""

    verb: str
    """``GRANT``, ``REVOKE`` or ``ALTER DEFAULT PRIVILEGES``."""
    name: Name | None = None
    """The object, where one is named."""
    privileges: tuple[str, ...] = ()
    """In capitals, ``ALL`` where no list is written; of roles, the roles."""
    grantees: tuple[str, ...] = ()
    """Folded; ``public`` stands for everybody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentOn(Operation):
    """COMMENT ON."""

    object_type: str
    name: Name
    """That of the table for what belongs to a table."""
    column: str | None = None
    text: str = ""
    """Empty for NULL, which takes the comment away."""
