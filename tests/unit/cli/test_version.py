"""`vedette version`."""

import platform

import pytest

from vedette import __version__
from vedette.cli import run


@pytest.mark.parametrize("word", ["version", "--version"])
def test_the_version_names_vedette_and_python(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert run([word]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"vedette {__version__} (Python {platform.python_version()}")
