"""SQLAlchemy: ``module:attribute`` names a declarative base, a registry or a MetaData."""

from __future__ import annotations

import re

from migrail.queries._interface import ModelSource

_REFERENCE = re.compile(r"(?!django:)[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")

SOURCE = ModelSource(
    name="sqlalchemy",
    title="SQLAlchemy",
    matches=lambda reference: _REFERENCE.fullmatch(reference) is not None,
    program="_describe_sqlalchemy.py",
)
