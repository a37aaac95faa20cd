"""Formats are found by name, and say what they cannot show."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from migrail import report
from migrail.model.errors import UsageError
from migrail.report import formats, render
from migrail.results import promotion, records, targets
from migrail.rules import find, rules
from tests.rules.checking import judge


def test_the_formats_there_are() -> None:
    assert {"text", "json"} <= set(formats())


@pytest.mark.parametrize("name", formats())
def test_every_format_is_whole(name: str) -> None:
    module = importlib.import_module(f"migrail.report.{name}")
    assert isinstance(module.FORMAT, report.Format)
    assert module.FORMAT.name == name
    assert render(judge("SELECT 1;"), format=name)


@pytest.mark.parametrize("name", ["text", "json"])
def test_every_result_has_its_function(name: str) -> None:
    package = importlib.import_module(f"migrail.report.{name}")
    for function in package.FUNCTIONS.values():
        module, _, attribute = function.partition(":")
        assert callable(getattr(importlib.import_module(f"{package.__name__}.{module}"), attribute))
    used = {function.partition(":")[0] for function in package.FUNCTIONS.values()}
    written = {info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_")}
    assert written == used


@pytest.mark.parametrize("name", ["text", "json"])
@pytest.mark.parametrize(
    "result",
    [
        *(promotion.Plan, promotion.PromotionReport, targets.Diagnosis, targets.Drift),
        *(records.Approved, records.Recorded, records.Resolved, records.History),
    ],
)
def test_the_answers_of_all_verbs_can_be_shown(name: str, result: type) -> None:
    assert result.__name__ in importlib.import_module(f"migrail.report.{name}").FUNCTIONS


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="there is no format 'yaml'; there is json, text"):
        render(judge("SELECT 1;"), format="yaml")


@pytest.mark.parametrize("name", ["_interface", "text.check", ""])
def test_a_format_is_not_a_path(name: str) -> None:
    with pytest.raises(UsageError, match="there is no format"):
        render(judge("SELECT 1;"), format=name)


@pytest.mark.parametrize("name", ["text", "json"])
def test_an_unknown_result_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError, match=f"the format {name} cannot show this result"):
        render(object(), format=name)


@pytest.mark.parametrize("result", [find("MR201"), tuple(rules().values())], ids=["one", "all"])
@pytest.mark.parametrize("name", ["text", "json"])
def test_rules_can_be_shown(name: str, result: object) -> None:
    assert "index-blocks-writes" in render(result, format=name)
