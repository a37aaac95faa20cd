"""What a statement that SQLite keeps as text names, with the places of the names.

SQLite reads views and triggers anew each time that it changes a table, and writes new names into them
(``lang_altertable.html``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from migrail.dialects import get, lower_ascii
from migrail.model.structure import Name
from migrail.sql.lexer import Token, Unclosed, tokens
from migrail.sql.shallow import is_shallow

if TYPE_CHECKING:
    from sqlglot import exp

Place = tuple[int, int]
"""Where a name begins and ends."""

_LONGEST = 200_000
_REPLACE = re.compile(r"REPLACE(?=\s+INTO\b)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """What stands behind FROM, JOIN, INTO or UPDATE."""

    name: Name | None
    """``None`` for a subquery, a function and what WITH defines."""
    called: str
    """What its columns are qualified with; empty for a subquery without a name."""
    level: int
    """The SELECT, INSERT, UPDATE or DELETE that it is in."""
    place: Place
    """Of its name without a schema."""
    aliased: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name that may be that of a column."""

    name: str
    """Empty for ``t.*``."""
    qualifier: str
    """Empty where nothing stands before it."""
    levels: tuple[int, ...]
    """The statements whose relations it may be of, from the inside out."""
    place: Place
    before: Place
    """Of the qualifier."""
    quoted: bool
    """Whether SQLite takes it for a string where no column is called so."""
    sorts: bool
    """Whether it stands in ORDER BY or GROUP BY, where names that the text gives come first."""
    target: bool
    """Whether it is written to: SQLite finds out when it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentions:
    """The names in a text."""

    relations: tuple[Relation, ...]
    columns: tuple[Mention, ...]
    given: frozenset[str]
    """Names that the text itself gives to columns."""
    shared: frozenset[str]
    """Names behind USING, which stand for columns of several tables."""


def mentions_in_body(text: str) -> Iterator[tuple[int, str, Mentions | None]]:
    """Each statement of a trigger's body with its offset; ``None`` for one that cannot be read."""
    start = 0
    for token in _tokens(text) or ():
        if token.word == ";":
            yield start, text[start : token.start], mentions_in(text[start : token.start])
            start = token.end


@lru_cache(maxsize=4096)
def mentions_in(text: str) -> Mentions | None:
    """The names in one statement, or ``None`` where it cannot be read."""
    tree = _parsed(text)
    return None if tree is None else _Reader(text).read(tree)


def _tokens(text: str) -> list[Token] | None:
    try:
        return list(tokens(text, get("sqlite").lexical))
    except Unclosed:
        return None


def _parsed(text: str) -> exp.Expr | None:
    import sqlglot
    from sqlglot import exp

    found = _tokens(text)
    if found is None or len(text) > _LONGEST or not is_shallow(found, "sqlite"):
        return None
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL + 1)
    try:
        # It knows INSERT OR REPLACE only; the places stay the same.
        trees = sqlglot.parse(_REPLACE.sub(" INSERT", text, count=1), read="sqlite")
    except Exception:
        # The text is anybody's and the parser somebody else's.
        return None
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Query | exp.Values | exp.DML) or tree.find(exp.Command):
        return None
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.numbers: dict[int, int] = {}
        self.relations: list[Relation] = []
        self.columns: list[Mention] = []
        self.given: set[str] = set()
        self.shared: set[str] = set()

    def read(self, tree: exp.Expr) -> Mentions | None:
        from sqlglot import exp

        for with_ in tree.find_all(exp.CTE):
            self.give(with_.args.get("alias"))
        own = frozenset(self.given)
        for node in tree.walk():
            match node:
                case exp.Table():
                    self.table(node, own)
                case exp.Subquery() if isinstance(node.parent, exp.From | exp.Join):
                    if isinstance(node.this, exp.Query | exp.Values):
                        self.relate(None, node, node)
                    self.give(node.args.get("alias"))
                case exp.Column():
                    if node.arg_key == "field" and isinstance(node.parent, exp.In):
                        return None  # ``a IN b``, where b is a table
                    self.column(node)
                case exp.Alias() | exp.TableAlias():
                    self.give(node)
                case exp.Join():
                    self.shared |= {lower_ascii(name.name) for name in node.args.get("using") or ()}
                case exp.Schema():
                    self.targets(node)
                case _:
                    pass
        return Mentions(
            relations=tuple(self.relations),
            columns=tuple(self.columns),
            given=frozenset(self.given),
            shared=frozenset(self.shared),
        )

    def give(self, alias: object) -> None:
        from sqlglot import exp

        match alias:
            case exp.Alias():
                self.given.add(lower_ascii(alias.alias))
            case exp.TableAlias():
                self.given |= {lower_ascii(column.name) for column in alias.args.get("columns") or ()}
                if alias.this is not None and isinstance(alias.parent, exp.CTE):
                    self.given.add(lower_ascii(alias.this.name))

    def table(self, node: exp.Table, own: frozenset[str]) -> None:
        from sqlglot import exp

        if node.arg_key == "indexed":
            return
        schema, name = node.args.get("db"), node.this
        if not isinstance(name, exp.Identifier):
            self.relate(None, node, node)
            return
        folded = lower_ascii(name.name)
        known = schema is not None or folded not in own
        self.relate(Name(lower_ascii(schema.name) if schema else None, folded) if known else None, node, name)

    def relate(self, name: Name | None, node: exp.Expr, named: exp.Expr) -> None:
        levels = self.levels(node)
        alias = lower_ascii(node.alias) if node.alias else ""
        self.relations.append(
            Relation(
                name=name,
                called=alias or (lower_ascii(named.name) if named is not node else ""),
                level=levels[0] if levels else -1,
                place=_place(named),
                aliased=bool(alias),
            )
        )

    def column(self, node: exp.Column) -> None:
        from sqlglot import exp

        if isinstance(node.parent, exp.Anonymous) and node.parent.name.upper() == "RAISE":
            return
        levels, qualifier = self.levels(node), node.args.get("table")
        if levels is None or isinstance(node.parent, exp.Join):
            return
        starred = isinstance(node.this, exp.Star)
        place = (0, 0) if starred else _place(node.this)
        self.columns.append(
            Mention(
                name="" if starred else lower_ascii(node.name),
                qualifier=lower_ascii(qualifier.name) if qualifier is not None else "",
                levels=levels,
                place=place,
                before=_place(qualifier) if qualifier is not None else (0, 0),
                quoted=qualifier is None and self.text[place[0] : place[0] + 1] == '"',
                sorts=isinstance(node.find_ancestor(exp.Order, exp.Group, exp.Select), exp.Order | exp.Group),
                target=_is_target(node),
            )
        )

    def targets(self, node: exp.Schema) -> None:
        """The columns behind INSERT INTO."""
        from sqlglot import exp

        levels = self.levels(node)
        for name in node.expressions if levels else ():
            if isinstance(name, exp.Identifier):
                self.columns.append(
                    Mention(
                        name=lower_ascii(name.name),
                        qualifier="",
                        levels=levels[:1] if levels else (),
                        place=_place(name),
                        before=(0, 0),
                        quoted=False,
                        sorts=False,
                        target=True,
                    )
                )

    def levels(self, node: exp.Expr) -> tuple[int, ...] | None:
        """The statements around a node; ``None`` behind a compound SELECT, where ORDER BY means what comes out."""
        from sqlglot import exp

        found: list[int] = []
        current, beside = node, False
        while current.parent is not None:
            key, parent = current.arg_key, current.parent
            if isinstance(parent, exp.SetOperation) and key not in ("this", "expression", "with_"):
                return None
            if isinstance(parent, exp.Insert) and key == "expression":
                break  # what is inserted knows nothing of the table
            if isinstance(current, exp.Subquery | exp.CTE) and isinstance(parent, exp.From | exp.Join | exp.With):
                beside = True  # which knows nothing of the relations beside it
            if isinstance(parent, exp.Select | exp.DML) and beside:
                beside = False
            elif isinstance(parent, exp.Select | exp.DML):
                found.append(self.numbers.setdefault(id(parent), len(self.numbers)))
            current = parent
        return tuple(found)


def _is_target(node: exp.Column) -> bool:
    """Whether it stands behind SET."""
    from sqlglot import exp

    side: exp.Expr = node.parent if isinstance(node.parent, exp.Tuple) else node
    assignment = side.parent
    written = isinstance(assignment, exp.EQ) and side.arg_key == "this"
    return written and assignment is not None and isinstance(assignment.parent, exp.Update | exp.OnConflict)


def _place(node: exp.Expr) -> Place:
    start, end = node.meta.get("start"), node.meta.get("end")
    return (start, end + 1) if start is not None and end is not None else (0, 0)
