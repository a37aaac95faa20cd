"""The edge cases of each rule: what is expected is found, and nothing else."""

from __future__ import annotations

import pytest

from migrail.model.findings import Severity
from migrail.rules import codes
from tests.rules.case_files import Case, cases, read_cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}:{case.line}-{case.title.replace(' ', '-')}")
def test_findings_are_those_that_the_file_expects(case: Case) -> None:
    result = case.judged()
    said = [(finding.migration, finding.span.line, finding.code) for finding in result.findings]
    expected = case.expectations()
    errors = {finding.code for finding in result.findings if finding.severity is Severity.ERROR}
    must_match = {case.code, *errors, *(code for _, _, code in expected)}
    assert sorted(entry for entry in said if entry[2] in must_match) == expected


def test_every_rule_has_its_file() -> None:
    assert {case.code for case in CASES} == set(codes())


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
    assert (first.title, first.version) == ("one", None)
    assert [piece.text for piece in first.history] == ["CREATE TABLE a ();\n\n"]
    assert first.expectations() == [("0002_change", 3, "MR201"), ("0002_change", 3, "MR202")]
    assert (second.version, second.files[0].text) == ((18, 1), "SELECT 3;\n")
    assert [piece.text for piece in second.history] == ["CREATE TABLE a ();\n\n", "CREATE TABLE b ();\n"]
    assert second.expectations() == [("0004_change", 3, "MR203")]


def test_the_format_for_several_files() -> None:
    text = """\
-- case: one
-- history 2_a:
-- expect 1: MR601
SELECT 1;
-- base 2_a:
SELECT 2;
-- base 3_b:
-- expect 1: MR604
SELECT 3;
-- query:
SELECT 4;
-- file 4_c:
SELECT 5;
"""
    (case,) = read_cases("MR601", text)
    assert [item.id for item in case.migrations] == ["0002_a", "0004_c"]
    assert case.expectations() == [("0002_a", 1, "MR601"), ("0003_b", 1, "MR604")]
    assert [piece.text for piece in case.queries] == ["SELECT 4;\n"]


@pytest.mark.parametrize(
    "text", ["-- case:\nSELECT 1;", "-- case: x\n-- expect: MR201\n", "SELECT 1;", "-- case: x"]
)
def test_slips_are_noticed(text: str) -> None:
    with pytest.raises(AssertionError):
        read_cases("MR201", text)
