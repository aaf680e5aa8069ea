"""Small modules stay small only where something says no (STYLE.md, 4)."""

from tests.meta.tree import Module, files, lines_of, modules

MODULE_LINES = 400
FUNCTION_LINES = 60
COMPONENT_LINES = 400
"""Of a TypeScript file; components aim at 200."""

TABLES: dict[str, str] = {}
"""Modules that are tables of data, with the reason why they stay whole."""
GENERATED = {"ui/src/api/schema.d.ts", "ui/src/api/types.ts", "ui/src/api/openapi.d.ts"}

OURS = ("src", "tests", "bench", "sdks")


def test_modules_are_short() -> None:
    long = {
        module.name: count
        for module in modules(*OURS)
        if (count := len(module.text.splitlines())) > MODULE_LINES and module.name not in TABLES
    }
    assert not long, f"over {MODULE_LINES} lines, cut them along a noun: {long}"


def test_functions_are_short() -> None:
    long = {
        f"{module.name}:{function.lineno} {function.name}": lines_of(function)
        for module in modules(*OURS)
        if len(module.text.splitlines()) > FUNCTION_LINES
        for function in module.functions
        if lines_of(function) > FUNCTION_LINES
    }
    assert not long, f"over {FUNCTION_LINES} lines: {long}"


def test_components_are_short() -> None:
    long = {}
    for path in files("ui/src", ".ts", ".tsx"):
        module = Module(path)
        count = len(module.text.splitlines())
        if count > COMPONENT_LINES and module.name not in GENERATED:
            long[module.name] = count
    assert not long, f"over {COMPONENT_LINES} lines: {long}"


def test_exempted_tables_exist() -> None:
    stale = TABLES.keys() - {module.name for module in modules(*OURS)}
    assert not stale, f"no such module any more: {sorted(stale)}"
