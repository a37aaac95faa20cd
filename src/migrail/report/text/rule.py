"""Rule pages for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

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
    """All rules by category, one in a line. They come in the order of codes, which are grouped by category."""
    return unwrapped(_list(rules), color=color)


def _list(rules: tuple[Rule, ...]) -> Iterator[Text]:
    names = max((len(rule.name) for rule in rules), default=0)
    for number, (category, group) in enumerate(groupby(rules, key=lambda rule: rule.category)):
        if number:
            yield Text()
        yield line((category.value, "bold"))
        for rule in group:
            severity = rule.severity.value if rule.enabled else "off"
            yield line(
                (f"  {rule.code}  ", "bold"),
                f"{rule.name:<{names}}  ",
                (f"{severity:<7}", STYLES[rule.severity] if rule.enabled else "dim"),
                f"  {read_page(rule).title}",
            )
