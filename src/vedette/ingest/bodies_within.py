"""Facts that stand nowhere but inside a request or an answer kept whole as JSON.

Only the members that are wanted are read; the rest is skipped by the decoder.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from vedette.dialects.reading import JSON_ERRORS
from vedette.model import semconv


class _Request(msgspec.Struct, gc=False):
    model: str = ""


class _Answer(msgspec.Struct, gc=False):
    id: str = ""


_request = msgspec.json.Decoder(_Request)
_answer = msgspec.json.Decoder(_Answer)


def asked_model(attributes: Mapping[str, Any]) -> str:
    """The model that a request names; empty where none is kept."""
    for key in semconv.REQUESTS:
        body = attributes.get(key)
        if isinstance(body, str) and '"model"' in body:
            try:
                return _request.decode(body).model
            except JSON_ERRORS:
                continue
    return ""


def response_id(attributes: Mapping[str, Any]) -> str:
    """The id of an answer; empty where none is kept."""
    for key in semconv.ANSWERS:
        body = attributes.get(key)
        if isinstance(body, str) and '"id"' in body:
            try:
                return _answer.decode(body).id
            except JSON_ERRORS:
                continue
    return ""
