"""Running migrations on PostgreSQL."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from migrail.model.errors import GuardBusy
from migrail.model.ledger import LedgerEntry, Seal
from migrail.model.ports import OVERTAKEN, LedgerAccess
from migrail.runner.address import Address, Limits
from migrail.runner.faults import Fault, FaultKind, reason_of
from migrail.runner.servers._dead_peers import answering, in_bounds, sever
from migrail.runner.servers._interface import STILL_AT_WORK
from migrail.runner.servers.postgres.guard import POLL, WORK_KEY, described, holding
from migrail.runner.servers.postgres.pipeline import Message, Rows, give_back, run, run_alone
from migrail.runner.servers.postgres.prepared import GONE, LEFT_BEHIND, Ask, Prepared, as_text
from migrail.runner.servers.postgres.settings import PINNED, RESETTING, milliseconds, pinning
from migrail.runner.session import Sealed, Session, Starting

if TYPE_CHECKING:
    from migrail.sql import ReadStatement

_MARK = 1297237842
"""First half of the key of a lock that lives exactly as long as the transaction; the other half is random."""

_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE"
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
"""What comes behind it means what it says, and is sent as UTF-8, whatever the file has set."""

_LEAVE = f"""
SELECT CASE WHEN pg_catalog.bool_or(l.locktype = 'advisory' AND l.classid = {_MARK} AND l.objid = $1::bigint
    AND l.objsubid = 2) THEN 0 ELSE ('{_ENDED} ' || pg_catalog.count(*))::int END,
  pg_catalog.string_agg(DISTINCT l.relation::regclass::text || ' ' || l.mode, E'\n')
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

_TRY_WORK = f"pg_catalog.pg_try_advisory_lock({WORK_KEY})"
_RENEW = f"SELECT pg_catalog.pg_advisory_unlock_all(), {{}}, {_TRY_WORK}"
_ENTER_WORK = f"SELECT {_TRY_WORK}, pg_catalog.pg_backend_pid()"
"""A pooler in between tells its clients another number than the server's."""


class PostgresSession(Session):
    """One connection; a transaction is one round trip."""

    def __init__(self, engine: Engine, address: Address, limits: Limits, ledger: LedgerAccess) -> None:
        self._address = address
        self._ledger = ledger
        self._wanted: str | None = None
        self._prepared = Prepared()
        self._littered = False
        self._mark = ""
        try:
            self._pooled = engine.raw_connection()
        except (DBAPIError, TimeoutError) as error:
            raise Fault(kind=FaultKind.LOST, message=reason_of(error)) from None
        driver: Any = self._pooled.driver_connection
        record: Any = self._pooled
        self._known: dict[str, str] = dict(record.info[PINNED])
        self._driver = driver
        self._connection = driver.pgconn
        try:
            with answering(self._connection.socket):
                self._wait_for_the_dead(limits)
        except TimeoutError as error:
            self.close()
            raise Fault(kind=FaultKind.LOST, message=str(error)) from None
        except BaseException:
            self.close()
            raise

    def _wait_for_the_dead(self, limits: Limits) -> None:
        """Holds the lock of whoever works here: one that was killed has it as long as its statement runs."""
        deadline = time.monotonic() + limits.guard
        while True:
            [(locked, ident)] = run_alone(self._connection, Message(_ENTER_WORK))
            self.ident = int(ident or 0)
            if locked == "t":
                return
            if time.monotonic() >= deadline:
                said = described(self._ask(holding(WORK_KEY)))
                raise GuardBusy(f"{self._address.label}: {STILL_AT_WORK}: {said}")
            time.sleep(POLL)

    def _ask(self, query: str) -> Rows:
        return run_alone(self._connection, Message(query))

    def prepare(self, lock_timeout: float) -> None:
        self._wanted = _RENEW.format(pinning({**self._known, "lock_timeout": milliseconds(lock_timeout)}))

    def _renewing(self, ask: Ask) -> list[Message]:
        """What has to be sent first where another migration begins: nothing of the one before is left."""
        if self._wanted is None:
            return []
        messages = [Message(text) for text in RESETTING]
        if self._littered:
            messages.append(Message("DEALLOCATE ALL"))
            self._prepared.forget()
        return messages + ask(self._wanted)

    def together(
        self,
        statements: Sequence[ReadStatement],
        seal: Seal,
        starting: Starting,
        *,
        begin: bool = True,
        commit: bool = True,
    ) -> Sealed:
        def run_them(ask: Ask) -> Sealed:
            sealed = self._together(statements, seal, starting, ask, begin=begin, commit=commit)
            self._wanted = None
            return sealed

        if not (begin and commit):
            return run_them(as_text)
        try:
            return run_them(self._prepared.ask)
        except Fault as fault:
            if fault.state != GONE or fault.read is not None or fault.kind is FaultKind.LOST:
                raise
        # The file took away what was prepared. Nothing of it is there; it can do so where nothing is prepared.
        give_back(self._connection)
        self._littered = True
        return run_them(as_text)

    def _together(
        self,
        statements: Sequence[ReadStatement],
        seal: Seal,
        starting: Starting,
        ask: Ask,
        *,
        begin: bool,
        commit: bool,
    ) -> Sealed:
        messages = self._renewing(ask)
        self.transaction = ""
        if begin:
            self._mark = str(secrets.randbelow(2**31))
            messages.insert(0, Message(_BEGIN))
            messages += ask(_ENTER, (self._mark,), phase=FaultKind.OVERTAKEN)
        check, *rest = self._ledger.sealing(seal)
        messages += ask(*check, phase=FaultKind.OVERTAKEN)
        messages.extend(Message(read.statement.text, read=read) for read in statements)
        messages += ask(_UNDISTURBED, phase=FaultKind.SEALING)
        messages += ask(_LEAVE, (self._mark,), phase=FaultKind.SEALING, answered=self._numbered)
        leave = len(messages) - 1
        for query in (check, *rest):
            messages += ask(*query, phase=FaultKind.SEALING)
        row_at = len(messages) - 1
        if commit:
            messages.append(Message("COMMIT", phase=FaultKind.COMMITTING))
            # LISTEN begins with the commit, and would go on until that of the next migration.
            messages.append(Message("UNLISTEN *", phase=FaultKind.LOST))
        else:
            # What follows may be another migration, with the search path that it knows.
            path = self._known["search_path"].replace("'", "''")
            messages.append(Message(f"SELECT pg_catalog.set_config('search_path', '{path}', false)"))
        messages += ask(LEFT_BEHIND, phase=FaultKind.LOST if commit else FaultKind.SEALING)

        def start(read: ReadStatement) -> None:
            try:
                starting(read)
            except Fault:
                self.cancel()
                raise

        try:
            answers = run(self._connection, messages, start)
        except Fault as fault:
            raise _told_apart(fault) from None
        self._littered = answers[-1][0][0] == "t"
        locks = _strongest((answers[leave][0][1] or "").splitlines())
        row = answers[row_at][0] if seal.row else ()
        return Sealed(entry=_entry(seal, row) if seal.row else None, locks=locks)

    def _numbered(self, rows: Rows) -> None:
        self.transaction = rows[0][2] or ""

    def alone(self, read: ReadStatement, *, patient: bool) -> None:
        for message in self._renewing(as_text):
            run_alone(self._connection, message)
        self._wanted = None
        self._littered = True
        self._prepared.forget()  # from here on, nobody knows what is still there
        if patient:
            timeout = self._ask("SELECT pg_catalog.current_setting('lock_timeout')")[0][0]
            self._ask("SET lock_timeout = 0")
        run_alone(self._connection, Message(read.statement.text, read=read))
        if patient:
            try:
                self._ask(f"SET lock_timeout = '{timeout}'")
            except Fault as fault:
                # The statement ran: the fault must not count as its own, or it would run again.
                raise Fault(kind=FaultKind.LOST, message=fault.message, state=fault.state, read=read) from None
        if self._driver.info.transaction_status.name != "IDLE":
            raise Fault(kind=FaultKind.ENDED, message="it left a transaction open", read=read)

    def cancel(self) -> None:
        # The older way keeps every thread of this program waiting for the network.
        in_bounds(self._driver.cancel_safe)

    def sever(self) -> None:
        sever(self._connection.socket)

    def close(self) -> None:
        """Closes the connection itself: what it is in the middle of must not be waited for."""
        self._connection.finish()
        self._pooled.invalidate()


def _told_apart(fault: Fault) -> Fault:
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
    started, finished, hash_ = (str(part) for part in row)
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
        previous_hash=seal.after[1],
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


def _strongest(lines: Iterable[str]) -> tuple[str, ...]:
    """Of lines such as ``orders AccessExclusiveLock`` the strongest lock of each relation."""
    held: dict[str, str] = {}
    for line in lines:
        relation, _, mode = line.rpartition(" ")
        held[relation] = max(held.get(relation, mode), mode, key=list(_MODES).index)
    return tuple(f"{relation} {_MODES[mode]}" for relation, mode in sorted(held.items()))
