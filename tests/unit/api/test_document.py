"""The document is complete and every reference in it resolves."""

import re
from pathlib import Path
from typing import Any

import msgspec

from tests.support.console import Console
from vedette.api.schemas import SHAPES
from vedette.query.filters import FILTER_PARAMETERS


def test_it_is_served(console: Console) -> None:
    document = console.get("/api/v1/openapi.json")
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == "1.2.3"


def test_every_reference_resolves_and_every_shape_is_there(console: Console) -> None:
    text = console.client.get("/api/v1/openapi.json").text
    schemas = msgspec.json.decode(text)["components"]["schemas"]
    wanted = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert not wanted - schemas.keys()
    assert {shape.__name__ for shape in SHAPES} <= schemas.keys()
    assert "HTTPValidationError" not in schemas


def test_every_operation_has_a_name_and_documents_its_refusals(console: Console) -> None:
    operations: list[dict[str, Any]] = [
        operation
        for path in console.get("/api/v1/openapi.json")["paths"].values()
        for operation in path.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(
        {"400", "401", "403", "503"} <= operation["responses"].keys() for operation in operations
    )
    assert all(operation["summary"] for operation in operations)


def test_every_path_and_filter_stands_in_the_docs(console: Console) -> None:
    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    paths = console.get("/api/v1/openapi.json")["paths"]
    assert [path for path in paths if f"{path}`" not in page] == []
    filters = [parameter.name for parameter in FILTER_PARAMETERS]
    assert [name for name in filters if f"`{name}`" not in page] == []
