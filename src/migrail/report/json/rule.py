"""``migrail.rules/1``."""

from __future__ import annotations

from migrail.rules import Rule, read_page


def document(rule: Rule) -> dict[str, object]:
    """One rule."""
    return document_of_list((rule,))


def document_of_list(rules: tuple[Rule, ...]) -> dict[str, object]:
    """Rules with their pages in Markdown."""
    return {"schema": "migrail.rules/1", "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, object]:
    page = read_page(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "category": rule.category.value,
        "enabled": rule.enabled,
        "dialects": list(rule.dialects),
        "title": page.title,
        "page": page.text,
    }
