"""The plain layout: which files are migrations, and what is wrong with others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrail import sources
from migrail.model.errors import InputError

PLAIN = sources.get("plain")


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_order_is_by_number_not_by_text(tmp_path: Path) -> None:
    write(tmp_path, {"10_b.sql": b"SELECT 1;", "0009_a.sql": b"SELECT 1;", "0100_c.sql": b"SELECT 1;"})
    assert [m.id for m in PLAIN.discover(tmp_path, "m").migrations] == ["0009_a", "10_b", "0100_c"]


def test_line_ends_and_byte_order_mark_do_not_change_the_identity(tmp_path: Path) -> None:
    variants = {
        "1_lf.sql": b"SELECT 1;\nSELECT 2;\n",
        "2_crlf.sql": b"SELECT 1;\r\nSELECT 2;\r\n",
        "3_cr.sql": b"SELECT 1;\rSELECT 2;\r",
        "4_bom.sql": b"\xef\xbb\xbfSELECT 1;\nSELECT 2;\n",
    }
    found = PLAIN.discover(write(tmp_path, variants), "m").migrations
    assert len({m.digests.text for m in found}) == 1
    assert len({m.digests.raw for m in found}) == 4
    assert found[0].digests.text.startswith("sha256-text:")
    assert found[0].digests.raw.startswith("sha256-raw:")
    assert not found[3].text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("0001_latin.sql", "SELECT 'ä';".encode("latin-1"), "m/0001_latin.sql:1:9: is not UTF-8: byte 0xe4"),
        ("0001_late.sql", b"SELECT 1;\nSELECT '\xff';", "m/0001_late.sql:2:9: is not UTF-8: byte 0xff"),
        ("0001_utf16.sql", "SELECT 1;".encode("utf-16"), "m/0001_utf16.sql: is UTF-16; save it as UTF-8"),
        ("0001_nul.sql", b"SELECT 1;\nDROP\0 TABLE t;", "m/0001_nul.sql:2:5: holds a NUL byte"),
        ("0001_bom.sql", b"SELECT 1;\xef\xbb\xbf", "m/0001_bom.sql:1:10: holds a byte order mark"),
        ("add_phone.sql", b"SELECT 1;", "m/add_phone.sql: the name is not a number"),
        ("0001-add.sql", b"SELECT 1;", "m/0001-add.sql: the name is not a number"),
        ("0001_add.SQL", b"SELECT 1;", "m/0001_add.SQL: the name is not a number"),
        ("0001_add.down.sql", b"SELECT 1;", "m/0001_add.down.sql: the name is not a number"),
        ("readme.sql", b"SELECT 1;", "m/readme.sql: the name is not a number"),
        ("0001_add.sq", b"SELECT 1;", "m/0001_add.sq: the name is not a number"),
        ("0001_a\x1b[31m.sql", b"SELECT 1;", "m/0001_a\\x1b[31m.sql: the name is not a number"),
    ],
)
def test_files_that_cannot_be_migrations(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    write(tmp_path, {"0000_good.sql": b"SELECT 1;", name: content})
    with pytest.raises(InputError) as caught:
        PLAIN.discover(tmp_path, "m")
    assert len(caught.value.problems) == 1
    assert str(caught.value.problems[0]).startswith(problem)


def test_every_bad_file_is_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"1_a.sql": b"\xff", "2_b.sql": b"\0", "c.sql": b""})
    with pytest.raises(InputError) as caught:
        PLAIN.discover(tmp_path, "m")
    assert [problem.path for problem in caught.value.problems] == ["m/1_a.sql", "m/2_b.sql", "m/c.sql"]


def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "0001_gone.sql").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"m/0001_gone.sql: cannot be read: No such file"):
        PLAIN.discover(tmp_path, "m")


def test_other_files_are_left_out_with_a_note(tmp_path: Path) -> None:
    write(tmp_path, {"1_a.sql": b"SELECT 1;", "README.md": b"", ".gitkeep": b"", "seed.csv": b""})
    (tmp_path / "archive").mkdir()
    (tmp_path / "0002_folder.sql").mkdir()
    found = PLAIN.discover(tmp_path, "m")
    assert [m.id for m in found.migrations] == ["1_a"]
    assert found.notes == (
        "m/0002_folder.sql is a folder and is left out; name it in project.migrations to have it",
        "m/seed.csv is not a migration (NNNN_words.sql) and is left out",
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "0001_pipe.sql")
    with pytest.raises(InputError, match=r"m/0001_pipe\.sql: is not a regular file"):
        PLAIN.discover(tmp_path, "m")


def test_a_large_file_is_read(tmp_path: Path) -> None:
    row = b"INSERT INTO t VALUES ('" + b"x" * 1000 + b"');\n"
    write(tmp_path, {"0001_load.sql": row * 20_000})
    assert len(PLAIN.discover(tmp_path, "m").migrations[0].text) > 20_000_000


@pytest.mark.parametrize(
    ("previous", "words", "name"),
    [(0, "create customers", "0001_create_customers.sql"), (41, "Add: phone!", "0042_add_phone.sql")],
)
def test_file_names(previous: int, words: str, name: str) -> None:
    assert PLAIN.file_name(previous, words) == name


@pytest.mark.parametrize(
    ("files", "expected"),
    [({"1_a.sql": b""}, "plain"), ({}, "plain"), ({"V1__a.sql": b""}, None)],
)
def test_detection(tmp_path: Path, files: dict[str, bytes], expected: str | None) -> None:
    write(tmp_path, files)
    if expected:
        assert sources.detect(tmp_path, "m").name == expected
    else:
        with pytest.raises(InputError, match="no format fits the files here"):
            sources.detect(tmp_path, "m")
