"""A held stream and the same answer whole: the same verdict, the same words, in every dialect."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import calls
from tests.support.provided import EVENTSTREAM, Provided
from tests.support.providers import KINDS, Kind
from tests.unit.gateway.test_guarding import guardian, rule
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.eventstream import frame
from vedette.dialects.framing import SSEReader
from vedette.dialects.registry import CODECS, framing_of
from vedette.gateway.aside import Spoken
from vedette.gateway.guarding import GuardBlocked, Guardian
from vedette.gateway.looking import Looking
from vedette.gateway.routes import Endpoint
from vedette.gateway.watching import Watch
from vedette.model.chat import TextDelta, TextPart
from vedette.model.policy import Action


def _invoked(said: Provided) -> list[bytes]:
    """The same stream as InvokeModel of Bedrock has it."""
    frames, reader = [], SSEReader()
    for event in reader.feed(b"".join(KINDS["openai_chat"].stream(said))):
        if event.data not in (b"", b"[DONE]"):
            frames.append(frame("chunk", chunk(event.data)))
    return frames


_CHAT = KINDS["openai_chat"]
ALL_KINDS = {
    **KINDS,
    "bedrock_invoke": Kind("bedrock", EVENTSTREAM, _CHAT.whole, _invoked, "bedrock_invoke"),
}
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

    async def passed(self, pieces: list[bytes], kind: bytes) -> bytes:
        """What of a stream gets to a client, piece by piece."""
        exchange = calls.exchange(query=b"?alt=sse")
        exchange.endpoint = Endpoint("chat", self.dialect, "/x")
        exchange.requested_model, exchange.stream = "m", True
        exchange.body = b'{"model":"m","messages":[]}'
        looking = Looking(exchange, Watch(self.guard, exchange))
        framing = looking.framing([(b"content-type", kind)])
        assert framing is not None
        window, out = looking.window(framing), b""
        for piece in pieces:
            window.feed(piece)
            out += await looking.look(window, lambda _: None)
        window.close()
        return out + await looking.look(window, lambda _: None)


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


PRIVATE = st.lists(
    st.sampled_from(
        ["It", "is", "so:", "in 1990", "ada@lovelace.org", "4111 1111 1111 1111", "Grüße", "東京",
         "+49 (0)30 901820", "my password: hunter2-Zq9!x,", "DE89 3704 0044 0532 0130 00",
         "sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1w", "and then", "I was born on March 12, 1980"]
    ),
    min_size=2, max_size=14,
)  # fmt: skip


@pytest.mark.parametrize("dialect", ALL_KINDS)
def test_at_any_split_a_stream_loses_what_the_whole_loses(dialect: str) -> None:
    case, kind = Case(dialect, "transform"), ALL_KINDS[dialect]
    case.guard = guardian(
        *(
            rule(
                name=name,
                detector=name,
                options={},
                where=("output",),
                actions=(Action(kind="redact"),),
            )
            for name in ("pii", "secrets", "leak")
        )
    )

    @settings(max_examples=20, deadline=None)
    @given(words=PRIVATE, cuts=st.lists(st.integers(0, 4_000), max_size=60))
    def alike(words: list[str], cuts: list[int]) -> None:
        said = Provided(text=" ".join(words))
        whole = case.said(kind.whole(said), b"application/json", stream=False)
        stream = b"".join(kind.stream(said))
        at = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
        pieces = [stream[a:b] for a, b in pairwise(at)]
        told = asyncio.run(case.passed(pieces, kind.content_type.encode()))
        assert _streamed(dialect, told, kind.content_type.encode()) == whole

    alike()


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("dialect", ALL_KINDS)
def test_streamed_and_whole_come_to_the_same(dialect: str, chain: str) -> None:
    case, kind = Case(dialect, chain), ALL_KINDS[dialect]

    @settings(max_examples=25, deadline=None)
    @given(words=WORDS)
    def alike(words: list[str]) -> None:
        said = Provided(text=" ".join(words))
        whole = case.said(kind.whole(said), b"application/json", stream=False)
        stream = b"".join(kind.stream(said))
        assert case.said(stream, kind.content_type.encode(), stream=True) == whole
        assert "forbidden" not in whole.lower() or chain == "transform"

    alike()
