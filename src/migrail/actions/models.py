"""The queries of mapped classes, as they are now and as they were at a git revision."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from migrail import git
from migrail.actions.workspace import Workspace, shown
from migrail.dialects import Dialect
from migrail.model.query import Origin, OriginKind
from migrail.queries import Found, models


@dataclass(frozen=True, kw_only=True, slots=True)
class MappedModels:
    """Which classes are imported, how, and who named them."""

    references: tuple[str, ...]
    root: Path
    """The folder from which the application imports its modules."""
    python: str
    origin: Origin

    @classmethod
    def configured(cls, workspace: Workspace) -> MappedModels:
        """What ``project.models`` names."""
        settings = workspace.settings
        python = settings.project.models_python or sys.executable
        origin = Origin(
            kind=OriginKind.MODEL, path=shown(settings.path), line=settings.line_of("project", "models") or 1
        )
        return cls(
            references=settings.project.models,
            root=settings.root,
            python=str(settings.root / python) if "/" in python else python,
            origin=origin,
        )

    def read(self, dialect: Dialect, *, since: str | None) -> Found:
        """The queries as the files are, or as they were when HEAD and the revision parted.

        Raises:
            UsageError: git does not answer.
        """
        root = self.root.resolve()
        repository = git.top(root) if since else None
        if since is None or repository is None:
            return self._read(dialect, root, root)
        commit, _ = git.commits(since, repository)
        with tempfile.TemporaryDirectory(prefix="migrail-revision-") as place:
            copy = Path(place).resolve()
            git.export(commit, repository, copy)
            folder = copy / root.relative_to(repository)
            folder.mkdir(parents=True, exist_ok=True)
            return self._read(dialect, folder, root)

    def _read(self, dialect: Dialect, folder: Path, root: Path) -> Found:
        def place(path: Path) -> str:
            return shown(root / path.relative_to(folder)) if path.is_relative_to(folder) else shown(path)

        found = Found()
        for reference in self.references:
            found += models.read(
                reference,
                folder,
                dialect,
                python=self.python,
                origin=self.origin,
                shown=place,
                inside=folder != root,
            )
        return found
