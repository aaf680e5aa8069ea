"""How commands speak."""

import pytest

from vedette.cli.output import console, notices, printable, printable_lines, table
from vedette.config.load import Notice


def test_foreign_text_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc\u202e") == "a\\x1b[2Jb\\nc\\u202e"
    assert printable_lines("a\n\tb\x1b") == "a\n\tb\\x1b"


def test_notices_have_a_mark_each(capsys: pytest.CaptureFixture[str]) -> None:
    out = console()
    notices(out, [Notice("found", "a"), Notice("missing", "[b]"), Notice("next", "c")])
    assert capsys.readouterr().out.splitlines() == ["  + a", "  - [b]", "  > c"]


def test_a_piped_table_is_plain_and_wide(capsys: pytest.CaptureFixture[str]) -> None:
    table(console(), ["NAME", "COUNT>"], [["x" * 90, "1"], ["[red]y\x1b[0m", "22"]])
    heading, first, second = capsys.readouterr().out.splitlines()
    assert "x" * 90 in first
    assert heading.split() == ["NAME", "COUNT"]
    assert "[red]y\\x1b[0m" in second
    assert first.rstrip().endswith(" 1")
    assert second.rstrip().endswith("22")


def test_errors_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    console(stderr=True).print("x")
    assert capsys.readouterr().err == "x\n"
