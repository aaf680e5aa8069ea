"""Commands in this process, against a console that runs in a thread."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import Console, run_console
from vedette import cli


class Commands:
    """`vedette GROUP ...` with the console that it is about."""

    def __init__(self, group: str, console: Console, capture: pytest.CaptureFixture[str]) -> None:
        self.console = console
        self._group = group
        self._capture = capture
        self.error = ""

    def run(self, *arguments: str, code: int = 0) -> str:
        """What it prints; its complaint is in `error`."""
        got = cli.run([self._group, *arguments, "--url", self.console.url])
        printed = self._capture.readouterr()
        self.error = printed.err
        assert got == code, printed
        return printed.out

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))


@contextmanager
def commanding(
    group: str, folder: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    """In an empty folder, without a token."""
    patch.chdir(folder)
    patch.delenv("VEDETTE_TOKEN", raising=False)
    with run_console() as console:
        yield Commands(group, console, capture)
