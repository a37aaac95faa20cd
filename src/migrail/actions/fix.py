"""check --diff and --fix: the rewrites that a machine may apply, in the files of new migrations."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

from migrail import sources
from migrail.actions import context as contexts
from migrail.actions.check import check
from migrail.actions.context import CheckContext
from migrail.actions.observe import tracker_of
from migrail.actions.workspace import Workspace, discover
from migrail.checker import CheckResult, Draft, Rewritten, rewritten
from migrail.model.errors import InputError, UsageError
from migrail.model.findings import Finding, Severity
from migrail.model.migration import Digests, Migration
from migrail.model.operations import TransactionControl
from migrail.model.rewrites import Applicability
from migrail.results.files import FileChange, Fixes
from migrail.sql import Script, read_script

_LONGEST_WORDS = 60
"""Characters of a new file's name that come from names in SQL."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a fix has to know about the project beside what is judged."""

    migrations: tuple[Migration, ...] = ()
    """All migrations that are there, so that new ones get numbers of their own."""
    untouchable: AbstractSet[str] = frozenset()
    """Ids of migrations that stay as they are, whatever is said about them."""


def in_project(workspace: Workspace) -> Surroundings:
    """Of a project: what its git revision holds and what was promoted already stays as it is.

    Raises:
        UsageError: git knows no such revision.
    """
    since = workspace.settings.check.since
    based = (
        set()
        if since is None
        else set(contexts.in_project(workspace, (), since=since, version=None, history=None).base or {})
    )
    return Surroundings(migrations=workspace.discovered.migrations, untouchable=based | _promoted(workspace))


def alone(context: CheckContext) -> Surroundings:
    """Of files that belong to no project: what else lies in their folders."""
    folders = dict.fromkeys(Path(migration.path).parent for migration in context.new)
    found: list[Migration] = []
    for folder in folders:
        with contextlib.suppress(InputError):
            found.extend(discover(folder, "auto").migrations)
    return Surroundings(migrations=tuple(found))


def fixes(context: CheckContext, around: Surroundings) -> Fixes:
    """What the files of the new migrations become when every rewrite that a machine may apply is applied.

    Each rewrite is checked before the next one: it stays only if its finding is gone and no other kind of error
    has come. Nothing is written.

    Args:
        context: what is judged; only files of new migrations change.
        around: the project.

    Raises:
        InputError: a migration cannot be read.
    """
    result = check(context)
    judged = {migration.id for migration in context.new}
    others = tuple(m for m in (*around.migrations, *context.history, *context.upstream) if m.id not in judged)
    applied = frozenset(id for environment in context.environments for id in environment.applied or ())
    around = replace(around, migrations=others, untouchable=around.untouchable | applied)
    state = _State(context=context, result=result, around=around)
    while (finding := state.next_finding()) is not None:
        state.try_rewrite(finding)
    return Fixes(
        changes=tuple(_changes(context.new, state)),
        applied=tuple(state.applied),
        withheld=tuple(state.withheld.values()),
        found=result,
        left=state.result,
    )


def _promoted(workspace: Workspace) -> frozenset[str]:
    """The migrations that were promoted already, as far as a tracker in a local file knows."""
    url = workspace.settings.project.tracker
    place = workspace.root / url.removeprefix("sqlite:///")
    if not url.startswith("sqlite:///") or not place.is_file():
        return frozenset()
    with tracker_of(workspace) as tracker:
        tried = {p.batch for p in tracker.promotions() if p.outcome not in {"refused", "unreachable"}}
        return frozenset(
            entry.migration for batch in tracker.batches() if batch.digest in tried for entry in batch.entries
        )


class _Withheld(Exception):
    """Why a rewrite is not applied; a phrase without full stop."""


@dataclass(kw_only=True)
class _State:
    context: CheckContext
    result: CheckResult
    around: Surroundings
    origins: dict[str, str] = field(default_factory=dict)
    """Path of a file that was renamed → the path it had."""
    applied: list[str] = field(default_factory=list)
    withheld: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def next_finding(self) -> Finding | None:
        """The first finding with a rewrite that was not tried yet."""
        for finding in self.result.findings:
            rewrite = finding.rewrite
            if rewrite is None or rewrite.applicability is not Applicability.SAFE:
                continue
            if _key(finding) not in self.withheld:
                return finding
        return None

    def try_rewrite(self, finding: Finding) -> None:
        """Applies the rewrite of a finding, or notes why not."""
        try:
            new, origins = self.apply(finding)
            context = replace(self.context, new=new)
            result = check(context)
            _require_better(finding, self.result, result)
        except (_Withheld, InputError) as reason:
            self.withheld[_key(finding)] = f"{finding.code} in {finding.path}:{finding.span.line} stays: {reason}"
            return
        self.context, self.result = context, result
        self.origins |= origins
        self.withheld.clear()
        self.applied.append(f"{finding.code} in {finding.path}:{finding.span.line} is rewritten")

    def apply(self, finding: Finding) -> tuple[tuple[Migration, ...], dict[str, str]]:
        """The new migrations with the rewrite, and the old paths of files that have another name now."""
        migration = next((m for m in self.context.new if m.id == finding.migration), None)
        if migration is None or finding.migration in self.around.untouchable or finding.rewrite is None:
            raise _Withheld("its migration is not new, and applied migrations never change")
        script = read_script(migration, self.context.dialect)
        _require_plain(script)
        found = rewritten(script, _statement(script, finding), finding.rewrite)
        return _Placing(self.context, migration, self.around).place(found)


class _Placing:
    """Gives new migrations their names, and makes room where they have to come before others."""

    def __init__(self, context: CheckContext, migration: Migration, around: Surroundings) -> None:
        self.context = context
        self.migration = migration
        self.around = around
        self.folder, _, self.name = migration.path.rpartition("/")
        if migration.source not in sources.names():
            raise _Withheld("the file belongs to no layout, so that others cannot be put behind it")
        self.source = sources.get(migration.source)

    def place(self, found: Rewritten) -> tuple[tuple[Migration, ...], dict[str, str]]:
        now = [draft for draft in found.added if not draft.late]
        late = [draft for draft in found.added if draft.late]
        own = self.read(self.name, found.text)
        behind = self.numbered(self.migration, now)
        renamed = self.make_room([*behind, own])
        kept = [renamed.get(m.id, m) for m in self.context.new if m.id != self.migration.id]
        last = max([*self.alike(self.around.migrations), *kept, *behind, own], key=_number)
        new = [*kept, own, *behind, *self.numbered(last, late)]
        new.sort(key=lambda m: (m.order, m.id))
        origins = {renamed[m.id].path: m.path for m in self.context.new if m.id in renamed}
        return tuple(new), origins

    def numbered(self, before: Migration, drafts: Sequence[Draft]) -> list[Migration]:
        """The drafts, numbered on from a migration."""
        found: list[Migration] = []
        for number, draft in enumerate(drafts, _number(before)):
            found.append(self.read(self.named(number, draft.words[:_LONGEST_WORDS]), draft.text))
        return found

    def named(self, previous: int, words: str) -> str:
        """A file name whose number has as many digits as that of the migration, so that names sort alike."""
        number, _, rest = self.source.file_name(previous, words).partition("_")
        return f"{number.lstrip('0').zfill(len(self.name.partition('_')[0]))}_{rest}"

    def read(self, name: str, text: str) -> Migration:
        if not self.source.is_migration(name):
            raise _Withheld(f"{name} is no name for a migration")
        shown = f"{self.folder}/{name}" if self.folder else name
        return self.source.from_content(name, text.encode(), shown)

    def alike(self, migrations: Iterable[Migration]) -> list[Migration]:
        """Those of the same layout, which are numbered alike."""
        return [m for m in migrations if m.source == self.migration.source]

    def make_room(self, added: Sequence[Migration]) -> dict[str, Migration]:
        """The migrations that get other numbers, by their old id."""
        own, last = _number(self.migration), max(map(_number, added))
        known = [*self.alike(self.around.migrations), *self.context.new]
        following = sorted((m for m in known if _number(m) > own), key=_number)
        shift = last - _number(following[0]) + 1 if following else 0
        if shift <= 0:
            return {}
        judged = {m.id for m in self.context.new} - self.around.untouchable
        if any(m.id not in judged or m.source != self.migration.source for m in following):
            raise _Withheld("it needs new migrations in front of others that are not new")
        return {m.id: self.read(self.named(_number(m) + shift - 1, _words(m)), m.text) for m in following}


def _number(migration: Migration) -> int:
    return int(migration.order[0])


def _words(migration: Migration) -> str:
    return migration.id.partition("_")[2]


def _key(finding: Finding) -> tuple[str, str, int]:
    return finding.code, finding.migration, finding.span.start


def _statement(script: Script, finding: Finding) -> int:
    for read in script.statements:
        span = read.statement.span
        if span.start <= finding.span.start < span.end:
            return read.statement.number
    raise _Withheld("it is about the file, not a statement")


def _require_plain(script: Script) -> None:
    """Raises unless a machine can tell what it does to the file."""
    if any(isinstance(op, TransactionControl) and op.ends_transaction for op in script.operations):
        raise _Withheld("the file begins or ends transactions itself")
    if any(unicodedata.category(char)[0] == "C" and char not in "\t\r\n" for char in script.migration.text):
        raise _Withheld("the file holds invisible characters; look at it first")


def _require_better(finding: Finding, before: CheckResult, after: CheckResult) -> None:
    """Raises unless there is one finding less of that rule, and no error of another rule has come."""
    fewer = _count(after, finding.code) < _count(before, finding.code)
    known = {f.code for f in before.findings if f.severity is Severity.ERROR}
    come = {f.code for f in after.findings if f.severity is Severity.ERROR} - known
    if not fewer or come:
        raise _Withheld(f"it would bring {', '.join(sorted(come))}" if come else "it does not end the finding")


def _count(result: CheckResult, code: str) -> int:
    return sum(finding.code == code for finding in result.findings)


def _changes(before: Iterable[Migration], state: _State) -> Iterable[FileChange]:
    """In what the files differ, in the order of the new ones."""
    known = {migration.path: migration for migration in before}
    for migration in state.context.new:
        old = _origin(migration.path, state.origins)
        was = known.get(old)
        if was is None or was.text != migration.text or old != migration.path:
            yield FileChange(
                path=migration.path,
                text=migration.text,
                before=was.text if was is not None else None,
                origin=old if was is not None and old != migration.path else None,
                mark=was is not None and _is_marked(was),
            )


def _is_marked(migration: Migration) -> bool:
    """Whether its file begins with a byte order mark, which its text has no more."""
    content = f"\ufeff{migration.text}".encode()
    return migration.digests.raw == Digests.of(content, migration.text).raw


def _origin(path: str, origins: dict[str, str]) -> str:
    """The path that a file had at first."""
    while path in origins:
        path = origins[path]
    return path


def require_named(context: CheckContext, paths: Sequence[Path]) -> None:
    """Raises UsageError where nothing tells which migrations are new: applied ones must not be edited."""
    if not paths and context.base is None:
        raise UsageError(
            "nothing tells which migrations are new, and applied ones must not change",
            help="migrail check --fix --since origin/main, or name the files",
        )
