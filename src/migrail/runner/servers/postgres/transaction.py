"""What is sent for one transaction, in one go, and what its answers say."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from migrail.model.ledger import LedgerEntry, Seal
from migrail.model.ports import OVERTAKEN, Query
from migrail.runner.faults import Fault, FaultKind
from migrail.runner.servers.postgres.guard import WORK_KEY
from migrail.runner.servers.postgres.pipeline import Message, Rows
from migrail.runner.servers.postgres.prepared import Ask
from migrail.runner.session import Sealed

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

_MARK = 1297237842
"""First half of the key of a lock that lives exactly as long as the transaction; the other half is random."""

BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE"
"""The session's own defaults are reset inside, which is too late for the transaction itself."""

_ENDED = "migrail: ended"
_BUSY = "migrail: busy"

# What the casts below refuse comes from a table, so that the planner cannot evaluate it ahead.
_ENTER = (
    "SELECT CASE WHEN pg_catalog.pg_try_advisory_xact_lock({work}) AND "
    "pg_catalog.pg_try_advisory_xact_lock({mark}, $1::int) THEN 0 "
    "ELSE (SELECT '" + _BUSY + " ' || pg_catalog.count(*) FROM pg_catalog.pg_am)::int END"
).format(work=WORK_KEY, mark=_MARK)

_UNDISTURBED = (
    "SELECT pg_catalog.set_config('search_path', 'pg_catalog', true), "
    "pg_catalog.set_config('client_encoding', 'UTF8', true)"
)
"""What comes behind it means what it says, and is read as the UTF-8 that it is, whatever the file has set."""

_LEAVE = f"""
SELECT CASE WHEN pg_catalog.bool_or(l.locktype = 'advisory' AND l.classid = {_MARK} AND l.objid = $1::bigint
    AND l.objsubid = 2) THEN 0 ELSE ('{_ENDED} ' || pg_catalog.count(*))::int END,
  pg_catalog.string_agg(DISTINCT l.relation::regclass::text || ' ' || l.mode, E'\\n')
    FILTER (WHERE c.relkind IN ('r', 'p', 'm', 'v') AND EXISTS (
      SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid
      AND a.xmin::text::bigint IS DISTINCT FROM pg_catalog.txid_current_if_assigned() % 4294967296)),
  pg_catalog.txid_current()
FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
WHERE l.pid = pg_catalog.pg_backend_pid() AND (l.locktype = 'advisory' OR (l.relation >= 16384
  AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')))
"""
"""Whether this is still the transaction that was entered, and what it has locked of the tables and views that were
there before: they have a column older than this transaction, if only ``tableoid``. ``RESET ALL``, ``DISCARD`` and
``pg_advisory_unlock_all()`` in a file leave the mark alone; nothing but the end of the transaction takes it
away. Its number tells what became of the transaction when the answer to COMMIT is lost."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Transaction:
    """What is sent."""

    seal: Seal
    messages: Sequence[Message]
    leave: int
    """Which of the messages asks what is locked."""
    row: int
    """Which of them returns the ledger's row."""
    path: Sequence[str]
    """The schemas that are not named in front of what is in them."""

    def sealed(self, answers: Sequence[Rows]) -> Sealed:
        """What the answers say."""
        locks = _strongest((answers[self.leave][0][1] or "").splitlines(), self.path)
        entry = _entry(self.seal, answers[self.row][0]) if self.seal.row else None
        return Sealed(entry=entry, locks=locks)


def new_mark() -> str:
    """For a transaction to be known by."""
    return str(secrets.randbelow(2**31))


def transaction(
    statements: Sequence[ReadStatement],
    seal: Seal,
    sealing: Sequence[Query],
    *,
    ask: Ask,
    mark: str,
    enter: bool,
    begin: Sequence[Message],
    end: Sequence[Message],
    path: Sequence[str],
    numbered: Callable[[str], None],
) -> Transaction:
    """Statements between our own.

    Args:
        sealing: what writes the seal.
        mark: of the transaction.
        enter: begin and mark it; without it, it was marked before.
        begin: what is sent in it before anything is asked.
        end: what is sent behind the seal.
        path: the schemas that a session looks into.
        numbered: told the server's number of the transaction before it may be committed.
    """
    messages = [*([Message(BEGIN)] if enter else ()), *begin]
    if enter:
        messages += ask(Message(_ENTER, (mark,), phase=FaultKind.OVERTAKEN))
    check, *rest = sealing
    messages += ask(Message(*check, phase=FaultKind.OVERTAKEN))
    messages.extend(Message(read.statement.text, read=read) for read in statements)
    messages += ask(Message(_UNDISTURBED, phase=FaultKind.SEALING))

    def tell(rows: Rows) -> None:
        numbered(rows[0][2] or "")

    messages += ask(Message(_LEAVE, (mark,), phase=FaultKind.SEALING, answered=tell))
    leave = len(messages) - 1
    for query in (check, *rest):
        messages += ask(Message(*query, phase=FaultKind.SEALING))
    row = len(messages) - 1
    return Transaction(seal=seal, messages=[*messages, *end], leave=leave, row=row, path=path)


def told_apart(fault: Fault) -> Fault:
    """Our own checks fail by a cast that the server refuses."""
    for words, kind in ((OVERTAKEN, FaultKind.OVERTAKEN), (_BUSY, FaultKind.OVERTAKEN), (_ENDED, FaultKind.ENDED)):
        if words in fault.message and fault.read is None:
            fault.kind = kind
            return fault
    if fault.kind is FaultKind.OVERTAKEN:  # the check itself failed, not what it asked
        fault.kind = FaultKind.SEALING
    return fault


def _entry(seal: Seal, row: tuple[str | None, ...]) -> LedgerEntry:
    draft = seal.row
    assert draft is not None
    started, finished, previous, hash_ = (str(part) for part in row)
    return LedgerEntry(
        sequence=seal.after[0] + 1,
        kind=draft.kind,
        migration=draft.migration,
        digests=draft.digests,
        batch=draft.batch,
        actor=draft.actor,
        tool_version=draft.tool_version,
        started_at=datetime.fromisoformat(started),
        finished_at=datetime.fromisoformat(finished),
        statements=draft.statements,
        detail=draft.detail,
        previous_hash=previous,
        hash=hash_,
    )


_MODES = {
    "ShareUpdateExclusiveLock": "SHARE UPDATE EXCLUSIVE",
    "ShareLock": "SHARE",
    "ShareRowExclusiveLock": "SHARE ROW EXCLUSIVE",
    "ExclusiveLock": "EXCLUSIVE",
    "AccessExclusiveLock": "ACCESS EXCLUSIVE",
}
"""From the weakest on, as the manual writes them."""


def _strongest(lines: Iterable[str], path: Sequence[str]) -> tuple[str, ...]:
    """Of lines such as ``public.orders AccessExclusiveLock`` the strongest lock of each relation."""
    held: dict[str, str] = {}
    for line in lines:
        relation, _, mode = line.rpartition(" ")
        held[relation] = max(held.get(relation, mode), mode, key=list(_MODES).index)
    said = {relation: relation for relation in held}
    for schema in path:
        for relation in held:
            bare = relation.removeprefix(f"{schema}.")
            if bare not in said.values():  # of two of one name in two schemas, the first one goes without
                said[relation] = bare
    return tuple(sorted(f"{said[relation]} {_MODES[mode]}" for relation, mode in held.items()))
