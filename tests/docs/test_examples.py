"""What the pages show works: marked code runs, configuration loads."""

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.docs.fences import Fence, read_fences
from tests.docs.served import Served, serve
from tests.meta.tree import ROOT, files
from vedette.config.load import load
from vedette.config.schema import Config

PAGES = [ROOT / "README.md", *files("docs", ".md")]
FENCES = [fence for page in PAGES for fence in read_fences(page)]
SHELL = {"sh", "bash", "console"}
RUNNABLE = [fence for fence in FENCES if fence.mark == "test"]
CONFIGURATION = [fence for fence in FENCES if fence.language in {"yaml", "yml"}]


@pytest.fixture(scope="module")
def vedette(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One running Vedette for all examples of a page run."""
    if importlib.util.find_spec("vedette.cli.serve") is None:
        pytest.skip("there is no `vedette serve` in this checkout yet")
    with serve(tmp_path_factory.mktemp("docs")) as served:
        served.record_a_call()
        yield served


def command_of(fence: Fence, code: str, folder: Path) -> list[str]:
    """How a block is run: Python as a script, a shell block line by line until one fails."""
    if fence.language == "python":
        script = folder / f"example_{fence.page.stem}_{fence.line}.py"
        script.write_text(code)
        return [sys.executable, str(script)]
    if fence.language in SHELL:
        return ["bash", "-euo", "pipefail", "-c", commands_in(code)]
    raise ValueError(f"{fence.name}: cannot run a block of {fence.language!r}")


def commands_in(code: str) -> str:
    """The typed lines of a console block (those after `$ `), or the whole of a shell block."""
    typed = re.findall(r"^\$ (.*(?:\\\n.*)*)$", code, re.MULTILINE)
    return "\n".join(typed) if typed else code


@pytest.mark.slow
@pytest.mark.parametrize("fence", RUNNABLE, ids=lambda fence: fence.name)
def test_marked_example_runs(fence: Fence, vedette: Served) -> None:
    code = vedette.adapt(fence.code)
    result = vedette.run(command_of(fence, code, vedette.folder))
    assert result.returncode == 0, f"{fence.name} failed:\n{result.stdout}"


@pytest.mark.parametrize("fence", CONFIGURATION, ids=lambda fence: fence.name)
def test_shown_configuration_loads(fence: Fence, tmp_path: Path) -> None:
    tree = msgspec.yaml.decode(fence.code)
    if fence.mark == "fragment" or not isinstance(tree, dict) or not tree.keys() & sections():
        return
    path = tmp_path / "vedette.yaml"
    path.write_text(fence.code)
    names = re.findall(r"\$\{([A-Za-z0-9_]+)", fence.code)
    load(path, {name: "a-value" for name in names})


def sections() -> set[str]:
    return set(Config.model_fields)
