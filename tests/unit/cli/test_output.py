"""How commands speak."""

import io

import pytest
from rich.console import Console

from vedette.cli.output import console, notices, printable, printable_lines, table
from vedette.config.load import Notice


def test_foreign_text_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc\u202e") == "a\\x1b[2Jb\\nc\\u202e"
    assert printable_lines("a\n\tb\x1b") == "a\n\tb\\x1b"


def test_spaces_and_joiners_of_all_scripts_are_shown_as_they_are() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert printable(f"{family} a\u3000b\u00a0c") == f"{family} a\u3000b\u00a0c"
    assert printable("\u2028\ufeff") == "\\u2028\\ufeff"


def test_a_narrow_terminal_goes_without_some_columns_and_cuts_no_id() -> None:
    def shown(width: int) -> list[str]:
        file = io.StringIO()
        out = Console(file=file, width=width)
        rows = [["i" * 20, "日本語", "7"], ["x", "y", "1"]]
        table(out, ["ID", "NAME", "COUNT>"], rows, less=("NAME", "COUNT"))
        assert out.width == width
        return file.getvalue().splitlines()

    assert shown(40)[0].split() == ["ID", "NAME", "COUNT"]
    assert shown(35)[1] == "i" * 20 + "  日本語      7"
    assert shown(34)[0].split() == ["ID", "COUNT"]
    assert shown(27)[1] == "i" * 20 + "      7"
    for narrow in (26, 10):
        assert [line.rstrip() for line in shown(narrow)] == ["ID", "i" * 20, "x"]


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
