"""What a call must be like."""

import msgspec
import pytest

from tests.support.calls import exchange
from vedette.gateway.conditions import asked, holds, why_not
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import Caller
from vedette.model.settings import WhenSettings

IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
SPEECH = {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}
FILE = {"type": "file", "file": {"file_id": "f"}}


def asks(content: object = "Hi", **fields: object) -> Exchange:
    one = exchange()
    body = {"model": "gpt-x", "messages": [{"role": "user", "content": content}], **fields}
    one.body = msgspec.json.encode(body)
    one.request_bytes, one.requested_model = len(one.body), "gpt-x"
    one.stream = bool(fields.get("stream"))
    one.caller = Caller("t", tags=("vip", "eu"))
    return one


def test_nothing_set_holds_for_any_call() -> None:
    assert holds(None, asks())
    assert holds(WhenSettings(), asks())


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (WhenSettings(models=("gpt-*",)), True),
        (WhenSettings(models=("claude-*",)), False),
        (WhenSettings(tags=("us", "eu")), True),
        (WhenSettings(tags=("us",)), False),
        (WhenSettings(max_input_tokens=1000), True),
        (WhenSettings(min_input_tokens=1000), False),
        (WhenSettings(models=("gpt-*",), tags=("us",)), False),
    ],
)
def test_all_that_is_set_must_hold(when: WhenSettings, fits: bool) -> None:
    one = asks()
    assert holds(when, one) is fits
    assert (why_not(when, one) == "") is fits


@pytest.mark.parametrize(
    ("capability", "one"),
    [
        ("tools", asks(tools=[{"type": "function", "function": {"name": "f"}}])),
        ("images", asks([IMAGE])),
        ("audio", asks([SPEECH])),
        ("files", asks([FILE])),
        ("json", asks(response_format={"type": "json_object"})),
        ("reasoning", asks(reasoning_effort="high")),
        ("stream", asks(stream=True)),
    ],
)
def test_what_a_call_makes_use_of(capability: str, one: Exchange) -> None:
    when = WhenSettings(capabilities=(capability,))
    assert holds(when, one)
    assert not holds(when, asks())
    assert capability in why_not(when, asks())


def test_a_body_that_cannot_be_read_uses_nothing() -> None:
    one = asks()
    one.body = b"[]"
    assert asked(one) is None
    assert not holds(WhenSettings(capabilities=("tools",)), one)
