"""Rule pages for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.report.text._lines import STYLES, unwrapped
from migrail.report.text._rich import line
from migrail.rules import Rule, read_page


def render(rule: Rule, *, color: bool, width: int) -> str:
    """One page."""
    return unwrapped(_page(rule), color=color)


def _page(rule: Rule) -> Iterator[Text]:
    page = read_page(rule)
    yield line(
        (f"{rule.code} {rule.name}", "bold"),
        "  ",
        (rule.severity.value, STYLES[rule.severity]),
        f"  {rule.category.value}  ({', '.join(rule.dialects)})",
    )
    yield Text()
    for said in page.text.split("\n"):
        yield line((said, "bold" if said.startswith("## ") else ""))


def render_list(rules: tuple[Rule, ...], *, color: bool, width: int) -> str:
    """All rules, one in a line."""
    return unwrapped(_list(rules), color=color)


def _list(rules: tuple[Rule, ...]) -> Iterator[Text]:
    names = max((len(rule.name) for rule in rules), default=0)
    for rule in rules:
        yield line(
            (f"{rule.code}  ", "bold"),
            f"{rule.name:<{names}}  ",
            (f"{rule.severity.value:<7}", STYLES[rule.severity]),
            f"  {rule.category.value:<13}  {read_page(rule).title}",
        )
