"""What botocore, the library under boto3, makes of our bytes: the judge of Bedrock's formats.

`params` checks a request against the service's own model, `answer` and `events` read what a client
would be given. No call goes out.
"""

import base64
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.eventstream import EventStream  # type: ignore[import-untyped]
from botocore.model import OperationModel, Shape  # type: ignore[import-untyped]
from botocore.parsers import create_parser  # type: ignore[import-untyped]
from botocore.serialize import create_serializer  # type: ignore[import-untyped]
from botocore.session import Session  # type: ignore[import-untyped]
from botocore.validate import ParamValidator  # type: ignore[import-untyped]


@cache
def operation(name: str) -> OperationModel:
    return Session().get_service_model("bedrock-runtime").operation_model(name)


def params(body: bytes, *, stream: bool = False) -> dict[str, Any]:
    """A Converse request as a client would have given it to boto3; fails where it would."""
    shape = operation("ConverseStream" if stream else "Converse").input_shape
    given: dict[str, Any] = _decoded(json.loads(body), shape)
    report = ParamValidator().validate({"modelId": "m", **given}, shape)
    assert not report.has_errors(), report.generate_report()
    return given


def _decoded(value: Any, shape: Shape) -> Any:
    """JSON with its blobs decoded, and nothing in it that the model does not know."""
    if shape.type_name == "blob":
        return base64.b64decode(value, validate=True)
    if shape.type_name == "structure" and not shape.is_document_type:
        unknown = value.keys() - shape.members.keys()
        assert not unknown, f"{shape.name} has no {unknown}"
        return {name: _decoded(inner, shape.members[name]) for name, inner in value.items()}
    if shape.type_name == "list":
        return [_decoded(inner, shape.member) for inner in value]
    return value


def answer(body: bytes, status: int = 200) -> dict[str, Any]:
    """What boto3 returns for the body of a Converse answer, or would raise."""
    response = {"status_code": status, "headers": {}, "body": body, "context": {}}
    parsed: dict[str, Any] = create_parser("rest-json").parse(
        response, operation("Converse").output_shape
    )
    return parsed


class _Bytes:
    """A body that comes in pieces of seven bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def stream(self) -> Iterator[bytes]:
        for at in range(0, len(self._data), 7):
            yield self._data[at : at + 7]

    def close(self) -> None: ...


def events(stream: bytes, name: str = "ConverseStream") -> list[dict[str, Any]]:
    """The events that boto3 yields; raises EventStreamError where the stream tells an error."""
    model = operation(name)
    parser = create_parser("rest-json")
    (shape,) = (
        member
        for member in model.output_shape.members.values()
        if member.serialization.get("eventstream")
    )
    return list(EventStream(_Bytes(stream), shape, parser._event_stream_parser, name))


def request_body(given: dict[str, Any]) -> bytes:
    """The body that boto3 sends for these parameters of Converse."""
    model = operation("Converse")
    given = {"modelId": "m", **given}
    report = ParamValidator().validate(given, model.input_shape)
    assert not report.has_errors(), report.generate_report()
    sent: bytes = create_serializer("rest-json").serialize_to_request(given, model)["body"]
    return sent
