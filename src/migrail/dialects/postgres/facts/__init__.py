"""What each form locks, on which relations, for how long, and on which versions: as tables.

One file for each kind of object; a row is a :class:`Fact`. The reference page of locks is made from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrail.dialects._interface import Version
from migrail.dialects.postgres.facts import columns, constraints, data, indexes, objects, partitions, tables
from migrail.dialects.postgres.facts._fact import MEASURED, OLDEST, Fact
from migrail.dialects.postgres.facts._not_null import not_null_is_proven
from migrail.dialects.postgres.facts.transactions import REFUSALS, Refusal
from migrail.dialects.postgres.locks import Touch
from migrail.model.operations import Operation
from migrail.model.structure import Structure

__all__ = [
    "FACTS",
    "MEASURED",
    "OLDEST",
    "REFUSALS",
    "Fact",
    "Refusal",
    "not_null_is_proven",
    "refused_in_transaction",
    "touches",
]

FACTS: tuple[Fact, ...] = (
    *tables.FACTS,
    *partitions.FACTS,
    *columns.FACTS,
    *constraints.FACTS,
    *indexes.FACTS,
    *objects.FACTS,
    *data.FACTS,
)
"""All rows, in the order in which they are read."""


def _by_operation() -> Mapping[type[Operation], tuple[Fact, ...]]:
    found: dict[type[Operation], list[Fact]] = {}
    for fact in FACTS:
        found.setdefault(fact.operation, []).append(fact)
    return {operation: tuple(facts) for operation, facts in found.items()}


_FACTS_OF = _by_operation()


def touches(operation: Operation, structure: Structure, version: Version) -> Iterator[Touch]:
    """The locks of the rows that hold."""
    for fact in _FACTS_OF.get(type(operation), ()):
        if not fact.holds(operation, structure, version):
            continue
        if fact.where is not None:
            for relation in fact.where.find(operation, structure):
                yield Touch(relation, fact.mode, fact.work)
        if fact.last:
            return


def refused_in_transaction(operation: Operation, structure: Structure, version: Version) -> bool:
    """Whether the server refuses the operation inside a transaction block."""
    return any(
        refusal.operation is type(operation) and refusal.holds(operation, structure, version)
        for refusal in REFUSALS
    )
