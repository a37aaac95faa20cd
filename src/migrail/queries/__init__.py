"""Where queries come from: one kind of file is one module of ``files``, one mapper one module of ``models``."""

from __future__ import annotations

from migrail.queries._interface import FileSource, Found, ModelSource

__all__ = ["FileSource", "Found", "ModelSource"]
