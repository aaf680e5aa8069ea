import gzip

import msgspec
import pytest

from tests.support import otlp
from tests.support.intakes import intaken
from vedette.errors import Overloaded, StoreError
from vedette.ingest.otlp_http import OtlpHttp, refusal
from vedette.ports.intake import PATHS, SIMPLE, Posted

BODY = otlp.traces([otlp.span({})])
PROTOBUF = {"content-type": "application/x-protobuf"}


def posted(path: str = "/v1/traces", body: bytes = BODY, **headers: str) -> Posted:
    given = PROTOBUF | {name.replace("_", "-"): value for name, value in headers.items()}
    return Posted(path=path, headers=given, body=body)


@pytest.mark.parametrize("path", [path for path in PATHS if path.endswith("traces")])
async def test_traces_are_taken_on_every_known_path(path: str) -> None:
    async with intaken() as parts:
        reply = await OtlpHttp(parts.intake).post(posted(path))
        assert (reply.status, reply.body) == (200, b"")
        assert reply.content_type == "application/x-protobuf"
        assert len(parts.traces()) == 1


async def test_json_is_answered_with_json() -> None:
    async with intaken() as parts:
        body = b'{"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "a"}, 7]}]}]}'
        reply = await OtlpHttp(parts.intake).post(
            posted(body=gzip.compress(body), content_type="application/json; charset=utf-8",
                   content_encoding="gzip")
        )  # fmt: skip
        assert reply.status == 200
        assert msgspec.json.decode(reply.body)["partialSuccess"]["rejectedSpans"] == "1"


@pytest.mark.parametrize(
    ("request_", "status"),
    [(posted(content_type="text/plain"), 415), (posted(content_encoding="br"), 415),
     (posted(body=b"\x0a\x7f"), 400), (posted(body=b"x", content_encoding="gzip"), 400),
     (posted(SIMPLE), 415), (posted(SIMPLE, b"[", content_type="application/json"), 400),
     (posted(SIMPLE, b'{"nam": 1}', content_type="application/json"), 400)],
)  # fmt: skip
async def test_what_cannot_be_taken_is_refused(request_: Posted, status: int) -> None:
    async with intaken() as parts:
        reply = await OtlpHttp(parts.intake).post(request_)
        assert reply.status == status
        assert reply.body
        assert parts.traces() == ()


async def test_simple_spans_are_answered_with_their_ids() -> None:
    async with intaken() as parts:
        body = b'{"spans": [{"name": "a", "trace_id": "ab"}, {}]}'
        reply = await OtlpHttp(parts.intake).post(
            posted(SIMPLE, body, content_type="application/json")
        )
        found = msgspec.json.decode(reply.body)
        assert (reply.status, found["accepted"], found["rejected"]) == (200, 1, 1)
        assert found["spans"][0]["trace_id"] == "ab"
        assert found["errors"][0]["index"] == 1


async def test_what_is_held_is_bounded() -> None:
    async with intaken() as parts:
        door = OtlpHttp(parts.intake, max_held_bytes=100)
        with door.holding(1_000):
            with pytest.raises(Overloaded), door.holding(1):
                pass
        with door.holding(60), door.holding(40):
            pass


def test_a_refusal_says_when_to_come_again() -> None:
    full = refusal(Overloaded("full", retry_after_s=1.2), "protobuf")
    assert (full.status, full.headers) == (429, {"retry-after": "2"})
    away = refusal(StoreError("away"), "json")
    assert (away.status, away.headers) == (503, {"retry-after": "5"})
    assert msgspec.json.decode(away.body) == {"code": 14, "message": "away"}
