"""The files of this repository as the shape tests see them: paths and syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vedette"
SKIPPED_FOLDERS = {"node_modules", "static", "__pycache__", "tapes"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Path from the root of the repository, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    @property
    def functions(self) -> Iterator[Function]:
        """All functions and methods, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def has_behaviour(self) -> bool:
        """Whether any function has a body to test; types, protocols and constants have none."""
        return any(not is_declaration(function) for function in self.functions)


def is_declaration(function: Function) -> bool:
    """True for a body of a docstring and `...` only, as protocols have."""
    return all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for node in function.body
    )


def lines_of(function: Function) -> int:
    """Lines from `def` to the end, without decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def files(folder: str, *suffixes: str) -> list[Path]:
    """Files below a folder of the repository; hidden, built and installed folders are left out."""
    return sorted(_walk(ROOT / folder, suffixes))


def modules(*folders: str) -> list[Module]:
    """The Python modules below these folders."""
    return [Module(path) for folder in folders for path in files(folder, ".py")]


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in SKIPPED_FOLDERS:
            continue
        if path.is_dir():
            yield from _walk(path, suffixes)
        elif path.suffix in suffixes:
            yield path
