"""What is found out about one query while it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from migrail.catalog.values import Bound
from migrail.compat.parse import bare
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.structure import Structure
from migrail.model.structure import Name


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that the server would refuse."""

    reason: str
    """One line without full stop, naming the object."""
    certain: bool = True
    """Whether it is refused whatever the data and the placeholders."""
    missing: bool = False
    """Whether a relation or column that it names is not there: before the change, the query is not judged then."""
    limit: tuple[str, int] | None = None
    """What is limited, and to how much: a wider limit than before is no flaw."""


@dataclass(frozen=True, slots=True)
class Use:
    """Something of the structure that a query needs."""

    kind: str
    """``relation``, ``column``, ``function``, ``type``, ``constraint`` or ``index``."""
    name: Name
    column: str | None = None


@dataclass(slots=True)
class Work:
    """Collects flaws and uses."""

    structure: Structure
    overriding: bool = False
    flaws: dict[str, Flaw] = field(default_factory=dict)
    uses: dict[Use, None] = field(default_factory=dict)
    meanings: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Node of the tree → what it means, and what it stands for in words."""
    writes: dict[Name, set[str]] = field(default_factory=dict)
    """Table → how it is written: ``INSERT``, ``UPDATE``, ``DELETE``."""
    parameters: dict[int, str] = field(default_factory=dict)
    """Placeholder, by its node → the type that it takes."""
    variables: frozenset[str] | None = None
    """Bare names that may be variables of the code around the query; ``None`` outside code."""
    procedure: bool = False
    """Whether the statement is a CALL, which takes procedures alone."""
    bound: Mapping[Name, Bound] = field(default_factory=dict)
    """What names of relations mean in the query of a view, where that was settled when the view was made."""
    depth: int = 0

    def aside(self) -> Work:
        """Looks at a part of the query once more, without noting anything."""
        return Work(structure=self.structure, bound=self.bound, variables=self.variables, depth=self.depth)

    def flaw(self, reason: str, *, certain: bool = True, missing: bool = False) -> None:
        """Notes what is refused; a certain reason wins over the same as a possible one."""
        known = self.flaws.get(reason)
        if known is None or (certain and not known.certain):
            self.flaws[reason] = Flaw(reason, certain, missing)

    def limited(self, reason: str, what: str, room: int) -> None:
        """Notes a limit that a value may not keep."""
        self.flaws.setdefault(reason, Flaw(reason, certain=False, limit=(what, room)))

    def meet(self, parameter: int | None, type_: str | None) -> None:
        """Notes which type a placeholder takes."""
        if parameter is not None and type_ not in (None, UNKNOWN, "record"):
            self.parameters[parameter] = str(type_)

    def use(self, kind: str, name: Name, column: str | None = None) -> None:
        """Notes what is needed."""
        self.uses[Use(kind, name, column)] = None

    def folded(self, identifier: exp.Expr) -> str:
        """The name of a table, function or alias."""
        dialect = self.structure.dialect
        return dialect.fold(bare(identifier.name), bool(identifier.args.get("quoted")))

    def inner(self, identifier: exp.Expr) -> str:
        """The name of a column."""
        return self.structure.dialect.fold_inner(self.folded(identifier))

    def shown(self, name: Name) -> str:
        """A name as reasons print it."""
        return self.structure.displayed(name)
