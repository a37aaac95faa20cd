"""What becomes of the application's queries, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from migrail.checker import CheckResult, DeployOrder, NewCode
from migrail.model.query import BrokenQuery, Certainty, Effect, NotCheckable, Origin
from migrail.model.text import plural, visible
from migrail.report.text._rich import line

_SHOWN = 20
"""Lines of one list; JSON has all of it."""

_ORDERS = {
    DeployOrder.MIGRATE_FIRST: "migrate first, then deploy",
    DeployOrder.DEPLOY_FIRST: "deploy first, then migrate",
    DeployOrder.EITHER: "either may come first",
    DeployOrder.SPLIT: "neither may come first: split the change into steps",
}


def queries(result: CheckResult) -> Iterator[Text]:
    """The queries that break, those that cannot be checked, and what has to come first."""
    if not result.queries and result.new_code is None:
        return
    if result.broken:
        yield line(("Queries that break", "bold"))
        yield from listed([_broken(item) for item in result.broken])
        yield Text()
    if result.not_checkable:
        yield line(("Queries that cannot be checked", "bold"))
        yield from listed([_not_checkable(item) for item in result.not_checkable])
        yield Text()
    if result.new_code is not None:
        yield from _new_code(result.new_code)
    yield _summary(result)


def listed(lines: Sequence[Text]) -> Iterator[Text]:
    """The first lines, and how many more there are."""
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield line(f"  and {len(lines) - _SHOWN} more: --format json lists them all")


def place(origin: Origin) -> str:
    """Where a query stands, with the name that its author gave it."""
    name = f" {visible(origin.name)}" if origin.name else ""
    calls = f" ({plural(origin.calls, 'call')})" if origin.calls is not None else ""
    return f"{visible(origin.path)}:{origin.line}{name}{calls}"


def _broken(item: BrokenQuery) -> Text:
    word = "changes" if item.effect is Effect.CHANGES else "fails"
    if item.effect is Effect.FAILS and item.certainty is Certainty.POSSIBLE:
        word = "may fail"
    style = "red" if word == "fails" else "yellow"
    return line(
        "  ",
        (place(item.query.origin), "bold"),
        f"  {item.path}:{item.line}  ",
        (word, style),
        f": {visible(item.reason)}",
    )


def _not_checkable(item: NotCheckable) -> Text:
    return line("  ", (place(item.origin), "bold"), f"  {visible(item.reason)}")


def _new_code(found: NewCode) -> Iterator[Text]:
    yield line(("New code: ", "bold"), f"{_ORDERS[found.order]}.")
    if found.failing:
        yield line(
            f"  {plural(len(found.failing), 'query', 'queries')} of the new code would fail before the migrations:"
        )
        yield from listed(
            [line("  ", (place(item.query.origin), "bold"), f"  {visible(item.reason)}") for item in found.failing]
        )
    if found.not_checkable:
        yield line(f"  {plural(len(found.not_checkable), 'query', 'queries')} of the new code cannot be checked:")
        yield from listed([_not_checkable(item) for item in found.not_checkable])
    yield Text()


def _summary(result: CheckResult) -> Text:
    failing = {id(item.query) for item in result.broken if item.effect is Effect.FAILS}
    certain = {
        id(item.query)
        for item in result.broken
        if item.effect is Effect.FAILS and item.certainty is Certainty.CERTAIN
    }
    changing = {id(item.query) for item in result.broken} - failing
    return line(
        f"{plural(result.queries, 'query', 'queries')}: {len(certain)} break, {len(failing - certain)} may break, "
        f"{len(changing)} change, {len(result.not_checkable)} not checkable."
    )
