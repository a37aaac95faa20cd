"""The same query on the structure before and on the structure after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrail.compat.judge import Judgement
from migrail.compat.scope import Field
from migrail.compat.structure import Structure
from migrail.model.query import Certainty, Effect
from migrail.model.structure import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class Breakage:
    """One way in which a query suffers."""

    effect: Effect
    certainty: Certainty
    reason: str
    """One line without full stop, naming the object."""


def compare(before: Judgement, after: Judgement, old: Structure, new: Structure) -> tuple[Breakage, ...]:
    """What breaks a query that works before; nothing where it goes on as it was. Certain failures come first."""
    failing = [
        Breakage(
            effect=Effect.FAILS,
            certainty=Certainty.CERTAIN if flaw.certain else Certainty.POSSIBLE,
            reason=flaw.reason,
        )
        for flaw in after.flaws.values()
        if flaw.reason not in before.flaws and not _was_tighter(before, flaw.limit)
    ]
    found = [*failing, *_partitions(before, after, old, new), *_parameters(before, after, old, new)]
    if not any(item.certainty is Certainty.CERTAIN for item in failing):
        found += [
            Breakage(effect=Effect.CHANGES, certainty=Certainty.POSSIBLE, reason=reason)
            for reason in dict.fromkeys([*_meanings(before, after), *_shape(before, after)])
        ]
    return tuple(sorted(found, key=lambda item: (item.effect is Effect.CHANGES, item.certainty != "certain")))


def _was_tighter(before: Judgement, limit: tuple[str, int] | None) -> bool:
    if limit is None:
        return False
    return any(
        flaw.limit is not None and flaw.limit[0] == limit[0] and flaw.limit[1] <= limit[1]
        for flaw in before.flaws.values()
    )


def _meanings(before: Judgement, after: Judgement) -> Iterator[str]:
    for node, (meaning, shown) in before.meanings.items():
        other = after.meanings.get(node)
        if other is not None and other[0] != meaning:
            yield f"{shown} meant {meaning} and means {other[0]} now"


def _partitions(before: Judgement, after: Judgement, old: Structure, new: Structure) -> Iterator[Breakage]:
    for name in sorted({use.name for use in before.uses if use.kind == "relation"}, key=str):
        left = _left(name, old, new)
        verbs = before.writes.get(name, frozenset()) & {"INSERT", "UPDATE", "MERGE"}
        for child in left:
            what = f"{new.displayed(child)} is no part of {new.displayed(name)} any more"
            yield Breakage(
                effect=Effect.CHANGES, certainty=Certainty.POSSIBLE, reason=f"{what}: its rows are not found"
            )
            if verbs and new.catalog.is_partitioned(name):
                yield Breakage(
                    effect=Effect.FAILS, certainty=Certainty.POSSIBLE, reason=f"{what}: rows for it may be refused"
                )


_ALIKE = (frozenset({"json", "jsonb"}), frozenset({"inet", "cidr"}))


def _parameters(before: Judgement, after: Judgement, old: Structure, new: Structure) -> Iterator[Breakage]:
    """Values that come in as one type may be refused where another is wanted."""
    pairs = ((type_, after.parameters.get(node)) for node, type_ in before.parameters.items())
    for was, is_ in dict.fromkeys(pairs):
        if is_ is None or {was, is_} in _ALIKE or not _differs(was, is_, old, new):
            continue
        reason = f"a value that is sent as {was} is to be {is_}" if was != is_ else f"a value of {was} is gone"
        yield Breakage(effect=Effect.FAILS, certainty=Certainty.POSSIBLE, reason=reason)


def _differs(was: str, is_: str, old: Structure, new: Structure) -> bool:
    one, other = old.enum(was), new.enum(is_)
    if was == is_:
        return one is not None and other is not None and not set(one.labels) <= set(other.labels)
    kind, now = old.types.category(was), new.types.category(is_)
    if kind == now == "A":
        return _differs(was.removesuffix("[]"), is_.removesuffix("[]"), old, new)
    return kind != now or kind in ("U", "E", "C")


def _left(name: Name, old: Structure, new: Structure) -> list[Name]:
    one, other = old.catalog.tables.get(name), new.catalog.tables.get(name)
    if one is None or other is None:
        return []
    return [child for child in one.children if child not in other.children]


def _shape(before: Judgement, after: Judgement) -> Iterator[str]:
    if before.result.open or after.result.open:
        return
    old, new = before.result.fields, after.result.fields
    if [item.name for item in old] != [item.name for item in new]:
        yield _other_columns(old, new)
        return
    for one, other in zip(old, new, strict=True):
        was, is_ = one.shown or one.type, other.shown or other.type
        if was is not None and is_ is not None and was != is_:
            yield f"column {one.name} of the result was {was} and is {is_} now"
        if one.nullable is False and other.nullable:
            yield f"column {one.name} of the result can be NULL now"


def _other_columns(old: tuple[Field, ...], new: tuple[Field, ...]) -> str:
    names, others = [item.name for item in old], [item.name for item in new]
    gone = [name for name in names if name not in others]
    added = [name for name in others if name not in names]
    parts = [f"without {', '.join(gone)}"] if gone else []
    if added:
        parts.append(f"with {', '.join(added)}")
    return f"the result comes {' and '.join(parts)}" if parts else "the result has its columns in another order"
