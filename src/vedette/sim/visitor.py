"""A client that plays visits against a gateway, over the standard library's HTTP client.

It is made for a handful of threads, not for load: `bench` measures, this shows.
"""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from vedette.clock import Clock
from vedette.sim.traffic import CHAT, COMPLETIONS, EMBED_MODEL, EMBEDDINGS, MODEL, Turn, Visit

TIMEOUT_S: Final = 90.0
_BROKEN: Final = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one request went, seen from the client."""

    kind: str
    path: str
    status: int
    """0: the connection failed or the answer broke off."""
    streamed: bool
    seconds: float
    first_token_s: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def went_well(self) -> bool:
        return self.status == 200


@dataclass(slots=True)
class _Answer:
    """What a chat answer adds to the conversation."""

    status: int = 0
    text: str = ""
    tool_calls: list[dict[str, Any]] | None = None
    usage: Mapping[str, int] | None = None
    first_token_at: float | None = None


class Visitor:
    """Plays one visit at a time; each thread needs its own."""

    def __init__(self, url: str, *, key: str, clock: Clock, wait_turn: Callable[[], bool]) -> None:
        """`wait_turn` is called before each request; false ends the visit."""
        split = urlsplit(url)
        kind = http.client.HTTPSConnection if split.scheme == "https" else _plain
        self._connection = kind(split.hostname or "", split.port, timeout=TIMEOUT_S)
        self._prefix = split.path.rstrip("/")
        self._key = key
        self._clock = clock
        self._wait_turn = wait_turn

    def close(self) -> None:
        self._connection.close()

    def play(self, visit: Visit) -> Iterator[Outcome]:
        """Ask turn by turn; a failed turn ends the visit, as a user would."""
        said: list[dict[str, Any]] = []
        if visit.system:
            said.append({"role": "system", "content": visit.system})
        for turn in visit.turns:
            went_well = True
            for outcome in self._turn(visit, turn, said):
                yield outcome
                went_well = went_well and outcome.went_well
            if not went_well:
                return

    def _turn(self, visit: Visit, turn: Turn, said: list[dict[str, Any]]) -> Iterator[Outcome]:
        if turn.path != CHAT:
            if self._wait_turn():
                yield self._ask(visit, turn, _body(turn, said))[0]
            return
        said.append({"role": "user", "content": turn.prompt})
        for _ in range(turn.requests()):
            if not self._wait_turn():
                return
            outcome, answer = self._ask(visit, turn, _body(turn, said))
            yield outcome
            if not outcome.went_well:
                return
            _remember(said, answer)

    def _ask(self, visit: Visit, turn: Turn, body: Mapping[str, object]) -> tuple[Outcome, _Answer]:
        began = self._clock.monotonic()
        answer = _Answer()
        try:
            self._send(visit, turn.path, body)
            response = self._connection.getresponse()
            answer.status = response.status
            self._read(response, answer)
        except _BROKEN:
            answer.status = 0
            self._connection.close()
        usage = answer.usage or {}
        at = answer.first_token_at
        outcome = Outcome(
            kind=visit.kind,
            path=turn.path,
            status=answer.status,
            streamed=bool(body.get("stream")),
            seconds=self._clock.monotonic() - began,
            first_token_s=None if at is None else at - began,
            input_tokens=usage.get("prompt_tokens", 0),
            output_tokens=usage.get("completion_tokens", 0),
        )
        return outcome, answer

    def _send(self, visit: Visit, path: str, body: Mapping[str, object]) -> None:
        headers = {
            "Content-Type": "application/json",
            "x-vedette-session": visit.session,
            "x-vedette-user": visit.user,
            "x-vedette-tags": ",".join(visit.tags),
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        self._connection.request("POST", self._prefix + path, json.dumps(body), headers)

    def _read(self, response: http.client.HTTPResponse, answer: _Answer) -> None:
        if "event-stream" not in (response.getheader("content-type") or ""):
            _take_whole(json.loads(response.read()), answer)
            return
        finished = False
        for line in response:
            if line.startswith(b"data: [DONE]"):
                finished = True
            elif line.startswith(b"data: "):
                if answer.first_token_at is None:
                    answer.first_token_at = self._clock.monotonic()
                _take_chunk(json.loads(line[6:]), answer)
        if not finished:
            raise http.client.IncompleteRead(b"")


def _plain(host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(host, port, timeout=timeout)


def _body(turn: Turn, said: list[dict[str, Any]]) -> dict[str, object]:
    if turn.path == EMBEDDINGS:
        return {"model": EMBED_MODEL, "input": turn.prompt, **turn.fields}
    if turn.path == COMPLETIONS:
        return {"model": MODEL, "prompt": turn.prompt, **turn.fields}
    return {"model": MODEL, "messages": said, **turn.fields}


def _remember(said: list[dict[str, Any]], answer: _Answer) -> None:
    """Add the answer to the conversation, and a made-up result for each tool it called."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.text or None}
    if answer.tool_calls:
        message["tool_calls"] = answer.tool_calls
    said.append(message)
    for call in answer.tool_calls or ():
        arguments = call["function"]["arguments"]
        result = json.dumps(
            {"asked": json.loads(arguments), "result": "18 degrees, two free rooms"}
        )
        said.append({"role": "tool", "tool_call_id": call["id"], "content": result})


def _take_whole(answered: Any, answer: _Answer) -> None:
    answer.usage = answered.get("usage") or {}
    for choice in answered.get("choices") or ():
        message = choice.get("message") or {}
        answer.text = message.get("content") or choice.get("text") or ""
        answer.tool_calls = message.get("tool_calls")


def _take_chunk(chunk: Any, answer: _Answer) -> None:
    if chunk.get("error"):
        raise ValueError("the stream carried an error")
    answer.usage = chunk.get("usage") or answer.usage
    for choice in chunk.get("choices") or ():
        delta = choice.get("delta") or {}
        answer.text += delta.get("content") or choice.get("text") or ""
        for part in delta.get("tool_calls") or ():
            _take_tool_part(part, answer)


def _take_tool_part(part: Any, answer: _Answer) -> None:
    calls = answer.tool_calls = answer.tool_calls or []
    if part["index"] == len(calls):
        function = {"name": part["function"]["name"], "arguments": ""}
        calls.append({"id": part["id"], "type": "function", "function": function})
    calls[part["index"]]["function"]["arguments"] += part["function"].get("arguments") or ""
