"""Our own tapes through every client: it reads what the provider's own client reads of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.answers import Script, answer, answer_in_pieces
from tests.support.clients import TALKS
from tests.support.gateway import running_gateway
from tests.support.providers import KINDS, settings_of, wants_stream
from tests.support.recordings import OWN
from tests.support.told import Told
from tests.support.upstream import Received, Upstream
from tests.support.wire import Headers, call

pytestmark = pytest.mark.slow

SUFFIXES = {"bedrock": ".eventstream", "ollama_chat": ".ndjson"}
MEDIA = {
    "gemini/image", "bedrock/picture", "openai_chat/audio", "openai_chat/drawn",
    "openai_responses/picture", "openai_responses/search", "anthropic/search",
    "openai_responses/custom",
}  # fmt: skip
"""Tapes of what `Told` has no word for: pictures, sounds, a provider's own tools."""
BROKEN = {"ollama/chat_broken"}
FOREIGN = {"openai_chat/thinking", "openai_chat/choices"}
"""Mistral's lists and Groq's usage, which OpenAI's client does not read."""
UNASSEMBLED = "gemini/pieces"
"""Google's client leaves it to its users to put the arguments together."""
NAMES = {
    dialect: sorted(
        path.stem
        for path in (OWN / kind.tapes).glob(f"*{SUFFIXES.get(dialect, '.sse')}")
        if not path.stem.startswith("generate")
        and f"{kind.tapes}/{path.stem}" not in MEDIA | BROKEN | FOREIGN
    )
    for dialect, kind in KINDS.items()
}
WITHOUT_REFUSAL = frozenset({"gemini", "bedrock", "ollama_chat"})
"""Their models say no in the same words as anything else."""
CLIENTS = [name for name in TALKS if name not in ("openai_completions", "ollama_generate")]


def tape(dialect: str, name: str, *, stream: bool) -> bytes:
    suffix = SUFFIXES.get(dialect, ".sse") if stream else ".json"
    return (OWN / KINDS[dialect].tapes / f"{name}{suffix}").read_bytes()


def playing(dialect: str, name: str) -> Callable[[Received], Script]:
    def respond(request: Received) -> Script:
        stream = wants_stream(request)
        body = tape(dialect, name, stream=stream)
        if not stream:
            return answer(body)
        pieces = [body[at : at + 700] for at in range(0, len(body), 700)]
        return answer_in_pieces(pieces, content_type=KINDS[dialect].content_type)

    return respond


def comparable(told: Told, other: Told, client: str) -> Told:
    """What both can tell: an id that one of them has none for is no difference."""
    if len(told.calls) == len(other.calls):
        pairs = zip(told.calls, other.calls, strict=True)
        calls = tuple((a[0] if b[0] else "", *a[1:]) for a, b in pairs)
        told = replace(told, calls=calls)
    if not told.stop:
        # Old servers of Ollama say no reason.
        told = replace(told, stop="tool_call" if told.calls else "stop")
    return replace(told, cached_tokens=0) if client == "ollama_chat" else told


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", CLIENTS)
async def test_a_client_reads_what_the_providers_own_client_reads(
    tmp_path: Path, client: str, dialect: str
) -> None:
    wrong: dict[str, tuple[Told, Told]] = {}
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, settings_of(dialect, upstream)) as gateway,
    ):
        for name in NAMES[dialect]:
            upstream.respond = playing(dialect, name)
            for stream in (False, True):
                talk = TALKS[dialect](upstream.url.removesuffix("/v1"))
                is_whole = f"{KINDS[dialect].tapes}/{name}" == UNASSEMBLED and client != dialect
                own = await talk.ask(stream=stream and not is_whole)
                told = await TALKS[client](gateway.url.removesuffix("/v1")).ask(stream=stream)
                wanted = comparable(own, told, client)
                if name == "refusal" and client in WITHOUT_REFUSAL:
                    wanted = replace(wanted, stop="stop")
                if comparable(told, own, client) != wanted:
                    wrong[f"{name}, {'streamed' if stream else 'whole'}"] = (told, wanted)
    assert not wrong


PATHS = {
    "openai_chat": ("/v1/chat/completions", b'{"model":"m1","messages":[],"stream":%b}'),
    "openai_responses": ("/v1/responses", b'{"model":"m1","input":"hi","stream":%b}'),
    "anthropic": ("/v1/messages", b'{"model":"m1","messages":[],"stream":%b}'),
    "gemini": ("/v1beta/models/m1:%sGenerateContent%s", b'{"contents":[]}'),
    "bedrock": ("/model/m1/converse%s", b'{"messages":[]}'),
    "ollama_chat": ("/api/chat", b'{"model":"m1","messages":[],"stream":%b}'),
}
ANTHROPIC: Headers = [("anthropic-version", "2023-06-01")]


def request_of(dialect: str, *, stream: bool) -> tuple[str, bytes]:
    """Path and body of a small request in this dialect."""
    path, body = PATHS[dialect]
    if dialect == "gemini":
        return path.replace("%sG", "streamG" if stream else "g").replace(
            "%s", "?alt=sse" if stream else ""
        ), body
    if dialect == "bedrock":
        return path % ("-stream" if stream else ""), body
    return path, body % (b"true" if stream else b"false")


@pytest.mark.parametrize("dialect", KINDS)
async def test_in_their_own_dialect_the_bytes_are_the_providers(
    tmp_path: Path, dialect: str
) -> None:
    async with (
        Upstream() as upstream,
        running_gateway(
            tmp_path, settings_of(dialect, upstream, stream_usage=False)
        ) as gateway,
    ):  # fmt: skip
        for path in sorted((OWN / KINDS[dialect].tapes).iterdir()):
            stream = path.suffix != ".json"
            body = path.read_bytes()
            kind = KINDS[dialect].content_type if stream else "application/json"
            upstream.script(answer(body, content_type=kind))
            target, asked = request_of(dialect, stream=stream)
            answered = await call(gateway, asked, target, headers=ANTHROPIC)
            assert answered.status == 200
            if path.stem == "chat_broken":
                # It has no end, and the client is told so.
                assert answered.body.startswith(body)
            else:
                assert answered.body == body, path.name
            assert upstream.requests[-1].body == asked
