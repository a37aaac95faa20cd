"""Projects on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.project import SHOP, Project, project_of, sqlite_project

MakeProject = Callable[..., Project]


@pytest.fixture(params=["sqlite", "postgres"])
def make_project(request: pytest.FixtureRequest, tmp_path: Path) -> MakeProject:
    """Makes a project with the shop's migrations and the gates given by environment."""

    def make(**gates: str) -> Project:
        project = project_of(request.param, tmp_path, request, gates)
        project.write_all(SHOP)
        return project

    return make


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def any_project(request: pytest.FixtureRequest, tmp_path: Path) -> MakeProject:
    """As ``make_project``, on MariaDB as well."""

    def make(**gates: str) -> Project:
        project = project_of(request.param, tmp_path, request, gates)
        project.write_all(SHOP)
        return project

    return make


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    """The shop on SQLite files, without gates of its own."""
    project = sqlite_project(tmp_path)
    project.write_all(SHOP)
    return project
