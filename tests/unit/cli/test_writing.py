"""Reports on the terminal and in files."""

import json
from pathlib import Path

import pytest

from vedette.cli.writing import Format, write
from vedette.errors import BadRequest
from vedette.model.document import Document, Table

DOCUMENT = Document(
    title="Input ab", lines=("3 answers",),
    tables=(Table(columns=("A", "B>"), rows=(("x\x1b[31m", "1"),)),),
)  # fmt: skip


def test_the_table_shows_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    write(DOCUMENT, None, Format.TABLE, None)
    out = capsys.readouterr().out
    assert out.startswith("Input ab\n  3 answers\n")
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("format", "start"), [(Format.JSON, b"{"), (Format.CSV, b"a,b"), (Format.PDF, b"%PDF-")]
)
def test_files(
    format: Format, start: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    write(DOCUMENT, {"a": 1}, format, out)
    assert out.read_bytes().startswith(start)
    assert "Written to" in capsys.readouterr().out


def test_json_is_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    write(DOCUMENT, {"a": 1}, Format.JSON, None)
    assert json.loads(capsys.readouterr().out) == {"a": 1}


def test_what_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="--out needs"):
        write(DOCUMENT, None, Format.TABLE, tmp_path / "x")
    with pytest.raises(BadRequest, match="Cannot write"):
        write(DOCUMENT, None, Format.CSV, tmp_path / "no" / "x")
