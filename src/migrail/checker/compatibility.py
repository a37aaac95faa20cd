"""Which of the application's queries break, and by which statement of which migration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from migrail.catalog import Catalog
from migrail.catalog.replay import Replay
from migrail.checker.results import Compatibility, DeployOrder, NewCode
from migrail.checker.walk import after, apply
from migrail.compat import (
    Breakage,
    Judgement,
    Parsed,
    Structure,
    Unparsed,
    compare,
    judge,
    parse,
    touched_words,
)
from migrail.dialects import Dialect
from migrail.model.operations import Certainty as Reached
from migrail.model.operations import unfolded
from migrail.model.query import BrokenQuery, Certainty, Effect, NotCheckable, Query
from migrail.sql import ReadStatement, Script

_LONGEST = 200
"""Statements of one migration that are gone through one by one to find the one that breaks a query."""


def judge_queries(
    history: Sequence[Script], new: Sequence[Script], queries: Sequence[Query], dialect: Dialect
) -> Compatibility:
    """Every query on the structure before and after every new migration."""
    start = after(history, dialect)
    path = _application_path(start)
    changes = list(_changes(new, start))
    words = frozenset(word for change in changes for word in change.words)
    structure = Structure(start, path)
    fine: set[str] = set()
    tracked: list[_Tracked] = []
    not_checkable: list[NotCheckable] = []
    for query in queries:
        if query.text in fine:
            continue
        taken = _taken(query, structure, dialect)
        if isinstance(taken, NotCheckable):
            not_checkable.append(taken)
        elif words.isdisjoint(taken.parsed.words):
            fine.add(query.text)  # and its tree is let go: fifty thousand of them would fill the memory
        else:
            tracked.append(taken)
    broken = [item for change in changes for item in _broken_by(change, tracked, path)]
    return Compatibility(queries=len(queries), broken=tuple(broken), not_checkable=tuple(not_checkable))


def judge_new_code(
    history: Sequence[Script],
    new: Sequence[Script],
    queries: Sequence[Query],
    known: Compatibility,
    dialect: Dialect,
) -> NewCode:
    """Which queries of the new code fail on the structure before, and so what has to come first.

    Args:
        history: older migrations in order.
        new: the migrations under judgement, in order.
        queries: those that the change brings.
        known: what the migrations do to the queries that run now.
        dialect: of the database.
    """
    start = after(history, dialect)
    path = _application_path(start)
    before = Structure(start, path)
    done = Structure(after((*history, *new), dialect), path)
    taken = [_taken(query, done, dialect, when="after") for query in queries]
    failing = tuple(
        item
        for found in taken
        if isinstance(found, _Tracked) and new
        for item in _failing_before(found, before, done, new[-1])
    )
    breaks = any(item.effect is Effect.FAILS for item in known.broken)
    order = {
        (False, False): DeployOrder.EITHER,
        (False, True): DeployOrder.MIGRATE_FIRST,
        (True, False): DeployOrder.DEPLOY_FIRST,
        (True, True): DeployOrder.SPLIT,
    }[breaks, bool(failing)]
    lost = tuple(found for found in taken if isinstance(found, NotCheckable))
    return NewCode(order=order, queries=len(queries), failing=failing, not_checkable=lost)


def _failing_before(item: _Tracked, before: Structure, done: Structure, last: Script) -> Iterator[BrokenQuery]:
    """The first way in which a query that works after the migrations fails before them."""
    earlier = _judged(item.parsed, before)
    for breakage in compare(item.judgement, earlier, done, before) if earlier is not None else ():
        if breakage.effect is Effect.FAILS:
            yield _broken(item.query, last, last.statements[-1] if last.statements else None, breakage)
            return


@dataclass(slots=True)
class _Tracked:
    """A query and what it does on the structure so far."""

    query: Query
    parsed: Parsed
    judgement: Judgement


def _taken(
    query: Query, structure: Structure, dialect: Dialect, *, when: str = "before"
) -> _Tracked | NotCheckable:
    parsed = parse(query.text, dialect)
    if isinstance(parsed, Unparsed):
        return _not_checkable(query, parsed.reason)
    judgement = _judged(parsed, structure)
    if judgement is None:
        return _not_checkable(query, "is nested too deeply")
    if judgement.missing is not None:
        return _not_checkable(query, f"on the structure {when}: {judgement.missing.reason}")
    return _Tracked(query=query, parsed=parsed, judgement=judgement)


def _judged(parsed: Parsed, structure: Structure) -> Judgement | None:
    try:
        return judge(parsed, structure)
    except RecursionError:
        return None


def _not_checkable(query: Query, reason: str) -> NotCheckable:
    return NotCheckable(origin=query.origin, text=query.text, reason=reason)


# What migrations change


def _application_path(catalog: Catalog) -> tuple[str, ...]:
    """The search path of the application: the one that the newest migration sets for itself, if it names schemas.

    Projects that live in a schema of their own begin their migrations so, and connect their application so.
    """
    return tuple(schema for schema in catalog.search_path if schema in catalog.schemas)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """What one migration makes of the structure."""

    script: Script
    before: Catalog
    done: Catalog
    reached: Catalog | None
    """As if all code in it were reached; ``None`` where that is certain anyway."""
    words: frozenset[str]
    """What a query has to hold for the change to matter to it."""


def _changes(new: Sequence[Script], catalog: Catalog) -> Iterator[_Change]:
    for script in new:
        before = catalog.in_new_session()
        done = _replayed(before, script.statements)
        reached = None
        words = touched_words(before, done)
        places = (inside for _, inside in unfolded(script.operations) if inside is not None)
        if any(inside.certainty is not Reached.CERTAIN for inside in places):
            reached = _replayed(before, script.statements, all_reached=True)
            words |= touched_words(before, reached)
        yield _Change(script=script, before=before, done=done, reached=reached, words=words)
        catalog = done


def _broken_by(change: _Change, tracked: Sequence[_Tracked], path: tuple[str, ...]) -> Iterator[BrokenQuery]:
    """The queries that a migration breaks. What each does from now on is what it does behind it."""
    old, new = Structure(change.before, path), Structure(change.done, path)
    possible = Structure(change.reached, path) if change.reached is not None else None
    places = _Places(change, path)
    for item in tracked:
        if change.words.isdisjoint(item.parsed.words):
            continue
        judgement = _judged(item.parsed, new)
        if judgement is None:
            continue
        found = list(_worst(compare(item.judgement, judgement, old, new), holes=item.query.holes))
        if possible is not None and (reached := _judged(item.parsed, possible)) is not None:
            sure = {breakage.reason for breakage in found}
            more = _worst(compare(item.judgement, reached, old, possible), holes=True)
            found += [breakage for breakage in more if breakage.reason not in sure]
        for breakage in found:
            yield _broken(item.query, change.script, places.of(item, breakage), breakage)
        item.judgement = judgement


def _worst(breakages: Sequence[Breakage], *, holes: bool) -> Iterator[Breakage]:
    """Every certain failure; else what is possible. Of a query with holes, nothing is certain."""
    certain = [item for item in breakages if item.certainty is Certainty.CERTAIN]
    for item in certain or breakages:
        yield replace(item, certainty=Certainty.POSSIBLE) if holes else item


def _broken(query: Query, script: Script, read: ReadStatement | None, breakage: Breakage) -> BrokenQuery:
    return BrokenQuery(
        query=query,
        migration=script.migration.id,
        path=script.migration.path,
        statement=read.statement.number if read else 1,
        line=read.statement.span.line if read else 1,
        effect=breakage.effect,
        certainty=breakage.certainty,
        reason=breakage.reason,
    )


def _replayed(catalog: Catalog, statements: Sequence[ReadStatement], *, all_reached: bool = False) -> Catalog:
    """The structure after the statements of one session, as if every branch of their code were taken on request."""
    replaying = Replay(catalog)
    for read in statements:
        for operation, inside in unfolded(read.operations):
            apply(replaying, operation, None if all_reached else inside)
    return replaying.catalog


class _Places:
    """Finds the statement that breaks a query: the first one behind which the reason holds, to the end."""

    def __init__(self, change: _Change, path: tuple[str, ...]) -> None:
        self._statements = change.script.statements
        self._before = change.before
        self._path = path
        self._after: list[Structure] = []

    def of(self, item: _Tracked, breakage: Breakage) -> ReadStatement | None:
        """The statement of that breakage."""
        if len(self._statements) < 2 or len(self._statements) > _LONGEST:
            return self._statements[0] if self._statements else None
        if not self._after:
            self._after = list(self._each())
        old = Structure(self._before, self._path)
        for read, structure in reversed(list(zip(self._statements, (old, *self._after[:-1]), strict=True))):
            judgement = _judged(item.parsed, structure)
            reasons = (
                {found.reason for found in compare(item.judgement, judgement, old, structure)} if judgement else ()
            )
            if breakage.reason not in reasons:
                return read
        return self._statements[0]

    def _each(self) -> Iterator[Structure]:
        catalog = self._before
        for read in self._statements:
            catalog = _replayed(catalog, [read], all_reached=True)
            yield Structure(catalog, self._path)
