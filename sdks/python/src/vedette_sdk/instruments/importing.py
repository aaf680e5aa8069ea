"""Runs something when a module is imported, or at once where it is."""

import sys
import threading
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from vedette_sdk.current import CURRENT

Hook = Callable[[ModuleType], None]


class Finder(MetaPathFinder):
    """Finds nothing itself: lets the others find, and sees the module after it was executed."""

    def __init__(self) -> None:
        self._hooks: dict[str, list[Hook]] = {}
        self._finding = threading.local()

    def when_imported(self, name: str, hook: Hook) -> bool:
        """Run `hook` with the module; True where that was at once."""
        module = sys.modules.get(name)
        if module is not None and not getattr(
            getattr(module, "__spec__", None), "_initializing", False
        ):
            hook(module)
            return True
        self._hooks.setdefault(name, []).append(hook)
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        return False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._hooks or getattr(self._finding, "name", None) == fullname:
            return None
        self._finding.name = fullname
        try:
            spec = self._ask_others(fullname, path, target)
        finally:
            self._finding.name = None
        if spec is not None and spec.loader is not None:
            CURRENT.faults.shield(self._see, spec.loader, fullname)
        return spec

    def _ask_others(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> ModuleSpec | None:
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                spec = finder.find_spec(fullname, path, target)
                if spec is not None:
                    return spec
        return None

    def _see(self, loader: Any, fullname: str) -> None:
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            for hook in self._hooks.pop(fullname, ()):
                CURRENT.faults.shield(hook, module)

        loader.exec_module = exec_module


FINDER = Finder()
