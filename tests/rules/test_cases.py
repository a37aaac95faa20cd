"""The edge cases of each rule: what is expected is found, and nothing else."""

from __future__ import annotations

import pytest

from migrail.model.findings import Severity
from migrail.rules import codes, find
from tests.rules.case_files import Case, cases, read_cases
from tests.rules.checking import judge

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}:{case.line}-{case.title.replace(' ', '-')}")
def test_findings_are_those_that_the_file_expects(case: Case) -> None:
    asked_for = {} if find(case.code).enabled else {case.code: Severity.WARNING}
    result = judge(
        case.files, history=case.history, dialect=case.dialect, version=case.version, severities=asked_for
    )
    numbers = {migration.id: number for number, migration in enumerate(result.migrations, 1)}
    said = [(numbers[finding.migration], finding.span.line, finding.code) for finding in result.findings]
    errors = {finding.code for finding in result.findings if finding.severity is Severity.ERROR}
    listed = {code for _, _, code in case.expected}
    must_match = {case.code, *errors, *listed}
    assert sorted(entry for entry in said if entry[2] in must_match) == sorted(case.expected)


def test_each_file_is_about_a_rule_that_there_is_and_shows_both_sides() -> None:
    for code in {case.code for case in CASES}:
        assert code in codes()
        fires = [any(entry[2] == code for entry in case.expected) for case in CASES if case.code == code]
        assert True in fires, f"cases/{code}.sql never fires"
        assert False in fires, f"cases/{code}.sql is never silent"


def test_the_format() -> None:
    text = """\
-- history:
CREATE TABLE a ();

-- case: one
-- expect: MR201, MR202
-- a remark
SELECT 1;
SELECT 2;
-- case 18.1: two
-- history:
CREATE TABLE b ();
-- file:
SELECT 3;
-- file:

-- expect: MR203
SELECT 4;
"""
    first, second = read_cases("MR201", text)
    assert (first.title, first.version, first.history) == ("one", None, ["CREATE TABLE a ();\n\n"])
    assert first.expected == [(1, 3, "MR201"), (1, 3, "MR202")]
    assert (second.version, second.files[0]) == ((18, 1), "SELECT 3;\n")
    assert second.history == ["CREATE TABLE a ();\n\n", "CREATE TABLE b ();\n"]
    assert second.expected == [(2, 3, "MR203")]


@pytest.mark.parametrize(
    "text", ["-- case:\nSELECT 1;", "-- case: x\n-- expect: MR201\n", "SELECT 1;", "-- case: x"]
)
def test_slips_are_noticed(text: str) -> None:
    with pytest.raises(AssertionError):
        read_cases("MR201", text)
