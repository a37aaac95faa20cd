"""Rows of an INSERT of which only one mark is written: ``VALUES %s``, ``VALUES (...)``."""

from __future__ import annotations

import re

_ROWS = re.compile(
    r"(?P<head>\b(?:INSERT|REPLACE)\b[^()']*\((?P<columns>[^()']*)\)\s*VALUES?\s*)"
    r"(?:%s|\(\s*(?:\.\.\.|:\w+)\s*\))(?=\s*(?:$|;|,|\)|/\*|ON\b|RETURNING\b|AS\b))",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """The statement with a row of placeholders, one for each column that it lists, in place of the mark.

    Left as it is where no columns are listed: how many values a row has is not known then.
    """
    return _ROWS.sub(_row, text, count=1)


def _row(found: re.Match[str]) -> str:
    columns = found["columns"].split(",")
    if not columns[-1].strip():
        return found[0]
    return f"{found['head']}({', '.join(f':row_{number}' for number in range(1, len(columns) + 1))})"
