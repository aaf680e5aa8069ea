"""The same talks with every client: plain, streamed, with a tool, with an error; sync and async.

Each entry makes one call and returns what the client says of it, so that the matrix can see both
that the client gave its own objects and what the span holds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module, util
from typing import Any

MESSAGES = [
    {"role": "system", "content": "You know trains."},
    {"role": "user", "content": "When is the next?"},
]
QUESTION = MESSAGES[1]["content"]
SYSTEM = MESSAGES[0]["content"]
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}}
TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}

KEPT: list[Any] = []
"""Clients that are in use: `close_all` closes them."""
Talk = Callable[[str, str], Any]
"""Takes the provider's address and the model."""


def is_there(module: str) -> bool:
    try:
        return util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def kept(client: Any) -> Any:
    KEPT.append(client)
    return client


def close_all() -> None:
    """Close the clients of a test."""
    while KEPT:
        client = KEPT.pop()
        inner: Any = client if hasattr(client, "close") else getattr(client, "_client", None)
        if hasattr(inner, "close"):
            inner.close()


def openai_client(url: str) -> Any:
    return kept(import_module("openai").OpenAI(base_url=f"{url}/v1", api_key="sk-x", max_retries=0))


def async_openai(url: str) -> Any:
    return import_module("openai").AsyncOpenAI(base_url=f"{url}/v1", api_key="sk-x", max_retries=0)


def anthropic_client(url: str) -> Any:
    return kept(import_module("anthropic").Anthropic(base_url=url, api_key="sk-x", max_retries=0))


def async_anthropic(url: str) -> Any:
    return import_module("anthropic").AsyncAnthropic(base_url=url, api_key="sk-x", max_retries=0)


def google_client(url: str) -> Any:
    made = import_module("google.genai").Client
    return kept(made(api_key="x", http_options={"base_url": url}))


def bedrock_client(url: str) -> Any:
    config = import_module("botocore.config").Config(retries={"total_max_attempts": 1})
    made = import_module("boto3").client(
        "bedrock-runtime", region_name="us-east-1", endpoint_url=url, config=config,
        aws_access_key_id="x", aws_secret_access_key="y",
    )  # fmt: skip
    return kept(made)


def ollama_client(url: str) -> Any:
    return kept(import_module("ollama").Client(host=url))


def async_ollama(url: str) -> Any:
    return import_module("ollama").AsyncClient(host=url)


def run(made: Callable[[str], Any], talk: Callable[[Any], Awaitable[Any]], url: str) -> Any:
    """One talk with an async client on a loop of its own."""

    async def all_of_it() -> Any:
        client = made(url)
        try:
            return await talk(client)
        finally:
            owner = getattr(client, "aio", client)
            owner = owner if hasattr(owner, "close") else getattr(client, "_client", owner)
            close = getattr(owner, "aclose", None) or getattr(owner, "close", None)
            if close is not None:
                await close()

    return asyncio.run(all_of_it())


async def everything(chunks: Any) -> list[Any]:
    return [chunk async for chunk in chunks]


def chat(url: str, model: str) -> Any:
    return openai_client(url).chat.completions.create(
        model=model, messages=MESSAGES, temperature=0.5, max_tokens=50
    )


def chat_async(url: str, model: str) -> Any:
    return run(
        async_openai, lambda c: c.chat.completions.create(model=model, messages=MESSAGES), url
    )


def chat_stream(url: str, model: str) -> Any:
    client = openai_client(url)
    return list(client.chat.completions.create(model=model, messages=MESSAGES, stream=True))


def chat_stream_async(url: str, model: str) -> Any:
    async def talk(client: Any) -> Any:
        return await everything(
            await client.chat.completions.create(model=model, messages=MESSAGES, stream=True)
        )

    return run(async_openai, talk, url)


def chat_helper(url: str, model: str) -> Any:
    with openai_client(url).chat.completions.stream(model=model, messages=MESSAGES) as stream:
        return stream.get_final_completion()


def chat_parse(url: str, model: str) -> Any:
    return openai_client(url).chat.completions.parse(model=model, messages=MESSAGES)


def chat_raw(url: str, model: str) -> Any:
    client = openai_client(url)
    return client.chat.completions.with_raw_response.create(model=model, messages=MESSAGES).parse()


def chat_raw_stream(url: str, model: str) -> Any:
    raw = openai_client(url).chat.completions.with_raw_response
    return list(raw.create(model=model, messages=MESSAGES, stream=True).parse())


def chat_streaming_response(url: str, model: str) -> Any:
    made = openai_client(url).chat.completions.with_streaming_response
    with made.create(model=model, messages=MESSAGES) as response:
        return response.parse()


def chat_tool(url: str, model: str) -> Any:
    return openai_client(url).chat.completions.create(model=model, messages=MESSAGES, tools=[TOOL])


def chat_tool_stream(url: str, model: str) -> Any:
    return list(
        openai_client(url).chat.completions.create(
            model=model, messages=MESSAGES, tools=[TOOL], stream=True
        )
    )


def responses(url: str, model: str) -> Any:
    return openai_client(url).responses.create(model=model, instructions=SYSTEM, input=QUESTION)


def responses_async(url: str, model: str) -> Any:
    return run(
        async_openai,
        lambda c: c.responses.create(model=model, instructions=SYSTEM, input=QUESTION), url,
    )  # fmt: skip


def responses_stream(url: str, model: str) -> Any:
    return list(
        openai_client(url).responses.create(
            model=model, instructions=SYSTEM, input=QUESTION, stream=True
        )
    )


def responses_helper(url: str, model: str) -> Any:
    made = openai_client(url).responses
    with made.stream(model=model, instructions=SYSTEM, input=QUESTION) as stream:
        return stream.get_final_response()


def responses_tool(url: str, model: str) -> Any:
    tool = {"type": "function", "name": "get_weather", "parameters": PARAMETERS, "strict": False}
    return openai_client(url).responses.create(
        model=model, instructions=SYSTEM, input=QUESTION, tools=[tool]
    )


def message(url: str, model: str) -> Any:
    return anthropic_client(url).messages.create(
        model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:]
    )


def message_async(url: str, model: str) -> Any:
    return run(
        async_anthropic,
        lambda c: c.messages.create(
            model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:]
        ), url,
    )  # fmt: skip


def message_stream(url: str, model: str) -> Any:
    return list(
        anthropic_client(url).messages.create(
            model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:], stream=True
        )
    )


def message_stream_async(url: str, model: str) -> Any:
    async def talk(client: Any) -> Any:
        return await everything(
            await client.messages.create(
                model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:], stream=True
            )
        )

    return run(async_anthropic, talk, url)


def message_helper(url: str, model: str) -> Any:
    with anthropic_client(url).messages.stream(
        model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:]
    ) as stream:
        return stream.get_final_message()


def message_beta(url: str, model: str) -> Any:
    return anthropic_client(url).beta.messages.create(
        model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:]
    )


def message_raw(url: str, model: str) -> Any:
    return anthropic_client(url).messages.with_raw_response.create(
        model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:]
    ).parse()  # fmt: skip


def message_tool(url: str, model: str) -> Any:
    tool = {"name": "get_weather", "input_schema": PARAMETERS}
    return anthropic_client(url).messages.create(
        model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:], tools=[tool]
    )


def message_tool_stream(url: str, model: str) -> Any:
    tool = {"name": "get_weather", "input_schema": PARAMETERS}
    return list(
        anthropic_client(url).messages.create(
            model=model, max_tokens=50, system=SYSTEM, messages=MESSAGES[1:], tools=[tool],
            stream=True,
        )
    )  # fmt: skip


def generate(url: str, model: str) -> Any:
    return google_client(url).models.generate_content(
        model=model, contents=QUESTION, config={"system_instruction": SYSTEM}
    )


def generate_async(url: str, model: str) -> Any:
    return run(
        google_client,
        lambda c: c.aio.models.generate_content(
            model=model, contents=QUESTION, config={"system_instruction": SYSTEM}
        ), url,
    )  # fmt: skip


def generate_stream(url: str, model: str) -> Any:
    return list(
        google_client(url).models.generate_content_stream(
            model=model, contents=QUESTION, config={"system_instruction": SYSTEM}
        )
    )


def generate_stream_async(url: str, model: str) -> Any:
    async def talk(client: Any) -> Any:
        return await everything(
            await client.aio.models.generate_content_stream(
                model=model, contents=QUESTION, config={"system_instruction": SYSTEM}
            )
        )

    return run(google_client, talk, url)


def generate_tool(url: str, model: str) -> Any:
    declaration = {"name": "get_weather", "parameters": {"type": "OBJECT"}}
    return google_client(url).models.generate_content(
        model=model, contents=QUESTION,
        config={"system_instruction": SYSTEM, "tools": [{"function_declarations": [declaration]}]},
    )  # fmt: skip


def _asked() -> dict[str, Any]:
    said = [{"role": "user", "content": [{"text": QUESTION}]}]
    return {"system": [{"text": SYSTEM}], "messages": said}


def converse(url: str, model: str) -> Any:
    return bedrock_client(url).converse(modelId=model, **_asked())


def converse_stream(url: str, model: str) -> Any:
    return list(bedrock_client(url).converse_stream(modelId=model, **_asked())["stream"])


def converse_tool(url: str, model: str) -> Any:
    spec = {"toolSpec": {"name": "get_weather", "inputSchema": {"json": PARAMETERS}}}
    return bedrock_client(url).converse(modelId=model, toolConfig={"tools": [spec]}, **_asked())


def converse_tool_stream(url: str, model: str) -> Any:
    spec = {"toolSpec": {"name": "get_weather", "inputSchema": {"json": PARAMETERS}}}
    return list(
        bedrock_client(url).converse_stream(
            modelId=model, toolConfig={"tools": [spec]}, **_asked()
        )["stream"]
    )  # fmt: skip


def invoke(url: str, model: str) -> Any:
    body = import_module("json").dumps(
        {"anthropic_version": "bedrock-2023-05-31", "system": SYSTEM, "messages": MESSAGES[1:],
         "max_tokens": 50}
    )  # fmt: skip
    return bedrock_client(url).invoke_model(modelId=model, body=body)["body"].read()


def ollama_chat(url: str, model: str) -> Any:
    return ollama_client(url).chat(model=model, messages=MESSAGES)


def ollama_async(url: str, model: str) -> Any:
    return run(async_ollama, lambda c: c.chat(model=model, messages=MESSAGES), url)


def ollama_stream(url: str, model: str) -> Any:
    return list(ollama_client(url).chat(model=model, messages=MESSAGES, stream=True))


def ollama_stream_async(url: str, model: str) -> Any:
    async def talk(client: Any) -> Any:
        return await everything(await client.chat(model=model, messages=MESSAGES, stream=True))

    return run(async_ollama, talk, url)


def ollama_tool(url: str, model: str) -> Any:
    return ollama_client(url).chat(model=model, messages=MESSAGES, tools=[TOOL])
