"""One query on one structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrail.compat import utilities
from migrail.compat.parse import Parsed
from migrail.compat.scope import Scope, Source
from migrail.compat.structure import Structure
from migrail.compat.work import Flaw, Use, Work
from migrail.model.structure import Name

__all__ = ["Flaw", "Judgement", "Use", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What a query does on a structure."""

    flaws: Mapping[str, Flaw]
    """What the server refuses, by the reason."""
    uses: frozenset[Use]
    meanings: Mapping[int, tuple[str, str]]
    """Name in the query, by its node → the object that it means, and the name in words."""
    result: Source
    """The columns that come out."""
    parameters: Mapping[int, str]
    """Placeholder, by its node → the type that it takes."""
    writes: Mapping[Name, frozenset[str]]
    """Table → ``INSERT``, ``UPDATE``, ``DELETE`` or ``MERGE``."""

    @property
    def missing(self) -> Flaw | None:
        """What keeps the query from being judged: a relation or column that is not there."""
        return next((flaw for flaw in self.flaws.values() if flaw.missing), None)


def judge(parsed: Parsed, structure: Structure) -> Judgement:
    """What a query does on a structure.

    Raises:
        RecursionError: it is nested too deeply.
    """
    from migrail.compat.select import query_fields

    work = Work(structure=structure, overriding=parsed.overriding, procedure=parsed.procedure)
    if parsed.tree is None:
        utilities.look(parsed.operations, work)
        result = Source(alias=None)
    else:
        result = query_fields(parsed.tree, Scope(), work)
    return Judgement(
        flaws=work.flaws,
        uses=frozenset(work.uses),
        meanings=work.meanings,
        result=result,
        parameters=work.parameters,
        writes={name: frozenset(verbs) for name, verbs in work.writes.items()},
    )
