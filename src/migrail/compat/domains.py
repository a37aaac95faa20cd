"""Domains: what their CHECKs say about a value."""

from __future__ import annotations

from migrail.compat import evaluate
from migrail.compat.work import Work
from migrail.model.structure import SqlType

_DEPTH = 32


def known_value(literal: str | None, *, number: bool, null: bool) -> evaluate.Known:
    """What is known of a value: a constant, NULL, or nothing."""
    if null:
        return evaluate.NULL
    return evaluate.ANY if literal is None else evaluate.Constant(literal, number)


def domain_takes(
    type_: SqlType | None, known: evaluate.Known, shown: str, work: Work, *, certain: bool = True
) -> None:
    """Notes a value that the domain refuses, or may; nothing where the type is no domain.

    Args:
        type_: what the value becomes.
        known: what is known of it.
        shown: the domain or column, as reasons name it.
        work: where flaws are noted.
        certain: whether the value surely gets there.
    """
    domain = work.structure.domain(type_)
    for _ in range(_DEPTH):
        if domain is None:
            return
        if domain.not_null and known is evaluate.NULL:
            work.flaw(f"domain {work.shown(domain.name)} is NOT NULL and {shown} gets NULL", certain=certain)
        for constraint in domain.constraints:
            if constraint.expression is None:
                continue
            values = {"value": known, "VALUE": known}
            outcome = evaluate.check(constraint.expression.text, values, work.structure.dialect)
            text = f"CHECK ({' '.join(constraint.expression.text.split())}) of domain {work.shown(domain.name)}"
            if outcome is False:
                work.flaw(f"{text} refuses {shown}", certain=certain)
            elif outcome is None:
                work.flaw(f"{text} may refuse {shown}", certain=False)
        domain = work.structure.domain(domain.base)
