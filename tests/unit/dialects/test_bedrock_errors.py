"""Errors of Bedrock."""

import json

import pytest

from tests.support import aws
from vedette.dialects.bedrock_errors import (
    EXCEPTIONS,
    error_type,
    read_error,
    write_error,
    write_exception,
)
from vedette.dialects.contract import Fault


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, b'{"message":"bad"}', Fault(400, "bad", "ValidationException")),
        (403, b'{"Message":"no"}', Fault(403, "no", "AccessDeniedException")),
        (429, b'{"message":"slow"}', Fault(429, "slow", "ThrottlingException")),
        (429, b'{"__type":"com.amazon.x#ServiceQuotaExceededException:http://y","message":"m"}',
         Fault(429, "m", "ServiceQuotaExceededException")),
        (418, b'{"message":"m"}', Fault(418, "m", "")),
        (502, b"Bad gateway", Fault(502, "Bad gateway", "")),
        (502, b"<html>", Fault(502, "", "")),
        (503, b"\xff", Fault(503, "�", "ServiceUnavailableException")),
        (500, b"", Fault(500, "", "InternalServerException")),
    ],
)  # fmt: skip
def test_errors_are_read(status: int, body: bytes, expected: Fault) -> None:
    assert read_error(status, body) == expected


@pytest.mark.parametrize(
    ("fault", "code", "exception"),
    [
        (Fault(400, "m", "invalid_request_error"), "ValidationException", "validationException"),
        (Fault(401, "m"), "AccessDeniedException", "validationException"),
        (Fault(404, "m"), "ResourceNotFoundException", "validationException"),
        (Fault(413, "m"), "ValidationException", "validationException"),
        (Fault(429, "m", "RESOURCE_EXHAUSTED"), "ThrottlingException", "throttlingException"),
        (Fault(500, "m"), "InternalServerException", "internalServerException"),
        (Fault(502, "m"), "InternalServerException", "modelStreamErrorException"),
        (Fault(529, "m", "overloaded_error"), "ServiceUnavailableException",
         "serviceUnavailableException"),
        (Fault(429, "m", "ModelNotReadyException"), "ModelNotReadyException",
         "throttlingException"),
        (Fault(200, "m", "throttlingException"), "InternalServerException",
         "throttlingException"),
    ],
)  # fmt: skip
def test_errors_are_written_as_boto3_raises_them(fault: Fault, code: str, exception: str) -> None:
    assert error_type(fault) == code
    parsed = aws.answer(write_error(fault), max(fault.status, 400))
    assert parsed["Error"] == {"Code": code, "Message": "m"}
    name, payload = write_exception(fault)
    assert (name, json.loads(payload)["message"]) == (exception, "m")


def test_the_exceptions_are_those_of_the_service() -> None:
    shape = aws.operation("ConverseStream").output_shape.members["stream"]
    modelled = {name for name, member in shape.members.items() if member.metadata.get("exception")}
    assert modelled == EXCEPTIONS
