"""Names of projects without a server."""

from pathlib import Path

import pytest

from vedette.access.files import write_snapshot
from vedette.app.projects import project_id
from vedette.config.schema import Config
from vedette.errors import BadRequest
from vedette.model.tenant import AccessSnapshot, Project


def config(folder: Path) -> Config:
    return Config.model_validate({"storage": {"path": str(folder)}})


def test_a_name_is_looked_up_where_the_workers_look(tmp_path: Path) -> None:
    projects = (
        Project(id="default", name="default"),
        Project(id="prj_1", name="search"),
        Project(id="prj_2", name="prj_1"),
        Project(id="prj_3", name="twice"),
        Project(id="prj_4", name="twice"),
    )
    write_snapshot(tmp_path / "access.keys", AccessSnapshot(projects=projects))
    assert project_id(config(tmp_path), "search") == "prj_1"
    assert project_id(config(tmp_path), "prj_1") == "prj_1"
    assert project_id(config(tmp_path), "from-a-proxy") == "from-a-proxy"
    with pytest.raises(BadRequest, match="prj_3, prj_4"):
        project_id(config(tmp_path), "twice")


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_without_the_file_a_name_is_an_id(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "access.keys").write_bytes(content)
    assert project_id(config(tmp_path), "search") == "search"
