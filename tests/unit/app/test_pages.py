"""Workers and core map the same pages."""

from pathlib import Path

import pytest

from vedette.app.pages import open_pages


def test_the_core_sees_what_workers_write(tmp_path: Path) -> None:
    path = str(tmp_path / "x.health")
    health, quotas = open_pages(path)
    assert health is not None
    assert quotas is not None
    quotas.write(quotas.cell("a/m#0#until"), 5.0)
    _, seen = open_pages(path, only_reads=True)
    assert seen is not None
    assert seen.read(seen.cell("a/m#0#until")) == 5.0
    assert seen.cell("b/m#0#until") == -1


def test_without_a_place_nothing_is_shared(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert open_pages("") == (None, None)
    assert open_pages(str(tmp_path / "nowhere" / "x")) == (None, None)
    assert "not shared" in caplog.text
