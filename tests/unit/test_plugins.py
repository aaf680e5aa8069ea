"""Plug-ins by name."""

import sys
from pathlib import Path

import pytest

from vedette.errors import ConfigError
from vedette.plugins import load


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that offers plug-ins, as pip would leave it."""
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    points = "acme-cloud = acme_plugin\nodd = acme_plugin:VALUE\ncatalogue = acme_plugin\n"
    points += "gone = acme_gone\n"
    (info / "entry_points.txt").write_text(f"[vedette.providers]\n{points}")
    (tmp_path / "acme_plugin.py").write_text("VALUE = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "acme_plugin", raising=False)
    return tmp_path


def test_our_own_module_is_found_by_its_name() -> None:
    assert load("providers", "catalogue").__name__ == "vedette.providers.catalogue"


def test_an_installed_package_can_add_one(distribution: Path) -> None:
    assert load("providers", "acme-cloud").VALUE == 1


def test_nobody_replaces_one_of_ours(distribution: Path) -> None:
    assert load("providers", "catalogue").__name__ == "vedette.providers.catalogue"


def test_an_entry_point_that_is_no_module_is_refused(distribution: Path) -> None:
    with pytest.raises(ConfigError, match="is not a module"):
        load("providers", "odd")


def test_one_that_cannot_be_loaded_is_refused_with_its_reason(distribution: Path) -> None:
    with pytest.raises(ConfigError, match=r"'gone'.*cannot be loaded: ModuleNotFoundError"):
        load("providers", "gone")


def test_what_is_not_there_is_an_error_or_the_stand_in() -> None:
    with pytest.raises(ConfigError, match="There is no plug-in 'nobody'"):
        load("providers", "nobody")
    assert load("providers", "nobody", otherwise="catalogue").__name__.endswith(".catalogue")


@pytest.mark.parametrize("name", ["../os", "os.path", "", "__init__", "a/b", "catalogue.yaml"])
def test_a_name_never_leaves_its_folder(name: str) -> None:
    with pytest.raises(ConfigError):
        load("providers", name)
