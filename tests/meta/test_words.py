"""Words that have no place in file names, comments and tests (STYLE.md, 1, 11, 21, 24)."""

import ast
import re
from pathlib import Path

from tests.meta.tree import ROOT, Module, files, modules

BANNED_NAMES = re.compile(r"(^|[_-])(utils?|helpers?|managers?|misc|common)($|[_-])", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
OURS = ("src", "tests", "bench", "ui/src", "docs", "sdks")
TEXT = (".py", ".ts", ".tsx", ".css", ".md", ".sql", ".yaml")


def test_file_names_are_nouns_of_the_glossary() -> None:
    found = [
        str(path.relative_to(ROOT))
        for folder in OURS
        for path in files(folder, *TEXT)
        if any(BANNED_NAMES.search(Path(part).stem) for part in path.relative_to(ROOT).parts)
    ]
    assert not found, f"say what is in it: {found}"


def test_nothing_is_left_for_later() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in OURS
        for path in files(folder, *TEXT)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found, f"do it, or write an issue: {found}"


def test_tests_use_the_real_thing() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules("tests", "sdks/python/tests")
        if "mock" in module.text or "monkeypatch.setattr" in module.text
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Import) and any("mock" in alias.name for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and "mock" in (node.module or ""))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "monkeypatch.setattr")
    ]
    assert not found, f"no mocks and patches: where one seems needed, the seam is wrong: {found}"


def test_tests_wait_for_events_not_for_time() -> None:
    tests = [
        module
        for module in modules("tests", "sdks/python/tests")
        if module.path.name.startswith("test_")
    ]
    found = [f"{module.name}:{line}" for module in tests for line in sleeps(module)]
    assert not found, f"wait for an event or advance the fake clock: {found}"


def sleeps(module: Module) -> list[int]:
    """Lines that sleep outside of a loop: inside one they poll, which has its deadline there."""
    if "sleep" not in module.text:
        return []
    polls = {
        id(node)
        for loop in ast.walk(module.tree)
        if isinstance(loop, ast.While | ast.For | ast.AsyncFor)
        for node in ast.walk(loop)
    }
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"time.sleep", "asyncio.sleep", "anyio.sleep", "sleep"}
        and id(node) not in polls
        and not (node.args and ast.unparse(node.args[0]) in {"0", "0.0"})
    ]
