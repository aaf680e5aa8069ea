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
from hypothesis import strategies as st


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


_DOCUMENTS = st.dictionaries(
    st.text("ab", max_size=2), st.none() | st.integers(-9, 9) | st.text(max_size=3), max_size=2
)


def values(shape: Shape, depth: int = 8) -> st.SearchStrategy[Any]:
    """JSON that this shape allows; optional members end at some depth."""
    kind = "document" if getattr(shape, "is_document_type", False) else shape.type_name
    if kind == "structure":
        return _structure(shape, depth)
    if kind == "list":
        return st.lists(values(shape.member, depth - 1), min_size=1, max_size=2)
    if kind == "map":
        return st.dictionaries(st.text("kl", min_size=1, max_size=2), values(shape.value, depth),
                               max_size=2)  # fmt: skip
    if kind == "string" and shape.enum:
        return st.sampled_from(shape.enum)
    return _SIMPLE[kind]


_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "document": _DOCUMENTS,
    "string": st.text(min_size=1, max_size=4),
    "blob": st.binary(min_size=1, max_size=6).map(lambda raw: base64.b64encode(raw).decode()),
    "boolean": st.booleans(),
    "integer": st.integers(1, 99),
    "long": st.integers(1, 99),
    "float": st.integers(0, 8).map(lambda eighths: eighths / 8),
}


def _structure(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    members = {
        name: _later(inner, depth - 1) for name, inner in shape.members.items() if name != "modelId"
    }
    if shape.is_tagged_union:
        one = [st.fixed_dictionaries({name: inner}) for name, inner in members.items()]
        return st.one_of(one if depth > 0 else one[:1])
    required = {name: members.pop(name) for name in shape.required_members if name in members}
    return st.fixed_dictionaries(required, optional=members if depth > 0 else {})


def _later(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: values(shape, depth))
