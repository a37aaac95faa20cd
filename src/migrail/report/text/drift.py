"""Differences between databases and their migrations, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from migrail.catalog.compare import Difference, diff_lines
from migrail.model.operations import Certainty
from migrail.model.text import plural
from migrail.report.text._lines import unwrapped
from migrail.report.text._rich import line
from migrail.results.targets import ComparedTarget, Drift

_SIGNS = {"-": "red", "+": "green"}


def render(drift: Drift, *, color: bool, width: int) -> str:
    """Each target with what differs: ``-`` is what the migrations make, ``+`` is what is there."""
    return unwrapped(_parts(drift), color=color)


def _parts(drift: Drift) -> Iterator[Text]:
    for environment in drift.environments:
        for target in environment.targets:
            name = environment.environment
            label = name if target.target == "default" else f"{name}/{target.target}"
            yield _headline(label, target)
            yield from _remarks(target)
            for certainty, remark in _KINDS.items():
                yield from _differences(
                    [item for item in target.differences if item.certainty is certainty], remark
                )


_KINDS = {
    Certainty.CERTAIN: "",
    Certainty.POSSIBLE: "what the migrations themselves may have made, see above:",
}


def _headline(label: str, target: ComparedTarget) -> Text:
    if target.error is not None:
        return line((label, "bold"), "  ", ("✗ not compared: ", "red"), target.error.message)
    made = f" ({plural(target.migrations, 'migration')})"
    if target.drifted:
        count = len(target.differences)
        said = f"✗ {plural(count, 'difference')}" if count else "✗ the files are not those that were applied"
        return line((label, "bold"), "  ", (said, "red"), made)
    if target.differences:
        said = f"! {plural(len(target.differences), 'difference')} that may be no drift"
        return line((label, "bold"), "  ", (said, "yellow"), made)
    return line((label, "bold"), "  ", ("✓ as its migrations made it", "green"), made)


def _remarks(target: ComparedTarget) -> Iterator[Text]:
    remarks = (
        (target.missing, "applied, but there is no file"),
        (target.edited, "edited after it was applied; the new text was replayed"),
        (target.respelled, "applied with other line ends or byte order mark; nothing else differs"),
        (target.unfinished, "stopped half-way; replayed as far as it went"),
        (target.unread, "not understood in full, so what it did is not known"),
    )
    for names, said in remarks:
        for name in names:
            yield line("  ", ("! ", "yellow"), f"{name}: {said}")


def _differences(differences: Sequence[Difference], remark: str) -> Iterator[Text]:
    if differences and remark:
        yield line("  ", (remark, "dim"))
    for text in diff_lines(differences):
        yield line("  ", (text, _SIGNS[text[0]]))
