"""Errors of Bedrock: a message and a status; the type stands in a header or in `__type`.

https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html

The type of an error that was not Bedrock's follows from its status, as AWS's SDKs want it:

| status | answer | event of a stream |
|---|---|---|
| 400, 409, 413, 422 | ValidationException | validationException |
| 401, 403 | AccessDeniedException | validationException |
| 404 | ResourceNotFoundException | validationException |
| 408, 504 | ModelTimeoutException | modelStreamErrorException |
| 424 | ModelErrorException | modelStreamErrorException |
| 429 | ThrottlingException | throttlingException |
| 500 | InternalServerException | internalServerException |
| 503, 529 | ServiceUnavailableException | serviceUnavailableException |
| other 4xx | ValidationException | validationException |
| other 5xx | InternalServerException | modelStreamErrorException |
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.reading import as_mapping, as_text, decode, first_text

_VALIDATION = ("ValidationException", "validationException")
_TYPES = {
    401: ("AccessDeniedException", _VALIDATION[1]),
    403: ("AccessDeniedException", _VALIDATION[1]),
    404: ("ResourceNotFoundException", _VALIDATION[1]),
    408: ("ModelTimeoutException", "modelStreamErrorException"),
    424: ("ModelErrorException", "modelStreamErrorException"),
    429: ("ThrottlingException", "throttlingException"),
    500: ("InternalServerException", "internalServerException"),
    503: ("ServiceUnavailableException", "serviceUnavailableException"),
    504: ("ModelTimeoutException", "modelStreamErrorException"),
    529: ("ServiceUnavailableException", "serviceUnavailableException"),
}
_BROKEN = ("InternalServerException", "modelStreamErrorException")
_READ = {status: answer for status, (answer, _) in _TYPES.items()} | {400: _VALIDATION[0]}

_EXCEPTION = "Exception"
EXCEPTIONS = frozenset(event for _, event in (*_TYPES.values(), _VALIDATION, _BROKEN))
"""The exceptions that a stream may end with; clients know no others."""


def read_error(status: int, body: bytes) -> Fault:
    """The error that `body` is. Its type is told by the status where the body does not."""
    error = as_mapping(decode(body))
    kind = as_text(error.get("__type")) or as_text(error.get("code"))
    # `com.amazon.coral.service#UnknownOperationException`, `...Exception:http://...`
    kind = kind.rpartition("#")[2].partition(":")[0]
    message = first_text(error.get("message"), error.get("Message"))
    return Fault(status, message or _plain(body), kind or _READ.get(status, ""))


def _plain(body: bytes) -> str:
    """The text of an error that is no JSON: a proxy's, or nothing."""
    text = body.decode("utf-8", "replace").strip()
    return "" if text.startswith(("{", "<", "[")) else text[:500]


def write_error(fault: Fault) -> bytes:
    """The body of an error answer."""
    return msgspec.json.encode({"message": fault.message, "__type": error_type(fault)})


def error_type(fault: Fault) -> str:
    """The type that AWS's SDKs raise it as."""
    if fault.type.endswith(_EXCEPTION) and fault.type[:1].isupper():
        return fault.type
    return _by_status(fault.status)[0]


def write_exception(fault: Fault) -> tuple[str, bytes]:
    """Name and payload of the last frame of a stream that failed."""
    name = f"{fault.type[:1].lower()}{fault.type[1:]}"
    if name not in EXCEPTIONS:
        name = _by_status(fault.status)[1]
    payload: dict[str, Any] = {"message": fault.message}
    if name == _BROKEN[1] and fault.status:
        payload["originalStatusCode"] = fault.status
    return name, msgspec.json.encode(payload)


def _by_status(status: int) -> tuple[str, str]:
    return _TYPES.get(status) or (_VALIDATION if 400 <= status < 500 else _BROKEN)
