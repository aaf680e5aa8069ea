"""A web service as a detector."""

import asyncio
import json
from typing import Any

import pytest

from tests.support.answers import answer, error
from tests.support.subjects import look, subject
from tests.support.upstream import Upstream
from vedette.detectors.remote.asking import NoVerdict
from vedette.detectors.webhook import WebhookDetector, create
from vedette.errors import ConfigError
from vedette.outbound import OutboundRefused, Reach, signed
from vedette.ports.detector import Detection

TEXT = "Ask Ann for it."


def made(upstream: Upstream, **options: Any) -> WebhookDetector:
    reach = Reach(("127.0.0.1",), "s3cret")
    return create({"url": f"http://127.0.0.1:{upstream.port}/h", "reach": reach, **options})


async def told(reply: object) -> Detection:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(json.dumps(reply).encode())
        return await asyncio.to_thread(look, made(upstream), TEXT, "output")


@pytest.mark.parametrize(
    ("reply", "score", "found"),
    [
        ({"score": 0.7, "kind": "terms"}, 0.7, [("terms", 0, 15)]),
        ({"flagged": True}, 1.0, [("flagged", 0, 15)]),
        ({"flagged": False}, 0.0, []),
        ({"score": 9}, 1.0, [("flagged", 0, 15)]),
        ({"findings": []}, 0.0, []),
        ({"findings": [{"start": 4, "end": 7, "kind": "name"}]}, 1.0, [("name", 4, 7)]),
        ({"findings": [{"start": 4, "end": 99}, {"start": 5, "end": 4}]}, 0.0, []),
    ],
    ids=["score", "yes", "no", "bounds", "none", "ranges", "outside"],
)
async def test_verdicts_are_read(reply: Any, score: float, found: list[Any]) -> None:
    detection = await told(reply)
    assert detection.score == score
    assert [(f.kind, f.start, f.end) for f in detection.findings] == found


@pytest.mark.parametrize("reply", [[], {}, {"score": "high"}, {"other": 1}], ids=str)
async def test_anything_else_is_no_verdict(reply: Any) -> None:
    with pytest.raises(NoVerdict):
        await told(reply)


async def test_what_is_sent_is_signed_and_remembered() -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b'{"flagged": false}')
        detector = made(upstream)
        for _ in range(2):
            await asyncio.to_thread(detector.detect, subject(TEXT, "output", question="Who?"))
    [request] = upstream.requests
    assert json.loads(request.body) == {
        "text": TEXT, "where": "output", "tool_name": "", "question": "Who?"
    }  # fmt: skip
    at, message = request.header("webhook-timestamp"), request.header("webhook-id")
    wanted = signed("s3cret", message or "", float(at or 0), request.body)
    assert request.header("webhook-signature") == wanted["webhook-signature"]


async def test_an_error_is_no_verdict() -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: error(500)
        with pytest.raises(NoVerdict, match="500"):
            await asyncio.to_thread(made(upstream).detect, subject(TEXT))


def test_it_does_not_reach_where_it_must_not() -> None:
    with pytest.raises(OutboundRefused):
        create({"url": "http://169.254.169.254/latest"}).detect(subject(TEXT))


@pytest.mark.parametrize(
    "options", [{"url": "file:///x"}, {"timeout_s": 0}, {"urls": "x"}, {"cache_s": -1}], ids=str
)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="webhook"):
        create(options)
