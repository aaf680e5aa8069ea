"""Routes and their documentation are one."""

import msgspec
import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.query.parameters import Parameter, UnknownParameter


class Answer(msgspec.Struct):
    """An answer."""

    value: int


class Other(msgspec.Struct):
    """Another."""

    text: str


async def show_thing(request: Request) -> Response:
    return json_response(Answer(1), status=201, headers={"etag": '"1"'})


def test_what_is_declared_is_documented() -> None:
    router = APIRouter()
    parameter = Parameter(name="size", description="How big.", schema={"type": "integer"})
    operation = Operation(
        summary="A thing",
        parameters=(parameter,),
        body=Answer,
        answers={201: Answer, 204: None},
        refusals=(404,),
    )
    add_route(router, "POST", "/things", show_thing, operation)
    app = FastAPI()
    app.include_router(router)
    documented = app.openapi()["paths"]["/things"]["post"]
    assert documented["operationId"] == "show_thing"
    assert documented["parameters"] == [
        {
            "name": "size", "in": "query", "required": False, "description": "How big.",
            "schema": {"type": "integer"},
        }
    ]  # fmt: skip
    assert documented["requestBody"]["required"] is True
    content = documented["responses"]["201"]["content"]
    assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    assert "content" not in documented["responses"]["204"]
    assert {"400", "404", "default"} <= documented["responses"].keys()
    assert "422" not in documented["responses"]


def test_several_answers_are_all_documented() -> None:
    router = APIRouter()
    operation = Operation(
        summary="A thing", answers={200: (Answer, Other, "text/csv")}, refused=Other
    )
    add_route(router, "GET", "/things", show_thing, operation)
    app = FastAPI()
    app.include_router(router)
    responses = app.openapi()["paths"]["/things"]["get"]["responses"]
    shapes = [{"$ref": f"#/components/schemas/{name}"} for name in ("Answer", "Other")]
    assert responses["200"]["content"] == {
        "application/json": {"schema": {"anyOf": shapes}},
        "text/csv": {"schema": {"type": "string"}},
    }
    assert responses["400"]["content"].keys() == {"application/problem+json", "application/json"}


async def test_an_answer_is_its_shape_as_json() -> None:
    response = await show_thing(Request({"type": "http", "query_string": b""}))
    assert (response.status_code, response.body) == (201, b'{"value":1}')
    assert response.headers["etag"] == '"1"'


def test_parameters_nobody_declared_are_refused() -> None:
    with pytest.raises(UnknownParameter):
        read_parameters(Request({"type": "http", "query_string": b"x=1"}))
