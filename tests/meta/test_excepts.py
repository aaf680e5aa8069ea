"""`except Exception` stands only at the rims, and there it logs or counts (STYLE.md, 13)."""

import ast
import re
from collections.abc import Iterator

from tests.meta.tree import Module, modules

BROAD = {"Exception", "BaseException"}
MAY_BE_BROAD = re.compile(r"except\s*:|\b(Base)?Exception\b")
"""Of modules without such a word there is nothing to parse."""
REPORTS = {"exception", "error", "warning", "critical", "_failed", "failed", "send_error"}
"""Names of the calls that log or count."""

RIMS: dict[str, str] = {
    "src/vedette/api/rim.py": "the console's HTTP server: 500 with an id, logged and counted",
    "src/vedette/tasks.py": "background work: said once, counted, begun again",
    "src/vedette/alerts/deliveries.py": "a channel that fails is told later, and holds up no other",
    "src/vedette/app/wiring.py": "settings that fail: the old ones stay, logged and answered",
    "src/vedette/http1/server.py": "the gateway's HTTP server: 500 or a cut, logged and counted",
    "src/vedette/ingest/writer.py": "the writer thread: nothing may end it, all is logged",
    "src/vedette/app/reduction.py": "a record whose content trips a parser is kept without it",
    "src/vedette/guard/breaker.py": "a detector that fails is left out, counted and logged",
    "src/vedette/guard/foreign.py": "a detector of another package that cannot be made: refused",
    "src/vedette/guard/threads.py": "what ends a thread of a detector is its failure, logged",
    "src/vedette/plugins.py": "a plug-in of another package that cannot be loaded: refused, logged",
    "src/vedette/gateway/breaker.py": "a stage that fails is skipped, counted and logged",
}
"""Where everything may be caught, and what happens to it there."""


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Bare, `Exception`, `BaseException`, or a tuple with one of them."""
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in BROAD for name in caught)


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Ends with a bare `raise`: cleaning up, not catching."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def broad_handlers(module: Module) -> Iterator[ast.ExceptHandler]:
    if not MAY_BE_BROAD.search(module.text):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and catches_everything(node):
            if not raises_again(node):
                yield node


def reports(handler: ast.ExceptHandler) -> bool:
    """Whether the handler calls a log or counting function, or adds to a counter."""
    for node in ast.walk(handler):
        if isinstance(node, ast.AugAssign):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in REPORTS:
                return True
    return False


def test_everything_is_caught_only_at_the_rims() -> None:
    found = [
        f"{module.name}:{handler.lineno}"
        for module in modules("src/vedette")
        if module.name not in RIMS
        for handler in broad_handlers(module)
    ]
    assert not found, f"name the exceptions, or make it a rim with a reason: {found}"


def test_rims_log_or_count_what_they_catch() -> None:
    silent = [
        f"{module.name}:{handler.lineno}"
        for module in modules("src/vedette")
        for handler in broad_handlers(module)
        if not reports(handler)
    ]
    assert not silent, f"swallows errors without a trace: {silent}"


def test_nothing_suppresses_everything() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules("src/vedette")
        if "suppress(" in module.text and MAY_BE_BROAD.search(module.text)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("suppress")
        and any(isinstance(name, ast.Name) and name.id in BROAD for name in node.args)
    ]
    assert not found, f"suppress() of everything: {found}"


def test_listed_rims_catch_everything() -> None:
    rims = {module.name for module in modules("src/vedette") if any(broad_handlers(module))}
    assert not RIMS.keys() - rims, f"no rim any more: {sorted(RIMS.keys() - rims)}"
