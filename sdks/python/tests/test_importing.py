"""Patching: when a module comes, all of it or nothing, and said aloud where it cannot be."""

import importlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from vedette_sdk.instruments.importing import Finder
from vedette_sdk.instruments.patching import Method, Unpatchable, patch_methods, patch_object


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"imported_{tmp_path.name.replace('-', '_')}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("from . import inner\nready = True\n")
    (tmp_path / name / "inner.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def test_a_hook_sees_the_module_after_it_ran(package: str) -> None:
    finder, seen = Finder(), []
    assert not finder.when_imported(f"{package}.inner", lambda module: seen.append(module.value))
    assert not finder.when_imported(package, lambda module: seen.append(module.ready))
    try:
        importlib.import_module(package)
    finally:
        sys.meta_path.remove(finder)
    assert seen == [1, True]
    assert finder.when_imported(package, lambda module: seen.append("at once"))
    assert seen[-1] == "at once"


def test_a_hook_that_fails_does_not_break_the_import(package: str) -> None:
    finder = Finder()

    def fails(module: ModuleType) -> None:
        raise RuntimeError("no")

    finder.when_imported(package, fails)
    try:
        assert importlib.import_module(package).ready
    finally:
        sys.meta_path.remove(finder)


def test_a_module_that_is_not_there_stays_missing() -> None:
    finder = Finder()
    finder.when_imported("never_there_at_all", lambda module: None)
    try:
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("never_there_at_all")
    finally:
        sys.meta_path.remove(finder)


class Client:
    def call(self, number: int) -> int:
        """Calls."""
        return number


def doubled(original: Any) -> Any:
    def call(self: Any, number: int) -> Any:
        return original(self, number) * 2

    return call


def test_methods_are_patched_once_and_look_the_same() -> None:
    class Other(Client):
        def call(self, number: int) -> int:
            """Calls."""
            return number

    module = SimpleNamespace(Other=Other)
    methods = (Method("Missing|Other", "call", doubled),)
    patch_methods(module, methods)
    patch_methods(module, methods)
    assert Other().call(2) == 4
    assert Other.call.__doc__ == "Calls."


def test_all_or_nothing() -> None:
    class Other:
        def call(self) -> int:
            return 1

    methods = (Method("Other", "call", doubled), Method("Other", "gone", doubled))
    with pytest.raises(Unpatchable, match=r"Other\.gone"):
        patch_methods(SimpleNamespace(Other=Other), methods)
    assert Other().call() == 1


def test_one_object_is_patched_and_the_others_are_not() -> None:
    client = Client()
    assert patch_object(client, "call", doubled)
    assert not patch_object(client, "call", doubled)
    assert (client.call(2), Client().call(2)) == (4, 2)
