"""Ignore comments: which exist, which codes they name, and which of them silenced something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrail.model.errors import InputError, Problem
from migrail.model.findings import Severity
from migrail.model.migration import Suppression
from migrail.rules import UnusedSuppression, codes, nearest, rules
from migrail.sql import Script


class Suppressions:
    """The suppressions of some scripts, and which of them were used."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._all = [(script, suppression) for script in scripts for suppression in script.directives.suppressions]
        self._by_place: dict[tuple[str, str, int | None], list[int]] = {}
        for index, (script, suppression) in enumerate(self._all):
            place = (script.migration.id, suppression.code, suppression.statement)
            self._by_place.setdefault(place, []).append(index)
        self._used: set[int] = set()

    def silences(self, migration: str, code: str, statement: int | None) -> bool:
        """Whether a finding is silenced; the nearest suppression counts as used.

        Args:
            migration: id of the migration that the finding is about.
            code: of its rule.
            statement: number of the statement; ``None`` for findings about the whole file.
        """
        for place in dict.fromkeys((statement, None)):
            found = self._by_place.get((migration, code, place))
            if found:
                self._used.update(found)
                return True
        return False

    def unused(self, severities: Mapping[str, Severity | None]) -> list[UnusedSuppression]:
        """Those that silenced nothing. Of rules that are off, nobody knows."""
        return [
            UnusedSuppression(script=script, suppression=suppression)
            for index, (script, suppression) in enumerate(self._all)
            if index not in self._used and _is_on(suppression.code, severities)
        ]


def _is_on(code: str, severities: Mapping[str, Severity | None]) -> bool:
    return severities.get(code, Severity.ERROR if rules()[code].enabled else None) is not None


def require_known_codes(scripts: Sequence[Script]) -> None:
    """Refuses suppressions of rules that do not exist.

    Raises:
        InputError: every such suppression with its place and the code that was probably meant.
    """
    known = codes()
    problems = [
        _problem(script, suppression)
        for script in scripts
        for suppression in script.directives.suppressions
        if suppression.code not in known
    ]
    if problems:
        raise InputError(problems, help="migrail rule --all")


def _problem(script: Script, suppression: Suppression) -> Problem:
    code = suppression.code
    named = next((rule.code for rule in rules().values() if rule.name == code.lower()), None)
    near = nearest(code)
    hint = f": write {named}, its code" if named else f"; did you mean {near}?" if near else ""
    return Problem(
        message=f"there is no rule {code.lower() if '-' in code else code}{hint}",
        path=script.migration.path,
        line=suppression.span.line,
        column=suppression.span.column,
    )
