"""A held stream and the same answer whole: the same verdict, the same words, in every dialect."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import calls
from tests.support.provided import Provided
from tests.support.providers import KINDS
from tests.unit.gateway.test_guarding import guardian, rule
from vedette.dialects.registry import CODECS, framing_of
from vedette.gateway.aside import Spoken
from vedette.gateway.guarding import GuardBlocked, Guardian
from vedette.gateway.looking import Looking
from vedette.gateway.routes import Endpoint
from vedette.gateway.watching import Watch
from vedette.model.chat import TextDelta, TextPart
from vedette.model.policy import Action

CHAINS = {
    "transform": (Action(kind="transform", text="[{{ kinds }}] {{ text | uppercase }}"),),
    "both": (Action(kind="redact"), Action(kind="transform", text="{{ text | collapse }}")),
    "nobody to ask": (Action(kind="reask"), Action(kind="redact")),
    "blocked": (Action(kind="reask"), Action(kind="block", text="No.")),
}
WORDS = st.lists(
    st.sampled_from(["It", "is", "forbidden", "Grüße", "東京", "**so**", "FORBIDDEN,"])
)


class Case:
    """One policy at one dialect; made once, since a guard is dear."""

    def __init__(self, dialect: str, chain: str) -> None:
        self.dialect = dialect
        self.guard: Guardian = guardian(rule(where=("output",), actions=CHAINS[chain]))

    def said(self, body: bytes, kind: bytes, *, stream: bool) -> str:
        """The words that a client gets, or those of the rule that blocks."""
        exchange = calls.exchange(query=b"?alt=sse")
        exchange.endpoint = Endpoint("chat", self.dialect, "/x")
        exchange.requested_model, exchange.stream = "m", stream
        exchange.body = b'{"model":"m","messages":[]}'
        looking = Looking(exchange, Watch(self.guard, exchange))
        spoken = Spoken(200, [(b"content-type", kind)], body, b"")
        try:
            _, told = asyncio.run(looking.settled(spoken))
        except GuardBlocked as error:
            return f"blocked: {error.message}"
        return _streamed(self.dialect, told, kind) if stream else _whole(self.dialect, told)


def _whole(dialect: str, body: bytes) -> str:
    answer = CODECS[dialect].read_answer(body)
    parts = [part for message in answer.messages for part in message.parts]
    return "".join(part.content for part in parts if isinstance(part, TextPart))


def _streamed(dialect: str, body: bytes, kind: bytes) -> str:
    framing = framing_of(kind, dialect=dialect, stream=True)
    assert framing is not None
    reader, frames = CODECS[dialect].StreamReader(), framing()
    events: list[Any] = [*frames.feed(body), *frames.close()]
    deltas = [delta for event in events if event.data for delta in reader.read(event.data)]
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("dialect", KINDS)
def test_streamed_and_whole_come_to_the_same(dialect: str, chain: str) -> None:
    case, kind = Case(dialect, chain), KINDS[dialect]

    @settings(max_examples=25, deadline=None)
    @given(words=WORDS)
    def alike(words: list[str]) -> None:
        said = Provided(text=" ".join(words))
        whole = case.said(kind.whole(said), b"application/json", stream=False)
        stream = b"".join(kind.stream(said))
        assert case.said(stream, kind.content_type.encode(), stream=True) == whole
        assert "forbidden" not in whole.lower() or chain == "transform"

    alike()
