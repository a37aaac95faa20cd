"""Where queries come from: files and mapped classes. One kind of file is one module of ``files``."""

from __future__ import annotations

from migrail.queries._interface import FileSource, Found

__all__ = ["FileSource", "Found"]
