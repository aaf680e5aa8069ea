"""JSON bodies of requests, decoded strictly."""

from typing import TypeVar

import msgspec
from starlette.requests import Request

from vedette.errors import BadRequest, VedetteError
from vedette.model.choices import Mistake, mistake_of

Shape = TypeVar("Shape")


class NotJson(VedetteError):
    """The body is of a media type that we do not take.

    Asking for JSON also keeps HTML forms of foreign sites out: a browser cannot send it without
    asking first.
    """

    code = "unsupported_media_type"
    status = 415


class BodyTooLarge(VedetteError):
    """The body exceeds the cap of the API."""

    code = "body_too_large"
    status = 413


class InvalidBody(BadRequest):
    """The body is no JSON or not of the documented shape."""

    code = "invalid_body"
    mistake: Mistake | None = None
    """Where it is not of the shape."""


async def read_body(request: Request, shape: type[Shape]) -> Shape:
    """The body as `shape`; raises NotJson, BodyTooLarge or InvalidBody."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise NotJson(f"Send the body as application/json, not as {kind[:80]!r}.")
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except msgspec.ValidationError as error:
        mistake = mistake_of(error, shape)
        refusal = InvalidBody(f"The body is not as documented: {mistake}.")
        refusal.mistake = mistake
        raise refusal from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidBody("The body is not valid JSON.") from None
