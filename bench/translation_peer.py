"""LiteLLM's translation from OpenAI's chat to Anthropic and back, in its own environment.

Started by `bench.translation`: reads a request, an answer and a piece of text as JSON, prints the
CPU time of a request (both ways) and of a chunk of a stream. Only the functions that translate are
called: no server, no router, no logging, no HTTP.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

ROUNDS = 15


def best_us(step: Callable[[], object], calls: int) -> float:
    """Microseconds of one call in the best round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(calls):
            step()
        rounds.append(time.process_time() - start)
    return min(rounds) / calls * 1e6


def request_step(asked: dict[str, Any], answer: dict[str, Any]) -> Callable[[], object]:
    """A request into Anthropic's format and its answer back, JSON included."""
    config = import_module("litellm.llms.anthropic.chat.transformation").AnthropicConfig()
    make_answer = import_module("litellm.types.utils").ModelResponse
    httpx, written = import_module("httpx"), json.dumps(answer).encode()
    given, logging = json.dumps(asked), _Log()

    def step() -> object:
        body = json.loads(given)
        messages = body.pop("messages")
        options = config.map_openai_params(
            non_default_params={"max_tokens": body["max_tokens"]}, optional_params={}, model="m",
            drop_params=False,
        )  # fmt: skip
        sent = config.transform_request(
            model="m", messages=messages, optional_params=options, litellm_params={}, headers={}
        )
        json.dumps(sent)
        told = config.transform_response(
            model="m", raw_response=httpx.Response(200, content=written),
            model_response=make_answer(), logging_obj=logging, request_data=sent,
            messages=messages, optional_params=options, litellm_params={}, encoding=None,
            api_key="k", json_mode=False,
        )  # fmt: skip
        return told.model_dump_json()

    return step


class _Log:
    """Takes what LiteLLM notes on the way."""

    def post_call(self, **_: object) -> None: ...


def chunk_step(piece: str) -> Callable[[], object]:
    """One delta of a stream, from its JSON to the JSON of a chunk."""
    handler = import_module("litellm.llms.anthropic.chat.handler")
    reader = handler.ModelResponseIterator(streaming_response=iter(()), sync_stream=True)
    delta = {"type": "content_block_delta", "index": 0}
    event = json.dumps({**delta, "delta": {"type": "text_delta", "text": piece}})
    return lambda: reader.chunk_parser(json.loads(event)).model_dump_json()


def main() -> None:
    given = json.load(sys.stdin)
    told = {
        "version": version("litellm"),
        "request_us": best_us(request_step(given["request"], given["answer"]), 60),
        "chunk_us": best_us(chunk_step(given["said"]), 300),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
