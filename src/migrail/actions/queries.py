"""Which queries the deployed application runs, and which ones the change under judgement brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migrail import git
from migrail.actions.context import CheckContext
from migrail.actions.models import MappedModels
from migrail.actions.workspace import Workspace, shown
from migrail.dialects import Dialect
from migrail.model.errors import InputError, Problem, UsageError
from migrail.model.query import NotCheckable, Query
from migrail.model.text import plural, visible
from migrail.queries import FileSource, Found, files
from migrail.queries.globs import Glob


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryPlaces:
    """Where queries are looked for."""

    root: Path
    """The folder whose git repository tells old from new."""
    globs: tuple[Glob, ...] = ()
    named_by: Problem
    """What an error about them is about: its file, line and key."""
    models: MappedModels | None = None
    """Mapped classes, if there are any and they may be imported."""
    notes: tuple[str, ...] = ()


def configured(workspace: Workspace, *, globs: Sequence[str] = (), import_models: bool = False) -> QueryPlaces:
    """What the configuration says; globs of the command line stand in for its own."""
    settings = workspace.settings
    project = settings.project
    models = MappedModels.configured(workspace) if project.models else None
    ignored = "models are left out: reading them runs their code, which --import-models allows"
    place = Problem(
        message="project.queries", path=shown(settings.path), line=settings.line_of("project", "queries")
    )
    found = tuple(Glob.of(text, settings.root) for text in project.queries)
    places = named(globs) if globs else QueryPlaces(root=settings.root, globs=found, named_by=place)
    return replace(
        places,
        root=settings.root,
        models=models if import_models else None,
        notes=(ignored,) if models and not import_models else (),
    )


def named(globs: Sequence[str]) -> QueryPlaces:
    """The globs of the command line."""
    found = tuple(Glob.of(text, Path.cwd()) for text in globs)
    return QueryPlaces(root=Path.cwd(), globs=found, named_by=Problem(message="", path="--queries"))


def with_queries(context: CheckContext, places: QueryPlaces, *, new_code: bool = False) -> CheckContext:
    """The context, with its queries; those that the change brings only with ``new_code``.

    Where a git revision tells old from new, the deployed application runs what the files held when HEAD and the
    revision parted; what the files hold now, and did not then, is new. Captures and files outside the repository
    are taken as they are. Without a revision, the deployed application runs what the files hold.

    Raises:
        InputError: a glob matches no file.
        UsageError: git does not answer, or ``new_code`` and no revision tells which queries are new.
    """
    since = context.since
    if new_code and not since:
        raise UsageError("--new-code needs a git revision that tells which queries are new", help="add --since REV")
    reader = _Reader(context.dialect)
    now, then = _contents(places, since)
    then |= {path: content for path, content in now.items() if reader.is_observed(path)}
    deployed = reader.read(then)
    current = reader.read(now) if since else deployed
    if places.models:
        deployed += places.models.read(context.dialect, since=since)
        if since:
            current += places.models.read(context.dialect, since=None)
    known = {_normal(query.text) for query in deployed.queries}
    return replace(
        context,
        queries=deployed.queries,
        unreadable=tuple(dict.fromkeys((*deployed.unreadable, *current.unreadable))),
        new_queries=tuple(q for q in current.queries if _normal(q.text) not in known) if new_code else None,
        notes=(*context.notes, *places.notes, *reader.notes()),
    )


_Contents = dict[Path, bytes | None]


def _contents(places: QueryPlaces, since: str | None) -> tuple[_Contents, _Contents]:
    """What the files hold now, and what they held when HEAD and the revision parted."""
    now: _Contents = {}
    then: _Contents = {}
    missing: list[Glob] = []
    repository = git.top(places.root.resolve()) if since else None
    for glob in places.globs:
        found = {path: _content(path) for path in glob.files()}
        before = _before(glob, since, repository) if since and repository else None
        if not found and not before:
            missing.append(glob)
        now |= found
        then |= found if before is None else before
    if missing:
        raise _matches_nothing(places.named_by, missing)
    return now, then


def _before(glob: Glob, revision: str, repository: Path) -> _Contents | None:
    """The files of a glob when HEAD and the revision parted; ``None`` where they are not in the repository."""
    if git.top(glob.base.resolve()) != repository:
        return None
    commit, _ = git.commits(revision, repository)
    blobs = {
        path: blob
        for path, blob in git.blobs_below(commit, repository, glob.base.resolve()).items()
        if glob.matches(path)
    }
    return {glob.base / path: content for path, content in git.contents(repository, blobs).items()}


def _content(path: Path) -> bytes | None:
    """``None`` where it cannot be read, or where it is too large to be read."""
    try:
        with path.open("rb") as file:
            return file.read(files.MAX_BYTES + 1)
    except OSError:
        return None


def _matches_nothing(place: Problem, globs: Iterable[Glob]) -> InputError:
    key = f"{place.message}: " if place.message else ""
    return InputError(
        [replace(place, message=f"{key}no file matches '{visible(glob.text)}'") for glob in globs],
        help="correct the glob, or take it out",
    )


def _normal(text: str) -> str:
    return " ".join(text.split())


class _Reader:
    """Reads files, each content of each file once."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.done: dict[tuple[Path, bytes | None], Found] = {}
        self.left_out: Counter[str] = Counter()

    def is_observed(self, path: Path) -> bool:
        source = files.of_suffix(path.suffix)
        return source is not None and source.observed

    def read(self, contents: Mapping[Path, bytes | None]) -> Found:
        queries: list[Query] = []
        unreadable: list[NotCheckable] = []
        for path, content in contents.items():
            source = files.of_suffix(path.suffix)
            if source is None:
                self.left_out[path.suffix] += 1
                continue
            found = self._found(path, content, source)
            queries.extend(found.queries)
            unreadable.extend(found.unreadable)
        return Found(queries=tuple(queries), unreadable=tuple(unreadable))

    def _found(self, path: Path, content: bytes | None, source: FileSource) -> Found:
        key = path, content
        if key not in self.done:
            place = visible(shown(path))
            self.done[key] = (
                files.refused(place, "cannot be read")
                if content is None
                else files.read(source, content, place, self.dialect)
            )
        return self.done[key]

    def notes(self) -> tuple[str, ...]:
        known = ", ".join(files.suffixes())
        return tuple(
            f"{plural(count, f'file {visible(suffix)}'.rstrip(), f'files {visible(suffix)}'.rstrip())} left out: "
            f"queries are read from {known}"
            for suffix, count in sorted(self.left_out.items())
        )
