"""The structure that a history of migrations leads to one to expect."""

from __future__ import annotations

from migrail.catalog.catalog import Catalog
from migrail.catalog.compare import Difference, common, compare
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay
from migrail.dialects import Dialect
from migrail.model.operations import Certainty, Opaque, Operation, RunCode


class Expectation:
    """Replays a history twice: as if nothing in it that depends on a condition took effect, and as if all did.

    ``DO $$ BEGIN IF NOT EXISTS (...) THEN ALTER TABLE ...; END IF; END $$`` leaves either structure behind, so what
    differs from one of the two only is explained. A statement that was not understood makes every difference merely
    possible, and so does one that could not have worked on what is known.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._least = Replay(Catalog.empty(dialect))
        self._most = Replay(Catalog.empty(dialect))
        self._depends = False
        """Whether anything depended on a condition, so that the two may differ."""

    def begin_session(self) -> None:
        """What follows runs in another session: that of the next migration."""
        self._least.begin_session()
        self._most.begin_session()

    def apply(self, operation: Operation) -> None:
        """Replays an operation and what is in it."""
        self._apply(operation, certain=True)

    def _apply(self, operation: Operation, *, certain: bool) -> None:
        if isinstance(operation, RunCode):
            if not operation.is_read:
                self.doubt()
            for inner in operation.operations:
                self._apply(inner.operation, certain=certain and inner.certainty is Certainty.CERTAIN)
            return
        if isinstance(operation, Opaque):
            self.doubt()
        if not certain:
            self._depends = True
        else:
            if conflicts(self._most.catalog, operation) and conflicts(self._least.catalog, operation):
                self.doubt()
            self._least.apply(operation)
        self._most.apply(operation)

    def doubt(self) -> None:
        """From now on there may be objects that nobody knows of."""
        self._least.doubt()
        self._most.doubt()

    def differences(self, found: Catalog) -> tuple[Difference, ...]:
        """In what the structure that was found differs from either of the two."""
        most = compare(self._most.catalog.in_new_session(), found)
        if not self._depends:
            return most
        return common(most, compare(self._least.catalog.in_new_session(), found))
