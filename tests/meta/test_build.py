"""The wheel holds all that runs, and building it twice costs once (hatch_build.py)."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hatch_build import BuildFailed, Console
from tests.meta.tree import PACKAGE, ROOT

DATA = {".sql", ".yaml", ".json", ".msgpack", ".html", ".typed"}


def console(root: Path) -> Console:
    """A console of two source files in a repository at `root`."""
    (root / "ui" / "src").mkdir(parents=True)
    scripts = {"greet": "echo hello", "stumble": "echo over a stone; exit 1"}
    (root / "ui" / "package.json").write_text(json.dumps({"scripts": scripts}))
    (root / "ui" / "src" / "main.ts").write_text("start()")
    (root / "src" / "vedette" / "static").mkdir(parents=True)
    return Console(root)


def test_build_is_current_until_a_source_changes(tmp_path: Path) -> None:
    built = console(tmp_path)
    assert not built.is_current()
    built.stamp.write_text(built.digest())
    assert built.is_current()
    (built.sources / "src" / "main.test.ts").write_text("tests are not built")
    (built.sources / "node_modules").mkdir()
    (built.sources / "node_modules" / "x.js").write_text("nor what is installed")
    assert built.is_current()
    (built.sources / "src" / "main.ts").write_text("start(2)")
    assert not built.is_current()


def test_renaming_a_source_makes_the_build_stale(tmp_path: Path) -> None:
    built = console(tmp_path)
    before = built.digest()
    (built.sources / "src" / "main.ts").rename(built.sources / "src" / "app.ts")
    assert built.digest() != before


def test_console_is_not_built_when_it_is_current(tmp_path: Path) -> None:
    built = console(tmp_path)
    built.stamp.write_text(built.digest())
    built.build()
    assert not (built.sources / "node_modules").exists()


def test_npm_says_nothing_unless_it_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    built = console(tmp_path)
    built.npm("run", "greet", quietly=True)
    assert capfd.readouterr() == ("", "")
    with pytest.raises(BuildFailed, match="npm run stumble failed"):
        built.npm("run", "stumble", quietly=True)
    assert "over a stone" in capfd.readouterr().err


def build(source: Path, target: str, out: Path) -> Path:
    """Run hatchling as pip does, with what is installed; no npm is on the PATH."""
    empty = out / "empty"
    empty.mkdir(parents=True)
    result = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=source,
        env=os.environ | {"PATH": str(empty)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return next(path for path in out.iterdir() if path.is_file())


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with a console that counts as built."""
    copy = tmp_path_factory.mktemp("source") / "vedette"
    ignored = shutil.ignore_patterns(
        ".*", "node_modules", "__pycache__", "build", "dist", "vedette-data", "tests", "bench"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    shutil.copy(ROOT / ".gitignore", copy)
    built = Console(copy)
    if built.exists and not built.is_current():
        built.static.mkdir(exist_ok=True)
        (built.static / "index.html").write_text("<title>Vedette</title>")
        built.stamp.write_text(built.digest())
    return copy


@pytest.mark.slow
def test_wheel_from_sdist_holds_code_data_and_console(source: Path, tmp_path: Path) -> None:
    sdist = build(source, "sdist", tmp_path / "sdist")
    subprocess.run(["tar", "-xzf", str(sdist), "-C", str(tmp_path)], check=True)
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    assert not (unpacked / "ui" / "node_modules").exists()
    wheel = build(unpacked, "wheel", tmp_path / "wheel")
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        f"vedette/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.suffix in DATA | {".py"} and not path.is_relative_to(PACKAGE / "static")
    }
    assert not needed - names
    if Console(source).exists:
        assert {"vedette/static/index.html", "vedette/static/source.sha256"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
