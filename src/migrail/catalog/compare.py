"""Compares what a history of migrations should have made with what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrail.catalog.catalog import Catalog
from migrail.catalog.facets import Described, Key, ObjectKind, describe
from migrail.model.operations import Certainty
from migrail.model.structure import Name
from migrail.model.text import visible

EXISTENCE = "existence"
"""The ``what`` of a difference where the whole object is there on one side only."""

_RANKS = {kind: rank for rank, kind in enumerate(ObjectKind)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing in which two structures differ. What both sides print is for people, not to be run."""

    kind: ObjectKind
    name: str
    """Qualified: ``public.orders``, ``public.orders.total``, ``public.total(integer)``."""
    what: str
    """``existence``, or the property that differs: ``type``, ``nullability``, ``default``, ``labels``, ..."""
    expected: str | None
    """``None`` where the object should not be there."""
    found: str | None
    """``None`` where the object is missing."""
    certainty: Certainty = Certainty.CERTAIN
    """Possible where the history holds code that may have made the difference itself."""


def compare(expected: Catalog, found: Catalog) -> tuple[Difference, ...]:
    """Everything in which two catalogs of one dialect differ, sorted by object.

    Of an object that is there on one side only, nothing more is said: a missing table is one difference,
    whatever columns and indexes it should have. What one side does not know, such as the columns of CREATE TABLE
    ... AS, does not differ. Expressions are compared in their normal form (:mod:`migrail.catalog.normal`), and the
    queries of views by what a server does not rewrite (:mod:`migrail.catalog.queries`).
    """
    wanted, there = describe(expected), describe(found)
    certainty = Certainty.CERTAIN if expected.complete else Certainty.POSSIBLE
    vague = {*_vague(expected), *_vague(found)}
    differences: list[Difference] = []
    for key in wanted.keys() | there.keys():
        one, two = wanted.get(key), there.get(key)
        if one is not None and two is not None:
            differences.extend(_changed(one, two, certainty))
        elif one is not None and not _implied(one, found, vague):
            differences.append(_alone(key, one, certainty, missing=True))
        elif two is not None and not _implied(two, expected, vague):
            differences.append(_alone(key, two, certainty, missing=False))
    return tuple(sorted(differences, key=_place))


def _vague(catalog: Catalog) -> Iterator[tuple[Name | None, ObjectKind]]:
    """The tables of which a catalog does not know all columns, or all triggers."""
    for table in catalog.tables.values():
        if not table.columns_known:
            yield table.name, ObjectKind.COLUMN
        if "triggers" in table.unread:
            yield table.name, ObjectKind.TRIGGER


def _implied(item: Described, other: Catalog, vague: set[tuple[Name | None, ObjectKind]]) -> bool:
    """Whether the other side lacks the object because it lacks its table, or need not have it."""
    if item.optional or (item.owner, item.kind) in vague:
        return True
    return item.owner is not None and item.owner not in other.tables and item.owner not in other.views


def _changed(one: Described, two: Described, certainty: Certainty) -> Iterator[Difference]:
    for what, facet in one.facets.items():
        other = two.facets.get(what)
        if other is not None and not facet.same(other):
            yield Difference(
                kind=one.kind,
                name=one.name,
                what=what,
                expected=facet.beside(other),
                found=other.beside(facet),
                certainty=certainty,
            )


def _alone(key: Key, item: Described, certainty: Certainty, *, missing: bool) -> Difference:
    return Difference(
        kind=item.kind,
        name=key[1],
        what=EXISTENCE,
        expected=item.summary if missing else None,
        found=None if missing else item.summary,
        certainty=certainty,
    )


def _place(difference: Difference) -> tuple[str, int, str]:
    return difference.name, _RANKS[difference.kind], difference.what


def diff_lines(differences: Iterable[Difference]) -> list[str]:
    """The differences as lines that begin with ``-`` for what is expected and with ``+`` for what was found.

    Sorted by object; control characters are written as escapes.
    """
    lines: list[str] = []
    for item in sorted(differences, key=_place):
        subject = f"{item.kind} {item.name}"
        if item.what != EXISTENCE:
            subject = f"{subject}: {item.what}"
        for sign, side in (("-", item.expected), ("+", item.found)):
            if side is not None:
                lines.append(visible(f"{sign} {subject} {side}".rstrip()))
    return lines


def common(one: Iterable[Difference], two: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences of the first comparison that the second one found too, whatever it expected instead."""
    known = {(item.kind, item.name, item.what) for item in two}
    return tuple(item for item in one if (item.kind, item.name, item.what) in known)
