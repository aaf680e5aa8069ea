"""A stream that breaks off raises in every official client, whoever the provider is."""

import json
from pathlib import Path

import anthropic
import botocore.exceptions  # type: ignore[import-untyped]
import ollama
import openai
import pytest
from botocore.eventstream import ParserError  # type: ignore[import-untyped]
from google.genai import errors as google
from urllib3.exceptions import ProtocolError

from tests.support.answers import Cut, Script, Send, answer_in_pieces, sse
from tests.support.clients import TALKS
from tests.support.provided import Provided
from tests.support.providers import KINDS, provider_of
from vedette.dialects.eventstream import exception_frame

pytestmark = pytest.mark.slow
SAID = Provided(text="One two three four five six seven eight nine ten.")
BEGUN = {
    "openai_chat": 4, "openai_responses": 7, "anthropic": 6, "gemini": 3, "bedrock": 4,
    "ollama_chat": 3,
}  # fmt: skip
"""Events with the first words."""
FULL = "Everybody asks at once."
ERRORS: dict[str, bytes] = {
    "openai_chat": sse(b'{"error":{"message":"%b","type":"server_error"}}' % FULL.encode()),
    "openai_responses": sse(
        b'{"type":"error","sequence_number":9,"error":{"type":"server_error","message":"%b"}}'
        % FULL.encode(), "error",
    ),
    "anthropic": sse(
        b'{"type":"error","error":{"type":"overloaded_error","message":"%b"}}' % FULL.encode(),
        "error",
    ),
    "gemini": sse(
        b'{"error":{"code":503,"message":"%b","status":"UNAVAILABLE"}}' % FULL.encode()
    ),
    "bedrock": exception_frame(
        "modelStreamErrorException", json.dumps({"message": FULL}).encode()
    ),
    "ollama_chat": json.dumps({"error": FULL}).encode() + b"\n",
}  # fmt: skip
RAISED: tuple[type[Exception], ...] = (
    openai.APIError, anthropic.APIError, google.APIError, ollama.ResponseError,
    botocore.exceptions.EventStreamError, botocore.exceptions.ResponseStreamingError, ParserError,
)  # fmt: skip
UNREADABLE = (*RAISED, json.JSONDecodeError, google.UnknownApiResponseError, ProtocolError)
"""The half of an event of its own dialect has gone out: nothing can make it whole, and clients
stumble over it in their own ways."""


def broken(dialect: str, how: str) -> Script:
    kind = KINDS[dialect]
    pieces = kind.stream(SAID)[: BEGUN[dialect]]
    if how == "error event":
        pieces.append(ERRORS[dialect])
    whole = answer_in_pieces(pieces, content_type=kind.content_type)
    if how == "cut":
        return (*whole[:-1], Cut())
    if how == "cut inside an event":
        half = kind.stream(SAID)[BEGUN[dialect]][:15]
        return (*whole[:-1], Send(b"%x\r\n%b\r\n" % (len(half), half)), Cut())
    return whole


HOWS = ("cut", "cut inside an event", "the end, but no terminal event", "error event")


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", TALKS)
async def test_a_broken_stream_raises(tmp_path: Path, client: str, dialect: str) -> None:
    async with provider_of(tmp_path, dialect) as (upstream, gateway, root):
        for how in HOWS:
            upstream.script(broken(dialect, how))
            is_own = client == dialect and how == "cut inside an event"
            with pytest.raises(UNREADABLE if is_own else RAISED) as raised:
                await TALKS[client](root).ask(stream=True)
            if how == "error event":
                assert FULL in str(raised.value)
        spans = await gateway.spans.count(len(HOWS))
    assert [span.status for span in spans] == ["error"] * len(HOWS)
    assert {span.finish_reason for span in spans} == {""}
