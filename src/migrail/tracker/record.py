"""A target's record as JSON text, for observations in the tracker."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from io import StringIO

from migrail.model.ledger import Identity, LedgerEntry, LedgerKind, TargetRecord
from migrail.model.migration import Digests

NOTHING_LOST = '{"lost":{}'
"""How the text of a record begins from which nothing was lost."""


def dump(record: TargetRecord) -> str:
    """The record as JSON. Entry by entry, as the tables of all of them take more memory than the rest of a run."""
    table = asdict(replace(record, entries=()))
    del table["entries"]
    out = StringIO()
    out.write(_json({"lost": table.pop("lost"), **table})[:-1])
    out.write(',"entries":[')
    for number, entry in enumerate(record.entries):
        out.write(("," if number else "") + _json(_table(entry)))
    out.write("]}")
    return out.getvalue()


def _table(entry: LedgerEntry) -> dict[str, object]:
    """Its fields, of which only the digests are a table themselves; ``asdict`` would copy each in depth."""
    table = {name: getattr(entry, name) for name in entry.__slots__}
    return {**table, "digests": asdict(entry.digests) if entry.digests else None}


def _json(table: dict[str, object]) -> str:
    return json.dumps(table, default=datetime.isoformat, separators=(",", ":"))


def load(text: str) -> TargetRecord:
    """The record that :func:`dump` wrote."""
    table = json.loads(text)
    identity = table["identity"]
    return TargetRecord(
        target=table["target"],
        identity=Identity(**identity) if identity else None,
        entries=tuple(_entry(row) for row in table["entries"]),
        empty=table["empty"],
        lost={id: Digests(**digests) for id, digests in table.get("lost", {}).items()},
    )


def _entry(row: dict[str, object]) -> LedgerEntry:
    values = dict(row)
    digests = values.pop("digests")
    for key in ("started_at", "finished_at"):
        values[key] = datetime.fromisoformat(str(values[key]))
    values["kind"] = LedgerKind(str(values["kind"]))
    return LedgerEntry(digests=Digests(**digests) if isinstance(digests, dict) else None, **values)  # type: ignore[arg-type]
