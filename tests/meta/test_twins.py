"""Every module has its test at the path that mirrors it (STYLE.md, 20)."""

from pathlib import Path

from tests.meta.tree import PACKAGE, ROOT, Module, modules

UNITS = ROOT / "tests" / "unit"

EXEMPT: dict[str, str] = {
    "src/vedette/stores/records/migrations/versions/v0001_records.py": "contract/test_records",
    "src/vedette/stores/records/migrations/versions/v0002_audit.py": "stores/records/test_audit",
}
"""Modules without a twin, each with where it is tested instead."""


def twin_of(module: Module) -> Path:
    """`src/vedette/a/b.py` -> `tests/unit/a/test_b.py`; `a/__init__.py` -> `a/test_init.py`."""
    inside = module.path.relative_to(PACKAGE)
    stem = "init" if inside.stem == "__init__" else inside.stem.strip("_")
    return UNITS / inside.with_name(f"test_{stem}.py")


def test_every_module_has_its_twin() -> None:
    missing = [
        f"{module.name} -> {twin_of(module).relative_to(ROOT)}"
        for module in modules("src/vedette")
        if module.name not in EXEMPT and not twin_of(module).is_file() and module.has_behaviour
    ]
    assert not missing, "no test at the mirrored path:\n" + "\n".join(missing)


def test_every_twin_tests_something() -> None:
    empty = [
        module.name
        for module in modules("tests/unit", "tests/contract", "tests/e2e")
        if module.path.name.startswith("test_") and "def test_" not in module.text
    ]
    assert not empty, f"no test function in {empty}"


def test_exempted_modules_exist_and_need_it() -> None:
    known = {module.name: module for module in modules("src/vedette")}
    stale = [name for name in EXEMPT if name not in known or twin_of(known[name]).is_file()]
    assert not stale, f"strike from EXEMPT: {stale}"


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {module.path.parent for module in modules("src/vedette")}
    bare = [str(path.relative_to(ROOT)) for path in folders if not (path / "__init__.py").is_file()]
    assert not bare, f"without __init__.py import-linter does not see them: {sorted(bare)}"
